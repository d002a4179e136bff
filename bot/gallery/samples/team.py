"""The team, requests for access, invites."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_NAME,
    LONG_NAME,
    LONG_REGION,
    MANY_REGIONS,
    NOW,
    REGIONS,
    ZONE,
    minutes,
    person,
)
from bot.gallery.samples.join import CODE, REQUEST
from domain.people import EVERYWHERE, Membership, Role
from domain.ports.people import Invite, RoleCount, TeamMember
from domain.usecases.team import PeoplePage, Team
from handlers.screens import invites, team
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
    yield (
        "89 regions, the second page",
        team.summary(Team(10_200, 41, _counts(MANY_REGIONS), MANY_REGIONS, 21, 7), 1, w),
    )


@chapter.shows(team.people)
def people(w: Words) -> Iterator[Take]:
    members = [
        TeamMember(replace(one, reachable=n > 1), "anna", HELD if n % 3 else BUSY) for n, one in enumerate(CROWD)
    ]
    yield "200 people", team.people(PeoplePage(tuple(members[:8]), REGIONS, 0, 25), w)
    yield "Somebody without a role", team.people(PeoplePage((TeamMember(person(), "", ()),), REGIONS, 0, 1), w)


@chapter.shows(team.person)
def one_person(w: Words) -> Iterator[Take]:
    yield "A volunteer", team.person(TeamMember(person(), "anna_sokolova", HELD), REGIONS, 0, w, NOW)
    asleep = person(name=LONG_NAME, zone="Asia/Kamchatka", reachable=False)
    yield "Unreachable, in quiet hours, three roles", team.person(TeamMember(asleep, "", BUSY), REGIONS, 0, w, NOW)


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


@chapter.shows(invites.pick_role, invites.pick_region)
def pick(w: Words) -> Iterator[Take]:
    yield "An owner may invite anybody", invites.pick_role(tuple(Role), w)
    yield "A coordinator", invites.pick_role((Role.VOLUNTEER,), w)
    options = [(EVERYWHERE, ""), *MANY_REGIONS.items()]
    yield "90 regions", invites.pick_region(Role.PRESS_SECRETARY, options, 0, w)


@chapter.shows(invites.made, invites.revoked)
def made(w: Words) -> Iterator[Take]:
    yield "The link", invites.made(INVITE, URL, REGIONS, w, ZONE, NOW)
    wide = replace(INVITE, role=Role.PRESS_SECRETARY, region=EVERYWHERE)
    yield "For the whole campaign", invites.made(wide, URL, REGIONS, w, ZONE, NOW)
    yield "Taken back", invites.revoked(replace(INVITE, revoked_at=minutes(0)), REGIONS, w)


@chapter.shows(invites.opened, invites.one)
def opened(w: Words) -> Iterator[Take]:
    yield "None", invites.opened([], REGIONS, 0, w, ZONE)
    long = replace(INVITE, role=Role.PRESS_SECRETARY, region=LONG_REGION)
    yield "20 open", invites.opened([INVITE, long] * 10, REGIONS, 0, w, ZONE)
    yield "One of them", invites.one(long, REGIONS, 0, w, ZONE, NOW)
