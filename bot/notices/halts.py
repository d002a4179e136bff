"""Notices about emergency stops: to those who were to post, to those who answer, to the second person."""

from dataclasses import replace
from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.people import Actor
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.usecases import halts
from domain.usecases.halts import HaltView
from handlers.screens import assignments as cards
from handlers.screens import halts as screens


async def _view(uow: UnitOfWork, notice: QueuedNotice, actor: Actor) -> HaltView:
    return await halts.see(uow, actor, int(notice.params["halt"]))


@renders("halt.card")
async def card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The card says stop, and its text leaves the chat."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state is not AssignmentState.ASSIGNED or not view.halted:
        return None
    copies = await uow.cards.of_person(view.assignment.person_id, "assignment", view.assignment.subject)
    outgoing = Outgoing(
        cards.control(view, reader.words, now),
        purpose="assignment",
        subject=view.assignment.subject,
        version=view.assignment.version,
    )
    return replace(outgoing, mode=Mode.REPLACE, target=copies[0]) if copies else outgoing


@renders("halt.stop")
async def stop(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    view = await _view(uow, notice, reader.actor)
    work = [one for one in await uow.halts.open_work(view.halt.scope) if one.assignment.person_id == reader.actor.id]
    if not view.halt.in_force or not work:
        return None
    return Outgoing(screens.stop(view, work, reader.words, reader.actor.person.zone, now))


@renders("halt.told")
async def told(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    view = await _view(uow, notice, reader.actor)
    if not view.halt.in_force:
        return None
    return Outgoing(screens.told(view, reader.words, reader.actor.person.zone, now))


@renders("halt.resume")
async def resume(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever could be the second person, as long as one is needed."""
    if reader.actor is None:
        return None
    view = await _view(uow, notice, reader.actor)
    if not view.halt.in_force or view.halt.resume_by in {None, reader.actor.id} or not view.may_resume:
        return None
    return Outgoing(screens.resume_asked(view, reader.words, reader.actor.person.zone, now))


@renders("halt.over")
async def over(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    if reader.actor is None:
        return None
    return Outgoing(screens.over(await _view(uow, notice, reader.actor), reader.words))


@renders("halt.ended")
async def ended(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    if reader.actor is None:
        return None
    return Outgoing(screens.ended(await _view(uow, notice, reader.actor), reader.words))
