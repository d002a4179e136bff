"""After an outage: a message with buttons as it stands now, with a line that a press may have been lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.outgoing import RENDERERS, Mode, Outgoing, Reader, renders
from domain.notices import CardCopy, QueuedNotice
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.usecases import late_posts, rungs
from handlers.screens.base import paragraphs

_USEFUL = timedelta(hours=12)
"""Sent later than this (Telegram was away again), the line would be about something long past."""


@renders("lost.presses")
async def lost_presses(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Drawn by the copy's own feature; None when it has no buttons any more."""
    copy = await uow.cards.get(int(notice.params["copy"]))
    since, until = (datetime.fromisoformat(notice.params[key]) for key in ("since", "until"))
    if copy is None or reader.actor is None or now - until > _USEFUL:
        return None
    asked = await uow.expectations.find(reader.actor.id, now)
    if asked is not None and asked.subject == copy.subject:
        return None  # the copy shows a question that waits for words, not for a press
    found = await _how(uow, copy, now)
    if found is None:
        return None
    kind, params = found
    outgoing = await RENDERERS[kind](uow, replace(notice, kind=kind, subject=copy.subject, params=params), reader, now)
    if outgoing is None or outgoing.screen is None or not outgoing.screen.rows:
        return None
    if copy.purpose == "queue" and not outgoing.version:
        return None  # it shows how many wait, and that is none
    zone, w = reader.actor.person.zone, reader.words
    line = w(
        "⚠ Telegram could not be reached from {since} to {until}. If you pressed something here then, please press again.",
        since=w.moment(since, zone, now),
        until=w.moment(until, zone, now),
    )
    screen = replace(outgoing.screen, text=paragraphs(outgoing.screen.text, line))
    version = outgoing.version if copy.purpose == "queue" else copy.version
    return Outgoing(screen, mode=Mode.EDIT, target=replace(copy, fingerprint=""), version=version)


_REDRAWN_BY = {
    "card": ("card.redraw", "draft"),
    "panel": ("card.redraw", "draft"),
    "assignment": ("assignment.redraw", "assignment"),
    "offer": ("assignment.redraw", "assignment"),
    "reminder": ("assignment.redraw", "assignment"),
    "access": ("access.redraw", "request"),
    "question": ("question.redraw", "question"),
    "correction": ("correction.redraw", "correction"),
    "dispute": ("check.redraw", "check"),
}


async def _how(uow: UnitOfWork, copy: CardCopy, now: datetime) -> tuple[str, Mapping[str, Any]] | None:
    """The kind of notice that draws this copy, with its params."""
    if copy.purpose == "queue":
        return "queue", {"ask": False, "again": False}
    if copy.subject == rungs.live_subject(copy.person_id):
        return "reminder.redraw", {"copy": copy.id}
    if copy.purpose == late_posts.PURPOSE:
        return "slot.redraw", {"copy": copy.id}
    number = int(copy.subject.partition(":")[2])
    if copy.purpose == "slot":
        slot = await uow.plan.get_slot(number)
        late = slot.state is SlotState.FILLED and slot.at <= now
        return "slot.late" if late else "slot.nobody", {"slot": number}
    if copy.purpose not in _REDRAWN_BY:
        return None
    kind, name = _REDRAWN_BY[copy.purpose]
    return kind, {name: number, "copy": copy.id}
