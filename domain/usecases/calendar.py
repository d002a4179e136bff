"""The day's due work: once for every zone in which pages live, under unique keys.

Wall-clock hours are turned into moments with zoneinfo, so that days of 23 and 25 hours need no special case.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.notices import DueTask
from domain.ports import UnitOfWork
from domain.usecases import patterns, praise, silence_cards

_END_OF_DAY = time(23, 59)
_LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Hours:
    """Local wall-clock hours of the daily round."""

    plan_morning: time
    plan_evening: time
    figures: time
    manager: time


def moment(day: date, clock: time, zone: str) -> datetime:
    """The moment at which `zone`'s clock first shows (or jumps over) `clock` on `day`, in UTC."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


async def lay_out(uow: UnitOfWork, _: DueTask | None, *, now: datetime, hours: Hours) -> None:
    """Make sure that today's and tomorrow's round exists everywhere, and that this runs again tomorrow."""
    pages = await uow.campaign.pages()
    campaign = await uow.campaign.find_campaign()
    for zone in sorted({page.zone for page in pages.values()}):
        today = now.astimezone(ZoneInfo(zone)).date()
        for day in (today, today + timedelta(days=1)):
            await uow.tasks.add(
                *(
                    DueTask(
                        f"{kind}:{zone}:{day}",
                        kind,
                        f"zone:{zone}",
                        moment(day, clock, zone),
                        {"zone": zone, "day": day.isoformat()},
                    )
                    for kind, clock in (
                        ("plan.morning", hours.plan_morning),
                        ("plan.evening", hours.plan_evening),
                        ("figures.ask", hours.figures),
                        ("day.close", _END_OF_DAY),
                    )
                )
            )
    await _close_days_that_were_slept_through(uow, now)
    if campaign is not None:
        today = campaign.today(now)
        for day in (today, today + timedelta(days=1)):
            key = f"manager.evening:{day}"
            await uow.tasks.add(
                DueTask(
                    key,
                    "manager.evening",
                    "campaign",
                    moment(day, hours.manager, campaign.zone),
                    {"day": day.isoformat()},
                )
            )
    await silence_cards.lay_out(uow, now=now)
    await patterns.lay_out(uow, now=now)
    await praise.lay_out(uow, now=now)
    tomorrow = (now + timedelta(days=1)).date()
    await uow.tasks.add(
        DueTask(f"calendar:{tomorrow}", "calendar", "campaign", datetime.combine(tomorrow, time(0, 5), UTC))
    )


async def _close_days_that_were_slept_through(uow: UnitOfWork, now: datetime) -> None:
    """After an outage of days, or a jump of the clock: open slots of days whose round was never laid out."""
    late = await uow.plan.open_slots_between(now - _LOOK_BACK, now)
    days = {(v.zone, v.slot.day) for v in late if v.slot.day < now.astimezone(ZoneInfo(v.zone)).date()}
    await uow.tasks.add(
        *(
            DueTask(
                f"day.close:{zone}:{day}",
                "day.close",
                f"zone:{zone}",
                moment(day, _END_OF_DAY, zone),
                {"zone": zone, "day": day.isoformat()},
            )
            for zone, day in sorted(days)
        )
    )
