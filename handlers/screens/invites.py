"""Making an invite: role, region, link; and taking one back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from aiogram.filters.callback_data import CallbackData

from domain.people import Role
from domain.ports.people import Invite
from handlers.screens.base import Row, Screen, button, copy, grid, label, lines, link, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.roles import place_name, role_name
from texts.words import Words, local_date


class InviteButton(CallbackData, prefix="i"):
    """`verb`: role (pick the region), make, list, one, revoke."""

    verb: str
    role: str = ""
    region: str = ""
    id: int = 0
    page: int = 0


def pick_role(roles: Sequence[Role], w: Words) -> Screen:
    buttons = [button(role_name(role, w).capitalize(), InviteButton(verb="role", role=role)) for role in roles]
    opened = (button(w.plain("Open invites"), InviteButton(verb="list")),)
    return Screen(w("Whom would you like to invite?"), (*grid(buttons, 2), opened, home(w)))


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
            (button(w.plain("Take it back"), InviteButton(verb="revoke", id=invite.id)),),
            (button(w.plain("One more"), Go(to="invite")), button(w.plain("Open invites"), InviteButton(verb="list"))),
            home(w),
        ),
    )


def revoked(invite: Invite, regions: Mapping[str, str], w: Words) -> Screen:
    return Screen(
        w(
            "The invite is taken back: {role}, {place}. Its link does not work any more.",
            role=role_name(invite.role, w),
            place=place_name(invite.region, regions, w),
        ),
        ((button(w.plain("Open invites"), InviteButton(verb="list")),), home(w)),
    )


def opened(waiting: Sequence[Invite], regions: Mapping[str, str], page: int, w: Words, zone: str) -> Screen:
    """Open invites, newest first; a tap takes one back after asking."""
    rows = choices(
        waiting,
        lambda i: button(_label(i, regions, w, zone), InviteButton(verb="one", id=i.id, page=page)),
        page,
        lambda to: InviteButton(verb="list", page=to),
    )
    text = w("<b>Open invites</b>\nTap one to take it back.") if waiting else w("There are no open invites.")
    more = (button(w.plain("Invite somebody"), Go(to="invite")),)
    return Screen(text, (*rows, more, home(w)))


def one(invite: Invite, regions: Mapping[str, str], page: int, w: Words, zone: str, now: datetime) -> Screen:
    return Screen(
        paragraphs(
            w(
                "Invite: <b>{role}</b>, {place}",
                role=role_name(invite.role, w),
                place=place_name(invite.region, regions, w),
            ),
            w("Nobody has used it yet; it works until {when}.", when=w.moment(invite.expires_at, zone, now)),
        ),
        (
            (button(w.plain("Take it back"), InviteButton(verb="revoke", id=invite.id)),),
            (button(w.plain("‹ Back"), InviteButton(verb="list", page=page)),),
        ),
    )


def _label(invite: Invite, regions: Mapping[str, str], w: Words, zone: str) -> str:
    place = place_name(invite.region, regions, w)
    until = w.plain("until {when}", when=w.day(local_date(invite.expires_at, zone)))
    return label(f"{role_name(invite.role, w)}, {place}", f", {until}")


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="invite")),)
