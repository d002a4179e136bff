"""A person's assignments: the day, one of them, its card once more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain import timing
from domain.errors import Conflict
from domain.handout import ensure_public
from domain.notices import Priority
from domain.people import Actor
from domain.plan import (
    OPEN_ASSIGNMENTS,
    Assignment,
    AssignmentClosed,
    AssignmentState,
)
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.ports.record import Expectation
from domain.rights import Action, ensure_may
from domain.spot_checks import SpotCheck
from domain.targets import Campaign
from domain.usecases import imprints, staffing
from domain.usecases.campaign_days import not_running
from domain.usecases.publishing import Gate

ASKED_ON_CARD = ("proof.link", "proof.picture", "question.text", "decline.note", "out.link", "swap.name")
"""Expectations whose question stands where the card was."""


async def my_open(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int | None) -> AssignmentView:
    """The actor's own open assignment at the version they saw (None: whatever it is)."""
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=view.assignment.person_id == actor.id)
    if view.assignment.state is not AssignmentState.ASSIGNED:
        raise AssignmentClosed(view.assignment.state)
    ensure_version(view.assignment, version)
    return view


def ensure_version(assignment: Assignment, version: int | None) -> None:
    if version is not None and assignment.version != version:
        raise Conflict


@dataclass(frozen=True)
class MyDay:
    """A person's assignments of today and tomorrow on their own clock; what is open since yesterday is of today.

    `again`: those that came back after a look at their proof, by slot.
    """

    today: tuple[AssignmentView, ...]
    tomorrow: tuple[AssignmentView, ...]
    again: Mapping[int, SpotCheck] = field(default_factory=dict)
    not_running: Campaign | None = None
    """The campaign, when there is nothing to do because it has not begun or is over."""


async def my_day(uow: UnitOfWork, actor: Actor, *, now: datetime) -> MyDay:
    """/today. Read-only."""
    ensure_may(actor, Action.TODAY)
    start, middle, end = days_of(actor, now)
    views = await uow.plan.views_of_person(actor.id, start - timedelta(days=1), end)
    # A page far in the west still has the day that is over where the person lives; so has what was given back.
    today = tuple(
        v
        for v in views
        if v.assignment.at < middle and (v.assignment.at >= start or v.assignment.state in OPEN_ASSIGNMENTS)
    )
    late = [v for v in today if v.assignment.state is AssignmentState.ASSIGNED and v.assignment.at < now]
    tomorrow = tuple(v for v in views if v.assignment.at >= middle)
    outside = None if today or tomorrow else await not_running(uow, now)
    return MyDay(today, tomorrow, await _given_back(uow, late), outside)


async def _given_back(uow: UnitOfWork, late: Iterable[AssignmentView]) -> dict[int, SpotCheck]:
    """Looks that gave a post back to the very person who has it, by slot."""
    found = {}
    for view in late:
        check = await uow.proofs.find_check(view.slot.id)
        if check is not None and check.assignment_id == view.assignment.id and check.is_open:
            found[view.slot.id] = check
    return found


def days_of(actor: Actor, now: datetime) -> tuple[datetime, datetime, datetime]:
    """The person's midnights around today and tomorrow."""
    midnight = actor.person.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic: a day of 23 or 25 hours ends at its midnight.
    return midnight, midnight + timedelta(days=1), midnight + timedelta(days=2)


async def overdue(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[AssignmentView, ...]:
    """The person's of today whose moment has passed without a link; what was given back has its own time, a stop holds.

    Read-only.
    """
    start, _, _ = days_of(actor, now)
    views = await uow.plan.views_of_person(actor.id, start, now)
    late = [view for view in views if view.assignment.state is AssignmentState.ASSIGNED and not view.halted]
    again = await _given_back(uow, late)
    return tuple(view for view in late if view.slot.id not in again or again[view.slot.id].is_over(now))


async def look(uow: UnitOfWork, actor: Actor, assignment_id: int) -> AssignmentView:
    """One of the person's own, however it stands. Read-only."""
    view = await uow.plan.view(assignment_id)
    ensure_may(actor, Action.ASSIGNMENT_ANSWER, mine=view.assignment.person_id == actor.id)
    return view


async def look_open(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int) -> AssignmentView:
    """One of the person's own that is open and as they saw it. Read-only."""
    return await my_open(uow, actor, assignment_id, version)


async def left(uow: UnitOfWork, asked: Expectation, now: datetime) -> None:
    """What was asked on somebody's card is asked no longer: the card gets its buttons back."""
    if asked.kind in ASKED_ON_CARD:
        await staffing.restore(uow, await uow.plan.get_assignment(asked.subject_id), now)


async def instead(uow: UnitOfWork, actor: Actor, view: AssignmentView, now: datetime) -> None:
    """Something is about to be asked on this card: a question on another one of the person's is forgotten."""
    asked = await uow.expectations.find(actor.id, now)
    if asked is not None and asked.subject != view.assignment.subject:
        await left(uow, asked, now)


async def stop_asking(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """[Back]: the next message answers nothing any more."""
    for kind in ASKED_ON_CARD:
        await uow.expectations.clear(actor.id, kind)
    return await shown(uow, await look(uow, actor, assignment_id), now)


async def shown(uow: UnitOfWork, view: AssignmentView, now: datetime) -> AssignmentView:
    """For whatever is drawn: `held` in a silence (H8), a stop, without its line (H3) or authority, under embargo, past its end."""
    view = await with_check(uow, view)
    gate = await Gate.load(uow)
    silence = gate.silences.at(view.page.region, now)
    if silence is not None:
        return replace(view, held=True, silence=silence.kind, silent_until=gate.silences.end(view.page.region, now))
    free = gate.is_open(view.page, now) and await imprints.holds(uow, view, now) and timing.fits(view, now)
    return replace(view, held=not free)


async def with_check(uow: UnitOfWork, view: AssignmentView) -> AssignmentView:
    """With what became of a look that gave it back to its person."""
    if view.assignment.state is not AssignmentState.ASSIGNED:
        return view
    check = (await _given_back(uow, [view])).get(view.slot.id)
    return view if check is None else replace(view, check=check.state)


async def resend(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """Bring the card to the bottom of the chat again; refused in a silence (H8) or a stop: it carries copy-ready text."""
    view = await look(uow, actor, assignment_id)
    if view.assignment.state not in OPEN_ASSIGNMENTS:
        return view
    (await Gate.load(uow)).ensure_open(view.page, actor.person.zone, now)
    await imprints.ensure_holds(uow, view, now)
    timing.ensure_current(view, actor.person.zone, now)
    ensure_public(view.not_before, actor.person.zone, now)
    key = f"assignment.card:{assignment_id}:{view.assignment.version}:{now.isoformat()}"
    offered = view.assignment.state is AssignmentState.OFFERED
    await uow.outbox.cancel(view.assignment.subject, ["assignment.card", "substitute.offer"])
    await uow.outbox.add(
        replace(
            staffing.card(view.assignment, now),
            kind="substitute.offer" if offered else "assignment.card",
            dedup_key=key,
            priority=Priority.DECISION,
            params={"assignment": assignment_id, "again": True},
        )
    )
    return view
