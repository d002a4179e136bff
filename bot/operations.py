"""What an operator does from the command line, the same whether `hq run` is up (through its socket) or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.clock import Clock
from bot.config import ConfigError, Settings, control_path, ensure_token
from bot.control import ControlServer, answers, ask
from bot.getme import get_me
from bot.plan_days import outside
from bot.plan_file import parse_plan, read_files
from bot.plan_words import lines_of, summary
from domain.people import EVERYWHERE, Role
from domain.ports import Database, UnitOfWork
from domain.usecases import invites, plan_load
from storage.database import open_database

if TYPE_CHECKING:
    from aiogram import Bot  # seconds to import, and only the running program has one


@dataclass(frozen=True)
class InviteOrder:
    """An invite as asked for; `hours` None: as configured."""

    role: str
    region: str | None
    uses: int = 1
    hours: int | None = None


@dataclass(frozen=True)
class Loading:
    """`lines`: what changes (or has changed); `summary` is empty when there is nothing to change.

    `note`: what to know before it is done, empty when there is nothing.
    """

    lines: list[str]
    summary: str
    note: str = ""


async def make_invite(settings: Settings, order: InviteOrder, now: datetime) -> str:
    """A deep link. Asks the running program when there is one."""
    role_of(order)
    ensure_token(settings)
    socket = await running_at(settings)
    if socket is not None:
        return str(await ask(socket, "invite", **vars(order)))
    db = await open_database(settings.storage.url)
    try:
        await db.read(_region_of, order)  # a misspelt region is said before Telegram is asked anything
        return await _invite(db, (await get_me(settings)).username, settings, order, now)
    finally:
        await db.close()


async def load_plan(settings: Settings, path: Path, now: datetime, *, apply: bool) -> Loading:
    """Preview or load the plan at `path`. Asks the running program when there is one."""
    text, imprints, plan = read_files(path)
    note = outside(plan.campaign, now) if plan.campaign is not None else ""
    socket = await running_at(settings)
    if socket is not None:
        return Loading(**{**await ask(socket, "plan_load", text=text, imprints=imprints, apply=apply), "note": note})
    db = await open_database(settings.storage.url)
    try:
        return replace(await _load(db, text, imprints, now, apply=apply), note=note)
    finally:
        await db.close()


class Running(Protocol):
    """What the socket's commands need of `bot.app.App`."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Clock: ...


class _App(Running, Protocol):
    @property
    def settings(self) -> Settings: ...
    @property
    def bot(self) -> "Bot": ...
    async def lay_out(self) -> None: ...


def register(control: ControlServer, app: _App) -> None:
    """Teach the running program the operator's commands."""

    async def invite(request: Mapping[str, Any]) -> str:
        order = InviteOrder(request["role"], request.get("region"), request.get("uses", 1), request.get("hours"))
        username = (await app.bot.me()).username or ""
        return await _invite(app.db, username, app.settings, order, app.clock.now())

    async def plan(request: Mapping[str, Any]) -> dict[str, Any]:
        rules = request.get("imprints")
        loading = await _load(app.db, request["text"], rules, app.clock.now(), apply=request["apply"])
        if request["apply"]:
            await app.lay_out()  # new pages may live in zones whose day has no round yet
        return vars(loading)

    control.register("invite", invite)
    control.register("plan_load", plan)


def role_of(order: InviteOrder) -> Role:
    """The role, or `ConfigError` that lists them."""
    try:
        return Role(order.role)
    except ValueError:
        raise ConfigError(f"--role: no role {order.role!r}; there are {', '.join(Role)}") from None


async def _region_of(uow: UnitOfWork, order: InviteOrder) -> str:
    if order.region is None or order.region == EVERYWHERE:
        return EVERYWHERE
    regions = await uow.campaign.regions()
    if order.region not in regions:
        known = ", ".join(sorted(regions)) or "none yet: load a plan first"
        raise ConfigError(f"--region: no region {order.region!r}; there are {known}")
    return order.region


async def _invite(db: Database, username: str, settings: Settings, order: InviteOrder, now: datetime) -> str:
    role = role_of(order)
    hours = order.hours or settings.invites.expire_hours

    async def create(uow: UnitOfWork) -> str:
        region = await _region_of(uow, order)
        return await invites.create(uow, None, role, region, now=now, hours=hours, max_uses=order.uses)

    return invites.link(username, await db.run(create))


async def _load(db: Database, text: str, imprints: str | None, now: datetime, *, apply: bool) -> Loading:
    plan = parse_plan(text, imprints)
    outcome = await (db.run(plan_load.apply, None, plan, now=now) if apply else db.read(plan_load.preview, plan))
    return Loading(lines_of(outcome), summary(outcome) if outcome.changes else "")


async def running_at(settings: Settings) -> Path | None:
    """The socket of the program that is up, if one is."""
    path = control_path(settings)
    return path if path is not None and await answers(path) else None
