"""The weekly card about an author's own decisions: for them alone, on Sunday evening."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.notices import DueTask, Notice, Priority
from domain.patterns import ENOUGH, LOOKED_BACK, Pattern, pattern_of
from domain.people import Actor
from domain.planning import outside_quiet
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may

SUNDAY = 6
AT = time(18)


async def lay_out(uow: UnitOfWork, *, now: datetime) -> None:
    """Today's and tomorrow's rounds, where it is Sunday; called with the calendar's."""
    for zone in await uow.talk.zones_decided(now - LOOKED_BACK):
        today = now.astimezone(ZoneInfo(zone)).date()
        for day in (today, today + timedelta(days=1)):
            if day.weekday() == SUNDAY:
                params = {"zone": zone, "day": day.isoformat()}
                due = datetime.combine(day, AT, ZoneInfo(zone)).astimezone(UTC)
                key = f"pattern.week:{zone}:{day}"
                await uow.tasks.add(DueTask(key, "pattern.week", f"zone:{zone}", due, params))


async def week(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`pattern.week`: a card for each author on this clock of whom there is enough to say."""
    day = date.fromisoformat(task.params["day"])
    for author in await uow.talk.authors_decided(task.params["zone"], now - LOOKED_BACK, ENOUGH):
        person = await uow.people.get(author)
        await uow.outbox.add(
            Notice(
                "pattern.week",
                f"person:{author}",
                outside_quiet(person, now),
                f"pattern.week:{author}:{day}",
                person_id=author,
                priority=Priority.DIGEST,
                params={"at": now.isoformat()},
            )
        )


async def view(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[Pattern | None, bool]:
    """The actor's own pattern, and whether the weekly card is switched off."""
    ensure_may(actor, Action.SETTINGS)
    made = pattern_of(await uow.talk.outcomes(actor.id, now - LOOKED_BACK), now)
    return made, await uow.talk.is_muted(actor.id)


async def mute(uow: UnitOfWork, actor: Actor, *, muted: bool, now: datetime) -> tuple[Pattern | None, bool]:
    """No weekly card any more, or again one."""
    ensure_may(actor, Action.SETTINGS)
    await uow.talk.mute(actor.id, muted=muted, now=now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="settings.change",
        object_=f"person:{actor.id}",
        payload={"weekly_card": not muted},
    )
    return await view(uow, actor, now=now)
