"""What people set for themselves; each change touches its own field and nothing else."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from domain.people import Actor, BadZone, Person
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.settings import LANGUAGES, SameEnds, UnknownLanguage
from domain.usecases import assignments, availability, decided, rungs, status_digests


async def change_language(uow: UnitOfWork, actor: Actor, language: str, *, now: datetime) -> Person:
    """From now on every message to this person is in `language`."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    return await _change(uow, actor, now, language=language)


async def change_zone(uow: UnitOfWork, actor: Actor, zone: str, *, now: datetime) -> Person:
    """Their clock; `BadZone` unless `zone` is an IANA name."""
    if zone not in available_timezones():
        raise BadZone(zone)
    return await _change(uow, actor, now, zone=zone)


async def change_digest(uow: UnitOfWork, actor: Actor, at: time, *, now: datetime) -> Person:
    """When the morning digest comes, on their own clock."""
    return await _change(uow, actor, now, digest_at=at)


async def change_quiet(
    uow: UnitOfWork, actor: Actor, *, now: datetime, start: time | None = None, end: time | None = None
) -> Person:
    """One or both ends of the quiet hours, on their own clock; `SameEnds` when that would leave none."""
    if (start or actor.person.quiet_from) == (end or actor.person.quiet_to):
        raise SameEnds
    changes = {"quiet_from": start, "quiet_to": end}
    return await _change(uow, actor, now, **{name: value for name, value in changes.items() if value is not None})


async def no_quiet(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Person:
    """Messages and tasks may come at any hour: equal ends mean that there are no quiet hours."""
    return await _change(uow, actor, now, quiet_from=time(0), quiet_to=time(0))


async def _change(uow: UnitOfWork, actor: Actor, now: datetime, **changes: str | time) -> Person:
    ensure_may(actor, Action.SETTINGS)
    await uow.people.update(actor.id, **changes)
    await rungs.retime_person(uow, actor.id, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="settings.change",
        object_=f"person:{actor.id}",
        payload={name: str(value) for name, value in changes.items()},
    )
    person = await uow.people.get(actor.id)
    if changes.keys() & {"zone", "quiet_from", "quiet_to"}:
        await availability.clock_changed(uow, actor, person, now=now)
    if "zone" in changes:
        await status_digests.clock_changed(uow, person, now=now)
    return person


async def list_zones(uow: UnitOfWork, *, now: datetime, own: str = "") -> list[str]:
    """The zones the campaign lives in (and the person's `own`), from west to east."""
    regions = (await uow.campaign.regions()).values()
    zones = {zone for region in regions for zone in (region.zone, *region.zones)} | ({own} if own else set())
    return sorted(zones, key=lambda zone: (now.astimezone(ZoneInfo(zone)).utcoffset(), zone))


@dataclass(frozen=True)
class Left:
    """What somebody left: `kind` of what was expected ("": nothing); `draft`: they have one that is unfinished."""

    kind: str
    draft: bool


async def leave(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Left:
    """Forget what the person's next message would have answered; the card that asked for it shows itself again."""
    expected = await uow.expectations.find(actor.id, now)
    await uow.expectations.clear(actor.id)
    if expected is not None:
        await assignments.left(uow, expected, now)
        await decided.left(uow, actor, expected, now)
    return Left(expected.kind if expected else "", await uow.drafts.find_unfinished(actor.id) is not None)
