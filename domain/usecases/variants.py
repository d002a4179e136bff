"""A text of its own for one network; the others go on with the master text."""

from datetime import datetime

from domain import drafts as rules
from domain.drafts import OPEN_STATES
from domain.errors import NotFound
from domain.people import Actor
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.readings import networks_of
from domain.rights import Action, ensure_may
from domain.usecases import draft_steps as steps
from domain.usecases import drafts
from domain.usecases.draft_steps import Incoming, Panel

QUESTION = "variant.text"
"""The expectation: the next message is the text of `draft:N` for the network in `params["network"]`."""


async def look(uow: UnitOfWork, actor: Actor, draft_id: int, network: Platform) -> tuple[Panel, dict[str, StoredMedia]]:
    """The author's draft with its files, for one network; NotFound when none of its pages is there. Read-only."""
    view, stored = await drafts.preview(uow, actor, draft_id)
    if network not in networks_of(view.pages):
        raise NotFound("page")
    return view, stored


async def ask(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, network: Platform, *, now: datetime) -> Panel:
    """The author's next message is the text for this network."""
    sheet = await _open(uow, actor, draft_id, network)
    rules.ensure_version(sheet.draft, version)
    subject, params = sheet.draft.subject, {"network": network.value}
    await uow.expectations.set(actor.id, QUESTION, subject, version=version, params=params, now=now)
    return await steps.panel_of(uow, actor, sheet)


async def write(
    uow: UnitOfWork, actor: Actor, draft_id: int, network: Platform, came: Incoming, *, now: datetime
) -> Panel:
    """The text that was asked for. A draft that was closed meanwhile does not swallow it: it becomes a new one."""
    sheet = await steps.own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, QUESTION)
    if sheet.draft.state not in OPEN_STATES or network not in networks_of(sheet.pages):
        return await drafts.write(uow, actor, came, now=now)
    return await steps.change(uow, actor, sheet, rules.with_variant(sheet.draft, network, came.text, now), now)


async def drop(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, network: Platform, *, now: datetime
) -> Panel:
    """The network gets the master text again."""
    sheet = await _open(uow, actor, draft_id, network)
    rules.ensure_version(sheet.draft, version)
    await uow.expectations.clear(actor.id, QUESTION)
    if network not in {own.platform for own in sheet.draft.variants}:
        return await steps.panel_of(uow, actor, sheet)
    return await steps.change(uow, actor, sheet, rules.with_variant(sheet.draft, network, "", now), now)


async def stop_asking(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """The network's text stays as it is."""
    ensure_may(actor, Action.DRAFT_WRITE)
    await uow.expectations.clear(actor.id, QUESTION)
    return await drafts.panel(uow, actor, draft_id)


async def _open(uow: UnitOfWork, actor: Actor, draft_id: int, network: Platform) -> DraftSheet:
    """The author's own draft while it may be changed; NotFound when it is not for this network (any more)."""
    sheet = await steps.own(uow, actor, draft_id)
    rules.ensure_open(sheet.draft)
    if network not in networks_of(sheet.pages):
        raise NotFound("page")
    return sheet
