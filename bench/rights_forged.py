"""Forged presses: real callback values changed by a bit, a field or a number, pressed by others, elsewhere, later, with other rights."""

from dataclasses import dataclass, field
from random import Random

from bench.rights_judge import Judge, Presser, kind_of
from bench.rights_live import Harvest
from bench.rights_matrix import RELATIONS, ROLES, SCOPES, STRANGER, must_be_refused, refused
from bench.rights_stage import ELSEWHERE, HOME, MARK, Somebody, Stage
from domain.people import Membership
from domain.rights import Action

LONGEST = 64
"""Bytes of callback data, Bot API."""
_NUMBERS = (0, 1, 2, 3, 7, 12, 40, -1, 2**31, 2**53)
_WORDS = ("", HOME, ELSEWHERE, "*", "vk-kazan", "vk-omsk", "owner", "manager", "all", "..", "'", "%")


@dataclass
class Forged:
    """`effects`: presses that changed a row out of the presser's rights; `reads`: that showed what is not theirs to see."""

    presses: int = 0
    changed: int = 0
    effects: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


async def forge(stage: Stage, harvest: Harvest, count: int, seed: int, part: int = 0, parts: int = 1) -> Forged:
    """Press this part of so many changed values; after each that had an effect the tables are put back."""
    random, judge, found = Random(f"{seed}:{part}"), Judge(stage), Forged()  # noqa: S311 - a sample, no secret
    real = [data for data in harvest.buttons if kind_of(data) is not None]
    values = {data.split(":")[1] for data in real}
    who, presser = stage.people[RELATIONS["none"]], Presser(0, ())
    while found.presses < len(range(part, count, parts)):
        if found.presses % 10 == 0:
            await stage.put_back()
            who, presser = _somebody(stage, random)
        data = _changed(random.choice(real), real, sorted(values), random)
        outcome = await stage.press(who, data, stage.group if random.random() < 0.2 else None)
        found.presses += 1
        known = kind_of(data)
        action = known[1] if known else Action.ANYTHING_ELSE
        what = f"{data} by {who.user.first_name} {[(m.role.value, m.region) for m in presser.memberships]}"
        if wrong := judge.wrong(presser, action, outcome):
            found.effects.append(f"{what} changed {wrong}")
        elif known and outcome.said and not refused(outcome) and must_be_refused(presser, action):
            found.reads.append(f"{what} was answered {outcome.said[:200]!r}")
        elif MARK in outcome.said and _sees_nothing(who, presser):
            found.reads.append(f"{what} read {outcome.said[:200]!r}")
        if outcome.failed:
            found.failed.append(f"{what}: {outcome.failed}")
        if outcome.changed:
            found.changed += 1
            await stage.put_back()
            _become(stage, who, presser)
    await stage.put_back()
    return found


def _somebody(stage: Stage, random: Random) -> tuple[Somebody, Presser]:
    """A presser whose rights have just changed: demoted, moved to another region, suspended, gone, or never there."""
    who = stage.people[random.choice([*RELATIONS.values(), STRANGER])]
    role = random.choice(ROLES)
    if not who.person or role is None or random.random() < 0.1:
        presser = Presser(0, ())
    else:
        presser = Presser(who.person, (Membership(role, random.choice(SCOPES)),))
    _become(stage, who, presser)
    return who, presser


def _become(stage: Stage, who: Somebody, presser: Presser) -> None:
    if not who.person:
        return
    if presser.memberships:
        held = presser.memberships[0]
        stage.become(who, held.role, held.region)
    else:
        stage.become(who, "owner", "*", "suspended")


def _sees_nothing(who: Somebody, presser: Presser) -> bool:
    """Nobody of the campaign, or of the other region and without a relation to anything in Kazan."""
    if not presser.memberships:
        return True
    elsewhere = all(m.region == ELSEWHERE for m in presser.memberships)
    return elsewhere and who.user.first_name == RELATIONS["none"]


def _changed(data: str, real: list[str], verbs: list[str], random: Random) -> str:
    """As it is (somebody else's button), or changed in one of six ways."""
    way = random.randrange(7)
    parts = data.split(":")
    place = random.randrange(1, len(parts)) if len(parts) > 1 else 0
    if way == 1:
        parts[place] = str(random.choice(_NUMBERS) if parts[place].lstrip("-").isdigit() else random.choice(_WORDS))
    elif way == 2:
        other = random.choice(real).split(":")
        parts[place] = random.choice(other[1:] or other)
    elif way == 3:
        same = [one for one in real if one.split(":")[0] == parts[0]]
        parts[1] = random.choice(same).split(":")[1]
    elif way == 4:
        parts[1] = random.choice(verbs)
    elif way == 5:
        return _flipped(data, random)
    elif way == 6:
        numbers = [i for i, part in enumerate(parts) if i and part.isdigit()]
        for i in numbers:
            parts[i] = str(max(0, int(parts[i]) + random.choice((-2, -1, 1, 2))))
    return _short(":".join(parts)) or data


def _flipped(data: str, random: Random) -> str:
    """One bit of one byte; what is no text any more is not sent by any client."""
    raw = bytearray(data.encode())
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(7)
    changed = raw.decode("utf-8", "ignore").replace("\0", "")
    return _short(changed) or data


def _short(data: str) -> str:
    return data.encode()[:LONGEST].decode("utf-8", "ignore")
