"""Targets: where each stands, and setting, changing and closing one's own by chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.commitments import CommitmentChanged, PreviewOver, ensure_due, ensure_reason, mark_of
from domain.errors import NotFound
from domain.figures import metric_of
from domain.forecast import TREND_DAYS
from domain.pages import Page, PageKind, page_key, region_by_key
from domain.people import EVERYWHERE, Actor
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.rights import LEADERS, Action, ensure_may, may
from domain.targets import Campaign, Clock, Outlook, Target, campaign_clock, outlook
from domain.typed_figures import Metric
from domain.typed_targets import TargetIncomplete, meant_as_target, read_target
from domain.usecases.campaign_days import today_of

LINE, CLOSE = "target.line", "target.close"
"""Expectations: a target in one line (what is understood of it waits in the same row); why one is closed."""
PUT_BY = "target.kept"
"""The line's row after a command: the preview's button still works, and no message is read as the line."""
KINDS = tuple(kind.value for kind in PageKind if kind is not PageKind.PERSONAL)
"""Pages that a target set in chat counts: the campaign's, not those of single people."""


@dataclass(frozen=True)
class TargetBoard:
    """`changes`: codes of those that the reader may change. `clock` None: no campaign is loaded."""

    clock: Clock | None
    outlooks: tuple[Outlook, ...]
    changes: frozenset[str]
    may_add: bool


@dataclass(frozen=True)
class TargetDraft:
    """A target before it is saved: with where it would stand. `before`: the former one, whose place it takes."""

    outlook: Outlook
    before: Target | None
    mark: int = 0
    """Of what was read, for the button that saves it."""


@dataclass(frozen=True)
class TargetPlaces:
    """Where targets can be set: regions by code, pages as (short key, title) of one region, everything."""

    regions: Mapping[str, str]
    pages: Sequence[tuple[str, str]]
    everywhere: bool


# -- reading ----------------------------------------------------------------------------------------------------------


async def board(uow: UnitOfWork, actor: Actor, *, now: datetime) -> TargetBoard:
    """The plan's targets and those set in chat; they are everybody's who leads, whatever their region."""
    ensure_may(actor, Action.STATUS)
    campaign = await uow.campaign.find_campaign()
    adds = may(actor, Action.TARGET_SET)
    if campaign is None:
        return TargetBoard(None, (), frozenset(), may_add=False)
    targets = await uow.campaign.targets()
    today = await today_of(uow, now)
    found = await outlooks(uow, campaign, sorted(targets, key=lambda one: one.by_hand), today)
    pages = await uow.campaign.pages(inactive=True)
    changes = frozenset(one.code for one in targets if one.by_hand and _may_set(actor, one, pages))
    return TargetBoard(campaign_clock(campaign, today), found, changes, adds)


