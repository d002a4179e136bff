"""Reported figures summed over many pages: what the outlook of a headline needs, without a row for each page and day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.forecast import forecast, pace
from domain.platforms import Platform
from domain.targets import Outlook, Path, Target


@dataclass(frozen=True)
class FigureSum:
    """Active pages of one network and kind. `reported`: how many have a figure; without any the rest is unknown."""

    platform: Platform
    kind: str
    pages: int
    reported: int = 0
    total: int = 0
    """The newest figures, each page's own."""
    base: int = 0
    """Figures at the campaign's start, or each page's first."""
    first: date | None = None
    oldest: date | None = None
    newest: date | None = None
    """Days: of the first figure of all, of the oldest and the newest of the newest ones."""
    before: date | None = None
    """The last day before the trend's on which anything was reported."""


def _history(known: Sequence[FigureSum], grown: Mapping[date, int], start: date) -> dict[date, int]:
    """The sums by day, backwards from the newest; of what lies further back only the campaign's start is known."""
    history: dict[date, int] = {}
    left = sum(one.total for one in known)
    for day in sorted(grown, reverse=True):
        history[day] = left
        left -= grown[day]
    before = max((one.before for one in known if one.before is not None), default=None)
    if before is not None:
        history[before] = left
    if not history or start < min(history):
        history[start] = sum(one.base for one in known)
    return history


def outlook_of(
    target: Target, sums: Sequence[FigureSum], grown: Mapping[date, int], *, starts: date, today: date
) -> Outlook:
    """What `domain.targets.outlook` says of a target of the plan, from sums.

    `grown`: of the target's pages by each day of the trend on which any was reported, how much more than the figures before.
    """
    counted = [one for one in sums if one.platform in target.platforms and one.kind in target.kinds]
    known = [one for one in counted if one.reported]
    pages = sum(one.pages for one in counted)
    silent = pages - sum(one.reported for one in counted)
    firsts = [one.first for one in known if one.first is not None]
    if not firsts:
        return Outlook(target, today, pages, silent, None, None, None, None, None, None)
    total, base = sum(one.total for one in known), sum(one.base for one in known)
    start = max(min(firsts), starts)
    path = Path(start, base, target.due, target.value)
    left = (target.due - today).days
    history = _history(known, grown, start)
    return Outlook(
        target=target,
        today=today,
        pages=pages,
        silent=silent,
        fact=total,
        oldest=min((one.oldest for one in known if one.oldest), default=None),
        planned=path.at(today),
        needed=(target.value - total) / left if left > 0 and total < target.value else None,
        pace=pace([history], today),
        forecast=forecast([history], today, target.due),
        newest=max((one.newest for one in known if one.newest), default=None),
    )
