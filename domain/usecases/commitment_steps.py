"""Reminders of commitments and news about them: of the ladder only the next step exists; nothing goes to a group."""

from datetime import date, datetime, timedelta

from domain.commitments import WEEK, Commitment, CommitmentState, Step, next_step
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import EVERYWHERE, Actor
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.rights import LEADERS

STEP = "commitment.step"
REMIND = "commitment.remind"


async def lay(uow: UnitOfWork, one: Commitment, now: datetime) -> None:
    """The next reminder of an open one; nothing any more of one that is settled."""
    await uow.outbox.cancel(one.subject, [REMIND])
    if one.settled:
        await uow.tasks.cancel(one.subject)
    if one.state is not CommitmentState.OPEN:
        return
    person = await uow.people.get(one.person_id)
    step = next_step(one.due, person, await _off(uow, one), now)
    if step is None:
        await uow.tasks.cancel(one.subject)
        return
    about = {"commitment": one.id, "step": step[0].value, "due": one.due.isoformat()}
    task = DueTask(one.subject, STEP, one.subject, step[1], about)
    if await uow.tasks.find(task.key) is None:
        await uow.tasks.add(task)
    await uow.tasks.reschedule(task.key, task.due_at, task.params)


async def _off(uow: UnitOfWork, one: Commitment) -> set[date]:
    declared = await uow.availability.get(one.person_id)
    days = (one.due - timedelta(days=n) for n in range(WEEK + 1))
    return {day for day in days if declared.is_day_off(day)}


async def step(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`commitment.step`: the person is reminded unless they are away; on the day after whoever leads hears of it too."""
    one = await uow.commitments.get(int(task.params["commitment"]))
    if one.state is not CommitmentState.OPEN or one.due.isoformat() != task.params["due"]:
        return
    reached = Step(task.params["step"])
    if one.person_id not in await uow.away.absent(now):
        await _remind(uow, one, one.person_id, reached, now)
    if reached is Step.AFTER:
        for leader in await leaders(uow, one):
            await _remind(uow, one, leader.id, reached, now)
        return
    await lay_following(uow, one, now)


async def lay_following(uow: UnitOfWork, one: Commitment, now: datetime) -> None:
    """The step after this one; what was just said stays queued."""
    person = await uow.people.get(one.person_id)
    following = next_step(one.due, person, await _off(uow, one), now)
    if following is not None:
        about = {"commitment": one.id, "step": following[0].value, "due": one.due.isoformat()}
        await uow.tasks.reschedule(one.subject, following[1], about)


async def leaders(uow: UnitOfWork, one: Commitment) -> list[Actor]:
    """Who wrote it down for the person, else the region's managers, else those of the whole campaign."""
    near = await uow.people.holders(LEADERS, one.region, exactly=True)
    found = near or await uow.people.holders(LEADERS, EVERYWHERE)
    others = [leader for leader in found if leader.id != one.person_id]
    asked = await uow.people.find_actor_by_person(one.by_id)
    if asked is not None and asked.id != one.person_id and asked.holds(LEADERS, one.region):
        return [asked]
    return others


async def _remind(uow: UnitOfWork, one: Commitment, reader: int, reached: Step, now: datetime) -> None:
    person = await uow.people.get(reader)
    await uow.outbox.add(
        Notice(
            REMIND,
            one.subject,
            outside_quiet(person, now),
            f"{REMIND}:{one.id}:{one.due.isoformat()}:{reached.value}:{reader}",
            person_id=reader,
            params={"commitment": one.id, "step": reached.value, "due": one.due.isoformat()},
        )
    )


async def ask(uow: UnitOfWork, one: Commitment, now: datetime, *, before: int | None = None) -> None:
    """To the person of whom a manager asks it; `before`: whose it was, when it comes with what they leave behind."""
    person = await uow.people.get(one.person_id)
    await uow.outbox.add(
        Notice(
            "commitment.asked",
            one.subject,
            outside_quiet(person, now),
            f"commitment.asked:{one.id}:{one.version}",
            person_id=person.id,
            guarantee=Guarantee.A,
            priority=Priority.ASSIGNMENT,
            params={"commitment": one.id, "before": before},
        )
    )


async def tell(uow: UnitOfWork, actor: Actor, one: Commitment, event: str, now: datetime) -> None:
    """To the other of the two whom it concerns: who promised and who asked for it."""
    for reader in sorted({one.person_id, one.by_id} - {actor.id}):
        person = await uow.people.get(reader)
        await uow.outbox.add(
            Notice(
                "commitment.told",
                one.subject,
                outside_quiet(person, now),
                f"commitment.told:{one.id}:{one.version}:{reader}",
                person_id=reader,
                priority=Priority.DIGEST,
                params={"commitment": one.id, "event": event, "by": actor.id},
            )
        )
