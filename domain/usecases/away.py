"""Being away: who is asked in the meantime, what is not planned, and coming back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain import away as rules
from domain.away import Absence, AlreadyAway, NotEligible
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import EVERYWHERE, Actor
from domain.plan import OPEN_ASSIGNMENTS
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, RULES, Action, ensure_may
from domain.routing import who_decides

BEGIN, END = "away.begin", "away.end"
"""Due tasks of an absence: its queue is handed over; it is over."""


@dataclass(frozen=True)
class AwayView:
    """The reader's absence, if there is one. `planned`: posts they have in that time. `decides`: they have a queue.

    `deputy_gone`: who was to decide in their place cannot (any more), so others are asked.
    """

    absence: Absence | None
    deputy: str = ""
    planned: int = 0
    decides: bool = False
    deputy_gone: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------


async def look(uow: UnitOfWork, actor: Actor, *, now: datetime) -> AwayView:
    """Whether the reader is away or will be."""
    ensure_may(actor, Action.AWAY)
    return await _view(uow, actor, await uow.away.of_person(actor.id, now), now)


async def deputies(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[Actor]:
    """Who may decide everywhere where the actor does, can be reached and stays: a deputy gets no right of the actor's."""
    ensure_may(actor, Action.AWAY)
    regions = actor.regions(DECIDERS)
    away = {absence.person_id for absence in await uow.away.open(now)}
    found: dict[int, Actor] = {}
    able: set[int] | None = None
    for region in sorted(regions):
        holders = {holder.id: holder for holder in await uow.people.holders(DECIDERS, region)}
        found |= holders
        able = set(holders) if able is None else able & set(holders)
    chosen = [found[number] for number in able or () if number != actor.id and number not in away]
    return sorted((one for one in chosen if one.person.reachable), key=lambda one: (one.person.name, one.id))


async def of_people(uow: UnitOfWork, actor: Actor, people: Iterable[int], *, now: datetime) -> Mapping[int, Absence]:
    """Absences of these people, for lists of the team."""
    ensure_may(actor, Action.TEAM_SEE)
    return {absence.person_id: absence for absence in await uow.away.open(now, people)}


