"""Notices about commitments: asked, reminded, and what the other one did. Never to a group."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.commitments import CommitmentState, Step
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.privacy import NOBODY
from domain.usecases import commitments
from handlers.screens import commitments as screens


@renders("commitment.asked")
async def asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """While it waits for the answer."""
    one = await uow.commitments.get(int(notice.params["commitment"]))
    if reader.actor is None or one.state is not CommitmentState.ASKED:
        return None
    view = await commitments.view(uow, reader.actor, one, now)
    if not notice.params.get("before"):
        return Outgoing(screens.asked(view, reader.words))
    before = (await uow.people.get(int(notice.params["before"]))).name
    return Outgoing(screens.handed(view, "" if before == NOBODY else before, reader.words))


@renders("commitment.remind")
async def remind(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """While it is open and due on the day for which the reminder was laid; a step whose time has passed is dropped."""
    one, step = await uow.commitments.get(int(notice.params["commitment"])), Step(notice.params["step"])
    if reader.actor is None or one.state is not CommitmentState.OPEN or one.due.isoformat() != notice.params["due"]:
        return None
    view = await commitments.view(uow, reader.actor, one, now)
    on_time = {Step.EVE: view.today < one.due, Step.DAY: view.today == one.due, Step.AFTER: view.today > one.due}
    return Outgoing(screens.reminder(view, step, reader.words)) if on_time[step] else None


@renders("commitment.told")
async def told(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    one = await uow.commitments.get(int(notice.params["commitment"]))
    name = (await uow.people.get(int(notice.params["by"]))).name
    view = await commitments.view(uow, reader.actor, one, now)
    return Outgoing(screens.told(view, notice.params["event"], name, reader.words))
