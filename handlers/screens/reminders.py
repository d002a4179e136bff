"""The one reminder of a person: what is to be posted now or soon, and being reminded later."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.reminders import SNOOZES, moments, snoozes
from domain.usecases.reminders import Line, Live
from handlers.screens.assignment_parts import AssignmentButton, line, page_line
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.nav import Go
from texts.words import Words, mark_plain

SHOWN = 8
"""So many posts have a button of their own; the others stand in the text and under My day."""
_MINUTES = timedelta(minutes=90)
"""What is farther away is told in hours."""
_OVERDUE = timedelta(minutes=15)
_WAITS = dict(zip(SNOOZES, (mark_plain("In 15 min"), mark_plain("In 1 h")), strict=True))


class ReminderButton(CallbackData, prefix="rm"):
    """`verb`: all, one, in, at, set, wake. `version`: of the list; `value`: minutes to wait, or the moment in minutes since the epoch."""

    verb: str
    id: int = 0
    version: int = 0
    value: int = 0


def reminder(live: Live, w: Words, now: datetime, *, last: bool = False) -> Screen:
    """Before and at the slot. `last`: the day's last; it is said quietly."""
    if not live.lines:
        return later(live, w, now) if live.snoozed else nothing_left(w)
    if len(live.lines) == 1:
        return _single(live, live.lines[0], w, now, last=last)
    return _several(live, w, now, last=last)


def one(chosen: Line, w: Words, now: datetime) -> Screen:
    """One of several, with everything that can be done about it."""
    back = (button(w.plain("‹ Back"), ReminderButton(verb="all")),)
    return Screen(_about(chosen, w, now), (*_deeds(chosen, w), back))


def nothing_left(w: Words) -> Screen:
    """An old reminder was tapped."""
    return Screen(w("Everything is done here ✓"), ((button(w.plain("My day"), Go(to="today")),),))


def later(live: Live, w: Words, now: datetime) -> Screen:
    """They asked to be reminded later."""
    wake = (button(w.plain("Remind me now"), ReminderButton(verb="wake", version=live.version)),)
    return Screen(_waiting(live, w, now) or Markup(), (wake, (button(w.plain("My day"), Go(to="today")),)))


def choose_moment(live: Live, w: Words, now: datetime) -> Screen:
    """[At …] was tapped: quarters of an hour until somebody else is asked."""
    zone = live.lines[0].view.person.zone if live.lines else "UTC"
    buttons = [
        button(
            w.time(at, zone),
            ReminderButton(verb="set", version=live.version, value=int(at.timestamp()) // 60),
        )
        for at in moments(live.untils, now)
    ]
    back = (button(w.plain("‹ Back"), ReminderButton(verb="all")),)
    text = w("When shall I remind you again? A colleague is asked only after that.")
    return Screen(text, (*grid(buttons, 4), back))


# --- pieces ----------------------------------------------------------------------------------------------------------


def _single(live: Live, only: Line, w: Words, now: datetime, *, last: bool) -> Screen:
    text = paragraphs(_about(only, w, now), _waiting(live, w, now), _last(w) if last else None)
    return Screen(text, (*_deeds(only, w), *_snooze_row(live, w, now)))


def _several(live: Live, w: Words, now: datetime, *, last: bool) -> Screen:
    head = w.n("⏰ {n} post is to be published:", "⏰ {n} posts are to be published:", len(live.lines))
    listed = lines(*(_listed(one_, w, now) for one_ in live.lines))
    rows = [
        (
            button(
                label(f"{w.time(one_.assignment.at, one_.view.person.zone)} · {one_.view.page.title}"),
                ReminderButton(verb="one", id=one_.assignment.id),
            ),
        )
        for one_ in live.lines[:SHOWN]
    ]
    day: Sequence[Row] = ((button(w.plain("My day"), Go(to="today")),),) if len(live.lines) > SHOWN else ()
    text = paragraphs(head, listed, _waiting(live, w, now), _last(w) if last else None)
    return Screen(text, (*rows, *day, *_snooze_row(live, w, now)))


def _about(one_: Line, w: Words, now: datetime) -> Markup:
    return paragraphs(_head(one_, w, now), line(one_.view, w, now), _own_words(one_))


def _own_words(one_: Line) -> Markup | None:
    """The page's own line in its reminders."""
    return Markup("<i>{}</i>").format(one_.text) if one_.text else None


def _head(one_: Line, w: Words, now: datetime) -> Markup:
    ahead = one_.assignment.at - now
    if ahead > _MINUTES:
        return w("⏰ Today it is time to post, in {ago}:", ago=w.ago(ahead))
    if ahead > timedelta():
        minutes = max(1, round(ahead.total_seconds() / 60))
        return w.n("⏰ In {n} minute it is time to post:", "⏰ In {n} minutes it is time to post:", minutes)
    return w("⏰ It is time to post:") if -ahead < _OVERDUE else w("⏰ This is still to be posted:")


def _listed(one_: Line, w: Words, now: datetime) -> Markup:
    time, page = w.time(one_.assignment.at, one_.view.person.zone), page_line(one_.view.page, w)
    ahead = one_.assignment.at - now
    if ahead > timedelta():
        said = w("<b>{time}</b> {page}, in {ago}", time=time, page=page, ago=w.ago(ahead))
    elif -ahead < _OVERDUE:
        said = w("<b>{time}</b> {page}, now", time=time, page=page)
    else:
        said = w("<b>{time}</b> {page}, still open", time=time, page=page)
    return lines(said, _own_words(one_))


def _deeds(one_: Line, w: Words) -> tuple[Row, ...]:
    number, version = one_.assignment.id, one_.assignment.version
    return (
        (button(w.plain("Posted ✓"), AssignmentButton(verb="posted", id=number, version=version)),),
        (
            button(w.plain("Can't do it"), AssignmentButton(verb="cant", id=number, version=version)),
            button(w.plain("Question"), AssignmentButton(verb="ask", id=number, version=version)),
        ),
        (button(w.plain("Show the text"), AssignmentButton(verb="open", id=number, version=version)),),
    )


def _snooze_row(live: Live, w: Words, now: datetime) -> tuple[Row, ...]:
    """Nothing when somebody else is asked too soon."""
    buttons = [
        button(
            w.plain(_WAITS[wait]),  # texts: dynamic
            ReminderButton(verb="in", version=live.version, value=int(wait.total_seconds()) // 60),
        )
        for wait in snoozes(live.untils, now)
    ]
    if moments(live.untils, now):
        buttons.append(button(w.plain("At …"), ReminderButton(verb="at", version=live.version)))
    return (tuple(buttons),) if buttons else ()


def _waiting(live: Live, w: Words, now: datetime) -> Markup | None:
    """What they asked to hear of later."""
    if not live.snoozed:
        return None
    return lines(
        *(
            w(
                "🔕 {page}: I will remind you again, {time}.",
                page=Markup("<b>{}</b>").format(one_.view.page.title),
                time=w.moment(at, one_.view.person.zone, now),
            )
            for one_, at in live.snoozed
        )
    )


def _last(w: Words) -> Markup:
    return w("<i>That was the last reminder for today; everything stands under /today.</i>")
