"""Figures from a file on the server, the same whether `hq run` is up (through its socket) or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.control import ControlServer, ask
from bot.operations import Running, running_at
from bot.table_file import read_table
from domain.errors import DomainError
from domain.figure_import import ImportView, read
from domain.ports import Database
from domain.usecases import figure_import
from handlers.screens import figure_import as screens
from handlers.screens.plain import as_plain
from storage.database import open_database
from texts.errors import explain
from texts.words import words_for


@dataclass(frozen=True)
class Importing:
    """`lines`: what changes, or what is wrong with the file (`sound` False: nothing is taken in)."""

    lines: list[str]
    figures: int
    sound: bool = True


async def import_figures(settings: Settings, path: Path, now: datetime, *, apply: bool) -> Importing:
    """Look at the file at `path`, or take it in. Asks the running program when there is one."""
    try:
        text = read_table(path)
    except DomainError as error:
        return _refused(error)
    socket = await running_at(settings)
    if socket is not None:
        return Importing(**await ask(socket, "figures_import", name=path.name, text=text, apply=apply))
    db = await open_database(settings.storage.url)
    try:
        return await _import(db, path.name, text, now, apply=apply)
    finally:
        await db.close()


def register(control: ControlServer, app: Running) -> None:
    """Teach the running program the operator's command."""

    async def figures(request: Mapping[str, Any]) -> dict[str, Any]:
        done = await _import(app.db, request["name"], request["text"], app.clock.now(), apply=request["apply"])
        return vars(done)

    control.register("figures_import", figures)


async def _import(db: Database, name: str, text: str, now: datetime, *, apply: bool) -> Importing:
    try:
        sheet = read(text)
        if apply:
            view = await db.run(figure_import.take_at_once, name, sheet, now=now)
        else:
            view = await db.read(figure_import.look, None, name, sheet, now=now)
    except DomainError as error:
        return _refused(error)
    return _said(view)


def _said(view: ImportView) -> Importing:
    w = words_for("en")
    if view.mistakes:
        return Importing(as_plain(screens.mistakes(view, w)).splitlines(), 0, sound=False)
    told = [line for line in as_plain(screens.facts(view, w)).splitlines() if line] if view.figures else []
    return Importing(told, view.figures)


def _refused(error: DomainError) -> Importing:
    return Importing([as_plain(explain(error, words_for("en")))], 0, sound=False)
