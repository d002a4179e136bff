"""/silence: what holds where, and announcing a mourning by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotFound
from domain.halts import Scope
from domain.notices import DueTask
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.halts import HeldWork
from domain.rights import Action, ensure_may, may
from domain.silence import (
    CONFIRM_WITHIN,
    Blackout,
    Lift,
    Mourning,
    SameSilence,
    SilenceGone,
    ensure_reason,
    mourning_span,
    silence_at,
)
from domain.usecases.silences import Silences

REASON = "silence.reason"
"""Expectation: why a mourning is announced; its place and time are in the parameters."""
BEGAN = "silence.began"
"""Kind of the due task that tells everybody."""


@dataclass(frozen=True)
class LiftView:
    """A lift with the names in it. `region_name` and `silence.region_name`: empty for all regions."""

    lift: Lift
    silence: "SilenceView | None"
    region_name: str
    by: str
    confirmed_by: str


@dataclass(frozen=True)
class SilenceView:
    """`inside`: zones that are inside now, of all those it is meant for. `lifted`: the overrides that hold now."""

    silence: Blackout
    region_name: str
    inside: tuple[str, ...]
    zones: int
    lifted: tuple[Lift, ...]
    may_lift: bool


@dataclass(frozen=True)
class Desk:
    """/silence: what holds or is to come where the reader looks, what waits for a second yes, where they may announce."""

    silences: tuple[SilenceView, ...]
    waiting: tuple[LiftView, ...]
    regions: Mapping[str, str]
    everywhere: bool


async def desk(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Desk:
    """Read-only."""
    ensure_may(actor, Action.SILENCE)
    known = await _all(uow)
    names = {code: region.name for code, region in known.regions.items()}
    views = [_view(actor, known, silence, now) for silence in known.blackouts if _concerns(actor, silence)]
    waiting = [
        await lift_view(uow, actor, lift, known, now)
        for lift in await uow.silences.waiting(now - CONFIRM_WITHIN)
        if may(actor, Action.SILENCE_LIFT, lift.region)
    ]
    mine = {code: name for code, name in names.items() if may(actor, Action.SILENCE, code)}
    shown = tuple(view for view in views if not view.silence.over(now, known.zones(view.silence.region)))
    return Desk(shown, tuple(waiting), mine, may(actor, Action.SILENCE, EVERYWHERE))


def _concerns(actor: Actor, silence: Blackout) -> bool:
    return silence.region == EVERYWHERE or may(actor, Action.SILENCE, silence.region)


async def _all(uow: UnitOfWork) -> Silences:
    """With the regions, even while there is no silence at all."""
    return Silences(await uow.campaign.blackouts(), await uow.campaign.regions(), await uow.silences.lifts())


async def see(
    uow: UnitOfWork, actor: Actor, silence_id: int, *, now: datetime
) -> tuple[SilenceView, Mapping[str, str]]:
    """One silence, and the regions in which the reader could lift it. Read-only."""
    ensure_may(actor, Action.SILENCE)
    known = await _all(uow)
    silence = next((one for one in known.blackouts if one.id == silence_id and _concerns(actor, one)), None)
    if silence is None:
        raise SilenceGone
    mine = {code: r.name for code, r in known.regions.items() if may(actor, Action.SILENCE_LIFT, code)}
    return _view(actor, known, silence, now), mine if silence.region == EVERYWHERE else {}


def _view(actor: Actor, known: Silences, silence: Blackout, now: datetime) -> SilenceView:
    zones = sorted(known.zones(silence.region))
    region = known.regions.get(silence.region)
    return SilenceView(
        silence,
        "" if region is None else region.name,
        tuple(zone for zone in zones if silence.contains(now, zone)),
        len(zones),
        tuple(lift for lift in known.lifts if lift.of == silence.key and lift.holds(now)),
        may(actor, Action.SILENCE_LIFT, None if silence.region == EVERYWHERE else silence.region),
    )


async def lift_view(uow: UnitOfWork, actor: Actor, lift: Lift, known: Silences | None, now: datetime) -> LiftView:
    """A lift as it stands. Read-only."""
    known = known or await _all(uow)
    names = await uow.people.names([n for n in (lift.by_id, lift.confirmed_by) if n is not None])
    silence = next((one for one in known.blackouts if one.key == lift.of), None)
    region = known.regions.get(lift.region)
    return LiftView(
        lift,
        None if silence is None else _view(actor, known, silence, now),
        "" if region is None else region.name,
        names.get(lift.by_id, ""),
        names.get(lift.confirmed_by or 0, ""),
    )


# -- announcing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MourningView:
    """What is about to be announced, or was. `work`: open assignments it concerns."""

    mourning: Mourning
    region_name: str
    by: str
    work: int


async def find_region(uow: UnitOfWork, actor: Actor, key: str) -> tuple[str, str]:
    """What a button means: "*" or the key of a region. Code and name (empty: all regions). Read-only."""
    if key == EVERYWHERE:
        ensure_may(actor, Action.SILENCE, EVERYWHERE)
        return EVERYWHERE, ""
    found = next((r for code, r in (await uow.campaign.regions()).items() if page_key(code) == key), None)
    if found is None:
        raise NotFound("region")
    ensure_may(actor, Action.SILENCE, found.code)
    return found.code, found.name


async def prepare(
    uow: UnitOfWork, actor: Actor, key: str, days: int, *, tomorrow: bool, now: datetime
) -> tuple[str, datetime, datetime]:
    """Where, from when and for how long was tapped: the reason is asked for. Region's name and the wall-clock span."""
    region, name = await find_region(uow, actor, key)
    zones = (await _all(uow)).zones(region)
    starts, ends = mourning_span(now, zones, actor.person.zone, days, tomorrow=tomorrow)
    where = {"region": region, "starts": starts.isoformat(), "ends": ends.isoformat()}
    await uow.expectations.set(actor.id, REASON, "mourning:0", now=now, params=where)
    return name, starts, ends


