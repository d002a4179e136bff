"""Invites: a code in a deep link that gives a role to whoever agrees first. Only its SHA-256 is stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Forbidden, NotFound
from domain.people import EVERYWHERE, ROLE_ORDER, Actor, InviteInvalid, Role
from domain.ports import UnitOfWork
from domain.ports.people import Invite
from domain.rights import Action, ensure_may, may_grant

_CODE_BYTES = 18
"""144 random bits: 24 letters, which fit a deep link (64 letters) and a button (64 bytes) with room to spare."""


@dataclass(frozen=True)
class Made:
    """A new invite; `code` exists only here and in the link."""

    invite: Invite
    code: str


def fresh_code() -> str:
    """A code for a deep link."""
    return secrets.token_urlsafe(_CODE_BYTES)


def digest(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def link(bot_username: str, code: str) -> str:
    """The deep link that opens the bot with this code."""
    return f"https://t.me/{bot_username}?start={code}"


def grantable(actor: Actor) -> list[Role]:
    """The roles this person may bring somebody in for, in some region."""
    return [role for role in ROLE_ORDER if any(may_grant(actor, role, m.region) for m in actor.memberships)]


async def create(
    uow: UnitOfWork,
    actor: Actor | None,
    role: Role,
    region: str,
    *,
    now: datetime,
    hours: int,
    max_uses: int = 1,
) -> str:
    """The code of a new invite. `actor` None: the command line, which may do everything."""
    return (await make(uow, actor, role, region, now=now, hours=hours, max_uses=max_uses)).code


async def make(
    uow: UnitOfWork,
    actor: Actor | None,
    role: Role,
    region: str,
    *,
    now: datetime,
    hours: int,
    max_uses: int = 1,
    shared: bool = False,
) -> Made:
    """`create`, with the stored invite. `shared`: whoever comes by it waits to be let in."""
    if actor is not None:
        ensure_may(actor, Action.INVITE)
        if not may_grant(actor, role, region):
            raise Forbidden(Action.INVITE.value)
    if region != EVERYWHERE and region not in await uow.campaign.regions():
        raise NotFound("region")
    code = fresh_code()
    invite_id = await uow.people.add_invite(
        token_hash=digest(code),
        role=role,
        region=region,
        created_by=None if actor is None else actor.id,
        now=now,
        expires_at=now + timedelta(hours=hours),
        max_uses=max_uses,
        shared=shared,
    )
    await uow.journal.add(
        at=now,
        actor=0 if actor is None else actor.number,
        action="invite.create",
        object_=f"invite:{invite_id}",
        payload={"role": role.value, "region": region, "hours": hours, "uses": max_uses, "shared": shared},
    )
    return Made(await uow.people.get_invite(invite_id), code)


async def get_usable(uow: UnitOfWork, code: str, *, now: datetime) -> Invite:
    """The invite behind a code; `InviteInvalid` says why it cannot be used."""
    invite = await uow.people.find_invite(digest(code))
    if invite is None:
        raise InviteInvalid("unknown")
    ensure_usable(invite, now)
    if invite.created_by is not None:
        giver = await uow.people.find_actor_by_person(invite.created_by)
        # Whoever lost a role cannot go on giving it away through links made before.
        if giver is None or not may_grant(giver, invite.role, invite.region):
            raise InviteInvalid("revoked")
    return invite


def ensure_usable(invite: Invite, now: datetime) -> None:
    """Raise `InviteInvalid` when it was taken back, used up or has expired."""
    if invite.revoked_at is not None:
        raise InviteInvalid("revoked")
    if invite.uses >= invite.max_uses:
        raise InviteInvalid("used")
    if invite.expires_at <= now:
        raise InviteInvalid("expired")


async def list_open(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[Invite]:
    """Open invites of the kinds this person may give, newest first."""
    ensure_may(actor, Action.INVITE)
    return [i for i in await uow.people.open_invites(now) if may_grant(actor, i.role, i.region)]


async def options(uow: UnitOfWork, actor: Actor, role: Role) -> list[tuple[str, str]]:
    """Where this person may bring somebody in as `role`: code and name; everywhere as `*` with an empty name, first."""
    ensure_may(actor, Action.INVITE)
    regions = [(code, region.name) for code, region in (await uow.campaign.regions()).items()]
    found = [(code, name) for code, name in [(EVERYWHERE, ""), *regions] if may_grant(actor, role, code)]
    if not found:
        raise Forbidden(Action.INVITE.value)
    return found


async def get_open(uow: UnitOfWork, actor: Actor, invite_id: int, *, now: datetime) -> Invite:
    """An invite that can still be taken back by this person."""
    ensure_may(actor, Action.INVITE)
    invite = await uow.people.get_invite(invite_id)
    if not may_grant(actor, invite.role, invite.region):
        raise Forbidden(Action.INVITE.value)
    ensure_usable(invite, now)
    return invite


async def revoke(uow: UnitOfWork, actor: Actor, invite_id: int, *, now: datetime) -> Invite:
    """Take an unused invite back: from now on its link is refused."""
    invite = await get_open(uow, actor, invite_id, now=now)
    if not await uow.people.revoke_invite(invite_id, now):
        raise InviteInvalid("revoked")
    await uow.journal.add(at=now, actor=actor.number, action="invite.revoke", object_=f"invite:{invite_id}")
    return invite
