"""What goes into an export: tables in portions, and the month pack. Read-only; made in a process of its own."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.commitments import Commitment, CommitmentState
from domain.errors import NotFound
from domain.export_rows import CommitmentRow, NormSum, Pack, Unmeasured, Waits, waits
from domain.exports import ExportSubject, Span, whole_days
from domain.people import EVERYWHERE
from domain.ports import UnitOfWork
from domain.ports.commitments import Filter
from domain.targets import Campaign, Outlook, outlook
from domain.usecases import best_posts
from domain.usecases.campaign_days import today_of

BEST = 5
"""Posts of a pack: as many as somebody will read."""


@dataclass(frozen=True)
class Extent:
    """Which part of the campaign: a period and regions ("*": everything). `today`: headquarters' own date."""

    campaign: Campaign
    span: Span
    regions: frozenset[str]
    names: Mapping[str, str]
    """Regions by code."""
    today: date
    now: datetime

    @property
    def days(self) -> tuple[date, date]:
        return self.span.first, self.span.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, on headquarters' clock."""
        zone = ZoneInfo(self.campaign.zone)
        begin = datetime.combine(self.span.first, time(0), zone)
        end = datetime.combine(self.span.last + timedelta(days=1), time(0), zone)
        return begin.astimezone(UTC), end.astimezone(UTC)

    @property
    def asof(self) -> date:
        """The day for which targets are told."""
        return min(self.today, self.span.last)


async def extent(uow: UnitOfWork, span: Span, regions: frozenset[str], *, now: datetime) -> Extent:
    """Raises NotFound before a plan is loaded."""
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        raise NotFound("campaign")
    names = {code: one.name for code, one in (await uow.campaign.regions()).items()}
    return Extent(campaign, span, regions, names, await today_of(uow, now), now)


# -- tables ------------------------------------------------------------------------------------------------------------


def portions(uow: UnitOfWork, subject: ExportSubject, of: Extent) -> AsyncIterator[Sequence[object]]:
    """The rows of one table, a bounded number at a time."""
    reads = uow.export_reads
    ways: dict[ExportSubject, Callable[[], AsyncIterator[Sequence[object]]]] = {
        ExportSubject.NORM: lambda: reads.norm_rows(of.regions, of.days),
        ExportSubject.POSTS: lambda: reads.post_rows(of.regions, of.days),
        ExportSubject.FIGURES: lambda: reads.figure_rows(of.regions, of.days),
        ExportSubject.APPROVALS: lambda: reads.approval_rows(of.regions, *of.moments),
        ExportSubject.PEOPLE: lambda: reads.person_rows(of.regions, of.days),
        ExportSubject.TARGETS: lambda: _once(_target_rows(uow, of)),
        ExportSubject.COMMITMENTS: lambda: _once(_commitment_rows(uow, of)),
    }
    return ways[subject]()


async def _once(rows: Awaitable[Sequence[object]]) -> AsyncIterator[Sequence[object]]:
    yield await rows


async def _target_rows(uow: UnitOfWork, of: Extent) -> Sequence[object]:
    return await outlooks(uow, of)


async def _commitment_rows(uow: UnitOfWork, of: Extent) -> Sequence[object]:
    return await _named(uow, await _commitments(uow, of))


async def outlooks(uow: UnitOfWork, of: Extent) -> tuple[Outlook, ...]:
    """Targets as they stood on the last day of the period; those of other regions are left out."""
    pages = list((await uow.campaign.pages()).values())
    known = await uow.status.histories(None)
    then = {code: {day: n for day, n in history.items() if day <= of.asof} for code, history in known.items()}
    targets = [one for one in await uow.campaign.targets() if _concerns(of.regions, one.region)]
    made = (outlook(one, pages, then, starts=of.campaign.starts, today=of.asof) for one in targets)
    return tuple(sorted(made, key=lambda one: (one.target.by_hand, one.target.due, one.target.code)))


def _concerns(regions: frozenset[str], region: str) -> bool:
    return not region or EVERYWHERE in regions or region in regions


async def _commitments(uow: UnitOfWork, of: Extent) -> list[Commitment]:
    found = await uow.commitments.find(Filter(regions=of.regions, due_from=of.span.first, due_to=of.span.last))
    return [one for one in found if one.state not in {CommitmentState.ASKED, CommitmentState.DECLINED}]


