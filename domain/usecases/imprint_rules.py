"""Putting imprint rules in force: when a plan is loaded and at the midnights at which a line begins or ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain import imprints as rules_of
from domain import timing
from domain.drafts import Draft, DraftState
from domain.imprints import WARN_DAYS, BoundLine, ImprintRule, Pack, in_force, line_for, may_carry
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import BY_RULES, Page
from domain.people import Actor, Role
from domain.plan import EmptyReason, Slot, SlotState
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.ports.imprints import Concerned, Relined
from domain.rights import DECIDERS
from domain.routing import promised, who_decides
from domain.usecases import staffing
from domain.usecases.calendar import moment

TURN, WARN = "imprints.turn", "imprints.warn"
_SUBJECT = "imprints"
_AHEAD = timedelta(days=60)
_HOURS = 2.0
"""Until when what came back is wanted: it was approved before, and its slot may be near."""
_WARNED_AT = time(9)
_TOLD = frozenset({Role.MANAGER, Role.PRESS_SECRETARY})
_OWNERS = frozenset({Role.OWNER})


async def load(
    uow: UnitOfWork, pack: Pack | None, rules: Iterable[ImprintRule], before: Mapping[str, Page], now: datetime
) -> None:
    """In the transaction that loads a plan, after its pages. `before`: the pages as they were."""
    known = list(rules)
    await uow.imprints.save(pack, known)
    pages = await uow.campaign.pages()
    await _put_in_force(uow, before, pages, known, now)
    await uow.tasks.cancel(_SUBJECT, [TURN, WARN])
    await uow.tasks.add(*_turns(pages.values(), known, now))
    campaign = await uow.campaign.find_campaign()
    if campaign is not None:
        today = campaign.today(now)
        for rule in known:
            await _lay_out_warning(uow, rule, _left_alone(rule, pages.values(), known), campaign.zone, today, now)


async def turn(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:  # noqa: ARG001 - tasks share a signature
    """`imprints.turn`: midnight where a line begins or ends."""
    pages = await uow.campaign.pages()
    await _put_in_force(uow, pages, pages, await uow.imprints.rules(), now)
    key = f"plan.recheck:imprints:{now.isoformat()}"
    await uow.tasks.add(DueTask(key, "plan.recheck", "campaign", now))


def _turns(pages: Iterable[Page], rules: Sequence[ImprintRule], now: datetime) -> list[DueTask]:
    days = {
        (page.zone, edge)
        for page in pages
        if page.by_rules
        for rule in rules
        if rule.covers(page)
        for edge in rules_of.edges(rule)
    }
    tasks = [
        DueTask(f"{TURN}:{zone}:{edge}", TURN, _SUBJECT, moment(edge, time(0), zone)) for zone, edge in sorted(days)
    ]
    return [task for task in tasks if task.due_at > now]


# --- in force --------------------------------------------------------------------------------------------------------


async def _put_in_force(
    uow: UnitOfWork, before: Mapping[str, Page], pages: Mapping[str, Page], rules: Sequence[ImprintRule], now: datetime
) -> None:
    """Each page gets the line of its day; what stands in the plan or in the queue with another one comes back."""
    after = {code: in_force(page, page.local_day(now), rules) for code, page in pages.items()}
    await uow.imprints.set_lines(page for code, page in after.items() if page != pages[code])
    emptied = await _empty_slots(uow, before, after, rules, now)
    lined = {code: page for code, page in after.items() if page.has_line_on(page.local_day(now))}
    changed = [code for code, page in lined.items() if code in before and before[code].imprint != page.imprint]
    back = await _bring_back(uow, before, {code: lined[code] for code in changed}, now) if changed else 0
    lost = [page for code, page in after.items() if code not in lined and _had_line(before.get(code))]
    if lost:
        await _tell(uow, "imprint.none", lost, f"imprint.none:{now.isoformat()}", {}, now)
    if changed or lost or emptied:
        counts = {"pages": len(changed), "without": len(lost), "slots": emptied, "texts": back}
        await uow.journal.add(at=now, actor=0, action="imprints.in_force", object_="campaign", payload=counts)


def _had_line(page: Page | None) -> bool:
    return page is not None and page.imprint_rule != BY_RULES


async def _empty_slots(
    uow: UnitOfWork,
    before: Mapping[str, Page],
    pages: Mapping[str, Page],
    rules: Sequence[ImprintRule],
    now: datetime,
) -> int:
    """Texts whose line is not that of their slot's day leave the plan; whoever had them is told."""
    views = await uow.plan.open_slots_between(now, now + _AHEAD)
    filled = [v.slot for v in views if v.slot.state is SlotState.FILLED and v.slot.draft_id and v.slot.page in pages]
    if not filled:
        return 0
    approved = await uow.imprints.lines_of({slot.draft_id for slot in filled if slot.draft_id})
    emptied = 0
    for slot in filled:
        lines = approved.get((slot.draft_id or 0, slot.draft_version or 0))
        if lines is None and slot.page in before:  # decided before lines were recorded: it was read with the page's
            lines = (BoundLine(slot.page, "", before[slot.page].imprint),)
        page = pages[slot.page]
        if not may_carry(lines, slot.page, line_for(page, slot.day, rules)):
            await _empty(uow, slot, page, now)
            emptied += 1
    return emptied


