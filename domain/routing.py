"""Who is asked to decide on a draft."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain.people import EVERYWHERE, Actor, Person, Role

STEP = timedelta(minutes=15)
"""How finely working time is counted."""
LONGEST_WAIT = timedelta(days=4)
"""Quiet hours that leave almost nothing of a day must not make a promise endless."""

_LADDER = (
    (Role.PRESS_SECRETARY, False),
    (Role.PRESS_SECRETARY, True),
    (Role.MANAGER, False),
    (Role.MANAGER, True),
    (Role.OWNER, True),
)
"""Roles in the order in which they are asked; the second says whether the role holds everywhere."""


def _on_rung(actor: Actor, role: Role, everywhere: bool, region: str) -> bool:
    scopes = {EVERYWHERE} if everywhere else {region} - {EVERYWHERE}
    if role is Role.OWNER:
        scopes = {EVERYWHERE, region}
    return any(m.role is role and m.region in scopes for m in actor.memberships)


def tiers(region: str, deciders: Iterable[Actor], author_id: int) -> list[list[Actor]]:
    """The region's press secretaries, all-region ones, managers likewise, owners; nobody twice, never the author."""
    left = [actor for actor in deciders if actor.id != author_id]
    found = []
    for role, everywhere in _LADDER:
        tier = [actor for actor in left if _on_rung(actor, role, everywhere, region)]
        left = [actor for actor in left if actor not in tier]
        if tier:
            found.append(tier)
    return found


def who_decides(region: str, deciders: Sequence[Actor], author_id: int, needed: int = 1) -> list[Actor]:
    """The first tier with somebody Telegram reaches, and as many more as `needed` different people take.

    When nobody at all can be reached, the first tier is asked anyway: they may come back.
    """
    ladder = tiers(region, deciders, author_id)
    chosen: list[Actor] = []
    for tier in ladder:
        chosen += [actor for actor in tier if actor.person.reachable]
        if len(chosen) >= needed:
            return chosen
    return chosen or (ladder[0] if ladder else [])


def next_up(region: str, deciders: Sequence[Actor], author_id: int, asked: Iterable[int]) -> list[Actor]:
    """The first tier with somebody who was not asked: who hears of it when time ran out."""
    known = frozenset(asked)
    for tier in tiers(region, deciders, author_id):
        fresh = [actor for actor in tier if actor.id not in known and actor.person.reachable]
        if fresh:
            return fresh
    return []


def promised(now: datetime, hours: float, deciders: Iterable[Person]) -> datetime:
    """`hours` from `now`, counting only time in which somebody who decides is awake: a promise made at night can be kept."""
    people = tuple(deciders)
    at, left = now, timedelta(hours=hours)
    while people and left > timedelta() and at < now + LONGEST_WAIT:
        if any(not person.is_quiet(at) for person in people):
            left -= STEP
        at += STEP
    # Negative when the last step was longer than what was left; all of it when there is nobody to count for.
    return at + left
