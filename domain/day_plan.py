"""A day of the plan changed by hand: what a change makes of slots and their people, and what refuses it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, EmptyReason, Excuse, Slot, SlotState, filled_with

UNDO_FOR = timedelta(minutes=5)
REASON_LIMIT = 200
"""Characters of a reason in own words."""
BACK, AHEAD = 1, 7
"""Days before and after today that a board shows."""


class Kind(StrEnum):
    """What was done; stored."""

    MOVE = "move"
    SKIP = "skip"
    BACK = "back"
    ADD = "add"
    GIVE = "give"
    ASK = "ask"
    TEXT = "text"
    TEXT_OFF = "text_off"
    SWAP_PEOPLE = "swap_people"
    SWAP_TEXTS = "swap_texts"
    UNDO = "undo"


class Cause(StrEnum):
    """Why, in one tap; the words are in the catalogues. Short: buttons have 64 bytes."""

    EVENT = "event"
    NEWS = "news"
    ASKED = "asked"
    NO_TEXT = "no_text"
    NO_PERSON = "no_person"
    PAGE = "page"


MOVE_CAUSES = (Cause.EVENT, Cause.NEWS, Cause.ASKED)
SKIP_CAUSES = (Cause.NEWS, Cause.NO_TEXT, Cause.NO_PERSON, Cause.PAGE)


class Unfit(StrEnum):
    """Why a text cannot stand in a slot."""

    PAGE = "page"
    TIME = "time"
    THERE = "there"
    IMPRINT = "imprint"
    OWNER = "owner"
    GONE = "gone"


class Doubt(StrEnum):
    """What the norm says against a moment; whoever changes the plan may want it all the same, with a reason."""

    WINDOW = "window"
    GAP = "gap"
    CAP = "cap"


# -- what a change is made of -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """An approved version. `again`: how often it was on the slot's page before."""

    draft_id: int
    version: int
    again: int = 0


@dataclass(frozen=True)
class Standing:
    """Slots with everybody who was ever asked for them, at one moment: two of these are a change, and its undoing."""

    slots: tuple[Slot, ...]
    assignments: tuple[Assignment, ...]

    def slot(self, slot_id: int) -> Slot:
        return next(slot for slot in self.slots if slot.id == slot_id)

    def of(self, slot_id: int) -> tuple[Assignment, ...]:
        return tuple(one for one in self.assignments if one.slot_id == slot_id)

    def holder(self, slot_id: int) -> Assignment | None:
        """Who has it."""
        return next((one for one in self.of(slot_id) if one.state is AssignmentState.ASSIGNED), None)

    def put(self, *slots: Slot) -> "Standing":
        new = {slot.id: slot for slot in slots}
        return replace(self, slots=tuple(new.get(slot.id, slot) for slot in self.slots))

    def end(self, slot_id: int, state: AssignmentState, besides: AssignmentState | None = None) -> "Standing":
        """Whoever has the slot or is asked for it, but for those in state `besides`, is in `state` now."""
        return replace(
            self,
            assignments=tuple(
                replace(one, state=state)
                if one.slot_id == slot_id and one.state in OPEN_ASSIGNMENTS and one.state is not besides
                else one
                for one in self.assignments
            ),
        )

    def ask(self, slot_id: int, person_id: int, state: AssignmentState) -> "Standing":
        """The person has the slot, or is asked for it; an ended assignment of theirs is opened again."""
        at = self.slot(slot_id).at
        old = next((one for one in self.of(slot_id) if one.person_id == person_id), None)
        if old is None:
            return replace(
                self, assignments=(*self.assignments, Assignment(0, slot_id, person_id, at, state, False, 0))
            )
        new = replace(old, at=at, state=state, substitute=False, accepted_at=None)
        return replace(self, assignments=tuple(new if one.id == old.id else one for one in self.assignments))


@dataclass(frozen=True)
class Change:
    """One change by hand as it is stored. `after` carries the versions it left behind."""

    id: int
    kind: Kind
    slot_id: int
    by_id: int
    at: datetime
    reason: str
    before: Standing
    after: Standing
    undone_at: datetime | None = None


def moved(standing: Standing, slot_id: int, at: datetime) -> Standing:
    """Whoever has it or is asked keeps it; that they accepted the other moment says nothing of this one."""
    new = standing.put(replace(standing.slot(slot_id), at=at))
    return replace(
        new,
        assignments=tuple(
            replace(one, at=at, accepted_at=None) if one.slot_id == slot_id and one.state in OPEN_ASSIGNMENTS else one
            for one in new.assignments
        ),
    )


def skipped(standing: Standing, slot_id: int) -> Standing:
    gone = replace(
        standing.slot(slot_id),
        state=SlotState.CANCELLED,
        empty_reason=None,
        draft_id=None,
        draft_version=None,
        again=0,
        excuse=Excuse.SKIPPED,
    )
    return standing.put(gone).end(slot_id, AssignmentState.CANCELLED)


