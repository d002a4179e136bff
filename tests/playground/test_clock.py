"""The world's clock: standing, flowing, hurrying."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from playground import Clock, LocalTelegram, User

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


class Seconds:
    """Real time as the test wants it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    """Real seconds that pass by hand."""
    seconds = Seconds()
    monkeypatch.setattr(time, "monotonic", seconds)
    return seconds


def test_a_hurrying_clock_lets_a_minute_pass_a_second(real: Seconds) -> None:
    """Each change of speed goes on from the present moment."""
    clock = Clock(START, running=False)
    real.now += 10
    assert (clock.now(), clock.speed, clock.running) == (START, 0, False)

    clock.run(60)
    real.now += 2
    assert clock.now() == START + timedelta(minutes=2)
    clock.run(600)
    real.now += 1
    assert clock.now() == START + timedelta(minutes=12)
    clock.run()
    real.now += 5
    assert clock.now() == START + timedelta(minutes=12, seconds=5)
    clock.freeze()
    real.now += 100
    assert (clock.now(), clock.speed) == (START + timedelta(minutes=12, seconds=5), 0)


def test_a_jump_keeps_the_speed(real: Seconds) -> None:
    """The clock goes on from there as fast as before."""
    clock = Clock(START)
    clock.run(60)
    clock.advance(timedelta(hours=1))
    real.now += 1

    assert (clock.now(), clock.speed) == (START + timedelta(hours=1, minutes=1), 60)


def test_listeners_hear_of_jumps_and_of_speeds() -> None:
    """A page shows both."""
    clock = Clock(START, running=False)
    heard: list[tuple[datetime, float]] = []
    clock.on_move(lambda now: heard.append((now, clock.speed)))
    clock.advance(timedelta(minutes=1))
    clock.run(60)

    assert heard == [(START + timedelta(minutes=1), 0), (START + timedelta(minutes=1), 60)]


@pytest.mark.parametrize("speed", [-1, float("inf"), float("nan")])
def test_time_does_not_run_backwards(speed: float) -> None:
    """Nor endlessly fast."""
    with pytest.raises(ValueError, match="speed"):
        Clock(START).run(speed)


async def test_a_press_does_not_die_of_the_hurry(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """At x600 150 seconds pass in a quarter of a real one: too short for any program."""
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Approve", callback_data="ok")]])
    await bot.send_message(1001, "Draft", reply_markup=markup)
    tg.world.clock.run(600)
    anna.press("Approve")
    tg.world.clock.freeze()
    tg.world.clock.advance(timedelta(hours=1))

    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert await bot.answer_callback_query(update.callback_query.id)


async def test_the_speed_over_the_control_api(tg: LocalTelegram) -> None:
    """The answer, the state and the feed tell now, running and speed."""
    async with aiohttp.ClientSession() as http, http.get(f"{tg.admin_url}/events") as feed:
        assert (await feed.content.readline()).startswith(b":")
        async with http.post(f"{tg.admin_url}/clock", json={"speed": 600}) as answer:
            told = await answer.json()
        line = b""
        while not line.startswith(b"data:"):
            line = await feed.content.readline()
        async with http.get(f"{tg.admin_url}/state") as answer:
            state = await answer.json()
        async with http.post(f"{tg.admin_url}/clock", json={"running": True}) as answer:
            assert (await answer.json())["speed"] == 600
        async with http.post(f"{tg.admin_url}/clock", json={"speed": 0}) as answer:
            stopped = await answer.json()
        async with http.post(f"{tg.admin_url}/clock", json={"speed": -5}) as answer:
            assert answer.status == 400

    event = json.loads(line.removeprefix(b"data:"))
    assert (told["speed"], told["running"]) == (600, True)
    assert (event["kind"], event["speed"], event["running"]) == ("clock", 600, True)
    assert (state["speed"], state["running"]) == (600, True)
    assert (stopped["speed"], stopped["running"]) == (0, False)


def test_a_fence_holds_the_flow_of_time_and_a_jump_goes_over_it(real: Seconds) -> None:
    """Whoever shares the clock does what is due at the fence, then moves it on; those who count by themselves are told."""
    clock = Clock(START)
    told: list[datetime] = []
    clock.on_move(told.append)
    clock.run(60)
    told.clear()
    fence = START + timedelta(minutes=5)
    clock.fence(fence)
    real.now += 4
    assert clock.now() == START + timedelta(minutes=4)
    real.now += 400
    assert clock.now() == fence
    clock.fence(fence + timedelta(minutes=2))
    assert told == [fence]
    real.now += 1
    assert clock.now() == fence + timedelta(minutes=1)
    clock.fence(None)
    assert told == [fence]
    real.now += 10
    assert clock.now() == fence + timedelta(minutes=11)
    clock.fence(clock.now())
    clock.advance(timedelta(hours=1))
    real.now += 10
    assert clock.now() == fence + timedelta(minutes=71)
