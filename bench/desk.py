"""What the approval desk costs.

    python -m bench.desk --json -

`approve_cpu_ratio`: CPU of one approval (press stored → committed durably → answered and control edited; deliveries to others apart) as a
multiple of a bare aiogram echo's, both polled by processes of their own from the local Telegram in the same run.
`queue_step_ratio`: CPU of a step to the next card with 10,000 drafts waiting, as a multiple of one with 100.
`taps_per_draft`: presses of somebody who clears forty drafts in chat (30 approved, 7 returned and 3 rejected with a reason).
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

from bench.desk_side import Side, desk, echo
from bench.desk_taps import DRAFTS, cleared
from bench.people import enrol
from bench.printed import put
from bot.config import Settings
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.logs import configure
from bot.operations import load_plan
from domain.pages import page_key
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from domain.usecases import drafts
from domain.usecases.drafts import Incoming
from playground import LocalTelegram, User
from playground.model import Message
from storage.database import Database, open_database

TOKEN = "42:LOCAL-BENCH-ONLY-AND-NEVER-A-SECRET"  # noqa: S105 - accepted by the local Telegram alone
WARM_UP = 40
TURN = 25
"""Approvals in a row, after the echoes of the turn."""
ECHOES = 4
"""Echoes for each approval: one is so short that as many would leave their mean unsure."""
SHORT_QUEUE = 100
BARS = {"approve_cpu_ratio": 4.0, "queue_step_ratio": 3.0, "taps_per_draft": 2.0}
AUTHOR, PRESS = 3001, 3002
WAIT = 60.0
"""Seconds of patience with a process that is just starting."""


async def measure(presses: int, steps: int, waiting: int) -> dict[str, Any]:
    """Seconds of CPU are per press, per echo, per step."""
    with tempfile.TemporaryDirectory(prefix="hq-bench-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            settings = _settings(telegram.url, folder)
            await load_plan(Settings.model_validate(settings), EXAMPLE, FIRST_DAY, apply=True)
            author = telegram.world.add_user(AUTHOR, "Author", language_code="en", started=True)
            press = telegram.world.add_user(PRESS, "Press", language_code="en", started=True)
            db = await open_database(settings["storage"]["url"])
            try:
                await enrol(db, author, Role.VOLUNTEER, "kazan")
                await enrol(db, press, Role.PRESS_SECRETARY, EVERYWHERE)
                echoed, approved = await _against_echo(telegram, settings, db, press, presses)
                taps = await _clear(telegram, settings, db, press)
                short, long = await _walk(telegram, settings, db, press, steps, waiting)
            finally:
                await db.close()
            violations = len(telegram.world.violations)
    return {
        "presses": presses,
        "echo_cpu_ms": round(echoed * 1000, 3),
        "approve_cpu_ms": round(approved * 1000, 3),
        "approve_cpu_ratio": round(approved / echoed, 2),
        "queue": waiting,
        "steps": steps,
        "step_cpu_ms": round(short * 1000, 3),
        "step_in_long_queue_cpu_ms": round(long * 1000, 3),
        "queue_step_ratio": round(long / short, 2),
        **taps,
        "telegram_violations": violations,
    }


def _settings(url: str, folder: str) -> dict[str, Any]:
    return {
        "telegram": {"token": TOKEN, "api_url": url},
        "storage": {"url": f"sqlite+aiosqlite:///{folder}/hq.sqlite3", "media_dir": f"{folder}/media"},
        "pace": {"overall": 10_000, "per_chat": 10_000, "per_group_minute": 600_000},
    }


async def _cost(side: Side, act: Callable[[int], Awaitable[None]], numbers: range) -> float:
    """CPU seconds of these acts."""
    before = side.cpu
    for number in numbers:
        await act(number)
    return side.cpu - before


async def _against_echo(
    telegram: LocalTelegram, settings: dict[str, Any], db: Database, press: User, times: int
) -> tuple[float, float]:
    """CPU seconds of an echo and of an approval. They take turns, so that both meet the machine in the same mood."""
    numbers = await _hand_in(db, WARM_UP + times)
    async with LocalTelegram(token=TOKEN) as other:
        somebody = other.world.add_user(AUTHOR, "Author", language_code="en", started=True)
        with Side(echo, other.url, TOKEN) as plain, Side(desk, settings) as side:
            cards = [await _open(telegram, press)]
            for number in numbers[:-1]:
                cards.append(await _next(telegram, press, cards[-1], number))

            async def say(number: int) -> None:
                text = f"echo {number}"
                somebody.send(text)
                await other.world.until(lambda: somebody.last is not None and somebody.last.body == text, WAIT)

            async def approve(number: int) -> None:
                card = cards[number]
                press.press_raw(card, _button(card, "a:ok:"))
                await telegram.world.until(lambda: not telegram.world.unanswered() and not _has(card, "a:ok"), WAIT)

            await _cost(plain, say, range(WARM_UP))
            await _cost(side, approve, range(WARM_UP))
            echoed = approved = 0.0
            for start in range(WARM_UP, WARM_UP + times, TURN):
                turn = range(start, min(start + TURN, WARM_UP + times))
                echoed += await _cost(plain, say, range(turn.start * ECHOES, turn.stop * ECHOES))
                approved += await _cost(side, approve, turn)
    return echoed / (times * ECHOES), approved / times


async def _clear(telegram: LocalTelegram, settings: dict[str, Any], db: Database, press: User) -> dict[str, Any]:
    """Nobody measures CPU here: only taps count."""
    numbers = await _hand_in(db, DRAFTS)
    with Side(desk, settings):
        return await cleared(telegram, db, press, numbers)


async def _walk(
    telegram: LocalTelegram, settings: dict[str, Any], db: Database, press: User, steps: int, waiting: int
) -> tuple[float, float]:
    """Through the first drafts of a short queue, then of a long one."""
    costs, there = [], 0
    for length in (SHORT_QUEUE, waiting):
        await _hand_in(db, length - there)
        there = length
        with Side(desk, settings) as side:
            at = [await _open(telegram, press)]

            async def step(_: int, at: list[Message] = at) -> None:
                at[0] = await _next(telegram, press, at[0], int(_button(at[0], "a:ok:").split(":")[2]))

            await _cost(side, step, range(WARM_UP))
            costs.append(await _cost(side, step, range(steps)) / steps)
    return costs[0], costs[1]


async def _hand_in(db: Database, count: int) -> list[int]:
    """So many drafts, through the production use cases in one transaction; returns their numbers in the queue's order."""

    async def write(uow: UnitOfWork) -> list[int]:
        actor = await uow.people.find_actor(AUTHOR)
        assert actor is not None  # noqa: S101 - enrolled above
        numbers = []
        for number in range(count):
            text = f"Text {number}: the playground on Lenin street is open again."
            view = await drafts.write(uow, actor, Incoming(text, (), "", number, ""), now=FIRST_DAY)
            about = (view.draft.id, view.draft.version)
            await drafts.toggle_page(uow, actor, *about, page_key("vk-kazan"), now=FIRST_DAY)
            await drafts.submit(uow, actor, *about, hours=4, now=FIRST_DAY)
            await uow.tasks.cancel(
                view.draft.subject
            )  # telling others is not what is measured, and would run beside it
            numbers.append(view.draft.id)
        return numbers

    return await db.run(write)


