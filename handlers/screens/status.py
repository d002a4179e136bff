"""Where the campaign stands: problems first, on one phone screen; everything else one tap deeper."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import Markup, escape

from domain.commitments import CommitmentSummary
from domain.status import Hush, Kept, Overview, Severity, Since, Slots, Waiting
from domain.status_periods import Deciding, Period
from domain.targets import Outlook
from domain.team import Group
from handlers.screens.base import Row, Screen, button, grid, lines
from handlers.screens.campaign_line import not_running
from handlers.screens.nav import Go, home
from handlers.screens.targets import headline, trouble
from handlers.screens.team_lists import group_button
from texts.words import Words, local_date

LINES = 12
"""The first screen fits on a phone without scrolling."""
TARGETS_KEPT = 2
"""Headlines that are named however much is wrong."""
NAMED = 10
"""People that one line may name."""


class StatusButton(CallbackData, prefix="st"):
    """`verb`: top, regions, region, pages, page, targets, chart; daily (the summaries), hours, set, off, pic.

    `key`: a code, or an hour as 0900; `n`: a list's page, or which summary (0 daily, 1 weekly, 2 monthly).
    """

    verb: str
    key: str = ""
    n: int = 0


class PeriodButton(CallbackData, prefix="sx"):
    """`verb`: see, chart; post (`n`: the slot). `of`: "" all, "r" and a region's code, "p" and a page's short key."""

    verb: str
    of: str = ""
    span: str = ""
    n: int = 0


SIGNS: Mapping[Severity, str] = {Severity.WELL: "✅", Severity.UNEASY: "🟡", Severity.BAD: "🔴"}


def go(text: str, verb: str, key: str = "", n: int = 0) -> InlineKeyboardButton:
    return button(text, StatusButton(verb=verb, key=key, n=n))


def period_rows(shown: Period | None, of: str, w: Words) -> tuple[Row, ...]:
    """The periods, the one on the screen marked. Two in a row: a small phone cuts the labels of four."""
    names = (
        (Period.TODAY, w.plain("Today")),
        (Period.WEEK, w.plain("7 days")),
        (Period.MONTH, w.plain("Month")),
        (Period.ALL, w.plain("All")),
    )
    keys = [
        button(f"• {name}" if period is shown else name, PeriodButton(verb="see", of=of, span=period.value))
        for period, name in names
    ]
    return grid(keys, 2)


def back_to_top(w: Words) -> Row:
    return (go(w.plain("‹ Status"), "top"),)


def overview(view: Overview, w: Words) -> Screen:
    """At most 12 lines: what is wrong, today, targets, how the week goes, what is new."""
    where = w.list(view.regions) if view.regions else w.plain("all regions")
    today = local_date(view.now, view.zone)
    title = w(
        "<b>Status</b> · {day}, {time} · {where}", day=w.day(today), time=w.time(view.now, view.zone), where=where
    )
    problems, well = _problems(view, w)
    hush = [_hush(view.hush, view, w)] if view.hush is not None else []
    outside = [not_running(view.not_running, view.now, w)] if view.not_running is not None else []
    if outside and not view.regions:
        outside.append(w("↳ its dates stand in the plan file: <code>hq plan load</code>"))
    above = [*hush, title, *outside, *problems, today_line(view.slots, w)]
    since = [_since(view.since, view.now, w)] if view.since is not None else []
    goals = sorted(view.outlooks, key=trouble)
    room = LINES - len(above) - len(since) - min(len(goals), TARGETS_KEPT)
    all_well = [w("✅ All well: {things}", things=", ".join(well))] if well else []
    below = [*_going(view, w), *all_well][: max(0, room)]
    told = _headlines(goals, LINES - len(above) - len(below) - len(since), w)
    return Screen(lines(*above, *told, *below, *since), _overview_rows(view, w))


def _overview_rows(view: Overview, w: Words) -> tuple[Row, ...]:
    lost = view.unreachable if view.sees_team else 0
    refresh = go(w.plain("Refresh"), "top")
    return (
        (go(w.plain("Regions"), "regions"), go(w.plain("Pages"), "pages")),
        (button(w.plain("Targets"), Go(to="targets")), button(w.plain("Commitments"), Go(to="commit"))),
        *period_rows(None, "", w),
        (go(w.plain("Chart"), "chart"), go(w.plain("Send it to me…"), "daily")),
        (group_button(Group.UNREACHABLE, lost, w), refresh) if lost else (refresh,),
        home(w),
    )


def _going(view: Overview, w: Words) -> list[Markup]:
    """How fast texts are decided on, and what was promised; late promises are among the problems."""
    found = []
    if view.deciding.count:
        found.append(w("⏱ Deciding, 7 days: {times}", times=answer_times(view.deciding, w)))
    if view.promised.total and not view.promised.late:
        found.append(w("🤝 Commitments, 7 days: {parts}", parts=promises(view.promised, w)))
    return found


def answer_times(deciding: Deciding, w: Words) -> Markup:
    """The middle one and the one that nine in ten do not exceed, with how many they rest on."""
    median, ninth = _span(deciding.median or 0, w), _span(deciding.ninth or 0, w)
    return w.n(
        "half within {median}, 9 in 10 within {ninth} ({n} decision)",
        "half within {median}, 9 in 10 within {ninth} ({n} decisions)",
        deciding.count,
        median=median,
        ninth=ninth,
    )


def _span(seconds: int, w: Words) -> str:
    return w.ago(timedelta(seconds=max(60, seconds)))


def promises(found: CommitmentSummary, w: Words) -> Markup:
    done = found.done_in_time + found.done_late
    told = w("{done} of {all} done", done=w.number(done), all=w.number(found.total))
    if not found.late:
        return told
    return w("{late} late, {rest}", late=w.number(found.late), rest=told)


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
    for n, outlook in enumerate(outlooks):
        told = headline(outlook, w)
        later = min(TARGETS_KEPT, len(outlooks)) - n - 1  # each of the first ones is named, if only by its first line
        fits = room - len(shown) - max(0, later)
        shown += told[: max(0, fits)] if n < TARGETS_KEPT else told if len(told) <= fits else ()
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
    elif not view.undecidable:
        well.append(w.plain("approvals"))
    if view.kept.short:
        problems.append(_short(view.kept, w))
    elif view.kept.wanted:
        well.append(w.plain("norms {share}", share=w.percent(view.kept.share)))
    problems += page_troubles(len(view.unkept), len(view.forgotten), view.undecidable, w)
    if not view.silent:
        well.append(w.plain("figures"))
    if view.unreachable:
        problems.append(unreachable(view.lost, view.unreachable, w))
    else:
        well.append(w.plain("people"))
    if view.promised.late:
        problems.append(w("🟡 Commitments: {parts}", parts=promises(view.promised, w)))
    return problems, well


def _short(kept: Kept, w: Words) -> Markup:
    share = w.percent(kept.share)
    if kept.short == 1:
        return w("🟡 Norm kept {share}, 7 days; below it: {page}", share=share, page=kept.worst)
    return w.n(
        "🟡 Norm kept {share}, 7 days; {n} page below it",
        "🟡 Norm kept {share}, 7 days; {n} pages below it",
        kept.short,
        share=share,
    )


def page_troubles(unkept: int, silent: int, undecidable: int, w: Words) -> list[Markup]:
    """`silent`: pages with a keeper and without fresh figures; `undecidable`: too few people may approve their texts."""
    found = []
    if undecidable:
        found.append(
            w.n("🔴 Too few people to approve for {n} page", "🔴 Too few people to approve for {n} pages", undecidable)
        )
    if unkept:
        found.append(w.n("🟡 {n} page without a keeper", "🟡 {n} pages without a keeper", unkept))
    if silent:
        found.append(w.n("🟡 {n} page without fresh figures", "🟡 {n} pages without fresh figures", silent))
    return found


def unreachable(names: Sequence[str], count: int, w: Words) -> Markup:
    """The first names, and how many more there are; for readers to whom nobody is named only how many."""
    if not names:
        return w.n("🟡 Cannot be reached: {n} person", "🟡 Cannot be reached: {n} people", count)
    people: str | Markup = w.list(names)
    if len(names) > NAMED:
        more = len(names) - NAMED
        people = escape(", ".join(names[:NAMED])) + " " + w.n("and {n} more", "and {n} more", more)
    return w("🟡 Cannot be reached: {people}", people=people)


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


def chart_caption(outlooks: Sequence[Outlook], today: date, w: Words) -> Markup:
    """What the picture shows, in words: for a phone that shows no pictures, and for search."""
    title = w("<b>Targets on {day}</b>", day=w.day(today))
    return lines(title, *(line for outlook in outlooks for line in headline(outlook, w)))


def chart_buttons(w: Words) -> InlineKeyboardMarkup:
    """The keyboard under the picture."""
    return InlineKeyboardMarkup(inline_keyboard=[list(back_to_top(w))])
