"""Where the campaign stands: problems first, on one phone screen; everything else one tap deeper."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import Markup

from domain.status import Hush, Overview, Severity, Since, Slots, Waiting
from domain.targets import Outlook
from handlers.screens.base import Row, Screen, button, grid, lines, paragraphs
from handlers.screens.nav import Go, home
from handlers.screens.targets import headline, in_full, trouble
from texts.words import Words, local_date

LINES = 12
"""The first screen fits on a phone without scrolling."""
DAILY_HOURS = tuple(time(hour) for hour in (7, 8, 9, 10, 12, 15, 18, 19, 20, 21, 22, 23))


class StatusButton(CallbackData, prefix="st"):
    """`verb`: top, regions, region, pages, page, targets, chart, daily, set, off. `key`: a code, or an hour as 0900."""

    verb: str
    key: str = ""
    n: int = 0


SIGNS: Mapping[Severity, str] = {Severity.WELL: "✅", Severity.UNEASY: "🟡", Severity.BAD: "🔴"}


def go(text: str, verb: str, key: str = "", n: int = 0) -> InlineKeyboardButton:
    return button(text, StatusButton(verb=verb, key=key, n=n))


def back_to_top(w: Words) -> Row:
    return (go(w.plain("‹ Status"), "top"),)


def overview(view: Overview, w: Words) -> Screen:
    """At most 12 lines: what is wrong, today, targets, what is well, what is new."""
    where = w.list(view.regions) if view.regions else w.plain("all regions")
    today = local_date(view.now, view.zone)
    title = w(
        "<b>Status</b> · {day}, {time} · {where}", day=w.day(today), time=w.time(view.now, view.zone), where=where
    )
    problems, well = _problems(view, w)
    hush = [_hush(view.hush, view, w)] if view.hush is not None else []
    above = [*hush, title, *problems, today_line(view.slots, w)]
    below = [w("✅ All well: {things}", things=", ".join(well))] if well else []
    if view.since is not None:
        below.append(_since(view.since, view.now, w))
    room = LINES - len(above) - len(below)
    text = lines(*above, *_headlines(view.outlooks, room, w), *below)
    daily = w.plain("Daily at {time}", time=f"{view.daily_at:%H:%M}") if view.daily_at else w.plain("Send it daily…")
    rows = (
        (go(w.plain("Regions"), "regions"), go(w.plain("Pages"), "pages")),
        (go(w.plain("Targets"), "targets"), go(w.plain("Chart"), "chart")),
        (button(w.plain("Commitments"), Go(to="commit")),),
        (go(daily, "daily"), go(w.plain("Refresh"), "top")),
        home(w),
    )
    return Screen(text, rows)


def _hush(hush: Hush, view: Overview, w: Words) -> Markup:
    if hush.until is None:
        return w("🔇 Silence")
    when = w.moment(hush.until, view.zone, view.now)
    if hush.regions:
        return w("🔇 Silence until {when}: {regions}", when=when, regions=w.list(hush.regions))
    return w("🔇 Silence until {when}", when=when)


def _headlines(outlooks: Sequence[Outlook], room: int, w: Words) -> list[Markup]:
    """As many targets as fit, those in trouble first."""
    shown: list[Markup] = []
    for outlook in sorted(outlooks, key=trouble):
        told = headline(outlook, w)
        if len(shown) + len(told) <= room:
            shown += told
    return shown


def _problems(view: Overview, w: Words) -> tuple[list[Markup], list[str]]:
    """Lines about what is wrong, and the names of what is not."""
    problems: list[Markup] = []
    well: list[str] = []
    if troubles := slot_troubles(view.slots, w):
        problems.append(w("🔴 Today: {troubles}", troubles=", ".join(troubles)))
    elif view.slots.total:
        well.append(w.plain("posting"))
    if view.waiting.count:
        problems.append(waiting_line(view.waiting, view.now, w))
    else:
        well.append(w.plain("approvals"))
    if len(view.short) == 1:
        problems.append(w("🟡 Below norm, 7 days: {page}", page=view.short[0].title))
    elif view.short:
        problems.append(w.n("🟡 Below norm, 7 days: {n} page", "🟡 Below norm, 7 days: {n} pages", len(view.short)))
    elif view.weeks:
        well.append(w.plain("norms"))
    problems += page_troubles(len(view.unkept), len(view.forgotten), w)
    if not view.silent:
        well.append(w.plain("figures"))
    if len(view.unreachable) == 1:
        problems.append(w("🟡 Cannot be reached: {people}", people=view.unreachable[0]))
    elif view.unreachable:
        problems.append(
            w.n("🟡 Cannot be reached: {n} person", "🟡 Cannot be reached: {n} people", len(view.unreachable))
        )
    else:
        well.append(w.plain("people"))
    return problems, well


def page_troubles(unkept: int, silent: int, w: Words) -> list[Markup]:
    """`silent`: pages with a keeper and without fresh figures."""
    found = []
    if unkept:
        found.append(w.n("🟡 {n} page without a keeper", "🟡 {n} pages without a keeper", unkept))
    if silent:
        found.append(w.n("🟡 {n} page without fresh figures", "🟡 {n} pages without fresh figures", silent))
    return found


def slot_troubles(slots: Slots, w: Words) -> list[str]:
    return [
        text
        for count, text in (
            (slots.missed, w.plain("{n} missed", n=w.number(slots.missed))),
            (slots.overdue, w.plain("{n} overdue", n=w.number(slots.overdue))),
            (slots.empty, w.plain("{n} empty", n=w.number(slots.empty))),
        )
        if count
    ]


def waiting_line(waiting: Waiting, now: datetime, w: Words) -> Markup:
    """Red once an author waits longer than was promised."""
    age = now - waiting.oldest if waiting.oldest else timedelta(0)
    sign = "🔴" if waiting.overdue else "🟡"
    return w("{sign} To approve: {n}, oldest {age}", sign=sign, n=w.number(waiting.count), age=w.ago(age))


def today_line(slots: Slots, w: Words) -> Markup:
    if not slots.total:
        return w("📅 Today: no posts planned")
    parts = [
        w.plain("{n} assigned", n=w.number(slots.filled)) if slots.filled else "",
        w.plain("{n} posted on time", n=w.number(slots.on_time)) if slots.on_time else "",
        w.plain("{n} posted late", n=w.number(slots.late)) if slots.late else "",
        w.plain("{n} excused", n=w.number(slots.excused)) if slots.excused else "",
    ]
    parts = [part for part in parts if part]
    if not parts:
        return w.n("📅 {n} post planned", "📅 {n} posts planned", slots.total)
    return w.n("📅 {n} post planned: {parts}", "📅 {n} posts planned: {parts}", slots.total, parts=", ".join(parts))


def _since(since: Since, now: datetime, w: Words) -> Markup:
    parts = [
        w.plain("+{n} posted", n=w.number(since.posted)) if since.posted else "",
        w.plain("+{n} approved", n=w.number(since.approved)) if since.approved else "",
        w.plain("+{n} joined", n=w.number(since.joined)) if since.joined else "",
    ]
    news = ", ".join(part for part in parts if part)
    age = w.ago(now - since.at)
    if not news:
        return w("🕐 Nothing new since your last look, {age} ago", age=age)
    return w("🕐 Since your last look, {age} ago: {news}", age=age, news=news)


def targets(outlooks: Sequence[Outlook], w: Words) -> Screen:
    """Every target with path, pace, forecast and the age of its figures."""
    title = w("<b>Targets</b>")
    if not outlooks:
        return Screen(lines(title, w("The plan names no targets.")), (back_to_top(w),))
    return Screen(
        paragraphs(title, *(in_full(outlook, w) for outlook in outlooks)),
        ((go(w.plain("Chart"), "chart"),), back_to_top(w)),
    )


def daily(current: time | None, zone: str, now: datetime, w: Words, due: datetime | None = None) -> Screen:
    """The hour at which the summary comes by itself. `due`: the next one, when the hour was chosen just now."""
    changed = w("✅ Done. The next one comes {when}.", when=w.moment(due, zone, now)) if due else None
    told = (
        w("The summary comes every day at {time}.", time=f"{current:%H:%M}")
        if current
        else w("When shall the summary come every day?")
    )
    note = w("Your time: {zone}", zone=w.zone_name(zone, now))
    hours = [go(f"{'● ' if at == current else ''}{at:%H:%M}", "set", f"{at:%H%M}") for at in DAILY_HOURS]
    off = ((go(w.plain("Stop sending it"), "off"),),) if current else ()
    return Screen(paragraphs(changed, lines(told, note)), (*grid(hours, 4), *off, back_to_top(w)))


def chart_caption(outlooks: Sequence[Outlook], today: date, w: Words) -> Markup:
    """What the picture shows, in words: for a phone that shows no pictures, and for search."""
    title = w("<b>Targets on {day}</b>", day=w.day(today))
    return lines(title, *(line for outlook in outlooks for line in headline(outlook, w)))


def chart_buttons(w: Words) -> InlineKeyboardMarkup:
    """The keyboard under the picture."""
    return InlineKeyboardMarkup(inline_keyboard=[list(back_to_top(w))])
