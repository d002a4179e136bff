"""Who is asked to decide on a draft."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain.away import NOBODY_AWAY, Absent, present
from domain.people import EVERYWHERE, Actor, Person, Role
from domain.worktime import USUAL, WorkRules, add_working

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


def who_decides(
    region: str, deciders: Sequence[Actor], author_id: int, needed: int = 1, absent: Absent = NOBODY_AWAY
) -> list[Actor]:
    """The first tier with somebody Telegram reaches, and as many more as `needed` different people take.

    Instead of who is away their deputy is asked, where that one may decide. When nobody at all can be reached, the
    first tier is asked anyway: they may come back.
    """
    ladder = tiers(region, deciders, author_id)
    chosen: list[Actor] = []
    for tier in ladder:
        there = present(tier, (actor for actor in deciders if actor.id != author_id), absent)
        chosen += [actor for actor in there if actor.person.reachable and actor not in chosen]
        if len(chosen) >= needed:
            return chosen
    return chosen or (ladder[0] if ladder else [])


def next_up(
    region: str, deciders: Sequence[Actor], author_id: int, asked: Iterable[int], absent: Absent = NOBODY_AWAY
) -> list[Actor]:
    """The first tier with somebody who was not asked and is there: who hears of it when time ran out."""
    known = frozenset(asked)
    for tier in tiers(region, deciders, author_id):
        there = present(tier, (actor for actor in deciders if actor.id != author_id), absent)
        fresh = [actor for actor in there if actor.id not in known and actor.person.reachable]
        if fresh:
            return fresh
    return []


def promised(now: datetime, hours: float, deciders: Iterable[Person], work: WorkRules = USUAL) -> datetime:
    """`hours` from `now`, counting only time in which somebody who decides works: a promise made at night can be kept."""
    return add_working(now, timedelta(hours=hours), deciders, work)
