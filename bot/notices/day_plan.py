"""Notices about a day changed by hand, to those who had a post."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.day_plan import Kind
from domain.notices import QueuedNotice
from domain.plan import OPEN_ASSIGNMENTS, AssignmentState
from domain.ports import UnitOfWork
from handlers.screens import day_plan_news as screens


@renders("plan.moved")
async def moved(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Not once it was moved again, or is somebody else's."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    at = datetime.fromisoformat(notice.params["at"])
    if view.assignment.state is not AssignmentState.ASSIGNED or view.assignment.at != at:
        return None
    return Outgoing(screens.moved(view, datetime.fromisoformat(notice.params["was"]), reader.words, now))


@renders("plan.text")
async def other_text(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state is not AssignmentState.ASSIGNED:
        return None
    return Outgoing(screens.other_text(view, reader.words, now))


@renders("plan.off")
async def off(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state in OPEN_ASSIGNMENTS:
        return None  # it is theirs again
    return Outgoing(screens.off(view, Kind(notice.params["why"]), reader.words, now))
