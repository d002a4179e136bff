"""The stage of `bench.reminders`: regions in several zones, people with hours of their own, their posts, and the running program."""

import asyncio
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.methods import TelegramMethod
from sqlalchemy import insert

from bench.fanout import TOKEN, Watched
from bench.stand_in import StandIn
from bot.chores import Chores
from bot.config import Settings
from bot.delivery import Delivery
from bot.pace import PacedRequests, Pacer
from bot.post import Post
from bot.schedule import Schedule
from bot.usecases import plan_rules, task_usecases
from domain.availability import Availability
from domain.consent import CONSENT
from domain.ladder import PageLadder, Step
from domain.norms import Norm, Window
from domain.notices import DueTask
from domain.pages import Page, PageKind, Region
from domain.people import Actor, PersonStatus, Role
from domain.plan import AssignmentState, Slot, SlotState
from domain.planning import PlanRules, moments
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.targets import Campaign
from domain.usecases import calendar, rungs, staffing
from playground.pace import Rates
from storage.database import Database, in_transaction
from storage.tables import membership, person, telegram_account

ZONES = (
    "Europe/Berlin",
    "Europe/Moscow",
    "Europe/London",
    "Asia/Vladivostok",
    "America/New_York",
    "Asia/Omsk",
    "Europe/Kyiv",
    "Europe/Kaliningrad",
)
"""With and without clock changes."""
CREW, PAGES, POSTS = 6, 3, 3
"""People, pages of a region, posts of a page a day."""
FIRST_PRESS, FIRST_PERSON = 1, 1_000
WINDOWS = (Window(time(9, 30), time(13)), Window(time(16), time(20, 30)))
MINUTE = timedelta(minutes=1)


class StageClock:
    """The program's clock on the moved loop, from a start; the database's thread asks too."""

    def __init__(self, start: datetime) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time())


@dataclass(frozen=True)
class Sent:
    """One request that Telegram let through. `data`: what its buttons carry."""

    at: datetime
    method: str
    chat: int
    text: str
    data: tuple[str, ...]
    silent: bool

    @property
    def reminds(self) -> bool:
        return self.text.startswith("⏰")

    @property
    def assignments(self) -> set[int]:
        """Which posts it is about: [Posted] of one, or a button each."""
        parts = [one.split(":") for one in self.data]
        return {int(p[2]) for p in parts if (p[0], p[1]) in {("p", "posted"), ("rm", "one"), ("o", "yes")}}


class Telegram(StandIn):
    """Keeps what was sent, and tells who reads it."""

    def __init__(self, clock: StageClock) -> None:
        super().__init__(0.05, Rates())
        self._clock = clock
        self.sent: list[Sent] = []
        self.readers: list[Callable[[Sent], None]] = []

    def _answer(self, method: TelegramMethod[Any]) -> tuple[int, dict[str, Any]]:
        answer = super()._answer(method)
        if answer[0] == 200 and method.__api_method__ in {"sendMessage", "editMessageText"}:
            markup = getattr(method, "reply_markup", None)
            rows = markup.inline_keyboard if markup is not None else []
            data = tuple(b.callback_data for row in rows for b in row if b.callback_data)
            text, silent = str(getattr(method, "text", "")), bool(getattr(method, "disable_notification", None))
            chat = int(getattr(method, "chat_id", 0))
            one = Sent(self._clock.now(), method.__api_method__, chat, text, data, silent)
            self.sent.append(one)
            for read in self.readers:
                read(one)
        return answer


@dataclass
class Stage:
    """A headquarters whose clock is moved; `slots` with who has them at first."""

    db: Database
    telegram: Telegram
    clock: StageClock
    chores: Chores
    delivery: Delivery
    schedule: Schedule
    rules: PlanRules
    chance: random.Random
    start: datetime
    regions: int
    days: int
    slots: list[Slot] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)

    def zone(self, region: int) -> str:
        return ZONES[region % len(ZONES)]

    def crew(self, region: int) -> range:
        first = FIRST_PERSON + region * CREW
        return range(first, first + CREW)

    async def actor(self, number: int) -> Actor:
        found: Actor | None = await Watched(self.db).read(lambda uow: uow.people.find_actor(number))
        assert found is not None  # noqa: S101 - entered below
        return found

    async def run_until_the_end(self) -> None:
        """As `hq run` does, but between due moments the beats are left out: nothing could happen in them."""
        children = [asyncio.ensure_future(child()) for child in (self.chores.due, self.chores.send)]
        while self.clock.now() < self.end:
            due = await Watched(self.db).read(_next_due)
            now = self.clock.now()
            later = self.end if due is None else max(due, now + timedelta(seconds=0.001))
            wait = math.ceil((later - now).total_seconds())  # a beat is a second
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), wait)
            except TimeoutError:
                self.chores.wake.set()
        for child in children:
            child.cancel()
        await asyncio.gather(*children, return_exceptions=True)


