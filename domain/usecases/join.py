"""Coming in with an invite: nothing about a person is written before they agree."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from domain.consent import Suspended
from domain.people import EVERYWHERE, Actor, AlreadyJoined, InviteInvalid, PersonStatus, Role
from domain.ports import UnitOfWork
from domain.rights import Action
from domain.usecases import invites


class Visitor(Protocol):
    """The Telegram account behind an update."""

    @property
    def telegram_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Defaults:
    """Hours of somebody new, on their own clock, until they choose others."""

    digest_at: time = time(8)
    quiet_from: time = time(22)
    quiet_to: time = time(7, 30)


@dataclass(frozen=True)
class Offer:
    """What agreeing would give. `region_name` is empty for the whole campaign, `expires_at` for an owner without an invite."""

    role: Role
    region: str
    region_name: str
    campaign: str
    expires_at: datetime | None


async def look(uow: UnitOfWork, telegram_id: int, code: str, *, now: datetime) -> Offer:
    """Read-only: what this invite offers. `AlreadyJoined` for somebody who has it, else `InviteInvalid`."""
    await _ensure_new(uow, telegram_id, code)
    invite = await invites.get_usable(uow, code, now=now)
    return await _offer(uow, invite.role, invite.region, invite.expires_at)


async def look_as_owner(uow: UnitOfWork) -> Offer:
    """Read-only: what an owner named in the configuration is offered."""
    return await _offer(uow, Role.OWNER, EVERYWHERE, None)


async def _offer(uow: UnitOfWork, role: Role, region: str, expires_at: datetime | None) -> Offer:
    campaign = await uow.campaign.find_campaign()
    known = (await uow.campaign.regions()).get(region)
    return Offer(role, region, known.name if known else "", campaign.name if campaign else "", expires_at)


async def _ensure_new(uow: UnitOfWork, telegram_id: int, code: str) -> None:
    actor = await uow.people.find_actor(telegram_id)
    invite = await uow.people.find_invite(invites.digest(code))
    if actor is not None and invite is not None and _holds(actor, invite.role, invite.region):
        raise AlreadyJoined(invite.role, invite.region)


def _holds(actor: Actor, role: Role, region: str) -> bool:
    return any(m.role is role and m.region == region for m in actor.memberships)


async def accept(
    uow: UnitOfWork,
    visitor: Visitor,
    code: str,
    *,
    now: datetime,
    language: str | None = None,
    defaults: Defaults | None = None,
) -> Actor:
    """The visitor agrees: they become a person (or get one more role), and the invite has one use less. One winner."""
    await _ensure_new(uow, visitor.telegram_id, code)
    invite = await invites.get_usable(uow, code, now=now)
    if not await uow.people.use_invite(invite.id):
        raise InviteInvalid("used")
    return await _admit(
        uow, visitor, invite.role, invite.region, invite.created_by, now, language, defaults or Defaults()
    )


async def accept_as_owner(
    uow: UnitOfWork,
    visitor: Visitor,
    owners: tuple[int, ...],
    *,
    now: datetime,
    language: str | None = None,
    defaults: Defaults | None = None,
) -> Actor:
    """An owner named in the configuration agrees."""
    if visitor.telegram_id not in owners:
        raise InviteInvalid("unknown")
    return await _admit(uow, visitor, Role.OWNER, EVERYWHERE, None, now, language, defaults or Defaults())


async def _admit(
    uow: UnitOfWork,
    visitor: Visitor,
    role: Role,
    region: str,
    granted_by: int | None,
    now: datetime,
    language: str | None,
    defaults: Defaults,
) -> Actor:
    actor = await uow.people.find_actor(visitor.telegram_id)
    if actor is None:
        person_id = await _enter(uow, visitor, region, now, language or visitor.language[:8], defaults)
    else:
        person_id = actor.id
    if not await uow.people.add_membership(person_id, role, region, granted_by, now):
        raise AlreadyJoined(role, region)
    entered = await uow.people.find_actor_by_person(person_id)
    assert entered is not None  # noqa: S101 - written in this transaction
    await uow.journal.add(
        at=now,
        actor=entered.number,
        action="role.add" if actor else "person.join",
        object_=f"person:{person_id}",
        payload={"role": role.value, "region": region, "granted_by": granted_by},
    )
    return entered


async def enter_without_role(
    uow: UnitOfWork, visitor: Visitor, region: str, now: datetime, language: str, defaults: Defaults
) -> int:
    """Somebody who agreed to be written to and has nothing to do here; who is here already stays as they are."""
    actor = await uow.people.find_actor(visitor.telegram_id)
    return actor.id if actor is not None else await _enter(uow, visitor, region, now, language, defaults)


async def _enter(
    uow: UnitOfWork, visitor: Visitor, region: str, now: datetime, language: str, defaults: Defaults
) -> int:
    """A new person, or one who left and comes back; their old roles do not come back with them."""
    zone = await home_zone(uow, region)
    before = await uow.people.find_person(visitor.telegram_id)
    if before is not None:
        if before.status is not PersonStatus.LEFT:
            raise Suspended(Action.JOIN.value)
        await uow.people.remove_memberships(before.id)
        await uow.people.update(
            before.id,
            status=PersonStatus.ACTIVE,
            name=visitor.name,
            language=language,
            zone=zone,
            region=region,
            reachable=True,
            consent_at=now,
        )
        return before.id
    person = await uow.people.add(
        telegram_id=visitor.telegram_id,
        username=visitor.username,
        name=visitor.name,
        language=language,
        zone=zone,
        region=region,
        digest_at=defaults.digest_at,
        quiet_from=defaults.quiet_from,
        quiet_to=defaults.quiet_to,
        now=now,
    )
    return person.id


async def home_zone(uow: UnitOfWork, region: str) -> str:
    """The clock somebody of `region` most likely lives by; headquarters' own for the whole campaign."""
    known = (await uow.campaign.regions()).get(region)
    if known is not None:
        return known.zone
    campaign = await uow.campaign.find_campaign()
    return campaign.zone if campaign else "UTC"
