"""A person's posting day: the morning's list and /today."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from domain.plan import AssignmentState
from domain.ports.plan import AssignmentView
from domain.usecases.assignments import MyDay
from handlers.screens.assignments import AssignmentButton
from handlers.screens.base import Screen, button, grid, label, lines, paragraphs
from handlers.screens.nav import home
from texts.words import Words

_MARKS = {
    AssignmentState.ASSIGNED: "○",
    AssignmentState.OFFERED: "?",
    AssignmentState.POSTED: "✓",
    AssignmentState.MISSED: "✗",
}


def _day_line(view: AssignmentView, w: Words) -> Markup:
    time = w.time(view.assignment.at, view.person.zone)
    state = _MARKS.get(view.assignment.state, "")
    if view.slot.posted_at is not None and view.assignment.state is AssignmentState.POSTED:
        done = w.time(view.slot.posted_at, view.person.zone)
        return w("{mark} {time} {page}: posted {done}", mark=state, time=time, page=view.page.title, done=done)
    if view.assignment.state is AssignmentState.MISSED:
        return w("{mark} {time} {page}: no link came", mark=state, time=time, page=view.page.title)
    if view.assignment.state is AssignmentState.OFFERED:
        return w("{mark} {time} {page}: can you step in?", mark=state, time=time, page=view.page.title)
    return Markup("{} {} {}").format(state, time, view.page.title)


def _overdue(view: AssignmentView, now: datetime) -> bool:
    return view.assignment.state is AssignmentState.ASSIGNED and view.assignment.at < now


def _mark(view: AssignmentView, now: datetime) -> str:
    return "⚠" if _overdue(view, now) else _MARKS.get(view.assignment.state, "")


def _today_line(view: AssignmentView, w: Words, now: datetime) -> Markup:
    if not _overdue(view, now):
        return _day_line(view, w)
    time = w.time(view.assignment.at, view.person.zone)
    return w("⚠ Overdue: {time} {page}", time=time, page=view.page.title)


def today(day: MyDay, w: Words, local_today: date, now: datetime) -> Screen:
    """/today: what is to be done today and tomorrow, what is overdue first; each opens its card."""
    if not day.today and not day.tomorrow:
        text = w("Nothing to post today and tomorrow. You will hear from me when there is.")
        return Screen(paragraphs(w("<b>My day</b>"), text), (home(w),))
    today_ = sorted(day.today, key=lambda v: not _overdue(v, now))
    first = lines(w("<b>Today, {day}</b>", day=w.day(local_today)), *(_today_line(v, w, now) for v in today_))
    if not day.today:
        first = lines(w("<b>Today, {day}</b>", day=w.day(local_today)), w("nothing to post"))
    then = lines(w("<b>Tomorrow</b>"), *(_day_line(v, w) for v in day.tomorrow)) if day.tomorrow else None
    buttons = [
        button(
            label(f"{_mark(v, now)} {w.time(v.assignment.at, v.person.zone)} {v.page.title}"),
            AssignmentButton(verb="open", id=v.assignment.id, version=v.assignment.version),
        )
        for v in (*today_, *day.tomorrow)
    ]
    return Screen(paragraphs(first, then), (*grid(buttons, 1), home(w)))


def digest(views: Sequence[AssignmentView], w: Words, local_today: date) -> Screen:
    """The morning's list; the cards follow."""
    head = w("Good morning! <b>{day}</b>", day=w.day(local_today))
    count = w.n("{n} post today:", "{n} posts today:", len(views))
    return Screen(paragraphs(lines(head, count), lines(*(_day_line(v, w) for v in views))))
