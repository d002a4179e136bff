"""Requests for access: a stranger asks, the first of those responsible decides, the stranger is told."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.consent import DECLINED, GRANTED, OPEN, REQUEST_KEPT, AlreadyRequested, RequestDecided
from domain.errors import NotFound
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor, AlreadyJoined, Role
from domain.ports import UnitOfWork
from domain.ports.people import AccessRequest
from domain.rights import Action, ensure_may
from domain.usecases import invites
from domain.usecases.join import Visitor

FORGET = "access.forget"
"""Kind of the due task that deletes a request after the time that was promised."""


@dataclass(frozen=True)
class Decided:
    """How a request ended, for the screen of whoever decided."""

    request: AccessRequest
    region_name: str


def subject_of(request_id: int) -> str:
    return f"access:{request_id}"


async def deciders(uow: UnitOfWork, region: str) -> list[Actor]:
    """Coordinators of the region; managers when there is none who can be reached; then owners."""
    for role in (Role.COORDINATOR, Role.MANAGER, Role.OWNER):
        found = [a for a in await uow.people.holders(frozenset({role}), region) if a.person.reachable]
        if found:
            return found
    return []


async def request(uow: UnitOfWork, visitor: Visitor, region: str, *, now: datetime, language: str) -> int:
    """Keep what the stranger agreed to send, and put it before those who decide; returns the request's number."""
    actor = await uow.people.find_actor(visitor.telegram_id)
    if actor is not None and actor.memberships:
        raise AlreadyJoined(actor.memberships[0].role, actor.memberships[0].region)
    if region not in await uow.campaign.regions():
        raise NotFound("region")
    request_id = await uow.people.add_request(
        telegram_id=visitor.telegram_id,
        name=visitor.name,
        username=visitor.username,
        language=language,
        region=region,
        now=now,
    )
    if request_id is None:
        raise AlreadyRequested
    subject = subject_of(request_id)
    for decider in await deciders(uow, region):
        await uow.outbox.add(
            Notice(
                kind="access.request",
                subject=subject,
                due_at=now,
                dedup_key=f"access.request:{request_id}:{decider.id}",
                person_id=decider.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"request": request_id},
            )
        )
    await uow.tasks.add(DueTask(f"{FORGET}:{request_id}", FORGET, subject, now + REQUEST_KEPT, {"request": request_id}))
    await uow.journal.add(at=now, actor=0, action="access.request", object_=subject, payload={"region": region})
    return request_id


async def decide(uow: UnitOfWork, actor: Actor, request_id: int, *, grant: bool, now: datetime, hours: int) -> Decided:
    """Let the stranger in as a volunteer or decline; the first tap wins and every copy of the card is redrawn.

    Letting in makes a single-use invite, since they still have to give their consent. Its code stands in the
    notice until that is sent.
    """
    found = await uow.people.find_request(request_id)
    if found is None:
        raise NotFound("request")
    ensure_may(actor, Action.ACCESS_DECIDE, found.region)
    state = GRANTED if grant else DECLINED
    if found.state != OPEN or not await uow.people.decide_request(request_id, state, actor.id, now):
        by = await uow.people.names([found.decided_by or 0])
        raise RequestDecided(found.state, next(iter(by.values()), ""))
    code = await invites.create(uow, actor, Role.VOLUNTEER, found.region, now=now, hours=hours) if grant else ""
    await _tell(uow, found, now, code)
    await uow.journal.add(
        at=now, actor=actor.number, action=f"access.{'grant' if grant else 'decline'}", object_=subject_of(request_id)
    )
    region = (await uow.campaign.regions()).get(found.region)
    return Decided(replace(found, state=state, decided_by=actor.id), region.name if region else found.region)


async def _tell(uow: UnitOfWork, found: AccessRequest, now: datetime, code: str) -> None:
    """The stranger hears the answer; copies of the card show it, also those still on their way."""
    subject = subject_of(found.id)
    await uow.outbox.add(
        Notice(
            kind="access.decided",
            subject=subject,
            due_at=now,
            dedup_key=f"access.decided:{found.id}",
            chat_id=found.telegram_id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"language": found.language, "request": found.id, "code": code},
        )
    )
    holding = {copy.person_id for copy in await uow.cards.of_subject(subject, "access")}
    for person_id in holding | {decider.id for decider in await deciders(uow, found.region)}:
        await uow.outbox.add(
            Notice(
                kind="access.redraw",
                subject=subject,
                due_at=now,
                dedup_key=f"access.redraw:{found.id}:{person_id}",
                person_id=person_id,
                guarantee=Guarantee.A,
                params={"request": found.id},
            )
        )


async def forget(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """The promised time is over: the request is deleted, and where its answer was sent."""
    await delete(uow, int(task.params["request"]), now=now)


async def delete(uow: UnitOfWork, request_id: int, *, now: datetime) -> None:
    """Decided or not, with where its answer was sent."""
    await uow.people.delete_request(request_id)
    await uow.outbox.forget_strangers(subject_of(request_id))
    await uow.journal.add(at=now, actor=0, action=FORGET, object_=subject_of(request_id))
