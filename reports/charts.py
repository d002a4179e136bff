"""Progress of the targets as a picture for a phone. matplotlib is imported late: it costs two seconds cold."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from domain.targets import Line, Progress
from texts.words import Words, words_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT, DPI = 8.0, 10.0, 125
"""1000 × 1250 px: fills an upright phone without zooming."""
MOST_PANELS = 4
FACT, PLAN, FORECAST, GOAL = "#0072B2", "#7A7A7A", "#D55E00", "#000000"
"""Okabe and Ito's palette, told apart by colour-blind readers; lines also differ in style."""
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and knows Cyrillic
    "font.size": 15,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E3E3E3",
    "text.parse_math": False,  # a $ in a title is a dollar
}
one_at_a_time = threading.Lock()  # matplotlib's style and font cache are global


def progress_png(view: Progress, language: str) -> bytes:
    """Planned paths against reported figures, one panel for targets that count the same pages. Blocks about 0.2 s.

    Made in another process, hence the language and not its words.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    words = words_for(language)
    panels = _panels(view.lines)[:MOST_PANELS]
    with one_at_a_time, mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        if not panels:
            say(figure.add_subplot(), words.plain("The plan names no targets."))
        else:
            for axes, lines in zip(figure.subplots(len(panels), 1, squeeze=False)[:, 0], panels, strict=True):
                _panel(axes, lines, view, words)
        title = words.plain("{campaign}, {day}", campaign=view.campaign.name, day=words.full_day(view.today))
        figure.suptitle(title, fontsize=17, color="#444444")
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Description": title})
        return out.getvalue()


def _panels(lines: Sequence[Line]) -> list[list[Line]]:
    """Targets of the same pages together, in the order of their due days."""
    panels: dict[tuple[object, ...], list[Line]] = {}
    for line in sorted(lines, key=lambda found: found.target.due):
        target = line.target
        key = (target.metric, frozenset(target.platforms), frozenset(target.kinds))
        panels.setdefault(key, []).append(line)
    return list(panels.values())


def _panel(axes: Axes, lines: Sequence[Line], view: Progress, words: Words) -> None:
    nearest = next((line for line in lines if line.target.due >= view.today), lines[-1])
    title = nearest.target.title_ru if words.language == "ru" else nearest.target.title
    fact = nearest.outlook.fact
    if fact is None:
        axes.set_title(title, fontsize=19, fontweight="bold", loc="left")
        say(axes, words.plain("No figures reported yet"))
        return
    told = words.plain(
        "{title}: {fact} of {goal}",
        title=title,
        fact=words.short_number(fact),
        goal=words.short_number(nearest.target.value),
    )
    axes.set_title(told, fontsize=19, fontweight="bold", loc="left")
    _draw_plans(axes, lines, words)
    days = [day for day, _ in nearest.fact]
    axes.plot(
        _x(days),
        [value for _, value in nearest.fact],
        color=FACT,
        linewidth=3.5,
        marker="o",
        markersize=5 if len(days) > 10 else 8,
        label=words.plain("reported"),
        zorder=3,
    )
    _draw_forecast(axes, nearest, words)
    _dress(axes, lines, view, words)


def _draw_plans(axes: Axes, lines: Sequence[Line], words: Words) -> None:
    label: str | None = words.plain("planned path")
    for line in lines:
        goal = words.short_number(line.target.value)
        axes.plot(_x([line.target.due]), [line.target.value], color=GOAL, marker="D", markersize=9, zorder=4)
        last = line is lines[-1]  # at the right edge a label has room only to its left
        axes.annotate(
            goal,
            (_x([line.target.due])[0], line.target.value),
            xytext=(-12, 8) if last else (12, -16),
            textcoords="offset points",
            ha="right" if last else "left",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            zorder=5,
        )
        if line.plan is not None:
            plan = line.plan
            axes.plot(
                _x([plan.start, plan.due]),
                [plan.base, plan.value],
                color=PLAN,
                linestyle="--",
                linewidth=2.5,
                label=label,
            )
            label = None


def _draw_forecast(axes: Axes, line: Line, words: Words) -> None:
    found = line.outlook.forecast
    if found is None or not line.fact:
        return
    last_day, last = line.fact[-1]
    xs = _x([last_day, line.target.due])
    axes.plot(xs, [last, found.value], color=FORECAST, linestyle=":", linewidth=3, label=words.plain("forecast"))
    axes.errorbar(xs[1:], [found.value], yerr=[found.spread], color=FORECAST, capsize=8, linewidth=2.5, marker="s")


def _dress(axes: Axes, lines: Sequence[Line], view: Progress, words: Words) -> None:
    """Axes that start at the campaign, with few dates and short numbers in the reader's language."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    first = min([view.campaign.starts, *(day for line in lines for day, _ in line.fact[:1])])
    last = max([view.today, *(line.target.due for line in lines)])
    axes.set_xlim(_x([first])[0] - 1, _x([last])[0] + 2)
    highest = max(line.target.value for line in lines)
    axes.set_ylim(0, max(highest, *(value for line in lines for _, value in line.fact[-1:])) * 1.15)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: day_label(_EPOCH + timedelta(days=round(x)), words)))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.short_number(round(y))))
    axes.legend(loc="upper left", frameon=False, fontsize=14)


def say(axes: Axes, text: str) -> None:
    """An honest empty panel."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, text, ha="center", va="center", fontsize=20, color="#666666", transform=axes.transAxes)


_EPOCH = date(2000, 1, 1)


def _x(days: Sequence[date]) -> list[int]:
    return [(day - _EPOCH).days for day in days]


def day_label(day: date, words: Words) -> str:
    """A day under an axis, as short as can be."""
    told: Any = format_date(day, "d MMM", locale=words.locale)
    return str(told)
