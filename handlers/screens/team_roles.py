"""Roles of somebody who is here, and decisions that wait for a second person."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from domain.pages import Page, page_key
from domain.people import EVERYWHERE, Role
from domain.succession import Moved
from domain.two_people import Kind, WishState
from domain.usecases.team_roles import RoleView
from domain.usecases.two_people import WishView
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from handlers.screens.suspension import moved_lines
from handlers.screens.team_lists import CrewButton, back_to
from texts.roles import place_name, role_lines, role_name
from texts.words import Words


def _key(region: str) -> str:
    return EVERYWHERE if region == EVERYWHERE else page_key(region)


def roles(view: RoleView, regions: Mapping[str, str], w: Words, line: Markup | None = None) -> Screen:
    """What they hold, each with a button that takes it back; what the reader could give."""
    wish = None if view.wish is None else two_decide(w)
    held = role_lines(view.held, regions, w) if view.held else [w("No role at the moment.")]
    drop: list[Row] = [
        (
            button(
                label(f"✕ {role_name(one.role, w)}", f" · {place_name(one.region, regions, w)}"[:24]),
                CrewButton(verb="drop", id=view.person_id, role=one.role, area=_key(one.region)),
            ),
        )
        for one in view.held
        if one.role in view.roles
    ]
    how = w("✕ takes a role back, once you have confirmed.") if drop else None
    text = paragraphs(line, lines(w("<b>Roles of {name}</b>", name=view.name), *held), wish, how)
    give = [
        button(f"+ {role_name(role, w)}", CrewButton(verb="role", id=view.person_id, role=role)) for role in view.roles
    ]
    return Screen(text, (*drop, *grid(give, 2), back_to(view.person_id, w)))


def two_decide(w: Words) -> Markup:
    """A line for whoever gives or takes a role that waits for a second person."""
    return w("Two people decide about this role. Those who may agree have been asked: the first yes does it.")


def taken(moved: Moved, pages: Mapping[str, Page], w: Words) -> Markup:
    """What has just happened; with somebody's last role their posts and pages go to others."""
    return lines(
        w("✓ The role is taken back; they are told."), moved_lines(moved, w("A colleague has taken over:"), pages, w)
    )


def ask_take(view: RoleView, role: Role, region: str, place: str, w: Words) -> Screen:
    """A role is never one slip of the thumb away from being lost."""
    last = w("It is their only role: nothing works for them then, and their pages and posts go to others.")
    text = paragraphs(
        w("Take <b>{role}</b>, {place} from <b>{name}</b>?", role=role_name(role, w), place=place, name=view.name),
        last if len(view.held) == 1 else None,
        w("They are told at once, and so are those who answer for them."),
    )
    yes = CrewButton(verb="dropok", id=view.person_id, role=role, area=_key(region))
    keep = CrewButton(verb="roles", id=view.person_id)
    return Screen(text, ((button(w.plain("Take the role"), yes), button(w.plain("Keep it"), keep)),))


def pick_region(view: RoleView, role: Role, page: int, w: Words) -> Screen:
    """Where a new role holds."""
    rows = choices(
        view.regions,
        lambda one: button(
            label(one[1] or w.plain("the whole campaign")),
            CrewButton(verb="grant", id=view.person_id, role=role, area=_key(one[0])),
        ),
        page,
        lambda to: CrewButton(verb="role", id=view.person_id, role=role, page=to),
    )
    text = (
        w("Where is {name} to be <b>{role}</b>?", name=view.name, role=role_name(role, w))
        if view.regions
        else w("{name} has this role wherever you could give it.", name=view.name)
    )
    back = (button(w.plain("‹ Back"), CrewButton(verb="roles", id=view.person_id)),)
    return Screen(text, (*rows, back))


# -- what others hear ---------------------------------------------------------------------------------------------------------


def role_mine(role: Role, place: str, by: str, w: Words) -> Screen:
    """To whoever has a new role."""
    name, where = role_name(role, w), place
    if by:
        return Screen(
            w("You have a new role: <b>{role}</b>, {place}. Given by {name}.", role=name, place=where, name=by)
        )
    return Screen(w("You have a new role: <b>{role}</b>, {place}.", role=name, place=where))


def role_gone(role: Role, place: str, w: Words) -> Screen:
    """To whoever has one less."""
    return Screen(w("You are no longer {role}, {place}. Thank you for the work!", role=role_name(role, w), place=place))


def role_new(person_id: int, who: str, role: Role, place: str, by: str, w: Words) -> Screen:
    """To those who answer for them: should it be a surprise, the card is one tap away."""
    name = role_name(role, w)
    text = (
        w("<b>{who}</b> is now {role}, {place}. Let in by {name}.", who=who, role=name, place=place, name=by)
        if by
        else w("<b>{who}</b> is now {role}, {place}.", who=who, role=name, place=place)
    )
    return Screen(text, ((button(w.plain("Show person"), CrewButton(verb="one", id=person_id, of="all")),),))


def role_taken(person_id: int, who: str, role: Role, place: str, by: str, w: Words) -> Screen:
    """The same of a role that was taken back."""
    text = w(
        "<b>{who}</b> is no longer {role}, {place}. Decided by {name}.",
        who=who,
        role=role_name(role, w),
        place=place,
        name=by,
    )
    return Screen(text, ((button(w.plain("Show person"), CrewButton(verb="one", id=person_id, of="all")),),))


# -- a second yes -------------------------------------------------------------------------------------------------------------


def wish(view: WishView, w: Words, zone: str, now: datetime) -> Screen:
    """The card of whoever could give the second yes; how it ended once it has."""
    if view.wish.state is WishState.LAPSED:
        return Screen(w("The data of this person are erased already: nothing is left to decide."))
    head = _wanted(view, w)
    if view.wish.state is WishState.DONE:
        return Screen(lines(head, w("✓ Done: {name} agreed.", name=view.decided)))
    if view.wish.state is WishState.DECLINED:
        return Screen(lines(head, w("{name} said no. Nothing has changed.", name=view.decided)))
    if view.wish.expires_at <= now:
        return Screen(lines(head, w("Nobody agreed within a day. Nothing has changed.")))
    until = w("Your yes does it at once. It can be given until {when}.", when=w.moment(view.wish.expires_at, zone, now))
    yes = (button(w.plain("Yes, do it"), CrewButton(verb="wishyes", id=view.wish.id)),)
    no = (button(w.plain("No"), CrewButton(verb="wishno", id=view.wish.id)),)
    return Screen(paragraphs(head, until), (yes, no))


def _wanted(view: WishView, w: Words) -> Markup:
    if view.wish.kind is Kind.SUSPEND_LEADER:
        rest = w("{name} takes over.", name=view.successor) if view.successor else None
        return lines(w("⛔ {by} wants to close access for <b>{name}</b>.", by=view.by, name=view.name), rest)
    if view.wish.kind is Kind.ERASE:
        return lines(
            w(
                "🗑 The operator wants to erase the data of <b>{name}</b>, and says that they asked for it themselves. If you"
                " are not sure, talk to them first.",
                name=view.name,
            ),
            w("Name, account and own words go for ever; what was published stays."),
        )
    role = role_name(view.wish.role or Role.MANAGER, w)
    place = place_name(view.wish.region, {view.wish.region: view.region}, w)
    return w("{by} wants to make <b>{name}</b> {role}, {place}.", by=view.by, name=view.name, role=role, place=place)


def wish_decided(view: WishView, w: Words, zone: str, now: datetime) -> Screen:
    """To whoever proposed it."""
    return Screen(wish(view, w, zone, now).text, (home(w),))
