"""/days: what is ahead in the campaign's calendar, and putting an entry in."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.calendar_days import HOLIDAY, REASON_LIMIT, CalendarDay, DayState
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.usecases.calendar_days import Calendar, DayView, Places
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, cancel, home
from handlers.screens.norm_words import span
from texts.words import Words

MOST = 4
"""Posts a day that have a button."""
HOLIDAYS = 4
TOLD = 12
"""Entries named in the text; every one has its button."""


class CalendarButton(CallbackData, prefix="cd"):
    """`verb`: list, new, holiday, see, where, place, posts, why, save, drop, out. `arg`: a place, a number, days."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""
    at: int = 0


def _do(entry: CalendarDay, verb: str, arg: str = "", at: int = 0) -> CalendarButton:
    return CalendarButton(verb=verb, id=entry.id, version=entry.version, arg=arg, at=at)


# -- the list ---------------------------------------------------------------------------------------------------------


def calendar(view: Calendar, at: int, w: Words) -> Screen:
    """What is ahead; public holidays of which nothing is said yet are offered."""
    head = w("<b>Days on which pages post otherwise</b>")
    told = [_line(one, w) for one in view.entries[:TOLD]]
    text = paragraphs(
        head,
        lines(*told) if told else w("Nothing is in the calendar: every day is as the norms say."),
        w("Public holidays ahead; a tap makes them days off:") if view.holidays else None,
    )
    entries = choices(
        view.entries,
        lambda one: button(label(_days(one.entry, w), f" · {_posts(one.entry, w)}"), _do(one.entry, "see")),
        at,
        lambda to: CalendarButton(verb="list", at=to),
        size=5,
    )
    holidays = [
        button(span(first, last, w), CalendarButton(verb="holiday", arg=f"{first.isoformat()}.{last.isoformat()}"))
        for first, last in view.holidays[:HOLIDAYS]
    ]
    new = (button(w.plain("Add days"), CalendarButton(verb="new")),)
    norms = (button(w.plain("‹ Norms"), Go(to="norm")),)
    return Screen(text, (*entries, *grid(holidays, 2), new, norms, home(w)))


def _line(one: DayView, w: Words) -> Markup:
    return Markup("• {} · {} · {}{}").format(
        _days(one.entry, w), _where(one, w), _posts(one.entry, w), _because(one.entry, w)
    )


def _because(entry: CalendarDay, w: Words) -> str:
    return f" ({_reason(entry, w)})" if entry.reason else ""


def _reason(entry: CalendarDay, w: Words) -> str:
    return w.plain("public holiday") if entry.reason == HOLIDAY else entry.reason


def _where(one: DayView, w: Words) -> str:
    return one.place or w.plain("all pages")


def _days(entry: CalendarDay, w: Words) -> str:
    return span(entry.first, entry.last, w)


def _posts(entry: CalendarDay, w: Words) -> str:
    return w.plain_n("{n} a day", "{n} a day", entry.posts) if entry.posts else w.plain("no posts")


# -- an entry ---------------------------------------------------------------------------------------------------------


def ask_dates(w: Words) -> Screen:
    """The dates are awaited."""
    text = w("Which days? Write them with the reason, for example:\n“9 May Victory Day” or “1–8 Jan holidays”.")
    return Screen(text, ((button(w.plain("‹ Back"), CalendarButton(verb="list")), *cancel(w)),))


def ask_reason(w: Words) -> Screen:
    """The reason is awaited."""
    return Screen(w("Write the reason in a few words, at most {n} characters.", n=REASON_LIMIT), (cancel(w),))


def places(view: Places, at: int, w: Words) -> Screen:
    """All pages, a region, or one page."""
    entry = view.entry
    text = paragraphs(Markup("<b>{}</b>").format(_days(entry, w)), w("Where does it hold?"))
    every = [button(w.plain("All pages"), _do(entry, "place", EVERYWHERE))] if view.everywhere else []
    some = [
        *every,
        *(button(label(r.name), _do(entry, "place", f"r{page_key(r.code)}")) for r in view.regions),
        *(button(label(p.title), _do(entry, "place", f"p{page_key(p.code)}")) for p in view.pages),
    ]
    rows = choices(some, lambda one: one, at, lambda to: _do(entry, "where", at=to))
    return Screen(text, (*rows, (button(w.plain("Cancel"), _do(entry, "drop")),)))


def card(view: DayView, w: Words) -> Screen:
    """One entry: being put in, in the calendar, or taken out."""
    entry = view.entry
    back: Row = (button(w.plain("‹ Days off"), CalendarButton(verb="list")),)
    about = lines(
        Markup("<b>{}</b>").format(_days(entry, w)),
        w("Where: {place}", place=_where(view, w)) if entry.region else None,
        w("Posts: <b>{count}</b>", count=_posts(entry, w)),
        w("Reason: {reason}", reason=_reason(entry, w)) if entry.reason else None,
    )
    match entry.state:
        case DayState.SAVED:
            note = w("Days on which nothing is wanted count as kept.") if not entry.posts else None
            out = ((button(w.plain("Out of the calendar"), _do(entry, "out")),),) if view.may_change else ()
            return Screen(paragraphs(w("✓ In the calendar"), about, note), (*out, back))
        case DayState.DROPPED:
            return Screen(paragraphs(about, w("Not in the calendar.")), (back,))
    counts = [
        button(_ticked(w.plain("No posts") if n == 0 else str(n), entry.posts == n), _do(entry, "posts", str(n)))
        for n in range(MOST + 1)
    ]
    place = button(w.plain("Where"), _do(entry, "where"))
    why = button(w.plain("Reason"), _do(entry, "why"))
    save = (button(w.plain("Save"), _do(entry, "save")),)
    stop = (button(w.plain("Cancel"), _do(entry, "drop")),)
    return Screen(paragraphs(about, _follows(view, w)), ((counts[0],), tuple(counts[1:]), (place, why), save, stop))


def _ticked(text: str, chosen: bool) -> str:
    return f"✓ {text}" if chosen else text


def _follows(view: DayView, w: Words) -> Markup:
    if view.withdrawn is None:
        return w("Posts that are planned for these days already are taken out; whoever knows of theirs is told.")
    if not view.withdrawn:
        return w("Nothing that is planned already changes.")
    return w.n(
        "{n} planned post is taken out; whoever knows of theirs is told.",
        "{n} planned posts are taken out; whoever knows of theirs is told.",
        view.withdrawn,
    )
