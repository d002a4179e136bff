"""When somebody posts: their hours, their limits, their days off; what they have already is theirs to keep or to pass on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zlib import crc32

from domain import availability as declaring
from domain.availability import FARTHEST_DAY, LONGEST_LEAD, Availability, BadAmount, ensure_amount, ensure_day
from domain.errors import Conflict
from domain.norms import Window
from domain.people import Actor, Person
from domain.plan import AssignmentState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.rights import Action, ensure_may
from domain.typed_hours import read_days, read_hours
from domain.usecases import days, handing_on, rungs

HOURS_TEXT, DAYS_TEXT = "hours.text", "hours.days"
"""Expectations: the next message says which hours, which days off."""
_AHEAD = timedelta(days=FARTHEST_DAY + 1)


@dataclass(frozen=True)
class HoursView:
    """What the reader declared. `outside`: posts they have that no longer fit, and of which they have not said what becomes."""

    declared: Availability
    today: date
    outside: tuple[AssignmentView, ...] = ()

    @property
    def mark(self) -> int:
        """Which posts were asked about: an answer to others is none."""
        return crc32(" ".join(str(view.assignment.id) for view in self.outside).encode())


# --- reading ---------------------------------------------------------------------------------------------------------


async def look(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HoursView:
    """/hours. Read-only."""
    ensure_may(actor, Action.HOURS)
    return await _view(uow, actor, await uow.availability.get(actor.id), now)


async def look_as(uow: UnitOfWork, actor: Actor, person: Person, *, now: datetime) -> HoursView:
    """The same for somebody whose settings have just become those of `person`. Read-only."""
    return await look(uow, replace(actor, person=person), now=now)


async def _view(uow: UnitOfWork, actor: Actor, declared: Availability, now: datetime) -> HoursView:
    today = actor.person.local(now).date()
    asked = set(await uow.availability.asked(actor.id))
    held = await _held(uow, actor, now) if asked else []
    outside = [v for v in held if v.assignment.id in asked and not declared.allows(actor.person, v.assignment.at)]
    return HoursView(declared, today, tuple(outside))


async def _held(uow: UnitOfWork, actor: Actor, now: datetime) -> list[AssignmentView]:
    views = await uow.plan.views_of_person(actor.id, now, now + _AHEAD)
    return [view for view in views if view.assignment.state is AssignmentState.ASSIGNED]


# --- changing --------------------------------------------------------------------------------------------------------


async def set_window(uow: UnitOfWork, actor: Actor, window: Window, *, on: bool, now: datetime) -> HoursView:
    """One stretch of the day more or less; with none left it is all day."""
    before = await _mine(uow, actor)
    hours = declaring.merged((*before.hours, window)) if on else declaring.without(before.hours, window)
    return await _save(uow, actor, before, replace(before, hours=hours), now)


async def set_all_day(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HoursView:
    before = await _mine(uow, actor)
    return await _save(uow, actor, before, replace(before, hours=()), now)


async def ask_for(uow: UnitOfWork, actor: Actor, kind: str, *, now: datetime) -> HoursView:
    """The next message answers `HOURS_TEXT` or `DAYS_TEXT`."""
    view = await look(uow, actor, now=now)
    await uow.expectations.set(actor.id, kind, f"person:{actor.id}", now=now)
    return view


async def write_hours(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> HoursView:
    """Typed: in the place of all hours; what cannot be read leaves everything as it is, and the question open."""
    before = await _mine(uow, actor)
    after = replace(before, hours=read_hours(text))
    await uow.expectations.clear(actor.id, HOURS_TEXT)
    return await _save(uow, actor, before, after, now)


async def set_weekday(uow: UnitOfWork, actor: Actor, weekday: int, *, on: bool, now: datetime) -> HoursView:
    """`weekday`: ISO number."""
    before = await _mine(uow, actor)
    return await _save(uow, actor, before, declaring.with_weekday(before, weekday, on=on), now)


async def set_daily_cap(uow: UnitOfWork, actor: Actor, most: int | None, *, now: datetime) -> HoursView:
    """None: as many as the campaign's plan gives at most."""
    before = await _mine(uow, actor)
    return await _save(uow, actor, before, replace(before, daily_cap=ensure_amount(most)), now)


