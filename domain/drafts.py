"""Drafts: a text on its way from a volunteer's phone to an approved version."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.platforms import Measure, Platform


class DraftState(StrEnum):
    WRITING = "writing"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


class Reason(StrEnum):
    """Why a draft came back; the words are in the catalogues."""

    FACTS = "facts"
    TONE = "tone"
    TOO_LONG = "too_long"
    PICTURE = "picture"
    NOT_NOW = "not_now"
    DUPLICATE = "duplicate"
    PRIVATE_DATA = "private_data"
    OTHER = "other"


OPEN_STATES = frozenset({DraftState.WRITING, DraftState.SUBMITTED, DraftState.RETURNED})
"""States in which the author may still change the text."""


@dataclass(frozen=True)
class MediaRef:
    """A file bound by content hash. `kind`: photo, video, document, voice, audio, animation."""

    sha256: str
    kind: str


@dataclass(frozen=True)
class Draft:
    """A draft with its current content. `version` counts contents; a decision holds for exactly one of them."""

    id: int
    author_id: int
    region: str
    state: DraftState
    version: int
    text: str
    media: tuple[MediaRef, ...]
    pages: tuple[str, ...]
    source: str
    """Where a forwarded text came from, as Telegram names it; empty for own words."""
    updated_at: datetime
    submitted_at: datetime | None
    decide_by: datetime | None

    @property
    def subject(self) -> str:
        return f"draft:{self.id}"


@dataclass(frozen=True)
class Decision:
    draft_id: int
    version: int
    approver_id: int
    approver_name: str
    verdict: Verdict
    reason: Reason | None
    note: str
    at: datetime


@dataclass(eq=False)
class EmptyDraft(Invalid):
    """There is neither text nor media."""


@dataclass(eq=False)
class NoPages(Invalid):
    """No page is chosen."""


@dataclass(eq=False)
class TooLong(Invalid):
    """The text with its imprint does not fit a platform."""

    platform: Platform
    measure: Measure


@dataclass(eq=False)
class DraftClosed(Conflict):
    """The draft is decided or withdrawn; it cannot be changed any more."""

    state: DraftState


@dataclass(eq=False)
class DraftChanged(Conflict):
    """The button was drawn for `seen`, the draft is at `current`. Use cases attach nothing: the screen re-reads it."""

    draft_id: int
    seen: int
    current: int


@dataclass(eq=False)
class AlreadyDecided(Conflict):
    """Somebody decided before; the fields say who and what."""

    draft_id: int
    state: DraftState
    by: str
    at: datetime | None


@dataclass(eq=False)
class OwnDraft(Invalid):
    """Nobody decides on their own draft."""


def ensure_open(draft: Draft) -> None:
    """Raise `DraftClosed` unless the author may still change it."""
    if draft.state not in OPEN_STATES:
        raise DraftClosed(draft.state)


def ensure_version(draft: Draft, seen: int) -> None:
    """Raise `DraftChanged` unless `seen` is the current version."""
    if draft.version != seen:
        raise DraftChanged(draft.id, seen, draft.version)


def with_content(draft: Draft, text: str, media: tuple[MediaRef, ...], now: datetime) -> Draft:
    """The next version. A submitted draft stays submitted: its cards are redrawn for the new version."""
    ensure_open(draft)
    if not text.strip() and not media:
        raise EmptyDraft
    return replace(draft, text=text, media=media, version=draft.version + 1, updated_at=now)


def submitted(draft: Draft, now: datetime, decide_by: datetime) -> Draft:
    """The draft as handed in."""
    ensure_open(draft)
    if not draft.pages:
        raise NoPages
    return replace(draft, state=DraftState.SUBMITTED, submitted_at=now, decide_by=decide_by, updated_at=now)


STATE_AFTER: dict[Verdict, DraftState] = {
    Verdict.APPROVE: DraftState.APPROVED,
    Verdict.RETURN: DraftState.RETURNED,
    Verdict.REJECT: DraftState.REJECTED,
}


def after_verdict(verdict: Verdict, approvals: int, needed: int) -> DraftState:
    """The state after a verdict, `approvals` counting this one: approval waits until `needed` different people agreed."""
    if verdict is Verdict.APPROVE and approvals < needed:
        return DraftState.SUBMITTED
    return STATE_AFTER[verdict]
