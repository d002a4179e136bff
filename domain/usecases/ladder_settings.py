"""A page's own ladder of reminders: its times, which steps it has, a line of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import ladder
from domain.errors import NotFound
from domain.ladder import LadderChanged, PageLadder, Step
from domain.notices import DueTask
from domain.pages import Page, page_key
from domain.people import EVERYWHERE, Actor, Person
from domain.plan import Assignment, AssignmentState, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import RULES, Action, ensure_may
from domain.usecases import rungs
from domain.usecases.reminders import Line, Live

TEXT = "ladder.text"
"""The expectation: the next message is a page's own line in its reminders."""
RETIME = "ladder.retime"
"""Due task: a page's ladder changed: what is planned there is reminded of by the times of now."""
_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class LadderView:
    """`own`: what the page has for itself; `usual`: what holds where it says nothing; `rules`: what holds."""

    page: Page
    own: PageLadder
    usual: PlanRules
    rules: PlanRules


# --- reading ---------------------------------------------------------------------------------------------------------


async def list_mine(uow: UnitOfWork, actor: Actor) -> list[tuple[Page, PageLadder | None]]:
    """Pages of the actor's regions by title, with their own ladders. Read-only."""
    ensure_may(actor, Action.PAGE_MANAGE)
    regions = actor.regions(RULES[Action.PAGE_MANAGE].roles)
    pages = (await uow.campaign.pages()).values()
    mine = [page for page in pages if EVERYWHERE in regions or page.region in regions]
    ladders = await uow.reminders.ladders()
    return [(page, ladders.get(page.code)) for page in sorted(mine, key=lambda page: (page.title, page.code))]


async def look(uow: UnitOfWork, actor: Actor, key: str, *, rules: PlanRules) -> LadderView:
    """One page's. Read-only."""
    page = await _page(uow, actor, key)
    return _view(page, await uow.reminders.ladder(page.code), rules)


def _view(page: Page, own: PageLadder, rules: PlanRules) -> LadderView:
    return LadderView(page, own, rules, ladder.rungs(rules, own, None))


async def _page(uow: UnitOfWork, actor: Actor, key: str) -> Page:
    ensure_may(actor, Action.PAGE_MANAGE)
    found = next((p for p in (await uow.campaign.pages()).values() if page_key(p.code) == key), None)
    if found is None:
        raise NotFound("page")
    ensure_may(actor, Action.PAGE_MANAGE, found.region)
    return found


def example(view: LadderView, reader: Person, now: datetime) -> Live:
    """What the page's first reminder would look like, as if it were the reader's."""
    at = now + view.rules.lead
    day = view.page.local_day(at)
    slot = Slot(0, view.page.code, day, at, SlotState.FILLED, None, None, None, None, 1)
    assignment = Assignment(0, 0, reader.id, at, AssignmentState.ASSIGNED, substitute=False, version=1)
    shown = AssignmentView(assignment, slot, view.page, reader, None, (), None)
    return Live((Line(shown, at + view.rules.substitute_after, view.own.text),))


# --- changing --------------------------------------------------------------------------------------------------------


async def set_time(
    uow: UnitOfWork, actor: Actor, key: str, version: int, step: Step, minutes: int | None, *,
    now: datetime, rules: PlanRules,
) -> LadderView:  # fmt: skip
    """The step is on, so many minutes from the slot; None: as the campaign has it."""
    time = None if minutes is None else timedelta(minutes=minutes)
    return await _change(uow, actor, key, version, lambda own: own.with_time(step, time), now, rules)


async def leave_out(
    uow: UnitOfWork, actor: Actor, key: str, version: int, step: Step, *, now: datetime, rules: PlanRules
) -> LadderView:
    """The page does without this step."""
    return await _change(uow, actor, key, version, lambda own: own.without(step), now, rules)


async def as_usual(
    uow: UnitOfWork, actor: Actor, key: str, version: int, *, now: datetime, rules: PlanRules
) -> LadderView:
    """Nothing of its own any more."""
    return await _change(uow, actor, key, version, lambda own: PageLadder(own.page, version=own.version), now, rules)


async def ask_text(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime, rules: PlanRules) -> LadderView:
    """The actor's next message is the page's own line."""
    view = await look(uow, actor, key, rules=rules)
    await uow.expectations.set(actor.id, TEXT, f"ladder:{key}", version=view.own.version, params={"key": key}, now=now)
    return view


async def write_text(
    uow: UnitOfWork, actor: Actor, key: str, version: int, text: str, *, now: datetime, rules: PlanRules
) -> LadderView:
    """One that is too long leaves everything as it is, and the question open."""
    changed = await _change(uow, actor, key, version, lambda own: own.saying(text), now, rules)
    await uow.expectations.clear(actor.id, TEXT)
    return changed


async def no_text(
    uow: UnitOfWork, actor: Actor, key: str, version: int, *, now: datetime, rules: PlanRules
) -> LadderView:
    """Without a line of its own."""
    await uow.expectations.clear(actor.id, TEXT)
    return await _change(uow, actor, key, version, lambda own: own.saying(""), now, rules)


async def stop_asking(uow: UnitOfWork, actor: Actor, key: str, *, rules: PlanRules) -> LadderView:
    """The line stays as it is."""
    await uow.expectations.clear(actor.id, TEXT)
    return await look(uow, actor, key, rules=rules)


async def _change(
    uow: UnitOfWork,
    actor: Actor,
    key: str,
    version: int,
    change: Callable[[PageLadder], PageLadder],
    now: datetime,
    rules: PlanRules,
) -> LadderView:
    page = await _page(uow, actor, key)
    before = await uow.reminders.ladder(page.code)
    if before.version != version:
        raise LadderChanged
    after = change(before)
    if after == before:
        return _view(page, before, rules)
    saved = await uow.reminders.save(after)
    task = DueTask(f"{RETIME}:{page.code}", RETIME, f"page:{page.code}"[:64], now, {"page": page.code})
    await rungs.put(uow, task, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="page.ladder",
        object_=f"page:{page.code}"[:64],
        version=saved.version,
        payload=_facts(saved),
    )
    return _view(page, saved, rules)


def _facts(own: PageLadder) -> dict[str, object]:
    times = {step.value: own.time_of(step) for step in Step if step is not Step.AT}
    minutes = {name: None if time is None else int(time.total_seconds()) // 60 for name, time in times.items()}
    return {**minutes, "off": sorted(own.off), "text": own.text}


async def retime(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`ladder.retime`: open slots of the page get their next step by its ladder of now."""
    code = str(task.params["page"])
    for view in await uow.plan.open_slots_between(now - timedelta(days=1), now + _AHEAD):
        if view.slot.page == code and view.slot.state is SlotState.FILLED:
            await rungs.retime_slot(uow, view.slot, now, rules)