async def set_lead(uow: UnitOfWork, actor: Actor, minutes: int | None, *, now: datetime) -> HoursView:
    """How long before a post they are reminded; None: as is usual on its page."""
    before = await _mine(uow, actor)
    longest = int(LONGEST_LEAD.total_seconds()) // 60
    if minutes is not None and not 1 <= minutes <= longest:
        raise BadAmount(longest)
    lead = None if minutes is None else timedelta(minutes=minutes)
    return await _save(uow, actor, before, replace(before, lead=lead), now)


async def set_reminders(uow: UnitOfWork, actor: Actor, most: int | None, *, now: datetime) -> HoursView:
    """At most so many reminders a day; None: as many as is usual."""
    before = await _mine(uow, actor)
    return await _save(uow, actor, before, replace(before, reminders_a_day=ensure_amount(most)), now)


async def set_at_night(uow: UnitOfWork, actor: Actor, *, on: bool, now: datetime) -> HoursView:
    """The explicit yes (or no) to posts in one's own quiet hours."""
    before = await _mine(uow, actor)
    return await _save(uow, actor, before, replace(before, at_night=on), now)


async def _mine(uow: UnitOfWork, actor: Actor) -> Availability:
    ensure_may(actor, Action.HOURS)
    return await uow.availability.get(actor.id)


async def _save(uow: UnitOfWork, actor: Actor, before: Availability, after: Availability, now: datetime) -> HoursView:
    if after == before:
        return await _view(uow, actor, after, now)
    await uow.availability.save(after)
    await rungs.retime_person(uow, actor.id, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="hours.change", object_=f"person:{actor.id}", payload=_facts(after)
    )
    return await _reconsider(uow, actor, before, after, now)


def _facts(declared: Availability) -> dict[str, object]:
    return {
        "hours": [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in declared.hours],
        "weekdays": sorted(declared.weekdays),
        "cap": declared.daily_cap,
        "lead": None if declared.lead is None else int(declared.lead.total_seconds()) // 60,
        "night": declared.at_night,
        "reminders": declared.reminders_a_day,
    }


async def clock_changed(uow: UnitOfWork, actor: Actor, person: Person, *, now: datetime) -> None:
    """Their zone or quiet hours are others now (`person`; `actor` has those of before): what fits no longer is asked about."""
    declared = await uow.availability.get(actor.id)
    fitted = await _reconsider(uow, replace(actor, person=person), declared, declared, now, actor.person)
    if fitted.outside:
        await uow.availability.save(declared)
        await uow.availability.note_asked(actor.id, [view.assignment.id for view in fitted.outside])


async def _reconsider(
    uow: UnitOfWork,
    actor: Actor,
    before: Availability,
    after: Availability,
    now: datetime,
    person_before: Person | None = None,
) -> HoursView:
    """What fitted and fits no longer is asked about; nothing is dropped silently."""
    was = person_before or actor.person
    asked = set(await uow.availability.asked(actor.id))
    outside = []
    for view in await _held(uow, actor, now):
        at = view.assignment.at
        new = before.allows(was, at) or view.assignment.id in asked
        if new and not after.allows(actor.person, at):
            outside.append(view)
    found = {view.assignment.id for view in outside}
    if found != asked:
        await uow.availability.note_asked(actor.id, found)
    return HoursView(after, actor.person.local(now).date(), tuple(outside))


# --- days off --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayOff:
    """A day off was set or taken back. `returned`: posts that came back with it; `gone`: somebody else has them by now."""

    view: HoursView
    day: date
    returned: tuple[AssignmentView, ...] = ()
    gone: int = 0


async def set_day_off(uow: UnitOfWork, actor: Actor, day: date, *, on: bool, now: datetime, rules: PlanRules) -> DayOff:
    """One day off more or less. What was handed on for it and nobody took comes back."""
    before = await _mine(uow, actor)
    if on:
        return DayOff(await _add_days(uow, actor, before, [day], now), day)
    if day not in before.days_off:
        return DayOff(await _view(uow, actor, before, now), day)
    back = await handing_on.give_back(uow, actor, await uow.availability.passed(actor.id, day), now, rules)
    await uow.availability.remove_day_off(actor.id, day)
    await _note(uow, actor, "day_off.removed", [day], now)
    after = replace(before, days_off=before.days_off - {day})
    return DayOff(await _reconsider(uow, actor, before, after, now), day, back.returned, back.gone)


