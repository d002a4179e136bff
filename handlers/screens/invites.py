"""Making an invite for one person: role, region, link."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from aiogram.filters.callback_data import CallbackData

from domain.people import Role
from domain.ports.people import Invite
from handlers.screens.base import Row, Screen, button, copy, grid, label, lines, link, paragraphs
from handlers.screens.course import CourseButton
from handlers.screens.invites_many import ManyButton
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.roles import place_name, role_name
from texts.words import Words


class InviteButton(CallbackData, prefix="i"):
    """`verb`: role (pick the region), make; list, one, revoke on cards of earlier versions."""

    verb: str
    role: str = ""
    region: str = ""
    id: int = 0
    page: int = 0


def pick_role(roles: Sequence[Role], w: Words) -> Screen:
    buttons = [button(role_name(role, w).capitalize(), InviteButton(verb="role", role=role)) for role in roles]
    many = (button(w.plain("Many at once"), ManyButton(verb="many")),)
    opened = button(w.plain("Open invites"), ManyButton(verb="list"))
    course = button(w.plain("The course"), CourseButton(verb="people"))
    return Screen(w("Whom would you like to invite?"), (*grid(buttons, 2), many, (opened, course), home(w)))


def pick_region(role: Role, options: Sequence[tuple[str, str]], page: int, w: Words) -> Screen:
    """`options`: code and name; everywhere comes as `*` with an empty name."""
    rows = choices(
        options,
        lambda o: button(label(o[1] or _everywhere(w)), InviteButton(verb="make", role=role, region=o[0])),
        page,
        lambda to: InviteButton(verb="role", role=role, page=to),
        width=2,
        size=12,
    )
    return Screen(w("<b>{role}</b>: for which region?", role=role_name(role, w).capitalize()), (*rows, _back(w)))


def _everywhere(w: Words) -> str:
    name = w.plain("the whole campaign")
    return name[:1].upper() + name[1:]


def made(invite: Invite, url: str, regions: Mapping[str, str], w: Words, zone: str, now: datetime) -> Screen:
    """The link: it is shown here once, since only its hash is kept."""
    share = f"https://t.me/share/url?url={quote(url, safe='')}"
    text = paragraphs(
        w(
            "Invite: <b>{role}</b>, {place}",
            role=role_name(invite.role, w),
            place=place_name(invite.region, regions, w),
        ),
        w("<code>{url}</code>", url=url),
        lines(
            w("For one person, until {when}.", when=w.moment(invite.expires_at, zone, now)),
            w("The link cannot be shown again later: send it right away."),
        ),
    )
    return Screen(
        text,
        (
            (link(w.plain("Send"), share), copy(w.plain("Copy link"), url)),
            (button(w.plain("Take it back"), ManyButton(verb="undo", id=invite.id)),),
            (button(w.plain("One more"), Go(to="invite")), button(w.plain("Open invites"), ManyButton(verb="list"))),
            home(w),
        ),
    )


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="invite")),)
