"""The planner's rounds: evening, morning, and whenever a text is approved. Planning again changes nothing that people know.

A round is looked at first (`plan_round`), then written (`plan_writes`). Zones with many pages are planned in portions, each a
due task of its own: nobody's tap waits for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.notices import DueTask
from domain.pages import Page
from domain.plan import EmptyReason, Excuse
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.planner import PlanPage, Portion
from domain.usecases import gaps, staffing
from domain.usecases.plan_round import look
from domain.usecases.plan_writes import write
from domain.usecases.silences import Silences

PART = "plan.part"
"""The due task: one portion of a zone's day."""
PORTION = 2500
"""Pages planned in one transaction: few enough that nobody's tap waits long for it."""
_DAY = timedelta(days=1)


async def evening(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.evening`: tomorrow of one zone; what stays empty is then told (`gaps`)."""
    zone, tomorrow = str(task.params["zone"]), date.fromisoformat(task.params["day"]) + _DAY
    if await _plan_zone(uow, zone, tomorrow, f"evening:{zone}:{tomorrow}", now, rules, tells=True):
        await gaps.lay_out(uow, zone, tomorrow, now)


async def morning(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.morning`: the rest of today of one zone."""
    zone, today = str(task.params["zone"]), date.fromisoformat(task.params["day"])
    await _plan_zone(uow, zone, today, f"morning:{zone}:{today}", now, rules)


async def fill_draft(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.fill`: a text was approved: the rest of today and tomorrow of its pages."""
    draft = await uow.drafts.get(int(task.params["draft"]))
    pages = list((await uow.campaign.pages(draft.pages)).values())
    days = {page.code: [page.local_day(now), page.local_day(now) + _DAY] for page in pages}
    await plan_days(uow, pages, days, now=now, rules=rules)


async def recheck(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:  # noqa: ARG001 - tasks share a signature
    """`plan.recheck`: the plan file changed. Slots of pages taken out, newly silent, or outside the campaign's days by
    now go, with a word to whoever had them; urgent posts are no plan's.

    The rest of today is planned for pages and norms that are new.
    """
    silences = await Silences.load(uow)
    campaign, pages = await uow.campaign.find_campaign(), await uow.campaign.pages(inactive=True)
    for view in await uow.plan.open_slots_between(now, now + timedelta(days=3)):
        page = pages[view.slot.page]
        if not page.active:
            await staffing.withdraw(uow, view.slot, page, now, "page")
        elif campaign is not None and not campaign.covers(view.slot.day) and view.slot.urgent_id is None:
            await staffing.withdraw(uow, view.slot, page, now, "campaign")
        elif silences.hold(page.region, view.slot.at):
            await staffing.withdraw(uow, view.slot, page, now, "silence")
        elif not page.may_publish_on(view.slot.day):
            await staffing.withdraw(uow, view.slot, page, now, "authority")
    active = [page for page in pages.values() if page.active]
    await plan_days(uow, active, {page.code: [page.local_day(now)] for page in active}, now=now, rules=rules)


# --- many pages ----------------------------------------------------------------------------------------------------------


async def plan_days(
    uow: UnitOfWork, pages: Iterable[Page], days: Mapping[str, Iterable[date]], *, now: datetime, rules: PlanRules
) -> None:
    """Create what the norms want on these days of these pages, withdraw what fell silent, fill what is empty and ahead.

    More pages than a portion: their zones are planned in due tasks of their own.
    """
    chosen = {page.code: page.zone for page in pages}
    if not chosen:
        return
    if len(chosen) <= PORTION:
        await _plan(uow, await uow.planner.pages_of(chosen), {code: set(days[code]) for code in chosen}, now, rules)
        return
    zones: dict[str, set[date]] = defaultdict(set)
    for code, zone in chosen.items():
        zones[zone] |= set(days[code])
    for zone, some in sorted(zones.items()):
        for day in sorted(some):
            await _plan_zone(uow, zone, day, f"again:{zone}:{day}:{now.isoformat()}", now, rules)


async def _plan_zone(
    uow: UnitOfWork, zone: str, day: date, key: str, now: datetime, rules: PlanRules, *, tells: bool = False
) -> bool:
    """Plan a zone's day, at once or in portions; whether it is done. `tells`: the last portion has the gaps told."""
    portions = await uow.planner.portions(zone, PORTION)
    if len(portions) <= 1:
        for portion in portions:
            await _plan_portion(uow, portion, day, now, rules)
        return True
    params: list[dict[str, Any]] = [
        {"zone": zone, "day": day.isoformat(), "regions": list(one.regions), "first": one.first, "last": one.last}
        for one in portions
    ]
    params[-1]["tells"] = tells
    of = len(portions)
    tasks = (
        DueTask(f"{PART}:{key}:{number:04}", PART, f"zone:{zone}", now, {**one, "of": of})
        for number, one in enumerate(params)
    )
    await uow.tasks.add(*tasks)
    return False


async def part(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.part`: a portion of a zone's day."""
    said, day = task.params, date.fromisoformat(task.params["day"])
    portion = Portion(str(said["zone"]), tuple(said["regions"]), str(said["first"]), str(said["last"]))
    await _plan_portion(uow, portion, day, now, rules, times=int(said["of"]))
    if said.get("tells"):
        await gaps.lay_out(uow, portion.zone, day, now)


async def _plan_portion(
    uow: UnitOfWork, portion: Portion, day: date, now: datetime, rules: PlanRules, times: float = 1.0
) -> None:
    pages = await uow.planner.pages(portion)
    await _plan(uow, pages, {page.code: (day,) for page in pages}, now, rules, times)


async def _plan(
    uow: UnitOfWork,
    pages: list[PlanPage],
    days: Mapping[str, set[date] | tuple[date, ...]],
    now: datetime,
    rules: PlanRules,
    times: float = 1.0,
) -> None:
    await write(uow, await look(uow, pages, days, now=now, rules=rules), now=now, rules=rules, times=times)


# --- a dry run -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sketched:
    """What the planner would do with one slot. `slot_id` None: it would add it. `reason` None: it would be filled."""

    page: str
    at: datetime
    draft_id: int | None
    person_id: int | None
    reason: EmptyReason | Excuse | None
    slot_id: int | None


async def sketch(
    uow: UnitOfWork, pages: Iterable[Page], day: date, *, now: datetime, rules: PlanRules
) -> tuple[Sketched, ...]:
    """What a round would do with the empty and missing slots of these pages' local `day`, by moment. Read-only."""
    codes = {page.code for page in pages}
    found = await look(uow, await uow.planner.pages_of(codes), dict.fromkeys(codes, (day,)), now=now, rules=rules)
    seats = [
        Sketched(
            seat.page,
            seat.at,
            None if seat.text is None else seat.text.draft_id,
            None if seat.poster is None else seat.poster.id,
            found.reason(seat),
            seat.slot_id or None,
        )
        for seat in found.seats
    ]
    own = [Sketched(one.page, one.at, one.text.draft_id, one.person_id, None, None) for one in found.own]
    rests = [Sketched(one.page, one.at, None, None, one.excuse, None) for one in found.rested]
    return tuple(sorted([*seats, *own, *rests], key=lambda one: (one.at, one.page)))
