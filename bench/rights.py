"""Rights, proven through the running bot.

    python -m bench.rights --share 1 --json -       all of it
    python -m bench.rights --share 0.02 --forged 500 --seed 7 --json -      a sample

A small campaign of two regions is lived at random from the seed, so that every kind of row is there and the buttons are those that the bot
drew. Then everything is tried by people whose role, region, relation (author, keeper, assignee, none) and state (active, unreachable,
suspended, left, never joined) are what the case says at that moment, in private and in a group. Every row that is changed is looked at, and
put back. Several processes share the cases; each lives the same campaign with a bot of its own.

`actions`: rows of the table of rights; `undeclared`: those that nothing tries; `ways`: buttons, commands and questions they are tried by;
`untried`: ways that some role has not tried (0 with `--share 1`); `combinations`: of an action and a case.
`wrongly_allowed`: attempts after which a row has changed that was not theirs to change, or that showed a text of Kazan to somebody who has
nothing to do with Kazan. A row is theirs when the action of the pressed button (its handler's declaration) is held in the region of the
row, or of what the row hangs on; when the row concerns them and the action says that this is enough; or when it is their own view, hours,
settings or open question. What everybody may do (write a draft, set hours) they may do to what is their own. Notices, tasks and the
journal follow from other rows and are judged by those.
`wrongly_denied`: refused for want of a right although the table of rights alone says yes.
`mute`: refused without a word. `failed`: the bot failed inside.
`forged_effects`: of `forged_presses` changed callback values (a bit, a field, a number, a verb, somebody else's button, in another chat,
after demotion, suspension or a change of region) those that changed a row out of the presser's rights of that moment; `forged_reads`:
those that showed what is not theirs to see; `forged_changes`: those that changed anything at all, so that 0 means something.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from bench.printed import put
from bench.rights_forged import Forged, forge
from bench.rights_live import live
from bench.rights_matrix import ROLES, Case, Findings, ready, run, undeclared, ways
from bench.rights_stage import stage
from domain.people import Role
from domain.rights import Action
from reports import drawing

STEPS = 900
"""Of the play before: about two hundred kinds of button are drawn in it."""
ZERO = (
    "undeclared",
    "wrongly_allowed",
    "wrongly_denied",
    "mute",
    "failed",
    "forged_effects",
    "forged_reads",
    "forged_failed",
)


@dataclass(frozen=True)
class Part:
    """What one of the processes found."""

    drawn: frozenset[str]
    missing: list[str]
    found: Findings
    forged: Forged
    cpu: float
    """Seconds that the process has worked."""


async def play(part: int, parts: int, share: float, forged: int, seed: int, steps: int) -> Part:
    """The whole play, then this part of what is tried."""
    async with stage() as made:
        harvest = await live(made, steps, seed)
        await ready(made)
        tries = ways(harvest)
        found = await run(made, tries, seed, share, part, parts)
        false = await forge(made, harvest, forged, seed, part, parts)
    return Part(frozenset(harvest.kinds), undeclared(tries), found, false, time.process_time())


def side_by_side(jobs: int, share: float, forged: int, seed: int, steps: int) -> list[Part]:
    """Each part in a process of its own, with a bot and a local Telegram of its own."""
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(_in_a_process, range(jobs), repeat((jobs, share, forged, seed, steps))))


def _in_a_process(part: int, of: tuple[int, float, int, int, int]) -> Part:
    with ThreadPoolExecutor(1) as thread:
        drawing.use(thread)  # a process that a worker has started would keep it from ending
        return asyncio.run(play(part, *of))


def figures(parts: list[Part], seed: int, share: float) -> tuple[dict[str, Any], list[str]]:
    """All figures, and what was found wrong in words."""
    found, forged = [part.found for part in parts], [part.forged for part in parts]
    known = set[tuple[Action, str]]().union(*(one.ways for one in found))
    tried = set[tuple[Action, str, Role | None]]().union(*(one.tried for one in found))
    untried = [(*way, role) for way in known for role in ROLES if (*way, role) not in tried]
    words = {
        "undeclared": sorted({name for part in parts for name in part.missing}),
        "untried": [f"{action.value} by {kind} as {role}" for action, kind, role in untried] if share >= 1 else [],
        "wrongly_allowed": [text for one in found for text in one.allowed],
        "wrongly_denied": [text for one in found for text in one.denied],
        "mute": [text for one in found for text in one.mute],
        "failed": [text for one in found for text in one.failed],
        "forged_effects": [text for one in forged for text in one.effects],
        "forged_reads": [text for one in forged for text in one.reads],
        "forged_failed": [text for one in forged for text in one.failed],
    }
    result = {
        "seed": seed,
        "actions": len(Action),
        "ways": len(known),
        "drawn": len(frozenset[str]().union(*(part.drawn for part in parts))),
        "combinations": len(set[tuple[Action, Case]]().union(*(one.cases for one in found))),
        "attempts": sum(one.combinations for one in found),
        "with_effect": sum(one.effects.total() for one in found),
        "forged_presses": sum(one.presses for one in forged),
        "forged_changes": sum(one.changed for one in forged),
        "cpu_seconds": round(sum(part.cpu for part in parts)),
    }
    counts = {name: len(some) for name, some in words.items()} | {"untried": len(untried)}
    return result | counts, [f"{name}: {one}" for name, some in words.items() for one in some]


async def bench(share: float, forged: int, seed: int, steps: int = STEPS) -> tuple[dict[str, Any], list[str]]:
    """The same in this process."""
    return figures([await play(0, 1, share, forged, seed, steps)], seed, share)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rights")
    parser.add_argument("--share", type=float, default=0.1, help="of all combinations; 1: every one, half an hour")
    parser.add_argument("--forged", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS, help="of the play before")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    began = time.perf_counter()
    parts = side_by_side(options.jobs, options.share, options.forged, options.seed, options.steps)
    result, wrong = figures(parts, options.seed, options.share)
    put(result | {"seconds": round(time.perf_counter() - began)}, options.json)
    sys.stderr.writelines(f"{line}\n" for line in wrong[:200])
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
