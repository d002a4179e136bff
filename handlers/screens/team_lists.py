"""People in groups, found by name, and one person with everything that can be done about them."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.people import PersonStatus
from domain.ports.people import TeamMember
from domain.record import Kind
from domain.team import Group, Load
from domain.usecases.team_lists import PeoplePage, PersonCard
from handlers.screens.away import away_line
from handlers.screens.base import Row, Screen, button, grid, label, lines, link, paragraphs
from handlers.screens.journal_button import journal_button
from handlers.screens.keyboards import pager
from handlers.screens.nav import Go
from texts.roles import place_name, role_lines, role_name
from texts.words import Words, mark, mark_plain


class CrewButton(CallbackData, prefix="te"):
    """`verb`: list, find, found, one, note, shut, shutok, lift, leave, leaveok, roles, role, grant, drop, dropok, wishyes,
    wishno,

    move, movego, claim, mvyes, mvno, mvself, for, proof. `of`: a group. `person`: a successor. `area`: a region's key, or a link's code.
    """

    verb: str
    id: int = 0
    person: int = 0
    page: int = 0
    of: str = ""
    role: str = ""
    area: str = ""


_BUTTONS = {
    Group.ALL: mark_plain("All people"),
    Group.UNREACHABLE: mark_plain("⚠ No contact: {n}"),
    Group.AWAY: mark_plain("🏖 Away: {n}"),
    Group.OVERLOADED: mark_plain("🔥 Too much: {n}"),
    Group.SUSPENDED: mark_plain("⛔ Shut out: {n}"),
}
_HEADS = {
    Group.ALL: mark("<b>People</b>\n⚠ stands for those whom messages do not reach."),
    Group.UNREACHABLE: mark(
        "⚠ <b>Messages do not reach them.</b> Please call them by phone: a note on their card helps next time."
    ),
    Group.AWAY: mark("🏖 <b>Away now.</b> Nothing is planned for them until they are back."),
    Group.OVERLOADED: mark(
        "🔥 <b>Too much on their plate:</b> nearly a full week ahead, or late several times lately."
        " Talk to them before they are late."
    ),
    Group.SUSPENDED: mark("⛔ <b>Access closed.</b> Nothing works for them until it is opened again."),
}


def group_button(group: Group, many: int, w: Words) -> InlineKeyboardButton:
    """Opens a group."""
    return button(w.plain(_BUTTONS[group], n=w.number(many)), CrewButton(verb="list", of=group))  # texts: dynamic


def people(view: PeoplePage, w: Words) -> Screen:
    """A button per person, marked where something is the matter; the other groups one tap away."""
    rows = tuple((button(_label(one, view, w), _open(one, view)),) for one in view.people)
    if view.wanted:
        head = _found(view, w)
        turn = pager(view.page, view.pages, lambda to: CrewButton(verb="found", page=to))
    else:
        head = w(_HEADS[view.group]) if view.people else w("Nobody is in this list now.")  # texts: dynamic
        turn = pager(view.page, view.pages, lambda to: CrewButton(verb="list", of=view.group, page=to))
    others = [group_button(group, many, w) for group, many in view.counts.items() if group is not view.group]
    if view.group is not Group.ALL or view.wanted:
        others.append(group_button(Group.ALL, 0, w))
    find = (button(w.plain("Find by name"), CrewButton(verb="find")),)
    sun = w("🏖 stands for those who are away.") if view.away and view.group is Group.ALL else None
    return Screen(lines(head, sun), (*rows, *turn, *grid(others, 2), find, (button(w.plain("‹ Back"), Go(to="team")),)))


def _found(view: PeoplePage, w: Words) -> Markup:
    if not view.people:
        return w("Nobody is called “{text}” here. Type another part of the name.", text=view.wanted)
    count = w.n("<b>Found:</b> {n} person", "<b>Found:</b> {n} people", view.found)
    return lines(count, w("Not the right one? Type the name again."))


def _open(one: TeamMember, view: PeoplePage) -> CrewButton:
    return CrewButton(verb="one", id=one.person.id, page=view.page, of="" if view.wanted else view.group)


def _label(one: TeamMember, view: PeoplePage, w: Words) -> str:
    shut = one.person.status is PersonStatus.SUSPENDED
    marks = ("⛔ " if shut else "") + ("🏖 " if one.person.id in view.away else "")
    marks += "" if one.person.reachable else "⚠ "
    load = view.loads.get(one.person.id)
    if load is not None:
        return label(f"{marks}{one.person.name}", f" · {_in_short(load, w)}")
    first = one.memberships[0] if one.memberships else None
    alike = sum(1 for other in view.people if other.person.name == one.person.name) > 1
    if alike:  # who is meant must be plain before anything is decided about them
        marks += f"@{one.username} " if one.username else f"№{one.person.id} "
    role = f" · {role_name(first.role, w)}, {place_name(first.region, view.regions, w)}" if first else ""
    return label(f"{marks}{one.person.name}{role}")


def _in_short(load: Load, w: Words) -> str:
    """ "12 of 14, late 2"."""
    if load.late:
        return w.plain("{n} of {cap}, late {late}", n=load.ahead, cap=load.week, late=load.late)
    return w.plain("{n} of {cap}", n=load.ahead, cap=load.week)


def ask_name(w: Words) -> Screen:
    """The next message is looked for."""
    back = (button(w.plain("‹ Back"), Go(to="team")),)
    return Screen(w("Whom are you looking for? Type the first letters of the name or surname."), (back,))


# -- one person ---------------------------------------------------------------------------------------------------------------


def person(
    card: PersonCard, of: str, page: int, w: Words, zone: str, now: datetime, line: Markup | None = None
) -> Screen:
    """Who it is, how to reach them, what they have to do. `zone`: the reader's; `line`: what has just happened."""
    who = card.member.person
    quiet = w("These are their quiet hours.") if who.is_quiet(now) else None
    shut = None
    if card.suspension is not None:
        when = w.moment(card.suspension.at, zone, now)
        shut = w("⛔ <b>Access closed</b> {when}, by {name}.", when=when, name=card.suspended_by or "—")
    text = paragraphs(
        line,
        lines(w("<b>{name}</b>", name=who.name), *role_lines(card.member.memberships, card.regions, w)),
        lines(
            shut,
            w("It is {time} there ({zone}).", time=w.time(now, who.zone), zone=w.zone_name(who.zone, now)),
            quiet,
            away_line(card.absence, who, now, w),
            w("Messages reach them.")
            if who.reachable
            else w("⚠ Messages do not arrive: the bot is blocked, or the account is gone. Please call by phone."),
        ),
        _load(card.load, w),
        w("<b>Your note</b> (only you see it): {note}", note=card.note) if card.note else None,
    )
    return Screen(text, (*_doors(card, w), (_back(of, page, w),)))


