"""An author's own drafts: finding them again, what became of them, giving up an approved one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.drafts import Draft, DraftClosed, DraftState
from domain.errors import Conflict


@dataclass(frozen=True)
class DraftVersion:
    """One immutable content. `edited_by`: the name of whoever wrote it, empty for its author."""

    version: int
    at: datetime
    edited_by: str


@dataclass(frozen=True)
class Publication:
    page: str
    """Its title."""
    url: str
    at: datetime


@dataclass(eq=False)
class AlreadyPublished(Conflict):
    """It is public on these pages: only a recall takes it back."""

    pages: tuple[str, ...]


def withdrawn(draft: Draft, now: datetime) -> Draft:
    """An approved text given up by its author. Settled: whoever approved it cannot bring it back by undoing."""
    if draft.state is not DraftState.APPROVED:
        raise DraftClosed(draft.state)
    return replace(draft, state=DraftState.WITHDRAWN, updated_at=now, settled_at=now)


def matches(words: str, texts: Iterable[str]) -> bool:
    """Whether every word stands somewhere, in whatever case (casefold: SQLite's LIKE knows ASCII only)."""
    whole = _folded(" ".join(texts))
    return all(word in whole for word in _folded(words).split())


def _folded(text: str) -> str:
    # People type е for ё.
    return text.casefold().replace("ё", "е")
