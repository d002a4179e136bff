"""Hours and days as people type them: "9-12, 18-21", "с 9 до 12", "3-5 окт", "12.10, завтра"."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.availability import MIDNIGHT, merged
from domain.errors import Invalid
from domain.norms import Window
from domain.typed_dates import read_span


@dataclass(eq=False)
class BadHours(Invalid):
    """No hours can be read from it."""


@dataclass(eq=False)
class BadDays(Invalid):
    """No days can be read from it."""


_LONGEST = 300
"""Characters that are read; nobody types more hours or days than fit."""
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_TO = r"\s*(?:-|–|—|−|\bдо\b|\bпо\b|\bto\b|\btill\b|\buntil\b)\s*"
_SPAN = re.compile(rf"(?:\b(?:с|со|from)\s+)?{_CLOCK}{_TO}{_CLOCK}(?:\s*(?:ч\b\.?|часов\b|h\b))?")
_BETWEEN = re.compile(r"(?:[\s,;+.]|\bи\b|\band\b)*")


def read_hours(text: str) -> tuple[Window, ...]:
    """Windows in order; one over midnight becomes two. `BadHours` unless everything in it could be read."""
    typed = text.lower()[:_LONGEST]
    if not _BETWEEN.fullmatch(_SPAN.sub(" ", typed)):
        raise BadHours
    found: list[Window] = []
    for one in _SPAN.finditer(typed):
        start, end = _clock(one[1], one[2]), _clock(one[3], one[4])
        if start == end or (start == MIDNIGHT and end == time()):
            raise BadHours
        if start < end:
            found.append(Window(start, end))
        else:
            found += [Window(start, MIDNIGHT), *([Window(time(), end)] if end > time() else [])]
    if not found:
        raise BadHours
    return merged(found)


def _clock(hour: str, minute: str | None) -> time:
    if (int(hour), int(minute or 0)) == (24, 0):
        return MIDNIGHT
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise BadHours from None


# --- days ------------------------------------------------------------------------------------------------------------

_LONGEST_SPAN = 31
_FROM = re.compile(r"(?:с|со|from)\s+")


def read_days(text: str, today: date) -> tuple[date, ...]:
    """Days in order; `BadDays` unless everything in it could be read. One that is just past stays past: it was meant."""
    parts = [part.strip() for part in re.split(r"[,;\n]|\bи\b|\band\b", text.lower()[:_LONGEST])]
    found: set[date] = set()
    for part in filter(None, parts):
        try:
            first, last = read_span(_FROM.sub("", part, count=1), today)
        except Invalid:
            raise BadDays from None
        if last >= first + timedelta(days=_LONGEST_SPAN):
            raise BadDays
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    if not found:
        raise BadDays
    return tuple(sorted(found))
