"""The pacer on a moved clock: order, rates, pauses. No test here waits for anything."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
import uvloop
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import DeleteMessage, EditMessageText, GetFile, SendMediaGroup, SendMessage, TelegramMethod
from aiogram.types import InputMediaPhoto

from bench.moved import run_moved
from bot import pace
from bot.pace import NotAllowed, PacedRequests, Pacer, sending_as
from domain.notices import Priority

GROUP = -100500
Sent = list[tuple[float, Any]]


def now() -> float:
    return asyncio.get_running_loop().time()


async def send(pacer: Pacer, sent: Sent, chat: int, what: Any = None, priority: int = Priority.BULK) -> None:
    with sending_as(priority, 60, None):
        await pacer.turn(chat)
    sent.append((now(), chat if what is None else what))


def moved(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    run_moved(story)


def test_the_overall_rate_is_kept_and_nothing_is_gathered_while_nobody_sends() -> None:
    async def story() -> None:
        pacer, sent = Pacer(25, 1, 18), Sent()
        await asyncio.gather(*(send(pacer, sent, chat) for chat in range(1, 101)))
        assert sent[-1][0] == pytest.approx(99 / 25)
        await asyncio.sleep(1000)
        again, began = Sent(), now()
        await asyncio.gather(*(send(pacer, again, chat) for chat in range(1, 51)))
        assert again[-1][0] - began == pytest.approx(49 / 25)

    moved(story)


def test_on_the_loop_that_people_run_everybody_has_their_turn_at_any_rate() -> None:
    """uvloop counts in whole milliseconds: what is due in less has no moment of its own there."""
    served = Sent()

    async def story() -> None:
        pacer = Pacer(20_000, 20_000, 20_000)
        await asyncio.gather(*(send(pacer, served, chat) for chat in range(1, 301)))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(story())

    assert len(served) == 300


def test_one_chat_gets_one_a_second_in_order_and_others_are_not_kept_waiting() -> None:
    async def story() -> None:
        pacer, sent = Pacer(25, 1, 18), Sent()
        await asyncio.gather(
            *(send(pacer, sent, 7, f"seven {number}") for number in range(3)), *(send(pacer, sent, 8) for _ in range(1))
        )
        assert [what for _, what in sent] == ["seven 0", 8, "seven 1", "seven 2"]
        assert [round(at, 2) for at, _ in sent] == [0.0, 0.04, 1.0, 2.0]

    moved(story)


def test_the_urgent_overtakes_and_a_refused_one_goes_before_all_that_came_later() -> None:
    async def story() -> None:
        pacer, sent = Pacer(10, 1, 18), Sent()
        first = await pacer.turn(1)  # it will be refused
        crowd = [asyncio.ensure_future(send(pacer, sent, chat)) for chat in range(100, 130)]
        await asyncio.sleep(0)
        pacer.refuse(1, 1.0)
        again = asyncio.ensure_future(pacer.turn(1, again=first))
        await asyncio.sleep(0.5)
        reply = asyncio.ensure_future(send(pacer, sent, 5, "reply", Priority.REPLY))
        await reply
        assert sent[-1][1] == "reply"
        assert now() < 0.7
        await again
        assert 1.0 <= now() < 1.2
        await asyncio.gather(*crowd)

    moved(story)


def test_a_group_gets_eighteen_a_minute_counting_each_item_of_an_album() -> None:
    async def story() -> None:
        pacer, sent = Pacer(25, 1, 18), Sent()
        await pacer.turn(GROUP, cost_of(10))
        await asyncio.gather(*(send(pacer, sent, GROUP) for _ in range(10)))
        assert [round(at) for at, _ in sent] == [1, 2, 3, 4, 5, 6, 7, 8, 60, 61]

    def cost_of(photos: int) -> int:
        media: list[Any] = [InputMediaPhoto(media="file") for _ in range(photos)]
        return pace.cost_of(SendMediaGroup(chat_id=GROUP, media=media))

    moved(story)


def test_two_chats_refused_at_once_pause_everything_and_the_rate_goes_down_and_slowly_up() -> None:
    async def story() -> None:
        pacer, sent = Pacer(20, 1, 18), Sent()
        for chat in (1, 2):
            await pacer.turn(chat)
            pacer.refuse(chat, 3)
        assert pacer.rate == pytest.approx(20 * 0.9 * 0.9)
        began = now()
        await send(pacer, sent, 3)
        assert sent[0][0] - began == pytest.approx(3)
        for _ in range(20):
            await asyncio.sleep(31)
            await send(pacer, sent, 4)
        assert pacer.rate == 20

    moved(story)


def test_a_chat_that_is_refused_again_and_again_lowers_the_rate_of_all_by_a_tenth_only() -> None:
    async def story() -> None:
        pacer = Pacer(20, 1, 18)
        turn = None
        for _ in range(5):
            turn = await pacer.turn(1, again=turn)
            pacer.refuse(1, 3)
        assert pacer.rate == pytest.approx(18)
        assert pacer.refused == 5

    moved(story)


def test_one_refused_chat_is_held_to_the_second_and_the_others_go_on() -> None:
    async def story() -> None:
        pacer, sent = Pacer(25, 1, 18), Sent()
        await pacer.turn(1)
        pacer.refuse(1, 7)
        await asyncio.gather(send(pacer, sent, 1), send(pacer, sent, 2))
        assert [(chat, round(at, 2)) for at, chat in sent] == [(2, 0.04), (1, 7.0)]

    moved(story)


def test_a_chat_for_which_nothing_waits_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        loop, woken = asyncio.get_running_loop(), list[float]()
        call_at = loop.call_at

        def counted(when: float, *rest: Any) -> asyncio.TimerHandle:
            woken.append(when)
            return call_at(when, *rest)

        monkeypatch.setattr(loop, "call_at", counted)
        pacer, sent = Pacer(25, 1, 18), Sent()
        await send(pacer, sent, 1)
        assert not woken
        await send(pacer, sent, 1)
        assert woken == [pytest.approx(1.0)]

    moved(story)


def test_who_gave_up_waiting_takes_nobody_s_turn() -> None:
    async def story() -> None:
        pacer, sent = Pacer(1, 1, 18), Sent()
        await pacer.turn(1)
        given_up = [asyncio.ensure_future(pacer.turn(chat)) for chat in range(2, 50)]
        last = asyncio.ensure_future(send(pacer, sent, 99))
        await asyncio.sleep(0)
        for task in given_up:
            task.cancel()
        await last
        assert now() == pytest.approx(1)

    moved(story)


def test_a_grant_costs_a_logarithm_of_those_who_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    plain = pace.Waiting.__lt__

    def counted(one: pace.Waiting, other: pace.Waiting) -> bool:
        nonlocal compared
        compared += 1
        return plain(one, other)

    monkeypatch.setattr(pace.Waiting, "__lt__", counted)

    async def story() -> None:
        pacer, sent = Pacer(25, 1, 18), Sent()
        await asyncio.gather(*(send(pacer, sent, chat % 2000 + 1) for chat in range(4000)))
        assert len(sent) == 4000

    moved(story)
    assert compared < 4000 * 60  # a scan of all that wait would be eight million


# --- the middleware ---------------------------------------------------------------------------------------------------


class Telegram:
    """Answers requests as told; the newest answer is repeated."""

    def __init__(self, *answers: Exception | str) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[float, str]] = []

    async def __call__(self, _: Bot, method: TelegramMethod[Any]) -> Any:
        self.requests.append((round(now(), 3), type(method).__name__))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


MESSAGE = SendMessage(chat_id=1, text="x")
BOT = Bot("42:TEST")


def too_many(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(MESSAGE, f"retry after {seconds}", seconds)


def through(telegram: Telegram, pacer: Pacer | None = None) -> Callable[[TelegramMethod[Any]], Awaitable[Any]]:
    requests = PacedRequests(pacer or Pacer(25, 1, 18))
    return lambda method: requests(telegram, BOT, method)


def test_retry_after_is_honoured_to_the_second_also_by_what_is_free() -> None:
    async def story() -> None:
        telegram = Telegram(too_many(5), "ok")
        call = through(telegram)
        first = asyncio.ensure_future(call(MESSAGE))
        await asyncio.sleep(1)
        await asyncio.gather(first, call(DeleteMessage(chat_id=1, message_id=1)))
        assert sorted(telegram.requests) == [(0.0, "SendMessage"), (5.0, "DeleteMessage"), (5.0, "SendMessage")]

    moved(story)


def test_a_429_without_parameters_is_waited_out_longer_each_time() -> None:
    async def story() -> None:
        bare = TelegramAPIError(MESSAGE, "Too Many Requests")
        telegram = Telegram(bare, bare, "ok")
        assert await through(telegram)(MESSAGE) == "ok"
        assert [at for at, _ in telegram.requests] == [0.0, 1.0, 3.0]

    moved(story)


def test_a_chat_held_for_longer_than_the_sender_s_patience_is_not_waited_for() -> None:
    async def story() -> None:
        telegram = Telegram(too_many(300))
        call = through(telegram)
        for _ in range(2):
            with sending_as(Priority.BULK, 5, None), pytest.raises(TelegramRetryAfter) as refused:
                await call(MESSAGE)
            assert refused.value.retry_after == 300
        assert len(telegram.requests) == 1

    moved(story)


def test_edits_count_and_presses_files_and_deletions_do_not() -> None:
    async def story() -> None:
        telegram = Telegram("ok")
        call = through(telegram, Pacer(1, 1, 18))
        await call(EditMessageText(chat_id=1, message_id=1, text="x"))
        await call(GetFile(file_id="f"))
        await call(DeleteMessage(chat_id=2, message_id=1))
        await call(SendMessage(chat_id=2, text="x"))
        assert [at for at, _ in telegram.requests] == [0.0, 0.0, 0.0, 1.0]

    moved(story)


def test_nothing_leaves_once_the_right_to_send_is_lost() -> None:
    async def story() -> None:
        telegram = Telegram("ok")
        call = through(telegram, Pacer(1, 1, 18))
        await call(MESSAGE)
        with sending_as(Priority.BULK, 5, lambda: now() < 0.5), pytest.raises(NotAllowed):
            await call(SendMessage(chat_id=2, text="x"))  # its turn comes at the first second
        assert len(telegram.requests) == 1

    moved(story)
