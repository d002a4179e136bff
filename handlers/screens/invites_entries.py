"""The card of a shared link: who has come, and letting them in."""

from datetime import datetime

from markupsafe import Markup

from domain.invites import Entry
from domain.usecases.invites_entries import SHOWN, EntryCard
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.invites_many import ManyButton
from texts.roles import place_name, role_name
from texts.words import Words

LISTED = 20
"""Names in the text of the card; buttons have the oldest of them."""
LONGEST_NAME = 40


def card(view: EntryCard, w: Words, zone: str, now: datetime) -> Screen:
    """Counts up in place: the oldest first, each with two buttons; “all” lets in those whom this card counts."""
    invite, waiting = view.invite, view.waiting
    head = lines(
        w(
            "<b>Shared link</b>: {role}, {place}",
            role=role_name(invite.role, w),
            place=place_name(invite.region, view.regions, w),
        ),
        w("Let in: {n} of {most}", n=w.number(view.let_in), most=w.number(invite.max_uses)),
    )
    if not waiting:
        return Screen(paragraphs(head, w("Nobody is waiting.")), (_link(view, w),))
    count = w.n("<b>{n} person waits:</b>", "<b>{n} people wait:</b>", len(waiting))
    named = [_line(number, one, w, zone, now) for number, one in enumerate(waiting[:LISTED], 1)]
    rest = len(waiting) - len(named)
    more = w.n("and {n} more", "and {n} more", rest) if rest else None
    hint = w("Let in whom you know. Whoever you refuse is told so kindly.")
    return Screen(paragraphs(head, lines(count, *named, more), hint), _rows(view, w))


def _line(number: int, entry: Entry, w: Words, zone: str, now: datetime) -> Markup:
    name = entry.name if len(entry.name) <= LONGEST_NAME else entry.name[: LONGEST_NAME - 1] + "…"
    when = w.moment(entry.asked_at, zone, now)
    if entry.username:
        return w("{n}. {name} (@{username}), {when}", n=number, name=name, username=entry.username, when=when)
    return w("{n}. {name}, {when}", n=number, name=name, when=when)


def _rows(view: EntryCard, w: Words) -> tuple[Row, ...]:
    rows: list[Row] = [
        (
            button(label(f"✓ {number}. {one.name}", limit=18), ManyButton(verb="in", id=one.id)),
            button(w.plain("✕ {n}. Refuse", n=number), ManyButton(verb="no", id=one.id)),
        )
        for number, one in enumerate(view.waiting[:SHOWN], 1)
    ]
    if len(view.waiting) > 1:
        newest = max(one.id for one in view.waiting)
        everybody = w.plain("Let in all {n}", n=w.number(len(view.waiting)))
        rows.append((button(everybody, ManyButton(verb="all", id=view.invite.id, n=newest)),))
    return (*rows, _link(view, w))


def _link(view: EntryCard, w: Words) -> Row:
    return (button(w.plain("The link"), ManyButton(verb="one", id=view.invite.id)),)
