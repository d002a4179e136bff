"""Due work under clocks that jump: days of 23 and 25 hours, restarts, failures, jumps forwards and backwards.

    python -m bench.clocks --cases 10000 --json -

A case is a slot: a zone, a local time on a day, and its ladder of reminders, beside it the round of its zone, under the
production functions that plan them, `Schedule` on a SQLite file, and a clock that is moved. Each due thing must have happened once.
"""

import argparse
import asyncio
import logging
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench.printed import put
from bot.logs import configure
from bot.schedule import Schedule
from domain import ladder
from domain.ladder import Step
from domain.norms import Norm, Window
from domain.notices import DueTask
from domain.pages import Page, PageKind, Region
from domain.planning import PlanRules, moments
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.targets import Campaign
from domain.usecases import calendar
from storage.database import Database, open_database
from storage.migrate import upgrade

CASES_A_WORLD, ZONES_A_WORLD = 100, 5
DAYS = 4
RULES = PlanRules(
    lead=timedelta(minutes=30),
    on_time=timedelta(minutes=60),
    substitute_after=timedelta(minutes=20),
    press_after=timedelta(minutes=60),
    person_daily_cap=3,
)
HOURS = calendar.Hours(plan_morning=time(6, 30), plan_evening=time(19), figures=time(20), manager=time(20, 30))
ROUND = {"plan.morning": time(6, 30), "plan.evening": time(19), "figures.ask": time(20), "day.close": time(23, 59)}
ZONES = (
    *("Europe/Kaliningrad", "Europe/Moscow", "Asia/Omsk", "Asia/Vladivostok", "Asia/Kamchatka"),  # no changes
    *(
        "Europe/Berlin",
        "Europe/London",
        "America/New_York",
        "America/Los_Angeles",
        "Australia/Sydney",
        "Asia/Jerusalem",
    ),
    *("Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "Atlantic/Azores"),  # changes at midnight
    *(
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "America/St_Johns",
        "Africa/Casablanca",
    ),  # half hours, odd offsets, Ramadan
)
CHANGES = [
    datetime(2026, 3, 8, tzinfo=UTC),  # North America, Cuba
    datetime(2026, 3, 29, tzinfo=UTC),  # Europe, Lebanon
    datetime(2026, 4, 5, tzinfo=UTC),  # Chile, Australia, Chatham
    datetime(2026, 4, 24, tzinfo=UTC),  # Egypt
    datetime(2026, 9, 6, tzinfo=UTC),  # Chile
    datetime(2026, 9, 27, tzinfo=UTC),  # Chatham
    datetime(2026, 10, 4, tzinfo=UTC),  # Australia
    datetime(2026, 10, 25, tzinfo=UTC),  # Europe
    datetime(2026, 11, 1, tzinfo=UTC),  # North America, Cuba
]
HOUR = timedelta(hours=1)


class Injected(RuntimeError):
    """A failure after the effect, before the commit."""


class JumpingClock:
    """The true time plus how far the machine's clock is off."""

    def __init__(self, start: datetime) -> None:
        self.true = start
        self.off = timedelta()

    def now(self) -> datetime:
        return self.true + self.off


@dataclass
class World:
    """One headquarters: some zones, their slots, and a clock."""

    db: Database
    chance: random.Random
    start: datetime
    zones: list[str]
    cases: int
    expected: set[str] = field(default_factory=set)
    wrong_slots: int = 0
    early: int = 0
    gap: bool = False
    """Stopped for days: what would have been laid out in between is not expected."""

    def __post_init__(self) -> None:
        self.clock = JumpingClock(self.start)
        self.schedule = self._restarted()

    def _restarted(self) -> Schedule:
        counted = {kind: self._recorded(lambda task: task.key) for kind in (*ROUND, "manager.evening")}
        return Schedule(
            self.db,
            self.clock,
            {"calendar": partial(calendar.lay_out, hours=HOURS), "ladder": self._recorded(_rung, _climb), **counted},
        )

    def _recorded(self, name: Callable[[DueTask], str], then: Any = None) -> Any:
        """A use case that leaves one journal entry in its transaction; now and then it fails just before the commit."""

        async def usecase(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
            self.early += now < task.due_at
            await uow.journal.add(at=now, actor=0, action="bench", object_=name(task)[:64])
            if then is not None:
                await then(uow, task)
            if self.chance.random() < 0.01:
                raise Injected

        return usecase

    # -- before --------------------------------------------------------------------------------------------------------

    async def fill(self) -> None:
        """Pages in the zones, and the cases: slots at the production planner's moments with their ladders."""
        await self.db.run(self._campaign)
        await self._lay_out()
        tasks = [task for number in range(self.cases) if (task := self._case(number)) is not None]
        await self.db.run(lambda uow: uow.tasks.add(*tasks))

    async def _campaign(self, uow: UnitOfWork) -> None:
        day = self.start.date()
        await uow.campaign.save_campaign(
            Campaign("Clocks", day - timedelta(30), day + timedelta(30), day + timedelta(60), self.zones[0])
        )
        await uow.campaign.save_regions([Region(f"r{n}", f"R{n}", zone, (zone,)) for n, zone in enumerate(self.zones)])
        kind, platform = PageKind.GROUP, Platform.VK
        pages = [
            Page(f"p{n}", platform, kind, f"P{n}", f"r{n}", zone, (f"https://vk.com/p{n}",), "", 1, None, active=True)
            for n, zone in enumerate(self.zones)
        ]
        await uow.campaign.save_pages(pages)

    def _case(self, number: int) -> DueTask | None:
        chance, zone = self.chance, self.chance.choice(self.zones)
        day = self.start.date() + timedelta(days=chance.randrange(-1, DAYS))
        minute = chance.choice([chance.randrange(1380), chance.randrange(240)])  # clocks change in the small hours
        window = Window(time(minute // 60, minute % 60), time((minute + 59) // 60, (minute + 59) % 60))
        found = moments(Norm("p", (1,) * 7, (window,), 30, 3), day, zone)
        if not found:  # the clock jumps over the whole window
            return None
        local = found[0].astimezone(ZoneInfo(zone))
        self.wrong_slots += local.date() != day or not window.start <= local.time() <= window.end
        first = ladder.first(found[0], self.start, RULES)
        step = first
        while step is not None:
            self.expected.add(f"slot:{number}:{step.value}")
            step = ladder.following(step)
        if first is None:
            return None
        params = {"slot": number, "step": first.value, "at": found[0].isoformat()}
        return DueTask(f"ladder:{number}", "ladder", f"slot:{number}", ladder.due(first, found[0], RULES), params)

    # -- the days ------------------------------------------------------------------------------------------------------

    async def live(self) -> None:
        """Days of ticks at odd moments, with restarts and jumps; at the end the clock is right again."""
        end, laid = self.start + timedelta(days=DAYS), self.start
        while self.clock.true < end:
            self.clock.true += timedelta(seconds=self.chance.uniform(60, 5400))
            if await self._something_happens() or self.clock.true - laid >= HOUR:
                await self._lay_out()
                laid = self.clock.true
            await self.schedule.tick()
        self._expect_rounds(end)
        self.clock.off = timedelta()
        await self._tick_on(timedelta(days=2))

    async def _something_happens(self) -> bool:
        """True when the program has been started afresh."""
        chance, dice = self.chance, self.chance.random()
        if dice < 0.05:  # set right or wrong by up to most of a day
            self.clock.off = timedelta(hours=chance.uniform(-20, 20))
        elif dice < 0.10:  # set right
            self.clock.off = timedelta()
        elif dice < 0.12:  # wrong by days for a moment
            right = self.clock.off
            self.clock.off += timedelta(days=chance.uniform(-9, 9))
            await self.schedule.tick()
            self.clock.off = right
        elif dice < 0.17:
            self.schedule = self._restarted()
            self.clock.true += timedelta(hours=chance.uniform(0, 8))
            return True
        elif dice < 0.175:
            self.gap = True
            self.schedule = self._restarted()
            self.clock.true += timedelta(days=chance.uniform(2, 5))
            return True
        return False

    async def _tick_on(self, how_long: timedelta) -> None:
        until = self.clock.true + how_long
        while self.clock.true < until:
            self.clock.true += HOUR
            await self.schedule.tick()

    async def _lay_out(self) -> None:
        now = self.clock.now()
        task = DueTask("calendar", "calendar", "campaign", now)
        await self.db.run(lambda uow: self.schedule.run_now(uow, task, now))

    def _expect_rounds(self, end: datetime) -> None:
        """Each round of each local day from the start to the end."""
        if self.gap:
            return
        for zone in self.zones:
            for offset in range(-1, DAYS + 2):
                day = self.start.date() + timedelta(days=offset)
                for kind, clock in ROUND.items():
                    if self.start <= calendar.moment(day, clock, zone) <= end:
                        self.expected.add(f"{kind}:{zone}:{day}")
                if zone == self.zones[0] and self.start <= calendar.moment(day, HOURS.manager, zone) <= end:
                    self.expected.add(f"manager.evening:{day}")

    # -- after ---------------------------------------------------------------------------------------------------------

    async def count(self) -> Counter[str]:
        """What was missed, and what happened twice."""
        times, undone = await self.db.read(_happened, self.clock.now())
        return Counter(
            slots=self.cases,
            due_things=len(self.expected),
            missed=len([name for name in self.expected if not times[name[:64]]]) + undone,
            twice=sum(number > 1 for number in times.values()),
            early=self.early,
            wrong_slots=self.wrong_slots,
        )


def _rung(task: DueTask) -> str:
    return f"slot:{task.params['slot']}:{task.params['step']}"


async def _climb(uow: UnitOfWork, task: DueTask) -> None:
    """As `usecases.ladder.step` does: the next step takes this one's place."""
    at, after = datetime.fromisoformat(task.params["at"]), ladder.following(Step(task.params["step"]))
    if after is not None:
        params = {**task.params, "step": after.value}
        await uow.tasks.reschedule(task.key, ladder.due(after, at, RULES), params)


async def _happened(uow: Any, now: datetime) -> tuple[Counter[str], int]:
    rows = await uow.session.execute(text("SELECT object, count(*) AS times FROM journal GROUP BY object"))
    due = await uow.tasks.next_due()
    return Counter({row.object: int(row.times) for row in rows}), int(due is not None and due <= now)


async def clocks(cases: int, seed: int = 1) -> dict[str, int]:
    """So many generated slots; returns what was missed and what happened twice."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="hq-clocks-") as folder:
        template = Path(folder) / "template.sqlite3"
        await upgrade(f"sqlite+aiosqlite:///{template}")
        for first in range(0, cases, CASES_A_WORLD):
            path = template.with_name(f"{first}.sqlite3")
            await asyncio.to_thread(path.write_bytes, await asyncio.to_thread(template.read_bytes))
            total += await _one(path, chance, min(CASES_A_WORLD, cases - first))
            await asyncio.to_thread(path.unlink)
    names = ("due_things", "missed", "twice", "early", "wrong_slots")
    return {"cases": total["slots"], **{name: total[name] for name in names}}


async def _one(path: Path, chance: random.Random, cases: int) -> Counter[str]:
    start = _start(chance)
    db = await open_database(f"sqlite+aiosqlite:///{path}", migrate=False)
    try:
        world = World(db, chance, start, chance.sample(ZONES, ZONES_A_WORLD), cases)
        await world.fill()
        await world.live()
        return await world.count()
    finally:
        await db.close()


def _start(chance: random.Random) -> datetime:
    """Two or three days before clocks change somewhere, mostly; else any day."""
    if chance.random() < 0.8:
        return chance.choice(CHANGES) - timedelta(hours=chance.uniform(20, 60))
    any_day = date(2026, 1, 5) + timedelta(days=chance.randrange(700))
    return datetime.combine(any_day, time(chance.randrange(24), chance.randrange(60)), UTC)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.clocks")
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.CRITICAL)  # the failures are injected
    put(asyncio.run(clocks(options.cases, options.seed)), options.json)


if __name__ == "__main__":
    main()
