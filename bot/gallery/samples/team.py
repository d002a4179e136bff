"""The team, requests for access."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    LONG_NAME,
    LONG_REGION,
    MANY_REGIONS,
    NOW,
    REGIONS,
    person,
)
from bot.gallery.samples.join import CODE, REQUEST
from domain.people import EVERYWHERE, Membership, Role
from domain.ports.people import Invite, RoleCount, TeamMember
from domain.team import Group
from domain.usecases.team import Team
from handlers.screens import team
from texts.words import Words

chapter = Chapter("Team and invites")

URL = f"https://t.me/nash_kray_hq_bot?start={CODE}"
INVITE = Invite(4, Role.VOLUNTEER, "kazan", 1, NOW + timedelta(hours=72), 1, 0, None)
HELD = (Membership(Role.VOLUNTEER, "kazan"),)
BUSY = (Membership(Role.PRESS_SECRETARY, LONG_REGION), Membership(Role.COORDINATOR, LONG_REGION), *HELD)


def _counts(regions: dict[str, str]) -> tuple[RoleCount, ...]:
    wide = (
        RoleCount(Role.OWNER, EVERYWHERE, 1),
        RoleCount(Role.MANAGER, EVERYWHERE, 4),
        RoleCount(Role.CANDIDATE, EVERYWHERE, 1),
    )
    roles = (Role.COORDINATOR, Role.PRESS_SECRETARY, Role.VOLUNTEER)
    return (*wide, *(RoleCount(role, code, 3 * n + 1) for code in regions for n, role in enumerate(roles)))


@chapter.shows(team.summary)
def summary(w: Words) -> Iterator[Take]:
    yield (
        "One person, no rights to invite",
        team.summary(Team(1, 0, (RoleCount(Role.OWNER, EVERYWHERE, 1),), {}, None, None), 0, w),
    )
    yield "Requests and unreachable people", team.summary(Team(83, 5, _counts(REGIONS), REGIONS, 2, 1), 0, w)
    groups = {Group.UNREACHABLE: 5, Group.AWAY: 12, Group.OVERLOADED: 3, Group.SUSPENDED: 1}
    yield (
        "Everybody who needs a look",
        team.summary(Team(83, 5, _counts(REGIONS), REGIONS, 2, 1, groups), 0, w),
    )
    yield (
        "89 regions, the second page",
        team.summary(Team(10_200, 41, _counts(MANY_REGIONS), MANY_REGIONS, 21, 7), 1, w),
    )


@chapter.shows(team.reach_changed)
def reach_changed(w: Words) -> Iterator[Take]:
    lost = TeamMember(person(name=HTML_NAME, reachable=False), "", HELD)
    yield "To the coordinator: blocked", team.reach_changed(lost, REGIONS, w)
    yield "Back again", team.reach_changed(TeamMember(person(), "", BUSY), REGIONS, w)


@chapter.shows(team.requests, team.request)
def requests(w: Words) -> Iterator[Take]:
    yield "None", team.requests([], REGIONS, 0, w)
    odd = replace(REQUEST, name=LONG_NAME, region=LONG_REGION)
    yield "21 waiting", team.requests([odd, *[REQUEST] * 20], REGIONS, 0, w)
    yield "One opened", team.request(REQUEST, REGIONS["kazan"], w)
