"""Edit and approve: an approver words a draft anew and answers for exactly that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from domain.drafts import Draft, with_content
from domain.errors import Conflict, Invalid
from domain.lanes import Lane, strictest
from domain.pages import Page, PageKind
from domain.readings import common_unread, ensure_fits


@dataclass(frozen=True)
class Edit:
    """A proposed wording. `version`: of the content it starts from."""

    draft_id: int
    person_id: int
    version: int
    text: str
    at: datetime

    @property
    def mark(self) -> str:
        """Tells this wording from another one: a button of an older preview approves nothing else."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


@dataclass(eq=False)
class OwnWordsOnly(Invalid):
    """The draft is for somebody's own page (H6): nobody else words it."""

    page: str


@dataclass(eq=False)
class BoldWords(Invalid):
    """A bold text: its sources and its checklist are about the author's words."""


@dataclass(eq=False)
class OwnTextsOnly(Invalid):
    """Every network has a text of its own: nobody would read the one that is worded anew."""


@dataclass(eq=False)
class NothingChanged(Invalid):
    """The proposed text is the one that is there."""


@dataclass(eq=False)
class EditGone(Conflict):
    """The button belongs to a wording that was replaced, approved or left."""


def ensure_editable(draft: Draft, pages: Iterable[Page]) -> None:
    """Raise `OwnWordsOnly` when a page is personal, `BoldWords` in the bold lane, `OwnTextsOnly` when nobody reads it."""
    chosen = tuple(pages)
    personal = next((page for page in chosen if page.kind is PageKind.PERSONAL), None)
    if personal is not None:
        raise OwnWordsOnly(personal.title)
    if strictest(page.lane for page in chosen) is Lane.BOLD:
        raise BoldWords
    if common_unread(draft, chosen):
        raise OwnTextsOnly


def may_edit(draft: Draft, pages: Iterable[Page]) -> bool:
    try:
        ensure_editable(draft, pages)
    except Invalid:
        return False
    return True


def edited(draft: Draft, pages: Iterable[Page], text: str, editor: int, now: datetime) -> Draft:
    """The next version in the editor's words; it has to fit its pages, imprint included."""
    chosen = tuple(pages)
    ensure_editable(draft, chosen)
    if text == draft.text:
        raise NothingChanged
    new = replace(with_content(draft, text, draft.media, now), edited_by=editor)
    ensure_fits(new, chosen)
    return new
