"""Notices about urgent texts: who is asked, what became of it, the live card."""

from dataclasses import replace
from datetime import datetime

from bot.outgoing import Mode, NotYet, Outgoing, Reader, renders, replacing
from domain.notices import QueuedNotice
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.urgent import UNANSWERED, CallState, UrgentAsk
from domain.usecases import urgent, urgent_asking, urgent_card
from domain.usecases.publishing import Gate
from handlers.screens import urgent_live as screens
from handlers.screens.base import Screen


@renders("urgent.ask")
async def ask(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Dropped once somebody has it, and in a silence or a stop (H8): the round's end says what follows."""
    if reader.actor is None or not reader.actor.memberships:
        return None
    found, call, slot, by = await urgent_asking.look(uow, reader.actor, int(notice.params["ask"]))
    page = await uow.campaign.get_page(slot.page)
    wanted = found.state in UNANSWERED and slot.state is SlotState.FILLED and not by and call.state is CallState.ASKING
    if not wanted or not page.active or not (await Gate.load(uow)).is_open(page, now):
        return None
    screen = await _ask_screen(uow, found, reader, now)
    outgoing = await replacing(
        uow, reader.actor.id, screen, purpose="urgent.ask", subject=found.subject, version=found.round
    )
    return replace(outgoing, loud=found.loud)


@renders("urgent.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Somebody has the page, nobody is needed, or it is stopped: the others' cards say so (`anew`: and their phones ring)."""
    if reader.actor is None:
        return None
    found, _, _, _ = await urgent_asking.look(uow, reader.actor, int(notice.params["ask"]))
    copy = next((c for c in await uow.cards.of_subject(found.subject) if c.id == notice.params["copy"]), None)
    if copy is None:
        return None
    screen = await _ask_screen(uow, found, reader, now)
    mode = Mode.REPLACE if notice.params.get("anew") else Mode.EDIT
    return Outgoing(screen, mode=mode, target=copy, purpose="urgent.ask", subject=found.subject, version=found.round)


async def _ask_screen(uow: UnitOfWork, found: UrgentAsk, reader: Reader, now: datetime) -> Screen:
    assert reader.actor is not None  # noqa: S101 - both renderers have looked
    _, call, slot, by = await urgent_asking.look(uow, reader.actor, found.id)
    page = await uow.campaign.get_page(slot.page)
    if found.state in UNANSWERED and slot.state is SlotState.FILLED and not by:
        if (await Gate.load(uow)).stopped(page) is not None:
            return screens.stopped(page, reader.words)
        text = (await uow.drafts.get_version(call.draft_id, call.draft_version)).text_for(page.platform)
        return screens.ask(found, page, text, reader.actor.person.zone, now, reader.words)
    return screens.answered(found, page.title, by, reader.words)


@renders("urgent.card")
async def card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The live card as things stand now; sent anew when whoever started it never saw one."""
    actor = reader.actor
    if actor is None or not may(actor, Action.URGENT):
        return None
    view = await urgent.view(uow, actor, int(notice.params["call"]), now=now)
    copies = await uow.cards.of_person(actor.id, "urgent", notice.subject)
    target = copies[0] if copies else None
    if target is not None and now < target.drawn_at + urgent_card.EVERY:
        raise NotYet(target.drawn_at + urgent_card.EVERY)
    screen = screens.live(view, actor.person.zone, now, reader.words)
    mode = Mode.NEW if target is None else Mode.EDIT
    version = view.call.version
    return Outgoing(screen, mode=mode, target=target, purpose="urgent", subject=notice.subject, version=version)


@renders("urgent.nobody")
async def nobody(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """A page has nobody: no news once somebody has it after all."""
    actor = reader.actor
    if actor is None or not may(actor, Action.URGENT):
        return None
    slot = await uow.plan.get_slot(int(notice.params["slot"]))
    why = str(notice.params["why"])
    held = await urgent_asking.has_somebody(uow, slot)
    if why == "nobody" and (held or slot.state is not SlotState.FILLED):
        return None
    view = await urgent.view(uow, actor, int(notice.params["call"]), now=now)
    page = await uow.campaign.get_page(slot.page)
    return Outgoing(screens.nobody(view, page.title, why, reader.words))
