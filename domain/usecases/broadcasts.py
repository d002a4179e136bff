"""Messages to the team: written, previewed, addressed, confirmed, watched and stopped. Internal: nothing here is published.

Each goes out as class A: colleagues would rather read an instruction twice than miss it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain import broadcasts as rules
from domain.broadcasts import (
    RUNNING,
    Audience,
    Broadcast,
    BroadcastState,
    EmptyBroadcast,
    Missed,
    Tally,
)
from domain.drafts import MediaRef
from domain.errors import Forbidden, NotFound
from domain.notices import DueTask, Notice, Priority
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.ports.broadcasts import Circle
from domain.ports.drafts import StoredMedia
from domain.rights import RULES, Action, ensure_may

QUESTION = "broadcast.text"
"""The expectation: the next message is the text of `broadcast:N` (0: of a new one)."""
PROGRESS = "broadcast.progress"
EVERY = timedelta(seconds=3)
"""The progress card is edited at most that often."""
NAMED = 10
"""Names on the summary; the rest is in the file."""


@dataclass(frozen=True)
class Written:
    """What one message brought. `entities` are Telegram's formatting as JSON; `album` its media_group_id."""

    text: str
    entities: tuple[Mapping[str, Any], ...]
    media: tuple[MediaRef, ...]
    album: str


@dataclass(frozen=True)
class View:
    """A broadcast before its author. `regions`: names of those they may choose; `grown`: an item of an album joined it."""

    broadcast: Broadcast
    regions: Mapping[str, str]
    audience: Audience
    tally: Tally
    missed: tuple[Missed, ...] = ()
    grown: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------


async def view(uow: UnitOfWork, actor: Actor, broadcast_id: int) -> View:
    """The author's own."""
    return await _view(uow, actor, await _own(uow, actor, broadcast_id))


async def preview(uow: UnitOfWork, actor: Actor, broadcast_id: int) -> tuple[View, dict[str, StoredMedia]]:
    """The same with its files."""
    shown = await view(uow, actor, broadcast_id)
    return shown, await uow.media.get_many(m.sha256 for m in shown.broadcast.media)


async def all_missed(uow: UnitOfWork, actor: Actor, broadcast_id: int) -> tuple[Broadcast, list[Missed]]:
    """Everybody it did not reach, for the file."""
    broadcast = await _own(uow, actor, broadcast_id)
    return broadcast, await uow.broadcasts.missed(broadcast)


async def joins(uow: UnitOfWork, actor: Actor, album: str) -> bool:
    """Whether a further item of this album belongs to a message that is being written."""
    return await uow.broadcasts.find_by_album(actor.id, album) is not None


# --- writing ---------------------------------------------------------------------------------------------------------


async def begin(uow: UnitOfWork, actor: Actor, *, new: bool, now: datetime) -> View | None:
    """The one that is not over yet (unless a `new` one is wanted); else the next message is what is to be sent."""
    ensure_may(actor, Action.BROADCAST)
    found = None if new else await uow.broadcasts.find_open(actor.id)
    if found is not None:
        return await _view(uow, actor, found)
    await uow.expectations.set(actor.id, QUESTION, "broadcast:0", now=now)
    return None


async def ask_text(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, *, now: datetime) -> Broadcast:
    """The author's next message replaces this one's text and files."""
    broadcast = await _own(uow, actor, broadcast_id)
    rules.ensure_current(broadcast, version, BroadcastState.WRITING)
    await uow.expectations.set(actor.id, QUESTION, broadcast.subject, version=version, now=now)
    return broadcast


async def write(uow: UnitOfWork, actor: Actor, broadcast_id: int, came: Written, *, now: datetime) -> View:
    """The message that was asked for. One that was sent meanwhile is not touched: a new one begins."""
    ensure_may(actor, Action.BROADCAST)
    if not came.text.strip() and not came.media:
        raise EmptyBroadcast
    await uow.expectations.clear(actor.id, QUESTION)
    old = await _own(uow, actor, broadcast_id) if broadcast_id else None
    if old is not None and old.state is BroadcastState.WRITING:
        changed = replace(old, text=came.text, entities=came.entities, media=came.media, album=came.album)
        return await _view(uow, actor, await uow.broadcasts.save(changed))
    broadcast = await uow.broadcasts.add(
        author_id=actor.id, text=came.text, entities=came.entities, media=came.media, album=came.album, now=now
    )
    return await _view(uow, actor, broadcast)