async def _empty(uow: UnitOfWork, slot: Slot, page: Page, now: datetime) -> None:
    await staffing.cancel_open(uow, slot, now, "imprint")
    empty = await staffing.leave_empty(uow, slot, page, now)
    await uow.plan.save_slot(replace(empty, empty_reason=EmptyReason.NO_TEXT))


# --- bringing back ---------------------------------------------------------------------------------------------------


async def _bring_back(uow: UnitOfWork, before: Mapping[str, Page], changed: Mapping[str, Page], now: datetime) -> int:
    """Texts that were read with another line get a version of the same words, which waits to be approved with the new one."""
    texts: dict[int, list[Concerned]] = {}
    for one in await uow.imprints.concerned(changed):
        if one.state is DraftState.SUBMITTED or not may_carry(one.lines or (), one.page, changed[one.page].imprint):
            texts.setdefault(one.draft_id, []).append(one)
    regions: set[str] = set()
    for draft_id, some in texts.items():
        page = some[0].page
        region = await _again(uow, draft_id, before[page].imprint, changed[page].imprint, now)
        if region is not None:
            regions.add(region)
    told = {actor.id: actor for region in sorted(regions) for actor in await staffing.press(uow, region)}
    await uow.outbox.add(*(_changed(actor, now) for actor in told.values()))
    return len(texts)


async def _again(uow: UnitOfWork, draft_id: int, old: str, new: str, now: datetime) -> str | None:
    """A version of the same words. Returns the region whose press secretaries are asked, if it was approved before."""
    draft = await uow.drafts.get(draft_id)
    approved = draft.state is DraftState.APPROVED
    before = await uow.imprints.find_relined(draft_id, draft.version)
    if not approved and before is not None and before.approved:
        old = before.old  # nobody has decided since: the line that was approved is the one before that
    was_approved = approved or (before is not None and before.approved)
    decide_by = draft.decide_by
    if approved:
        holders = await uow.people.holders(DECIDERS, draft.region)
        asked = who_decides(draft.region, holders, draft.author_id, absent=await uow.away.absent(now))
        decide_by = timing.decide_by(draft, promised(now, _HOURS, (actor.person for actor in asked)), now)
    waits = replace(draft, state=DraftState.SUBMITTED, decide_by=decide_by, settled_at=None, updated_at=now)
    if approved and not await uow.drafts.set_state(waits, {DraftState.APPROVED}):
        return None
    fresh = replace(waits, version=draft.version + 1)
    if not await uow.drafts.save_content(fresh, draft.version):
        return None
    await uow.talk.carry_appeal(draft_id, draft.version, fresh.version)
    await uow.imprints.add_relined(Relined(draft_id, fresh.version, was_approved, old, new, now))
    await uow.journal.add(
        at=now,
        actor=0,
        action="draft.relined",
        object_=draft.subject,
        version=fresh.version,
        payload={"was": was_approved},
    )
    await uow.tasks.add(*_asked_again(fresh, now))
    return draft.region if was_approved else None


