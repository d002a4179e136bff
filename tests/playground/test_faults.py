"""Trouble by chance, reproducible by its seed; updates that come late."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter

from playground import FaultKind, LocalTelegram, User, World


async def fates(bot: Bot, count: int) -> list[str]:
    """What becomes of so many messages: nothing, or the name of the exception."""
    result = []
    for number in range(count):
        try:
            await bot.send_message(1001, f"message {number}")
            result.append("")
        except AiogramError as problem:
            result.append(type(problem).__name__)
    return result


async def test_the_same_seed_brings_the_same_trouble(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """And another one another."""
    rounds = []
    for seed in (7, 7, 8):
        tg.world.faults.clear()
        rule = tg.world.faults.random(0.4, seed, method="sendMessage", retry_after=3)
        rounds.append(await fates(bot, 40))
        assert rule.hits == sum(map(bool, rounds[-1]))

    assert rounds[0] == rounds[1] != rounds[2]
    assert 5 < sum(map(bool, rounds[0])) < 35
    assert len(set(rounds[0])) > 3
    assert tg.world.violations == []


async def test_only_the_kinds_that_were_asked_for(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Always at rate 1, never at 0, and as often as allowed."""
    tg.world.faults.random(1.0, kinds=["429"], retry_after=9, times=2, chat_id=1001)
    tg.world.faults.random(0.0, kinds=["500"])

    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(1001, "x")
    assert refused.value.retry_after == 9
    assert await fates(bot, 3) == ["TelegramRetryAfter", "", ""]


async def test_a_lost_reply_by_chance_is_applied(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Whoever sees an error cannot tell."""
    tg.world.faults.random(0.5, 1, kinds=[FaultKind.REPLY_LOST, FaultKind.DISCONNECT], method="sendMessage")

    seen = await fates(bot, 30)

    kinds = [entry.fault for entry in tg.world.wire]
    assert seen.count("TelegramNetworkError") == len([kind for kind in kinds if kind])
    assert len(anna.chat.messages) == seen.count("") + kinds.count("reply-lost")
    assert {"reply-lost", "disconnect"} <= set(kinds)


@pytest.mark.parametrize(("rate", "kinds"), [(1.5, ["500"]), (-0.1, ["500"]), (0.5, []), (0.5, ["500", "drop-update"])])
async def test_impossible_rules_are_refused(rate: float, kinds: list[str]) -> None:
    """Requests and updates are different things."""
    with pytest.raises(ValueError, match=r"rate|rules of their own"):
        World().faults.random(rate, kinds=kinds)


async def test_updates_are_lost_by_chance(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Some of them, and the bot never sees those."""
    rule = tg.world.faults.random(0.5, 3, kinds=["drop-update"])
    ids = [anna.send(f"text {number}") for number in range(20)]

    seen = [update.update_id for update in await bot.get_updates()]

    assert len(seen) == 20 - rule.hits
    assert 0 < rule.hits < 20
    assert set(seen) < set(ids)


async def test_the_next_update_overtakes(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """What happened first gets the later id, and nothing is lost to the offset."""
    tg.world.faults.add("reorder-update", text="first")
    first, second = anna.send("first"), anna.send("second")
    third = anna.send("third")

    assert first == second + 1
    assert third == first + 1
    updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == ["second", "first", "third"]


async def test_an_update_that_nothing_overtakes_comes_all_the_same(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """After a short while."""
    tg.world.faults.add("reorder-update", text="alone", seconds=0.01)
    update_id = anna.send("alone")

    assert [update.update_id for update in await bot.get_updates(timeout=10)] == [update_id]


async def test_random_trouble_over_the_control_api(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """For programs in other processes; rules show their counters."""
    async with aiohttp.ClientSession() as http:
        body: dict[str, Any] = {"kind": "random", "rate": 1, "seed": 5, "kinds": ["502-html"], "method": "sendMessage"}
        async with http.post(f"{tg.admin_url}/faults", json=body) as answer:
            assert answer.status == 200
        assert await fates(bot, 2) == ["ClientDecodeError"] * 2
        async with http.get(f"{tg.admin_url}/faults") as answer:
            (rule,) = await answer.json()
    assert (rule["kind"], rule["rate"], rule["seed"], rule["hits"]) == ("502-html", 1, 5, 2)
