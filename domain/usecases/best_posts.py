"""Best posts and peak hours: comparing a page's posts when figures come in, and reading what is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import best_posts as rules
from domain import evergreen
from domain.best_posts import (
    AT_MOST,
    PAGE_LEAST,
    PREFERRED,
    Bare,
    BestPost,
    Board,
    Period,
    PostAge,
    PostMeasure,
    Result,
    Scope,
    Spread,
    age_to_show,
    ranked,
    spread,
)
from domain.errors import DomainError, Forbidden, NotFound
from domain.notices import DueTask
from domain.pages import Page, page_key, region_by_key
from domain.peaks import PART, Peaks, peaks
from domain.people import EVERYWHERE, Actor, Role
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.best_posts import Counts
from domain.ports.drafts import DraftSheet
from domain.rights import Action, ensure_may, may
from domain.rubrics import Rubric
from domain.usecases.campaign_days import local_today

COMPARE = "best_posts.page"
"""Due task: compare the posts of the page `page` anew."""
COMPARE_AFTER = timedelta(minutes=1)
"""Figures of several posts of a page are often given one after the other: they are compared together."""
READERS = frozenset({Role.OWNER, Role.MANAGER, Role.PRESS_SECRETARY, Role.COORDINATOR})
"""Who sees all pages of their regions; everybody else those they keep or publish on."""
OWN_BACK = timedelta(days=60)
BARE_BACK = timedelta(days=14)
"""Figures of older posts are in no comparison any more."""


# -- comparing --------------------------------------------------------------------------------------------------------


async def touch(uow: UnitOfWork, page: str, now: datetime) -> None:
    """Figures of one of its posts have changed, or one counts no longer or again: its posts are compared anew."""
    key, params, due = f"{COMPARE}:{page}", {"page": page}, now + COMPARE_AFTER
    await uow.tasks.add(DueTask(key, COMPARE, f"page:{page}", due, params))
    await uow.tasks.reschedule(key, due, params)


async def compare(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:  # noqa: ARG001 - every due use case has a now
    """Due `best_posts.page`."""
    page = await uow.campaign.get_page(str(task.params["page"]))
    results, usuals = rules.of_page(page, *await uow.best_posts.facts(page.code))
    await uow.best_posts.save(page, results, usuals)


async def catch_up(uow: UnitOfWork, *, now: datetime) -> int:
    """Nightly: pages whose posts have figures from before there were comparisons."""
    lacking = await uow.best_posts.pages_without()
    for code in lacking:
        await touch(uow, code, now)
    return len(lacking)


# -- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `age` None: the one that suits. `region`, `rubric`: short keys; empty: all."""

    period: Period = Period.MONTH
    measure: PostMeasure = PostMeasure.VIEWS
    age: PostAge | None = None
    platform: str = ""
    rubric: str = ""
    region: str = ""


@dataclass(frozen=True)
class BestView:
    """/best. `own`: of the reader's own pages; else of `regions` (names; empty: all of them). `names`: of rubrics by code."""

    wanted: Wanted
    board: Board
    own: bool
    regions: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    """Short key and name of every region that can be chosen."""
    rubrics: tuple[Rubric, ...]
    zone: str
    now: datetime


@dataclass(frozen=True)
class PostView:
    """One post: `readings` of every age, with who gave them (`names`). `again`: its text may be marked to come back."""

    best: BestPost
    wanted: Wanted
    age: PostAge
    readings: tuple[Result, ...]
    names: Mapping[int, str]
    draft: DraftSheet | None
    again: bool
    zone: str
    now: datetime


@dataclass(frozen=True)
class HoursView:
    """Peak hours by network, of the same pages and time as /best."""

    view: BestView
    found: tuple[tuple[str, Peaks], ...]


@dataclass(frozen=True)
class BareView:
    """The newest posts without figures."""

    wanted: Wanted
    posts: tuple[Bare, ...]


async def scope_of(uow: UnitOfWork, actor: Actor, now: datetime, region: str = "") -> tuple[Scope, tuple[str, ...]]:
    """The pages the actor is told about, and the regions behind it."""
    ensure_may(actor, Action.BEST_POSTS)
    regions = actor.regions(READERS)
    if not regions:
        return Scope(frozenset(), await uow.best_posts.pages_of(actor.id, now - OWN_BACK)), ()
    known = await uow.campaign.regions()
    theirs = tuple(code for code in known if EVERYWHERE in regions or code in regions)
    if region:
        code = region_by_key(region, theirs)
        if code == EVERYWHERE and EVERYWHERE not in regions:
            raise Forbidden(Action.BEST_POSTS.value)
        return Scope(frozenset({code})), (code,)
    return Scope(regions), theirs


