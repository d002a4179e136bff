"""Port: what the planner reads and writes for thousands of pages at once, in a few statements whatever their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from domain.norms import Norm
from domain.pages import PageKind
from domain.plan import EmptyReason, Excuse, SlotState
from domain.platforms import Platform
from domain.sharing import Clock, Ready


class PlanPage(NamedTuple):
    """A page as far as planning needs it. Pages with the same norm share one object."""

    code: str
    kind: PageKind
    platform: Platform
    region: str
    zone: str
    imprint: str
    imprint_rule: str
    keeper_id: int | None
    authority_from: date | None
    authority_until: date | None
    norm: Norm | None

    def may_publish_on(self, day: date) -> bool:
        """See `domain.pages.Page.may_publish_on`."""
        if self.kind is not PageKind.DELEGATED:
            return True
        if self.authority_from is None or self.authority_until is None:
            return False
        return self.authority_from <= day <= self.authority_until


@dataclass(frozen=True)
class Portion:
    """Pages of a zone that are planned in one transaction: those of these regions, from code `first` to `last` ("": no end)."""

    zone: str
    regions: tuple[str, ...]
    first: str = ""
    last: str = ""


class Standing(NamedTuple):
    """A slot that is there already."""

    id: int
    page: str
    day: date
    at: datetime
    state: SlotState
    empty_reason: EmptyReason | None
    version: int
    is_extra: bool
    """Urgent or placed by hand: it does not count towards the norm."""
    excuse: Excuse | None


class Offered(NamedTuple):
    """An approved text that a page has not used yet, with the lines it was approved with as (page, rule, line); None: before they
    were recorded."""

    text: Ready
    lines: Sequence[Sequence[str]] | None


class Somebody(NamedTuple):
    """A person as far as planning needs them."""

    id: int
    clock: Clock
    reachable: bool


class Asking(NamedTuple):
    """Something a person was asked for on the days that are planned."""

    person_id: int
    slot_id: int
    at: datetime
    is_busy: bool
    is_held: bool


class Telling(NamedTuple):
    """When somebody learns of their slot, and is reminded. `listed_at`, `listed_day`: when the list of a day leaves, None when
    it is out. `step`, `step_at`: of the ladder of reminders, with what its task says besides the slot; None when all are past.
    """

    card_at: datetime
    listed_at: datetime | None
    listed_day: date | None
    step: Mapping[str, Any] | None
    step_at: datetime | None


class Placed(NamedTuple):
    """A slot to be written, with whom it goes to and when they learn of it. `person_id` None: nobody has it."""

    page: str
    region: str
    day: date
    at: datetime
    state: SlotState
    empty_reason: EmptyReason | None = None
    excuse: Excuse | None = None
    draft_id: int | None = None
    draft_version: int | None = None
    again: int = 0
    person_id: int | None = None
    telling: Telling | None = None


class Planner(Protocol):
    # -- reads ---------------------------------------------------------------------------------------------------------

    async def portions(self, zone: str, size: int) -> list[Portion]:
        """The zone's active pages in portions of about `size`, regions together."""

    async def pages(self, portion: Portion) -> list[PlanPage]:
        """By code."""

    async def pages_of(self, codes: Collection[str]) -> list[PlanPage]:
        """Active ones of these, by code."""

    async def standing(self, pages: Collection[str], days: Collection[date]) -> list[Standing]:
        """Every slot of these pages' local days, cancelled ones too, by moment."""

    async def moments(self, pages: Collection[str], start: datetime, end: datetime) -> Mapping[str, list[datetime]]:
        """Slots that are not cancelled with start ≤ at < end, by page."""

    async def texts(self, pages: Collection[str]) -> Mapping[str, list[Offered]]:
        """Approved, settled, neither recalled nor used there nor given up; by page, in no order."""

    async def rubrics_had(self, pages: Collection[str], since: date) -> Mapping[str, dict[str, int]]:
        """Filled and posted slots since a local day, by page and rubric."""

    async def volunteers(self, regions: Collection[str]) -> Mapping[str, list[int]]:
        """Active people with an account who post for a region, by region; those of every region in each."""

    async def people(self, ids: Collection[int]) -> list[Somebody]:
        """Active ones, by id."""

    async def absences(self, ids: Collection[int], now: datetime) -> Mapping[int, tuple[datetime, datetime]]:
        """Of those who are away or will be: from when until when."""

    async def askings(self, ids: Collection[int], start: datetime, end: datetime) -> list[Asking]:
        """What they were asked for with start ≤ at < end; cancelled and replaced ones left out."""

    async def burdens(
        self, ids: Collection[int], start: datetime, end: datetime
    ) -> Mapping[int, tuple[int, datetime | None]]:
        """How often each was asked for something with start < at ≤ end, and for what moment last."""

    # -- writes --------------------------------------------------------------------------------------------------------

    async def place(self, slots: Sequence[Placed], now: datetime) -> list[list[int]]:
        """Add slots with their assignments, cards, lists of the day, first reminders and roll-ups.

        A page that has a slot at such a moment already is left out. Returns [slot, text, assignment] of the filled and
        [slot] of the others.
        """

    async def still_empty(self, slots: Mapping[EmptyReason, Collection[int]]) -> None:
        """Why these (ids) are empty now; they were read in this transaction."""
