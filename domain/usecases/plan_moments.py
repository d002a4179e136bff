"""The moments that norms want on many pages and nothing is at yet: inside windows, out of silences, apart from what is near."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.halts import Halt
from domain.norms import Norm
from domain.placing import Span, missing
from domain.ports import UnitOfWork
from domain.ports.planner import PlanPage
from domain.usecases.silences import Silences

Days = Mapping[str, Collection[date]]
"""By page: the local days that are planned."""
Moment = tuple[PlanPage, date, datetime]
There = dict[tuple[str, date], tuple[list[datetime], list[datetime]]]
"""By page and day: the moments that count towards the norm, and the extra ones."""
_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60
_NOTHING: tuple[Sequence[datetime], Sequence[datetime]] = ((), ())


@dataclass
class Shut:
    """When nothing is published: silences, and pages under an emergency stop."""

    silences: Silences
    halts: Sequence[Halt]
    _spans: dict[tuple[str, str, date], tuple[Span, ...]] = field(default_factory=dict)
    _silent: dict[tuple[str, datetime], bool] = field(default_factory=dict)

    def why(self, page: PlanPage, day: date, at: datetime) -> str | None:
        """Why nothing may be published there at this moment."""
        key = page.region, at
        if self.silences.blackouts and key not in self._silent:
            self._silent[key] = self.silences.hold(page.region, at)
        if self._silent.get(key):
            return "silence"
        return None if page.may_publish_on(day) else "authority"

    def is_stopped(self, page: PlanPage) -> bool:
        return any(halt.scope.covers(page.region, page.code) for halt in self.halts)

    def on(self, page: PlanPage, day: date) -> tuple[Span, ...]:
        """The silences of a page's local day."""
        if not self.silences.blackouts:
            return ()
        key = page.region, page.zone, day
        if key not in self._spans:
            start = datetime.combine(day, time(0), ZoneInfo(page.zone)).astimezone(UTC)
            self._spans[key] = self.silences.spans(page.region, start, start + _DAY * 1.05)
        return self._spans[key]


async def wanted(
    uow: UnitOfWork, pages: Mapping[str, PlanPage], days: Days, there: There, shut: Shut, now: datetime
) -> list[Moment]:
    """Within the campaign, ahead of `now`, on pages that may publish then. Pages that are alike are worked out once."""
    campaign = await uow.campaign.find_campaign()
    asked = [
        (page, page.norm, day)
        for page in pages.values()
        if page.norm is not None and not (shut.halts and shut.is_stopped(page))
        for day in sorted(days[page.code])
        if (campaign is None or campaign.starts <= day <= campaign.ends) and page.may_publish_on(day)
    ]
    near = await _near(uow, asked)
    alike: dict[tuple[Any, ...], list[datetime]] = {}
    found: list[Moment] = []
    for page, norm, day in asked:
        taken, extra = there.get((page.code, day), _NOTHING)
        around = near.get(page.code)
        beside = [at for at in around or () if at.astimezone(ZoneInfo(page.zone)).date() != day]
        key = (id(norm), page.zone, page.region, day, *taken, None, *extra, None, *beside)
        if key not in alike:
            closed = shut.on(page, day)
            lacking = missing(norm, day, page.zone, taken, extra, closed=closed, near=beside)
            alike[key] = [at for at in lacking if at > now]
        found += [(page, day, at) for at in alike[key]]
        if around is not None:
            around += alike[key]
    return found


async def _near(uow: UnitOfWork, asked: Iterable[tuple[PlanPage, Norm, date]]) -> dict[str, list[datetime]]:
    """By page, for those whose windows come closer to midnight than their gap: what is around the days asked for."""
    spans: dict[tuple[date, str, int], set[str]] = defaultdict(set)
    edges: dict[tuple[int, date], bool] = {}
    for page, norm, day in asked:
        key = id(norm), day
        if key not in edges:
            edges[key] = _meets_midnight(norm.on(day))
        if edges[key]:
            spans[day, page.zone, norm.on(day).gap_minutes].add(page.code)
    found: dict[str, list[datetime]] = {}
    for (day, zone, gap), codes in spans.items():
        first, last = (datetime.combine(one, time(0), ZoneInfo(zone)) for one in (day, day + _DAY))
        apart = timedelta(minutes=gap)
        there = await uow.planner.moments(codes, first - apart, last + apart)
        for code in codes:
            known = found.setdefault(code, [])
            known += [at for at in there.get(code, ()) if at not in known]
    return found


def _meets_midnight(norm: Norm) -> bool:
    starts = (window.start.hour * 60 + window.start.minute for window in norm.windows)
    ends = (window.end.hour * 60 + window.end.minute for window in norm.windows)
    return any(start < norm.gap_minutes for start in starts) or any(_MIDNIGHT - end < norm.gap_minutes for end in ends)
