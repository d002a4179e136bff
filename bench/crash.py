"""Kill -9 under load: what was confirmed is not lost, what happened does not happen twice.

    python -m bench.crash --cycles 3 --json -

The real bot process is killed at random points while volunteers send texts and a press secretary approves others.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.people import buttons, enrol
from bot.demo.play import EXAMPLE, FIRST_DAY
from bot.demo.stage import TOKEN, Stage
from domain.drafts import page_key
from domain.people import EVERYWHERE, Role
from playground import LocalTelegram, User
from storage.database import open_database
from storage.sqlite import integrity
from storage.tally import facts_of_drafts

VOLUNTEERS = 6
TEXTS_A_CYCLE = 24
LONGEST_LIFE = 0.6
"""Seconds of load before a kill: from "nothing stored yet" to "everything answered"."""


async def crash(cycles: int, seed: int = 1) -> dict[str, Any]:
    """Kill the bot `cycles` times; returns the counts, all of which but the first two must be 0 (extra copies: at most 1)."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with tempfile.TemporaryDirectory(prefix="hq-crash-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            telegram.world.clock.freeze()
            stage = Stage.build(telegram, Path(folder), FIRST_DAY)
            await stage.hq("plan", "load", str(EXAMPLE), "--yes")
            volunteers, press = await _people(stage)
            await stage.start_bot()
            try:
                return await _kill_and_count(stage, volunteers, press, cycles, chance)
            finally:
                await stage.stop_bot()


async def _people(stage: Stage) -> tuple[list[User], User]:
    """Volunteers of one region and a press secretary."""
    db = await open_database(stage.database)
    people = []
    for number in range(VOLUNTEERS + 1):
        user = stage.world.add_user(2000 + number, f"Person {number}", language_code="en", started=True)
        role, region = (Role.PRESS_SECRETARY, EVERYWHERE) if number == VOLUNTEERS else (Role.VOLUNTEER, "kazan")
        await enrol(db, user, role, region)
        people.append(user)
    await db.close()
    return people[:-1], people[-1]


async def _submit(stage: Stage, author: User, text: str) -> int:
    """Through the chat, before the killing begins; returns the draft's number."""
    author.send(text)
    await stage.settle()
    author.press(data=next(d for d in buttons(author) if d.startswith("d:page:") and d.endswith(page_key("vk-kazan"))))
    await stage.settle()
    author.press(data=next(d for d in buttons(author) if d.startswith("d:submit:")))
    await stage.settle()
    return int(next(d for d in buttons(author) if d.startswith("d:take:")).split(":")[2])


async def _kill_and_count(
    stage: Stage, volunteers: list[User], press: User, cycles: int, chance: random.Random
) -> dict[str, Any]:
    to_approve = {}
    for number in range(cycles * VOLUNTEERS):
        text = f"to be approved {number:05d}."
        to_approve[await _submit(stage, volunteers[number % VOLUNTEERS], text)] = text
    first_update = stage.world.last_update_id
    anchor = press.last
    assert anchor is not None, "the press secretary has no queue message"  # noqa: S101 - the load cannot begin without it
    waiting, sent = list(to_approve), []
    for cycle in range(cycles):
        for number in range(TEXTS_A_CYCLE):
            text = f"cycle {cycle:04d} text {number:03d}."
            volunteers[number % VOLUNTEERS].send(text)
            sent.append(text)
            if number % (TEXTS_A_CYCLE // VOLUNTEERS) == 0:
                press.press_raw(anchor, f"a:ok:{waiting.pop()}:1:")
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE / TEXTS_A_CYCLE))  # spreads the load, waits for nothing
        await stage.kill_bot()
        await stage.start_bot()
    await stage.settle()
    updates = stage.world.last_update_id - first_update
    violations = len(stage.world.violations)
    await stage.stop_bot()
    return {
        "cycles": cycles,
        "updates": updates,
        "telegram_violations": violations,
        **await _count(stage, sent, to_approve, volunteers),
    }


async def _count(stage: Stage, sent: list[str], to_approve: dict[int, str], volunteers: list[User]) -> dict[str, Any]:
    db = await open_database(stage.database, migrate=False)
    written, approvals = await db.read(facts_of_drafts)
    await db.close()
    drafts = Counter(written)
    told = {
        text: sum(
            text in m.body and "Approved" in m.body and "plan" in m.body
            for u in volunteers
            for m in u.chat.messages
            if m.from_bot
        )
        for text in to_approve.values()
    }
    approved = [to_approve[draft] for draft in to_approve if approvals.get(draft)]
    return {
        "confirmed_but_missing": sum(1 for text in sent if not drafts[text]) + len(to_approve) - len(approved),
        "effects_twice": sum(1 for text in sent if drafts[text] > 1) + sum(1 for n in approvals.values() if n > 1),
        "class_a_lost": sum(1 for text in approved if not told[text]),
        "class_a_extra_copies_max_per_message": max([told[text] - 1 for text in approved], default=0),
        "integrity_failures": int(integrity(str(stage.folder / "hq.sqlite3")) != "ok"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("--cycles", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    text = json.dumps(asyncio.run(crash(options.cycles, options.seed)), indent=2)
    if options.json == "-":
        sys.stdout.write(text + "\n")
    else:
        Path(options.json).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
