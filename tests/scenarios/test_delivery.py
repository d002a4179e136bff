"""Messages out on bad days: refusals, broken lines, people who are away, groups that move, a stop in the middle."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from markupsafe import Markup

from bench.fanout import LoopClock, Watched, fanout
from bench.moved import MovedLoop, run_moved
from bench.stand_in import StandIn
from bot.delivery import Delivery
from bot.outgoing import RENDERERS, Outgoing, Reader
from bot.pace import PacedRequests, Pacer
from bot.post import Post
from domain.notices import Guarantee, Notice, NoticeStatus, Priority, QueuedNotice
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from handlers.screens.base import Content, Screen
from playground.pace import Rates
from storage.database import open_database
from storage.tables import outbox
from tests.harness import Headquarters, Phone
from tests.joining import joined

KIND = "test.note"
A, B = Guarantee.A, Guarantee.B


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices of the kind `test.note` show their `text`, with `content` above it."""

    async def render(_: UnitOfWork, notice: QueuedNotice, __: Reader, ___: datetime) -> Outgoing:
        content = tuple(Content(text) for text in notice.params.get("content", ()))
        return Outgoing(Screen(Markup("{}").format(notice.params["text"])), content=content)

    monkeypatch.setitem(RENDERERS, KIND, render)


def note(person: int | None, text: str, now: datetime, guarantee: Guarantee = A, **more: Any) -> Notice:
    params = {"text": text, "content": more.pop("content", ())}
    return Notice(
        KIND, f"note:{text}", now, f"{KIND}:{text}", person_id=person, guarantee=guarantee, params=params, **more
    )


async def tell(hq: Headquarters, *notices: Notice) -> None:
    await hq.run(lambda uow: uow.outbox.add(*notices))


async def stored(uow: Any, column: str = "status") -> list[Any]:
    rows = await uow.session.execute(outbox.select().where(outbox.c.kind == KIND).order_by(outbox.c.id))
    return [getattr(row, column) for row in rows]


def count(phone: Phone, text: str) -> int:
    return sum(text in message.body for message in phone.messages)


# --- the line breaks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["502-html", "502", "500", "disconnect"])
async def test_what_must_arrive_is_tried_again_and_arrives_once(hq: Headquarters, fault: str) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    hq.telegram.world.faults.add(fault, method="sendMessage", times=3)
    await tell(hq, note(anna.id, "решение", hq.now))
    assert count(anna, "решение") == 0
    await hq.advance(minutes=1)
    assert count(anna, "решение") == 1


