"""What a norm or a day of the calendar does to the plan: looked at before it is saved, and carried out with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from domain import norm_effects
from domain.calendar_days import with_calendar
from domain.norm_effects import DayEffect
from domain.norms import Norm
from domain.pages import Page
from domain.placing import Span
from domain.plan import Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.targets import Campaign
from domain.usecases import planning, staffing
from domain.usecases.silences import Silences

SHOWN = 7
"""Days of a preview."""
_DAY = timedelta(days=1)
_LONG_DAY = timedelta(hours=25)
"""A day on which the clocks go back."""


@dataclass(frozen=True)
class Effect:
    """`days`: seven days with what will be there. `people`: who has a post now that is withdrawn, by name.

    `planned`: the days that are planned at once; later ones follow on their evening before.
    """

    days: tuple[DayEffect, ...]
    people: tuple[str, ...]
    planned: frozenset[date]

    @property
    def added(self) -> int:
        return sum(len(one.added) for one in self.days if one.day in self.planned)

    @property
    def kept(self) -> int:
        return sum(len(one.kept) for one in self.days)

    @property
    def withdrawn(self) -> tuple[Slot, ...]:
        return tuple(slot for one in self.days for slot in one.withdrawn)


async def effect(
    uow: UnitOfWork,
    page: Page,
    norm: Norm,
    first: date,
    *,
    now: datetime,
) -> Effect:
    """Seven days from `first` of a page under `norm`. Read-only."""
    entries = await uow.norms.calendar(first)
    norms = with_calendar({page.code: norm}, {page.code: page.region}, entries)
    days = [first + n * _DAY for n in range(SHOWN)]
    found = tuple(one for _, one in await of_pages(uow, [page], norms, days, now, far=True))
    soon = page.local_day(now) + _DAY
    planned = frozenset(one.day for one in found if one.day <= soon or one.fixed or one.kept or one.withdrawn)
    return Effect(found, await _people(uow, page, found), planned)


async def of_pages(
    uow: UnitOfWork,
    pages: Iterable[Page],
    norms: Mapping[str, Norm],
    days: Iterable[date],
    now: datetime,
    *,
    far: bool = False,
) -> list[tuple[Page, DayEffect]]:
    """Days of pages under these norms, from each page's own today on; `far`: also those after tomorrow without slots. Read-only."""
    silences = await Silences.load(uow)
    campaign = await uow.campaign.find_campaign()
    chosen, wanted = [page for page in pages if page.code in norms], list(days)
    by_day: dict[tuple[str, date], list[Slot]] = defaultdict(list)
    for slot in await uow.plan.slots_of_pages([page.code for page in chosen], wanted):
        if slot.state is not SlotState.CANCELLED or (slot.excuse is not None and not slot.extra):
            by_day[slot.page, slot.day].append(slot)
    moved = await uow.day_plan.moved_for_a_reason(min(wanted), max(wanted)) if by_day else frozenset[int]()
    found = []
    for page in chosen:
        is_closed = partial(_is_closed, page, silences, campaign)
        today = page.local_day(now)
        for day in wanted:
            slots = by_day.get((page.code, day), [])
            if day >= today and (far or slots or day <= today + _DAY):
                closed = _silences(page, day, silences)
                one = norm_effects.of_day(norms[page.code], day, page.zone, slots, now, is_closed, closed, moved)
                found.append((page, one))
    return found


def _silences(page: Page, day: date, silences: Silences) -> tuple[Span, ...]:
    """Those of a page's local day, around which its posts are placed."""
    if not silences.blackouts:
        return ()
    start = datetime.combine(day, time(), page.tz).astimezone(UTC)
    return silences.spans(page.region, start, start + _LONG_DAY)


def _is_closed(page: Page, silences: Silences, campaign: Campaign | None, day: date, at: datetime) -> bool:
    outside = campaign is not None and not campaign.starts <= day <= campaign.ends
    return outside or not page.may_publish_on(day) or silences.hold(page.region, at)


async def _people(uow: UnitOfWork, page: Page, days: Iterable[DayEffect]) -> tuple[str, ...]:
    names: dict[int, str] = {}
    for one in days:
        gone = {slot.id for slot in one.withdrawn if slot.state is SlotState.FILLED}
        if gone:
            for view in await uow.plan.slots_of_day(one.day, [page.code]):
                if view.slot.id in gone and view.assignee_id is not None and view.assignee:
                    names[view.assignee_id] = view.assignee
    return tuple(names[number] for number in sorted(names))


async def carry_out(uow: UnitOfWork, page: Page, wanted: Effect, rules: PlanRules, now: datetime) -> None:
    """Withdraw what is too much and plan what is missing; the norm is stored already."""
    effects = [(page, one) for one in wanted.days if one.day in wanted.planned]
    await carry_out_all(uow, [page], effects, rules, now)


async def carry_out_all(
    uow: UnitOfWork, pages: Iterable[Page], effects: Iterable[tuple[Page, DayEffect]], rules: PlanRules, now: datetime
) -> None:
    """The same for many pages: days after tomorrow are planned on their evening before, unless they have slots already."""
    days: dict[str, list[date]] = {page.code: [] for page in pages}
    concerned: dict[str, Page] = {}
    for page, one in effects:
        for slot in one.withdrawn:
            await staffing.withdraw(uow, slot, page, now, "norm")
        if one.day <= page.local_day(now) + _DAY or one.fixed or one.kept or one.withdrawn:
            days[page.code].append(one.day)
            concerned[page.code] = page
    if concerned:
        await planning.plan_days(uow, concerned.values(), days, now=now, rules=rules)
