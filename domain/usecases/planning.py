"""The planner's rounds: evening, morning, and whenever a text is approved. Planning again changes nothing that people know."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain

from domain import planning, timing
from domain.notices import DueTask, Notice, Priority
from domain.pages import Page
from domain.people import Person
from domain.plan import Assignment, AssignmentState, EmptyReason, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft
from domain.rollups import Measure
from domain.usecases import staffing
from domain.usecases.authority_plan import Owners
from domain.usecases.evergreen import Resting
from domain.usecases.imprints import Lines
from domain.usecases.silences import Silences
from domain.usecases.staffing import Crew

_DAY = timedelta(days=1)
Counts = dict[tuple[str, date], dict[Measure, int]]
"""By page and local day: what is added to the roll-ups."""


async def evening(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.evening`: tomorrow of one zone; what stays empty is reported to the press secretaries."""
    pages = await _pages_of_zone(uow, task)
    tomorrow = date.fromisoformat(task.params["day"]) + _DAY
    await plan_days(uow, pages, {page.code: [tomorrow] for page in pages}, now=now, rules=rules)
    await _report_empty(uow, pages, tomorrow, str(task.params["zone"]), now)


async def morning(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.morning`: the rest of today of one zone."""
    pages = await _pages_of_zone(uow, task)
    today = date.fromisoformat(task.params["day"])
    await plan_days(uow, pages, {page.code: [today] for page in pages}, now=now, rules=rules)


async def fill_draft(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`plan.fill`: a text was approved: the rest of today and tomorrow of its pages."""
    draft = await uow.drafts.get(int(task.params["draft"]))
    pages = list((await uow.campaign.pages(draft.pages)).values())
    days = {page.code: [page.local_day(now), page.local_day(now) + _DAY] for page in pages}
    await plan_days(uow, pages, days, now=now, rules=rules)


async def recheck(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:  # noqa: ARG001 - tasks share a signature
    """`plan.recheck`: the plan file changed. Slots of pages taken out or newly silent go, with a word to whoever had them.

    The rest of today is planned for pages and norms that are new.
    """
    silences = await Silences.load(uow)
    pages = await uow.campaign.pages(inactive=True)
    for view in await uow.plan.open_slots_between(now, now + timedelta(days=3)):
        page = pages[view.slot.page]
        if not page.active:
            await staffing.withdraw(uow, view.slot, page, now, "page")
        elif (why := _closed(page, view.slot, silences)) is not None:
            await staffing.withdraw(uow, view.slot, page, now, why)
    active = [page for page in pages.values() if page.active]
    await plan_days(uow, active, {page.code: [page.local_day(now)] for page in active}, now=now, rules=rules)


async def _pages_of_zone(uow: UnitOfWork, task: DueTask) -> list[Page]:
    return [page for page in (await uow.campaign.pages()).values() if page.zone == task.params["zone"]]


# -- slots --------------------------------------------------------------------------------------------------------------------


async def plan_days(
    uow: UnitOfWork, pages: Iterable[Page], days: Mapping[str, Iterable[date]], *, now: datetime, rules: PlanRules
) -> None:
    """Create what the norms want on these days of these pages, withdraw what fell silent, fill what is empty and ahead."""
    by_code = {page.code: page for page in pages}
    silences = await Silences.load(uow)
    empty: list[Slot] = []
    seen: dict[tuple[str, date], list[datetime]] = defaultdict(list)
    extra: dict[tuple[str, date], list[datetime]] = defaultdict(list)
    for slot in await uow.plan.slots_of_pages(by_code, {day for some in days.values() for day in some}):
        if slot.state is SlotState.CANCELLED or slot.day not in days[slot.page]:
            continue
        page = by_code[slot.page]
        if slot.at > now and slot.state in {SlotState.EMPTY, SlotState.FILLED}:
            why = _closed(page, slot, silences)
            if why is not None:
                await staffing.withdraw(uow, slot, page, now, why)
                continue
        (seen if slot.urgent_id is None else extra)[slot.page, slot.day].append(slot.at)
        if slot.state is SlotState.EMPTY and slot.at > now:
            empty.append(slot)
    counts: Counts = defaultdict(lambda: defaultdict(int))
    empty += await _create(uow, by_code, days, seen, extra, silences, counts, now)
    await _fill(uow, by_code, empty, counts, now, rules)
    for (code, day), deltas in counts.items():
        await uow.rollups.add(code, by_code[code].region, day, deltas)


def _closed(page: Page, slot: Slot, silences: Silences) -> str | None:
    """Why nothing may be published there at the slot's moment."""
    if silences.hold(page.region, slot.at):
        return "silence"
    return None if page.may_publish_on(slot.day) else "authority"


async def _create(
    uow: UnitOfWork,
    pages: Mapping[str, Page],
    days: Mapping[str, Iterable[date]],
    seen: Mapping[tuple[str, date], list[datetime]],
    extra: Mapping[tuple[str, date], list[datetime]],
    silences: Silences,
    counts: Counts,
    now: datetime,
) -> list[Slot]:
    campaign = await uow.campaign.find_campaign()
    norms = await uow.campaign.norms(pages)
    wanted = [
        (code, day, at)
        for code, norm in norms.items()
        for day in days[code]
        if campaign is None or campaign.starts <= day <= campaign.ends
        for at in planning.missing(norm, day, pages[code].zone, seen.get((code, day), ()), extra.get((code, day), ()))
        if at > now and pages[code].may_publish_on(day) and not silences.hold(pages[code].region, at)
    ]
    added = await uow.plan.add_slots(wanted)
    if added:
        ids = [slot.id for slot in added]
        await uow.journal.add(at=now, actor=0, action="slots.planned", object_="plan", payload={"slots": ids})
    for slot in added:
        counts[slot.page, slot.day][Measure.SLOTS] += 1
    return added


async def _fill(
    uow: UnitOfWork, pages: Mapping[str, Page], empty: list[Slot], counts: Counts, now: datetime, rules: PlanRules
) -> None:
    """Slots far enough ahead first, in the order of their moments; each takes its page's oldest text approved with its
    line; where nothing fresh waits, an evergreen one that has rested."""
    texts = {code: deque(await uow.drafts.approved_for_page(code)) for code in sorted({slot.page for slot in empty})}
    resting = await Resting.load(uow, [pages[code] for code in texts])
    wanted = [pages[code] for code, some in texts.items() if some or resting.by_page.get(code)]
    crew = await Crew.load(uow, wanted, now, rules)
    lines = await Lines.load(uow, chain(*texts.values(), *resting.by_page.values()))
    owners = await Owners.load(uow, wanted)
    notices: list[Notice] = []
    steps: list[DueTask] = []
    for slot in sorted(empty, key=lambda s: (s.at < now + rules.lead, s.at, s.page)):
        waiting, page = texts[slot.page], pages[slot.page]
        fresh = chain(timing.in_turn(waiting, slot.at), resting.on(slot))
        allowed = (one for one in fresh if owners.allow(page, one.draft_id))
        text = next((one for one in allowed if lines.allow(page, slot.day, one)), None)
        person = None if text is None else crew.choose(slot)
        if text is None or person is None:
            reason = EmptyReason.NO_PERSON if text else EmptyReason.NO_TEXT
            if slot.empty_reason is not reason:
                await uow.plan.save_slot(replace(slot, empty_reason=reason))
            continue
        if text in waiting:
            waiting.remove(text)
        else:
            resting.take(slot, text)
        filled, assignment = await _take(uow, slot, text, person, now)
        crew.note(person, filled)
        notices += staffing.told(assignment, person, now, rules) + owners.told(filled, now, rules.owner_notice)
        step = staffing.first_step(filled, now, rules)
        if step is not None:
            steps.append(step)
            if slot.version > 1:  # it may have had a ladder before: then its key gets this step
                await uow.tasks.reschedule(step.key, step.due_at, step.params)
        counts[slot.page, slot.day][Measure.FILLED] += 1
    await uow.outbox.add(*notices)
    await uow.tasks.add(*steps)


async def _take(
    uow: UnitOfWork, slot: Slot, text: ApprovedDraft, person: Person, now: datetime
) -> tuple[Slot, Assignment]:
    """An empty slot takes a text and a person."""
    filled = await uow.plan.save_slot(
        replace(
            slot,
            state=SlotState.FILLED,
            empty_reason=None,
            draft_id=text.draft_id,
            draft_version=text.version,
            again=text.again,
        )
    )
    assignment = await uow.plan.put_assignment(filled, person.id, AssignmentState.ASSIGNED, substitute=False, now=now)
    await uow.journal.add(
        at=now,
        actor=0,
        action="slot.filled",
        object_=slot.subject,
        version=filled.version,
        payload={"draft": text.draft_id, "assignment": assignment.id},
    )
    return filled, assignment


# -- what is told -----------------------------------------------------------------------------------------------------------


async def _report_empty(uow: UnitOfWork, pages: Iterable[Page], day: date, zone: str, now: datetime) -> None:
    """One message per press secretary and day; a later zone's report replaces the one before."""
    views = await uow.plan.slots_of_day(day, [page.code for page in pages])
    regions = {view.region for view in views if view.slot.state is SlotState.EMPTY}
    told = {actor.id: actor for region in sorted(regions) for actor in await staffing.press(uow, region)}
    await uow.outbox.add(
        *(
            Notice(
                kind="empty.slots",
                subject=f"empty:{day}",
                due_at=planning.outside_quiet(actor.person, now),
                dedup_key=f"empty.slots:{actor.id}:{zone}:{day}",
                person_id=actor.id,
                priority=Priority.DIGEST,
                params={"day": day.isoformat()},
            )
            for actor in told.values()
        )
    )