async def join_album(uow: UnitOfWork, actor: Actor, came: Written) -> View:
    """A further item of an album joins the message it came with."""
    ensure_may(actor, Action.BROADCAST)
    found = await uow.broadcasts.find_by_album(actor.id, came.album)
    if found is None:
        raise NotFound("broadcast")
    grown = replace(found, media=(*found.media, *came.media)[: rules.ALBUM_LIMIT])
    if came.text and not found.text:
        grown = replace(grown, text=came.text, entities=came.entities)
    return replace(await _view(uow, actor, await uow.broadcasts.save(grown)), grown=True)


async def toggle_role(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, role: str) -> View:
    """To this role or not; none chosen means every role."""
    broadcast = await _writing(uow, actor, broadcast_id, version)
    if role not in set(Role):
        raise NotFound("role")
    roles = tuple(Role(r) for r in rules.toggled(tuple(r.value for r in broadcast.roles), role))
    return await _view(uow, actor, await uow.broadcasts.save(replace(broadcast, roles=roles)))


async def toggle_region(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, key: str) -> View:
    """To this region or not (by its key); none chosen means wherever the author may."""
    broadcast = await _writing(uow, actor, broadcast_id, version)
    region = next((code for code in await _choice(uow, actor) if page_key(code) == key), None)
    if region is None:
        raise NotFound("region")
    changed = replace(broadcast, regions=rules.toggled(broadcast.regions, region))
    return await _view(uow, actor, await uow.broadcasts.save(changed))


async def to_everybody(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int) -> View:
    """Every role, wherever the author may."""
    broadcast = await _writing(uow, actor, broadcast_id, version)
    return await _view(uow, actor, await uow.broadcasts.save(replace(broadcast, roles=(), regions=())))


async def drop(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, *, now: datetime) -> None:
    """It is not sent after all."""
    broadcast = await _writing(uow, actor, broadcast_id, version)
    await uow.broadcasts.save(replace(broadcast, state=BroadcastState.DROPPED, ended_at=now))
    await uow.expectations.clear(actor.id, QUESTION)


# --- sending ---------------------------------------------------------------------------------------------------------


async def start(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, *, now: datetime) -> View:
    """Confirmed: a notice to everybody of the circle as it is at this moment. Once, however often the button is pressed."""
    broadcast = await _writing(uow, actor, broadcast_id, version)
    circle = _circle(actor, broadcast)
    sending = rules.started(broadcast, (await uow.broadcasts.audience(circle)).people, now)
    sending = await uow.broadcasts.save(sending)
    await uow.broadcasts.enqueue(sending, circle, now)
    await uow.expectations.clear(actor.id, QUESTION)
    await uow.tasks.add(
        DueTask(f"{PROGRESS}:{sending.id}", PROGRESS, sending.subject, now + EVERY, {"broadcast": sending.id})
    )
    audience = {"people": sending.people, "roles": [r.value for r in sending.roles], "regions": list(sending.regions)}
    await _journal(uow, "broadcast.start", sending, actor.number, now, audience)
    return await _view(uow, actor, sending)


async def stop(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int, *, now: datetime) -> View:
    """What has not left is not sent any more; what is on its way is waited for."""
    broadcast = await _own(uow, actor, broadcast_id)
    rules.ensure_current(broadcast, version, BroadcastState.SENDING)
    stopping = await uow.broadcasts.save(rules.stopped(broadcast))
    cancelled = await uow.outbox.cancel(stopping.subject)
    await _journal(uow, "broadcast.stop", stopping, actor.number, now, {"not_sent": cancelled})
    return await _view(uow, actor, await _end_if_settled(uow, stopping, now))