async def write(uow: UnitOfWork, actor: Actor, where: Mapping[str, str], text: str, *, now: datetime) -> MourningView:
    """The reason: everything is there, one tap is left."""
    region, reason = where["region"], ensure_reason(text)
    ensure_may(actor, Action.SILENCE, region)
    span = datetime.fromisoformat(where["starts"]), datetime.fromisoformat(where["ends"])
    made = await uow.silences.add_mourning(region, *span, reason, actor.id, now)
    await uow.expectations.clear(actor.id, REASON)
    return await look(uow, actor, made.id, now=now)


async def inside(uow: UnitOfWork, silence: Blackout, now: datetime) -> list[HeldWork]:
    """What somebody still has to post in this silence: its moment lies inside, or it is late and the silence holds now."""
    silences = await _all(uow)
    return [
        one
        for one in await uow.halts.open_work(Scope(EVERYWHERE))
        if silence_at(max(one.assignment.at, now), one.region, silences.zones(one.region), [silence]) is not None
    ]


async def look(uow: UnitOfWork, actor: Actor, mourning_id: int, *, now: datetime) -> MourningView:  # noqa: ARG001 - reads share a signature
    """A mourning with its names. Read-only."""
    made = await uow.silences.get_mourning(mourning_id)
    region = (await uow.campaign.regions()).get(made.region)
    names = await uow.people.names([made.by_id])
    work = await inside(uow, made.silence, now)
    return MourningView(made, "" if region is None else region.name, names.get(made.by_id, ""), len(work))


async def announce(uow: UnitOfWork, actor: Actor, mourning_id: int, *, now: datetime) -> MourningView:
    """The confirming tap: it holds from this commit on; who is concerned is told by a due task."""
    made = await uow.silences.get_mourning(mourning_id)
    ensure_may(actor, Action.SILENCE, made.region)
    if made.silence.over(now, (await _all(uow)).zones(made.region)):
        raise SilenceGone
    if not await uow.silences.confirm_mourning(made.id, now) or not await uow.silences.add(made.silence):
        raise SameSilence
    await uow.tasks.add(DueTask(f"{BEGAN}:{made.id}", BEGAN, made.subject, now, {"mourning": made.id}))
    payload = {"region": made.region, "starts": made.starts.isoformat(), "ends": made.ends.isoformat()}
    await uow.journal.add(at=now, actor=actor.number, action="silence.announced", object_=made.subject, payload=payload)
    return await look(uow, actor, made.id, now=now)
