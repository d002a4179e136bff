"""Status summaries: what a reader sees, what they saw last, and the hour at which it comes by itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Forbidden, NotFound
from domain.figures import sees
from domain.forecast import TREND_DAYS
from domain.notices import DueTask, Notice, Priority
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import RULES, Action, ensure_may, may
from domain.status import (
    Hush,
    Marks,
    Overview,
    PageLine,
    PageView,
    PageWeek,
    RegionLine,
    RegionView,
    Seen,
    Since,
    Slots,
    Waiting,
)
from domain.targets import Outlook, Progress, headline, outlook, progress
from domain.usecases.calendar import moment
from domain.usecases.silences import Silences

POSTS_SHOWN = 6
FIGURES_SHOWN = 6


def _scope(actor: Actor) -> frozenset[str]:
    """The regions this reader is told about."""
    ensure_may(actor, Action.STATUS)
    return actor.regions(RULES[Action.STATUS].roles)


async def _today(uow: UnitOfWork, now: datetime) -> date:
    """Headquarters' own date: what weeks and targets are counted by."""
    campaign = await uow.campaign.find_campaign()
    return now.astimezone(ZoneInfo(campaign.zone) if campaign else ZoneInfo("UTC")).date()


# -- reading ---------------------------------------------------------------------------------------------------------


