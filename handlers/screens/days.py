"""A person's posting day: the morning's list and /today."""

from datetime import date, datetime
from itertools import groupby

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.plan import AssignmentState
from domain.ports.plan import AssignmentView
from domain.spot_checks import CheckState, SpotCheck
from domain.usecases.assignments import MyDay
from domain.usecases.days import DayList
from handlers.screens.assignment_parts import AssignmentButton, page_line
from handlers.screens.availability import back_again, day_off
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.campaign_line import not_running
from handlers.screens.nav import Go, home
from texts.words import Words

BUTTONS = 12
"""Posts of a list that have a button of their own; the others are in /today."""
ACCEPTED = "●"
HELD = "⛔"


class DayButton(CallbackData, prefix="dy"):
    """`verb`: all (will do them all), off (can't today). `day`: 2026-09-07, on the reader's own clock. `mark`: of the list."""

    verb: str
    day: str
    mark: int = 0


_MARKS = {
    AssignmentState.ASSIGNED: "○",
    AssignmentState.OFFERED: "?",
    AssignmentState.POSTED: "✓",
    AssignmentState.MISSED: "✗",
}


def _state(view: AssignmentView) -> str:
    """○ asked, ● said yes, ✓ posted."""
    if view.assignment.state is AssignmentState.ASSIGNED and view.assignment.accepted_at is not None:
        return ACCEPTED
    return _MARKS.get(view.assignment.state, "")


def _day_line(view: AssignmentView, w: Words) -> Markup:
    time = w.time(view.assignment.at, view.person.zone)
    state = _state(view)
    if view.slot.posted_at is not None and view.assignment.state is AssignmentState.POSTED:
        done = w.time(view.slot.posted_at, view.person.zone)
        return w("{mark} {time} {page}: posted {done}", mark=state, time=time, page=view.page.title, done=done)
    if _held(view):
        return w("{mark} {time} {page}: stopped, please do not post it", mark=HELD, time=time, page=view.page.title)
    if view.assignment.state is AssignmentState.MISSED:
        return w("{mark} {time} {page}: no link came", mark=state, time=time, page=view.page.title)
    if view.assignment.state is AssignmentState.OFFERED:
        return w("{mark} {time} {page}: can you step in?", mark=state, time=time, page=view.page.title)
    return Markup("{} {} {}").format(state, time, view.page.title)


def _held(view: AssignmentView) -> bool:
    """An emergency stop holds it: it is neither to be done nor late."""
    return view.assignment.state is AssignmentState.ASSIGNED and view.halted


def _overdue(view: AssignmentView, now: datetime) -> bool:
    return view.assignment.state is AssignmentState.ASSIGNED and view.assignment.at < now and not view.halted


def _mark(view: AssignmentView, now: datetime, again: SpotCheck | None = None) -> str:
    if _held(view):
        return HELD
    if not _overdue(view, now):
        return _state(view)
    if again is None or again.is_over(now):
        return "⚠"
    return "…" if again.state is CheckState.DISPUTED else "✎"


def _today_line(view: AssignmentView, w: Words, now: datetime, again: SpotCheck | None) -> Markup:
    """What was given back is not overdue: it has a time of its own, or somebody else decides."""
    if not _overdue(view, now):
        return _day_line(view, w)
    zone, page = view.person.zone, view.page.title
    time = w.moment(view.assignment.at, zone, now)
    if again is None or again.is_over(now):
        return w("⚠ Overdue: {time} {page}", time=time, page=page)
    if again.state is CheckState.DISPUTED or again.deadline is None:
        return w("… {time} {page}: somebody else is looking, nothing to do", time=time, page=page)
    return w(
        "✎ {time} {page}: to be put right by {until}", time=time, page=page, until=w.moment(again.deadline, zone, now)
    )


