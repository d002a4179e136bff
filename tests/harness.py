"""The real bot over real HTTP against the local Telegram, on a real database, with a clock that tests move."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.app import App, running
from bot.clock import MovableClock
from bot.config import Settings
from domain.norms import Norm, Window
from domain.pages import Page, PageKind, Region
from domain.people import EVERYWHERE, Actor, Role
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.targets import Campaign, Target
from domain.typed_figures import Metric
from playground import LocalTelegram, Message, User
from tests.joining import joined

T = TypeVar("T")

TOKEN = "42:TEST-TOKEN-THAT-NEVER-LEAVES-THIS-MACHINE"
START = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
"""Monday, 08:00 in Moscow."""

REGIONS = (
    Region("kazan", "Казань", "Europe/Moscow", ("Europe/Moscow",)),
    Region("omsk", "Омск", "Asia/Omsk", ("Asia/Omsk",)),
    Region("primorye", "Приморье", "Asia/Vladivostok", ("Asia/Vladivostok",)),
)


def a_page(code: str, platform: Platform, kind: PageKind, title: str, region: str, zone: str, *addresses: str) -> Page:
    return Page(code, platform, kind, title, region, zone, addresses, "Штаб кандидата", 1, None, active=True)


PAGES = (
    a_page(
        "vk-kazan",
        Platform.VK,
        PageKind.GROUP,
        "VK Казань",
        "kazan",
        "Europe/Moscow",
        "https://vk.com/kazan_hq",
        "https://vk.com/club123",
    ),
    a_page("ok-kazan", Platform.OK, PageKind.GROUP, "ОК Казань", "kazan", "Europe/Moscow", "https://ok.ru/group/5123"),
    a_page(
        "tg-kazan",
        Platform.TELEGRAM,
        PageKind.GROUP,
        "Телеграм Казань",
        "kazan",
        "Europe/Moscow",
        "https://t.me/kazan_hq",
    ),
    a_page(
        "vk-omsk",
        Platform.VK,
        PageKind.GROUP,
        "VK Омск",
        "omsk",
        "Asia/Omsk",
        "https://vk.com/omsk_hq",
        "https://vk.com/club456",
    ),
    a_page(
        "my-anna",
        Platform.VK,
        PageKind.PERSONAL,
        "Страница Анны",
        "kazan",
        "Europe/Moscow",
        "https://vk.com/anna_kazan",
    ),
    a_page(
        "x-main", Platform.X, PageKind.OFFICIAL, "Кандидат в X", EVERYWHERE, "Europe/Moscow", "https://x.com/candidate"
    ),
)
LONG_HOURS = {
    "work_from": "08:00",
    "work_to": "22:00",
    "workdays": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "country": "",
}
"""Approvers who work all their waking hours: stories that are not about working time need not think of it."""
WINDOWS = (Window(time(9), time(12)), Window(time(18), time(21)))


async def load_campaign(uow: UnitOfWork) -> None:
    """The small campaign of the tests."""
    campaign = uow.campaign
    await campaign.save_campaign(
        Campaign("Пробная кампания", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), "Europe/Moscow")
    )
    await campaign.save_regions(REGIONS)
    await campaign.save_pages(PAGES)
    await campaign.save_norms(Norm(page.code, (2,) * 7, WINDOWS, 120, 3) for page in PAGES)
    groups = (Platform.VK, Platform.OK)
    await campaign.save_targets(
        [
            Target(
                "members-1",
                "Members on VK + OK",
                "Участники ВК и ОК",
                Metric.MEMBERS,
                groups,
                ("group",),
                500_000,
                date(2026, 9, 30),
            ),
            Target(
                "x-1",
                "Followers on X",
                "Подписчики в X",
                Metric.FOLLOWERS,
                (Platform.X,),
                ("official",),
                20_000,
                date(2026, 9, 30),
            ),
        ]
    )


class Phone:
    """Somebody's phone: each act waits until the bot has done everything it causes."""

    def __init__(self, hq: "Headquarters", user: User, actor: Actor | None) -> None:
        self.hq = hq
        self.user = user
        self.actor = actor

    @property
    def id(self) -> int:
        """Their number in the database."""
        assert self.actor is not None
        return self.actor.id

    @property
    def messages(self) -> list[Message]:
        """What the bot has written and not deleted, oldest first."""
        return [message for message in self.user.chat.messages if message.from_bot and not message.deleted]

    @property
    def screen(self) -> str:
        return self.user.screen

    @property
    def said(self) -> str:
        """All of the bot's messages as one text."""
        return "\n———\n".join(message.body for message in self.messages)

    @property
    def toasts(self) -> list[str]:
        return [toast.text for toast in self.user.toasts]

    @property
    def labels(self) -> list[str]:
        return self.user.labels

    def find(self, text: str) -> Message:
        """The newest message of the bot that contains `text`."""
        found = [message for message in self.messages if text in message.body]
        assert found, f"nothing says {text!r}:\n{self.user.transcript()}"
        return found[-1]

    async def start(self, payload: str = "") -> None:
        self.user.start(payload)
        await self.hq.settle()

    async def send(self, text: str) -> None:
        self.user.send(text)
        await self.hq.settle()

    async def send_photo(self, data: bytes, caption: str = "") -> None:
        self.user.send_photo(data, caption)
        await self.hq.settle()

    async def act(self, do: Callable[[User], Any]) -> None:
        """Anything else: `await anna.act(lambda user: user.send_sticker())`."""
        do(self.user)
        await self.hq.settle()

    async def press(self, label: str, message: Message | None = None) -> None:
        """Press the newest button whose label contains `label`."""
        self.user.press(label, message=message)
        await self.hq.settle()