async def board(uow: UnitOfWork, actor: Actor, wanted: Wanted, *, now: datetime) -> BestView:
    """/best: best posts, networks and rubrics. Read-only."""
    scope, codes = await scope_of(uow, actor, now, wanted.region)
    rubrics = tuple(await uow.rubrics.all())
    since, until = await _days(uow, wanted.period, now)
    rubric = None if not wanted.rubric else _rubric(wanted.rubric, rubrics)
    found = await _board(uow, scope, since, until, wanted, rubric=rubric)
    return await _view(uow, actor, wanted, found, scope, codes, rubrics, now)


async def _view(
    uow: UnitOfWork,
    actor: Actor,
    wanted: Wanted,
    found: Board,
    scope: Scope,
    codes: tuple[str, ...],
    rubrics: tuple[Rubric, ...],
    now: datetime,
) -> BestView:
    known = await uow.campaign.regions()
    theirs = actor.regions(READERS)
    named = (
        () if EVERYWHERE in scope.regions and not wanted.region else tuple(known[c].name for c in codes if c in known)
    )
    choices = tuple((page_key(c), r.name) for c, r in known.items() if EVERYWHERE in theirs or c in theirs)
    own = scope.pages is not None
    return BestView(wanted, found, own, named, choices, rubrics, actor.person.zone, now)


def _rubric(key: str, rubrics: tuple[Rubric, ...]) -> str:
    """The code behind a button's short key; "-": posts without a rubric."""
    if key == NO_RUBRIC:
        return ""
    found = next((one.code for one in rubrics if page_key(one.code) == key), None)
    if found is None:
        raise NotFound("button")
    return found


NO_RUBRIC = "-"


async def _days(uow: UnitOfWork, period: Period, now: datetime) -> tuple[date, date]:
    campaign = await uow.campaign.find_campaign()
    today = local_today(campaign, now)
    # East of headquarters tomorrow's posts may be out already.
    until = today + timedelta(days=1)
    starts = campaign.starts if campaign else date(2000, 1, 1)
    return (min(starts, today) if period is Period.ALL else period.since(today, starts)), until


async def of_regions(
    uow: UnitOfWork,
    regions: frozenset[str],
    since: date,
    until: date,
    *,
    measure: PostMeasure = PostMeasure.VIEWS,
    limit: int = 5,
) -> Board:
    """For exports: the best posts of these regions (`EVERYWHERE`: of all) in these days. Read-only."""
    return await _board(uow, Scope(regions), since, until, Wanted(measure=measure), limit=limit)


async def _board(
    uow: UnitOfWork,
    scope: Scope,
    since: date,
    until: date,
    wanted: Wanted,
    *,
    rubric: str | None = None,
    limit: int = AT_MOST,
) -> Board:
    measure = wanted.measure
    made = await _counted(uow, scope, since, until, wanted)
    age = made.age
    if not made.enough:
        return made
    scores = await uow.best_posts.scores(scope, age, measure, since, until)
    chosen = {
        (net, code): some
        for (net, code), some in scores.items()
        if (not wanted.platform or net == wanted.platform) and rubric in (None, code)
    }
    whole = spread(_sum(chosen.values()))
    best = await uow.best_posts.best(scope, age, measure, since, until, limit, platform=wanted.platform, rubric=rubric)
    return replace(
        made,
        best=tuple(replace(one, stands_out=_stands_out(one, whole)) for one in best),
        spread=whole,
        platforms=tuple(net.value for net in Platform if any(net.value == key for key, _ in scores)),
        rubrics=ranked(_by_rubric(scores, wanted.platform)),
    )


