"""Port: the board of a day, and the changes made by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.day_plan import Change, Standing
from domain.plan import Assignment, Slot, SlotState
from domain.platforms import Platform


@dataclass(frozen=True)
class BoardChoice:
    """What a person looked at last. `personal`: volunteers' own pages, else all others."""

    region: str
    only_empty: bool = False
    personal: bool = False


@dataclass(frozen=True)
class DayRow:
    """A slot on the board. `words`: its text as the page's network gets it, cut; `asked`: who is asked for it and has not answered."""

    slot: Slot
    page_title: str
    platform: Platform
    region: str
    zone: str
    assignee_id: int | None
    assignee: str | None
    words: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextLine:
    """An approved text to choose from, cut."""

    draft_id: int
    version: int
    words: str
    author: str


class DayPlan(Protocol):
    async def find_choice(self, person_id: int) -> BoardChoice | None: ...

    async def save_choice(self, person_id: int, choice: BoardChoice) -> None: ...

    # -- the board ---------------------------------------------------------------------------------------------------------

    async def rows(
        self,
        region: str,
        day: date,
        *,
        personal: bool | None = None,
        only_empty: bool = False,
        limit: int = 500,
        at: int = 0,
    ) -> list[DayRow]:
        """Slots of the region's pages on their local `day`, skipped ones too, by moment. `personal` None: of all pages."""

    async def page_codes(self, region: str, *, personal: bool) -> list[str]:
        """Active pages of a region: volunteers' own, or all others."""

    async def counts(self, region: str, day: date) -> dict[tuple[SlotState, bool], int]:
        """How many of them there are, by state and by whether the page is a personal one."""

    async def ahead(self, page: str, now: datetime, limit: int) -> list[DayRow]:
        """Filled slots of a page after `now`, by moment."""

    async def get_row(self, slot_id: int) -> DayRow:
        """NotFound."""

    async def lines(self, platform: Platform, drafts: Iterable[tuple[int, int]]) -> list[TextLine]:
        """(draft, version) as a page of this network gets them, in the order asked for."""

    async def words(self, drafts: Iterable[int]) -> dict[int, str]:
        """The current texts of drafts, cut."""

    # -- changing ----------------------------------------------------------------------------------------------------------

    async def standing(self, slot_ids: Iterable[int]) -> Standing:
        """These slots with everybody who was ever asked for them; NotFound."""

    async def others(self, page: str, first: date, last: date, besides: int) -> list[datetime]:
        """Moments of the page's other slots that are in the plan on these local days."""

    async def at_moment(self, page: str, at: datetime, besides: int) -> Slot | None:
        """Another slot of the page at that very moment, cancelled ones too."""

    async def make_way(self, cancelled: Slot) -> None:
        """Its moment, which means nothing any more, becomes another by less than a second."""

    async def times_there(self, page: str, draft_id: int, besides: Iterable[int]) -> int:
        """How often the text stands or stood on the page, in filled and posted slots."""

    async def taken_off(self, page: str) -> frozenset[int]:
        """Texts that somebody took off the page: only a hand puts them there again."""

    async def save_slots(self, slots: Iterable[Slot]) -> list[Slot]:
        """Each at its version, with its moment; texts may change places. Conflict."""

    async def save_assignment(self, assignment: Assignment) -> Assignment:
        """At its version, with its moment; Conflict."""

    # -- what was done -----------------------------------------------------------------------------------------------------

    async def add_change(self, change: Change) -> int: ...

    async def get_change(self, change_id: int) -> Change:
        """NotFound."""

    async def moved_for_a_reason(self, first: date, last: date) -> frozenset[int]:
        """Slots of these local days that a hand has moved to where the norm would not have them."""

    async def last_change(self, slot_id: int) -> tuple[Change, str] | None:
        """The newest of a slot, with the name of who made it."""

    async def undone(self, change_id: int, now: datetime) -> bool:
        """False when it was undone before."""
