"""Praise: a line below somebody's own proof, and on Mondays a word to a region's group when its pages kept their norm."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.notices import DueTask, Notice, Priority
from domain.people import EVERYWHERE, Actor
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.praise import LOOKED_BACK, Praise, praise_of
from domain.rights import Action, ensure_may

WEEK = "praise.week"
MONDAY, AT = 0, time(11)
_DAY = timedelta(days=1)


async def of_proof(uow: UnitOfWork, actor: Actor, assignment_id: int) -> Praise | None:
    """What to say to the person who has just proven this. Read-only."""
    assignment = await uow.plan.get_assignment(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=assignment.person_id == actor.id)
    if assignment.state is not AssignmentState.POSTED:
        return None
    results = await uow.reminders.results(actor.id, LOOKED_BACK)
    return praise_of(results) if results and results[0].at == assignment.at else None


async def lay_out(uow: UnitOfWork, *, now: datetime) -> None:
    """Today's and tomorrow's rounds, where it is Monday and regions have groups; called with the calendar's."""
    bound = {chat.region for chat in await uow.staff_chats.of_regions([EVERYWHERE])}
    regions = (await uow.campaign.regions()).values() if bound else ()
    for zone in sorted({region.zone for region in regions if region.code in bound}):
        today = now.astimezone(ZoneInfo(zone)).date()
        for day in (today, today + _DAY):
            if day.weekday() == MONDAY:
                due = datetime.combine(day, AT, ZoneInfo(zone)).astimezone(UTC)
                params = {"zone": zone, "day": day.isoformat()}
                await uow.tasks.add(DueTask(f"{WEEK}:{zone}:{day}", WEEK, f"zone:{zone}", due, params))


async def week(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """`praise.week`: the groups of regions of this zone whose pages all kept their norm last week."""
    monday = date.fromisoformat(task.params["day"])
    for region in (await uow.campaign.regions()).values():
        if region.zone != task.params["zone"] or not await uow.reminders.kept(region.code, monday - 7 * _DAY, monday):
            continue
        for chat in await uow.staff_chats.showing(region.code):
            if chat.region != region.code:
                continue  # a group of the whole campaign would hear of every region
            await uow.outbox.add(
                Notice(
                    WEEK,
                    f"region:{region.code}",
                    now,
                    f"{WEEK}:{chat.id}:{monday}",
                    chat_id=chat.chat_id,
                    priority=Priority.BULK,
                    params={"staff_chat": chat.id, "region": region.code, "day": monday.isoformat()},
                )
            )


@dataclass(frozen=True)
class TeamWeek:
    """A region's week: how many posts; everything that was wanted came."""

    region: str
    posts: int


async def team_week(uow: UnitOfWork, code: str, monday: date) -> TeamWeek | None:
    """As it stands when it is said; None when something is known to be missing by now. Read-only."""
    region = (await uow.campaign.regions()).get(code)
    posts = await uow.reminders.kept(code, monday - 7 * _DAY, monday)
    return None if region is None or not posts else TeamWeek(region.name, posts)
