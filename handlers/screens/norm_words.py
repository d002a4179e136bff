"""A norm in words: in one line, part by part, and as the days it means."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from markupsafe import Markup

from domain.norm_effects import DayEffect
from domain.norms import Norm, Window
from domain.rubrics import Rubric
from domain.usecases.norm_days import Effect
from handlers.screens.base import lines
from texts.words import Words

_LAST_MINUTE = time(23, 59)
DAYS_TOLD = 6
"""Other days than the weekly ones that are named."""


def in_line(norm: Norm, w: Words) -> str:
    """2 a day, 09–12 and 18–21, not more often than every 2 h."""
    gap = w.ago(timedelta(minutes=norm.gap_minutes))
    return w.plain("{count}, {windows}, at most once in {gap}", count=count(norm, w), windows=hours(norm, w), gap=gap)


def hours(norm: Norm, w: Words) -> str:
    """09–12 and 18–21."""
    return spans(norm.windows, w)


def spans(windows: Iterable[Window], w: Words) -> str:
    return w.list([f"{_hour(one.start)}–{_hour(one.end)}" for one in windows])


def _hour(clock: time) -> str:
    if clock == _LAST_MINUTE:
        return "24"
    return clock.strftime("%H:%M") if clock.minute else clock.strftime("%H")


def count(norm: Norm, w: Words) -> str:
    """2 a day, or by weekday: Mon–Fri 2, Sat 1, Sun 0."""
    counts = [min(posts, norm.daily_cap) for posts in norm.per_weekday]
    if len(set(counts)) == 1:
        return w.plain_n("{n} a day", "{n} a day", counts[0])
    names, parts, start = w.weekday_names, list[str](), 0
    for day in range(1, 8):
        if day == 7 or counts[day] != counts[start]:
            days = names[start] if day - 1 == start else f"{names[start]}–{names[day - 1]}"
            parts.append(f"{days} {counts[start]}")
            start = day
    return ", ".join(parts)


def parts(norm: Norm, today: date, rubrics: Sequence[Rubric], w: Words) -> Markup:
    """Everything a norm says, a line each."""
    ahead = norm.starts is not None and norm.starts > today
    return lines(
        w("Posts: <b>{count}</b>", count=count(norm, w)),
        w("Hours: {windows}", windows=hours(norm, w)),
        w("Best hours: {peaks}", peaks=spans(norm.peaks, w)) if norm.peaks else None,
        w("Between two posts: at least {gap}", gap=w.ago(timedelta(minutes=norm.gap_minutes)))
        if norm.gap_minutes
        else None,
        w.n("At most {n} a day", "At most {n} a day", norm.daily_cap),
        w("First day: {day}", day=w.day(norm.starts)) if ahead and norm.starts is not None else None,
        w("Last day: {day}", day=w.day(norm.ends)) if norm.ends is not None else None,
        _mix(norm, rubrics, w),
        _others(norm, today, w),
    )


def _mix(norm: Norm, rubrics: Sequence[Rubric], w: Words) -> Markup | None:
    if not norm.mix:
        return None
    names = {one.code: one.name(w.language) for one in rubrics}
    told = [f"{names.get(code, code)} {w.percent(share / 100)}" for code, share in norm.mix]
    return w("Rubrics of this page: {rubrics}", rubrics=", ".join(told))


def _others(norm: Norm, today: date, w: Words) -> Markup | None:
    ahead = _runs(norm, today)
    if not ahead:
        return None
    told = [w.plain("{day}: {posts}", day=span(first, last, w), posts=n) for first, last, n in ahead[:DAYS_TOLD]]
    more = len(ahead) - DAYS_TOLD
    if more > 0:
        return w("Other days: {days} and {n} more", days="; ".join(told), n=more)
    return w("Other days: {days}", days="; ".join(told))


def _runs(norm: Norm, today: date) -> list[tuple[date, date, int]]:
    """Days that follow each other with the same count as one: first, last, posts."""
    runs: list[tuple[date, date, int]] = []
    for day, posts in sorted(norm.exceptions.items()):
        if runs and runs[-1][1] == day - timedelta(days=1) and runs[-1][2] == posts:
            runs[-1] = (runs[-1][0], day, posts)
        elif day >= today:
            runs.append((day, day, posts))
    return runs


def span(first: date, last: date, w: Words) -> str:
    """One day, or from – to."""
    return w.day(first) if first == last else f"{w.day(first)} – {w.day(last)}"


# -- the days it means --------------------------------------------------------------------------------------------------


def week(effect: Effect, zone: str, today: date, w: Words, *, as_it_stands: bool = False) -> Markup:
    """Seven lines, on the page's own clock. Of planned days: + is added, struck through is taken out."""
    planned = frozenset[date]() if as_it_stands else effect.planned
    return lines(*(_day(one, one.day in planned, one.day > today, zone, w) for one in effect.days))


def _day(one: DayEffect, planned: bool, whole: bool, zone: str, w: Words) -> Markup:
    """`whole`: nothing of the day is past, so what is missing does not fit."""
    marked = [(at, Markup("{}")) for at in (slot.at for slot in (*one.fixed, *one.kept))]
    marked += [(at, Markup("+{}") if planned else Markup("{}")) for at in one.added]
    marked += [(slot.at, Markup("<s>{}</s>")) for slot in one.withdrawn]
    times = Markup(", ").join(form.format(w.time(at, zone)) for at, form in sorted(marked, key=lambda pair: pair[0]))
    if one.excused:
        note = w("day off")
    elif whole and len(one.moments) < one.wanted:
        note = _lacking(one, w)
    elif not times:
        note = w("no posts")
    else:
        note = Markup("")
    told = Markup(" · ").join(part for part in (times, note) if part)
    return Markup("{} · {}").format(w.day(one.day), told)


def _lacking(one: DayEffect, w: Words) -> Markup:
    """How many posts find no place, and why where it is not the hours of the norm."""
    missing = one.wanted - len(one.moments)
    if one.silent:
        return w.n("silence: {n} has no place", "silence: {n} have no place", missing)
    if one.closed:
        return w("nothing may be published")
    return w.n("⚠ {n} does not fit", "⚠ {n} do not fit", missing)


def what_changes(effect: Effect, w: Words) -> Markup:
    """What happens to slots that are planned already, and who loses one."""
    gone = len(effect.withdrawn)
    if not gone and not effect.added:
        return w("Nothing that is planned already changes.")
    told = w(
        "The plan: {kept} stay, {added} added (+), {gone} taken out.",
        kept=effect.kept,
        added=effect.added,
        gone=gone,
    )
    return lines(told, _told(effect.people, w))


def _told(people: Sequence[str], w: Words) -> Markup | None:
    if not people:
        return None
    if len(people) > DAYS_TOLD:
        return w("{n} people had these posts; whoever knows of theirs is told.", n=len(people))
    return w("These posts were for {names}; whoever knows of theirs is told.", names=w.list(people))
