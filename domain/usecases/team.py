"""Who is here: read-only, inside the regions of whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.away import Absence
from domain.errors import Forbidden, NotFound
from domain.people import EVERYWHERE, Actor, Membership, Person
from domain.ports import UnitOfWork
from domain.ports.people import AccessRequest, RoleCount, TeamMember
from domain.ports.plan import AssignmentView
from domain.rights import RULES, Action, ensure_may, may, may_grant
from domain.usecases.assignments import overdue
from domain.usecases.masters import count_open

PAGE = 8
"""People on one screen."""


@dataclass(frozen=True)
class Team:
    """The numbers first; `requests` and `invites` are None for those who do not decide on them."""

    people: int
    unreachable: int
    roles: tuple[RoleCount, ...]
    regions: Mapping[str, str]
    requests: int | None
    invites: int | None


@dataclass(frozen=True)
class PeoplePage:
    people: tuple[TeamMember, ...]
    regions: Mapping[str, str]
    page: int
    pages: int
    away: Mapping[int, Absence] = field(default_factory=dict)
    """Who of them is away or will be."""


@dataclass(frozen=True)
class Home:
    """What the first screen shows."""

    actor: Actor
    regions: Mapping[str, str]
    next_at: datetime | None
    keeps_pages: bool
    overdue: tuple[AssignmentView, ...] = ()
    """Today's posts whose moment has passed."""
    masters: int = 0
    """Open masters that this person can fill in."""


def _scope(actor: Actor, action: Action) -> frozenset[str] | None:
    """The regions in which `action` is this person's; None: all."""
    ensure_may(actor, action)
    regions = actor.regions(RULES[action].roles)
    return None if EVERYWHERE in regions else regions


async def names_of_regions(uow: UnitOfWork) -> dict[str, str]:
    """By code."""
    return {code: region.name for code, region in (await uow.campaign.regions()).items()}


async def summary(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Team:
    """Who has joined, by role and region, and what waits."""
    scope = _scope(actor, Action.TEAM_SEE)
    people, unreachable = await uow.people.count_team(scope)
    requests = invites = None
    if may(actor, Action.ACCESS_DECIDE):
        requests = len(await uow.people.open_requests(_scope(actor, Action.ACCESS_DECIDE)))
    if may(actor, Action.INVITE):
        invites = sum(may_grant(actor, i.role, i.region) for i in await uow.people.open_invites(now))
    roles = tuple(await uow.people.count_roles(scope))
    return Team(people, unreachable, roles, await names_of_regions(uow), requests, invites)


async def list_people(uow: UnitOfWork, actor: Actor, page: int, *, now: datetime) -> PeoplePage:
    """One screen of people, unreachable ones first; a page that is no more becomes the last one."""
    scope = _scope(actor, Action.TEAM_SEE)
    count, _ = await uow.people.count_team(scope)
    pages = max(1, -(-count // PAGE))
    page = max(0, min(page, pages - 1))
    found = await uow.people.team_page(scope, page * PAGE, PAGE)
    away = {one.person_id: one for one in await uow.away.open(now, [member.person.id for member in found])}
    return PeoplePage(tuple(found), await names_of_regions(uow), page, pages, away)


async def get_member(uow: UnitOfWork, actor: Actor, person_id: int) -> tuple[TeamMember, Mapping[str, str]]:
    """One person, with the names of regions; `Forbidden` outside the regions of whoever looks."""
    scope = _scope(actor, Action.TEAM_SEE)
    person: Person = await uow.people.get(person_id)
    member = await uow.people.find_member(person_id)
    memberships: tuple[Membership, ...] = member.memberships if member else ()
    if scope is not None and not scope & {person.region, *(m.region for m in memberships)}:
        raise Forbidden(Action.TEAM_SEE.value)
    return member or TeamMember(person, "", ()), await names_of_regions(uow)


async def list_requests(uow: UnitOfWork, actor: Actor) -> tuple[list[AccessRequest], Mapping[str, str]]:
    """Requests for access that this person may decide, oldest first, with the names of regions."""
    requests = await uow.people.open_requests(_scope(actor, Action.ACCESS_DECIDE))
    return requests, await names_of_regions(uow)


async def get_request(uow: UnitOfWork, actor: Actor, request_id: int) -> tuple[AccessRequest, str]:
    """One request for access with the name of its region."""
    found = await uow.people.find_request(request_id)
    if found is None:
        raise NotFound("request")
    ensure_may(actor, Action.ACCESS_DECIDE, found.region)
    return found, (await names_of_regions(uow)).get(found.region, found.region)


async def home(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Home:
    """Where the person is."""
    pages = (await uow.campaign.pages()).values()
    keeps = any(page.keeper_id == actor.id for page in pages)
    next_at = await uow.people.next_posting(actor.id, now)
    masters = await count_open(uow, actor, pages, now=now)
    return Home(actor, await names_of_regions(uow), next_at, keeps, await overdue(uow, actor, now), masters)
