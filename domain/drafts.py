"""Drafts: a text on its way from a volunteer's phone to an approved version."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.imprints import BoundLine
from domain.lanes import Check
from domain.media_rules import PUBLISHABLE, MediaFault
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
UNFINISHED_STATES = frozenset({DraftState.WRITING, DraftState.RETURNED})
"""States in which it is the author's turn: pages may be chosen, it can be handed in."""


ALT_LIMIT = 1000
"""Characters of a picture's description: what X takes, the least of the networks (docs.x.com, media metadata)."""


@dataclass(frozen=True)
class MediaRef:
    """A file bound by content hash. `kind`: photo, video, document, voice, audio, animation. `alt`: what a picture shows."""

    sha256: str
    kind: str
    alt: str = ""


@dataclass(frozen=True)
class Variant:
    """What one network gets instead of the master text."""

    platform: Platform
    text: str


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
    variants: tuple[Variant, ...] = ()
    """Networks with a text of their own, by network."""
    fills: tuple[tuple[str, str], ...] = ()
    """What was filled into a master: name of the field and its words, in the master's order."""
    sources: str = ""
    """Where what it claims can be checked; the bold lane asks for it."""
    edited_by: int | None = None
    """Who wrote this version, when it was not the author."""
    master_id: int | None = None
    """The fill-in master it was made from."""
    rubric: str = ""
    """Code of a rubric of the campaign."""
    not_before: datetime | None = None
    """Embargo: in no slot before."""
    expires_at: datetime | None = None
    """In no slot from then on."""
    cool_days: int | None = None
    """Evergreen: so many days after a publication on a page it may be published there again."""
    settled_at: datetime | None = None
    """When its decision could not be undone any more; the planner takes only settled texts."""
    turns: int = 0
    """How often it was decided on, or a decision undone: what a decision was made on has not moved since."""

    @property
    def subject(self) -> str:
        return f"draft:{self.id}"

    def text_for(self, platform: Platform) -> str:
        """What a page of this network publishes, without its imprint: the network's own text, else the master."""
        return next((own.text for own in self.variants if own.platform is platform), self.text)

    @property
    def material(self) -> tuple[MediaRef, ...]:
        """Files for whoever decides; they are not published."""
        return tuple(file for file in self.media if file.kind not in PUBLISHABLE)

    @property
    def published_media(self) -> tuple[MediaRef, ...]:
        return tuple(file for file in self.media if file.kind in PUBLISHABLE)


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
    undo_until: datetime | None = None
    """Until when who made it may undo it; None: never."""
    turn: int = 0
    """Which of the draft's turns it was."""
    checks: tuple[Check, ...] = ()
    """What was looked for before a bold text was approved."""
    imprints: tuple[BoundLine, ...] | None = None
    """The lines it was read with (H3), page by page; None: decided before they were recorded."""
    waited: int | None = None
    """Seconds since this version was handed in; None: decided before they were recorded."""


@dataclass(eq=False)
class EmptyDraft(Invalid):
    """There is neither text nor media."""


@dataclass(eq=False)
class NoPages(Invalid):
    """No page is chosen."""


@dataclass(eq=False)
class OnlyMaterial(Invalid):
    """There are only files that are not published (voice, documents): a text or a picture is missing."""


@dataclass(eq=False)
class TooLong(Invalid):
    """The text with its imprint does not fit a platform."""

    platform: Platform
    measure: Measure


@dataclass(eq=False)
class MediaRefused(Invalid):
    """The files do not fit a platform."""

    platform: Platform
    fault: MediaFault


@dataclass(eq=False)
class AltTooLong(Invalid):
    """A description of a picture has more than `ALT_LIMIT` characters."""

    length: int


@dataclass(eq=False)
class SeveralPersonalPages(Invalid):
    """More than one personal page is chosen: each person writes in their own words (H6)."""


@dataclass(eq=False)
class NotYourPage(Invalid):
    """A personal page of somebody else is chosen."""

    page: str


