"""Status summaries: what a reader sees, and what they saw last."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.errors import Forbidden, NotFound
from domain.figure_sums import outlook_of
from domain.figures import sees
from domain.forecast import TREND_DAYS
from domain.pages import Page
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.status import Within
from domain.rights import RULES, Action, ensure_may, may
from domain.status import (
    NORM_DAYS,
    Hush,
    Marks,
    Overview,
    PageLine,
    PageWeek,
    RegionLine,
    RegionView,
    Seen,
    Since,
    Slots,
    Waiting,
)
from domain.status_periods import Place
from domain.status_posts import PageView, PostView
from domain.targets import Campaign, Outlook, Progress, headline, progress
from domain.usecases.campaign_days import local_today, today_of, unless_running
from domain.usecases.silences import Silences
from domain.usecases.targets import outlooks

DAY = timedelta(days=1)
POSTS_SHOWN = 6
FIGURES_SHOWN = 6


def scope_of(actor: Actor) -> frozenset[str]:
    """The regions this reader is told about."""
    ensure_may(actor, Action.STATUS)
    return actor.regions(RULES[Action.STATUS].roles)


# -- reading ---------------------------------------------------------------------------------------------------------


async def overview(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Overview:
    """The first screen for this reader."""
    scope = scope_of(actor)
    campaign = await uow.campaign.find_campaign()
    today = local_today(campaign, now)
    base = (await uow.status.seen(actor.id)).base(now)
    silences = await Silences.load(uow)
    hushed = await _hushed(uow, silences, scope, now)
    slots = replace(await uow.status.all_slots_today(scope, now), silenced=len(hushed))
    named = EVERYWHERE not in scope or silences.blackouts
    names = {code: region.name for code, region in (await uow.campaign.regions()).items()} if named else {}
    unreachable = await uow.status.unreachable(scope)
    week = timedelta(days=NORM_DAYS)
    return Overview(
        now=now,
        zone=actor.person.zone,
        regions=() if EVERYWHERE in scope else tuple(name for code, name in names.items() if code in scope),
        slots=slots,
        waiting=sum((await uow.status.waiting(scope, now)).values(), Waiting()),
        kept=await uow.status.kept(scope, today),
        silent=tuple(await uow.status.silent(scope, today)),
        unreachable=len(unreachable),
        outlooks=await _headlines(uow, campaign, today),
        since=None if base is None else await _since(uow, scope, *base),
        marks=await uow.status.marks(scope, today - timedelta(days=1)),
        unkept=frozenset(await uow.status.unkept(scope)),
        undecidable=sum((await uow.status.undecidable(scope)).values()),
        hush=_hush(silences, names, scope, now),
        deciding=await uow.periods.deciding(scope, Place(), now - week, now + DAY),
        promised=await uow.commitments.summary((today - week, today), scope, today, older_late=True),
        not_running=unless_running(campaign, now),
        sees_team=may(actor, Action.TEAM_SEE),
        lost=_named(unreachable, actor) if len(unreachable) == 1 else (),
    )


def _named(people: Sequence[tuple[str, str]], actor: Actor) -> tuple[str, ...]:
    """The names, of (region, name), that the reader sees in the team."""
    return tuple(name for region, name in people if may(actor, Action.TEAM_SEE, region))


async def _headlines(uow: UnitOfWork, campaign: Campaign | None, today: date) -> tuple[Outlook, ...]:
    """The plan's next targets, from sums: a row for every page and day would cost more than the rest of the screen.

    Sums do not tell what was reported on a due day that is past: such targets are judged by every page's figures.
    """
    targets = headline(await uow.campaign.targets(), today)
    if campaign is None or not targets:
        return ()
    if any(target.due < today for target in targets):
        return await outlooks(uow, campaign, targets, today)
    since = today - timedelta(days=TREND_DAYS - 1)
    sums = await uow.periods.figure_sums(since, campaign.starts)
    gains = await uow.periods.figures_grown(targets, since, today + DAY)
    return tuple(
        outlook_of(target, sums, grown, starts=campaign.starts, today=today)
        for target, grown in zip(targets, gains, strict=True)
    )


async def _hushed(uow: UnitOfWork, silences: Silences, scope: Within, now: datetime) -> list[tuple[str, str]]:
    """Region and page of today's empty slots whose moment lies in a silence."""
    if not silences.blackouts:
        return []
    return [(where, code) for where, code, at in await uow.status.empty_today(scope, now) if silences.hold(where, at)]


def _less(slots: Mapping[str, Slots], hushed: Counter[str]) -> dict[str, Slots]:
    return {key: replace(found, silenced=hushed[key]) for key, found in slots.items()}


def _hush(silences: Silences, names: Mapping[str, str], scope: frozenset[str], now: datetime) -> Hush | None:
    """The silence that runs in the reader's regions; of several the one that ends last."""
    theirs = [code for code in names if EVERYWHERE in scope or code in scope]
    silent = [code for code in theirs if silences.hold(code, now)]
    if not silent:
        return None
    ends = [silences.end(code, now) for code in silent]
    until = None if None in ends else max(end for end in ends if end is not None)
    return Hush(until, () if len(silent) == len(theirs) else tuple(names[code] for code in silent))


async def _since(uow: UnitOfWork, scope: frozenset[str], at: datetime, marks: Marks) -> Since:
    posted, approved, joined = await uow.status.changed(scope, marks)
    return Since(at, max(0, posted), approved, joined)


