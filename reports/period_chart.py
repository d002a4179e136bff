"""Posts of a period by day as a picture for a phone: what came out on time, late or not at all, against the norm."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.people import EVERYWHERE
from domain.status_periods import PeriodView, Tally
from reports.charts import DPI, STYLE, WIDTH, day_label, one_at_a_time, say
from texts.words import Words, words_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 8.0
"""1000 × 1000 px."""
ON_TIME, LATE, MISSED, NORM = "#0072B2", "#E69F00", "#D55E00", "#000000"
"""Okabe and Ito's palette, told apart by colour-blind readers; the bars are hatched differently as well."""


def period_png(view: PeriodView, language: str) -> bytes:
    """Blocks about 0.2 s; made in another process, hence the language and not its words."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    words = words_for(language)
    with one_at_a_time, mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        axes = figure.add_subplot()
        title = _title(view, words)
        figure.suptitle(title, fontsize=19, fontweight="bold", wrap=True)
        if any(not tally.nothing for tally in view.days.values()):
            _bars(axes, view, words)
        else:
            say(axes, words.plain("No posts were planned"))
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Description": title})
        return out.getvalue()


def _title(view: PeriodView, words: Words) -> str:
    where = words.list(view.names) if view.names else words.plain("all regions")
    if view.place.region == EVERYWHERE:
        where = words.plain("Pages of the whole campaign")
    share = view.here.tally.kept
    if share is None:
        return where[:1].upper() + where[1:]
    where = where[:1].upper() + where[1:]
    return words.plain("{where}: {share} of the norm", where=where, share=words.percent(share))


def _bars(axes: Axes, view: PeriodView, words: Words) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    span = view.here.span
    days = [span.first + timedelta(days=n) for n in range(span.days)]
    tallies = [view.days.get(day, Tally()) for day in days]
    xs = list(range(len(days)))
    bottom = [0] * len(days)
    for counts, colour, hatch, label in (
        ([one.on_time for one in tallies], ON_TIME, "", words.plain("on time")),
        ([one.late for one in tallies], LATE, "//", words.plain("late")),
        ([one.missed for one in tallies], MISSED, "xx", words.plain("not posted")),
    ):
        axes.bar(xs, counts, 0.8, bottom, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5, label=label)
        bottom = [under + count for under, count in zip(bottom, counts, strict=True)]
    planned = [one.planned for one in tallies]
    edges = [x + side for x in xs for side in (-0.5, 0.5)]
    axes.plot(edges, [n for n in planned for _ in range(2)], color=NORM, linewidth=2.5, label=words.plain("norm"))
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.set_ylim(0, max(1, *bottom, *planned) * 1.25)
    axes.xaxis.set_major_locator(MaxNLocator(min(6, len(days)), integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _tick(x, days, words)))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.short_number(round(y))))
    axes.grid(visible=False, axis="x")
    axes.set_axisbelow(True)
    axes.legend(loc="upper left", frameon=False, fontsize=15, ncols=2)


def _tick(x: float, days: list[date], words: Words) -> str:
    n = round(x)
    return day_label(days[n], words) if abs(x - n) < 0.01 and 0 <= n < len(days) else ""
