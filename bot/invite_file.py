"""A table of people to invite on the server, the same whether `hq run` is up (through its socket) or not."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.config import ConfigError, Settings, ensure_token
from bot.control import ControlServer, ask
from bot.getme import get_me
from bot.operations import Running, running_at
from bot.table_file import read_table
from domain.errors import DomainError
from domain.invites_table import read, write
from domain.ports import Database
from domain.usecases import invites, invites_many, team
from domain.usecases.invites_many import OrderView
from handlers.screens import invites_many as screens
from handlers.screens.plain import as_plain
from storage.database import open_database
from texts.errors import explain
from texts.words import words_for

if TYPE_CHECKING:
    from aiogram import Bot  # seconds to import, and only the running program has one


@dataclass(frozen=True)
class Ordered:
    """`lines`: who is invited, or what is wrong with the table (`sound` False); `table`: the links, once they are made."""

    lines: list[str]
    links: int
    table: str = ""
    sound: bool = True


async def order(settings: Settings, path: Path, now: datetime, *, hours: int | None, apply: bool) -> Ordered:
    """Look at the table at `path`, or make its links. Asks the running program when there is one."""
    try:
        text = read_table(path)
    except DomainError as error:
        return _refused(error)
    if apply:
        ensure_token(settings)
    lasts = hours or settings.invites.expire_hours
    socket = await running_at(settings)
    if socket is not None:
        return Ordered(**await ask(socket, "invite_table", name=path.name, text=text, hours=lasts, apply=apply))
    db = await open_database(settings.storage.url)
    try:
        username = (await get_me(settings)).username if apply else ""
        return await _order(db, username, path.name, text, lasts, now, apply=apply)
    finally:
        await db.close()


def ensure_new(path: Path) -> None:
    """Links are never written over something else; `ConfigError`."""
    if path.exists():
        raise ConfigError(f"{path}: is there already")


def save(path: Path, table: str) -> None:
    """For its owner's eyes alone: whoever has a link can come in by it."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(table.encode())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None


class _App(Running, Protocol):
    @property
    def bot(self) -> "Bot": ...


def register(control: ControlServer, app: _App) -> None:
    """Teach the running program the operator's command."""

    async def table(request: Mapping[str, Any]) -> dict[str, Any]:
        username = (await app.bot.me()).username or ""
        name, text, hours = request["name"], request["text"], int(request["hours"])
        return vars(await _order(app.db, username, name, text, hours, app.clock.now(), apply=request["apply"]))

    control.register("invite_table", table)


async def _order(
    db: Database, username: str, name: str, text: str, hours: int, now: datetime, *, apply: bool
) -> Ordered:
    w = words_for("en")
    sheet = read(text, await db.read(team.names_of_regions))
    if not apply:
        return _shown(await db.read(invites_many.look, None, name, sheet))
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = await db.run(invites_many.make_for_operator, name, digest, sheet, now=now, hours=hours)
    if isinstance(made, OrderView):
        return _shown(made)
    heads, rows = screens.table_rows(made, invites.link(username, ""), w, "UTC", now)
    return Ordered([], len(rows), write(heads, rows).decode())


def _shown(view: OrderView) -> Ordered:
    w = words_for("en")
    told = screens.mistakes(view.mistakes, w) if view.mistakes else screens.people(view, w)
    return Ordered(as_plain(told).splitlines(), len(view.wanted), sound=not view.mistakes)


def _refused(error: DomainError) -> Ordered:
    return Ordered([as_plain(explain(error, words_for("en")))], 0, sound=False)
