"""Evergreen texts: published on the same page again, after a cool-down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.drafts import Draft, DraftState
from domain.errors import Conflict, Invalid
from domain.pages import Page, PageKind

COOL_DOWNS = (14, 30, 60)
"""Days from a publication on a page until the next one there."""


@dataclass(frozen=True)
class EvergreenText:
    """A text for lists. `posted`: how often it was published, `last`: when for the last time."""

    draft_id: int
    version: int
    text: str
    author: str
    cool_days: int | None
    posted: int
    last: datetime | None


@dataclass(eq=False)
class NotEvergreen(Conflict):
    """Only an approved text that can no longer be undone, and is not recalled, may be published again."""


@dataclass(eq=False)
class OnlyPersonal(Invalid):
    """It is meant for a personal page alone: people do not repeat themselves there (H6)."""


@dataclass(eq=False)
class BadCoolDown(Invalid):
    """None of `COOL_DOWNS`."""


def ensure_repeatable(draft: Draft, version: int, pages: Iterable[Page], *, recalled: bool) -> None:
    """Raise why this version is not published again."""
    settled = draft.state is DraftState.APPROVED and draft.settled_at is not None
    if not settled or draft.version != version or recalled:
        raise NotEvergreen
    if all(page.kind is PageKind.PERSONAL for page in pages):
        raise OnlyPersonal


def with_cool_down(draft: Draft, days: int | None) -> Draft:
    """Evergreen with so many days between, or (None) no longer."""
    if days is not None and days not in COOL_DOWNS:
        raise BadCoolDown
    return replace(draft, cool_days=days)
