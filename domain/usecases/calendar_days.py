"""/days: the campaign's own calendar. An entry is a row from its dates on; it counts once it is saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import calendar_days as rules
from domain.calendar_days import CalendarDay, DayGone, DayState, with_calendar
from domain.errors import NotFound
from domain.norm_making import HOLIDAYS_AHEAD, IsHoliday
from domain.notices import DueTask
from domain.pages import Page, Region, page_key
from domain.people import EVERYWHERE, Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may, may
from domain.usecases import norm_days

TEXT = "days.text"
"""Expectation: the next message says the dates of a new entry, or (`entry`) another reason."""
APPLY = "days.apply"
"""The due task that brings the planned slots of one region into line with the calendar."""
_DAY = timedelta(days=1)
_COUNTED = 300
"""Pages of which a preview counts the planned slots; with more it only says what will happen."""


@dataclass(frozen=True)
class DayView:
    """An entry with the name of its place (empty: all pages). `withdrawn`: planned slots it takes out; None: not counted.
    `may_change`: the reader may take it out."""

    entry: CalendarDay
    place: str
    withdrawn: int | None = None
    may_change: bool = True


@dataclass(frozen=True)
class Calendar:
    """What is ahead where the reader looks. `holidays`: spans of public holidays of which no entry for all pages speaks."""

    entries: tuple[DayView, ...]
    holidays: tuple[tuple[date, date], ...]
    today: date


@dataclass(frozen=True)
class Places:
    """Where an entry can hold: all pages, regions, pages."""

    entry: CalendarDay
    everywhere: bool
    regions: tuple[Region, ...]
    pages: tuple[Page, ...]


# -- looking ----------------------------------------------------------------------------------------------------------


async def calendar(uow: UnitOfWork, actor: Actor, is_holiday: IsHoliday, *, now: datetime) -> Calendar:
    """Read-only."""
    ensure_may(actor, Action.NORM_SET)
    today, names = _today(actor, now), await _Names.load(uow)
    entries = await uow.norms.calendar(today)
    mine = tuple(DayView(one, names.of(one)) for one in entries if names.concerns(actor, one))
    campaign = await uow.campaign.find_campaign()
    first = today if campaign is None else max(today, campaign.starts)
    last = today + HOLIDAYS_AHEAD if campaign is None else min(campaign.ends, today + HOLIDAYS_AHEAD)
    spoken = {day for one in entries if one.region == EVERYWHERE and one.page is None for day in one.days()}
    days = [first + n * _DAY for n in range(max(0, (last - first).days + 1))]
    return Calendar(
        mine, tuple(rules.holiday_spans(day for day in days if is_holiday(day) and day not in spoken)), today
    )


async def see(uow: UnitOfWork, actor: Actor, entry_id: int, *, now: datetime) -> DayView:
    """One entry, with what it does when it is not saved yet. Read-only."""
    entry, names = await uow.norms.get_day(entry_id), await _Names.load(uow)
    ensure_may(actor, Action.NORM_SET)
    if entry.state is DayState.OPEN and entry.by_id != actor.id:
        raise DayGone
    if not names.concerns(actor, entry):
        raise NotFound("button")
    mine = may(actor, Action.NORM_SET, names.region(entry) or None)
    return DayView(entry, names.of(entry), await _withdrawn(uow, names, entry, now), mine)


async def places(uow: UnitOfWork, actor: Actor, entry_id: int) -> Places:
    """Where the actor could put it. Read-only."""
    entry = await _mine(uow, actor, entry_id)
    regions = [r for code, r in (await uow.campaign.regions()).items() if may(actor, Action.NORM_SET, code)]
    pages = [p for p in (await uow.campaign.pages()).values() if may(actor, Action.NORM_SET, p.region)]
    everywhere = may(actor, Action.NORM_SET, EVERYWHERE)
    return Places(entry, everywhere, tuple(regions), tuple(sorted(pages, key=lambda page: page.title)))


@dataclass(frozen=True)
class _Names:
    regions: Mapping[str, Region]
    pages: Mapping[str, Page]

    @classmethod
    async def load(cls, uow: UnitOfWork) -> "_Names":
        return cls(await uow.campaign.regions(), await uow.campaign.pages())

    def of(self, entry: CalendarDay) -> str:
        if entry.page is not None:
            return self.pages[entry.page].title if entry.page in self.pages else entry.page
        return self.regions[entry.region].name if entry.region in self.regions else ""

    def region(self, entry: CalendarDay) -> str:
        if entry.page is not None:
            return self.pages[entry.page].region if entry.page in self.pages else EVERYWHERE
        return entry.region

    def concerns(self, actor: Actor, entry: CalendarDay) -> bool:
        region = self.region(entry)
        return region in {"", EVERYWHERE} or may(actor, Action.NORM_SET, region)


# -- an entry ---------------------------------------------------------------------------------------------------------


async def ask(uow: UnitOfWork, actor: Actor, entry_id: int, *, now: datetime) -> None:
    """The next message says the dates (0: of a new entry), or the reason of this one."""
    ensure_may(actor, Action.NORM_SET)
    if entry_id:
        await _mine(uow, actor, entry_id)
    await uow.expectations.set(actor.id, TEXT, f"days:{entry_id}", now=now, params={"entry": entry_id})


async def typed(uow: UnitOfWork, actor: Actor, entry_id: int, text: str, *, now: datetime) -> DayView:
    """What was asked for. What is no date is refused, and still awaited."""
    if not entry_id:
        said = rules.parse(text, _today(actor, now))
        made = await _begin(uow, actor, said.first, said.last, said.posts or 0, said.reason)
    else:
        reason = " ".join(text.split())[: rules.REASON_LIMIT]
        made = await uow.norms.save_day(replace(await _mine(uow, actor, entry_id), reason=reason))
    await uow.expectations.clear(actor.id, TEXT)
    return await see(uow, actor, made.id, now=now)


async def holiday(uow: UnitOfWork, actor: Actor, first: date, last: date, *, now: datetime) -> DayView:
    """A public holiday was tapped."""
    ensure_may(actor, Action.NORM_SET)
    rules.ensure_days(first, last, _today(actor, now))
    return await see(uow, actor, (await _begin(uow, actor, first, last, 0, rules.HOLIDAY)).id, now=now)


async def _begin(uow: UnitOfWork, actor: Actor, first: date, last: date, posts: int, reason: str) -> CalendarDay:
    ensure_may(actor, Action.NORM_SET)
    return await uow.norms.add_day(CalendarDay(0, "", None, first, last, posts, reason, actor.id))


async def place(uow: UnitOfWork, actor: Actor, entry_id: int, version: int, key: str, *, now: datetime) -> DayView:
    """Where it holds: "*", or the key of a region ("r…") or of a page ("p…")."""
    entry, known = await _mine(uow, actor, entry_id, version), await _Names.load(uow)
    kind, rest = key[:1], key[1:]
    if key == EVERYWHERE:
        placed = replace(entry, region=EVERYWHERE, page=None)
    elif kind == "r" and (region := _by_key(known.regions, rest)) is not None:
        placed = replace(entry, region=region, page=None)
    elif kind == "p" and (page := _by_key(known.pages, rest)) is not None:
        placed = replace(entry, region=known.pages[page].region, page=page)
    else:
        raise NotFound("button")
    ensure_may(actor, Action.NORM_SET, known.region(placed))
    return await see(uow, actor, (await uow.norms.save_day(placed)).id, now=now)


def _by_key(known: Iterable[str], key: str) -> str | None:
    return next((code for code in known if page_key(code) == key), None)


async def posts(uow: UnitOfWork, actor: Actor, entry_id: int, version: int, count: int, *, now: datetime) -> DayView:
    """How many posts a day are wanted then."""
    entry = await _mine(uow, actor, entry_id, version)
    return await see(uow, actor, (await uow.norms.save_day(replace(entry, posts=count))).id, now=now)


async def drop(uow: UnitOfWork, actor: Actor, entry_id: int, version: int, *, now: datetime) -> DayView:
    """[Cancel]: it never counted."""
    gone = await uow.norms.save_day(replace(await _mine(uow, actor, entry_id, version), state=DayState.DROPPED))
    await uow.expectations.clear(actor.id, TEXT)
    return await see(uow, actor, gone.id, now=now)


async def save(uow: UnitOfWork, actor: Actor, entry_id: int, version: int, *, now: datetime) -> DayView:
    """It counts from now on; planned slots follow at once, region by region."""
    entry = await _mine(uow, actor, entry_id, version)
    return await _settle(uow, actor, entry, DayState.SAVED, "days.set", now)


async def remove(uow: UnitOfWork, actor: Actor, entry_id: int, version: int, *, now: datetime) -> DayView:
    """Out of the calendar: the weekdays' norm holds again."""
    entry = await uow.norms.get_day(entry_id)
    if entry.state is not DayState.SAVED or entry.version != version:
        raise DayGone
    return await _settle(uow, actor, entry, DayState.DROPPED, "days.removed", now)


