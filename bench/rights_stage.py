"""A headquarters to try rights on: two regions, the bot in this process, its database a file that is looked into and put back."""

import asyncio
import contextlib
import itertools
import logging
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bench.rights_tables import Change, Tables
from bot.app import App, running
from bot.clock import MovableClock
from bot.config import Settings
from bot.logs import configure
from domain.errors import DomainError
from domain.norms import Norm, Window
from domain.pages import Page, PageKind, Region
from domain.people import EVERYWHERE, Role
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.targets import Campaign, Target
from domain.typed_figures import Metric
from handlers import middleware
from playground import LocalTelegram, Message, User
from playground.model import Chat

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
START = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
"""Monday, 08:00 in Moscow."""
MARK = "ЗНАККАЗАНИ"
"""Stands in every text and title of Kazan, and in nothing else: read by somebody of another region, it is a leak."""
HOME, ELSEWHERE = "kazan", "omsk"
GROUP = -1001234
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of one's own is made in it
"""Where there is one: the disk is not what is tried."""
KEPT = 30
"""Messages that stay on a phone."""
PATIENCE = 120
"""Seconds for one attempt; it takes hundredths of one."""


class Hung(Exception):
    """The bot did not come to an end with something."""


def _page(code: str, platform: Platform, kind: PageKind, title: str, region: str, zone: str, url: str) -> Page:
    return Page(code, platform, kind, title, region, zone, (url,), "Штаб", 1, None, active=True)


_PAGES = (
    _page("vk-kazan", Platform.VK, PageKind.GROUP, f"ВК {MARK}", HOME, "Europe/Moscow", "https://vk.com/club123"),
    _page("tg-kazan", Platform.TELEGRAM, PageKind.GROUP, f"ТГ {MARK}", HOME, "Europe/Moscow", "https://t.me/kazan_hq"),
    _page(
        "del-kazan", Platform.OK, PageKind.DELEGATED, f"ОК {MARK}", HOME, "Europe/Moscow", "https://ok.ru/group/5123"
    ),
    _page("vk-omsk", Platform.VK, PageKind.GROUP, "ВК Омск", ELSEWHERE, "Asia/Omsk", "https://vk.com/club456"),
)


async def _load(uow: UnitOfWork) -> None:
    campaign = uow.campaign
    zone = "Europe/Moscow"
    days = (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31))
    await campaign.save_campaign(Campaign("Проба", *days, zone))
    regions = (Region(HOME, "Казань", zone, (zone,)), Region(ELSEWHERE, "Омск", "Asia/Omsk", ("Asia/Omsk",)))
    await campaign.save_regions(regions)
    await campaign.save_pages(_PAGES)
    windows = (Window(time(9), time(12)), Window(time(18), time(21)))
    await campaign.save_norms(Norm(page.code, (2,) * 7, windows, 120, 3) for page in _PAGES)
    wanted = ("members-1", "Members", "Участники", Metric.MEMBERS, (Platform.VK,), ("group",), 500, days[2])
    await campaign.save_targets([Target(*wanted)])


@dataclass
class Somebody:
    """A phone and the person behind it (0: never joined)."""

    user: User
    person: int
    number: int = 0


@dataclass
class Outcome:
    """What one attempt came to: the rows it changed (table, before, after), what the bot said, which error it answered
    with, and how it failed inside (empty: it did not)."""

    changed: list[Change]
    said: str
    error: DomainError | None
    failed: str


