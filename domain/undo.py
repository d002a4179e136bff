"""Taking one's own decision back: for a minute, and only while nobody has acted on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.drafts import STATE_AFTER, Decision, DraftState
from domain.errors import Conflict
from domain.ports.drafts import DraftSheet


class TooLate(StrEnum):
    """Why a decision stands."""

    TIME = "time"
    """Its time to be undone is over: the author knows."""
    OTHER = "other"
    """Another approver has decided after it."""
    AUTHOR = "author"
    """The author has gone on with the draft."""
    IMPRINT = "imprint"
    """Its imprint line has changed: the version that was decided on is no more."""
    NOT_THEIRS = "not_theirs"
    """There is none of this person: somebody else's, or undone already."""


@dataclass(eq=False)
class CannotUndo(Conflict):
    """`by`: who has decided, where that is why."""

    why: TooLate
    by: str = ""


def may_undo(sheet: DraftSheet, person_id: int, now: datetime) -> bool:
    """Whether this person would see [Undo] at this moment."""
    return bool(sheet.decisions) and _why_not(sheet, sheet.decisions[-1], person_id, now) is None


def ensure_undoable(sheet: DraftSheet, person_id: int, version: int, now: datetime) -> Decision:
    """The person's decision on this version, which nothing has followed yet; raises `CannotUndo`."""
    if sheet.draft.version != version:
        raise CannotUndo(TooLate.AUTHOR)
    if not sheet.decisions:
        raise CannotUndo(TooLate.NOT_THEIRS)
    last = sheet.decisions[-1]
    why = _why_not(sheet, last, person_id, now)
    if why is not None:
        raise CannotUndo(why, last.approver_name)
    return last


def _why_not(sheet: DraftSheet, last: Decision, person_id: int, now: datetime) -> TooLate | None:
    if last.approver_id != person_id:
        theirs = any(decision.approver_id == person_id for decision in sheet.decisions)
        return TooLate.OTHER if theirs else TooLate.NOT_THEIRS
    # A first approval of several leaves the draft waiting.
    if sheet.draft.state not in {STATE_AFTER[last.verdict], DraftState.SUBMITTED}:
        return TooLate.AUTHOR
    if last.undo_until is None or now >= last.undo_until or sheet.draft.settled_at is not None:
        return TooLate.TIME
    return None