async def _named(uow: UnitOfWork, some: Sequence[Commitment]) -> tuple[CommitmentRow, ...]:
    names = await uow.export_reads.names(sorted({one.person_id for one in some}))
    return tuple(CommitmentRow(one, names.get(one.person_id, "")) for one in some)


# -- the month pack ----------------------------------------------------------------------------------------------------


async def pack(uow: UnitOfWork, of: Extent) -> Pack:
    """Everything that is said of a period, from sums and short lists."""
    days = whole_days(of.span, of.today)
    reads = uow.export_reads
    by_page = await reads.norm_sums(of.regions, days)
    promised = await _commitments(uow, of)
    last = min(of.asof, of.span.last)
    waited = await _waits(uow, of)
    return Pack(
        campaign=of.campaign,
        span=of.span.code,
        first=of.span.first,
        last=of.span.last,
        days=days,
        regions=() if EVERYWHERE in of.regions else tuple(sorted(of.names.get(code, code) for code in of.regions)),
        made_at=of.now,
        total=_total("", by_page),
        by_region=_by_region(by_page),
        by_page=tuple(sorted((one for one in by_page if one.slots), key=_worst)),
        by_day=tuple(await reads.day_sums(of.regions, days)),
        waits=_named_regions(waited, of),
        outlooks=await outlooks(uow, of),
        asof=of.asof,
        summary=await uow.commitments.summary(of.days, of.regions, of.today),
        troubled=await _named(uow, [one for one in promised if _is_troubled(one, of.today)]),
        board=await best_posts.of_regions(uow, of.regions, of.span.first, last, limit=BEST),
        unmeasured=await _unmeasured(uow, of, by_page, waited[0].unknown),
    )


def _worst(one: NormSum) -> tuple[float, str]:
    return (one.kept if one.kept is not None else 1.0, one.title)


def _total(code: str, some: Sequence[NormSum]) -> NormSum:
    counts = ("slots", "on_time", "late", "missed", "excused")
    return NormSum(code, "", code, *(sum(getattr(one, name) for one in some) for name in counts))


def _by_region(by_page: Sequence[NormSum]) -> tuple[NormSum, ...]:
    """The worst first; the titles are the reader's words for the codes."""
    found: dict[str, list[NormSum]] = defaultdict(list)
    for one in by_page:
        found[one.region].append(one)
    return tuple(sorted((_total(code, some) for code, some in found.items()), key=_worst))


async def _waits(uow: UnitOfWork, of: Extent) -> tuple[Waits, ...]:
    """Answer times of all decisions, then by region, the slowest first. Minutes are all that is kept of a decision."""
    minutes: dict[str, list[int]] = defaultdict(list)
    unknown: dict[str, int] = defaultdict(int)
    async for some in uow.export_reads.approval_rows(of.regions, *of.moments):
        for one in some:
            waited = one.waited
            if waited is None:
                unknown[one.region] += 1
            else:
                minutes[one.region].append(round(waited.total_seconds() / 60))
    regions = [waits(code, "", minutes[code], unknown[code]) for code in sorted(minutes.keys() | unknown.keys())]
    everything = [number for some in minutes.values() for number in some]
    total = waits("", "", everything, sum(unknown.values()))
    return total, *sorted(regions, key=lambda one: -(one.median or timedelta(0)))


def _named_regions(some: Sequence[Waits], of: Extent) -> tuple[Waits, ...]:
    return tuple(replace(one, title=of.names.get(one.code, "")) for one in some)


def _is_troubled(one: Commitment, today: date) -> bool:
    late = one.settled_on is not None and one.settled_on > one.due
    return one.is_late(today) or one.state is CommitmentState.DROPPED or late


async def _unmeasured(uow: UnitOfWork, of: Extent, by_page: Sequence[NormSum], waits_unknown: int) -> Unmeasured:
    counted = await uow.export_reads.pages_with_figures(of.regions, of.days)
    posts, silent, linkless = await uow.export_reads.posts_measured(of.regions, of.days)
    return Unmeasured(
        pages=len(by_page),
        silent=tuple(one.title for one in by_page if one.code not in counted),
        posts=posts,
        posts_silent=silent,
        linkless=linkless,
        waits_unknown=waits_unknown,
        unplanned=sum(1 for one in by_page if not one.slots and not one.excused),
    )
