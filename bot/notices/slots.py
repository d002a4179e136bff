"""Notices about the plan to those who answer for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.outgoing import Mode, Outgoing, Reader, gathering, renders, replacing
from domain.notices import CardCopy, QueuedNotice
from domain.people import Actor
from domain.plan import Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.usecases import away as absences
from domain.usecases import imprints, late_posts, rounds, staffing
from handlers.screens import slots as screens
from handlers.screens.away import away_names
from handlers.screens.base import Screen
from texts.words import Words


async def _view(uow: UnitOfWork, notice: QueuedNotice) -> SlotView | None:
    slot: Slot = await uow.plan.get_slot(int(notice.params["slot"]))
    views = await uow.plan.slots_of_day(slot.day, [slot.page])
    return next((view for view in views if view.slot.id == slot.id), None)


@renders("empty.slots")
async def empty_slots(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """All that is still empty on that day where the reader answers: one message, though their zones' evenings differ."""
    if reader.actor is None:
        return None
    day = date.fromisoformat(notice.params["day"])
    empty = [v for v in await uow.plan.slots_of_day(day) if v.slot.state is SlotState.EMPTY and v.slot.at > now]
    mine = {
        region
        for region in {view.region for view in empty}
        if any(actor.id == reader.actor.id for actor in await staffing.press(uow, region))
    }
    listed = [view for view in empty if view.region in mine]
    if not listed:
        return None
    unlined = await imprints.days_without_line(uow, day, {view.slot.page for view in listed})
    screen = screens.empty_slots(day, listed, reader.words, reader.actor.person.zone, unlined)
    return await gathering(uow, reader.actor.id, screen, purpose="empty", subject=f"empty:{day}", now=now)


@renders("slot.late")
async def late(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await _view(uow, notice)
    if reader.actor is None or view is None or view.slot.state is not SlotState.FILLED:
        return None
    alerted_at = await uow.reminders.alerted_at(view.slot.id)
    if alerted_at is None:  # told before that was kept
        declines = await uow.plan.declines(view.slot.id)
        screen = screens.late(view, reader.words, reader.actor.person.zone, now, declines)
        return await _replacing(uow, view, reader.actor.id, screen)
    about = late_posts.subject(reader.actor.person, alerted_at)
    older = await uow.cards.of_person(reader.actor.id, late_posts.PURPOSE, about)
    views = await late_posts.together(uow, reader.actor, about)
    if older:
        told = await _together(uow, reader.actor, older[0], views, reader.words, now)
        return replace(told, anew=True)
    screen = await _late(
        uow, reader.actor, [one for one in views if one.slot.state is SlotState.FILLED], reader.words, now
    )
    return Outgoing(screen, purpose=late_posts.PURPOSE, subject=about)


async def _late(uow: UnitOfWork, actor: Actor, views: Sequence[SlotView], w: Words, now: datetime) -> Screen:
    """One post in full, several by a line each."""
    if len(views) != 1:
        return screens.late_together(views, w, actor.person.zone, now)
    one = views[0]
    if one.slot.state is not SlotState.FILLED:
        return screens.ended(one, w, actor.person.zone, now)
    return screens.late(one, w, actor.person.zone, now, await uow.plan.declines(one.slot.id))


async def _together(
    uow: UnitOfWork, actor: Actor, copy: CardCopy, views: Sequence[SlotView], w: Words, now: datetime
) -> Outgoing:
    """What turned late within minutes of the first, and how it stands: the message changes without a sound."""
    screen = await _late(uow, actor, views, w, now)
    return Outgoing(screen, mode=Mode.EDIT, target=copy, purpose=copy.purpose, subject=copy.subject)


@renders("slot.nobody")
async def nobody(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await _view(uow, notice)
    if reader.actor is None or view is None or view.slot.state not in {SlotState.FILLED, SlotState.EMPTY}:
        return None
    declines = await uow.plan.declines(view.slot.id)
    screen = screens.nobody(view, reader.words, reader.actor.person.zone, now, declines)
    return await _replacing(uow, view, reader.actor.id, screen)


async def _replacing(uow: UnitOfWork, view: SlotView, reader: int, screen: Screen) -> Outgoing:
    """One message per slot and press secretary: the newer replaces the older."""
    slot = view.slot
    return await replacing(uow, reader, screen, purpose="slot", subject=slot.subject, version=slot.version)


@renders("slot.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """What the press secretary was told shows how it ended."""
    shown = await uow.cards.get(int(notice.params["copy"]))
    if shown is not None and shown.purpose == late_posts.PURPOSE and reader.actor is not None:
        views = await late_posts.together(uow, reader.actor, shown.subject)
        return await _together(uow, reader.actor, shown, views, reader.words, now) if views else None
    if shown is not None and notice.params.get("gone"):
        return Outgoing(None, mode=Mode.DELETE, target=shown)
    view = await _view(uow, notice)
    if reader.actor is None or view is None:
        return None
    copies = await uow.cards.of_subject(view.slot.subject, "slot")
    copy = next((c for c in copies if c.id == notice.params["copy"]), None)
    if copy is None:
        return None
    screen = screens.ended(view, reader.words, reader.actor.person.zone, now)
    return Outgoing(
        screen, mode=Mode.EDIT, target=copy, purpose="slot", subject=view.slot.subject, version=view.slot.version
    )


@renders("text.given_up")
async def given_up(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    view = await _view(uow, notice)
    if view is None or view.slot.draft_id is None or view.slot.draft_version is None:
        return None
    draft = await uow.drafts.get_version(view.slot.draft_id, view.slot.draft_version)
    return Outgoing(screens.given_up(view, draft.text_for(view.platform), reader.words))


@renders("manager.evening")
async def manager_evening(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    day = date.fromisoformat(notice.params["day"])
    rules = PlanRules(timedelta(), timedelta(minutes=int(notice.params["on_time"])), timedelta(), timedelta(), 0)
    at = datetime.fromisoformat(notice.params["at"]) if "at" in notice.params else now
    views = rounds.within(await rounds.slots_to_report(uow, day, at), reader.actor)
    found = rounds.troubles(views, now, rules)
    if not found:
        return None
    away = away_names(await absences.in_regions(uow, reader.actor, now=now), reader.actor.person, reader.words)
    return Outgoing(screens.evening(day, found, reader.words, reader.actor.person.zone, away))
