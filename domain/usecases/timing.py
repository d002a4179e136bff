"""Embargo and expiry: the author sets them, the plan keeps them, and what expires unpublished is told once."""

from datetime import datetime, timedelta

from domain import drafts as draft_rules
from domain import timing as rules
from domain.drafts import Draft, DraftState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import Page
from domain.people import Actor
from domain.plan import SlotState
from domain.planning import PlanRules, outside_quiet
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.timing import Edge
from domain.usecases import draft_steps as steps
from domain.usecases import planning, staffing
from domain.usecases.draft_steps import Panel

QUESTION = "draft.when"
"""The expectation: the next message is one end of `draft:N`."""
EXPIRED = "draft.expired"
"""The due task, and the notice it leads to."""
_DAY = timedelta(days=1)


async def look(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """Read-only."""
    sheet = await steps.own(uow, actor, draft_id)
    return Panel(sheet.draft, sheet.pages)


async def ask(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, edge: Edge, *, now: datetime) -> Panel:
    """One end is being chosen: by a button, or by the next message."""
    sheet = await _unfinished(uow, actor, draft_id, version)
    params = {"edge": edge.value}
    await uow.expectations.set(actor.id, QUESTION, sheet.draft.subject, version=version, params=params, now=now)
    return Panel(sheet.draft, sheet.pages)


async def stop_asking(uow: UnitOfWork, actor: Actor, draft_id: int) -> Panel:
    """Back to the panel; nothing is awaited any more."""
    sheet = await steps.own(uow, actor, draft_id)
    await uow.expectations.clear(actor.id, QUESTION)
    return await steps.panel_of(uow, actor, sheet)


async def put(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, edge: Edge, local: datetime | None, *, now: datetime
) -> Panel:
    """Set one end by the author's own wall clock (naive), or take it away."""
    zone = actor.person.zone
    return await _put(uow, actor, draft_id, version, edge, None if local is None else rules.local(local, zone), now)


async def typed(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, edge: Edge, text: str, *, now: datetime
) -> Panel:
    """The same from a message; what is no moment is refused, and still awaited."""
    return await _put(uow, actor, draft_id, version, edge, rules.parse(text, actor.person.zone, now), now)


async def _unfinished(uow: UnitOfWork, actor: Actor, draft_id: int, version: int) -> DraftSheet:
    sheet = await steps.own(uow, actor, draft_id)
    draft_rules.ensure_version(sheet.draft, version)
    if sheet.draft.state not in draft_rules.UNFINISHED_STATES:
        raise draft_rules.DraftClosed(sheet.draft.state)
    return sheet


async def _put(
    uow: UnitOfWork, actor: Actor, draft_id: int, version: int, edge: Edge, at: datetime | None, now: datetime
) -> Panel:
    sheet = await _unfinished(uow, actor, draft_id, version)
    new = rules.with_edge(sheet.draft, edge, at, actor.person.zone, now)
    if not await uow.timing.save(new):
        raise draft_rules.DraftChanged(draft_id, version, version)
    await uow.expectations.clear(actor.id, QUESTION)
    ends = {"not_before": new.not_before, "expires_at": new.expires_at}
    await steps.journal(
        uow, actor, "draft_timing", new, now, **{name: end and end.isoformat() for name, end in ends.items()}
    )
    if edge is Edge.UNTIL and at is not None:
        key = f"{EXPIRED}:{draft_id}:{at.isoformat()}"
        await uow.tasks.add(DueTask(key, EXPIRED, new.subject, at, {"draft": draft_id, "at": at.isoformat()}))
    return Panel(new, sheet.pages)


# --- when the time is over -------------------------------------------------------------------------------------------


async def expired(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`draft.expired`: it leaves the plan, its places get other texts, author and press hear where it was not published."""
    sheet = await uow.drafts.get_sheet(int(task.params["draft"]))
    draft = sheet.draft
    if draft.expires_at is None or draft.expires_at.isoformat() != task.params["at"]:
        return  # another end was chosen since
    if draft.state not in {DraftState.SUBMITTED, DraftState.APPROVED}:
        return
    slots = await uow.plan.slots_of_draft(draft.id)
    posted = {slot.page for slot in slots if slot.state is SlotState.POSTED}
    if draft.state is DraftState.APPROVED:
        await _leave_plan(uow, draft, sheet.pages, now, rules)
    if not {page.code for page in sheet.pages} <= posted:
        await _tell(uow, draft, len(posted), now)


async def _leave_plan(uow: UnitOfWork, draft: Draft, pages: tuple[Page, ...], now: datetime, rules: PlanRules) -> None:
    """Whoever had it to post is told; what still lies ahead is filled with something else."""
    by_code = {page.code: page for page in pages}
    gone: dict[str, Page] = {}
    for slot in await uow.plan.slots_of_draft(draft.id):
        if slot.state is SlotState.FILLED and slot.page in by_code:
            await staffing.withdraw(uow, slot, by_code[slot.page], now, "expired")
            gone[slot.page] = by_code[slot.page]
    days = {code: [page.local_day(now), page.local_day(now) + _DAY] for code, page in gone.items()}
    await planning.plan_days(uow, gone.values(), days, now=now, rules=rules)


async def _tell(uow: UnitOfWork, draft: Draft, posted: int, now: datetime) -> None:
    people = {actor.id: actor.person for actor in await staffing.press(uow, draft.region)}
    people[draft.author_id] = await uow.people.get(draft.author_id)
    await uow.outbox.add(
        *(
            Notice(
                kind=EXPIRED,
                subject=draft.subject,
                due_at=outside_quiet(person, now),
                dedup_key=f"{EXPIRED}:{draft.id}:{draft.version}:{person.id}",
                person_id=person.id,
                guarantee=Guarantee.A,
                priority=Priority.REMINDER,
                params={"draft": draft.id, "posted": posted},
            )
            for person in people.values()
        )
    )