def _asked_again(fresh: Draft, now: datetime) -> list[DueTask]:
    """Open cards and queues are redrawn; what lies too long is asked for as everything else."""
    params = {"draft": fresh.id, "version": fresh.version}
    number = f"{fresh.id}:{fresh.version}"
    return [
        DueTask(f"relined:{number}", "draft.submitted", fresh.subject, now, {**params, "what": "relined"}),
        DueTask(f"overdue:{number}", "draft.overdue", fresh.subject, fresh.decide_by or now, params),
    ]


def _changed(actor: Actor, now: datetime) -> Notice:
    return Notice(
        kind="imprint.changed",
        subject=_SUBJECT,
        due_at=outside_quiet(actor.person, now),
        dedup_key=f"imprint.changed:{actor.id}:{now.isoformat()}",
        person_id=actor.id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
    )


# --- warnings --------------------------------------------------------------------------------------------------------


def _left_alone(rule: ImprintRule, pages: Iterable[Page], rules: Sequence[ImprintRule]) -> list[Page]:
    """Pages whose line the rule gives on its last day, and that have none on the next."""
    if rule.expires is None:
        return []
    last, after = rule.expires, rule.expires + timedelta(days=1)
    return [
        page
        for page in pages
        if page.by_rules and rules_of.imprint_for(page, last, rules) == rule and line_for(page, after, rules) is None
    ]


async def ending(uow: UnitOfWork, rule_id: str, expires: date) -> tuple[ImprintRule | None, list[Page]]:
    """The rule, if it still ends then, and the pages that it leaves without a line. Read-only."""
    rules = await uow.imprints.rules()
    rule = next((one for one in rules if one.id == rule_id and one.expires == expires), None)
    if rule is None:
        return None, []
    return rule, _left_alone(rule, (await uow.campaign.pages()).values(), rules)


async def _lay_out_warning(
    uow: UnitOfWork, rule: ImprintRule, pages: Sequence[Page], zone: str, today: date, now: datetime
) -> None:
    """The next warning, or the last one that is past already; each only once (see the notice's key)."""
    if rule.expires is None or not pages or rule.expires < today:
        return
    steps = [(days, moment(rule.expires - timedelta(days=days), _WARNED_AT, zone)) for days in WARN_DAYS]
    past = [(days, now) for days, at in steps if at <= now]
    days, at = past[-1] if past else steps[0]
    params = {"rule": rule.id, "expires": rule.expires.isoformat(), "days": days, "zone": zone}
    key = f"{WARN}:{rule.id}:{rule.expires}"
    await uow.tasks.add(DueTask(key, WARN, _SUBJECT, at, params))


async def warn(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`imprints.warn`: one of the three warnings; then the next takes its place."""
    expires, days = date.fromisoformat(task.params["expires"]), int(task.params["days"])
    rule, pages = await ending(uow, task.params["rule"], expires)
    if rule is None or not pages:
        return
    params = {"rule": rule.id, "expires": expires.isoformat()}
    await _tell(uow, "imprint.ending", pages, f"imprint.ending:{rule.id}:{expires}:{days}", params, now)
    for later in WARN_DAYS[WARN_DAYS.index(days) + 1 :]:
        at = moment(expires - timedelta(days=later), _WARNED_AT, task.params["zone"])
        if at > now:
            await uow.tasks.reschedule(task.key, at, {**task.params, "days": later})
            return


async def _tell(
    uow: UnitOfWork, kind: str, pages: Iterable[Page], key: str, params: Mapping[str, str], now: datetime
) -> None:
    """To managers and press secretaries of the pages' regions; to the owners where there are none."""
    told: dict[int, Actor] = {}
    for region in sorted({page.region for page in pages}):
        holders = await uow.people.holders(_TOLD, region) or await uow.people.holders(_OWNERS, region)
        told |= {actor.id: actor for actor in holders}
    await uow.outbox.add(
        *(
            Notice(
                kind=kind,
                subject=_SUBJECT,
                due_at=outside_quiet(actor.person, now),
                dedup_key=f"{key}:{actor.id}",
                person_id=actor.id,
                priority=Priority.REMINDER,
                params=params,
            )
            for actor in told.values()
        )
    )
