"""The cast: characters with habits. Each looks at their own phone and does what a person in their place would do."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.director import Director
from bot.demo.phones import Phone
from bot.demo.texts import Texts
from domain.pages import Page, page_key
from domain.people import EVERYWHERE, Role
from domain.platforms import Platform
from domain.ports import Database
from domain.readings import as_published
from playground import Message


@dataclass(frozen=True)
class Part:
    """Who somebody is. `habits` names what they do by themselves; hours are on their own clock."""

    telegram_id: int
    name: str
    role: Role
    region: str
    zone: str
    language: str
    keeps: tuple[str, ...] = ()
    writes_for: tuple[tuple[str, ...], ...] = ()
    """One text a day for each group of page titles."""


ANNA, BORIS, VERA, GLEB, DARYA, EGOR = 1001, 1002, 1004, 1005, 1006, 1007

CAST = (
    Part(GLEB, "Глеб", Role.MANAGER, EVERYWHERE, "Europe/Moscow", "ru"),
    Part(VERA, "Вера", Role.PRESS_SECRETARY, EVERYWHERE, "Europe/Moscow", "ru"),
    Part(
        ANNA,
        "Анна",
        Role.VOLUNTEER,
        "kazan",
        "Europe/Moscow",
        "ru",
        keeps=("vk-kazan", "ok-kazan"),
        writes_for=(("vk-kazan", "ok-kazan"),),
    ),
    Part(BORIS, "Boris", Role.VOLUNTEER, "kazan", "Europe/Moscow", "en", writes_for=(("vk-kazan", "ok-kazan"),)),
    Part(
        DARYA,
        "Дарья",
        Role.VOLUNTEER,
        "primorye",
        "Asia/Vladivostok",
        "ru",
        keeps=("vk-primorye", "ok-primorye"),
        writes_for=(("vk-primorye", "ok-primorye"), ("vk-primorye",)),
    ),
    Part(
        EGOR,
        "Егор",
        Role.VOLUNTEER,
        EVERYWHERE,
        "Europe/Moscow",
        "ru",
        keeps=("x-candidate", "vk-candidate", "ok-candidate"),
        writes_for=(("x-candidate", "vk-candidate", "ok-candidate"), ("x-candidate", "vk-candidate"), ("x-candidate",)),
    ),
)
"""Manager, press secretary, volunteer, substitute, one eight hours to the east, and one for the candidate's own pages."""

IN_ENGLISH = {VERA: "Vera", GLEB: "Gleb", ANNA: "Anna", EGOR: "Yegor"}
"""Who reads English when the demo is asked to speak it; Darya keeps her Russian, as Boris his English."""


def speaking(part: Part, language: str) -> Part:
    """The same person as the reader of that language meets them."""
    if language != "en" or part.telegram_id not in IN_ENGLISH:
        return part
    return replace(part, name=IN_ENGLISH[part.telegram_id], language="en")


WAKES, SLEEPS = time(8), time(22)


