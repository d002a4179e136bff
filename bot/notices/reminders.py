"""Reminders: one message a person, replaced by the next, changed in place, gone when there is nothing left to remind of."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.ladder import Step
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import reminders, rungs
from domain.usecases.reminders import Live
from handlers.screens import reminders as screens
from handlers.screens.base import Screen


def _outgoing(screen: Screen, person_id: int, live: Live) -> Outgoing:
    return Outgoing(screen, purpose=rungs.LIVE, subject=rungs.live_subject(person_id), version=live.version)


@renders("reminder")
async def reminder(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Soft ones make no sound. What fell due right after the last one is added to it in place."""
    if reader.actor is None:
        return None
    person, params = reader.actor.person, notice.params
    live = await reminders.live(uow, person, now)
    wanted = set(params.get("told", [params["assignment"]]))
    soft = bool(params.get("soft", params["step"] == Step.BEFORE))
    told = [line.assignment for line in live.lines if line.assignment.id in wanted]
    # The card may have been on its way when the reminder was written: then it says the same.
    if not told or (soft and all([await reminders.said_by_card(uow, one, now) for one in told])):
        return None
    if person.is_quiet(now) and not (await uow.availability.get(person.id)).at_night:
        return None
    copies = await uow.cards.of_person(person.id, rungs.LIVE, rungs.live_subject(person.id))
    screen = screens.reminder(live, reader.words, now, last=bool(params.get("last")))
    outgoing = _outgoing(screen, person.id, live)
    if copies and params.get("in_place"):
        return replace(outgoing, mode=Mode.EDIT, target=replace(copies[0], fingerprint=""), anew=True)
    target = copies[0] if copies else None
    return replace(outgoing, mode=Mode.REPLACE if target else Mode.NEW, target=target, silent=soft)


@renders("reminder.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Something in it was done, passed on or put off."""
    copy = await uow.cards.get(int(notice.params["copy"]))
    if copy is None or reader.actor is None:
        return None
    live = await reminders.live(uow, reader.actor.person, now)
    if not live.lines and not live.snoozed:
        return Outgoing(Screen(Markup("")), mode=Mode.DELETE, target=copy)
    # Their own tap may have drawn something else there meanwhile: the edit is never left out.
    outgoing = _outgoing(screens.reminder(live, reader.words, now), reader.actor.id, live)
    return replace(outgoing, mode=Mode.EDIT, target=replace(copy, fingerprint=""))