def today(day: MyDay, w: Words, local_today: date, now: datetime) -> Screen:
    """/today: what is to be done today and tomorrow, what is overdue first; each opens its card."""
    if not day.today and not day.tomorrow:
        text = w("Nothing to post today and tomorrow. You will hear from me when there is.")
        if day.not_running is not None:
            text = not_running(day.not_running, now, w)
        return Screen(paragraphs(w("<b>My day</b>"), text), (_open(w), home(w)))
    today_ = sorted(day.today, key=lambda v: not _overdue(v, now))
    first = lines(
        w("<b>Today, {day}</b>", day=w.day(local_today)),
        *(_today_line(v, w, now, day.again.get(v.slot.id)) for v in today_),
    )
    if not day.today:
        first = lines(w("<b>Today, {day}</b>", day=w.day(local_today)), w("nothing to post"))
    then = lines(w("<b>Tomorrow</b>"), *(_day_line(v, w) for v in day.tomorrow)) if day.tomorrow else None
    buttons = [
        button(
            label(f"{_mark(v, now, day.again.get(v.slot.id))} {w.time(v.assignment.at, v.person.zone)} {v.page.title}"),
            AssignmentButton(verb="open", id=v.assignment.id, version=v.assignment.version),
        )
        for v in (*today_, *day.tomorrow)
    ]
    ahead = [v for v in day.today if v.assignment.state is AssignmentState.ASSIGNED and v.assignment.at > now]
    off = ((_off(local_today, w),),) if ahead else ()
    return Screen(paragraphs(first, then), (*grid(buttons, 1), *off, _open(w), home(w)))


def _open(w: Words) -> Row:
    return (button(w.plain("Take an open post"), Go(to="open")),)


def _off(day: date, w: Words) -> InlineKeyboardButton:
    return button(w.plain("Can't today"), DayButton(verb="off", day=day.isoformat()))


# -- the morning's list -------------------------------------------------------------------------------------------------------


def digest(day: DayList, w: Words) -> Screen:
    """The morning's list, by page; each card comes in good time before its post."""
    head = w("Good morning! <b>{day}</b>", day=w.day(day.day))
    count = w.n("{n} post today:", "{n} posts today:", len(day.views))
    groups = [_group(list(views), w) for _, views in groupby(_by_page(day), key=lambda view: view.page.code)]
    return Screen(paragraphs(lines(head, count), *groups, _hint(day, w)), _rows(day, w))


def _by_page(day: DayList) -> list[AssignmentView]:
    """Pages in the order of their first post of the day."""
    first: dict[str, datetime] = {}
    for view in day.views:
        first.setdefault(view.page.code, view.assignment.at)
    return sorted(day.views, key=lambda view: (first[view.page.code], view.page.code, view.assignment.at))


def _group(views: list[AssignmentView], w: Words) -> Markup:
    times = [Markup("{} {}").format(_state(view), w.time(view.assignment.at, view.person.zone)) for view in views]
    return lines(page_line(views[0].page, w), Markup(" · ").join(times))


def _hint(day: DayList, w: Words) -> Markup | None:
    if not day.open:
        return w("All of it is posted, thank you!")
    if not day.unanswered:
        return w("Thank you, I count on you. Each text comes in good time before its post.")
    return w("Each text comes in good time before its post; a tap brings it now.")


def _rows(day: DayList, w: Words) -> tuple[Row, ...]:
    texts = [
        button(
            label(f"{w.time(view.assignment.at, view.person.zone)} {view.page.title}"),
            AssignmentButton(verb="open", id=view.assignment.id, version=view.assignment.version, value="list"),
        )
        for view in day.open[:BUTTONS]
    ]
    rows = grid(texts, 1)
    if day.unanswered:
        many = w.plain("Will do") if len(day.open) == 1 else w.plain("Will do them all")
        rows += ((button(many, DayButton(verb="all", day=day.day.isoformat(), mark=day.mark)),),)
    if day.open:
        rows += ((_off(day.day, w),),)
    return rows


def off(day: date, posts: int, w: Words) -> Screen:
    """[Can't today]: no reason was needed, and it can be taken back."""
    return Screen(day_off(day, posts, w), ((back_again(day, w),), (button(w.plain("My day"), Go(to="today")),)))


def accepted_toast(w: Words) -> str:
    """[Will do] on a card."""
    return w.plain("Noted, thank you!")


def files_toast(w: Words) -> str:
    """[As files] on a card."""
    return w.plain("The files come below.")