async def _counted(uow: UnitOfWork, scope: Scope, since: date, until: date, wanted: Wanted) -> Board:
    """How many posts there are, and at which age they are compared."""
    measure, first = wanted.measure, wanted.age or PREFERRED[0]
    counts = await uow.best_posts.measured(scope, measure, since, until, first)
    if wanted.age is None and counts.get(first, (0, 0))[1] < PAGE_LEAST:
        counts = await uow.best_posts.measured(scope, measure, since, until)
    age = wanted.age or age_to_show({age: scored for age, (_, scored) in counts.items()})
    posts = await uow.best_posts.posted(scope, since, until)
    return Board(age, measure, since, until, posts, *counts.get(age, (0, 0)))


def _stands_out(post: BestPost, whole: Spread | None) -> bool:
    return whole is not None and whole.enough and post.ratio >= whole.outstanding


def _by_rubric(scores: Mapping[tuple[str, str], Counts], platform: str) -> dict[str, Counter[int]]:
    made: dict[str, Counter[int]] = defaultdict(Counter)
    for (net, rubric), counts in scores.items():
        if platform in ("", net):
            made[rubric].update(counts)
    return made


def _sum(some: Iterable[Counts]) -> Counter[int]:
    total = Counter[int]()
    for counts in some:
        total.update(counts)
    return total


async def post(uow: UnitOfWork, actor: Actor, slot_id: int, age: PostAge, wanted: Wanted, *, now: datetime) -> PostView:
    """One post of those the actor is told about. Read-only."""
    scope, _ = await scope_of(uow, actor, now)
    best = await uow.best_posts.find(slot_id, age, wanted.measure)
    if best is None:
        raise NotFound("post")
    slot = await uow.plan.get_slot(slot_id)
    mine = scope.pages is not None and slot.page in scope.pages
    if not (mine or EVERYWHERE in scope.regions or best.region in scope.regions):
        raise Forbidden(Action.BEST_POSTS.value)
    readings = tuple(await uow.best_posts.readings(slot_id))
    names = await uow.people.names(sorted({one.given_by for one in readings}))
    sheet = None if best.draft_id is None else await uow.drafts.get_sheet(best.draft_id)
    again = sheet is not None and await _may_come_back(uow, actor, sheet)
    return PostView(best, wanted, age, readings, names, sheet, again, actor.person.zone, now)


async def _may_come_back(uow: UnitOfWork, actor: Actor, sheet: DraftSheet) -> bool:
    if not may(actor, Action.EVERGREEN, sheet.draft.region):
        return False
    recalled = await uow.recalls.is_declared(sheet.draft.id)
    try:
        evergreen.ensure_repeatable(sheet.draft, sheet.draft.version, sheet.pages, recalled=recalled)
    except DomainError:
        return False
    return True


async def bare(uow: UnitOfWork, actor: Actor, wanted: Wanted, *, now: datetime) -> BareView:
    """Posts without figures, the newest first. Read-only."""
    scope, _ = await scope_of(uow, actor, now, wanted.region)
    since, until = await _days(uow, wanted.period, now)
    posts = await uow.best_posts.bare(scope, max(since, until - BARE_BACK), until, AT_MOST)
    return BareView(wanted, tuple(posts))


# -- peak hours -------------------------------------------------------------------------------------------------------


async def hours(uow: UnitOfWork, actor: Actor, wanted: Wanted, *, now: datetime) -> HoursView:
    """Which hours did better, by network. Read-only."""
    scope, codes = await scope_of(uow, actor, now, wanted.region)
    since, until = await _days(uow, wanted.period, now)
    made = await _counted(uow, scope, since, until, wanted)
    parts, pages = await uow.best_posts.parts(scope, made.age, wanted.measure, since, until, PART)
    found = tuple((net, peaks(some, pages=pages.get(net, 0), group=net)) for net, some in sorted(parts.items()))
    return HoursView(await _view(uow, actor, wanted, made, scope, codes, (), now), found)


async def of_one_page(uow: UnitOfWork, page: Page, now: datetime) -> Peaks | None:
    """A page's own peak hours, or where its posts are too few those of its network in its region. Read-only."""
    since, until = await _days(uow, Period.ALL, now)
    for scope, group in (
        (Scope(frozenset(), frozenset({page.code})), ""),
        (Scope(frozenset({page.region})), page.region),
    ):
        parts, pages = await uow.best_posts.parts(scope, PostAge.DAY, PostMeasure.VIEWS, since, until, PART)
        some = parts.get(page.platform.value, {})
        found = peaks(some, pages=pages.get(page.platform.value, 0), group=group)
        if found.enough:
            return found
    return None
