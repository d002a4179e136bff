"""Who is here: numbers first, then people, then one person."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.people import EVERYWHERE, ROLE_ORDER
from domain.ports.people import AccessRequest, RoleCount, TeamMember
from domain.usecases.team import Team
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.invites import InviteButton
from handlers.screens.join import request_card
from handlers.screens.keyboards import choices, pager
from handlers.screens.nav import Go, home
from handlers.screens.team_lists import CrewButton, group_button
from texts.roles import place_name, role_group, role_lines
from texts.words import Words

REGIONS_SHOWN = 10
"""Lines of regions on one screen."""


class TeamButton(CallbackData, prefix="tm"):
    """`verb`: sum, people, person, requests, request. Lists and cards of people have `CrewButton`s."""

    verb: str
    id: int = 0
    page: int = 0


def summary(team: Team, page: int, w: Words) -> Screen:
    """Problems first, then every region in one line."""
    places = sorted({count.region for count in team.roles}, key=lambda code: _place_order(code, team.regions))
    pages = max(1, -(-len(places) // REGIONS_SHOWN))
    page = max(0, min(page, pages - 1))
    shown = places[page * REGIONS_SHOWN : (page + 1) * REGIONS_SHOWN]
    requests, unreachable = team.requests or 0, team.unreachable
    problems = lines(
        w.n("⚠ {n} person cannot be reached", "⚠ {n} people cannot be reached", unreachable) if unreachable else None,
        w.n("⚠ {n} request for access waits", "⚠ {n} requests for access wait", requests) if requests else None,
    )
    head = w.n("<b>Team:</b> {n} person", "<b>Team:</b> {n} people", team.people)
    body = lines(*(_region_line(code, team, w) for code in shown))
    return Screen(
        paragraphs(lines(head, problems), body),
        (*pager(page, pages, lambda to: TeamButton(verb="sum", page=to)), *_doors(team, w), home(w)),
    )


def _place_order(code: str, regions: Mapping[str, str]) -> tuple[bool, str]:
    return code != EVERYWHERE, regions.get(code, code)


def _region_line(code: str, team: Team, w: Words) -> Markup:
    counts: list[RoleCount] = [count for count in team.roles if count.region == code]
    counts.sort(key=lambda count: ROLE_ORDER.index(count.role))
    listed = ", ".join(f"{role_group(c.role, w)} {w.number(c.people)}" for c in counts)
    return w("<b>{region}</b>: {roles}", region=place_name(code, team.regions, w), roles=listed)


def _doors(team: Team, w: Words) -> tuple[Row, ...]:
    rows: list[Row] = [
        (
            button(w.plain("People"), TeamButton(verb="people")),
            button(w.plain("Find by name"), CrewButton(verb="find")),
        ),
        *grid([group_button(group, many, w) for group, many in team.groups.items()], 2),
    ]
    if team.requests is not None:
        label = w.plain("Requests: {n}", n=w.number(team.requests))
        rows.append((button(label, TeamButton(verb="requests")),))
    if team.invites is not None:
        label = w.plain("Open invites: {n}", n=w.number(team.invites))
        rows.append((button(label, InviteButton(verb="list")), button(w.plain("Invite"), Go(to="invite"))))
    return tuple(rows)


def reach_changed(member: TeamMember, regions: Mapping[str, str], w: Words) -> Screen:
    """For the coordinator: messages do not reach somebody any more, or reach them again."""
    name, roles = member.person.name, "; ".join(role_lines(member.memberships, regions, w))
    if member.person.reachable:
        text = w("Messages reach <b>{name}</b> again ({roles}).", name=name, roles=roles)
    else:
        text = w(
            "⚠ Messages do not reach <b>{name}</b> any more ({roles}). Please get in touch another way.",
            name=name,
            roles=roles,
        )
    return Screen(text, ((button(w.plain("Show person"), TeamButton(verb="person", id=member.person.id)),),))


def requests(waiting: list[AccessRequest], regions: Mapping[str, str], page: int, w: Words) -> Screen:
    """Oldest first; a tap opens the card."""
    rows = choices(
        waiting,
        lambda r: button(label(f"{r.name} · {regions.get(r.region, r.region)}"), TeamButton(verb="request", id=r.id)),
        page,
        lambda to: TeamButton(verb="requests", page=to),
    )
    text = w("<b>Requests for access</b>, the oldest first") if waiting else w("No requests for access are waiting.")
    return Screen(text, (*rows, _back(w)))


def request(found: AccessRequest, region: str, w: Words) -> Screen:
    """A request opened from the list."""
    card = request_card(found, region, w)
    return Screen(card.text, (*card.rows, (button(w.plain("‹ Back"), TeamButton(verb="requests")),)))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="team")),)
