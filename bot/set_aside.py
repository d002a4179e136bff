"""Updates set aside, for the operator: the same whether `hq run` is up (through its socket) or not. Never their content."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.clock import Clock
from bot.config import Settings
from bot.control import ControlServer, ask
from bot.operations import running_at
from domain.ports import Database
from storage.database import open_database
from storage.repositories.inbox import KEEP_ASIDE

T = TypeVar("T")


class NotSetAside(Exception):
    """The text is a sentence for the operator."""


@dataclass(frozen=True)
class Listed:
    """One update: Telegram's number (below zero: it came without one), its kind, what was wrong with it. Moments as ISO text."""

    number: int
    kind: str
    received_at: str
    age_s: int
    attempts: int
    error: str
    gone_at: str


@dataclass(frozen=True)
class Replayed:
    """`running`: they are handled now; otherwise when `hq run` starts."""

    numbers: tuple[int, ...]
    running: bool


class _Inbox(Protocol):
    async def reopen(self, number: int | None) -> list[int]: ...


class _App(Protocol):
    """What the socket's commands need of `bot.app.App`."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def inbox(self) -> _Inbox: ...


async def listed(settings: Settings, now: datetime) -> list[Listed]:
    """What can be replayed, the oldest first."""
    socket = await running_at(settings)
    if socket is not None:
        return [Listed(**row) for row in await ask(socket, "inbox_list")]
    return await _opened(settings, lambda db: _list(db, now))


async def replay(settings: Settings, number: int | None, now: datetime) -> Replayed:
    """Handle one (None: all) once more; `NotSetAside` when it is not there or too old."""
    socket = await running_at(settings)
    if socket is not None:
        return Replayed(_found(number, await ask(socket, "inbox_replay", number=number)), running=True)

    async def reopen(db: Database) -> list[int]:
        rows: list[tuple[int, int]] = await db.run(lambda uow: uow.inbox.replay(number, now))
        return [update_id for update_id, _ in rows]

    return Replayed(_found(number, await _opened(settings, reopen)), running=False)


async def drop(settings: Settings, number: int) -> None:
    """Delete the content of one for good; `NotSetAside`."""
    socket = await running_at(settings)
    if socket is not None:
        dropped = await ask(socket, "inbox_drop", number=number)
    else:
        dropped = await _opened(settings, lambda db: _drop(db, number))
    if not dropped:
        raise NotSetAside(f"number {number} is not set aside")


def register(control: ControlServer, app: _App) -> None:
    """Teach the running program these commands."""

    async def list_(_: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [vars(row) for row in await _list(app.db, app.clock.now())]

    async def reopen(request: Mapping[str, Any]) -> list[int]:
        return await app.inbox.reopen(request["number"])

    async def drop_(request: Mapping[str, Any]) -> bool:
        return await _drop(app.db, int(request["number"]))

    control.register("inbox_list", list_)
    control.register("inbox_replay", reopen)
    control.register("inbox_drop", drop_)


async def _opened(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    db = await open_database(settings.storage.url)
    try:
        return await work(db)
    finally:
        await db.close()


async def _list(db: Database, now: datetime) -> list[Listed]:
    return [
        Listed(
            row.number,
            row.kind,
            row.received_at.isoformat(timespec="seconds"),
            round((now - row.received_at).total_seconds()),
            row.attempts,
            row.error,
            (row.received_at + KEEP_ASIDE).isoformat(timespec="seconds"),
        )
        for row in await db.read(lambda uow: uow.inbox.list_aside(now))
    ]


async def _drop(db: Database, number: int) -> bool:
    dropped: bool = await db.run(lambda uow: uow.inbox.drop(number))
    return dropped


def _found(number: int | None, numbers: list[int]) -> tuple[int, ...]:
    if number is not None and not numbers:
        hours = KEEP_ASIDE.total_seconds() / 3600
        raise NotSetAside(f"number {number} is not set aside, or is older than {hours:.0f} h")
    return tuple(numbers)
