"""Drafts: a text on its way from a volunteer's phone to an approved version."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Role
from domain.platforms import Measure, Platform, measure


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


def content_digest(
    text: str,
    media: Iterable[MediaRef],
    variants: Iterable[Variant] = (),
    fills: Iterable[tuple[str, str]] = (),
    sources: str = "",
) -> str:
    """SHA-256 over a text, its files and the rest that is read: what a decision is bound to."""
    files = tuple(media)
    parts: list[object] = [text, *(m.sha256 for m in files)]
    more: dict[str, object] = {
        "sources": sources,
        "alts": [m.alt for m in files] if any(m.alt for m in files) else [],
        "variants": [[variant.platform, variant.text] for variant in variants],
        "fills": [list(fill) for fill in fills],
    }
    # Without any of it the digest is that of the versions stored before there was any.
    parts += [{name: value} for name, value in more.items() if value]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


# --- pages

_HEADQUARTERS = frozenset({Role.OWNER, Role.MANAGER, Role.PRESS_SECRETARY})


def page_key(code: str) -> str:
    """A short stand-in for a page's code: buttons have 64 bytes."""
    return hashlib.sha256(code.encode()).hexdigest()[:8]


def open_to(actor: Actor, pages: Iterable[Page]) -> list[Page]:
    """The pages this author may write for: of their regions, federal ones for headquarters, their own personal one.

    Pages they keep come first, then those of their home, then the other regions, federal ones last;
    within a region by network.
    """
    regions = actor.regions(frozenset(Role)) | {actor.person.region}
    federal = EVERYWHERE in regions or actor.holds(_HEADQUARTERS)
    chosen = [
        page
        for page in pages
        if (page.keeper_id == actor.id)
        or (
            page.kind is not PageKind.PERSONAL
            and (page.region in regions or EVERYWHERE in regions or (federal and page.region == EVERYWHERE))
        )
    ]
    home = actor.person.region
    return sorted(
        chosen,
        key=lambda p: (
            *(p.keeper_id != actor.id, p.region != home, p.region == EVERYWHERE),
            *(p.region, p.platform.order, p.code),
        ),
    )


def region_of(pages: Iterable[Page], home: str) -> str:
    """Whose press secretaries decide: all-region ones for a federal page; else the pages' region, else the author's."""
    regions = {page.region for page in pages}
    if EVERYWHERE in regions:
        return EVERYWHERE
    return regions.pop() if len(regions) == 1 else home


# --- as it will be read


def as_published(text: str, imprint: str) -> str:
    """A text as a page publishes it: with its imprint after an empty line (H3), unless it has that line already."""
    if not imprint or imprint in text.splitlines():
        return text
    return joined(text, imprint)


@dataclass(frozen=True)
class Preview:
    """One way in which a draft will be read; pages that publish the same text on the same network share it."""

    platform: Platform
    text: str
    titles: tuple[str, ...]
    imprint: str
    measure: Measure


def previews(text: str, media: int, pages: Iterable[Page]) -> list[Preview]:
    """Every distinct reading of a text with so many files, in the order of the pages."""
    found: dict[tuple[Platform, str], Preview] = {}
    for page in pages:
        published = as_published(text, page.imprint)
        key = (page.platform, published)
        known = found.get(key)
        if known is None:
            room = measure(page.platform, published, media)
            found[key] = Preview(page.platform, published, (page.title,), page.imprint, room)
        else:
            found[key] = replace(known, titles=(*known.titles, page.title))
    return list(found.values())


def ensure_submittable(draft: Draft, pages: Iterable[Page]) -> None:
    """Raise what keeps it from being handed in: empty, no page, too long somewhere, somebody else's own page."""
    chosen = tuple(pages)
    if not draft.text.strip() and not draft.media:
        raise EmptyDraft
    if not chosen:
        raise NoPages
    personal = [page for page in chosen if page.kind is PageKind.PERSONAL]
    if len(personal) > 1:
        raise SeveralPersonalPages
    if personal and personal[0].keeper_id != draft.author_id:
        raise NotYourPage(personal[0].title)
    ensure_fits(draft, chosen)


def ensure_fits(draft: Draft, pages: Iterable[Page]) -> None:
    """Raise `TooLong` for the first network whose limits it breaks."""
    for preview in previews(draft.text, len(draft.media), pages):
        if not preview.measure.fits:
            raise TooLong(preview.platform, preview.measure)


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