async def _open(telegram: LocalTelegram, press: User) -> Message:
    return await _card(telegram, press, lambda: press.send("/queue"))


async def _next(telegram: LocalTelegram, press: User, card: Message, number: int) -> Message:
    return await _card(telegram, press, lambda: press.press_raw(card, f"a:next:{number}:0:"))


async def _card(telegram: LocalTelegram, press: User, act: Callable[[], object]) -> Message:
    """The card that comes of it, with its buttons."""
    before = {message.message_id for message in press.chat.messages}
    act()

    def come() -> list[Message]:
        return [m for m in press.chat.messages if m.message_id not in before and _has(m, "a:ok:")]

    await telegram.world.until(lambda: bool(come()) and not telegram.world.unanswered(), WAIT)
    return come()[-1]


def _data(message: Message) -> list[str]:
    return [button.data for button in message.all_buttons() if button.data]


def _has(message: Message, prefix: str) -> bool:
    return any(data.startswith(prefix) for data in _data(message))


def _button(message: Message, prefix: str) -> str:
    return next(data for data in _data(message) if data.startswith(prefix))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk")
    parser.add_argument("--presses", type=int, default=300)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    configure(level=logging.WARNING)  # standard output is for the JSON
    result = asyncio.run(measure(options.presses, options.steps, options.waiting))
    put(result, options.json)
    return int(any(result[name] > bar for name, bar in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