async def overview(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Overview:
    """The first screen for this reader."""
    scope = _scope(actor)
    today = await _today(uow, now)
    seen = await uow.status.seen(actor.id)
    base = seen.base(now)
    silences = await Silences.load(uow)
    hushed = Counter(region for region, _ in await _hushed(uow, silences, scope, now))
    slots = sum(_less(await uow.status.slots_today(scope, now), hushed).values(), Slots())
    waiting = sum((await uow.status.waiting(scope, now)).values(), Waiting())
    regions = (
        () if EVERYWHERE in scope else tuple(r.name for r in (await uow.campaign.regions()).values() if r.code in scope)
    )
    return Overview(
        now=now,
        zone=actor.person.zone,
        regions=regions,
        slots=slots,
        waiting=waiting,
        weeks=tuple(await uow.status.weeks(scope, today)),
        silent=tuple(await uow.status.silent(scope, today)),
        unreachable=tuple(name for _, name in await uow.status.unreachable(scope)),
        outlooks=await _outlooks(uow, today, all_of_them=False),
        since=None if base is None else await _since(uow, scope, *base),
        marks=await uow.status.marks(scope, today - timedelta(days=1)),
        daily_at=seen.daily_at,
        unkept=frozenset(await _unkept(uow, scope)),
        hush=await _hush(uow, silences, scope, now),
    )


async def _unkept(uow: UnitOfWork, scope: frozenset[str]) -> dict[str, str]:
    """The region of every page that nobody keeps."""
    pages = (await uow.campaign.pages()).values()
    return {page.code: page.region for page in pages if page.keeper_id is None and sees(scope, page)}


async def _hushed(uow: UnitOfWork, silences: Silences, scope: frozenset[str], now: datetime) -> list[tuple[str, str]]:
    """Region and page of today's empty slots whose moment lies in a silence."""
    if not silences.blackouts:
        return []
    return [(where, code) for where, code, at in await uow.status.empty_today(scope, now) if silences.hold(where, at)]


def _less(slots: Mapping[str, Slots], hushed: Counter[str]) -> dict[str, Slots]:
    return {key: replace(found, silenced=hushed[key]) for key, found in slots.items()}


async def _hush(uow: UnitOfWork, silences: Silences, scope: frozenset[str], now: datetime) -> Hush | None:
    """The silence that runs in the reader's regions; of several the one that ends last."""
    theirs = [r for r in (await uow.campaign.regions()).values() if EVERYWHERE in scope or r.code in scope]
    silent = [region for region in theirs if silences.hold(region.code, now)]
    if not silent:
        return None
    ends = [silences.end(region.code, now) for region in silent]
    until = None if None in ends else max(end for end in ends if end is not None)
    return Hush(until, () if len(silent) == len(theirs) else tuple(region.name for region in silent))


async def _since(uow: UnitOfWork, scope: frozenset[str], at: datetime, marks: Marks) -> Since:
    posted, approved, joined = await uow.status.changed(scope, marks)
    return Since(at, max(0, posted), approved, joined)


async def _outlooks(uow: UnitOfWork, today: date, *, all_of_them: bool) -> tuple[Outlook, ...]:
    targets = await uow.campaign.targets()
    campaign = await uow.campaign.find_campaign()
    if not targets or campaign is None:
        return ()
    pages = list((await uow.campaign.pages()).values())
    figures = await uow.status.histories(today - timedelta(days=TREND_DAYS + 1))
    chosen = targets if all_of_them else headline(targets, today)
    return tuple(outlook(t, pages, figures, starts=campaign.starts, today=today) for t in chosen)


async def targets(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[Outlook, ...]:
    """Every target of the campaign; they are everybody's who leads, whatever their region."""
    _scope(actor)
    return await _outlooks(uow, await _today(uow, now), all_of_them=True)


async def chart(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Progress:
    """What the progress chart shows: one line per headline, with the whole history."""
    _scope(actor)
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        raise NotFound("campaign")
    today = await _today(uow, now)
    pages = list((await uow.campaign.pages()).values())
    figures = await uow.status.histories(None)
    return progress(campaign, await uow.campaign.targets(), pages, figures, today=today)


async def regions(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[RegionLine]:
    """The reader's regions, those with trouble first; "*" is the whole campaign's own pages."""
    scope = _scope(actor)
    today = await _today(uow, now)
    hushed = Counter(region for region, _ in await _hushed(uow, await Silences.load(uow), scope, now))
    slots = _less(await uow.status.slots_today(scope, now), hushed)
    waiting = await uow.status.waiting(scope, now)
    short = [page.region for page in await uow.status.weeks(scope, today) if page.short]
    unkept = await _unkept(uow, scope)
    silent = [page.region for page in await uow.status.silent(scope, today) if page.code not in unkept]
    unreachable = [region for region, _ in await uow.status.unreachable(scope)]
    names = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    codes = [code for code in names if EVERYWHERE in scope or code in scope]
    if EVERYWHERE in scope:
        codes.append(EVERYWHERE)
    lines = [
        RegionLine(
            code,
            names.get(code, ""),
            slots.get(code, Slots()),
            waiting.get(code, Waiting()),
            short.count(code),
            silent.count(code),
            unreachable.count(code),
            list(unkept.values()).count(code),
        )
        for code in codes
    ]
    return sorted(lines, key=lambda line: (-line.severity, -line.trouble))


async def _weeks(uow: UnitOfWork, region_code: str, today: date) -> dict[str, tuple[int, int]]:
    """Posted and wanted by page of one region."""
    found = await uow.status.weeks(frozenset({region_code}), today)
    return {week.code: (week.posted, week.wanted) for week in found}


async def short_pages(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[list[PageWeek], dict[str, str]]:
    """Pages below their norm over the last week, the worst first, and the names of regions."""
    weeks = await uow.status.weeks(_scope(actor), await _today(uow, now))
    names = {code: found.name for code, found in (await uow.campaign.regions()).items()}
    return [week for week in weeks if week.short], names


async def _slots_of_pages(uow: UnitOfWork, code: str, now: datetime) -> dict[str, Slots]:
    """Today's slots of one region by page."""
    hushed = Counter(
        page for where, page in await _hushed(uow, await Silences.load(uow), frozenset({code}), now) if where == code
    )
    return _less(await uow.status.slots_of_pages(code, now), hushed)


async def region(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> RegionView:
    """One region with its pages."""
    lines = await regions(uow, actor, now=now)
    line = next((found for found in lines if found.code == code), None)
    if line is None:
        raise Forbidden(Action.STATUS.value)
    today = await _today(uow, now)
    pages = [page for page in (await uow.campaign.pages()).values() if page.region == code]
    slots = await _slots_of_pages(uow, code, now)
    week = await _weeks(uow, code, today)
    newest = await uow.figures.newest([page.code for page in pages])
    made = []
    for page in pages:
        day, value = newest.get(page.code, (None, None))
        made.append(PageLine(page, slots.get(page.code, Slots()), value, day, *week.get(page.code, (0, 0))))
    names = tuple(name for where, name in await uow.status.unreachable(frozenset({code})) if where == code)
    return RegionView(now, line, names, tuple(sorted(made, key=lambda p: (-p.severity, p.page.title))))


async def page(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> PageView:
    """One page with its recent posts and figures, and who reported them."""
    found = await uow.campaign.get_page(code)
    if not sees(_scope(actor), found):
        raise Forbidden(Action.STATUS.value)
    today = await _today(uow, now)
    slots = (await _slots_of_pages(uow, found.region, now)).get(code, Slots())
    day, value = (await uow.figures.newest([code])).get(code, (None, None))
    week = (await _weeks(uow, found.region, today)).get(code, (0, 0))
    names = {} if found.keeper_id is None else await uow.people.names([found.keeper_id])
    region_names = await uow.campaign.regions()
    return PageView(
        now=now,
        line=PageLine(found, slots, value, day, *week),
        region_name=region_names[found.region].name if found.region in region_names else "",
        keeper=names.get(found.keeper_id) if found.keeper_id is not None else None,
        posts=tuple(await uow.status.posts_of(code, now, POSTS_SHOWN)),
        figures=tuple(await uow.status.figures_of(code, FIGURES_SHOWN)),
    )


# -- looking and subscribing -----------------------------------------------------------------------------------------


async def looked(uow: UnitOfWork, actor: Actor, marks: Marks, *, now: datetime) -> None:
    """Remember what this reader has seen; a look within one sitting keeps what the sitting started from."""
    ensure_may(actor, Action.STATUS)
    seen = await uow.status.seen(actor.id)
    before_at, before = seen.base(now) or (None, None)
    await uow.status.save_seen(actor.id, replace(seen, looked_at=now, last=marks, before_at=before_at, before=before))


async def seen(uow: UnitOfWork, actor: Actor) -> Seen:
    """What is remembered about this reader's looks and subscription."""
    ensure_may(actor, Action.STATUS)
    return await uow.status.seen(actor.id)


async def set_daily(uow: UnitOfWork, actor: Actor, daily_at: time | None, *, now: datetime) -> datetime | None:
    """Subscribe to (or, with None, leave) the daily summary; returns when the next one comes."""
    ensure_may(actor, Action.STATUS)
    await uow.status.set_daily(actor.id, daily_at)
    await uow.tasks.cancel(_subject(actor.id), ["status.daily"])
    await uow.outbox.cancel(_subject(actor.id), ["status.daily"])
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=Action.STATUS.value,
        object_=f"person:{actor.id}",
        payload={"daily_at": daily_at.isoformat("minutes") if daily_at else None},
    )
    return None if daily_at is None else await _next_daily(uow, actor.id, actor.person.zone, daily_at, now)


async def _next_daily(uow: UnitOfWork, person_id: int, zone: str, daily_at: time, now: datetime) -> datetime:
    """Have the summary made at the next `daily_at` of the reader's clock."""
    day = now.astimezone(ZoneInfo(zone)).date()
    due = moment(day, daily_at, zone)
    if due <= now:
        day += timedelta(days=1)
        due = moment(day, daily_at, zone)
    key, params = f"status.daily:{person_id}:{day}", {"person": person_id}
    await uow.tasks.add(DueTask(key, "status.daily", _subject(person_id), due, params))
    # Today's may have run already at an earlier hour: the key is then given its new one.
    await uow.tasks.reschedule(key, due, params)
    return due


def _subject(person_id: int) -> str:
    return f"status:{person_id}"


async def daily(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Due `status.daily`: send this reader's summary and lay out tomorrow's, on the clock they have now."""
    person_id = int(task.params["person"])
    daily_at = (await uow.status.seen(person_id)).daily_at
    if daily_at is None:
        return
    person = await uow.people.get(person_id)
    await _next_daily(uow, person_id, person.zone, daily_at, now)
    actor = await uow.people.find_actor_by_person(person_id)
    if actor is None or not may(actor, Action.STATUS):
        return
    await uow.outbox.add(
        Notice(
            kind="status.daily",
            subject=_subject(person_id),
            due_at=now,
            dedup_key=f"status.daily:{person_id}:{task.due_at.isoformat()}",
            person_id=person_id,
            priority=Priority.DIGEST,
        )
    )
