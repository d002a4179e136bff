"""Targets of the campaign: planned path, reported fact, pace and an honest forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.forecast import Forecast, History, Pace, forecast, pace, reported_days, series
from domain.pages import Page
from domain.platforms import Platform
from domain.typed_figures import Metric


@dataclass(frozen=True)
class Campaign:
    """One deployment is one campaign. `phase_end` is the last day of month 1. `zone`: headquarters' own."""

    name: str
    starts: date
    phase_end: date
    ends: date
    zone: str

    def covers(self, day: date) -> bool:
        """Whether posts are planned for that day."""
        return self.starts <= day <= self.ends

    def today(self, now: datetime) -> date:
        """Headquarters' own date: what targets, weeks and commitments are counted by."""
        return now.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Clock:
    """Where the campaign stands on a day. `phase` 0: not begun, 1 and 2: months, 3: over. `left`: days until the phase ends.

    `day` counts from 1; before the start `left` is the days until it begins.
    """

    day: int
    days: int
    phase: int
    left: int


def campaign_clock(campaign: Campaign, today: date) -> Clock:
    day, days = (today - campaign.starts).days + 1, (campaign.ends - campaign.starts).days + 1
    if today < campaign.starts:
        return Clock(0, days, 0, (campaign.starts - today).days)
    if today > campaign.ends:
        return Clock(days, days, 3, 0)
    first = today <= campaign.phase_end
    return Clock(day, days, 1 if first else 2, ((campaign.phase_end if first else campaign.ends) - today).days)


@dataclass(frozen=True)
class Target:
    """`metric` summed over the latest figures of the pages of `platforms` and `kinds` must reach `value` by `due`."""

    code: str
    title: str
    title_ru: str
    metric: Metric
    platforms: tuple[Platform, ...]
    kinds: tuple[str, ...]
    value: int
    due: date
    region: str = ""
    """Only pages of this region; empty: of all."""
    page: str = ""
    """Only this page; empty: all that count."""
    by_hand: bool = False
    """Set in chat: its titles are the name of the region or page alone."""
    version: int = 1

    def counts(self, page: Page) -> bool:
        """Whether a page's figures count towards this target."""
        if self.page:
            return page.code == self.page
        inside = self.region in {"", page.region}
        return inside and page.platform in self.platforms and page.kind in self.kinds


@dataclass(frozen=True)
class Outlook:
    """Where a target stands on `today`. `fact` None: nobody has reported yet, which is not 0."""

    target: Target
    today: date
    pages: int
    """Pages that count towards it."""
    silent: int
    """Those among them without any figure."""
    fact: int | None
    oldest: date | None
    """Day of the oldest figure in the fact."""
    planned: int | None
    """What the straight path wants today."""
    needed: float | None
    """Growth a day that still reaches it; None when reached, overdue or unknown."""
    pace: Pace | None
    forecast: Forecast | None
    newest: date | None = None
    """Day of the newest figure in the fact."""
    at_due: int | None = None
    """What the fact was on the due day, once that is past; figures reported later do not mend it."""

    @property
    def final(self) -> int | None:
        """What the target is judged by: the due day's number once it is past, until then the newest."""
        return self.fact if self.at_due is None else self.at_due

    @property
    def reached(self) -> bool:
        return self.final is not None and self.final >= self.target.value

    @property
    def reached_late(self) -> bool:
        """Missed on its day, and reached since."""
        return not self.reached and self.fact is not None and self.fact >= self.target.value

    @property
    def overdue(self) -> bool:
        return self.today > self.target.due

    @property
    def behind(self) -> bool:
        """Whether a manager should look: the due day is past, or the fact is below the path."""
        if self.reached or self.fact is None:
            return False
        return self.overdue or (self.planned is not None and self.fact < self.planned)


@dataclass(frozen=True)
class Path:
    """A straight line from (`start`, `base`) to (`due`, `value`)."""

    start: date
    base: int
    due: date
    value: int

    def at(self, day: date) -> int:
        """The planned number on `day`; flat before the start and after the due day."""
        if day <= self.start:
            return self.base
        if day >= self.due:
            return self.value
        return self.base + round((self.value - self.base) * (day - self.start).days / (self.due - self.start).days)


def planned_path(target: Target, starts: date, histories: Sequence[History]) -> Path | None:
    """From the first figures (the campaign's start at the earliest) to the due day; None before anything is known."""
    days = reported_days(histories, date.min, date.max)
    if not days:
        return None
    start = max(days[0], starts)
    return Path(start, series(histories, (start,))[0], target.due, target.value)


def outlook(
    target: Target, pages: Sequence[Page], figures: Mapping[str, History], *, starts: date, today: date
) -> Outlook:
    """`figures`: confirmed ones by page and day; `pages`: all active pages."""
    counted = [page.code for page in pages if target.counts(page)]
    histories = [figures[code] for code in counted if figures.get(code)]
    silent = len(counted) - len(histories)
    if not histories:
        return Outlook(target, today, len(counted), silent, None, None, None, None, None, None)
    fact = sum(history[max(history)] for history in histories)
    path = planned_path(target, starts, histories)
    left = (target.due - today).days
    return Outlook(
        target=target,
        today=today,
        pages=len(counted),
        silent=silent,
        fact=fact,
        oldest=min(max(history) for history in histories),
        planned=None if path is None else path.at(today),
        needed=(target.value - fact) / left if left > 0 and fact < target.value else None,
        pace=pace(histories, today),
        forecast=forecast(histories, today, target.due),
        newest=max(max(history) for history in histories),
        at_due=series(histories, (target.due,))[0] if today > target.due else None,
    )


def headline(targets: Sequence[Target], today: date) -> list[Target]:
    """Of targets that count the same pages only the next one due (the last one when all are past), in their order.

    Targets set in chat are no headlines: they have a list of their own.
    """
    chosen: dict[tuple[object, ...], Target] = {}
    for target in sorted((t for t in targets if not t.by_hand), key=lambda t: t.due):
        key = (target.metric, frozenset(target.platforms), frozenset(target.kinds))
        current = chosen.get(key)
        if current is None or current.due < today:
            chosen[key] = target
    return list(chosen.values())


@dataclass(frozen=True)
class Line:
    """One target's progress for a chart: what was reported and what was planned, by day."""

    target: Target
    fact: tuple[tuple[date, int], ...]
    plan: Path | None
    outlook: Outlook


@dataclass(frozen=True)
class Progress:
    """Everything a progress chart shows."""

    campaign: Campaign
    today: date
    lines: tuple[Line, ...]


def progress(
    campaign: Campaign,
    targets: Sequence[Target],
    pages: Sequence[Page],
    figures: Mapping[str, History],
    *,
    today: date,
) -> Progress:
    """The reported sums of the days on which something was reported, beside the planned paths; of the plan's own targets."""
    made = []
    for target in (one for one in targets if not one.by_hand):
        histories = [figures[page.code] for page in pages if target.counts(page) and figures.get(page.code)]
        days = reported_days(histories, campaign.starts - timedelta(days=31), today)
        fact = tuple(zip(days, series(histories, days), strict=True))
        view = outlook(target, pages, figures, starts=campaign.starts, today=today)
        made.append(Line(target, fact, planned_path(target, campaign.starts, histories), view))
    return Progress(campaign, today, tuple(made))
