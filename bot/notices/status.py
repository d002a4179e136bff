"""The summaries that a reader subscribed to."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.outgoing import Drawn, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import record, status, status_digests
from handlers.screens import journal
from handlers.screens import status as screens
from handlers.screens import status_periods as period_screens
from handlers.screens.base import paragraphs
from reports import drawing
from reports.period_chart import period_png


def _subscriber(reader: Reader) -> Actor | None:
    """Who reads, while they may."""
    return reader.actor if reader.actor is not None and may(reader.actor, Action.STATUS) else None


@renders("status.daily")
async def daily(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - a renderer's signature
    """The first screen as it stands now; the hour is the reader's own choice, so quiet hours do not hold it back."""
    actor = _subscriber(reader)
    if actor is None:
        return None
    view = await status.overview(uow, actor, now=now)
    if view.quiet:
        return None
    screen = screens.overview(view, reader.words)
    if actor.holds(frozenset({Role.OWNER})):
        # Kept in their chat, the head lets a rewriting of the whole journal show.
        head = journal.head_line(await record.chain_end(uow), reader.words)
        screen = replace(screen, text=paragraphs(screen.text, head))
    return Outgoing(screen)


@renders("status.weekly", "status.monthly")
async def ended(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The week or month that has ended, beside the one before."""
    actor = _subscriber(reader)
    if actor is None:
        return None
    past = status_digests.week if notice.kind == "status.weekly" else status_digests.month
    view = await past(uow, actor, now=now)
    if view.here.nothing:
        return None
    picture = None
    if (await uow.status.seen(actor.id)).pictured:
        draw = partial(drawing.draw, period_png, view, reader.words.language)
        picture = Drawn(f"posts-{view.here.span.last}.png", period_screens.caption(view, reader.words), draw)
    return Outgoing(period_screens.summary(view, reader.words), picture=picture)
