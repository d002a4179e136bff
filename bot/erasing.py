"""`hq erase`: an operator erases somebody who asked for it, the same whether `hq run` is up (through its socket) or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.control import ControlServer, ask
from bot.operations import running_at
from bot.traces import Traces
from bot.usecases import plan_rules
from domain.errors import NotFound
from domain.people import Stranger
from domain.ports import Database as AnyDatabase
from domain.ports import UnitOfWork
from domain.team import LastOwner
from domain.two_people import Kind, NobodySecond, Wish
from domain.usecases import erasure
from storage.database import Database, open_database


class CannotErase(Exception):
    """The text is a sentence for the operator."""


@dataclass(frozen=True)
class Whom:
    """Somebody as the operator is asked about them."""

    person: int
    name: str
    region: str


class Outcome(StrEnum):
    """WAITS: for the night, in which the running program rewrites the files. ASKED: nothing yet, somebody has to agree."""

    GONE = "gone"
    WAITS = "waits"
    ASKED = "asked"


class _App(Protocol):
    """What the socket's commands need of `bot.app.App`."""

    @property
    def settings(self) -> Settings: ...
    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def traces(self) -> Traces: ...


async def find(settings: Settings, whom: str) -> Whom:
    """By number, @name or "telegram:ID"; `CannotErase` when nobody, or more than one, is called so."""
    socket = await running_at(settings)
    if socket is not None:
        return _whom(whom, await ask(socket, "erase_find", whom=whom))
    db = await open_database(settings.storage.url)
    try:
        return _whom(whom, await _find(db, whom))
    finally:
        await db.close()


async def erase(settings: Settings, person: int, now: datetime) -> Outcome:
    """How far it came."""
    socket = await running_at(settings)
    if socket is not None:
        answer = await ask(socket, "erase", person=person)
    else:
        db = await open_database(settings.storage.url)
        try:
            traces = Traces(db, db, SystemClock(), settings.storage.media_dir, settings.backup.folder)
            answer = await _erase(db, traces, settings, person, now)
        finally:
            await db.close()
    if answer == "last_owner":
        raise CannotErase("this is the only owner: appoint another one first")
    if answer == "nobody":
        raise CannotErase(f"there is nobody with the number {person}")
    if answer == "nobody_second":
        raise CannotErase("[people] two_for asks for a second yes, and nobody who leads could give it")
    return Outcome(answer)


def register(control: ControlServer, app: _App) -> None:
    """Teach the running program these commands."""

    async def find_(request: Mapping[str, Any]) -> dict[str, Any] | None:
        return await _find(app.db, str(request["whom"]))

    async def erase_(request: Mapping[str, Any]) -> str:
        return await _erase(app.db, app.traces, app.settings, int(request["person"]), app.clock.now())

    control.register("erase_find", find_)
    control.register("erase", erase_)


async def _find(db: AnyDatabase, whom: str) -> dict[str, Any] | None:
    async def look(uow: UnitOfWork) -> dict[str, Any] | None:
        try:
            person = await erasure.find(uow, whom)
        except NotFound:
            return None
        return vars(Whom(person.id, person.name, person.region))

    return await db.read(look)


def _whom(whom: str, found: dict[str, Any] | None) -> Whom:
    if found is None:
        raise CannotErase(f"{whom}: nobody is called so, or more than one person is; give their number from /team")
    return Whom(**found)


async def _erase(db: AnyDatabase, traces: Traces, settings: Settings, person: int, now: datetime) -> str:
    """An `Outcome`, "last_owner", "nobody" or "nobody_second"."""
    two_for = frozenset(map(Kind, settings.people.two_for))
    try:
        done = await db.run(erasure.order, person, now=now, rules=plan_rules(settings), two_for=two_for)
    except LastOwner:
        return "last_owner"
    except (NotFound, Stranger):
        return "nobody"
    except NobodySecond:
        return "nobody_second"
    if isinstance(done, Wish):
        return Outcome.ASKED
    return Outcome.GONE if await traces.clear(thorough=False) else Outcome.WAITS
