"""Swaps: whom to ask, for what, and the colleague's yes or no."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from domain.ports.plan import AssignmentView
from domain.swaps import SwapState
from domain.usecases.swaps import Choice, SwapView, Terms
from handlers.screens.assignment_parts import AssignmentButton, line
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go
from handlers.screens.swap_buttons import SwapButton
from texts.words import Words

PER_PAGE = 8


def _button(mine: int, version: int, verb: str, person: int = 0, other: int = 0, page: int = 0) -> SwapButton:
    return SwapButton(verb=verb, id=mine, version=version, person=person, other=other, page=page)


def _to_card(number: int, version: int, w: Words) -> Row:
    return (button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version)),)


# --- for whoever asks --------------------------------------------------------------------------------------------------


def whom(found: Choice, page: int, w: Words, now: datetime) -> Screen:
    """[Ask a colleague]: who can take it, be it in exchange."""
    one = found.mine.assignment
    back = _to_card(one.id, one.version, w)
    if found.open is not None:
        return waiting(found.open, w, now)
    if not found.people and found.name:
        text = w("Nobody of that name can take it at that time. Write another name, or go back.")
        return Screen(paragraphs(line(found.mine, w, now), text), (_everybody(found, w),))
    if not found.people:
        text = w(
            "Nobody else can take this one at that time. If it does not work out, tap <b>Can't do it</b> on the card."
        )
        return Screen(paragraphs(line(found.mine, w, now), text), (back,))
    rows = choices(
        found.people,
        lambda person: button(label(person.name), _button(one.id, one.version, "terms", person.id)),
        page,
        lambda to: _button(one.id, one.version, "list", page=to),
        size=PER_PAGE,
    )
    below: tuple[Row, ...] = (back,)
    if found.name:
        below = (_everybody(found, w),)
    elif len(found.people) > PER_PAGE:
        below = ((button(w.plain("Find by name"), _button(one.id, one.version, "name")),), back)
    text = w("Whom shall I ask? Until they say yes, it stays yours.")
    return Screen(paragraphs(line(found.mine, w, now), text), (*rows, *below))


def _everybody(found: Choice, w: Words) -> Row:
    one = found.mine.assignment
    return (button(w.plain("All colleagues"), _button(one.id, one.version, "who")),)


def ask_name(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Find by name] was tapped."""
    one = view.assignment
    text = w("Write the name, or its beginning.")
    return Screen(paragraphs(line(view, w, now), text), (_to_card(one.id, one.version, w),))


def for_what(found: Terms, w: Words, now: datetime) -> Screen:
    """The colleague is chosen: to take it, or to exchange it."""
    one, name, zone = found.mine.assignment, found.colleague.name, found.mine.person.zone
    rows: list[Row] = []
    if found.gift:
        rows.append((button(w.plain("Please take it"), _button(one.id, one.version, "ask", found.colleague.id)),))
    for view in found.theirs[:PER_PAGE]:
        data = _button(one.id, one.version, "ask", found.colleague.id, view.assignment.id)
        what = label(f"⇄ {w.moment(view.assignment.at, zone, now)} {view.page.title}")
        rows.append((button(what, data),))
    if rows:
        text = w("What shall I ask {name}? ⇄: you take theirs instead.", name=name)
    else:
        text = w("{name} cannot take it any more. Please choose somebody else.", name=name)
    back: Row = (button(w.plain("‹ Back"), _button(one.id, one.version, "who")),)
    return Screen(paragraphs(line(found.mine, w, now), text), (*rows, back))


def waiting(view: SwapView, w: Words, now: datetime) -> Screen:
    """Somebody is asked; until then nothing changes."""
    zone, one = view.asker.zone, view.mine.assignment
    until = w.moment(view.swap.expires_at, zone, now)
    text = lines(
        w("✓ I am asking {name}. Until they say yes, it stays yours.", name=view.colleague.name),
        _exchange(view, w, now),
        w("They can answer until {time}.", time=until),
    )
    undo = SwapButton(verb="undo", id=view.swap.id, version=view.swap.version)
    rows = ((button(w.plain("Never mind, I keep it"), undo),), _to_card(one.id, one.version, w))
    return Screen(paragraphs(line(view.mine, w, now), text), rows)


