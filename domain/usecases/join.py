"""Coming in with an invite: nothing about a person is written before they agree."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Protocol

from domain.consent import CONSENT, ConsentNeeded, Suspended
from domain.people import EVERYWHERE, Actor, AlreadyJoined, InviteInvalid, PersonStatus, Role, Stranger
from domain.ports import UnitOfWork
from domain.rights import Action
from domain.two_people import Kind, asks_two
from domain.usecases import invites, naming, team_roles, two_people


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
    two_for: frozenset[Kind] = frozenset()
    """Decisions that two people make: a leading role then waits for the second."""


@dataclass(frozen=True)
class Offer:
    """What agreeing would give. `region_name` is empty for the whole campaign, `expires_at` for an owner without an invite."""

    role: Role
    region: str
    region_name: str
    campaign: str
    expires_at: datetime | None
    shared: bool = False
    """Whoever agrees waits until somebody lets them in."""


async def look(uow: UnitOfWork, telegram_id: int, code: str, *, now: datetime) -> Offer:
    """Read-only: what this invite offers. `AlreadyJoined` for somebody who has it, else `InviteInvalid`."""
    await _ensure_new(uow, telegram_id, code)
    invite = await invites.get_usable(uow, code, now=now)
    offer = await _offer(uow, invite.role, invite.region, invite.expires_at)
    return replace(offer, shared=invite.shared)


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
    if actor is not None and invite is not None and holds(actor, invite.role, invite.region):
        raise AlreadyJoined(invite.role, invite.region)


def holds(actor: Actor, role: Role, region: str) -> bool:
    """Exactly this role, exactly there."""
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
    if invite.shared:  # only somebody else can let them in
        raise InviteInvalid("unknown")
    if not await uow.people.use_invite(invite.id):
        raise InviteInvalid("used")
    granted = Granted(invite.role, invite.region, invite.created_by, invite.id)
    return await admit(uow, visitor, granted, now, language=language, defaults=defaults)


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
    granted = Granted(Role.OWNER, EVERYWHERE, None)
    return await admit(uow, visitor, granted, now, language=language, defaults=defaults)


async def renew(uow: UnitOfWork, visitor: Visitor, version: int, *, now: datetime) -> Actor:
    """Somebody who has joined agrees to the newest text; `version` is the one they read."""
    actor = await uow.people.find_actor(visitor.telegram_id)
    if actor is None:
        raise Stranger
    if version != CONSENT:
        raise ConsentNeeded
    if actor.person.consent_version == CONSENT:
        return actor
    await uow.people.update(actor.id, consent_at=now, consent_version=CONSENT)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="consent.renew",
        object_=f"person:{actor.id}",
        payload={"consent": CONSENT},
    )
    return replace(actor, person=replace(actor.person, consent_version=CONSENT))


@dataclass(frozen=True)
class Granted:
    """What somebody is given: `by` whom (None: the operator, or named in the configuration), by which invite."""

    role: Role
    region: str
    by: int | None
    invite_id: int | None = None


async def admit(
    uow: UnitOfWork,
    visitor: Visitor,
    granted: Granted,
    now: datetime,
    *,
    language: str | None = None,
    defaults: Defaults | None = None,
    consent: tuple[datetime, int] | None = None,
) -> Actor:
    """A person, or one more role of theirs. `consent`: when they agreed to which text, unless it was to this one just now."""
    actor = await uow.people.find_actor(visitor.telegram_id)
    agreed = consent or (now, CONSENT)
    if actor is None:
        entering = _Entering(granted.region, language or visitor.language[:8], defaults or Defaults(), agreed)
        person_id = await _enter(uow, visitor, entering, now)
    else:
        person_id = actor.id
    waits = await _waits(uow, person_id, granted, defaults or Defaults(), now)
    if not waits and not await uow.people.add_membership(
        person_id, granted.role, granted.region, granted.by, now, invite_id=granted.invite_id
    ):
        raise AlreadyJoined(granted.role, granted.region)
    entered = await uow.people.find_actor_by_person(person_id)
    assert entered is not None  # noqa: S101 - written in this transaction
    await uow.journal.add(
        at=now,
        actor=entered.number,
        action="role.add" if actor else "person.join",
        object_=f"person:{person_id}",
        payload={
            "role": granted.role.value,
            "region": granted.region,
            "granted_by": granted.by,
            "consent": entered.person.consent_version,
            "waits": waits,
        },
    )
    if not waits:
        await team_roles.tell_leaders(uow, entered, granted.role, granted.region, granted.by, now)
    return entered


async def _waits(uow: UnitOfWork, person_id: int, granted: Granted, defaults: Defaults, now: datetime) -> bool:
    """Whether a second person has to agree to the role; they are asked then, in the name of whoever made the invite."""
    if granted.by is None or not asks_two(defaults.two_for, Kind.APPOINT_MANAGER, frozenset({granted.role})):
        return False
    giver, entered = [await uow.people.find_actor_by_person(number) for number in (granted.by, person_id)]
    if giver is None or entered is None:
        raise InviteInvalid("revoked")
    role, region = granted.role, granted.region
    await two_people.propose(uow, giver, Kind.APPOINT_MANAGER, entered, role=role, region=region, now=now)
    return True


@dataclass(frozen=True)
class _Entering:
    region: str
    language: str
    defaults: Defaults
    agreed: tuple[datetime, int]


async def enter_without_role(
    uow: UnitOfWork, visitor: Visitor, region: str, now: datetime, language: str, defaults: Defaults
) -> int:
    """Somebody who agreed to be written to and has nothing to do here; who is here already stays as they are."""
    actor = await uow.people.find_actor(visitor.telegram_id)
    if actor is not None:
        return actor.id
    return await _enter(uow, visitor, _Entering(region, language, defaults, (now, CONSENT)), now)


async def _enter(uow: UnitOfWork, visitor: Visitor, entering: _Entering, now: datetime) -> int:
    """A new person, or one who left and comes back; their old roles do not come back with them.

    Whose name cannot be shown is asked for another one; nothing else waits for it.
    """
    zone = await home_zone(uow, entering.region)
    agreed_at, agreed_to = entering.agreed
    before = await uow.people.find_person(visitor.telegram_id)
    name, unfit = await naming.brought(uow, visitor.name, entering.region, before)
    if before is not None:
        if before.status is not PersonStatus.LEFT:
            raise Suspended(Action.JOIN.value)
        await uow.people.remove_memberships(before.id)
        await uow.people.update(
            before.id,
            status=PersonStatus.ACTIVE,
            name=name,
            language=entering.language,
            zone=zone,
            region=entering.region,
            reachable=True,
            consent_at=agreed_at,
            consent_version=agreed_to,
        )
        if unfit is not None:
            await naming.ask(uow, before.id, unfit, now)
        return before.id
    person = await uow.people.add(
        telegram_id=visitor.telegram_id,
        username=visitor.username,
        name=visitor.name,
        language=entering.language,
        zone=zone,
        region=entering.region,
        digest_at=entering.defaults.digest_at,
        quiet_from=entering.defaults.quiet_from,
        quiet_to=entering.defaults.quiet_to,
        now=now,
    )
    if agreed_to != CONSENT or agreed_at != now:
        await uow.people.update(person.id, consent_at=agreed_at, consent_version=agreed_to)
    if unfit is not None:
        await naming.ask(uow, person.id, unfit, now)
    return person.id


async def home_zone(uow: UnitOfWork, region: str) -> str:
    """The clock somebody of `region` most likely lives by; headquarters' own for the whole campaign."""
    known = (await uow.campaign.regions()).get(region)
    if known is not None:
        return known.zone
    campaign = await uow.campaign.find_campaign()
    return campaign.zone if campaign else "UTC"