async def _next_due(uow: UnitOfWork) -> datetime | None:
    both = (await uow.tasks.next_due(), await uow.outbox.next_due())
    return min((at for at in both if at is not None), default=None)


async def build(db: Database, folder: Path, start: datetime, *, regions: int, days: int, seed: int) -> Stage:
    """Everybody with their posts of all the days; the program is not running yet."""
    settings = Settings.model_validate({"storage": {"url": "sqlite+aiosqlite:///unused", "media_dir": folder}})
    clock, pace = StageClock(start), settings.pace
    telegram, pacer = Telegram(clock), Pacer(pace.overall, pace.per_chat, pace.per_group_minute)
    telegram.middleware(PacedRequests(pacer, in_transaction))
    bot = Bot(TOKEN, session=telegram, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    watched = Watched(db)
    delivery = Delivery(db=watched, post=Post(bot, folder), clock=clock, in_flight=settings.delivery.in_flight)
    schedule = Schedule(watched, clock, task_usecases(settings))
    chores = Chores(watched, clock, schedule, delivery, lambda: True)
    stage = Stage(
        db,
        telegram,
        clock,
        chores,
        delivery,
        schedule,
        plan_rules(settings),
        random.Random(seed),  # noqa: S311 - repeatable, not secret
        start,
        regions,
        days,
    )
    db.on_commit += [chores.wake.set, stage.changed.set]
    await watched.run(_campaign, stage)
    await watched.run(_people, stage)
    for region in range(regions):
        await watched.run(_posts, stage, region)
    return stage


async def _campaign(uow: UnitOfWork, stage: Stage) -> None:
    day, last = stage.start.date(), stage.end.date()
    ends = last + timedelta(days=30)
    await uow.campaign.save_campaign(Campaign("Reminders", day - timedelta(30), ends, ends, stage.zone(0)))
    regions = [Region(f"r{n}", f"R{n}", stage.zone(n), (stage.zone(n),)) for n in range(stage.regions)]
    await uow.campaign.save_regions(regions)
    for region in regions:
        for n in range(PAGES):
            code = f"{region.code}p{n}"
            address, kind = f"https://vk.com/{code}", PageKind.GROUP
            stage.pages[code] = Page(
                code,
                Platform.VK,
                kind,
                f"Page {code}.",
                region.code,
                region.zone,
                (address,),
                "HQ",
                1,
                None,
                active=True,
            )
    await uow.campaign.save_pages(stage.pages.values())
    for code in stage.pages:
        own = _own_ladder(code, stage.chance)
        if own is not None:
            await uow.reminders.save(own)


def _own_ladder(code: str, chance: random.Random) -> PageLadder | None:
    """Every third page or so has something of its own."""
    dice = chance.random()
    if dice < 0.15:
        return PageLadder(code, lead=45 * MINUTE, text="Answer the first comments, please.")
    if dice < 0.25:
        return PageLadder(code, substitute_after=40 * MINUTE, press_after=90 * MINUTE)
    return PageLadder(code, off=frozenset({Step.SUBSTITUTE})) if dice < 0.3 else None


async def _people(uow: Any, stage: Stage) -> None:
    """Rows as joining writes them; a press secretary a region, who has no quiet hours."""
    chance, rows, held = stage.chance, [], []
    for region in range(stage.regions):
        rows.append(_row(FIRST_PRESS + region, stage.zone(region), f"r{region}", time(9), time(0), time(0)))
        held.append((FIRST_PRESS + region, Role.PRESS_SECRETARY, f"r{region}"))
        for number in stage.crew(region):
            zone = stage.zone(region) if chance.random() < 0.85 else chance.choice(ZONES)
            digest = time(chance.choice([6, 7, 8, 9]), chance.choice([0, 30]))
            quiet = time(chance.choice([21, 22, 23])), time(chance.choice([6, 7, 8, 9]), chance.choice([0, 30]))
            rows.append(_row(number, zone, f"r{region}", digest, *quiet))
            held.append((number, Role.VOLUNTEER, f"r{region}"))
    await uow.session.execute(insert(person), rows)
    accounts = [{"telegram_id": row["id"], "person_id": row["id"], "linked_at": stage.start} for row in rows]
    await uow.session.execute(insert(telegram_account), accounts)
    roles = [{"person_id": n, "role": role, "region": where, "granted_at": stage.start} for n, role, where in held]
    await uow.session.execute(insert(membership), roles)
    for number in (n for region in range(stage.regions) for n in stage.crew(region)):
        if chance.random() < 0.6:
            await uow.availability.save(_declared(number, chance))


def _row(number: int, zone: str, region: str, digest: time, quiet_from: time, quiet_to: time) -> dict[str, Any]:
    hours = {"digest_at": digest, "quiet_from": quiet_from, "quiet_to": quiet_to}
    who = {"id": number, "number": number, "name": f"Person {number}", "language": "en", "status": PersonStatus.ACTIVE}
    return {
        **who,
        "zone": zone,
        "region": region,
        "consent_version": CONSENT,
        "consent_at": datetime(2026, 1, 1, tzinfo=UTC),
        **hours,
    }


def _declared(number: int, chance: random.Random) -> Availability:
    lead = chance.choice([None, 15 * MINUTE, 60 * MINUTE, 90 * MINUTE, 180 * MINUTE])
    limit = chance.choice([None, None, None, 2, 10])
    return Availability(number, lead=lead, at_night=chance.random() < 0.15, reminders_a_day=limit)


async def _posts(uow: UnitOfWork, stage: Stage, region: int) -> None:
    """The production planner's moments on each day, given away by the production functions; and the ends of the days."""
    zone, busy = stage.zone(region), set[tuple[int, datetime]]()
    days = [stage.start.date() + timedelta(days=n) for n in range(-1, stage.days + 1)]
    crew = [await uow.people.get(number) for number in stage.crew(region)]
    declared = await uow.availability.of(stage.crew(region))
    load: dict[tuple[int, date], int] = {}
    for number in range(PAGES):
        code = f"r{region}p{number}"
        shift = timedelta(minutes=2 * number)  # pages a few minutes apart: their reminders are grouped
        wanted = [
            (code, day, at + shift)
            for day in days
            for at in moments(Norm(code, (POSTS,) * 7, WINDOWS, 60, POSTS), day, zone)
            if stage.start < at + shift < stage.end - timedelta(hours=3)
        ]
        for slot in await uow.plan.add_slots(wanted):
            free = [
                one
                for one in crew
                if (not one.is_quiet(slot.at) or declared.get(one.id, Availability(one.id)).at_night)
                and (one.id, slot.at) not in busy
                and load.get((one.id, one.local(slot.at).date()), 0) < POSTS
            ]
            if not free:
                continue
            chosen = stage.chance.choice(free)
            busy.add((chosen.id, slot.at))
            key = chosen.id, chosen.local(slot.at).date()
            load[key] = load.get(key, 0) + 1
            filled = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, empty_reason=None))
            given = await uow.plan.put_assignment(
                filled, chosen.id, AssignmentState.ASSIGNED, substitute=False, now=stage.start
            )
            own, _ = await rungs.rungs_of(uow, filled, stage.rules)
            await uow.outbox.add(*staffing.told(given, chosen, stage.start, stage.rules))
            task = staffing.first_step(filled, stage.start, own, chosen)
            if task is not None:
                await uow.tasks.add(task)
            stage.slots.append(filled)
    await uow.tasks.add(*_ends(zone, days, stage.start))


def _ends(zone: str, days: Sequence[date], start: datetime) -> list[DueTask]:
    ends = [(day, calendar.moment(day, time(23, 59), zone)) for day in days]
    return [
        DueTask(f"day.close:{zone}:{day}", "day.close", f"zone:{zone}", at, {"zone": zone, "day": day.isoformat()})
        for day, at in ends
        if at > start
    ]
