"""Rights, proven through the running bot.

    python -m bench.rights --json -
    python -m bench.rights --share 0.02 --forged 500 --seed 7 --json -      a sample

A small campaign of two regions is lived at random from the seed, so that every kind of row is there and the buttons are those that the bot
drew. Then everything is tried by people whose role, region, relation (author, keeper, assignee, none) and state (active, unreachable,
suspended, left, never joined) are what the case says at that moment, in private and in a group. All tables are compared before and after.

`actions`: rows of the table of rights; `undeclared`: those that nothing tries; `ways`: buttons, commands and questions they are tried by.
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
import sys
from typing import Any

from bench.printed import put
from bench.rights_forged import forge
from bench.rights_live import live
from bench.rights_matrix import ready, run, undeclared, ways
from bench.rights_stage import stage
from domain.rights import Action

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


async def bench(share: float, forged: int, seed: int, steps: int = STEPS) -> tuple[dict[str, Any], list[str]]:
    """All figures, and what was found wrong in words."""
    async with stage() as made:
        harvest = await live(made, steps, seed)
        await ready(made)
        tries = ways(harvest)
        found = await run(made, tries, seed, share)
        false = await forge(made, harvest, forged, seed)
    missing = undeclared(tries)
    result = {
        "seed": seed,
        "actions": len(Action),
        "undeclared": len(missing),
        "ways": sum(map(len, tries.values())),
        "drawn": len(harvest.kinds),
        "combinations": found.combinations,
        "with_effect": sum(found.effects.values()),
        "wrongly_allowed": len(found.allowed),
        "wrongly_denied": len(found.denied),
        "mute": len(found.mute),
        "failed": len(found.failed),
        "forged_presses": false.presses,
        "forged_changes": false.changed,
        "forged_effects": len(false.effects),
        "forged_reads": len(false.reads),
        "forged_failed": len(false.failed),
    }
    words = {
        "undeclared": missing,
        "wrongly allowed": found.allowed,
        "wrongly denied": found.denied,
        "mute": found.mute,
        "failed": found.failed,
        "forged, with effect": false.effects,
        "forged, read": false.reads,
        "forged, failed": false.failed,
    }
    return result, [f"{name}: {one}" for name, some in words.items() for one in some]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rights")
    parser.add_argument("--share", type=float, default=0.1, help="of all combinations; 1: every one, about an hour")
    parser.add_argument("--forged", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS, help="of the play before")
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    result, wrong = asyncio.run(bench(options.share, options.forged, options.seed, options.steps))
    put(result, options.json)
    sys.stderr.writelines(f"{line}\n" for line in wrong[:200])
    return int(any(result[name] for name in ZERO))


if __name__ == "__main__":
    sys.exit(main())