def brought_back(standing: Standing, slot_id: int) -> Standing:
    return standing.put(replace(standing.slot(slot_id), state=SlotState.EMPTY, excuse=None))


def waiting_for_somebody(standing: Standing, slot_id: int, text: Text) -> Standing:
    """An empty slot with its text chosen; it is no promise: the text may still go elsewhere."""
    chosen = replace(
        standing.slot(slot_id),
        empty_reason=EmptyReason.NO_PERSON,
        draft_id=text.draft_id,
        draft_version=text.version,
        again=text.again,
    )
    return standing.put(chosen)


def text_off(standing: Standing, slot_id: int) -> Standing:
    bare = replace(
        standing.slot(slot_id),
        state=SlotState.EMPTY,
        empty_reason=EmptyReason.NO_TEXT,
        draft_id=None,
        draft_version=None,
        again=0,
    )
    return standing.put(bare).end(slot_id, AssignmentState.CANCELLED)


def given(standing: Standing, slot_id: int, person_id: int, text: Text | None) -> Standing:
    """`text`: what an empty slot gets with its person. Whoever had it, or was asked, has nothing left to do."""
    slot = standing.slot(slot_id)
    filled = standing if text is None else standing.put(filled_with(slot, text))
    freed = filled.end(slot_id, AssignmentState.REPLACED)
    return freed.ask(slot_id, person_id, AssignmentState.ASSIGNED)


def asked(standing: Standing, slot_id: int, person_id: int, text: Text | None) -> Standing:
    """The same as an offer: whoever has it keeps it until there is a yes; other offers end."""
    slot = standing.slot(slot_id)
    filled = standing if text is None else standing.put(filled_with(slot, text))
    alone = filled.end(slot_id, AssignmentState.CANCELLED, besides=AssignmentState.ASSIGNED)
    return alone.ask(slot_id, person_id, AssignmentState.OFFERED)


def people_swapped(standing: Standing, one: Assignment, other: Assignment) -> Standing:
    new = standing.end(one.slot_id, AssignmentState.REPLACED).end(other.slot_id, AssignmentState.REPLACED)
    new = new.ask(one.slot_id, other.person_id, AssignmentState.ASSIGNED)
    return new.ask(other.slot_id, one.person_id, AssignmentState.ASSIGNED)


# -- what refuses it --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class SlotChanged(Conflict):
    """Somebody, `by` name where that is known, changed the slot after the buttons were drawn."""

    by: str


@dataclass(eq=False)
class SlotSettled(Conflict):
    """Posted, missed, taken out or of a day that is over: there is nothing to change."""

    state: SlotState


@dataclass(eq=False)
class UrgentPlace(Conflict):
    """It belongs to an urgent call, which has its own card."""


@dataclass(eq=False)
class MomentTaken(Invalid):
    """The page has another slot at that very moment. `skipped`: one that was taken out."""

    at: datetime
    zone: str
    skipped: bool


@dataclass(eq=False)
class MomentGone(Invalid):
    """The moment has passed, or is the one it has."""


@dataclass(eq=False)
class BadClock(Invalid):
    """Not an hour of that day."""


@dataclass(eq=False)
class Doubtful(Invalid):
    """The page's norm speaks against the moment: a reason is wanted."""

    at: datetime
    doubts: tuple[Doubt, ...]
    zone: str


@dataclass(eq=False)
class SilentMoment(Invalid):
    """There is a silence then (H8)."""


@dataclass(eq=False)
class PageStopped(Conflict):
    """An emergency stop holds the page."""

    page: str


@dataclass(eq=False)
class NotCarried(Invalid):
    """The text cannot stand there."""

    page: str
    why: Unfit


@dataclass(eq=False)
class NoTextThere(Invalid):
    """Nothing approved fits the page and the moment."""

    page: str


@dataclass(eq=False)
class NothingToSwap(Invalid):
    """One of the two has nothing that could change places."""


@dataclass(eq=False)
class BadReason(Invalid):
    """A reason of no or of more than `limit` characters."""

    length: int
    limit: int


@dataclass(eq=False)
class ChangeStands(Conflict):
    """It cannot be undone: `late`: the minutes are over; else something has happened since."""

    late: bool


def ensure_reason(text: str) -> str:
    """As it is kept; raise `BadReason`."""
    said = " ".join(text.split())
    if not said or len(said) > REASON_LIMIT:
        raise BadReason(len(said), REASON_LIMIT)
    return said


def ensure_changeable(slot: Slot, today: date) -> None:
    """Open, of a day that is not over (`today`: the page's local date), and of no urgent call."""
    if slot.urgent_id is not None:
        raise UrgentPlace
    if slot.state not in {SlotState.EMPTY, SlotState.FILLED} or slot.day < today:
        raise SlotSettled(slot.state)


def ensure_undoable(change: Change, now_standing: Standing, now: datetime) -> None:
    """In its minutes, and while everything is exactly as it left it."""
    if now >= change.at + UNDO_FOR:
        raise ChangeStands(late=True)
    if change.undone_at is not None or now_standing != change.after:
        raise ChangeStands(late=False)
