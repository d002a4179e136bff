"""What follows from an emergency stop and from its end; run as due tasks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.halts import Halt, Scope
from domain.notices import CardCopy, DueTask, Guarantee, Notice, Priority, redrawn
from domain.pages import Page
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.halts import HeldWork
from domain.rights import DECIDERS
from domain.usecases import planning, rungs, urgent_card
from domain.usecases.publishing import Gate

_DAY = timedelta(days=1)
HELD = "not yet"
"""Why the outbox holds what a renderer said is not to go out now."""


async def began(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`halt.began`: cards lose their text, everybody with something to post hears "stop", keepers and managers hear why."""
    halt = await uow.halts.get(int(task.params["halt"]))
    if not halt.in_force:
        return
    work = await uow.halts.open_work(halt.scope)
    shown: set[int] = set()
    notices: list[Notice] = []
    for one in work:
        copies = await uow.cards.of_subject(one.assignment.subject)
        await uow.outbox.cancel(one.assignment.subject, ["reminder"])
        notices += [_reminder_gone(halt, one, copy, now) for copy in copies if copy.purpose == "reminder"]
        if any(copy.purpose == "assignment" for copy in copies):
            shown.add(one.assignment.person_id)
            notices.append(_card_stopped(halt, one, now))
    for person in sorted({one.assignment.person_id for one in work}):
        await rungs.redraw_live(uow, person, f"halt:{halt.id}", now)
    told = {one.assignment.person_id for one in work} - shown
    notices += [_to(halt, "halt.stop", person, now, Priority.DECISION) for person in sorted(told)]
    await uow.outbox.add(*notices)
    pages = {page.code for page in pages_of((await uow.campaign.pages()).values(), halt.scope)}
    await urgent_card.stopped_or_not(uow, pages, f"halt:{halt.id}", now)
    await _tell_those_who_answer(uow, halt, "halt.told", now)


def _card_stopped(halt: Halt, one: HeldWork, now: datetime) -> Notice:
    return Notice(
        kind="halt.card",
        subject=one.assignment.subject,
        due_at=now,
        dedup_key=f"halt.card:{halt.id}:{one.assignment.id}",
        person_id=one.assignment.person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"assignment": one.assignment.id},
    )


def _reminder_gone(halt: Halt, one: HeldWork, copy: CardCopy, now: datetime) -> Notice:
    return redrawn("reminder.done", copy, f"halt:{halt.id}", now, {"assignment": one.assignment.id})


def _to(halt: Halt, kind: str, person_id: int, now: datetime, priority: Priority) -> Notice:
    return Notice(
        kind=kind,
        subject=halt.subject,
        due_at=now,
        dedup_key=f"{kind}:{halt.id}:{person_id}",
        person_id=person_id,
        guarantee=Guarantee.A,
        priority=priority,
        params={"halt": halt.id},
    )


async def _tell_those_who_answer(uow: UnitOfWork, halt: Halt, kind: str, now: datetime) -> None:
    """Keepers of the pages, and everybody who may let it go on; whoever did it knows."""
    pages = pages_of((await uow.campaign.pages()).values(), halt.scope)
    people = {page.keeper_id for page in pages if page.keeper_id is not None}
    people |= {actor.id for actor in await uow.people.holders(DECIDERS, halt.region)}
    people -= {halt.by_id} if kind == "halt.told" else {halt.lifted_by or 0}
    await uow.outbox.add(*(_to(halt, kind, person, now, Priority.DECISION) for person in sorted(people)))


def pages_of(pages: Iterable[Page], scope: Scope) -> list[Page]:
    """Those that are meant."""
    return [page for page in pages if scope.covers(page.region, page.code)]


async def lifted(uow: UnitOfWork, task: DueTask, *, now: datetime, rules: PlanRules) -> None:
    """`halt.lifted`: cards come back with their text, in the order of their moments; gaps are planned again."""
    halt = await uow.halts.get(int(task.params["halt"]))
    gate = await Gate.load(uow)
    pages = {page.code: page for page in pages_of((await uow.campaign.pages()).values(), halt.scope)}
    free = {code: page for code, page in pages.items() if gate.stopped(page) is None}
    by_person: dict[int, list[HeldWork]] = defaultdict(list)
    for one in await uow.halts.open_work(halt.scope):
        if one.page in free:
            by_person[one.assignment.person_id].append(one)
    for person_id, work in by_person.items():
        # "You may post again" is true when a silence that began meanwhile is over, too (H8): until then it waits.
        again = min(now if gate.is_open(free[one.page], now) else gate.opens(free[one.page], now) for one in work)
        await uow.outbox.add(replace(_to(halt, "halt.over", person_id, now, Priority.DECISION), due_at=again))
        await uow.outbox.release(person_id, HELD, now)
        for one in work:
            if any(copy.purpose == "assignment" for copy in await uow.cards.of_subject(one.assignment.subject)):
                await uow.outbox.add(_again(halt, one, now))
    await urgent_card.stopped_or_not(uow, free, f"over:{halt.id}", now)
    days = {code: [page.local_day(now), page.local_day(now) + _DAY] for code, page in free.items()}
    await planning.plan_days(uow, free.values(), days, now=now, rules=rules)
    await _tell_those_who_answer(uow, halt, "halt.ended", now)


def _again(halt: Halt, one: HeldWork, now: datetime) -> Notice:
    """The card with its text takes the place of the one that said stop."""
    return Notice(
        kind="assignment.card",
        subject=one.assignment.subject,
        due_at=now,
        dedup_key=f"assignment.card:{one.assignment.id}:halt:{halt.id}",
        person_id=one.assignment.person_id,
        guarantee=Guarantee.A,
        priority=Priority.ASSIGNMENT,
        params={"assignment": one.assignment.id, "again": True},
    )