async def _settle(
    uow: UnitOfWork, actor: Actor, entry: CalendarDay, state: DayState, action: str, now: datetime
) -> DayView:
    names = await _Names.load(uow)
    region = names.region(entry)
    if not region:
        raise NotFound("button")  # nobody said yet where it holds
    ensure_may(actor, Action.NORM_SET, region)
    saved = await uow.norms.save_day(replace(entry, state=state))
    await uow.expectations.clear(actor.id, TEXT)
    places = [*names.regions, EVERYWHERE] if region == EVERYWHERE and entry.page is None else [region]
    await uow.tasks.add(
        *(
            DueTask(
                f"{APPLY}:{saved.id}:{saved.version}:{place}"[:120],
                APPLY,
                saved.subject,
                now,
                {"entry": saved.id, "region": place},
            )
            for place in places
        )
    )
    payload = {"first": saved.first.isoformat(), "last": saved.last.isoformat(), "posts": saved.posts, "region": region}
    await uow.journal.add(at=now, actor=actor.number, action=action, object_=saved.subject, payload=payload)
    return DayView(saved, names.of(saved))


async def apply(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`days.apply`: the slots of one region that are planned already; later days are planned by the calendar anyway."""
    entry = await uow.norms.get_day(int(task.params["entry"]))
    pages = [p for p in (await uow.campaign.pages()).values() if p.region == task.params["region"]]
    if entry.page is not None:
        pages = [page for page in pages if page.code == entry.page]
    norms = await uow.campaign.norms(page.code for page in pages)
    effects = await norm_days.of_pages(uow, pages, norms, entry.days(), now)
    await norm_days.carry_out_all(uow, pages, effects, rules, now)


# -- shared -----------------------------------------------------------------------------------------------------------


async def _withdrawn(uow: UnitOfWork, names: _Names, entry: CalendarDay, now: datetime) -> int | None:
    """How many planned slots an entry that is not saved takes out."""
    if entry.state is not DayState.OPEN or not entry.region:
        return None
    pages = [page for page in names.pages.values() if entry.covers(page.region, page.code)]
    if len(pages) > _COUNTED:
        return None
    own = {code: one.norm for code, one in (await uow.norms.own(page.code for page in pages)).items()}
    known = [*await uow.norms.calendar(entry.first), replace(entry, state=DayState.SAVED)]
    norms = with_calendar(own, {page.code: page.region for page in pages}, known)
    effects = await norm_days.of_pages(uow, pages, norms, entry.days(), now)
    return sum(len(one.withdrawn) for _, one in effects)


async def _mine(uow: UnitOfWork, actor: Actor, entry_id: int, version: int | None = None) -> CalendarDay:
    """An entry being made by the actor, at the version a button knows."""
    ensure_may(actor, Action.NORM_SET)
    entry = await uow.norms.get_day(entry_id)
    seen = entry.version if version is None else version
    if entry.state is not DayState.OPEN or entry.by_id != actor.id or entry.version != seen:
        raise DayGone
    return entry


def _today(actor: Actor, now: datetime) -> date:
    return actor.person.local(now).date()
