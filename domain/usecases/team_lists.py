"""Lists of people and one person's card: who cannot be reached, is away, has too much before being late, or is shut out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.away import Absence
from domain.errors import Forbidden, NotFound
from domain.people import EVERYWHERE, Actor, PersonStatus
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.people import TeamMember
from domain.ports.team import Busy, Scope
from domain.record import reads_person
from domain.rights import RULES, Action, ensure_may, may
from domain.team import (
    Group,
    Load,
    NothingToFind,
    Span,
    Suspension,
    checked_note,
    matches,
    may_manage,
    week_of,
)
from domain.usecases import standing

PAGE = 8
"""People on one screen."""
SEARCH, NOTE = "team.search", "team.note"
"""Expectations: a part of a name; a note about somebody."""
SEARCH_HOURS = 1


@dataclass(frozen=True)
class PeoplePage:
    """One screen of a group, or of what was found. `counts`: of the groups that are not empty."""

    group: Group
    people: tuple[TeamMember, ...]
    regions: Mapping[str, str]
    page: int
    pages: int
    away: Mapping[int, Absence] = field(default_factory=dict)
    """Who of them is away or will be."""
    loads: Mapping[int, Load] = field(default_factory=dict)
    counts: Mapping[Group, int] = field(default_factory=dict)
    wanted: str = ""
    """What was searched for."""
    found: int = 0


@dataclass(frozen=True)
class PersonCard:
    """Everything that the reader may see and do about one person."""

    member: TeamMember
    regions: Mapping[str, str]
    load: Load
    absence: Absence | None = None
    note: str = ""
    suspension: Suspension | None = None
    suspended_by: str = ""
    may_report: bool = False
    may_roles: bool = False
    may_move: bool = False
    may_suspend: bool = False
    may_journal: bool = False


def _scope(actor: Actor) -> Scope:
    ensure_may(actor, Action.TEAM_SEE)
    regions = actor.regions(RULES[Action.TEAM_SEE].roles)
    return None if EVERYWHERE in regions else regions


# -- lists --------------------------------------------------------------------------------------------------------------------


async def counts(uow: UnitOfWork, actor: Actor, *, now: datetime, rules: PlanRules) -> dict[Group, int]:
    """How many people there are in each group that is not empty. Read-only."""
    scope = _scope(actor)
    some = (Group.UNREACHABLE, Group.AWAY, Group.OVERLOADED, Group.SUSPENDED)
    found = {group: len(await _ids(uow, group, scope, now, rules)) for group in some}
    return {group: many for group, many in found.items() if many}


async def list_people(
    uow: UnitOfWork, actor: Actor, group: Group, page: int, *, now: datetime, rules: PlanRules
) -> PeoplePage:
    """One screen of a group; of everybody, unreachable ones first. A page that is no more becomes the last one. Read-only."""
    scope = _scope(actor)
    known = await counts(uow, actor, now=now, rules=rules)
    if group is Group.ALL:
        many, _ = await uow.people.count_team(scope)
        page, pages = _on_page(page, many)
        people = await uow.people.team_page(scope, page * PAGE, PAGE)
    else:
        ids = await _ids(uow, group, scope, now, rules)
        many = len(ids)
        page, pages = _on_page(page, many)
        people = await uow.team.members(ids[page * PAGE : (page + 1) * PAGE])
    return await _page(uow, group, people, (page, pages, many), known, now, rules)


def _on_page(page: int, many: int) -> tuple[int, int]:
    pages = max(1, -(-many // PAGE))
    return max(0, min(page, pages - 1)), pages


async def _ids(uow: UnitOfWork, group: Group, scope: Scope, now: datetime, rules: PlanRules) -> list[int]:
    match group:
        case Group.UNREACHABLE:
            return await uow.team.unreachable(scope)
        case Group.SUSPENDED:
            return await uow.team.suspended(scope)
        case Group.AWAY:
            away = [one.person_id for one in await uow.away.open(now) if one.covers(now)]
            return await uow.team.inside(away, scope)
        case _:
            busy = await uow.team.busy(scope, now, Span.around(now, rules.on_time))
            loads = await _loads(uow, busy, rules)
            return sorted(
                (number for number, load in loads.items() if load.too_much),
                key=lambda number: (-loads[number].late, -loads[number].ahead, number),
            )


async def _loads(uow: UnitOfWork, busy: list[Busy], rules: PlanRules) -> dict[int, Load]:
    declared = await uow.availability.of([one.person_id for one in busy])
    week = 7 * rules.person_daily_cap
    return {
        one.person_id: Load(
            one.ahead,
            one.late,
            week_of(declared[one.person_id], rules.person_daily_cap) if one.person_id in declared else week,
        )
        for one in busy
    }


async def _page(
    uow: UnitOfWork,
    group: Group,
    people: list[TeamMember],
    at: tuple[int, int, int],
    known: Mapping[Group, int],
    now: datetime,
    rules: PlanRules,
    wanted: str = "",
) -> PeoplePage:
    ids = [one.person.id for one in people]
    away = {one.person_id: one for one in await uow.away.open(now, ids)}
    loads = {}
    if group is Group.OVERLOADED:
        busy = [await uow.team.busy_one(number, now, Span.around(now, rules.on_time)) for number in ids]
        loads = await _loads(uow, busy, rules)
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    page, pages, many = at
    return PeoplePage(group, tuple(people), regions, page, pages, away, loads, known, wanted, many)


# -- search -------------------------------------------------------------------------------------------------------------------


async def ask_name(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """The reader's next message is a part of a name."""
    _scope(actor)
    await uow.expectations.set(actor.id, SEARCH, "team", now=now, hours=SEARCH_HOURS)


