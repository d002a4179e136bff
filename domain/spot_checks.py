"""Spot checks: press secretaries look at a fair share of the proofs, and what is not right goes back kindly."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid

FRESH = timedelta(hours=3)
"""How long somebody has who gets an assignment back."""
NOTE_LIMIT = 300
"""Characters of a reason in own words."""
_MIX, _SPAN, _STEP = 2654435761, 1 << 32, 1 << 16
"""Knuth's multiplicative hash: neighbouring numbers fall far apart, so no page and no day is looked at more often."""


class CheckState(StrEnum):
    """FINE: all is right. WRONG: the assignment went back. DISPUTED: its person says that it is right.

    RIGHT: a second person agrees with them. UPHELD: a second person does not.
    """

    FINE = "fine"
    WRONG = "wrong"
    DISPUTED = "disputed"
    RIGHT = "right"
    UPHELD = "upheld"


class WrongReason(StrEnum):
    """Why a proof is not right; the words are in the catalogues."""

    OTHER_PAGE = "other_page"
    OTHER_TEXT = "other_text"
    IMPRINT = "imprint"
    DEAD_LINK = "dead_link"
    NOTE = "note"


class Why(StrEnum):
    """Why a proof is looked at, in the order in which they come."""

    DIFFERS = "differs"
    PICTURE = "picture"
    AGAIN = "again"
    SAMPLE = "sample"


class ProofEnd(StrEnum):
    """Why a proof stands no longer."""

    UNDONE = "undone"
    NOT_RIGHT = "not_right"


@dataclass(frozen=True)
class SpotCheck:
    """One look at one proof (`proof_at`: which of the slot's)."""

    id: int
    slot_id: int
    assignment_id: int
    person_id: int
    proof_at: datetime
    state: CheckState
    reason: WrongReason | None
    note: str
    by_id: int
    at: datetime
    deadline: datetime | None
    settled_by: int | None
    settled_at: datetime | None
    version: int

    @property
    def subject(self) -> str:
        return f"check:{self.id}"

    @property
    def is_open(self) -> bool:
        """The post came back: it is to be put right, or a second person decides."""
        return self.state in {CheckState.WRONG, CheckState.DISPUTED, CheckState.UPHELD}

    def is_over(self, now: datetime) -> bool:
        """The time to put it right is over; a dispute has no such time."""
        return self.state is not CheckState.DISPUTED and (self.deadline is None or self.deadline <= now)


@dataclass(frozen=True)
class PastProof:
    """A proof that stands no longer."""

    slot_id: int
    assignment_id: int
    person_id: int
    url: str
    normal: str
    media: str
    at: datetime
    ended: ProofEnd
    ended_at: datetime


@dataclass(eq=False)
class CheckDecided(Conflict):
    """Somebody looked at it before, or it was taken back meanwhile."""


@dataclass(eq=False)
class OwnProof(Invalid):
    """Nobody looks at their own post, nor decides a dispute about their own look."""


@dataclass(eq=False)
class BadNote(Invalid):
    """Not a reason in a few words; `length` above 0: too many characters."""

    length: int = 0


def share_of(number: int) -> int:
    """0–99 for a slot's number, the same for ever: below the percentage its proof is in the sample."""
    return number * _MIX % _SPAN // _STEP % 100


def note_in(text: str) -> str:
    """One line of at most `NOTE_LIMIT` characters."""
    words = " ".join(text.split())
    if not words:
        raise BadNote
    if len(words) > NOTE_LIMIT:
        raise BadNote(len(words))
    return words


def disputed(check: SpotCheck) -> SpotCheck:
    """Its person says that the post is right: nothing is due until a second person has looked."""
    if check.state is not CheckState.WRONG:
        raise CheckDecided
    return replace(check, state=CheckState.DISPUTED, deadline=None)


def settled(check: SpotCheck, by: int, now: datetime, *, right: bool) -> SpotCheck:
    """A second person has decided."""
    if check.state is not CheckState.DISPUTED:
        raise CheckDecided
    if by in {check.by_id, check.person_id}:
        raise OwnProof
    state = CheckState.RIGHT if right else CheckState.UPHELD
    return replace(check, state=state, settled_by=by, settled_at=now)
