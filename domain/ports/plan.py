"""Port: the posting plan: slots, assignments, proofs, questions, and the read models over them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.drafts import MediaRef
from domain.pages import Page
from domain.people import Person
from domain.plan import Assignment, AssignmentState, DeclineReason, Proof, Question, Slot
from domain.platforms import Platform
from domain.silence import SilenceKind
from domain.spot_checks import CheckState


@dataclass(frozen=True)
class SlotView:
    """A slot for lists. `assignee`: who has it (or had it when it was posted or missed), None when nobody does."""

    slot: Slot
    page_title: str
    platform: Platform
    region: str
    zone: str
    assignment_id: int | None
    assignee_id: int | None
    assignee: str | None
    accepted_at: datetime | None = None
    """When they said that they will do it."""


@dataclass(frozen=True)
class AssignmentView:
    """Everything an assignment's card needs. `text`: the approved version as the page's network gets it, without the
    imprint; None without a draft."""

    assignment: Assignment
    slot: Slot
    page: Page
    person: Person
    text: str | None
    media: tuple[MediaRef, ...]
    proof_url: str | None
    halted: bool = False
    """An emergency stop holds its page: nothing to be posted is shown."""
    held: bool = False
    """Looked at for a screen (`assignments.shown`): its text may not be handed out at this moment."""
    silence: SilenceKind | None = None
    """With `held`: the silence that holds its page (H8)."""
    silent_until: datetime | None = None
    """When that is over; None: nobody can tell."""
    not_before: datetime | None = None
    expires_at: datetime | None = None
    """From then on its text is not handed out any more."""
    proof_media: str = ""
    """SHA-256 of the screenshot that proves it; `proof_url` is its page's then."""
    given_by: str = ""
    """The name of who gave the proof on the person's behalf; empty: they did themselves."""
    check: CheckState | None = None
    """Shown while it is open: the look at its proof that gave it back."""


@dataclass(frozen=True)
class Booking:
    """That a person was asked for a moment: what fairness, caps and double booking are counted from."""

    person_id: int
    slot_id: int
    at: datetime
    state: AssignmentState


@dataclass(frozen=True)
class Declined:
    """Why somebody handed a slot on. `note`: in their own words, may be empty."""

    name: str
    reason: DeclineReason
    note: str


@dataclass(frozen=True)
class Kept:
    """How a page did over some days: slots whose moment has passed, and how many were posted."""

    due: int
    posted: int


class Plan(Protocol):
    # -- read models ---------------------------------------------------------------------------------------------------

    async def slots_of_day(self, day: date, pages: Iterable[str] | None = None) -> list[SlotView]:
        """Slots of the pages' local `day` (cancelled ones left out), by moment; `pages` None: all."""

    async def open_slots_between(self, start: datetime, end: datetime) -> list[SlotView]:
        """Empty and filled slots with start ≤ at < end, by moment; also of pages that are no longer active."""

    async def kept(self, since: date, now: datetime) -> dict[str, Kept]:
        """By page, over slots from the local day `since` on whose moment is before `now`."""

    async def next_slots(self, page: str, now: datetime, limit: int) -> list[SlotView]: ...

    async def slots_of_call(self, call_id: int) -> list[SlotView]:
        """Those of an urgent call, cancelled ones too, by moment."""

    async def view(self, assignment_id: int) -> AssignmentView:
        """Raises NotFound."""

    async def views_of_person(self, person_id: int, start: datetime, end: datetime) -> list[AssignmentView]:
        """A person's assignments with start ≤ at < end, by moment; cancelled, declined and replaced ones left out."""

    # -- slots -----------------------------------------------------------------------------------------------------------

    async def get_slot(self, slot_id: int) -> Slot: ...

    async def slots_of_pages(self, pages: Iterable[str], days: Iterable[date]) -> list[Slot]:
        """With cancelled ones."""

    async def slots_of_draft(self, draft_id: int) -> list[Slot]:
        """Filled and posted slots of a text, on whatever day."""

    async def add_slots(self, moments: Iterable[tuple[str, date, datetime]]) -> list[Slot]:
        """Empty slots for (page, local day, moment); existing ones are left alone, cancelled ones come back to life.

        Returns those that are new (or new again).
        """

    async def save_slot(self, slot: Slot) -> Slot:
        """Save with `slot.version` as the seen one; returns it with the next version, or raises Conflict."""

    async def times_missed(self, of: Slot) -> int:
        """How often the slot's text, in its version, was missed on the slot's page."""

    # -- assignments -------------------------------------------------------------------------------------------------------

    async def get_assignment(self, assignment_id: int) -> Assignment: ...

    async def assignments_of(self, slot_id: int) -> list[Assignment]:
        """All of a slot, ended ones too, by id."""

    async def declines(self, slot_id: int) -> list[Declined]:
        """Who handed the slot on and why, in order, as far as the journal still says so."""

    async def put_assignment(
        self,
        slot: Slot,
        person_id: int,
        state: AssignmentState,
        *,
        substitute: bool,
        now: datetime,
    ) -> Assignment:
        """A new assignment, or the person's ended one of this slot opened again."""

    async def save_assignment(self, assignment: Assignment) -> Assignment:
        """Save with `assignment.version` as the seen one; returns it with the next version, or raises Conflict."""

    async def bookings(self, people: Sequence[int], since: datetime) -> list[Booking]:
        """Everything these people were asked since; cancelled and replaced ones left out."""

    async def posters(self, pages: Iterable[str]) -> dict[str, frozenset[int]]:
        """Explicitly named posters by page; pages without any are missing."""

    async def active_people(self, ids: Iterable[int]) -> list[Person]: ...

    # -- proof -------------------------------------------------------------------------------------------------------------

    async def add_proof(self, proof: Proof) -> None:
        """Raises LinkUsed when the link proves another slot."""

    async def remove_proof(self, slot_id: int) -> None: ...

    # -- questions ---------------------------------------------------------------------------------------------------------

    async def add_question(self, slot_id: int, asked_by: int, text: str, now: datetime) -> int: ...

    async def get_question(self, question_id: int) -> Question: ...

    async def answer_question(self, question_id: int, answered_by: int, answer: str, now: datetime) -> bool:
        """False when somebody answered before."""