async def test_a_nudge_whose_answer_was_lost_is_listed_and_never_repeated(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    hq.telegram.world.faults.add("reply-lost", method="sendMessage")
    await tell(hq, note(anna.id, "напоминание", hq.now, B))
    await hq.advance(minutes=30)
    assert count(anna, "напоминание") == 1
    assert await hq.read(stored) == [NoticeStatus.UNCERTAIN]


async def test_a_second_try_goes_on_where_the_first_one_broke_off(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    hq.telegram.world.faults.add("502-html", method="sendMessage", text="вторая")
    await tell(hq, note(anna.id, "кнопки", hq.now, content=("первая", "вторая")))
    await hq.advance(minutes=1)
    assert [message.body for message in anna.messages] == ["первая", "вторая", "кнопки"]


async def test_a_long_text_is_cut_at_the_end_of_a_paragraph(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    paragraphs = [f"{number} " + "слово " * 250 for number in range(6)]
    text = "\n\n".join(paragraphs)
    await tell(hq, note(anna.id, "кнопки", hq.now, content=(text,)))
    pieces = [message.body for message in anna.messages[:-1]]
    assert len(pieces) == 3
    assert [piece[0] for piece in pieces] == ["0", "2", "4"]
    assert "".join("".join(pieces).split()) == "".join(text.split())


# --- people who are away ----------------------------------------------------------------------------------------------


async def test_a_blocked_person_s_coordinator_is_told_once_and_what_matters_waits_for_the_return(
    hq: Headquarters,
) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    anna.user.deactivate()
    await tell(hq, note(anna.id, "решение", hq.now), note(anna.id, "напоминание", hq.now, B))
    await tell(hq, note(anna.id, "второе решение", hq.now))
    await hq.advance(hours=20)
    assert count(irina, "Сообщения больше не доходят: Анна") == 1
    asked = [entry for entry in hq.telegram.world.wire if entry.chat_id == anna.user.user_id]
    assert len(asked) == 1
    anna.user.deactivated = False
    await anna.send("/today")
    assert count(anna, "второе решение") == 1
    assert count(anna, "решение") == 2
    assert count(anna, "напоминание") == 0
    assert count(irina, "Сообщения снова доходят: Анна") == 1


async def test_unblocking_brings_what_was_kept_but_not_after_a_week(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.act(lambda user: user.block())
    await tell(hq, note(anna.id, "прошлая неделя", hq.now))
    await hq.advance(days=6)
    await tell(hq, note(anna.id, "вчера", hq.now))
    await hq.advance(days=1.5)
    await anna.act(lambda user: user.unblock())
    assert [count(anna, "прошлая неделя"), count(anna, "вчера")] == [0, 1]
    assert await hq.read(stored) == [NoticeStatus.FAILED, NoticeStatus.SENT]


# --- groups -----------------------------------------------------------------------------------------------------------


async def test_a_group_that_became_a_supergroup_is_followed(hq: Headquarters) -> None:
    world = hq.telegram.world
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    group = world.add_group(-500, "Штаб", members=[anna.user], supergroup=False)
    world.migrate(group, -1000500)
    first, second = (
        note(None, text, hq.now, chat_id=-500, priority=Priority.DECISION) for text in ("первое", "второе")
    )
    await tell(hq, first, second)
    there = [message.body for message in world.chats[-1000500].messages if message.from_bot and message.body]
    assert there == ["первое", "второе"]
    assert await hq.read(stored, "chat_id") == [-1000500, -1000500]


# --- the stream, on a moved clock -------------------------------------------------------------------------------------


class Desk:
    """Delivery, pacer and a database with a few people, and a stand-in for Telegram that answers when it is told to."""

    def __init__(self, db: Any, delay: float, **more: Any) -> None:
        self.db = Watched(db)
        self.telegram = StandIn(delay, Rates(overall_per_second=1000, chat_per_second=1000))
        self.telegram.middleware(PacedRequests(Pacer(more.pop("rate", 25), 10, 600)))
        bot = Bot("42:TEST", session=self.telegram, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
        post = Post(bot, Path())
        self.clock = LoopClock()
        self.delivery = Delivery(db=self.db, post=post, clock=self.clock, in_flight=more.pop("in_flight", 4), **more)
        self.commits = 0
        db.on_commit.append(self._committed)

    def _committed(self) -> None:
        """As in the program, every commit wakes the delivery; one that wakes itself for ever must not hang the test."""
        self.commits += 1
        assert self.commits < 1000
        self.delivery.wake()

    async def people(self, number: int) -> list[int]:
        async def enter(uow: UnitOfWork) -> list[int]:
            now = self.clock.now()
            return [
                (await joined(uow, f"p{n}", Role.VOLUNTEER, EVERYWHERE, now=now, telegram_id=1000 + n)).id
                for n in range(number)
            ]

        return await self.db.run(enter)

    async def tell(self, *notices: Notice) -> None:
        await self.db.run(lambda uow: uow.outbox.add(*notices))

    @property
    def texts(self) -> list[str]:
        return [arrived.text for arrived in self.telegram.arrived]


Story = Callable[[Any], Coroutine[Any, Any, None]]


def moved(url: str, story: Story) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, MovedLoop)
        loop.busy += 1
        db = await open_database(url, migrate=False)
        loop.busy -= 1
        try:
            await story(db)
        finally:
            loop.busy += 1
            await db.close()

    run_moved(main)


def test_each_reader_gets_theirs_in_order_and_the_urgent_go_first(sqlite_url: str) -> None:
    async def story(db: Any) -> None:
        desk = Desk(db, 0.2)
        one, two = await desk.people(2)
        now = desk.clock.now()
        await desk.tell(*(note(one, f"one {n}", now + timedelta(microseconds=n)) for n in range(5)))
        await desk.tell(note(two, "urgent", now + timedelta(microseconds=9), priority=Priority.DECISION))
        await asyncio.sleep(1)
        await desk.delivery.flush()
        assert desk.texts == ["urgent", *(f"one {n}" for n in range(5))]
        assert desk.commits < 20  # what waits for a busy reader costs no write

    moved(sqlite_url, story)


def test_one_slow_answer_does_not_keep_the_others_waiting(sqlite_url: str) -> None:
    async def story(db: Any) -> None:
        desk = Desk(db, 0.01, in_flight=2, rate=1000)
        slow, *others = await desk.people(9)
        travel = desk.telegram._travel

        async def travel_slowly() -> None:
            await asyncio.sleep(30 if not desk.telegram.arrived else 0)
            await travel()

        desk.telegram._travel = travel_slowly  # type: ignore[method-assign]
        now = desk.clock.now()
        await desk.tell(note(slow, "slow", now, priority=Priority.DECISION))
        await desk.tell(*(note(person, f"note {person}", now) for person in others))
        await desk.delivery.flush()
        at = {arrived.text: arrived.at for arrived in desk.telegram.arrived}
        assert max(at.values()) < 65  # thirty seconds each way for the first two, not for all nine

    moved(sqlite_url, story)


def test_a_stop_in_the_middle_loses_nothing_and_sends_nothing_twice(sqlite_url: str) -> None:
    async def story(db: Any) -> None:
        desk = Desk(db, 0.5, rate=1)
        people = await desk.people(8)
        now = desk.clock.now()
        await desk.tell(*(note(person, f"note {person}", now, B if n % 2 else A) for n, person in enumerate(people)))
        sending = asyncio.ensure_future(desk.delivery.flush())
        await asyncio.sleep(2.1)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        left = await desk.db.read(stored)
        assert NoticeStatus.SENDING not in left
        assert NoticeStatus.UNCERTAIN not in left
        await desk.delivery.recover()
        await desk.delivery.flush()
        assert sorted(desk.texts) == sorted(f"note {person}" for person in people)
        assert set(await desk.db.read(stored)) == {NoticeStatus.SENT}

    moved(sqlite_url, story)


def test_who_may_not_send_any_more_sends_nothing_and_gives_back_what_it_took(sqlite_url: str) -> None:
    async def story(db: Any) -> None:
        ends = asyncio.get_running_loop().time() + 1.5
        desk = Desk(db, 0.01, rate=1, may_send=lambda: asyncio.get_running_loop().time() < ends)
        people = await desk.people(6)
        await desk.tell(*(note(person, f"note {person}", desk.clock.now()) for person in people))
        await desk.delivery.flush()
        assert len(desk.texts) == 2
        assert all(arrived.at < ends for arrived in desk.telegram.arrived)
        found = await desk.db.read(stored)
        assert found.count(NoticeStatus.SENT) == 2
        assert found.count(NoticeStatus.WAITING) == 4

    moved(sqlite_url, story)


def test_a_fresh_urgent_notice_overtakes_a_queue_that_is_on_its_way(sqlite_url: str) -> None:
    async def story(db: Any) -> None:
        desk = Desk(db, 0.2, in_flight=16)
        people = await desk.people(120)
        now = desk.clock.now()
        await desk.tell(*(note(p, f"bulk {p}", now, priority=Priority.BULK) for p in people[:-1]))
        sending = asyncio.ensure_future(desk.delivery.flush())
        await asyncio.sleep(2)
        await desk.tell(note(people[-1], "urgent", now, priority=Priority.DECISION))
        desk.delivery.wake()
        told = asyncio.get_running_loop().time()
        await sending
        at = {arrived.text: arrived.at for arrived in desk.telegram.arrived}
        assert at["urgent"] - told < 0.5
        assert len(desk.texts) == len(set(desk.texts)) == 120

    moved(sqlite_url, story)


# --- to many ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [pytest.param(0.005, marks=pytest.mark.slow), 0.2])
def test_a_message_to_many_keeps_the_rate_and_breaks_no_limit(delay: float) -> None:
    figures = run_moved(lambda: fanout(160, delay, interruptions=2))
    assert figures["rate_kept"] >= 0.98
    assert (figures["violations"], figures["lost"], figures["twice"]) == (0, 0, 0)
    assert figures["overtake_s"] <= 3


def test_a_limit_that_is_lower_than_told_costs_few_refusals_and_nothing_else() -> None:
    figures = run_moved(lambda: fanout(160, 0.2, server_rate=20, interruptions=1))
    assert 0 < figures["refusals"] <= 10
    assert (figures["lost"], figures["twice"]) == (0, 0)
