"""Who is here: read-only, inside the regions of whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import NotFound
from domain.people import EVERYWHERE, Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.people import AccessRequest, RoleCount
from domain.ports.plan import AssignmentView
from domain.rights import RULES, Action, ensure_may, may, may_grant
from domain.targets import Campaign
from domain.team import Group
from domain.usecases import team_lists
from domain.usecases.assignments import overdue
from domain.usecases.campaign_days import not_running
from domain.usecases.masters import count_open


@dataclass(frozen=True)
class Team:
    """The numbers first; `requests` and `invites` are None for those who do not decide on them."""

    people: int
    unreachable: int
    roles: tuple[RoleCount, ...]
    regions: Mapping[str, str]
    requests: int | None
    invites: int | None
    groups: Mapping[Group, int] = field(default_factory=dict)
    """How many there are of those who need a look; without the empty ones."""


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
    not_running: Campaign | None = None
    """The campaign, when it has not begun or is over; not looked up for whoever has a post ahead."""


def _scope(actor: Actor, action: Action) -> frozenset[str] | None:
    """The regions in which `action` is this person's; None: all."""
    ensure_may(actor, action)
    regions = actor.regions(RULES[action].roles)
    return None if EVERYWHERE in regions else regions


async def names_of_regions(uow: UnitOfWork) -> dict[str, str]:
    """By code."""
    return {code: region.name for code, region in (await uow.campaign.regions()).items()}


async def summary(uow: UnitOfWork, actor: Actor, *, now: datetime, rules: PlanRules) -> Team:
    """Who has joined, by role and region, what waits, and who needs a look."""
    scope = _scope(actor, Action.TEAM_SEE)
    people, unreachable = await uow.people.count_team(scope)
    requests = invites = None
    if may(actor, Action.ACCESS_DECIDE):
        requests = len(await uow.people.open_requests(_scope(actor, Action.ACCESS_DECIDE)))
    if may(actor, Action.INVITE):
        invites = sum(may_grant(actor, i.role, i.region) for i in await uow.people.open_invites(now))
    roles = tuple(await uow.people.count_roles(scope))
    groups = await team_lists.counts(uow, actor, now=now, rules=rules)
    return Team(people, unreachable, roles, await names_of_regions(uow), requests, invites, groups)


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
    outside = await not_running(uow, now) if next_at is None else None
    return Home(actor, await names_of_regions(uow), next_at, keeps, await overdue(uow, actor, now), masters, outside)
