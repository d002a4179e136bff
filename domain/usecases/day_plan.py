"""The day's board, and one of its slots: what is looked at before anything is changed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.day_plan import (
    AHEAD,
    BACK,
    UNDO_FOR,
    Change,
    Kind,
    SlotChanged,
    Standing,
    ensure_changeable,
)
from domain.errors import NotFound
from domain.norms import Norm
from domain.pages import Page
from domain.people import EVERYWHERE, Actor
from domain.plan import Slot, SlotState
from domain.ports import UnitOfWork
from domain.ports.day_plan import BoardChoice, DayRow
from domain.rights import RULES, Action, ensure_may, may
from domain.targets import Campaign
from domain.usecases.campaign_days import not_running

PER_PAGE = 8
TIME, ADD, REASON = "plan_day.time", "plan_day.add", "plan_day.reason"
"""What a next message answers: another moment, the moment of an extra slot, a reason."""
QUESTIONS = (TIME, ADD, REASON)


@dataclass(frozen=True)
class Board:
    """One day of one region. `regions`: code and name of all that the reader may choose.

    `wanted`: posts of the day's norm, where nothing is planned yet.
    """

    region: str
    regions: tuple[tuple[str, str], ...]
    day: date
    today: date
    rows: tuple[DayRow, ...]
    """Those on this page of the list."""
    counts: dict[SlotState, int]
    """Of all of the day on these pages; skipped ones are CANCELLED."""
    only_empty: bool
    at: int
    pages: int
    wanted: int
    may_change: bool
    personal: bool = False
    """Volunteers' own pages, instead of all others; `aside`: how many slots the other ones have."""
    aside: int = 0
    not_running: Campaign | None = None
    """The campaign, when nothing is planned because it has not begun or is over."""

    @property
    def region_name(self) -> str:
        return next((name for code, name in self.regions if code == self.region), "")


@dataclass(frozen=True)
class Sheet:
    """One slot. `change`: the last one by hand, `by`: who made it; `done`: what the reader has just done."""

    row: DayRow
    page: Page
    may_change: bool
    change: Change | None = None
    by: str = ""
    may_undo: bool = False
    done: Kind | None = None

    @property
    def slot(self) -> Slot:
        return self.row.slot


@dataclass(frozen=True)
class Scene:
    """A slot as somebody is about to change it."""

    standing: Standing
    slot: Slot
    page: Page


