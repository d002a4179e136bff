"""One text, at most one personal page (H6): how close a draft is to what other people say on theirs."""

from datetime import datetime, timedelta

from domain.drafts import Draft
from domain.likeness import Closeness, likest, prepared, verdict
from domain.pages import Page, PageKind
from domain.ports import UnitOfWork

LOOKED_BACK = timedelta(days=60)
"""Texts handed in earlier than this are forgotten here: a yearly greeting may be like last year's."""
COMPARED = 2_000
"""At most so many earlier texts are looked at, newest first: the comparison is part of handing in."""


async def closeness(uow: UnitOfWork, draft: Draft, pages: tuple[Page, ...], now: datetime) -> Closeness:
    """Of a draft for these pages to what others handed in before it for their own; OWN without a personal page.

    Whose text it is like is not said: nobody's unpublished words are shown to somebody else.
    """
    personal = next((page for page in pages if page.kind is PageKind.PERSONAL), None)
    if personal is None:
        return Closeness.OWN
    text = draft.text_for(personal.platform)
    new = prepared(text, imprints=[page.imprint for page in pages if page.imprint])
    if not new.words:
        return Closeness.OWN  # two people may post a picture without a word
    if await uow.drafts.find_same_on_personal(draft.id, text, personal.code):
        return Closeness.COPY
    handed_in = draft.submitted_at or now
    earlier = await uow.drafts.texts_on_personal(
        draft, personal.code, since=handed_in - LOOKED_BACK, until=handed_in, limit=COMPARED
    )
    return verdict(likest(new, earlier))