async def search(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime, rules: PlanRules) -> PeoplePage:
    """Everybody whose name fits; the next message searches again, and pages of this one can be turned."""
    _scope(actor)
    wanted = " ".join(text.split())[:64]
    if not any(char.isalnum() for char in wanted):
        raise NothingToFind
    params = {"wanted": wanted}
    await uow.expectations.set(actor.id, SEARCH, "team", now=now, params=params, hours=SEARCH_HOURS)
    return await _found(uow, actor, wanted, 0, now, rules)


async def found_page(uow: UnitOfWork, actor: Actor, page: int, *, now: datetime, rules: PlanRules) -> PeoplePage:
    """Another page of what was searched for last; everybody when that is over. Read-only."""
    asked = await uow.expectations.find(actor.id, now)
    if asked is None or asked.kind != SEARCH or not asked.params.get("wanted"):
        return await list_people(uow, actor, Group.ALL, 0, now=now, rules=rules)
    return await _found(uow, actor, str(asked.params["wanted"]), page, now, rules)


async def _found(uow: UnitOfWork, actor: Actor, wanted: str, page: int, now: datetime, rules: PlanRules) -> PeoplePage:
    ids = [number for number, name in await uow.team.names(_scope(actor)) if matches(name, wanted)]
    page, pages = _on_page(page, len(ids))
    people = await uow.team.members(ids[page * PAGE : (page + 1) * PAGE])
    return await _page(uow, Group.ALL, people, (page, pages, len(ids)), {}, now, rules, wanted)


# -- one person ---------------------------------------------------------------------------------------------------------------


async def card(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime, rules: PlanRules) -> PersonCard:
    """One person; `Forbidden` outside the reader's regions, `NotFound` once they have left. Read-only."""
    member = await _member(uow, actor, person_id)
    busy = await uow.team.busy_one(person_id, now, Span.around(now, rules.on_time))
    suspension = await uow.standing.suspension(person_id)
    by = await uow.people.names([suspension.by_id]) if suspension is not None and suspension.by_id else {}
    manages = may_manage(actor, person_id, member.memberships, member.person.region)
    active = member.person.status is PersonStatus.ACTIVE
    home = {member.person.region, *(one.region for one in member.memberships)}
    return PersonCard(
        member,
        {code: region.name for code, region in (await uow.campaign.regions()).items()},
        (await _loads(uow, [busy], rules))[person_id],
        absence=await uow.away.of_person(person_id, now),
        note=await uow.team.note(person_id, actor.id),
        suspension=suspension,
        suspended_by=next(iter(by.values()), ""),
        may_report=active and actor.id != person_id and any(may(actor, Action.REPORT_FOR, one) for one in home),
        may_roles=active and actor.id != person_id and may(actor, Action.ROLE_SET),
        may_move=manages and may(actor, Action.ACCOUNT_MOVE),
        may_suspend=manages and may(actor, Action.SUSPEND),
        may_journal=reads_person(actor, person_id, member.memberships, member.person.region),
    )


async def find_name(uow: UnitOfWork, actor: Actor, person_id: int) -> str:
    """Somebody's name, for whoever may open their card; empty for others, and when they are gone. Read-only."""
    try:
        return (await _member(uow, actor, person_id)).person.name
    except (Forbidden, NotFound):
        return ""


async def _member(uow: UnitOfWork, actor: Actor, person_id: int) -> TeamMember:
    scope = _scope(actor)
    member = await standing.member(uow, person_id)
    here = {member.person.region, *(one.region for one in member.memberships)}
    if scope is not None and not scope & here:
        raise Forbidden(Action.TEAM_SEE.value)
    if member.person.status is PersonStatus.LEFT:
        raise NotFound("person")
    return member


async def ask_note(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> tuple[str, str]:
    """The reader's next message is their note about this person; returns the name and the note there is."""
    member = await _member(uow, actor, person_id)
    await uow.expectations.set(actor.id, NOTE, f"person:{person_id}", now=now, hours=SEARCH_HOURS)
    return member.person.name, await uow.team.note(person_id, actor.id)


async def write_note(
    uow: UnitOfWork, actor: Actor, person_id: int, text: str, *, now: datetime, rules: PlanRules
) -> PersonCard:
    """Only its author sees it; empty takes it away. A phone number is refused: it is the person's own to give."""
    await _member(uow, actor, person_id)
    await uow.team.set_note(person_id, actor.id, checked_note(text), now)
    await uow.expectations.clear(actor.id, NOTE)
    return await card(uow, actor, person_id, now=now, rules=rules)