@dataclass
class Stage:
    """The running bot; its clock stands still while rights are tried."""

    app: App
    telegram: LocalTelegram
    clock: MovableClock
    path: Path
    people: dict[str, Somebody] = field(default_factory=dict)
    errors: list[DomainError] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(2001))

    def __post_init__(self) -> None:
        self.tables = Tables(self.path)
        self._first = self.telegram.world.last_update_id
        self.group = self.telegram.world.add_group(GROUP, "Штаб")

    # -- people ----------------------------------------------------------------------------------------------------

    async def somebody(self, name: str, role: Role | None, region: str = EVERYWHERE) -> Somebody:
        """A phone that has pressed Start; with a role: a person who has joined."""
        user = self.telegram.world.add_user(next(self._numbers), name, started=True)
        self.group.members[user.user_id] = "member"
        made = Somebody(user, 0)
        if role is not None:

            async def enter(uow: UnitOfWork) -> Somebody:
                person = await uow.people.add(
                    telegram_id=user.user_id,
                    username="",
                    name=name,
                    language="ru",
                    zone="Europe/Moscow",
                    region=HOME if region == EVERYWHERE else region,
                    digest_at=time(8),
                    quiet_from=time(22),
                    quiet_to=time(8),
                    now=self.clock.now(),
                )
                await uow.people.add_membership(person.id, role, region, None, self.clock.now())
                actor = await uow.people.find_actor_by_person(person.id)
                return Somebody(user, person.id, actor.number if actor else 0)

            made = await self.app.db.run(enter)
        self.people[name] = made
        return made

    def become(
        self, who: Somebody, role: str | None, region: str, state: str = "active", *, reachable: bool = True
    ) -> None:
        """At this moment they hold this role there and nothing else (None: no role)."""
        writes: list[tuple[str, tuple[Any, ...]]] = [("delete from membership where person_id = ?", (who.person,))]
        if role is not None:
            values = (who.person, role, region, _stored(self.clock.now()))
            writes.append(("insert into membership (person_id, role, region, granted_at) values (?, ?, ?, ?)", values))
        home = HOME if region == EVERYWHERE else region
        changes = (state, reachable, home, who.person)
        writes.append(("update person set status = ?, reachable = ?, region = ? where id = ?", changes))
        self.tables.write(*writes)

    def expect(self, who: Somebody, kind: str, subject: str, params: str = "{}", version: int = 0) -> None:
        """Their next plain message answers this, as if it had been asked while they might."""
        values = (who.person, kind, subject, version, params, _stored(self.clock.now() + timedelta(hours=5)))
        columns = "person_id, kind, subject, version, params, expires_at"
        self.tables.write(
            ("delete from expectation where person_id = ?", (who.person,)),
            (f"insert into expectation ({columns}) values (?, ?, ?, ?, ?, ?)", values),  # noqa: S608 - our own words
        )

    # -- attempts --------------------------------------------------------------------------------------------------

    def anchor(self, chat: Chat) -> Message:
        """A message of the bot in this chat, for a press on it."""
        found = next((m for m in reversed(chat.messages) if m.from_bot and not m.deleted and m.markup), None)
        if found is None:
            nothing = {"inline_keyboard": [[{"text": "…", "callback_data": "n:home"}]]}
            found = self.telegram.world.bot_message(chat, body="…", markup=nothing)
        return found

    async def handled(self) -> None:
        """Until the bot has handled everything that was sent to it; what falls due by it may still be under way."""
        await self._patiently(self.app.inbox.wait_idle(self._newest))

    async def settle(self) -> None:
        """The same, and everything due is done."""
        await self._patiently(self.app.settle(self._newest))

    @property
    def _newest(self) -> int:
        """The last update; 0 before the first."""
        newest = self.telegram.world.last_update_id
        return newest if newest > self._first else 0

    async def _patiently(self, ending: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await ending
        except TimeoutError:
            at_work = sorted(str(task.get_coro()) for task in asyncio.all_tasks())
            raise Hung(f"lanes {self.app.inbox.lanes.active}; at work: {at_work}") from None

    async def press(self, who: Somebody, data: str, chat: Chat | None = None) -> Outcome:
        place = chat or who.user.chat
        return await self._attempt(who, lambda: who.user.press_raw(self.anchor(place), data), place)

    async def say(self, who: Somebody, text: str, chat: Chat | None = None) -> Outcome:
        return await self._attempt(who, lambda: who.user.send(text, chat=chat), chat or who.user.chat)

    async def _attempt(self, who: Somebody, act: Any, place: Chat) -> Outcome:
        self.tables.changed()  # what was changed before is none of theirs
        self.errors.clear()
        self.app.inbox.failures.clear()
        who.user.toasts.clear()
        chats = list({chat.chat_id: chat for chat in (who.user.chat, place)}.values())
        for chat in chats:
            del chat.messages[:-KEPT]
        shown = {id(m): (m.body, m.markup) for chat in chats for m in chat.messages}
        act()
        await self.handled()
        await self._left_standing(who)
        new = [m for c in chats for m in c.messages if m.from_bot and shown.get(id(m)) != (m.body, m.markup)]
        said = [f"{m.body} {' '.join(b.label for b in m.all_buttons())}" for m in new]
        said += [toast.text for toast in who.user.toasts]
        error = self.errors[-1] if self.errors else None
        return Outcome(self.tables.changed(), "\n".join(said), error, "; ".join(self.app.inbox.failures[:1]))

    async def _left_standing(self, who: Somebody) -> None:
        """What failed would be tried again later: the next attempt must not wait behind it, and the clock stands still."""
        lanes = self.app.inbox.lanes
        lanes.forget([lane for lane in (who.user.user_id, GROUP) if lanes.is_active(lane)])

    def move_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.telegram.world.clock.move_to(self.clock.now())

    # -- the tables ------------------------------------------------------------------------------------------------

    def rows(self, table: str, where: str = "1") -> list[dict[str, Any]]:
        return self.tables.rows(table, where)

    async def keep(self) -> None:
        """Remember the tables once nothing is under way and the journal is sealed: nothing writes by itself any more."""
        await self.settle()
        await self.app.chores.seal()
        self.tables.keep()

    async def put_back(self) -> None:
        """The tables as they were kept; what was caused meanwhile has come to its end before."""
        if not self.tables.as_kept:
            await self.settle()
            self.tables.put_back()


def _stored(moment: datetime) -> str:
    """As SQLite has it."""
    return moment.replace(tzinfo=None).isoformat(" ")


@contextlib.asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """The bot with the small campaign; everything it refuses is noted in `errors`."""
    configure(level=logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="hq-rights-", dir=MEMORY) as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            clock = MovableClock(START)
            telegram.world.clock.move_to(START)
            path = Path(folder) / "hq.sqlite3"
            async with running(_settings(telegram.url, path), clock=clock, scheduled=False) as app:
                await app.db.run(_load)
                await app.lay_out()
                made = Stage(app, telegram, clock, path)
                with _listening(made.errors):
                    yield made
                made.tables.close()


def _settings(url: str, path: Path) -> Settings:
    always = {"work_from": "00:00", "work_to": "23:59", "workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    return Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "api_url": url},
            "storage": {"url": f"sqlite+aiosqlite:///{path}", "media_dir": path.parent / "media"},
            "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
            "links": {"read": False},
            "approvals": {**always, "country": ""},
        }
    )


@contextlib.contextmanager
def _listening(errors: list[DomainError]) -> Iterator[None]:
    """Note every refusal on its way into words; nothing of it is changed."""
    into_words: Any = vars(middleware)["explain"]

    def noting(error: DomainError, *rest: Any) -> str:
        errors.append(error)
        said: str = into_words(error, *rest)
        return said

    vars(middleware)["explain"] = noting
    try:
        yield
    finally:
        vars(middleware)["explain"] = into_words
