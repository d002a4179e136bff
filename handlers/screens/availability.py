"""/hours: when somebody posts, how much, how they are reminded, and their days off; each changed by a tap."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.availability import MIDNIGHT, holds, overlaps_quiet
from domain.norms import Window
from domain.people import Person
from domain.ports.plan import AssignmentView
from domain.usecases.availability import HoursView
from handlers.screens.base import Row, Screen, button, grid, lines, paragraphs
from handlers.screens.nav import Go, cancel
from texts.words import Words

STRETCHES = tuple((hour, hour + 3) for hour in range(6, 24, 3))
MOST_POSTS = tuple(range(1, 7))
MOST_REMINDERS = tuple(range(1, 9))
LEADS = (10, 15, 20, 30, 45, 60, 90, 120, 180)
"""Minutes."""
DAYS = 14
_LISTED = 6


class HoursButton(CallbackData, prefix="hr"):
    """`verb`: hours, stretch, all, type, weekdays, weekday, caps, cap, leads, lead, nags, nag, nights, night, days, day, dates,
    keep, pass, today, back. `value`: "9-12", a number, a date. `on`: 1: from now on. `mark`: which posts were asked about.
    """

    verb: str
    value: str = ""
    on: int = 0
    mark: int = 0


def stretch(value: str) -> Window:
    """9-12 → 09:00–12:00; ValueError for anything else."""
    start, _, end = value.partition("-")
    return Window(time(int(start)), MIDNIGHT if int(end) == 24 else time(int(end)))


def overview(view: HoursView, person: Person, w: Words, line: Markup | None = None) -> Screen:
    """/hours. `line`: what has just happened."""
    own = view.declared
    text = lines(
        w("<b>When I post</b>"),
        w("Hours: {hours}", hours=_hours(own.hours, w)),
        w("Weekdays: {days}", days=_weekdays(own.weekdays, w)),
        w("Posts a day: at most {n}", n=own.daily_cap) if own.daily_cap else w("Posts a day: as usual"),
        _lead(own.lead, w),
        w("Reminders a day: at most {n}", n=own.reminders_a_day)
        if own.reminders_a_day
        else w("Reminders a day: as usual"),
        _night(person, own.at_night, w),
        _days_off(view, w),
    )
    free = view.today in own.days_off
    rows: list[Row] = [
        (_go(w.plain("Hours"), "hours"), _go(w.plain("Weekdays"), "weekdays")),
        (_go(w.plain("Posts a day"), "caps"), _go(w.plain("Quiet hours"), "nights")),
        (_go(w.plain("Reminder before"), "leads"), _go(w.plain("Reminders a day"), "nags")),
        (
            _go(w.plain("Days off"), "days"),
            back_again(view.today, w) if free else _not_today(view.today, w),
        ),
        (button(w.plain("‹ Back"), Go(to="settings")),),
    ]
    return Screen(paragraphs(line, text, _outside(view, person, w)), (*_answers(view, w), *rows))


def back_again(day: date, w: Words) -> InlineKeyboardButton:
    """Takes a day off back."""
    return button(w.plain("I can after all"), HoursButton(verb="back", value=day.isoformat()))


def _not_today(day: date, w: Words) -> InlineKeyboardButton:
    return button(w.plain("Can't today"), HoursButton(verb="today", value=day.isoformat()))


def _hours(hours: Sequence[Window], w: Words) -> str:
    return ", ".join(f"{one.start:%H:%M}–{_end(one.end)}" for one in hours) if hours else w.plain("all day")


def _end(clock: time) -> str:
    return "24:00" if clock == MIDNIGHT else f"{clock:%H:%M}"


def _weekdays(days: frozenset[int], w: Words) -> str:
    names = [name for number, name in enumerate(w.weekday_names, 1) if number in days]
    return w.plain("every day") if len(names) == 7 else ", ".join(names)


def _lead(lead: timedelta | None, w: Words) -> Markup:
    if lead is None:
        return w("Reminder before a post: as usual")
    return w("Reminder: {span} before a post", span=w.ago(lead))


def _night(person: Person, agreed: bool, w: Words) -> Markup:
    if person.quiet_from == person.quiet_to:
        return w("Quiet hours: none")
    hours = _quiet(person)
    return (
        w("Quiet hours {hours}: posts too", hours=hours) if agreed else w("Quiet hours {hours}: no posts", hours=hours)
    )


def _quiet(person: Person) -> str:
    return f"{person.quiet_from:%H:%M}–{person.quiet_to:%H:%M}"


def _days_off(view: HoursView, w: Words) -> Markup:
    ahead = sorted(day for day in view.declared.days_off if day >= view.today)
    if not ahead:
        return w("Days off: none")
    named = "; ".join(w.day(day) for day in ahead[:_LISTED])
    more = len(ahead) - _LISTED
    return w("Days off: {days} and {n} more", days=named, n=more) if more > 0 else w("Days off: {days}", days=named)


# --- what they have already -------------------------------------------------------------------------------------------


def _outside(view: HoursView, person: Person, w: Words) -> Markup | None:
    if not view.outside:
        return None
    head = w.n(
        "⚠ You have {n} post outside these hours:", "⚠ You have {n} posts outside these hours:", len(view.outside)
    )
    more = len(view.outside) - _LISTED
    return lines(
        head,
        *(_post(one, person, w) for one in view.outside[:_LISTED]),
        w.n("and {n} more", "and {n} more", more) if more > 0 else None,
        w("Nothing is taken from you by itself. Keep them, or shall somebody else be asked?"),
    )


def look_at_hours(view: HoursView, w: Words) -> Markup | None:
    """On other screens, when a change there left posts outside."""
    if not view.outside:
        return None
    return w.n(
        "⚠ {n} post you have no longer fits: /hours asks what becomes of it.",
        "⚠ {n} posts you have no longer fit: /hours asks what becomes of them.",
        len(view.outside),
    )


def _post(view: AssignmentView, person: Person, w: Words) -> Markup:
    local = person.local(view.assignment.at)
    return Markup("• {} {:%H:%M} {}").format(w.day(local.date()), local, view.page.title)


def _answers(view: HoursView, w: Words) -> tuple[Row, ...]:
    if not view.outside:
        return ()
    keep = HoursButton(verb="keep", mark=view.mark)
    pass_ = HoursButton(verb="pass", mark=view.mark)
    return ((button(w.plain("Keep them"), keep), button(w.plain("Pass them on"), pass_)),)


# --- one thing at a time ----------------------------------------------------------------------------------------------


def hours(view: HoursView, person: Person, w: Words) -> Screen:
    """Stretches of three hours as switches, or typed."""
    own = view.declared
    buttons = []
    for start, end in STRETCHES:
        on = bool(own.hours) and holds(own.hours, stretch(f"{start}-{end}"))
        data = HoursButton(verb="stretch", value=f"{start}-{end}", on=int(not on))
        buttons.append(button(_ticked(f"{start}–{end}", on), data))
    quiet = None
    if not own.at_night and overlaps_quiet(person, own.hours):
        quiet = w("Part of this lies in your quiet hours {hours}: nothing is given to you there.", hours=_quiet(person))
    text = paragraphs(
        lines(
            w("<b>At which hours do you post?</b>"),
            w("On your own clock. Tap what suits you; nothing is planned for you outside."),
        ),
        w("Now: {hours}", hours=_hours(own.hours, w)),
        quiet,
        _outside(view, person, w),
    )
    all_day = button(_ticked(w.plain("All day"), not own.hours), HoursButton(verb="all"))
    typed = button(w.plain("Type it"), HoursButton(verb="type"))
    return Screen(text, (*_answers(view, w), *grid(buttons, 3), (all_day, typed), _back(w)))


def type_hours(w: Words) -> Screen:
    """The next message is read as hours."""
    return Screen(w("Write your hours in one message, for example: <code>9-12, 18-21</code>"), (cancel(w),))


def weekdays(view: HoursView, person: Person, w: Words) -> Screen:
    own = view.declared.weekdays
    buttons = [
        button(_ticked(name, number in own), HoursButton(verb="weekday", value=str(number), on=int(number not in own)))
        for number, name in enumerate(w.weekday_names, 1)
    ]
    text = paragraphs(w("<b>On which weekdays do you post?</b>"), _outside(view, person, w))
    return Screen(text, (*_answers(view, w), *grid(buttons, 4), _back(w)))


def caps(view: HoursView, w: Words) -> Screen:
    text = lines(
        w("<b>How many posts a day at most?</b>"),
        w("The plan never gives you more. You can still take more yourself."),
    )
    return Screen(text, _numbers(MOST_POSTS, "cap", view.declared.daily_cap, w))


def leads(view: HoursView, w: Words) -> Screen:
    lead = view.declared.lead
    minutes = None if lead is None else int(lead.total_seconds()) // 60
    buttons = [
        button(_ticked(w.ago(timedelta(minutes=n)), n == minutes), HoursButton(verb="lead", value=str(n)))
        for n in LEADS
    ]
    usual = (button(_ticked(w.plain("As usual"), minutes is None), HoursButton(verb="lead")),)
    text = lines(
        w("<b>How long before a post shall I remind you?</b>"),
        w("A post that comes to you later than that has no other reminder before it: its card is the one."),
    )
    return Screen(text, (*grid(buttons, 3), usual, _back(w)))


def reminders(view: HoursView, w: Words) -> Screen:
    text = lines(
        w("<b>How many reminders a day at most?</b>"),
        w("After the last one I stay quiet until the next morning. The tasks themselves still come."),
    )
    return Screen(text, _numbers(MOST_REMINDERS, "nag", view.declared.reminders_a_day, w))


def _numbers(offered: Sequence[int], verb: str, chosen: int | None, w: Words) -> tuple[Row, ...]:
    buttons = [button(_ticked(str(n), n == chosen), HoursButton(verb=verb, value=str(n))) for n in offered]
    usual = (button(_ticked(w.plain("As usual"), chosen is None), HoursButton(verb=verb)),)
    return (*grid(buttons, 4), usual, _back(w))


def nights(view: HoursView, person: Person, w: Words) -> Screen:
    """The explicit yes to posts in quiet hours."""
    on = view.declared.at_night
    if person.quiet_from == person.quiet_to:
        text = w("You have no quiet hours, so there is nothing to allow. You can set them in the settings.")
        return Screen(text, (_back(w),))
    text = paragraphs(
        lines(
            w("<b>Posts in your quiet hours, {hours}?</b>", hours=_quiet(person)),
            w("Without your yes you never get a post at these hours, and nobody takes a no amiss."),
            w("With it you may be given one; its card and its reminders then come at these hours too."),
        ),
        _outside(view, person, w),
    )
    yes = button(_ticked(w.plain("Yes, you may"), on), HoursButton(verb="night", on=1))
    no = button(_ticked(w.plain("No"), not on), HoursButton(verb="night"))
    return Screen(text, (*_answers(view, w), (yes, no), _back(w)))


def days(view: HoursView, person: Person, w: Words, line: Markup | None = None) -> Screen:
    """Days off: the next two weeks as switches, those further ahead below them."""
    off, last = view.declared.days_off, view.today + timedelta(days=DAYS - 1)
    offered = [view.today + timedelta(days=n) for n in range(DAYS)] + sorted(day for day in off if day > last)
    buttons = [
        button(_ticked(w.day(day), day in off), HoursButton(verb="day", value=day.isoformat(), on=int(day not in off)))
        for day in offered
    ]
    text = paragraphs(
        line,
        lines(
            w("<b>Days off</b>"),
            w("Tap the days on which you do not post; no reason is needed. For a longer time there is /away."),
        ),
        _outside(view, person, w),
    )
    typed = (button(w.plain("Type dates"), HoursButton(verb="dates")),)
    return Screen(text, (*_answers(view, w), *grid(buttons, 2), typed, _back(w)))


def type_days(w: Words) -> Screen:
    """The next message is read as days."""
    return Screen(w("Write the days in one message, for example: <code>3-5 Oct, 12 Oct</code>"), (cancel(w),))


# --- what has just happened -------------------------------------------------------------------------------------------


def passed_on(posts: int, w: Words) -> Markup:
    return w.n("✓ Somebody else is being asked for {n} post.", "✓ Somebody else is being asked for {n} posts.", posts)


def kept(w: Words) -> Markup:
    return w("✓ They stay yours.")


def day_off(day: date, posts: int, w: Words) -> Markup:
    """Today was made a day off."""
    if not posts:
        return w("✓ {day} is your day off. Rest well!", day=w.day(day))
    return lines(w("✓ {day} is your day off. Rest well!", day=w.day(day)), passed_on(posts, w))


def back_line(returned: Sequence[AssignmentView], gone: int, w: Words) -> Markup:
    """A day off was taken back."""
    mine = w.n(
        "{n} post is yours again; its card comes at once.",
        "{n} posts are yours again; their cards come at once.",
        len(returned),
    )
    taken = w.n("{n} post is with somebody else by now.", "{n} posts are with somebody else by now.", gone)
    return lines(w("✓ Good to have you back."), mine if returned else None, taken if gone else None)


def _ticked(text: str, on: bool) -> str:
    return f"✓ {text}" if on else text


def _go(text: str, verb: str) -> InlineKeyboardButton:
    return button(text, HoursButton(verb=verb))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), Go(to="hours")),)
