"""Summaries that come by themselves: who gets which at what hour of their own clock, and laying out the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import NotFound
from domain.notices import DueTask, Notice, Priority
from domain.people import Actor, Person
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may, may
from domain.status import Seen
from domain.status_periods import PeriodView, Place, Span, month_before, week_before
from domain.usecases.calendar import moment
from domain.usecases.campaign_days import today_of
from domain.usecases.status_periods import of_spans

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Digest:
    """`kind` is that of its task and of its notice; `field` its hour among what is remembered of a reader.

    `next_day`: the first local day, the given one or later, on which it comes.
    """

    kind: str
    field: str
    next_day: Callable[[date], date]


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _first(day: date) -> date:
    return day if day.day == 1 else (day.replace(day=28) + 4 * DAY).replace(day=1)


DIGESTS = {
    "daily": Digest("status.daily", "daily_at", lambda day: day),
    "weekly": Digest("status.weekly", "weekly_at", _monday),
    "monthly": Digest("status.monthly", "monthly_at", _first),
}
"""By the word in their buttons. Kinds are a contract: subscriptions outlive an upgrade."""
_BY_KIND = {one.kind: one for one in DIGESTS.values()}


def _subject(person_id: int) -> str:
    return f"status:{person_id}"


async def subscribe(uow: UnitOfWork, actor: Actor, name: str, at: time | None, *, now: datetime) -> datetime | None:
    """Have a summary sent at `at` of the reader's clock, or (None) no more; returns when the next one comes."""
    ensure_may(actor, Action.STATUS)
    digest = DIGESTS.get(name)
    if digest is None:
        raise NotFound("digest")
    await uow.status.subscribe(actor.id, **{digest.field: at})
    await uow.tasks.cancel(_subject(actor.id), [digest.kind])
    await uow.outbox.cancel(_subject(actor.id), [digest.kind])
    await _journal(uow, actor, {digest.field: at.isoformat("minutes") if at else None}, now)
    return None if at is None else await _next(uow, digest, actor.id, actor.person.zone, at, now)


async def clock_changed(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Whoever lives by another clock gets the next ones at the same hours of that one, and none besides."""
    seen = await uow.status.seen(person.id)
    for digest in DIGESTS.values():
        at: time | None = getattr(seen, digest.field)
        if at is not None:
            await uow.tasks.cancel(_subject(person.id), [digest.kind])
            await _next(uow, digest, person.id, person.zone, at, now)


async def set_pictured(uow: UnitOfWork, actor: Actor, pictured: bool, *, now: datetime) -> Seen:
    """Whether the week's and the month's summary come with their chart."""
    ensure_may(actor, Action.STATUS)
    await uow.status.subscribe(actor.id, pictured=pictured)
    await _journal(uow, actor, {"pictured": pictured}, now)
    return await uow.status.seen(actor.id)


async def _journal(uow: UnitOfWork, actor: Actor, payload: dict[str, object], now: datetime) -> None:
    await uow.journal.add(
        at=now, actor=actor.number, action=Action.STATUS.value, object_=f"person:{actor.id}", payload=payload
    )


async def _next(uow: UnitOfWork, digest: Digest, person_id: int, zone: str, at: time, now: datetime) -> datetime:
    """Have the summary made at the next `at` of the reader's clock."""
    day = digest.next_day(now.astimezone(ZoneInfo(zone)).date())
    due = moment(day, at, zone)
    if due <= now:
        day = digest.next_day(day + DAY)
        due = moment(day, at, zone)
    key, params = f"{digest.kind}:{person_id}:{day}", {"person": person_id}
    await uow.tasks.add(DueTask(key, digest.kind, _subject(person_id), due, params))
    # That day's may have run already at an earlier hour: the key is then given its new one.
    await uow.tasks.reschedule(key, due, params)
    return due


async def send(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """Due: send this reader's summary and lay out the next one, on the clock they have now."""
    digest = _BY_KIND[task.kind]
    person_id = int(task.params["person"])
    at = getattr(await uow.status.seen(person_id), digest.field)
    if at is None:
        return
    person = await uow.people.get(person_id)
    await _next(uow, digest, person_id, person.zone, at, now)
    actor = await uow.people.find_actor_by_person(person_id)
    if actor is None or not may(actor, Action.STATUS):
        return
    await uow.outbox.add(
        Notice(
            kind=digest.kind,
            subject=_subject(person_id),
            due_at=now,
            dedup_key=f"{digest.kind}:{person_id}:{task.due_at.isoformat()}",
            person_id=person_id,
            priority=Priority.DIGEST,
        )
    )


async def week(uow: UnitOfWork, actor: Actor, *, now: datetime) -> PeriodView:
    """The last whole week beside the one before. Read-only."""
    return await _past(uow, actor, week_before, now)


async def month(uow: UnitOfWork, actor: Actor, *, now: datetime) -> PeriodView:
    """The last whole calendar month beside the one before. Read-only."""
    return await _past(uow, actor, month_before, now)


async def _past(
    uow: UnitOfWork, actor: Actor, stretch: Callable[[date], tuple[Span, Span]], now: datetime
) -> PeriodView:
    here, before = stretch(await today_of(uow, now))
    return await of_spans(uow, actor, here, before, Place(), now=now)
