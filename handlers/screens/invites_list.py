"""Links that are open or over: what they brought, and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from domain.usecases.invites_many import Listed, Looked
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.invites_many import ManyButton
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from handlers.screens.team import TeamButton
from texts.roles import place_name, role_name
from texts.words import Words, local_date

SHOWN = 30
"""Arrivals on one screen."""


def listed(
    found: Sequence[Listed], regions: Mapping[str, str], page: int, w: Words, zone: str, *, over: bool
) -> Screen:
    """Newest first; a tap opens one."""
    rows = choices(
        found,
        lambda one: button(_label(one, regions, w, zone), _open(one)),
        page,
        lambda to: ManyButton(verb="past" if over else "list", n=to),
    )
    if over:
        text = (
            w("<b>Invites that are over</b> and brought somebody, of the last 30 days")
            if found
            else w("No invite that is over brought anybody in the last 30 days.")
        )
        other = (button(w.plain("Open invites"), ManyButton(verb="list")),)
    else:
        text = w("<b>Open invites</b>\nTap one to take it back.") if found else w("There are no open invites.")
        other = (button(w.plain("Invites that are over"), ManyButton(verb="past")),)
    return Screen(text, (*rows, other, (button(w.plain("Invite somebody"), Go(to="invite")),), home(w)))


def _open(one: Listed) -> ManyButton:
    if one.order is not None:
        return ManyButton(verb="order", id=one.order.id)
    return ManyButton(verb="one", id=one.invite.id)


def _label(one: Listed, regions: Mapping[str, str], w: Words, zone: str) -> str:
    invite = one.invite
    until = w.plain("until {when}", when=w.day(local_date(invite.expires_at, zone)))
    if one.order is not None:
        what = one.order.name or f"{role_name(invite.role, w)}, {place_name(invite.region, regions, w)}"
        return label(f"{w.number(one.links)} × {what}", f", {until}")
    many = f" {w.number(invite.uses)}/{w.number(invite.max_uses)}" if invite.max_uses > 1 else ""
    return label(f"{role_name(invite.role, w)}, {place_name(invite.region, regions, w)}", f"{many}, {until}")


def one(looked: Looked, w: Words, zone: str, now: datetime) -> Screen:
    """A link or an order: how it stands, and everybody who came by it, so that they can be looked at."""
    invite, order = looked.listed.invite, looked.listed.order
    what = w(
        "Invite: <b>{role}</b>, {place}",
        role=role_name(invite.role, w),
        place=place_name(invite.region, looked.regions, w),
    )
    if order is not None and order.role is None:
        what = w("<b>Invites from a table</b>: {file}", file=order.name)
    people = [
        button(label(one.name), TeamButton(verb="person", id=one.person_id)) for one in looked.arrivals[:SHOWN_BUTTONS]
    ]
    return Screen(
        paragraphs(lines(what, _numbers(looked, w)), _state(looked, w, zone, now), _arrivals(looked, w, zone)),
        (*((one,) for one in people), *_rows(looked, w)),
    )


SHOWN_BUTTONS = 6


def _numbers(looked: Looked, w: Words) -> Markup | None:
    found = looked.listed
    if found.order is not None:
        return w.n("{n} link, used: {used}", "{n} links, used: {used}", found.links, used=w.number(found.used))
    if found.invite.shared:
        return w(
            "Shared link: {n} of {most} places taken", n=w.number(found.used), most=w.number(found.invite.max_uses)
        )
    return None


def _state(looked: Looked, w: Words, zone: str, now: datetime) -> Markup:
    invite, order = looked.listed.invite, looked.listed.order
    if looked.taken_back and order is not None:
        return w.n("{n} link is taken back.", "{n} links are taken back.", looked.taken_back)
    if invite.revoked_at is not None and order is None:
        return w("The invite is taken back. Its link does not work any more.")
    if not looked.open:
        return w("It does not work any more.")
    if not looked.listed.used:
        return w("Nobody has used it yet; it works until {when}.", when=w.moment(invite.expires_at, zone, now))
    return w("It works until {when}.", when=w.moment(invite.expires_at, zone, now))


def _arrivals(looked: Looked, w: Words, zone: str) -> Markup | None:
    if not looked.arrivals:
        return w("Nobody has come by it.") if looked.listed.used or not looked.open else None
    head = w.n("<b>{n} person came by it:</b>", "<b>{n} people came by it:</b>", len(looked.arrivals))
    shown = [
        w("• {name}, {when}", name=one.name, when=w.day(local_date(one.at, zone))) for one in looked.arrivals[:SHOWN]
    ]
    rest = len(looked.arrivals) - len(shown)
    look = w("They stay until you take their access. Look at them:") if not looked.open else None
    return lines(head, *shown, w.n("and {n} more", "and {n} more", rest) if rest else None, look)


def _rows(looked: Looked, w: Words) -> tuple[Row, ...]:
    invite, order = looked.listed.invite, looked.listed.order
    rows: list[Row] = []
    if looked.open:
        back = ManyButton(verb="back", id=order.id) if order is not None else ManyButton(verb="undo", id=invite.id)
        rows.append((button(w.plain("Take it back"), back),))
        if invite.shared:
            rows.append((button(w.plain("Who waits"), ManyButton(verb="card", id=invite.id)),))
    rows.append((button(w.plain("‹ Back"), ManyButton(verb="list" if looked.open else "past")),))
    return tuple(rows)
