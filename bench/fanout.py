"""A message to thousands: is the configured rate kept, does nothing break a limit, does the urgent overtake?

    python -m bench.fanout --people 10000 --reply-delay-ms 200 --json -
    python -m bench.fanout --messages 600 --server-rate 20 --json -

The real broadcast, outbox, delivery, pacer and SQLite file; Telegram is a stand-in with the strict rate profile of the local one. Time is
moved (bench.moved): work in the database takes none of it, so `wall_s` says whether this machine keeps up.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from sqlalchemy import insert

from bench.moved import MovedLoop, run_moved
from bench.printed import put
from bench.stand_in import StandIn
from bot.chores import Chores
from bot.config import Settings
from bot.delivery import Delivery
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.logs import configure
from bot.operations import load_plan
from bot.pace import PacedRequests, Pacer
from bot.post import Post
from bot.responses import keep_responses
from bot.schedule import Schedule
from bot.usecases import task_usecases
from domain.broadcasts import RUNNING, BroadcastState
from domain.consent import CONSENT
from domain.drafts import Verdict
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, PersonStatus, Role
from domain.ports import Database
from domain.usecases import approvals, broadcasts, drafts
from playground.pace import Rates
from storage.database import in_transaction, open_database
from storage.tables import membership, person, telegram_account

P = ParamSpec("P")
T = TypeVar("T")

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - no server ever sees it
MANAGER, PRESS, AUTHOR, FIRST = 1, 2, 3, 10
"""Accounts: who sends, who approves, whose text is approved; from then on the crowd."""
TEXT = "The meeting is at six."
KEPT, OVERTAKES, REFUSALS = 0.98, 3.0, 10


class LoopClock:
    """The program's clock on the moved loop; the database's thread asks too."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> datetime:
        return FIRST_DAY.astimezone(UTC) + timedelta(seconds=self._loop.time())


class Watched:
    """The database, telling the moved loop when somebody waits for it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def run(self, usecase: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `domain.ports.Database`."""
        with _busy():
            return await self._db.run(usecase, *args, **kwargs)

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `domain.ports.Database`."""
        with _busy():
            return await self._db.read(query, *args, **kwargs)


class _busy:  # noqa: N801 - reads like a function
    def __enter__(self) -> None:
        self._loop = cast("MovedLoop", asyncio.get_running_loop())
        self._loop.busy += 1

    def __exit__(self, *_: object) -> None:
        self._loop.busy -= 1


@dataclass
class Program:
    """What of the running program sends."""

    db: Database
    bot: Bot
    telegram: StandIn
    pacer: Pacer
    delivery: Delivery
    chores: Chores
    settings: Settings

    def actor(self, account: int) -> Awaitable[Actor | None]:
        return self.db.read(lambda uow: uow.people.find_actor(account))


async def fanout(people: int, delay: float, server_rate: float | None = None, interruptions: int = 5) -> dict[str, Any]:
    """One message to so many people, interrupted so often by something urgent; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="hq-fanout-") as folder:
        settings = Settings.model_validate(
            {"storage": {"url": f"sqlite+aiosqlite:///{folder}/hq.sqlite3", "media_dir": f"{folder}/media"}}
        )
        with _busy():
            await load_plan(settings, EXAMPLE, FIRST_DAY, apply=True)
            opened = await open_database(settings.storage.url)
            await opened.run(_enter, people)
        try:
            program = _program(settings, Watched(opened), delay, server_rate)
            opened.on_commit.append(program.chores.wake.set)
            return await _measure(program, people, interruptions)
        finally:
            with _busy():
                await opened.close()


