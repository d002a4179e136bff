"""A campaign in small, from an invite to a page's figure: each act is something a person does, or a moment that comes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError

from bench.failing import Failing
from bot.app import App
from bot.clock import MovableClock
from bot.delivery import MarksOwed
from domain.pages import page_key
from domain.ports import UnitOfWork
from playground import LocalTelegram, User

TEXT = "The yard in Mira street opens on Saturday at ten, bring your neighbours."
LINK = "https://vk.com/wall-900203_77"
PAGE = "vk-kazan"
ANSWERS = ("send", "edit", "answerCallbackQuery")
PAUSE = timedelta(seconds=20)
"""Longer than any pause before the next try of an update; due tasks are tried again after a minute."""
TRIES = 8
SLOT_WITHIN, EVENING = timedelta(hours=6), timedelta(hours=13, minutes=30)


class Stuck(AssertionError):
    """The story does not go on: what somebody needs to press has not come."""


@dataclass
class Story:
    """Everybody in it. `unanswered`: acts after which nobody heard anything; `asked_again`: where somebody had to look for the button."""

    app: App
    clock: MovableClock
    telegram: LocalTelegram
    failing: Failing
    code: str
    anna: User
    vera: User
    start: datetime
    nth: int = 0
    answer_lost: bool = False
    hits: list[str] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    asked_again: int = 0

    async def play(self) -> None:
        """From the first page to the last, whatever fails."""
        await self.act("opens the invite", lambda: self.anna.start(self.code))
        await self.press(self.anna, "j:agree", again="")
        for question in ("j:lang:en", "j:done"):
            if not self._is_home(self.anna):
                await self.press(self.anna, question, again="")
        await self.app.db.run(self._keeps_the_page)
        await self.act("sends a text", lambda: self.anna.send(TEXT))
        await self.press(self.anna, "d:page:", page_key(PAGE), again="/drafts")
        await self.press(self.anna, "d:submit:", again="/drafts")
        await self.press(self.vera, "a:open", again="/queue")
        await self.press(self.vera, "a:ok:", again="/queue")
        await self.until(lambda: any(True for _ in self._buttons(self.anna, "p:posted:")), SLOT_WITHIN)
        await self.press(self.anna, "p:posted:", again="/today")
        if any(":sure" in data for data in self._buttons(self.anna, "p:posted:")):
            await self.press(self.anna, "p:posted:", ":sure", again="/today")
        await self.act("sends the link", lambda: self.anna.send(LINK))
        await self.until(lambda: any(True for _ in self._buttons(self.anna, "f:page:")), EVENING)
        await self.press(self.anna, "f:page:", again="/report")
        await self.act("types the figure", lambda: self.anna.send("12400"))
        await self.press(self.anna, "f:right", again="/report")

    async def act(self, name: str, do: Callable[[], Any]) -> None:
        """Do it while the n-th call of the database that follows fails; then what is tried again is tried."""
        heard = self._heard()
        self.failing.set(self.nth, answer_lost=self.answer_lost)
        do()
        await self._settle()
        if self.failing.hit:
            self.hits.append(f"{name}: {self.failing.hit}")
        self.calls.append(self.failing.calls)
        self.failing.set(0, answer_lost=False)
        await self._move(self.clock.now() + PAUSE)
        await self._move(self.clock.now() + timedelta(minutes=2))
        if self._heard() == heard:
            self.unanswered.append(name)

    async def press(self, user: User, prefix: str, suffix: str = "", *, again: str) -> None:
        """Press the newest such button; somebody who sees none asks for it with a command, as people do."""
        found = next((data for data in self._buttons(user, prefix) if data.endswith(suffix)), None)
        if found is None and again:
            self.asked_again += 1
            await self._look(user, again)
            found = next((data for data in self._buttons(user, prefix) if data.endswith(suffix)), None)
        if found is None:
            raise Stuck(f"{user.first_name} sees no {prefix!r}:\n{user.transcript()[-2000:]}")
        data = found
        await self.act(f"presses {prefix}", lambda: user.press(data=data))

    async def until(self, condition: Callable[[], bool], within: timedelta) -> None:
        """Time goes on; each due moment has its failure."""
        end = self.clock.now() + within
        while not condition():
            due = await self.app.next_due()
            if due is None or due > end:
                raise Stuck(f"nothing came within {within}: {self.anna.transcript()[-2000:]}")
            moment = max(due, self.clock.now() + timedelta(minutes=1))
            self.failing.set(self.nth, answer_lost=self.answer_lost)
            await self._move(moment)
            if self.failing.hit:
                self.hits.append(f"time passes: {self.failing.hit}")
            self.calls.append(self.failing.calls)
            self.failing.set(0, answer_lost=False)
            await self._move(self.clock.now() + timedelta(minutes=2))

    async def _keeps_the_page(self, uow: UnitOfWork) -> None:
        anna = await uow.people.find_actor(self.anna.user_id)
        if anna is None:
            raise Stuck("Anna has not joined")
        await uow.campaign.set_keeper(PAGE, anna.id)

    async def _look(self, user: User, command: str) -> None:
        user.send(command)
        await self._settle()
        if command == "/drafts":
            user.press(data=next(self._buttons(user, "d:open:")))
            await self._settle()

    def _buttons(self, user: User, prefix: str) -> Any:
        for message in reversed([m for m in user.chat.messages if m.from_bot]):
            for button in message.all_buttons():
                if button.data and button.data.startswith(prefix):
                    yield button.data

    @staticmethod
    def _is_home(user: User) -> bool:
        """Whether home came in the place of a screen that was owed: what else was to be asked is in the settings."""
        newest = next((m for m in reversed(user.chat.messages) if m.from_bot), None)
        return newest is not None and any((button.data or "").startswith("n:") for button in newest.all_buttons())

    def _heard(self) -> int:
        return sum(entry.ok and entry.method.startswith(ANSWERS) for entry in self.telegram.world.wire)

    async def _move(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.telegram.world.clock.move_to(self.clock.now())
        self.app.wake()
        await self._settle()

    async def _settle(self) -> None:
        """The program's own children work too; what fails in this task is tried again as theirs would be."""
        await settled(lambda: self.app.settle(self.telegram.world.last_update_id))


async def settled(settle: Callable[[], Awaitable[None]]) -> None:
    """Until it goes through."""
    for left in reversed(range(TRIES)):
        try:
            await settle()
        except (DBAPIError, MarksOwed):
            if not left:
                raise
        else:
            return
