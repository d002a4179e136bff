"""Publishing in spite of a silence, and ending a mourning early: two different people, with a reason, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import NotFound
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, LEADERS, Action, ensure_may, may
from domain.silence import (
    SPANS,
    Blackout,
    LeaderToLift,
    Lift,
    LiftKind,
    LiftOver,
    NobodyToLift,
    NotSilentNow,
    SilenceGone,
    confirmed,
    ensure_reason,
)
from domain.usecases.silence_desk import LiftView, lift_view
from domain.usecases.silences import Silences

REASON = "lift.reason"
"""Expectation: why it shall be lifted; what and where is in the parameters."""
LIFTED, AGAIN = "silence.lifted", "silence.again"
"""Kinds of the due tasks that follow a lift, and its end."""


@dataclass(frozen=True)
class Wish:
    """What is asked to be lifted, before its reason. `hours` 0: the early end of a mourning."""

    silence: Blackout
    region: str
    region_name: str
    hours: int


async def choose(uow: UnitOfWork, actor: Actor, silence_id: int, key: str, hours: int, *, now: datetime) -> Wish:
    """Silence, place and hours were tapped: the reason is asked for. `key`: "*" or the key of a region."""
    silence = await _named(uow, silence_id)
    regions = await uow.campaign.regions()
    region = next((code for code in regions if page_key(code) == key), None) if key != EVERYWHERE else EVERYWHERE
    if region is None:
        raise NotFound("region")
    if silence.region != EVERYWHERE or not hours:
        region = silence.region
    await _ensure_wanted(uow, actor, silence, region, hours, now)
    wanted = {"silence": silence_id, "starts": silence.starts.isoformat(), "region": region, "hours": hours}
    await uow.expectations.set(actor.id, REASON, f"silence:{silence_id}", now=now, params=wanted, hours=1)
    name = regions[region].name if region in regions else ""
    return Wish(silence, region, name, hours)


async def _named(uow: UnitOfWork, silence_id: int) -> Blackout:
    try:
        return await uow.silences.get(silence_id)
    except NotFound:
        raise SilenceGone from None


async def _ensure_wanted(
    uow: UnitOfWork, actor: Actor, silence: Blackout, region: str, hours: int, now: datetime
) -> list[Actor]:
    """Everybody who could be the second; raise why it cannot be proposed."""
    ensure_may(actor, Action.SILENCE_LIFT, region)
    if hours == 0:
        if not silence.by_hand:
            raise SilenceGone
    elif hours not in SPANS or not any(
        silence.contains(now, zone) for zone in (await Silences.load(uow)).zones(region)
    ):
        raise NotSilentNow
    leads = actor.holds(LEADERS, region)
    others = [a for a in await uow.people.holders(DECIDERS if leads else LEADERS, region) if a.id != actor.id]
    if not any(other.person.reachable for other in others):
        raise NobodyToLift(leader=not leads)
    return others


async def propose(
    uow: UnitOfWork, actor: Actor, wanted: Mapping[str, str | int], text: str, *, now: datetime
) -> LiftView:
    """The reason completes the first yes: everybody who could be the second is asked."""
    reason, region, hours = ensure_reason(text), str(wanted["region"]), int(wanted["hours"])
    silence = await _named(uow, int(wanted["silence"]))
    if silence.starts.isoformat() != wanted["starts"]:
        raise SilenceGone
    others = await _ensure_wanted(uow, actor, silence, region, hours, now)
    kind = LiftKind.OVERRIDE if hours else LiftKind.END
    lift = await uow.silences.add_lift(kind, silence.key, region, hours, reason, actor.id, now)
    await uow.expectations.clear(actor.id, REASON)
    await uow.outbox.add(*(notice(lift, "silence.asked", other.id, now) for other in others))
    await _record(uow, actor, lift, "silence.lift_wanted", now)
    return await lift_view(uow, actor, lift, None, now)


def notice(lift: Lift, kind: str, person_id: int, now: datetime) -> Notice:
    """A word about a lift to one person."""
    return Notice(
        kind=kind,
        subject=lift.subject,
        due_at=now,
        dedup_key=f"{kind}:{lift.id}:{person_id}",
        person_id=person_id,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"lift": lift.id},
    )


async def _record(uow: UnitOfWork, actor: Actor, lift: Lift, action: str, now: datetime) -> None:
    of = {"region": lift.of[0], "starts": lift.of[1].isoformat(), "ends": lift.of[2].isoformat()}
    payload = {"kind": lift.kind.value, "of": of, "region": lift.region, "hours": lift.hours, "reason": lift.reason}
    await uow.journal.add(
        at=now, actor=actor.number, action=action, object_=lift.subject, version=lift.version, payload=payload
    )


async def look(uow: UnitOfWork, actor: Actor, lift_id: int, *, now: datetime) -> LiftView:
    """A lift as it stands. Read-only."""
    lift = await uow.silences.get_lift(lift_id)
    ensure_may(actor, Action.SILENCE_LIFT, lift.region)
    return await lift_view(uow, actor, lift, None, now)


async def confirm(uow: UnitOfWork, actor: Actor, lift_id: int, *, now: datetime) -> LiftView:
    """The second yes, by another entitled person within the hour: it holds from this commit on."""
    lift = await uow.silences.get_lift(lift_id)
    ensure_may(actor, Action.SILENCE_LIFT, lift.region)
    made = confirmed(lift, actor.id, now)
    first = await uow.people.find_actor_by_person(lift.by_id)
    if first is None or not may(first, Action.SILENCE_LIFT, lift.region):
        raise LiftOver
    if not actor.holds(LEADERS, lift.region) and not first.holds(LEADERS, lift.region):
        raise LeaderToLift
    if await uow.silences.find(lift.of) is None:
        raise SilenceGone
    saved = await uow.silences.save_lift(made)
    if lift.kind is LiftKind.END and not await uow.silences.end(lift.of):
        raise SilenceGone
    await uow.outbox.cancel(lift.subject, ["silence.asked"])
    await uow.tasks.add(DueTask(f"{LIFTED}:{lift.id}", LIFTED, lift.subject, now, {"lift": lift.id}))
    if saved.until is not None and lift.kind is LiftKind.OVERRIDE:
        await uow.tasks.add(DueTask(f"{AGAIN}:{lift.id}", AGAIN, lift.subject, saved.until, {"lift": lift.id}))
    await _record(uow, actor, saved, "silence.lifted", now)
    return await lift_view(uow, actor, saved, None, now)


async def drop(uow: UnitOfWork, actor: Actor, lift_id: int, *, now: datetime) -> LiftView:
    """One person is enough for the safe side: a wish is refused or taken back, an override ends at once."""
    lift = await uow.silences.get_lift(lift_id)
    ensure_may(actor, Action.SILENCE_LIFT, lift.region)
    if lift.holds(now):
        lift = await uow.silences.save_lift(replace(lift, until=now, dropped_at=now))
        await uow.tasks.cancel(lift.subject, [AGAIN])
        await uow.tasks.add(DueTask(f"{AGAIN}:{lift.id}:early", AGAIN, lift.subject, now, {"lift": lift.id}))
    elif lift.waits(now):
        lift = await uow.silences.save_lift(replace(lift, dropped_at=now))
        await uow.outbox.cancel(lift.subject, ["silence.asked"])
    else:
        raise LiftOver
    await _record(uow, actor, lift, "silence.lift_dropped", now)
    return await lift_view(uow, actor, lift, None, now)
