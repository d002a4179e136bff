"""A text for one page: what somebody who was asked for it sends next becomes a draft for that page."""

from datetime import datetime

from domain.errors import NotFound
from domain.pages import Page, open_to, page_key
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.usecases import drafts
from domain.usecases.drafts import Incoming, Panel

QUESTION = "page.text"
"""The expectation: the next message is a text for `page:<page_key>`."""


async def ask(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> Page:
    """The next message becomes a draft for this page, which has to be one the actor may write for."""
    ensure_may(actor, Action.DRAFT_WRITE)
    page = await _page(uow, actor, key)
    await uow.expectations.set(actor.id, QUESTION, f"page:{key}", now=now)
    return page


async def answer(uow: UnitOfWork, actor: Actor, key: str, came: Incoming, *, now: datetime) -> Panel:
    """A new draft with the page chosen; when that page is no longer theirs, the draft is begun without one."""
    begun = await drafts.write(uow, actor, came, now=now)
    await uow.expectations.clear(actor.id, QUESTION)
    if begun.grown or key not in {page_key(page.code) for page in begun.choice}:
        return begun
    return await drafts.toggle_page(uow, actor, begun.draft.id, begun.draft.version, key, now=now)


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    choice = open_to(actor, (await uow.campaign.pages()).values())
    found = next((page for page in choice if page_key(page.code) == key), None)
    if found is None:
        raise NotFound("page")
    return found