def _program(settings: Settings, db: Database, delay: float, server_rate: float | None) -> Program:
    pace, clock = settings.pace, LoopClock()
    rates = Rates() if server_rate is None else Rates(overall_per_second=int(server_rate))
    telegram, pacer = StandIn(delay, rates), Pacer(pace.overall, pace.per_chat, pace.per_group_minute)
    telegram.middleware(PacedRequests(pacer, in_transaction))
    bot = Bot(TOKEN, session=telegram, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    post = Post(bot, settings.storage.media_dir)
    delivery = Delivery(db=db, post=post, clock=clock, in_flight=settings.delivery.in_flight)
    schedule = Schedule(db, clock, task_usecases(settings))
    return Program(db, bot, telegram, pacer, delivery, Chores(db, clock, schedule, delivery, lambda: True), settings)


async def _enter(uow: Any, people: int) -> None:
    """The manager, a press secretary and an author, and the crowd: rows as joining writes them."""
    staff = [(MANAGER, Role.MANAGER, EVERYWHERE), (PRESS, Role.PRESS_SECRETARY, EVERYWHERE)]
    crowd = [(account, Role.VOLUNTEER, "kazan") for account in (AUTHOR, *range(FIRST, FIRST + people - 2))]
    everybody = [*staff, *crowd]
    day = {"digest_at": FIRST_DAY.time(), "quiet_from": FIRST_DAY.time(), "quiet_to": FIRST_DAY.time()}
    rows = [
        {
            "id": account,
            "number": account,
            "name": f"Person {account}",
            "language": "en",
            "zone": "Europe/Moscow",
            "region": "kazan",
            "status": PersonStatus.ACTIVE,
            "consent_at": FIRST_DAY,
            "consent_version": CONSENT,
            **day,
        }
        for account, _, _ in everybody
    ]
    await uow.session.execute(insert(person), rows)
    accounts = [{"telegram_id": account, "person_id": account, "linked_at": FIRST_DAY} for account, _, _ in everybody]
    await uow.session.execute(insert(telegram_account), accounts)
    held = [{"person_id": a, "role": role, "region": region, "granted_at": FIRST_DAY} for a, role, region in everybody]
    await uow.session.execute(insert(membership), held)


async def _measure(program: Program, people: int, interruptions: int) -> dict[str, Any]:
    models = keep_responses()
    children = [
        asyncio.ensure_future(child()) for child in (program.chores.due, program.chores.send, program.chores.beat)
    ]
    wall, cpu, clock = time.monotonic(), time.process_time(), LoopClock()
    began = asyncio.get_running_loop().time()
    manager = await program.actor(MANAGER)
    assert manager is not None  # noqa: S101 - entered above
    written = broadcasts.Written(TEXT, (), (), "")
    view = await program.db.run(broadcasts.write, manager, 0, written, now=clock.now())
    before = time.monotonic()
    view = await program.db.run(broadcasts.start, manager, view.broadcast.id, view.broadcast.version, now=clock.now())
    enqueued = time.monotonic() - before
    pause = people / program.settings.pace.overall / (interruptions + 1)
    waited = [await _interrupt(program, number, pause) for number in range(interruptions)]
    shown = view
    while shown.broadcast.state in RUNNING and not program.delivery.failures:
        await asyncio.sleep(1)  # of moved time
        shown = await program.db.read(broadcasts.view, manager, view.broadcast.id)
    for child in children:
        child.cancel()
    await asyncio.gather(*children, return_exceptions=True)
    del models
    return {
        **_figures(program, people, began),
        "delivered": shown.tally.delivered,
        "lost": people - shown.tally.delivered,
        "failures": program.delivery.failures[:3],
        "finished": shown.broadcast.state is BroadcastState.DONE,
        "overtake_s": round(max(worst for pair in waited for worst in pair), 2),
        "approval_s": round(max(pair[0] for pair in waited), 2),
        "reply_s": round(max(pair[1] for pair in waited), 2),
        "enqueue_s": round(enqueued, 3),
        "wall_s": round(time.monotonic() - wall, 1),
        "cpu_ms_per_message": round(1000 * (time.process_time() - cpu) / len(program.telegram.arrived), 2),
    }


def _figures(program: Program, people: int, began: float) -> dict[str, Any]:
    """The rate is that of everything that counts, from the first copy of the message to the last."""
    telegram, overall = program.telegram, program.settings.pace.overall
    counted = [a for a in telegram.arrived if a.method.startswith(("send", "edit"))]
    copies = [a for a in counted if a.text == TEXT]
    span = copies[-1].at - copies[0].at
    rate = sum(copies[0].at < a.at <= copies[-1].at for a in counted) / span
    edits = [a.at for a in counted if a.method == "editMessageText" and a.chat == MANAGER]
    return {
        "people": people,
        "moved_s": round(copies[-1].at - began, 1),
        "configured_rate": overall,
        "rate": round(rate, 2),
        "rate_kept": round(rate / overall, 4),
        "violations": telegram.pace.report.refused,
        "refusals": telegram.pace.report.refused,
        "most_in_a_second": telegram.pace.report.most_in_a_second,
        "twice": len(copies) - len({copy.chat for copy in copies}),
        "progress_edits": len(edits),
        "least_between_edits_s": round(min((b - a for a, b in pairwise(edits)), default=0), 2),
    }


async def _interrupt(program: Program, number: int, pause: float) -> tuple[float, float]:
    """In the midst of it somebody approves a text, and somebody presses a button: seconds until each has its message."""
    loop, clock = asyncio.get_running_loop(), LoopClock()
    await asyncio.sleep(pause)
    author, press = await program.actor(AUTHOR), await program.actor(PRESS)
    assert author is not None  # noqa: S101 - entered above
    assert press is not None  # noqa: S101 - entered above
    came = drafts.Incoming(f"text {number}", (), "", number + 1, "")
    panel = await program.db.run(drafts.write, author, came, now=clock.now())
    draft = panel.draft
    await program.db.run(drafts.toggle_page, author, draft.id, draft.version, page_key("vk-kazan"), now=clock.now())
    await program.db.run(drafts.submit, author, draft.id, draft.version, hours=3, now=clock.now())
    await asyncio.sleep(2)
    await program.db.run(approvals.decide, press, draft.id, draft.version, Verdict.APPROVE, now=clock.now())
    began, reply = loop.time(), f"reply {number}"
    await program.bot.send_message(FIRST + number, reply)
    approved = await program.telegram.find(lambda a: a.at >= began and a.chat == AUTHOR and "Approved" in a.text)
    replied = await program.telegram.find(lambda a: a.text == reply)
    return approved.at - began, replied.at - began


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fanout")
    parser.add_argument("--people", "--messages", type=int, default=10_000)
    parser.add_argument("--reply-delay-ms", type=float, default=5)
    parser.add_argument("--server-rate", type=float, help="what the stand-in lets through a second; 30 unless given")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.WARNING)  # standard output is for the JSON
    result = run_moved(lambda: fanout(options.people, options.reply_delay_ms / 1000, options.server_rate))
    put(result, options.json)
    good = result["lost"] == 0 and result["overtake_s"] <= OVERTAKES and result["twice"] == 0
    if options.server_rate:
        return int(not (good and result["refusals"] <= REFUSALS))
    return int(not (good and result["rate_kept"] >= KEPT and result["violations"] == 0))


if __name__ == "__main__":
    sys.exit(main())
