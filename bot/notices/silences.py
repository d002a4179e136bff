"""Notices about silences: a mourning that begins, a wish to lift one, and what became of it."""

from datetime import datetime

from bot.outgoing import Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import silence_desk
from handlers.screens import silences as screens


@renders("silence.told")
async def told(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    view = await silence_desk.look(uow, reader.actor, int(notice.params["mourning"]), now=now)
    if await uow.silences.find(view.mourning.silence.key) is None:
        return None
    return Outgoing(screens.told(view, int(notice.params.get("posts", 0)), reader.words))


async def _lift(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The wish as it stands now, with what this reader can do."""
    if reader.actor is None:
        return None
    lift = await uow.silences.get_lift(int(notice.params["lift"]))
    view = await silence_desk.lift_view(uow, reader.actor, lift, None, now)
    return Outgoing(screens.lift(view, reader.actor.id, reader.words, reader.actor.person.zone, now))


@renders("silence.asked")
async def asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever could be the second, as long as one is needed."""
    lift = await uow.silences.get_lift(int(notice.params["lift"]))
    if not lift.waits(now) or not may(reader.actor, Action.SILENCE_LIFT, lift.region):
        return None
    return await _lift(uow, notice, reader, now)


renders("silence.lifted")(_lift)
renders("silence.again")(_lift)
