"""A straight line through reported figures: where it leads, and how surely. Pure arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

TREND_DAYS = 14
"""How far back the trend looks; older growth says little about the coming weeks."""
PACE_DAYS = 7
"""A whole week: weekends grow differently from working days."""
LEAST_DAYS = 3
"""Two points always lie on a line: a spread can only be told from the third day of data on."""


@dataclass(frozen=True)
class Forecast:
    """The trend's `value` on the due day; about 19 in 20 outcomes lie within ± `spread` if the trend holds."""

    value: int
    spread: int
    days: int
    """How many days of data it rests on."""


History = Mapping[date, int]
"""One page's confirmed figures by its local day."""


def series(histories: Sequence[History], days: Sequence[date]) -> list[int]:
    """The sums on `days` (in order) over all pages that ever reported, each carried on from its newest figure.

    Before its first figure a page counts with that one: a page that is reported for the first time is not growth.
    """
    totals = [0] * len(days)
    for history in histories:
        known = sorted(history)
        at = 0
        for i, day in enumerate(days):
            while at + 1 < len(known) and known[at + 1] <= day:
                at += 1
            totals[i] += history[known[at]] if known else 0
    return totals


def reported_days(histories: Sequence[History], since: date, until: date) -> list[date]:
    """Days from `since` to `until` on which anything was reported, in order."""
    return sorted({day for history in histories for day in history if since <= day <= until})


@dataclass(frozen=True)
class Pace:
    """Growth a day over `days`: a week where there is so much data."""

    daily: float
    days: int


def pace(histories: Sequence[History], today: date) -> Pace | None:
    """Growth a day over the last week of data; None when there are not two days to compare."""
    days = reported_days(histories, date.min, today)
    if not days:
        return None
    last = days[-1]
    earlier = [day for day in days if day < last]
    if not earlier:
        return None
    wanted = last - timedelta(days=PACE_DAYS)
    start = max((day for day in earlier if day <= wanted), default=earlier[0])
    # Between two reports a week and more apart nothing is known of the days between: the average of that span.
    before, after = series(histories, (start, last))
    span = (last - start).days
    return Pace((after - before) / span, span)


def forecast(histories: Sequence[History], today: date, due: date) -> Forecast | None:
    """Least squares through the last two weeks' days of data, continued to `due`; None with fewer than three days."""
    days = reported_days(histories, today - timedelta(days=TREND_DAYS - 1), today)
    if len(days) < LEAST_DAYS or due <= today:
        return None
    xs = [float((day - today).days) for day in days]
    ys = [float(value) for value in series(histories, days)]
    n = len(xs)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sxx
    ahead = float((due - today).days)
    # The line is hung on the last figure: what was reported today is a fact, not an estimate.
    value = ys[-1] + slope * (ahead - xs[-1])
    residual = sqrt(sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True)) / (n - 2))
    around_line = 2 * residual * sqrt(1 + 1 / n + (ahead - mean_x) ** 2 / sxx)
    # Sums of daily growth wander: neighbouring days lie close to any line, so the line alone would promise too much.
    steps = [(x2 - x1, y2 - y1) for x1, x2, y1, y2 in zip(xs, xs[1:], ys, ys[1:], strict=False)]
    span = xs[-1] - xs[0]
    drift = (ys[-1] - ys[0]) / span
    daily = sqrt(sum((dy - drift * dx) ** 2 / dx for dx, dy in steps) / (n - 2))
    to_go = ahead - xs[-1]
    wandering = 2 * daily * sqrt(to_go * (1 + to_go / span))
    return Forecast(max(0, round(value)), round(max(around_line, wandering)), n)