class Character:
    """A part on a phone. `look` is called after everything that happens."""

    def __init__(self, part: Part, phone: Phone, director: Director, db: Database, texts: Texts) -> None:
        self.part = part
        self.phone = phone
        self._director = director
        self._db = db
        self._texts = texts
        self._done: set[str] = set()
        self.forgets: Callable[[int], bool] = lambda _: False
        self.delays: Callable[[int], float] = lambda _: 4
        self.returns: Callable[[int], bool] = lambda _: False
        self.before_deciding: Callable[[int], object] | None = None
        self.wrong_link_first = False
        self._posts = 0

    def at(self, clock: time, *, day: int = 0) -> datetime:
        """`clock` on this person's wall, today or `day` days on."""
        zone = ZoneInfo(self.part.zone)
        local = self._director.stage.now.astimezone(zone).date() + timedelta(days=day)
        return datetime.combine(local, clock, zone)

    def _soon(self, what: Callable[[], object], minutes: float) -> None:
        """In some minutes, but nobody acts in their sleep."""
        moment = (self._director.stage.now + timedelta(minutes=minutes)).astimezone(ZoneInfo(self.part.zone))
        if not WAKES <= moment.time() < SLEEPS:
            day = moment.date() + timedelta(days=1 if moment.time() >= SLEEPS else 0)
            moment = datetime.combine(day, WAKES, moment.tzinfo) + timedelta(minutes=minutes)
        self._director.intend(moment, what)  # type: ignore[arg-type]  # every habit is a coroutine function

    def _new(self, key: str) -> bool:
        if key in self._done:
            return False
        self._done.add(key)
        return True

    # -- looking at the phone -------------------------------------------------------------------------------------------

    def look(self) -> None:
        for message in self.phone.news():
            for button in (b for row in message.buttons for b in row if b.data):
                self._notice(message, button.data or "")

    def _notice(self, message: Message, data: str) -> None:
        verb = data.split(":")
        match verb[:2]:
            case ["p", "posted"] if self._new(f"post:{verb[2]}"):
                self._director.intend(self._director.stage.now, lambda: self._plan_to_post(int(verb[2])))
            case ["o", "yes"] if self._new(f"offer:{verb[2]}:{verb[3]}"):
                self._soon(lambda: self._step_in(message, data), 3)
            case ["a", "open"] if self._new(f"queue:{message.message_id}:{message.body}"):
                self._soon(self.work_queue, 10)
            case ["d", "fix"] if self._new(f"fix:{data}"):
                self._soon(lambda: self._fix(message, data), 10)
            case ["f", "page"] if self._new(f"figures:{verb[2]}:{verb[3]}"):
                self._soon(lambda: self._report_page(verb[2], verb[3]), 6)
            case ["f", "post"] if self._new(f"figures:{verb[2]}"):
                self._soon(lambda: self._report_post(data), 8)

    # -- habits ----------------------------------------------------------------------------------------------------------

    async def join(self, code: str) -> None:
        """The invite link, consent, language, zone."""
        await self.phone.start(code)
        await self.phone.tap(r"^j:agree")
        await self.phone.tap(rf"^j:lang:{self.part.language}")
        await self.phone.tap(r"^j:done")

    async def write(self, text: str, pages: Iterable[str]) -> int:
        """Send a text, choose its pages by their codes, submit; returns the draft's number."""
        await self.phone.send(text)
        for code in pages:
            await self._choose(rf"^d:page:\d+:\d+:{page_key(code)}$", r"^d:pages:")
        where = await self.phone.tap(r"^d:submit:")
        found = re.search(r"d:[a-z]+:(\d+)", " ".join(b.data or "" for row in where.buttons for b in row))
        assert found is not None, where.body  # noqa: S101 - a script must not go on after a missing button
        return int(found.group(1))

    async def write_daily(self) -> None:
        """The day's texts, and the intention to do the same tomorrow."""
        for group in self.part.writes_for:
            await self.write(self._texts.next(), group)
        self._director.intend(self.at(time(8, 30), day=1), self.write_daily)

    async def _choose(self, wanted: str, pager: str) -> None:
        """Tap a button of a list, turning its pages until it is there."""
        turned = 0
        while self.phone.find(wanted) is None:
            forward = [data for data in self.phone.datas(pager) if int(data.rpartition(":")[2]) > turned]
            if not forward:
                break  # the tap below says what there is instead
            turned = int(forward[-1].rpartition(":")[2])
            await self.phone.tap(re.escape(forward[-1]) + "$")
        await self.phone.tap(wanted)

    async def change_text(self, draft_id: int, text: str) -> None:
        """Change a text that waits for its decision already."""
        await self.phone.tap(rf"^d:text:{draft_id}:")
        await self.phone.send(text)

    async def work_queue(self) -> None:
        """Everything that waits, one card after the other."""
        await self.phone.send("/queue")
        for _ in range(200):
            found = self.phone.find(r"^a:ok:")
            if found is None:
                return
            where, button = found
            draft = int((button.data or "").split(":")[2])
            if self.before_deciding is not None:
                await self.before_deciding(draft)  # type: ignore[misc]  # a coroutine function when set
            if self.returns(draft) and self._new(f"returned:{draft}"):
                await self.phone.tap(rf"^a:ask:{draft}:\d+:return", where)
                await self.phone.tap(rf"^a:why:{draft}:\d+:return\.tone", where)
            else:
                await self.phone.tap(rf"^a:ok:{draft}:", where)
            if self.phone.find(rf"^a:ok:{draft}:", where) is None:  # decided, not "it has changed"
                await self.phone.tap(rf"^a:next:{draft}", where)

    async def look_in(self) -> None:
        """A second approver opens the queue by themselves, now and every three hours."""
        await self.work_queue()
        self._soon(self.look_in, 180)

    async def _plan_to_post(self, assignment_id: int) -> None:
        view = await self._db.read(lambda uow: uow.plan.view(assignment_id))
        self._posts += 1
        if self.forgets(self._posts):
            return
        self._director.intend(
            view.assignment.at + timedelta(minutes=self.delays(self._posts)),
            lambda: self._post(assignment_id, view.page),
        )

    async def _post(self, assignment_id: int, page: Page) -> None:
        """Publish by hand (that is outside), then prove it."""
        if self.phone.find(rf"^p:posted:{assignment_id}:") is None:
            return  # somebody else stepped in, or it was cancelled
        await self.phone.tap(rf"^p:posted:{assignment_id}:")
        if self.wrong_link_first:
            self.wrong_link_first = False
            await self.phone.send("https://vk.com/wall-1_1")
        await self.phone.send(self._texts.link(page))
        if self.phone.find(rf"^pf:later:{assignment_id}:", self.phone.messages[-1]) is not None:  # a strict page
            view = await self._db.read(lambda uow: uow.plan.view(assignment_id))
            await self.phone.send(as_published(view.text or "", page.imprint))

    async def _step_in(self, message: Message, data: str) -> None:
        if self.phone.find(re.escape(data), message) is not None:
            await self.phone.tap(re.escape(data), message)

    async def _fix(self, message: Message, data: str) -> None:
        await self.phone.tap(re.escape(data), message)
        await self.phone.send(self._texts.next())
        await self.phone.tap(r"^d:submit:")

    async def _report_page(self, key: str, day: str) -> None:
        """Tap the page, type its figure as people type; the bot goes on to the next page by itself."""
        found = self.phone.find(rf"^f:page:{key}:{day}")
        if found is None:
            return
        await self.phone.tap(rf"^f:page:{key}:{day}", found[0])
        for following in range(20):
            await self.phone.send(self._texts.members(f"{key}+{following}"))
            if self.phone.find(r"^f:yes:", self.phone.messages[-1]) is not None:
                await self.phone.tap(r"^f:yes:")
            if self.phone.find(r"^f:later", self.phone.messages[-1]) is None:
                return

    async def _report_post(self, data: str) -> None:
        if self.phone.find(re.escape(data)) is None:
            return
        await self.phone.tap(re.escape(data))
        for _ in range(20):  # the bot goes on to the next post by itself
            await self.phone.send(self._texts.post_figures(self.part.language))
            if self.phone.find(r"^f:yes:", self.phone.messages[-1]) is not None:
                await self.phone.tap(r"^f:yes:")
            if self.phone.find(r"^f:later", self.phone.messages[-1]) is None:
                return

    async def promise(self, what: str) -> None:
        """/commit in one line, for the whole headquarters, by the end of the week; two of three are kept."""
        due = self.at(time(18), day=5)
        await self.phone.send(f"/commit {what} до {due:%d.%m}")
        if self.phone.find(r"^cm:save") is None:
            await self.phone.tap(r"^cm:place")
            await self.phone.tap(r"^cm:for:.*\*")
        await self.phone.tap(r"^cm:save")
        if due.isocalendar().week % 3:
            self._director.intend(due, self._keep_promise)
        self._director.intend(self.at(time(10), day=7), lambda: self.promise(what))

    async def _keep_promise(self) -> None:
        """The oldest that is open."""
        await self.phone.send("/commit")
        if self.phone.find(r"^cm:see") is not None:
            await self.phone.tap(r"^cm:see")
            await self.phone.tap(r"^cm:done")

    async def set_keeper(self, code: str, keeper: str) -> None:
        """/pages → the page → Keeper → the person."""
        key = page_key(code)
        await self.phone.send("/pages")
        await self._choose(rf"^rw:card:{key}", r"^rw:list:")
        where = await self.phone.tap(rf"^g:keepers:{key}:")
        self.phone.user.press(keeper, message=where)
        await self.phone.stage.settle()


__all__ = ["CAST", "Character", "Part", "Platform"]