async def write_days_off(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> HoursView:
    """Typed: these days are added."""
    before = await _mine(uow, actor)
    view = await _add_days(uow, actor, before, read_days(text, actor.person.local(now).date()), now)
    await uow.expectations.clear(actor.id, DAYS_TEXT)
    return view


async def _add_days(
    uow: UnitOfWork, actor: Actor, before: Availability, days: Sequence[date], now: datetime
) -> HoursView:
    today = actor.person.local(now).date()
    new = [ensure_day(day, today) for day in days if day not in before.days_off or day < today]
    if not new:
        return await _view(uow, actor, before, now)
    await uow.availability.save(before)  # what is asked about stands beside it
    for day in new:
        await uow.availability.add_day_off(actor.id, day)
    await _note(uow, actor, "day_off.added", new, now)
    return await _reconsider(uow, actor, before, replace(before, days_off=before.days_off | set(new)), now)


async def _note(uow: UnitOfWork, actor: Actor, action: str, days: Sequence[date], now: datetime) -> None:
    payload = {"days": [day.isoformat() for day in days]}
    await uow.journal.add(at=now, actor=actor.number, action=action, object_=f"person:{actor.id}", payload=payload)


# --- what they have already --------------------------------------------------------------------------------------------


async def keep(uow: UnitOfWork, actor: Actor, mark: int, *, now: datetime) -> HoursView:
    """[Keep them]: these stay theirs, whatever the hours say."""
    view = await _asked(uow, actor, mark, now)
    if view.outside:
        await uow.availability.note_asked(actor.id, ())
        for one in view.outside:  # a yes: they are reminded of these whatever the day
            await days.accept(uow, actor, one.assignment.id, None, now=now)
    return replace(view, outside=())


@dataclass(frozen=True)
class PassedOn:
    """`posts`: how many went on to others."""

    view: HoursView
    posts: int


async def pass_on(uow: UnitOfWork, actor: Actor, mark: int, *, now: datetime, rules: PlanRules) -> PassedOn:
    """[Pass them on]: somebody else is asked for each, at once."""
    view = await _asked(uow, actor, mark, now)
    if not view.outside:
        return PassedOn(view, 0)
    for day, some in _by_day(actor, view.outside).items():
        passed = await handing_on.hand_on(uow, actor, some, now, rules, day_off=view.declared.is_day_off(day))
        if day in view.declared.days_off:
            known = await uow.availability.passed(actor.id, day)
            await uow.availability.note_passed(actor.id, day, (*known, *passed))
    await uow.availability.note_asked(actor.id, ())
    return PassedOn(replace(view, outside=()), len(view.outside))


def _by_day(actor: Actor, views: Sequence[AssignmentView]) -> dict[date, list[AssignmentView]]:
    found: dict[date, list[AssignmentView]] = {}
    for view in views:
        found.setdefault(actor.person.local(view.assignment.at).date(), []).append(view)
    return found


async def _asked(uow: UnitOfWork, actor: Actor, mark: int, now: datetime) -> HoursView:
    """What is asked about now; `Conflict` when the button asked about something else. Answered already: nothing is asked."""
    view = await look(uow, actor, now=now)
    if view.outside and view.mark != mark:
        raise Conflict
    return view


# --- not today -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NotToday:
    """Today is a day off. `posts`: how many of the rest of today went on to others."""

    day: date
    posts: int


async def not_today(uow: UnitOfWork, actor: Actor, now: datetime, rules: PlanRules) -> NotToday:
    """[Can't today]: no reason is needed. Today becomes a day off, what is ahead of today goes on; a second tap changes nothing."""
    before = await _mine(uow, actor)
    person = actor.person
    today = person.local(now).date()
    if today not in before.days_off:
        await uow.availability.add_day_off(actor.id, today)
        await _note(uow, actor, "day_off.added", [today], now)
    midnight = person.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ahead = await uow.plan.views_of_person(actor.id, now, midnight)
    passed = await handing_on.hand_on(uow, actor, ahead, now, rules, day_off=True)
    if passed:
        known = await uow.availability.passed(actor.id, today)
        await uow.availability.note_passed(actor.id, today, (*known, *passed))
    return NotToday(today, len(passed))


async def after_all(uow: UnitOfWork, actor: Actor, day: date, *, now: datetime, rules: PlanRules) -> DayOff:
    """[I can after all]: the day off ends; what nobody took comes back."""
    return await set_day_off(uow, actor, day, on=False, now=now, rules=rules)