async def in_regions(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[tuple[str, Absence]]:
    """Who is away now in the reader's regions, with names: for the manager's digest."""
    regions = actor.regions(RULES[Action.TEAM_SEE].roles)
    absences = [absence for absence in await uow.away.open(now) if absence.covers(now)]
    found = []
    for absence in absences:
        member = await uow.people.find_member(absence.person_id)
        if member is None or absence.person_id == actor.id:
            continue
        where = {member.person.region, *(m.region for m in member.memberships)}
        if EVERYWHERE in regions or where & regions:
            found.append((member.person.name, absence))
    return found


# --- writing ---------------------------------------------------------------------------------------------------------


async def leave(
    uow: UnitOfWork, actor: Actor, *, tomorrow: bool, until: date, deputy_id: int | None, now: datetime
) -> AwayView:
    """Away from now or from tomorrow to the end of `until`; the deputy is asked instead, and told."""
    ensure_may(actor, Action.AWAY)
    starts, ends = rules.span(actor.person, now, tomorrow=tomorrow, until=until)
    if deputy_id is not None and deputy_id not in {one.id for one in await deputies(uow, actor, now=now)}:
        raise NotEligible
    absence = await uow.away.add(actor.id, starts, ends, deputy_id, now)
    if absence is None:
        raise AlreadyAway
    about = {"absence": absence.id}
    await uow.tasks.add(DueTask(f"{END}:{absence.id}", END, absence.subject, ends, about))
    if tomorrow:
        await uow.tasks.add(DueTask(f"{BEGIN}:{absence.id}", BEGIN, absence.subject, starts, about))
    else:
        await _hand_over(uow, absence, now)
    await _tell(uow, "away.deputy", absence, deputy_id, now)
    days = {"from": starts.isoformat(), "until": ends.isoformat(), "deputy": deputy_id}
    await uow.journal.add(at=now, actor=actor.number, action="away.begin", object_=f"person:{actor.id}", payload=days)
    return await _view(uow, actor, absence, now)


async def come_back(uow: UnitOfWork, actor: Actor, absence_id: int, *, now: datetime) -> AwayView:
    """The end before its time, or before it began; done already, nothing follows."""
    ensure_may(actor, Action.AWAY)
    absence = await uow.away.find(absence_id)
    if absence is not None and absence.person_id == actor.id:
        await _over(uow, absence, now)
        await uow.journal.add(at=now, actor=actor.number, action="away.end", object_=f"person:{actor.id}")
    return await look(uow, actor, now=now)


async def begin(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`away.begin`: from here on others are asked."""
    absence = await uow.away.find(int(task.params["absence"]))
    if absence is not None:
        await _hand_over(uow, absence, now)


async def end(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`away.end`: the time is over; a line of welcome."""
    absence = await uow.away.find(int(task.params["absence"]))
    if absence is None:
        return
    await _over(uow, absence, now)
    await _tell(uow, "away.back", absence, absence.person_id, now)
    await uow.journal.add(at=now, actor=0, action="away.end", object_=f"person:{absence.person_id}")


# --- inside ----------------------------------------------------------------------------------------------------------


async def _view(uow: UnitOfWork, actor: Actor, absence: Absence | None, now: datetime) -> AwayView:
    decides = bool(actor.regions(DECIDERS))
    if absence is None:
        return AwayView(None, decides=decides)
    names = await uow.people.names([absence.deputy_id] if absence.deputy_id else [])
    views = await uow.plan.views_of_person(actor.id, absence.starts, absence.ends)
    planned = sum(view.assignment.state in OPEN_ASSIGNMENTS for view in views)
    gone = absence.deputy_id is not None and not await _stands_in(uow, actor, absence, now)
    return AwayView(absence, names.get(absence.deputy_id or 0, ""), planned, decides, gone)


async def _stands_in(uow: UnitOfWork, actor: Actor, absence: Absence, now: datetime) -> bool:
    """Whether the deputy may decide wherever the actor does, and is there."""
    deputy = await uow.people.find_actor_by_person(absence.deputy_id or 0)
    theirs = deputy.regions(DECIDERS) if deputy is not None else frozenset()
    if EVERYWHERE not in theirs and not actor.regions(DECIDERS) <= theirs:
        return False
    return absence.deputy_id not in await uow.away.absent(max(now, absence.starts))


async def _over(uow: UnitOfWork, absence: Absence, now: datetime) -> None:
    await uow.away.remove(absence.id)
    await uow.tasks.cancel(absence.subject)
    unheard = await uow.outbox.cancel(absence.subject)
    if not unheard:
        await _tell(uow, "away.deputy.done", absence, absence.deputy_id, now)
    person = await uow.people.find_actor_by_person(absence.person_id)
    if person is not None and absence.starts <= now:
        await _ring(uow, person, f"back:{absence.id}", now)


async def _hand_over(uow: UnitOfWork, absence: Absence, now: datetime) -> None:
    """Whoever is asked instead hears of what waits: the deputy, or who comes next in the routing."""
    person = await uow.people.find_actor_by_person(absence.person_id)
    if person is None or not person.regions(DECIDERS):
        return
    waiting = await uow.drafts.waiting(person.regions(DECIDERS), person.id)
    absent = await uow.away.absent(now)
    told: dict[int, Actor] = {}
    for region in sorted({draft.region for draft in waiting}):
        holders = await uow.people.holders(DECIDERS, region)
        before, after = who_decides(region, holders, 0), who_decides(region, holders, 0, absent=absent)
        if any(actor.id == person.id for actor in before):
            told |= {actor.id: actor for actor in after if actor.id != person.id}
    for actor in told.values():
        await _ring(uow, actor, f"away:{absence.id}", now)


async def _ring(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> None:
    """Their queue message anew, when something waits."""
    if not actor.regions(DECIDERS):
        return
    await uow.outbox.add(
        Notice(
            "queue",
            f"queue:{actor.id}",
            outside_quiet(actor.person, now),
            f"queue:{actor.id}:{mark}",
            person_id=actor.id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"draft": 0, "ask": True, "again": True},
        )
    )


async def _tell(uow: UnitOfWork, kind: str, absence: Absence, reader: int | None, now: datetime) -> None:
    if reader is None:
        return
    person = await uow.people.get(reader)
    await uow.outbox.add(
        Notice(
            kind,
            absence.subject,
            outside_quiet(person, now),
            f"{kind}:{absence.id}:{reader}",
            person_id=reader,
            priority=Priority.DIGEST,
            params={"absence": absence.id, "person": absence.person_id},
        )
    )
