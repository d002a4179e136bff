"""Recalls: a text that is already public is to be corrected or removed by everybody who posted it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid

FIND_DAYS = timedelta(days=14)
"""How far back published texts are listed."""
CHASE = (timedelta(minutes=30), timedelta(hours=2))
"""When those outstanding are reminded; at the deadline the press secretary and the coordinator hear."""


class RecallKind(StrEnum):
    CORRECT = "correct"
    REMOVE = "remove"


class RecallReason(StrEnum):
    """Why; the words are in the catalogues."""

    FACTS = "facts"
    PRIVATE_DATA = "private_data"
    COMPLAINT = "complaint"
    WRONG_PLACE = "wrong_place"
    OTHER = "other"


class RecallState(StrEnum):
    """WRITING: the corrected text is with whoever recalls. WAITING: a second person reads it. OPEN: people are asked.

    DONE: nobody is outstanding. DROPPED: given up, or replaced by a later recall of the same text.
    """

    WRITING = "writing"
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class TaskState(StrEnum):
    """SAID: done by their word only, somebody has to look. DONE: shown by a link or a screenshot, or looked at."""

    OPEN = "open"
    SAID = "said"
    DONE = "done"
    CANCELLED = "cancelled"


OUTSTANDING = frozenset({TaskState.OPEN, TaskState.SAID})
UNFINISHED = frozenset({RecallState.WRITING, RecallState.WAITING, RecallState.OPEN})


@dataclass(frozen=True)
class Recall:
    """`declared_at`: from then on the text is planned no more. `deadline` is set when people are asked."""

    id: int
    draft_id: int
    kind: RecallKind
    state: RecallState
    reason: RecallReason
    note: str
    text: str
    by_id: int
    at: datetime
    declared_at: datetime | None
    approved_by: int | None
    deadline: datetime | None
    closed_at: datetime | None
    version: int

    @property
    def subject(self) -> str:
        return f"recall:{self.id}"


@dataclass(frozen=True)
class RecallTask:
    """One publication that one person is asked to correct or remove. `url`: the post."""

    id: int
    recall_id: int
    slot_id: int
    person_id: int
    state: TaskState
    url: str
    proof_url: str
    proof_media: str
    done_at: datetime | None
    looked_by: int | None
    version: int

    @property
    def subject(self) -> str:
        return f"recall_task:{self.id}"


@dataclass(eq=False)
class RecallChanged(Conflict):
    """The button was drawn for another state of the recall."""


@dataclass(eq=False)
class RecallTaskClosed(Conflict):
    """What is asked of the person is done already, or no longer asked."""

    state: TaskState


@dataclass(eq=False)
class TextRecalled(Conflict):
    """The post is recalled: it is not posted anew, whatever becomes of its proof."""


@dataclass(eq=False)
class NotPublished(Conflict):
    """Nobody has posted this text, so there is nothing to recall."""


@dataclass(eq=False)
class SameText(Invalid):
    """The corrected text is the text that is public."""


@dataclass(eq=False)
class OwnCorrection(Invalid):
    """Whoever wrote the corrected text does not read it a second time."""


@dataclass(eq=False)
class OwnLook(Invalid):
    """Whoever posted it does not close it by looking; somebody else does, or a picture."""


@dataclass(eq=False)
class NobodyToRead(Invalid):
    """The correction needs a second person, and there is none."""


@dataclass(eq=False)
class ProofNeeded(Invalid):
    """Neither a link to the post nor a picture came. `picture`: only a picture shows it."""

    picture: bool


def ensure_seen(recall: Recall, version: int, *states: RecallState) -> None:
    """Raise `RecallChanged` unless it is at this version in one of `states`."""
    if recall.version != version or recall.state not in states:
        raise RecallChanged


def corrected(recall: Recall, text: str, public: str) -> Recall:
    """Another corrected text; it must differ from what is public."""
    if recall.state is not RecallState.WRITING:
        raise RecallChanged
    if not text.strip() or text.strip() == public.strip():
        raise SameText
    return replace(recall, text=text.strip())


def opened(recall: Recall, now: datetime, allowed: timedelta, approved_by: int | None = None) -> Recall:
    """People are asked from now on, with so much time."""
    declared = recall.declared_at or now
    return replace(
        recall, state=RecallState.OPEN, declared_at=declared, deadline=now + allowed, approved_by=approved_by
    )


def closed(task: RecallTask, state: TaskState, now: datetime) -> RecallTask:
    """A task said or shown to be done; what was only said may be shown later."""
    if task.state not in OUTSTANDING or (task.state is state is TaskState.SAID):
        raise RecallTaskClosed(task.state)
    return replace(task, state=state, done_at=now)


def chase_moments(opened_at: datetime, deadline: datetime) -> tuple[datetime, ...]:
    """When those outstanding are reminded, then the deadline itself."""
    return (*(opened_at + after for after in CHASE if opened_at + after < deadline), deadline)