async def chart(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Progress:
    """What the progress chart shows: one line per headline, with the whole history."""
    scope_of(actor)
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        raise NotFound("campaign")
    today = local_today(campaign, now)
    pages = list((await uow.campaign.pages()).values())
    figures = await uow.status.histories(None)
    return progress(campaign, await uow.campaign.targets(), pages, figures, today=today)


async def regions(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[RegionLine]:
    """The reader's regions, those with trouble first; "*" is the whole campaign's own pages."""
    scope = scope_of(actor)
    names = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    codes = [code for code in names if EVERYWHERE in scope or code in scope]
    if EVERYWHERE in scope:
        codes.append(EVERYWHERE)
    lines = await _lines(uow, scope, {code: names.get(code, "") for code in codes}, now)
    return sorted(lines, key=lambda line: (-line.severity, -line.trouble))


async def _lines(uow: UnitOfWork, within: Within, names: Mapping[str, str], now: datetime) -> list[RegionLine]:
    """One line for each of `names`, which lie in `within`."""
    today = await today_of(uow, now)
    hushed = Counter(region for region, _ in await _hushed(uow, await Silences.load(uow), within, now))
    slots = _less(await uow.status.slots_today(within, now), hushed)
    waiting = await uow.status.waiting(within, now)
    short = Counter(page.region for page in await uow.status.weeks(within, today) if page.short)
    without = await uow.status.unkept(within)
    silent = Counter(page.region for page in await uow.status.silent(within, today) if page.code not in without)
    unreachable = Counter(region for region, _ in await uow.status.unreachable(within))
    unkept = Counter(without.values())
    undecidable = await uow.status.undecidable(within)
    return [
        RegionLine(
            code,
            name,
            slots.get(code, Slots()),
            waiting.get(code, Waiting()),
            short[code],
            silent[code],
            unreachable[code],
            unkept[code],
            undecidable.get(code, 0),
        )
        for code, name in names.items()
    ]


async def short_pages(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[list[PageWeek], dict[str, str]]:
    """Pages below their norm over the last week, the worst first, and the names of regions."""
    weeks = await uow.status.weeks(scope_of(actor), await today_of(uow, now))
    names = {code: found.name for code, found in (await uow.campaign.regions()).items()}
    return [week for week in weeks if week.short], names


async def _slots_of_pages(uow: UnitOfWork, code: str, now: datetime) -> dict[str, Slots]:
    """Today's slots of one region by page."""
    hushed = Counter(page for _, page in await _hushed(uow, await Silences.load(uow), code, now))
    return _less(await uow.status.slots_of_pages(code, now), hushed)


async def region(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> RegionView:
    """One region with its pages."""
    scope = scope_of(actor)
    names = {key: found.name for key, found in (await uow.campaign.regions()).items()} | {EVERYWHERE: ""}
    if code not in names or (EVERYWHERE not in scope and code not in scope):
        raise Forbidden(Action.STATUS.value)
    today = await today_of(uow, now)
    slots = await _slots_of_pages(uow, code, now)
    weeks = {found.code: found for found in await uow.status.weeks(code, today)}
    unkept = await uow.status.unkept(code)
    unreachable = await uow.status.unreachable(code)
    line = RegionLine(
        code,
        names[code],
        sum(slots.values(), Slots()),
        sum((await uow.status.waiting(code, now)).values(), Waiting()),
        short=sum(week.short for week in weeks.values()),
        silent=sum(page.code not in unkept for page in await uow.status.silent(code, today)),
        unreachable=len(unreachable),
        unkept=len(unkept),
        undecidable=sum((await uow.status.undecidable(code)).values()),
    )
    pages = await uow.campaign.pages_of(code)
    newest = await uow.figures.newest([page.code for page in pages])
    made = [
        _page_line(page, slots.get(page.code, Slots()), weeks.get(page.code), *newest.get(page.code, (None, None)))
        for page in pages
    ]
    return RegionView(
        now, line, _named(unreachable, actor), tuple(sorted(made, key=lambda p: (-p.severity, p.page.title)))
    )


def _page_line(page: Page, slots: Slots, week: PageWeek | None, day: date | None, value: int | None) -> PageLine:
    posted, wanted = (0, 0) if week is None else (week.posted, week.wanted)
    return PageLine(page, slots, value, day, posted, wanted)


async def page(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> PageView:
    """One page with its recent posts and figures, and who reported them."""
    found = await uow.campaign.get_page(code)
    if not sees(scope_of(actor), found):
        raise Forbidden(Action.STATUS.value)
    today = await today_of(uow, now)
    slots = (await _slots_of_pages(uow, found.region, now)).get(code, Slots())
    newest = (await uow.figures.newest([code])).get(code, (None, None))
    week = next((one for one in await uow.status.weeks(found.region, today) if one.code == code), None)
    names = {} if found.keeper_id is None else await uow.people.names([found.keeper_id])
    region_names = await uow.campaign.regions()
    return PageView(
        now=now,
        line=_page_line(found, slots, week, *newest),
        region_name=region_names[found.region].name if found.region in region_names else "",
        keeper=names.get(found.keeper_id) if found.keeper_id is not None else None,
        posts=tuple(await uow.trails.posts_of(code, now, POSTS_SHOWN)),
        figures=tuple(await uow.trails.figures_of(code, FIGURES_SHOWN)),
    )


async def post(uow: UnitOfWork, actor: Actor, slot_id: int, *, now: datetime) -> PostView:
    """One post: who had it, who decided on its text, what became of it."""
    trail = await uow.trails.post(slot_id)
    found = await uow.campaign.get_page(trail.page)
    if not sees(scope_of(actor), found):
        raise Forbidden(Action.STATUS.value)
    region_names = await uow.campaign.regions()
    where = region_names[found.region].name if found.region in region_names else ""
    return PostView(now, found, where, trail)


# -- looking ---------------------------------------------------------------------------------------------------------


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