class Headquarters:
    """The running bot, its clock and its people."""

    def __init__(self, app: App, telegram: LocalTelegram, clock: MovableClock) -> None:
        self.app = app
        self.telegram = telegram
        self.clock = clock
        self._numbers = itertools.count(1001)
        self._quiet_up_to = telegram.world.last_update_id

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def settle(self) -> None:
        """Until the bot has nothing to do at this moment."""
        newest = self.telegram.world.last_update_id
        await self.app.settle(newest if newest > self._quiet_up_to else 0)

    async def move_to(self, moment: datetime) -> None:
        """Move the clock through every due moment up to `moment`, in order."""
        while (due := await self.app.next_due()) is not None and due <= moment:
            self._set_clock(due)
            await self.settle()
        self._set_clock(moment)
        await self.settle()

    async def advance(self, **delta: float) -> None:
        await self.move_to(self.now + timedelta(**delta))

    def _set_clock(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.telegram.world.clock.move_to(self.clock.now())

    async def read(self, query: Callable[..., Awaitable[T]], *args: Any) -> T:
        return await self.app.db.read(query, *args)

    async def run(self, usecase: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
        result = await self.app.db.run(usecase, *args, **kwargs)
        await self.settle()
        return result

    def stranger(self, name: str, language: str = "ru", telegram_id: int | None = None) -> Phone:
        """Somebody with a phone who has not joined."""
        user = self.telegram.world.add_user(telegram_id or next(self._numbers), name, language_code=language)
        return Phone(self, user, None)

    async def join(self, name: str, role: Role, region: str = EVERYWHERE, language: str = "ru") -> Phone:
        """Somebody who has joined and pressed Start long ago; their chat is empty."""
        phone = self.stranger(name, language)
        phone.user.started = True
        zone = next((r.zone for r in REGIONS if r.code == region), "Europe/Moscow")

        account = phone.user.user_id

        async def enter(uow: UnitOfWork) -> Actor:
            return await joined(
                uow, name, role, region, now=self.now, zone=zone, language=language, telegram_id=account
            )

        phone.actor = await self.app.db.run(enter)
        return phone

    def troubles(self) -> list[str]:
        """What must not happen: malformed requests, and failures of handlers, due tasks and deliveries."""
        malformed = [str(violation) for violation in self.telegram.world.violations]
        inside = (self.app.inbox, self.app.schedule, self.app.delivery, self.app.exporting)
        return malformed + [failure for part in inside for failure in part.failures]


def settings_for(url: str, telegram: LocalTelegram, folder: Path, **more: Any) -> Settings:
    """Settings for a bot against the local Telegram; the pace is lifted since sending is not what scenarios measure."""
    return Settings.model_validate(
        {
            "telegram": {
                "token": TOKEN,
                "api_url": telegram.url,
                "poll_timeout": 20,
                "webhook": more.pop("webhook", {}),
            },
            "storage": {"url": url, "media_dir": folder / "media"},
            "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
            "links": {"read": False},
            "backup": {"folder": folder / "backups"},
            "approvals": {**LONG_HOURS, **more.pop("approvals", {})},
            **more,
        }
    )


@contextlib.asynccontextmanager
async def headquarters(url: str, folder: Path, **more: Any) -> AsyncIterator[Headquarters]:
    """A headquarters with the small campaign, at Monday 08:00 in Moscow."""
    async with LocalTelegram(token=TOKEN) as telegram:
        clock = MovableClock(START)
        telegram.world.clock.move_to(START)
        async with running(settings_for(url, telegram, folder, **more), clock=clock, scheduled=False) as app:
            await app.db.run(load_campaign)
            await app.lay_out()
            hq = Headquarters(app, telegram, clock)
            await hq.settle()
            yield hq