async def stop_for(uow: UnitOfWork, broadcast_ids: Iterable[int], number: int, *, now: datetime) -> None:
    """Somebody whose access is closed was sending these: what has not left is not sent. `number`: who closed it, in the journal."""
    for broadcast_id in broadcast_ids:
        stopping = await uow.broadcasts.save(rules.stopped(await uow.broadcasts.get(broadcast_id)))
        cancelled = await uow.outbox.cancel(stopping.subject)
        await _journal(uow, "broadcast.stop", stopping, number, now, {"not_sent": cancelled})
        await _end_if_settled(uow, stopping, now)


async def progress(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Every few seconds while one is sent: its card is redrawn, and the last time it says how it ended."""
    broadcast = await uow.broadcasts.get(int(task.params["broadcast"]))
    if broadcast.state in RUNNING:
        broadcast = await _end_if_settled(uow, broadcast, now)
    if broadcast.state in RUNNING:
        await uow.tasks.reschedule(task.key, now + EVERY, task.params)
    subject = card_subject(broadcast.id)
    await uow.outbox.cancel(subject)
    await uow.outbox.add(
        Notice(
            "broadcast.card",
            subject,
            now,
            f"broadcast.card:{broadcast.id}:{now.isoformat()}",
            person_id=broadcast.author_id,
            priority=Priority.DIGEST,
            params={"broadcast": broadcast.id},
        )
    )


def card_subject(broadcast_id: int) -> str:
    """What the progress card is a copy of; the recipients' notices have the broadcast's own subject."""
    return f"broadcast:{broadcast_id}:card"


async def _end_if_settled(uow: UnitOfWork, broadcast: Broadcast, now: datetime) -> Broadcast:
    tally = await uow.broadcasts.tally(broadcast)
    if not tally.finished:
        return broadcast
    ended = await uow.broadcasts.save(rules.ended(broadcast, now))
    counts = {"delivered": tally.delivered, "missed": tally.missed, "cancelled": tally.cancelled}
    await _journal(uow, "broadcast.end", ended, 0, now, counts)
    return ended


# --- inside ----------------------------------------------------------------------------------------------------------


async def _own(uow: UnitOfWork, actor: Actor, broadcast_id: int) -> Broadcast:
    ensure_may(actor, Action.BROADCAST)
    broadcast = await uow.broadcasts.get(broadcast_id)
    if broadcast.author_id != actor.id:
        raise Forbidden(Action.BROADCAST.value)
    return broadcast


async def _writing(uow: UnitOfWork, actor: Actor, broadcast_id: int, version: int) -> Broadcast:
    broadcast = await _own(uow, actor, broadcast_id)
    rules.ensure_current(broadcast, version, BroadcastState.WRITING)
    return broadcast


def _mine(actor: Actor) -> frozenset[str] | None:
    """The regions whose people this actor may write to; None: all."""
    regions = actor.regions(RULES[Action.BROADCAST].roles)
    return None if EVERYWHERE in regions else regions


def _circle(actor: Actor, broadcast: Broadcast) -> Circle:
    """Whom it goes to by the author's rights of this moment, whatever was chosen before."""
    mine, chosen = _mine(actor), frozenset(broadcast.regions)
    if chosen:
        return Circle(actor.id, broadcast.roles, chosen if mine is None else chosen & mine)
    return Circle(actor.id, broadcast.roles, mine)


async def _choice(uow: UnitOfWork, actor: Actor) -> dict[str, str]:
    mine = _mine(actor)
    return {code: r.name for code, r in (await uow.campaign.regions()).items() if mine is None or code in mine}


async def _view(uow: UnitOfWork, actor: Actor, broadcast: Broadcast) -> View:
    regions = await _choice(uow, actor)
    if broadcast.state is BroadcastState.WRITING:
        return View(broadcast, regions, await uow.broadcasts.audience(_circle(actor, broadcast)), Tally())
    tally = await uow.broadcasts.tally(broadcast)
    missed = await uow.broadcasts.missed(broadcast, NAMED) if broadcast.ended_at and tally.missed else []
    return View(broadcast, regions, Audience(broadcast.people, 0), tally, tuple(missed))


async def _journal(
    uow: UnitOfWork, action: str, broadcast: Broadcast, actor: int, now: datetime, payload: Mapping[str, Any]
) -> None:
    await uow.journal.add(
        at=now, actor=actor, action=action, object_=broadcast.subject, version=broadcast.version, payload=payload
    )
