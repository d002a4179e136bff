"""Messages to the team: each copy, and the author's progress card."""

from datetime import datetime

from bot.outgoing import Mode, NotYet, Outgoing, Reader, renders
from domain.broadcasts import BroadcastState
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import broadcasts
from handlers.screens import broadcasts as screens


@renders("broadcast")
async def copy(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To one colleague: the message and nothing else. Nothing once it was stopped, and nothing to somebody without a role."""
    broadcast = await uow.broadcasts.get(int(notice.params["broadcast"]))
    if broadcast.state is not BroadcastState.SENDING or reader.actor is None or not reader.actor.memberships:
        return None
    stored = await uow.media.get_many(m.sha256 for m in broadcast.media)
    return Outgoing(None, content=screens.message(broadcast, stored, reader.bot_id))


@renders("broadcast.card")
async def card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The author's card as things stand now; sent anew when the author never saw one."""
    actor = reader.actor
    if actor is None or not may(actor, Action.BROADCAST):
        return None
    view = await broadcasts.view(uow, actor, int(notice.params["broadcast"]))
    copies = await uow.cards.of_person(actor.id, "broadcast", notice.subject)
    target = copies[0] if copies else None
    if target is not None and now < target.drawn_at + broadcasts.EVERY:
        raise NotYet(target.drawn_at + broadcasts.EVERY)
    screen = screens.panel(view, 1, reader.words, actor.person.zone, now)
    mode = Mode.NEW if target is None else Mode.EDIT
    version = view.broadcast.version
    return Outgoing(screen, mode=mode, target=target, purpose="broadcast", subject=notice.subject, version=version)
