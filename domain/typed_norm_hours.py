"""Hours and durations of a norm typed in one line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from domain.errors import Invalid
from domain.norms import Window

_LAST_MINUTE = time(23, 59)


@dataclass(eq=False)
class BadNorm(Invalid):
    """`word` is not understood."""

    word: str


@dataclass(eq=False)
class OverMidnight(Invalid):
    """A window ends before it starts: over midnight it is two."""

    said: str


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """In order, those that meet as one."""
    made: list[Window] = []
    for one in sorted(windows, key=lambda w: (w.start, w.end)):
        if made and one.start <= made[-1].end:
            made[-1] = Window(made[-1].start, max(made[-1].end, one.end))
        else:
            made.append(one)
    return tuple(made)


def window(match: re.Match[str]) -> Window:
    start, end = match["start"], match["end"]
    if end.endswith("pm") and not start.endswith(("am", "pm")) and int(re.match(r"\d+", start)[0]) < 12:  # type: ignore[index]  # it starts with a digit
        start += "pm"
    opens, closes = _clock(start), _clock(end)
    if closes == time():
        closes = _LAST_MINUTE
    if opens >= closes:
        raise OverMidnight(match[0])
    return Window(opens, closes)


def _clock(text: str) -> time:
    numbers = re.findall(r"\d+", text)
    if len(numbers[0]) == 4:
        numbers = [numbers[0][:2], numbers[0][2:]]
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if text.endswith("pm") and hour < 12:
        hour += 12
    elif text.endswith("am") and hour == 12:
        hour = 0
    if (hour, minute) == (24, 0):
        return time()
    try:
        return time(hour, minute)
    except ValueError:
        raise BadNorm(text) from None


def minutes(match: re.Match[str]) -> int:
    """Of the duration in a gap; a bare number up to 12 means hours."""
    part = {name.partition("_")[0]: value for name, value in match.groupdict().items() if value}
    if "bare" in part:
        bare = int(part["bare"])
        return bare * 60 if bare <= 12 else bare
    if "half" in part:
        return 30
    if "oneandhalf" in part:
        return 90
    if "clock" in part:
        hours, minutes = part["clock"].split(":")
        return int(hours) * 60 + int(minutes)
    if "hours" in part:
        return round(float(part["hours"].replace(",", ".")) * 60) + int(part.get("and", 0))
    return int(part["minutes"]) if "minutes" in part else 60
