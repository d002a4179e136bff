"""Targets in words: fact, path, pace and an honest forecast."""

from math import floor, log10

from markupsafe import Markup

from domain.forecast import Pace
from domain.targets import Outlook, Target
from handlers.screens.base import lines
from texts.targets import target_name
from texts.words import Words, mark_plain

FRESH_DAYS = 2
"""Days without any new figure after which a target says so."""


def title_of(outlook: Outlook, w: Words) -> str:
    return name_of(outlook.target, w)


def name_of(target: Target, w: Words) -> str:
    """The plan's own title; of one set in chat what is counted where."""
    return target_name(target, w)


def rounded(value: float) -> int:
    """A forecast's two leading digits and a half: more would pretend to know."""
    step = _step(value)
    return round(value / step) * step


def _step(value: float) -> int:
    return 1 if abs(value) < 100 else 10 ** (floor(log10(abs(value))) - 2)


def _pace(value: float, w: Words) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + w.number(rounded(abs(value)))


def headline(outlook: Outlook, w: Words) -> tuple[Markup, ...]:
    """Two lines: where a target stands, and whether the pace will do."""
    title, goal = title_of(outlook, w), w.short_number(outlook.target.value)
    if outlook.fact is None:
        return (w("🎯 {title}: no figures yet, goal {goal}", title=title, goal=goal),)
    judged = outlook.fact if outlook.reached_late or outlook.final is None else outlook.final
    fact = w.short_number(judged)  # of the due day once that is past, as the line below it
    return (
        w("{sign} {title}: <b>{fact}</b> of {goal}", sign=_sign(outlook), title=title, fact=fact, goal=goal),
        _outlook_line(outlook, w),
    )


def _missing(outlook: Outlook) -> int:
    return outlook.target.value - (outlook.final or 0)


def _is_stale(outlook: Outlook) -> bool:
    return outlook.newest is not None and (outlook.today - outlook.newest).days > FRESH_DAYS


def _sign(outlook: Outlook) -> str:
    """A good forecast from old figures is none: somebody should ask for new ones."""
    level = trouble(outlook)
    return _SIGNS[1 if level == len(_SIGNS) - 1 and _is_stale(outlook) and not outlook.reached else level]


def _outlook_line(outlook: Outlook, w: Words) -> Markup:
    if outlook.reached:
        return w("↳ reached")
    if outlook.overdue:
        day = w.day(outlook.target.due)
        if outlook.reached_late:
            return w("↳ reached late, was due {day}", day=day)
        return w("↳ missed by {n}, was due {day}", n=w.short_number(_missing(outlook)), day=day)
    need = _pace(outlook.needed, w) if outlook.needed is not None else "?"
    if outlook.pace is None:
        return w("↳ needs {need} a day; no pace yet", need=need)
    pace = _pace(outlook.pace.daily, w)
    if outlook.newest is not None and _is_stale(outlook):
        return w("↳ {pace} a day, needs {need}; no data since {day}", pace=pace, need=need, day=w.day(outlook.newest))
    return w("↳ {pace} a day, needs {need}: {verdict}", pace=pace, need=need, verdict=_verdict(outlook, w))


def trouble(outlook: Outlook) -> int:
    """0 for a target that will be missed, 1 uncertain, 2 unknown, 3 on course or reached."""
    found, goal = outlook.forecast, outlook.target.value
    if outlook.reached:
        return 3
    if outlook.fact is not None and outlook.overdue:
        return 1 if outlook.reached_late else 0
    if found is None:
        return 2
    low, high = found.value - found.spread, found.value + found.spread
    if low < goal <= high:
        return 2 if found.spread > goal / 4 else 1  # a wide guess is no verdict
    return 3 if low >= goal else 0


_SIGNS = ("🔴", "🟡", "🎯", "✅")
_VERDICTS = (
    mark_plain("will fall short"),
    mark_plain("may just make it"),
    mark_plain("too early to say"),
    mark_plain("on course"),
)


def _verdict(outlook: Outlook, w: Words) -> str:
    """Whether it will be reached, in two words."""
    return w.plain(_VERDICTS[trouble(outlook)])  # texts: dynamic


def in_full(outlook: Outlook, w: Words) -> Markup:
    goal = w.number(outlook.target.value)
    head = w("<b>{title}</b>: {goal} by {day}", title=title_of(outlook, w), goal=goal, day=w.day(outlook.target.due))
    if outlook.fact is None:
        return lines(
            head, w.n("No figures yet ({n} page to report).", "No figures yet ({n} pages to report).", outlook.pages)
        )
    now = w(
        "Now {fact}, {share} of the goal",
        fact=w.number(outlook.fact),
        share=w.percent(outlook.fact / outlook.target.value),
    )
    if outlook.overdue:
        return lines(head, _result(outlook, w), now if outlook.fact != outlook.final else None, _sources(outlook, w))
    planned = outlook.planned
    return lines(
        head,
        now,
        w("Planned for today: {planned}", planned=w.number(planned))
        if planned is not None and not outlook.reached
        else None,
        _paces(outlook, w),
        _forecast(outlook, w),
        _sources(outlook, w),
    )


def _result(outlook: Outlook, w: Words) -> Markup:
    """The verdict once the due day is over: by what was reported for that day."""
    final = w.number(outlook.final or 0)
    if outlook.reached:
        return w("✅ Reached: {final} on the due day", final=final)
    missing = w.number(_missing(outlook))
    if outlook.reached_late:
        return w("🟡 Reached late: {final} on the due day, {missing} missing", final=final, missing=missing)
    return w("🔴 Missed: {final} on the due day, {missing} missing", final=final, missing=missing)


def _paces(outlook: Outlook, w: Words) -> Markup:
    pace = _measured(outlook.pace, w) if outlook.pace is not None else w("no pace yet")
    if outlook.needed is None:
        return w("Pace: {pace}", pace=pace)
    return w("Pace: {pace}, needs {need}", pace=pace, need=_pace(outlook.needed, w))


def _measured(pace: Pace, w: Words) -> Markup:
    """With the days it rests on: two days are no week."""
    return w.n("{pace} a day over {n} day", "{pace} a day over {n} days", pace.days, pace=_pace(pace.daily, w))


def _forecast(outlook: Outlook, w: Words) -> Markup | None:
    if outlook.reached:
        return None
    found = outlook.forecast
    if found is None:
        return w("Not enough data for a forecast (3 days needed)")
    value, spread = w.number(rounded(found.value)), w.number(max(_step(found.value), rounded(found.spread)))
    verdict = _verdict(outlook, w)
    return w.n(
        "Forecast from {n} day of figures: {value} ± {spread}, {verdict}",
        "Forecast from {n} days of figures: {value} ± {spread}, {verdict}",
        found.days,
        value=value,
        spread=spread,
        verdict=verdict,
    )


def _sources(outlook: Outlook, w: Words) -> Markup | None:
    """How old and how complete the fact is (H5)."""
    if outlook.oldest is None:
        return None
    oldest = w("<i>Oldest figure: {day}</i>", day=w.day(outlook.oldest))
    if outlook.overdue and outlook.newest is not None:
        oldest = w("<i>Last reported for {day}</i>", day=w.day(outlook.newest))
    elif outlook.newest is not None and _is_stale(outlook):
        oldest = w("<i>No data since {day}</i>", day=w.day(outlook.newest))
    if not outlook.silent:
        return oldest
    return lines(
        oldest,
        w("<i>No data from {n} of {pages} pages</i>", n=w.number(outlook.silent), pages=w.number(outlook.pages)),
    )
