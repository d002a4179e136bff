"""At which hours of the page's day posts did better, as far as the numbers carry it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from domain.best_posts import Spread, spread, surely_better
from domain.norms import Norm, Window

PART = 3
"""Hours of one part of the day. They are fixed beforehand: hours chosen after the fact would always show a best one."""
_LAST = time(23, 59)


@dataclass(frozen=True)
class DayPart:
    """Posts of the hours from `start` on, against their pages' usual."""

    start: int
    spread: Spread
    better: bool = False
    """Surely better than the posts of all other hours together."""

    @property
    def window(self) -> Window:
        end = self.start + PART
        return Window(time(self.start), _LAST if end >= 24 else time(end))


@dataclass(frozen=True)
class Peaks:
    """Parts of the day in order. `pages`: how many pages' posts they are; `region`, `platform`: of which group, empty: one page."""

    parts: tuple[DayPart, ...]
    pages: int = 1
    group: str = ""

    @property
    def posts(self) -> int:
        return sum(part.spread.n for part in self.parts)

    @property
    def better(self) -> tuple[DayPart, ...]:
        return tuple(part for part in self.parts if part.better)

    @property
    def enough(self) -> bool:
        """Whether there are two parts of the day to compare."""
        return sum(part.spread.enough for part in self.parts) >= 2


def peaks(counts: Mapping[int, Mapping[int, int]], *, pages: int = 1, group: str = "") -> Peaks:
    """`counts`: by part of the day (0: from midnight) posts by step of their score."""
    parts = []
    for part in sorted(counts):
        own = spread(counts[part])
        if own is None:
            continue
        others = spread(_together(some for other, some in counts.items() if other != part))
        better = others is not None and surely_better(own, others)
        parts.append(DayPart(part * PART, own, better))
    return Peaks(tuple(parts), pages, group)


def _together(counts: Iterable[Mapping[int, int]]) -> Counter[int]:
    total = Counter[int]()
    for some in counts:
        total.update(some)
    return total


@dataclass(frozen=True)
class Worked:
    """Hours that a norm could prefer, and the number of posts they were found by."""

    windows: tuple[Window, ...]
    posts: int
    peaks: Peaks


def worked(found: Peaks, norm: Norm) -> Worked | None:
    """Of the better hours those that the norm's windows hold, neighbours joined; None: nothing to prefer."""
    made, posts = list[Window](), 0
    for part in found.better:
        inside = [
            Window(max(part.window.start, one.start), min(part.window.end, one.end))
            for one in norm.windows
            if one.start < part.window.end and part.window.start < one.end
        ]
        posts += part.spread.n if inside else 0
        for one in inside:
            if made and made[-1].end == one.start:
                made[-1] = Window(made[-1].start, one.end)
            else:
                made.append(one)
    return Worked(tuple(made), posts, found) if made else None