def _load(load: Load, w: Words) -> Markup:
    ahead = w.n(
        "Next 7 days: {n} post, they can take {cap}.",
        "Next 7 days: {n} posts, they can take {cap}.",
        load.ahead,
        cap=load.week,
    )
    late = None
    if load.late:
        late = w.n(
            "Late or missed in the last 14 days: {n} post.", "Late or missed in the last 14 days: {n} posts.", load.late
        )
    return lines(ahead, late, w("🔥 That is too much for them.") if load.too_much else None)


def _doors(card: PersonCard, w: Words) -> tuple[Row, ...]:
    number = card.member.person.id
    rows: list[Row] = []
    if card.member.username:
        rows.append((link(w.plain("Write to them"), f"https://t.me/{card.member.username}"),))
    some = []
    if card.may_report:
        some.append(button(w.plain("Report for them"), CrewButton(verb="for", id=number)))
    some.append(button(w.plain("My note"), CrewButton(verb="note", id=number)))
    if card.may_roles:
        some.append(button(w.plain("Roles"), CrewButton(verb="roles", id=number)))
    if card.may_move:
        some.append(button(w.plain("New account"), CrewButton(verb="move", id=number)))
    if card.may_journal:
        some.append(journal_button(Kind.PERSON, number, w))
    rows.extend(grid(some, 2))
    if card.may_suspend and card.suspension is not None:
        rows.append((button(w.plain("Open access again"), CrewButton(verb="lift", id=number)),))
    elif card.may_suspend and card.member.person.status is PersonStatus.ACTIVE:
        rows.append((button(w.plain("⛔ Close access"), CrewButton(verb="shut", id=number)),))
    return tuple(rows)


def _back(of: str, page: int, w: Words) -> InlineKeyboardButton:
    to = CrewButton(verb="list", of=of, page=page) if of else CrewButton(verb="found", page=page)
    return button(w.plain("‹ Back"), to)


def back_to(number: int, w: Words) -> Row:
    """To the person's card."""
    return (button(w.plain("‹ Back"), CrewButton(verb="one", id=number, of=Group.ALL)),)


def ask_note(number: int, name: str, note: str, w: Words) -> Screen:
    """The next message is the note; a dash takes it away."""
    text = paragraphs(
        w(
            "A note about <b>{name}</b>, for yourself: when to call, through whom to reach them. One message."
            " No phone numbers: they are the person's own to give.",
            name=name,
        ),
        w("Now: {note}\nSend “-” to remove it.", note=note) if note else None,
    )
    return Screen(text, (back_to(number, w),))
