"""`make demo`: the cast's phones in a browser, and a clock that a person moves."""

import asyncio
import contextlib
import sys
import tempfile
import webbrowser
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.demo.play import Company, company
from bot.demo.stage import TOKEN
from bot.demo.tour import CAPTIONS, NEXT_POST, tour
from bot.running import ends
from playground import Chat, LocalTelegram
from texts.words import Words, words_for

PORT = 8086
HEARTBEAT = 0.5
"""Seconds between two looks at the page's clock; less when the bot has something to do before."""
GROUP_ID = -1002000000203
_START = time(8, 5)
"""Of the first day: the cast is awake, the first windows of the pages are still ahead."""


async def live(language: str, port: int = PORT) -> None:
    """The cast speaks `language` (en, ru). Serve until a signal of `ends`; the bot's process ends with it and nothing is left behind."""
    ended = asyncio.Event()
    for number in ends():
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with tempfile.TemporaryDirectory(prefix="hq-demo-") as folder:
        async with await _telegram(port) as telegram:
            telegram.world.clock.freeze()
            print("Setting the stage: the example campaign, and six people who join …", file=sys.stderr)  # noqa: T201 - a command's output
            async with company(telegram, Path(folder), language) as made:
                await made.stage.travel(_first_morning(made))
                add_group(made, language)
                await made.people["Глеб"].phone.send("/start")  # what he did to set the stage is not what he looks at
                _add_to_page(telegram, made, words_for(language))
                telegram.world.clock.run()
                _announce(telegram.url)
                await _keep_time(made, ended)


async def _telegram(port: int) -> LocalTelegram:
    """On the usual port, or on any that is free."""
    telegram = LocalTelegram(token=TOKEN, port=port)
    try:
        probe = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
    except OSError:
        return LocalTelegram(token=TOKEN)
    probe.close()
    await probe.wait_closed()
    return telegram


def _first_morning(made: Company) -> datetime:
    return made.people["Вера"].at(_START)


def _add_to_page(telegram: LocalTelegram, made: Company, w: Words) -> None:
    async def next_due() -> datetime | None:
        return await made.stage.next_due()

    async def next_post() -> datetime | None:
        await made.stage.settle()  # what was just approved may be it
        now = made.stage.now
        slots = await made.db.read(lambda uow: uow.plan.open_slots_between(now, now + timedelta(days=2)))
        return min((one.slot.at for one in slots if one.assignee_id is not None and one.slot.at > now), default=None)

    async def tomorrow() -> datetime | None:
        return made.people["Вера"].at(_START, day=1)

    telegram.moments["next_due"] = next_due
    telegram.moments["next_post"] = next_post
    telegram.moments["tomorrow"] = tomorrow
    telegram.hooks.moment_labels["next_due"] = {"en": "to the next due moment", "ru": "к ближайшему делу"}
    telegram.hooks.moment_labels["next_post"] = NEXT_POST
    telegram.hooks.moment_labels["tomorrow"] = {"en": "to tomorrow morning", "ru": "к завтрашнему утру"}
    telegram.hooks.travel = made.stage.travel
    telegram.hooks.tour.extend(tour(w))
    telegram.hooks.captions.update(CAPTIONS)
    telegram.hooks.zone = "Europe/Moscow"  # where most of the cast and headquarters are


_TALK = {
    "ru": (
        "Штаб · Казань",
        ("Дежурство", "Идеи для постов"),
        "Доброе утро! Здесь говорим между собой, а задания каждому присылает бот в личном чате.",
        "Сегодня дежурит Анна, на подмене Борис.",
        "Приняла!",
        "А давайте расскажем про новую остановку на улице Ленина?",
    ),
    "en": (
        "Staff · Kazan",
        ("On duty", "Ideas for posts"),
        "Good morning! Here we talk among ourselves; the bot brings everybody their tasks in private.",
        "Anna is on duty today, Boris stands in for her.",
        "Got it!",
        "Shall we write about the new bus stop in Lenin Street?",
    ),
}
"""Title, topics, and what was said in the group before anybody looks at it."""


def add_group(made: Company, language: str) -> Chat:
    """The staff of one region among themselves: a forum in which the bot is an administrator and keeps quiet."""
    world, people = made.stage.world, made.people
    anna, boris, vera, gleb = (people[name].phone.user for name in ("Анна", "Boris", "Вера", "Глеб"))
    title, topics, welcome, duty, taken, idea = _TALK[language]
    group = world.add_group(GROUP_ID, title, members=[gleb, anna, boris, vera], forum=True)
    group.members[gleb.user_id] = "creator"
    on_duty, ideas = (gleb.open_topic(group, name).thread_id for name in topics)
    gleb.send(welcome, chat=group)
    gleb.send(duty, chat=group, thread_id=on_duty)
    anna.send(taken, chat=group, thread_id=on_duty)
    vera.send(idea, chat=group, thread_id=ideas)
    return group


def _announce(url: str) -> None:
    print(f"\n  Headquarters is live. Their phones: {url}/\n  Ctrl-C ends it; nothing is kept.\n")  # noqa: T201 - a command's output
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(f"{url}/")


async def _keep_time(made: Company, ended: asyncio.Event) -> None:
    """The bot follows the page's clock, through every due moment on the way."""
    while not ended.is_set():
        await made.stage.catch_up()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), await _pause(made))


async def _pause(made: Company) -> float:
    """Seconds until the clock has to be looked at again: at the fence it stands still."""
    speed, due = made.stage.world.clock.speed, await made.stage.next_due()
    if not speed or due is None:
        return HEARTBEAT
    return min(HEARTBEAT, max(timedelta(), due - made.stage.now) / timedelta(seconds=speed))