async def see(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> Outlook:
    """One that was set in chat and the reader may change. Read-only."""
    target = await _mine(uow, actor, code)
    return (await outlooks(uow, await _campaign(uow), [target], await today_of(uow, now)))[0]


async def places(uow: UnitOfWork, actor: Actor, key: str = "") -> TargetPlaces:
    """With the pages of one region by its short key ("*": those of the whole campaign; "": none). Read-only."""
    ensure_may(actor, Action.TARGET_SET)
    regions = {code: one.name for code, one in (await uow.campaign.regions()).items()}
    region = region_by_key(key, regions) if key else ""
    mine = {code: name for code, name in regions.items() if may(actor, Action.TARGET_SET, code)}
    pages = [page for page in (await uow.campaign.pages()).values() if page.region == region]
    shown = [(page_key(page.code), page.title) for page in pages if may(actor, Action.TARGET_SET, page.region)]
    return TargetPlaces(mine, shown, may(actor, Action.TARGET_SET, EVERYWHERE))


# -- writing ----------------------------------------------------------------------------------------------------------


async def choose(uow: UnitOfWork, actor: Actor, key: str, which: str, *, now: datetime) -> None:
    """By buttons: `which` is "all", a network, or "p" with a page's short key. The next message is the number and the day."""
    region = region_by_key(key, await uow.campaign.regions())
    ensure_may(actor, Action.TARGET_SET, region)
    params: dict[str, Any] = {"region": region, "page": "", "platforms": []}
    if which.startswith("p"):
        pages = (await uow.campaign.pages()).values()
        page = next((one for one in pages if one.region == region and page_key(one.code) == which[1:]), None)
        if page is None:
            raise NotFound("page")
        params["page"] = page.code
    elif which != "all":
        if which not in set(Platform):
            raise NotFound("button")
        params["platforms"] = [which]
    await uow.expectations.set(actor.id, LINE, f"person:{actor.id}", now=now, params=params)


async def begin_change(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> Target:
    """The next message is the new number and day."""
    target = await _mine(uow, actor, code)
    params = {"code": code, "version": target.version}
    await uow.expectations.set(actor.id, LINE, f"person:{actor.id}", now=now, params=params)
    return target


async def write(uow: UnitOfWork, actor: Actor, text: str, *, fresh: bool, now: datetime) -> TargetDraft:
    """`fresh`: the line says everything; else what was chosen by buttons holds, and it says how many and by when."""
    ensure_may(actor, Action.TARGET_SET)
    regions = {code: one.name for code, one in (await uow.campaign.regions()).items()}
    pages = await uow.campaign.pages()
    today = await today_of(uow, now)
    expected = None if fresh else await uow.expectations.find(actor.id, now)
    chosen: dict[str, Any] = dict(expected.params) if expected is not None and expected.kind == LINE else {}
    chosen = {} if "typed" in chosen else chosen  # a line that said everything is replaced by the next one
    titles = {} if chosen else {code: page.title for code, page in pages.items()}
    homes = [] if chosen else _homes(actor, regions)
    line = read_target(text, today, {} if chosen else regions, titles, homes[0] if homes else "")
    ensure_due(line.due, today)
    if not chosen:
        chosen = {
            "region": _place(actor, line.region, pages.get(line.page), f"{homes[0]} {text}" if homes else ""),
            "page": line.page,
            "platforms": list(line.platforms),
            "metric": None if line.metric is None else line.metric.value,
            "typed": True,
        }
    chosen |= {"value": line.value, "due": line.due.isoformat()}
    await uow.expectations.set(actor.id, LINE, f"person:{actor.id}", now=now, params=chosen)
    return await _preview(uow, actor, chosen, now)


async def is_line(uow: UnitOfWork, _: Actor, text: str, *, now: datetime) -> bool:
    """Whether a text answers the question for a target and is no post sent meanwhile. Read-only; whoever may not set one
    any more is told so by `write`."""
    regions = {code: one.name for code, one in (await uow.campaign.regions()).items()}
    titles = {code: page.title for code, page in (await uow.campaign.pages()).items()}
    return meant_as_target(text, await today_of(uow, now), regions, titles)


async def save(uow: UnitOfWork, actor: Actor, mark: int, *, now: datetime) -> Outlook:
    """What was shown holds from here on. `mark`: of the preview that was read."""
    found = await uow.expectations.find(actor.id, now)
    if (
        found is None
        or found.kind not in {LINE, PUT_BY}
        or "value" not in found.params
        or mark_of(found.params) != mark
    ):
        raise PreviewOver
    preview = await _preview(uow, actor, found.params, now)
    target, before = preview.outlook.target, preview.before
    ensure_due(target.due, await today_of(uow, now))
    if before is None:
        target = await uow.targets.add(target)
    elif not await uow.targets.change(target):
        raise CommitmentChanged
    await uow.expectations.clear(actor.id)
    facts = {"value": target.value, "due": target.due.isoformat(), "region": target.region, "page": target.page}
    was = {} if before is None else {"value_before": before.value, "due_before": before.due.isoformat()}
    await uow.journal.add(
        at=now, actor=actor.number, action=Action.TARGET_SET, object_=f"target:{target.code}", payload=facts | was
    )
    return await see(uow, actor, target.code, now=now)


async def begin_close(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> Target:
    """The next message is the reason."""
    target = await _mine(uow, actor, code)
    params = {"code": code, "version": target.version}
    await uow.expectations.set(actor.id, CLOSE, f"person:{actor.id}", now=now, params=params)
    return target


async def close(uow: UnitOfWork, actor: Actor, params: Mapping[str, Any], reason: str, *, now: datetime) -> TargetBoard:
    """It is counted no more; the row and the reason stay."""
    target, why = await _mine(uow, actor, params["code"]), ensure_reason(reason)
    if not await uow.targets.close(target.code, params["version"], await today_of(uow, now), why):
        raise CommitmentChanged
    await uow.expectations.clear(actor.id, CLOSE)
    await uow.journal.add(
        at=now, actor=actor.number, action="target_close", object_=f"target:{target.code}", payload={"reason": why}
    )
    return await board(uow, actor, now=now)


# -- inside -----------------------------------------------------------------------------------------------------------


async def _campaign(uow: UnitOfWork) -> Campaign:
    campaign = await uow.campaign.find_campaign()
    if campaign is None:
        raise NotFound("campaign")
    return campaign


async def outlooks(uow: UnitOfWork, campaign: Campaign, targets: Sequence[Target], today: date) -> tuple[Outlook, ...]:
    """Where each stands, from every page's figures: of the trend's days, and since the due days that are past."""
    pages = list((await uow.campaign.pages()).values())
    past = (one.due + timedelta(days=1) for one in targets if one.due < today)
    figures = await uow.status.histories(min((today - timedelta(days=TREND_DAYS + 1), *past)))
    return tuple(outlook(one, pages, figures, starts=campaign.starts, today=today) for one in targets)


def _may_set(actor: Actor, target: Target, pages: Mapping[str, Page]) -> bool:
    page = pages.get(target.page)
    return may(actor, Action.TARGET_SET, page.region if page else target.region or EVERYWHERE)


async def _mine(uow: UnitOfWork, actor: Actor, code: str) -> Target:
    target = await uow.targets.get(code)
    pages = await uow.campaign.pages([target.page], inactive=True) if target.page else {}
    page = pages.get(target.page)
    ensure_may(actor, Action.TARGET_SET, page.region if page else target.region or EVERYWHERE)
    return target


def _homes(actor: Actor, regions: Mapping[str, str]) -> list[str]:
    """Names of the regions that the actor leads, where a line has to say which of them."""
    own = actor.regions(LEADERS)
    return [] if len(own) == 1 or EVERYWHERE in own else sorted(regions[one] for one in own if one in regions)


def _place(actor: Actor, said: str, page: Page | None, right: str) -> str:
    """The region meant: the page's, the one named, or the only one that the actor leads. `right`: a line that says which."""
    if page is not None:
        return page.region
    own = actor.regions(LEADERS)
    if said:
        return said
    if EVERYWHERE in own:
        return EVERYWHERE
    if len(own) != 1:
        raise TargetIncomplete("place", " ".join(right.split()))
    return next(iter(own))


async def _preview(uow: UnitOfWork, actor: Actor, params: Mapping[str, Any], now: datetime) -> TargetDraft:
    value, due = int(params["value"]), date.fromisoformat(params["due"])
    before: Target | None = None
    if "code" in params:
        before = await _mine(uow, actor, params["code"])
        target = replace(before, value=value, due=due, version=int(params["version"]))
    else:
        ensure_may(actor, Action.TARGET_SET, params["region"])
        target = await _target(uow, params, value, due)
    found = await outlooks(uow, await _campaign(uow), [target], await today_of(uow, now))
    return TargetDraft(found[0], before, mark_of(params))


async def _target(uow: UnitOfWork, params: Mapping[str, Any], value: int, due: date) -> Target:
    """`region` "" in the row: all pages of the campaign."""
    region = "" if params["region"] == EVERYWHERE else params["region"]
    if params["page"]:
        page = await uow.campaign.get_page(params["page"])
        metric, kinds = metric_of(page.platform), (page.kind.value,)
        return Target(
            "", page.title, page.title, metric, (page.platform,), kinds, value, due, region, page.code, by_hand=True
        )
    platforms = tuple(map(Platform, params["platforms"]))
    said = params.get("metric")
    metric = metric_of(platforms[0]) if platforms else Metric(said) if said else Metric.MEMBERS
    counted = tuple(one for one in platforms or tuple(Platform) if metric_of(one) is metric)
    found = (await uow.campaign.regions()).get(region)
    title = "" if found is None else found.name
    return Target("", title, title, metric, counted, KINDS, value, due, region, by_hand=True)