@dataclass(eq=False)
class SharedText(Invalid):
    """This text, or one made from it, is already meant for another personal page (H6)."""


@dataclass(eq=False)
class CloseText(Invalid):
    """The text is close to another person's for their own page (H6): its author has to say that it shall stay so."""


@dataclass(eq=False)
class DraftClosed(Conflict):
    """The draft is decided or withdrawn; it cannot be changed any more."""

    state: DraftState


@dataclass(eq=False)
class EditLeftOut(Conflict):
    """The author edited a message in their chat, and the text made from it does not follow; WITHDRAWN: it is deleted or joined."""

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
    left = is_link(draft.source, draft.text) and not is_link(draft.source, text)
    source = "" if left else draft.source  # own words in place of a link come from nobody's page
    new = replace(draft, text=text, media=media, source=source, updated_at=now)
    return replace(new, version=draft.version + 1, edited_by=None)


def is_link(source: str, text: str) -> bool:
    """Whether the draft's source is the site of a link in this text; else it was forwarded from there."""
    return bool(source) and any(f"://{prefix}{source}".lower() in text.lower() for prefix in ("", "www."))


def with_variant(draft: Draft, platform: Platform, text: str, now: datetime) -> Draft:
    """The next version, with a text of its own for one network; without it when `text` is empty or the master."""
    others = [own for own in draft.variants if own.platform is not platform]
    if text.strip() and text != draft.text:
        others.append(Variant(platform, text))
    ordered = tuple(sorted(others, key=lambda own: own.platform.order))
    return replace(with_content(draft, draft.text, draft.media, now), variants=ordered)


def pictures(draft: Draft) -> list[MediaRef]:
    """Its files that can be described, in their order; the same picture twice is one."""
    return list({file.sha256: file for file in draft.media if file.kind == "photo"}.values())


def with_alt(draft: Draft, sha256: str, alt: str, now: datetime) -> Draft:
    """The next version, with what one of its pictures shows."""
    if len(alt) > ALT_LIMIT:
        raise AltTooLong(len(alt))
    described = tuple(replace(file, alt=alt) if file.sha256 == sha256 else file for file in draft.media)
    return with_content(draft, draft.text, described, now)


def submitted(draft: Draft, now: datetime, decide_by: datetime) -> Draft:
    """The draft as handed in. Handed in again, it is a new version: earlier decisions are not about this one."""
    if draft.state not in UNFINISHED_STATES:
        raise DraftClosed(draft.state)
    again = draft.submitted_at is not None
    return replace(
        draft,
        state=DraftState.SUBMITTED,
        version=draft.version + again,
        submitted_at=now,
        decide_by=decide_by,
        updated_at=now,
    )


def taken_back(draft: Draft, now: datetime) -> Draft:
    """A submitted draft in its author's hands again."""
    if draft.state is not DraftState.SUBMITTED:
        raise DraftClosed(draft.state)
    return replace(draft, state=DraftState.WRITING, updated_at=now)


def deleted(draft: Draft, now: datetime) -> Draft:
    """The author gives it up; what was decided stays on record."""
    ensure_open(draft)
    return replace(draft, state=DraftState.WITHDRAWN, updated_at=now)


def joined(first: str, second: str) -> str:
    """Two texts as paragraphs of one."""
    return "\n\n".join(part for part in (first, second) if part.strip())


# --- decisions

STATE_AFTER: dict[Verdict, DraftState] = {
    Verdict.APPROVE: DraftState.APPROVED,
    Verdict.RETURN: DraftState.RETURNED,
    Verdict.REJECT: DraftState.REJECTED,
}


def after_verdict(verdict: Verdict, approvals: int, needed: int) -> DraftState:
    """The state after a verdict, `approvals` counting this one: approval waits until `needed` people agreed."""
    if verdict is Verdict.APPROVE and approvals < needed:
        return DraftState.SUBMITTED
    return STATE_AFTER[verdict]