def _exchange(view: SwapView, w: Words, now: datetime) -> Markup | None:
    """For whoever asks."""
    if view.other is None:
        return None
    when = w.moment(view.other.assignment.at, view.asker.zone, now)
    return w("In exchange you would take {time} {page}.", time=when, page=view.other.page.title)


def answered(view: SwapView, w: Words, now: datetime) -> Screen:
    """News for whoever asked."""
    name = view.colleague.name
    if view.swap.state is SwapState.AGREED:
        taken = w("🤝 {name} takes this post. There is nothing left to do for you here.", name=name)
        got = None
        if view.other is not None:
            when = w.moment(view.other.assignment.at, view.asker.zone, now)
            got = w(
                "Yours instead: <b>{time}</b> {page}. Its text comes in good time.",
                time=when,
                page=view.other.page.title,
            )
        return Screen(paragraphs(taken, line(view.mine, w, now), got), ((button(w.plain("My day"), Go(to="today")),),))
    no = (
        w("{name} cannot take it this time, so it is still yours.", name=name)
        if view.swap.state is SwapState.REFUSED or view.swap.expires_at > now
        else w("{name} has not answered, so it is still yours.", name=name)
    )
    one = view.mine.assignment
    again = button(w.plain("Ask somebody else"), _button(one.id, one.version, "who"))
    cant = button(w.plain("Can't do it"), AssignmentButton(verb="cant", id=one.id, version=one.version))
    rows: tuple[Row, ...] = ((again,), (cant,)) if view.swap.expires_at > now else ((cant,),)
    return Screen(paragraphs(no, line(view.mine, w, now)), rows)


# --- for the colleague -------------------------------------------------------------------------------------------------


def offer(view: SwapView, w: Words, now: datetime) -> Screen:
    """A colleague asks by name."""
    if view.swap.state is not SwapState.OPEN:
        return outcome(view, w, now)
    until = w(
        "Please answer until {time}. A no is fine too.", time=w.moment(view.swap.expires_at, view.colleague.zone, now)
    )
    row: Row = (
        button(w.plain("Yes, gladly"), SwapButton(verb="yes", id=view.swap.id, version=view.swap.version)),
        button(w.plain("No, sorry"), SwapButton(verb="no", id=view.swap.id, version=view.swap.version)),
    )
    return Screen(paragraphs(_asked(view, w, now), until), (row,))


def _asked(view: SwapView, w: Words, now: datetime) -> Markup:
    """What is asked, on the colleague's own clock."""
    mine = line(_as_read_by_colleague(view), w, now)
    if view.other is None:
        return paragraphs(w("🤝 <b>{name}</b> asks whether you can take this post:", name=view.asker.name), mine)
    head = w("🤝 <b>{name}</b> asks to exchange. You would take:", name=view.asker.name)
    given = w("{name} would take yours instead:", name=view.asker.name)
    return paragraphs(head, mine, given, line(view.other, w, now))


def _as_read_by_colleague(view: SwapView) -> AssignmentView:
    return replace(view.mine, person=view.colleague)


def outcome(view: SwapView, w: Words, now: datetime) -> Screen:
    """The colleague's message after an answer, or when it was taken back."""
    match view.swap.state:
        case SwapState.OPEN:
            return offer(view, w, now)
        case SwapState.AGREED:
            text = w("Thank you, it is yours! The text comes in good time; you find it in /today.")
        case SwapState.REFUSED:
            text = w("All right, {name} keeps it. Thank you for answering.", name=view.asker.name)
        case _:
            text = w("No longer needed, thank you.")
    return Screen(paragraphs(line(_as_read_by_colleague(view), w, now), text))
