"""Every database call of a small campaign fails once: nothing breaks, everybody is answered, it recovers without hands.

    python -m bench.failures --json -
    python -m bench.failures --db postgres --every 5 --json -

In round n the n-th call of every act fails (an act: something a person does, or a moment that comes), with all that follows from it;
then, for the n-th commit of every act, the commit is made and its answer lost. There are as many rounds as the busiest act has calls.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.databases import databases
from bench.failing import failing
from bench.failures_disk import full_disk, held
from bench.failures_story import TEXT, Story, Stuck
from bench.people import enrol
from bench.printed import put
from bot import supervisor
from bot.app import running
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.logs import configure
from bot.operations import load_plan
from domain.people import EVERYWHERE, Role
from domain.usecases import invites
from playground import LocalTelegram
from storage.tally import Told, told
from storage.verify import verify

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
ONCE = Told(people=2, drafts=[TEXT], decisions=1, proofs=1, figures=1)
MOST_ROUNDS = 400


@dataclass
class Found:
    """What the rounds have shown. `points`: calls that failed."""

    points: int = 0
    rounds: int = 0
    recovered: int = 0
    broken: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    asked_again: int = 0
    busiest: int = 0


async def failures(engine: str, every: int = 1, only: Iterable[tuple[int, bool]] = ()) -> dict[str, Any]:
    """All rounds (or each `every`-th, or `only` these); what must be empty or 0: broken, unanswered, points − recovered."""
    began, found = time.monotonic(), Found()
    supervisor.FIRST_PAUSE = supervisor.LONGEST_PAUSE = 0.02  # how patiently it starts anew is not what is looked at
    chosen = list(only)
    with tempfile.TemporaryDirectory(prefix="hq-failures-") as place, databases(engine, Path(place)) as make:
        for nth, answer_lost in chosen:
            await _round(make(), nth, answer_lost, found)
        for answer_lost in () if chosen else (False, True):
            for nth in range(1, MOST_ROUNDS, every):
                if not await _round(make(), nth, answer_lost, found):
                    break
    return {
        "db": engine,
        "rounds": found.rounds,
        "points": found.points,
        "broken_invariants": len(found.broken),
        "unanswered": len(found.unanswered),
        "recovered": found.recovered,
        "asked_again": found.asked_again,
        "calls_of_the_busiest_act": found.busiest,
        "seconds": round(time.monotonic() - began, 1),
        **({"broken": found.broken[:20]} if found.broken else {}),
        **({"silent": found.unanswered[:20]} if found.unanswered else {}),
    }


async def _round(url: str, nth: int, answer_lost: bool, found: Found) -> bool:
    """One story; False when no act has an n-th call any more."""
    name = f"{'answer of commit' if answer_lost else 'call'} {nth}"
    with tempfile.TemporaryDirectory(prefix="hq-failures-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            story = await _play(telegram, url, Path(folder), nth, answer_lost, found, name)
            problems = [f"{name}: {problem}" for problem in await verify(url, None)]
            found.broken += problems + [f"{name}: {violation}" for violation in telegram.world.violations]
    found.rounds += 1
    found.points += len(story.hits)
    found.unanswered += [f"{name}: {act}" for act in story.unanswered]
    found.asked_again += story.asked_again
    found.busiest = max(found.busiest, *story.calls) if story.calls else found.busiest
    return bool(story.hits)


async def _play(
    telegram: LocalTelegram, url: str, folder: Path, nth: int, answer_lost: bool, found: Found, name: str
) -> Story:
    settings = Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "api_url": telegram.url, "poll_timeout": 20},
            "storage": {"url": url, "media_dir": folder / "media"},
            "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
        }
    )
    telegram.world.clock.move_to(FIRST_DAY)
    clock = MovableClock(telegram.world.clock.now())
    await load_plan(settings, EXAMPLE, FIRST_DAY, apply=True)
    with failing() as fails:
        async with running(settings, clock=clock, scheduled=False) as app:
            vera = telegram.world.add_user(3002, "Vera", language_code="en", started=True)
            await enrol(app.db, vera, Role.PRESS_SECRETARY, EVERYWHERE)
            anna = telegram.world.add_user(3001, "Anna", language_code="en")
            code = await app.db.run(invites.create, None, Role.VOLUNTEER, "kazan", now=clock.now(), hours=72)
            story = Story(app, clock, telegram, fails, code, anna, vera, clock.now(), nth, answer_lost)
            try:
                await story.play()
            except (Stuck, Exception) as error:  # noqa: BLE001 - whatever stops it is what is looked for
                found.broken.append(f"{name}: {error!r}"[:2500])
                return story
            state = await app.db.read(told)
            if state != ONCE:
                found.broken.append(f"{name}: {state}")
            elif not state.stuck:
                found.recovered += len(story.hits)
            return story


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.failures")
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--every", type=int, default=1, help="only each so manieth round")
    parser.add_argument("--rounds", type=int, nargs="*", default=[], help="only these rounds")
    parser.add_argument("--json", default="-", metavar="FILE")
    parser.add_argument(
        "--no-disk", action="store_true", help="leave out the full disk and the database held by another"
    )
    options = parser.parse_args()
    configure(level=logging.CRITICAL)  # failures are what happens here
    only = [(nth, lost) for nth in options.rounds for lost in (False, True)]
    result = asyncio.run(failures(options.db, options.every, only))
    disk = {} if options.no_disk else asyncio.run(_disk())
    result |= disk
    put(result, options.json)
    worst = max(
        (found[name] for found in disk.values() for name in ("lost", "twice", "unanswered", "broken_invariants")),
        default=0,
    )
    return int(
        bool(result["broken_invariants"] or result["unanswered"] or result["recovered"] < result["points"] or worst)
    )


async def _disk() -> dict[str, dict[str, Any]]:
    return {"disk_full": await full_disk(), "held_by_another_program": await held()}


if __name__ == "__main__":
    sys.exit(main())