async def board(uow: UnitOfWork, actor: Actor, day: date | None = None, at: int = 0, *, now: datetime) -> Board:
    """The region looked at last, today unless said otherwise. Read-only."""
    ensure_may(actor, Action.PLAN_SEE)
    regions = await _regions(uow, actor)
    choice = await _choice(uow, actor, regions)
    today = actor.person.local(now).date()
    day = min(max(day or today, today - timedelta(days=BACK)), today + timedelta(days=AHEAD))
    many = await uow.day_plan.counts(choice.region, day)
    counts = {state: many.get((state, choice.personal), 0) for state in SlotState}
    shown = counts[SlotState.EMPTY] if choice.only_empty else sum(counts.values())
    pages = max(1, -(-shown // PER_PAGE))
    at = max(0, min(at, pages - 1))
    rows = await uow.day_plan.rows(
        choice.region,
        day,
        personal=choice.personal,
        only_empty=choice.only_empty,
        limit=PER_PAGE,
        at=at * PER_PAGE,
    )
    unplanned = not rows and day >= today
    return Board(
        region=choice.region,
        regions=regions,
        day=day,
        today=today,
        rows=tuple(rows),
        counts=counts,
        only_empty=choice.only_empty,
        at=at,
        pages=pages,
        wanted=await _wanted(uow, choice, day) if unplanned else 0,
        may_change=may(actor, Action.PLAN_CHANGE, choice.region),
        personal=choice.personal,
        aside=sum(n for (_, personal), n in many.items() if personal is not choice.personal),
        not_running=await not_running(uow, now) if unplanned else None,
    )


async def _regions(uow: UnitOfWork, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The reader's, with the pages of the whole campaign (no name) for those who answer for all."""
    mine = actor.regions(RULES[Action.PLAN_SEE].roles)
    known = [(region.code, region.name) for region in (await uow.campaign.regions()).values()]
    if EVERYWHERE in mine:
        return (*known, (EVERYWHERE, ""))
    return tuple((code, name) for code, name in known if code in mine) or tuple((code, code) for code in sorted(mine))


async def _choice(uow: UnitOfWork, actor: Actor, regions: tuple[tuple[str, str], ...]) -> BoardChoice:
    """What they looked at last; their home, else the first region, where they no longer may."""
    choice, codes = await uow.day_plan.find_choice(actor.id), [code for code, _ in regions]
    if choice is not None and choice.region in codes:
        return choice
    home = actor.person.region
    return BoardChoice(home if home in codes else codes[0])


async def _wanted(uow: UnitOfWork, choice: BoardChoice, day: date) -> int:
    """Posts of the day's norms; none outside the campaign, where nothing is planned."""
    campaign = await uow.campaign.find_campaign()
    if campaign is not None and not campaign.covers(day):
        return 0
    codes = await uow.day_plan.page_codes(choice.region, personal=choice.personal)
    return sum(norm.wanted(day) for norm in (await uow.campaign.norms(codes)).values()) if codes else 0


async def regions(uow: UnitOfWork, actor: Actor) -> tuple[tuple[str, str], ...]:
    """What the reader may choose. Read-only."""
    ensure_may(actor, Action.PLAN_SEE)
    return await _regions(uow, actor)


async def choose_region(uow: UnitOfWork, actor: Actor, region: str, day: date | None = None, *, now: datetime) -> Board:
    """From now on the board opens there; shown is the day that was looked at."""
    ensure_may(actor, Action.PLAN_SEE, region)
    if region not in [code for code, _ in await _regions(uow, actor)]:
        raise NotFound("region")
    seen = await uow.day_plan.find_choice(actor.id) or BoardChoice(region)
    await uow.day_plan.save_choice(actor.id, replace(seen, region=region))
    return await board(uow, actor, day, now=now)


async def narrow(
    uow: UnitOfWork,
    actor: Actor,
    day: date,
    *,
    now: datetime,
    only_empty: bool | None = None,
    personal: bool | None = None,
) -> Board:
    """Show empty places only, or personal pages, or neither again; None: as before."""
    ensure_may(actor, Action.PLAN_SEE)
    seen = await _choice(uow, actor, await _regions(uow, actor))
    choice = BoardChoice(
        seen.region,
        seen.only_empty if only_empty is None else only_empty,
        seen.personal if personal is None else personal,
    )
    await uow.day_plan.save_choice(actor.id, choice)
    return await board(uow, actor, day, now=now)


# -- one slot ---------------------------------------------------------------------------------------------------------


async def sheet(uow: UnitOfWork, actor: Actor, slot_id: int, *, now: datetime, done: Kind | None = None) -> Sheet:
    """Read-only."""
    row = await uow.day_plan.get_row(slot_id)
    ensure_may(actor, Action.PLAN_SEE, row.region)
    change, by = await uow.day_plan.last_change(slot_id) or (None, "")
    may_change = may(actor, Action.PLAN_CHANGE, row.region)
    fresh = change is not None and change.undone_at is None and now < change.at + UNDO_FOR
    as_left = change is not None and change.after.slot(slot_id).version == row.slot.version
    may_undo = may_change and fresh and as_left and change is not None and change.kind is not Kind.UNDO
    page = (await uow.campaign.pages([row.slot.page], inactive=True))[row.slot.page]
    return Sheet(row, page, may_change, change, by, may_undo, done)


async def leave(uow: UnitOfWork, actor: Actor, slot_id: int, *, now: datetime) -> Sheet:
    """Back to the slot: nothing is asked any more."""
    await stop_asking(uow, actor)
    return await sheet(uow, actor, slot_id, now=now)


async def stop_asking(uow: UnitOfWork, actor: Actor) -> None:
    for kind in QUESTIONS:
        await uow.expectations.clear(actor.id, kind)


# -- what every change begins with ------------------------------------------------------------------------------------


async def scene(uow: UnitOfWork, actor: Actor, slot_id: int, version: int, now: datetime, *others: int) -> Scene:
    """The slot at the version the actor saw, with `others` that change with it; raises what speaks against changing it."""
    standing = await uow.day_plan.standing([slot_id, *others])
    slot = standing.slot(slot_id)
    pages = await uow.campaign.pages({one.page for one in standing.slots}, inactive=True)
    for page in pages.values():
        ensure_may(actor, Action.PLAN_CHANGE, page.region)
    await ensure_seen(uow, actor, slot, version)
    for one in standing.slots:
        ensure_changeable(one, pages[one.page].local_day(now))
    return Scene(standing, slot, pages[slot.page])


async def ensure_seen(uow: UnitOfWork, actor: Actor, slot: Slot, version: int) -> None:
    """Raise `SlotChanged`, with who did it where it was done by another hand: of a double tap nobody hears their own name."""
    if slot.version != version:
        last = await uow.day_plan.last_change(slot.id)
        by_hand = last is not None and last[0].by_id != actor.id and last[0].after.slot(slot.id).version == slot.version
        raise SlotChanged(last[1] if last is not None and by_hand else "")


async def norm_of(uow: UnitOfWork, page: Page) -> Norm | None:
    return (await uow.campaign.norms([page.code])).get(page.code)
