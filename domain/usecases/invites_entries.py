"""Who comes by a shared link waits until somebody lets them in: one card per link and coordinator counts them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.consent import CONSENT, Suspended
from domain.errors import NotFound
from domain.invites import ENTRY_KEPT, AlreadyAsked, Entry, EntryDecided, EntryState
from domain.notices import DueTask, Guarantee, Notice, Priority
from domain.people import Actor, AlreadyJoined, InviteInvalid, PersonStatus
from domain.ports import UnitOfWork
from domain.ports.people import Invite
from domain.rights import Action, ensure_may
from domain.usecases import access, invites, join
from domain.usecases.join import Defaults, Visitor

CARD = "entries"
"""Purpose of the card that counts them."""
WAITING = "invite.waiting"
FORGET = "invite.forget"
SHOWN = 6
"""The oldest that stand on the card with buttons of their own."""


@dataclass(frozen=True)
class EntryCard:
    """What the card shows: `waiting` holds all, the oldest first; `let_in` is how many are in already."""

    invite: Invite
    waiting: tuple[Entry, ...]
    let_in: int
    regions: Mapping[str, str]


def subject_of(invite_id: int) -> str:
    return f"invite:{invite_id}"


async def ask(uow: UnitOfWork, visitor: Visitor, code: str, *, now: datetime, language: str) -> str:
    """The visitor agrees to what is stored and waits; returns the campaign's name. Their place is counted at once."""
    invite = await invites.get_usable(uow, code, now=now)
    if not invite.shared:
        raise InviteInvalid("unknown")
    before = await uow.people.find_person(visitor.telegram_id)
    if before is not None and before.status is PersonStatus.SUSPENDED:
        raise Suspended(Action.JOIN.value)
    actor = await uow.people.find_actor(visitor.telegram_id)
    if actor is not None and join.holds(actor, invite.role, invite.region):
        raise AlreadyJoined(invite.role, invite.region)
    entry_id = await uow.invites.add_entry(
        invite_id=invite.id,
        telegram_id=visitor.telegram_id,
        name=visitor.name,
        username=visitor.username,
        language=language,
        consent_version=CONSENT,
        now=now,
    )
    if entry_id is None:
        known = await uow.invites.entry_of(invite.id, visitor.telegram_id)
        raise AlreadyAsked(known is not None and known.state is EntryState.REFUSED)
    if not await uow.people.use_invite(invite.id):
        raise InviteInvalid("used")
    await uow.tasks.add(
        DueTask(f"{FORGET}:{entry_id}", FORGET, f"entry:{entry_id}", now + ENTRY_KEPT, {"entry": entry_id})
    )
    await uow.journal.add(at=now, actor=0, action="invite.entry", object_=subject_of(invite.id))
    await _redraw(uow, invite, now, f"+{entry_id}")
    campaign = await uow.campaign.find_campaign()
    return campaign.name if campaign else ""


async def _redraw(uow: UnitOfWork, invite: Invite, now: datetime, what: str) -> None:
    """Everybody's card shows it; one redraw that still waits for a reader is enough for all that has happened since."""
    subject = subject_of(invite.id)
    await uow.outbox.cancel(subject, [WAITING])
    readers = {decider.id for decider in await access.deciders(uow, invite.region)}
    readers |= {copy.person_id for copy in await uow.cards.of_subject(subject, CARD)}
    for person_id in sorted(readers):
        await uow.outbox.add(
            Notice(
                kind="invite.waiting",
                subject=subject,
                due_at=now,
                dedup_key=f"{WAITING}:{invite.id}:{what}:{person_id}",
                person_id=person_id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"invite": invite.id},
            )
        )


async def card(uow: UnitOfWork, actor: Actor, invite_id: int) -> EntryCard:
    """Who waits behind a link."""
    invite = await uow.people.get_invite(invite_id)
    ensure_may(actor, Action.ACCESS_DECIDE, invite.region)
    waiting = tuple(await uow.invites.waiting(invite.id))
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    return EntryCard(invite, waiting, invite.uses - len(waiting), regions)


async def let_in(
    uow: UnitOfWork, actor: Actor, entry_id: int, *, now: datetime, defaults: Defaults | None = None
) -> EntryCard:
    """One of them. Raises EntryDecided when a colleague was faster."""
    entry, invite = await _waiting(uow, actor, entry_id)
    await _admit(uow, actor, invite, [entry], now, defaults)
    return await card(uow, actor, invite.id)


async def let_in_all(
    uow: UnitOfWork, actor: Actor, invite_id: int, newest: int, *, now: datetime, defaults: Defaults | None = None
) -> EntryCard:
    """All that stood on the card: those who came after `newest` were not seen and go on waiting."""
    invite = await uow.people.get_invite(invite_id)
    ensure_may(actor, Action.ACCESS_DECIDE, invite.region)
    seen = [entry for entry in await uow.invites.waiting(invite_id) if entry.id <= newest]
    if not seen:
        raise EntryDecided
    await _admit(uow, actor, invite, seen, now, defaults)
    return await card(uow, actor, invite_id)


async def refuse(uow: UnitOfWork, actor: Actor, entry_id: int, *, now: datetime) -> EntryCard:
    """Kindly, and their place is free again."""
    entry, invite = await _waiting(uow, actor, entry_id)
    await uow.invites.refuse(entry.id, actor.id, now)
    await uow.invites.give_back(invite.id)
    await uow.outbox.add(
        Notice(
            kind="invite.refused",
            subject=f"entry:{entry.id}",
            due_at=now,
            dedup_key=f"invite.refused:{entry.id}:{entry.asked_at.isoformat()}",
            chat_id=entry.telegram_id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"language": entry.language},
        )
    )
    await uow.journal.add(at=now, actor=actor.number, action="invite.refuse", object_=subject_of(invite.id))
    await _redraw(uow, invite, now, f"-{entry.id}")
    return await card(uow, actor, invite.id)


async def _waiting(uow: UnitOfWork, actor: Actor, entry_id: int) -> tuple[Entry, Invite]:
    entry = await uow.invites.find_entry(entry_id)
    if entry is None:
        raise NotFound("entry")
    invite = await uow.people.get_invite(entry.invite_id)
    ensure_may(actor, Action.ACCESS_DECIDE, invite.region)
    if entry.state is not EntryState.WAITING:
        raise EntryDecided
    return entry, invite


@dataclass(frozen=True)
class _Asked:
    """The account behind an entry, as `join` wants it."""

    telegram_id: int
    name: str
    username: str
    language: str


async def _admit(
    uow: UnitOfWork, actor: Actor, invite: Invite, entries: Sequence[Entry], now: datetime, defaults: Defaults | None
) -> None:
    for entry in entries:
        asked = _Asked(entry.telegram_id or 0, entry.name, entry.username, entry.language)
        try:
            person = await join.admit(
                uow,
                asked,
                join.Granted(invite.role, invite.region, actor.id, invite.id),
                now,
                language=entry.language,
                defaults=defaults,
                consent=(entry.asked_at, entry.consent_version),
            )
        except AlreadyJoined:  # by another link meanwhile: their place here is free again
            await uow.invites.give_back(invite.id)
            await uow.invites.delete_entry(entry.id)
            continue
        except Suspended:
            await uow.invites.refuse(entry.id, actor.id, now)
            await uow.invites.give_back(invite.id)
            continue
        await uow.invites.let_in(entry.id, person.id, actor.id, now)
        await uow.outbox.add(
            Notice(
                kind="invite.in",
                subject=f"person:{person.id}",
                due_at=now,
                dedup_key=f"invite.in:{entry.id}:{entry.asked_at.isoformat()}",
                person_id=person.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"role": invite.role.value, "region": invite.region},
            )
        )
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="invite.let_in",
        object_=subject_of(invite.id),
        payload={"people": len(entries)},
    )
    await _redraw(uow, invite, now, f"={entries[-1].id}:{len(entries)}")


async def forget(uow: UnitOfWork, task: DueTask, *, now: datetime) -> None:
    """The promised time is over: the entry is deleted, and where its answer was sent."""
    entry = await uow.invites.find_entry(int(task.params["entry"]))
    if entry is not None:
        await _delete(uow, entry, now)


async def withdraw(uow: UnitOfWork, entry: Entry, *, now: datetime) -> None:
    """Whoever waits does not want to any more."""
    await uow.tasks.cancel(f"entry:{entry.id}", [FORGET])
    await _delete(uow, entry, now)


async def _delete(uow: UnitOfWork, entry: Entry, now: datetime) -> None:
    """Of who still waits the place is free again, and their name leaves the cards."""
    await uow.invites.delete_entry(entry.id)
    await uow.outbox.forget_strangers(f"entry:{entry.id}")
    if entry.state is EntryState.WAITING:
        await uow.invites.give_back(entry.invite_id)
        await _redraw(uow, await uow.people.get_invite(entry.invite_id), now, f"x{entry.id}")
    await uow.journal.add(at=now, actor=0, action=FORGET, object_=subject_of(entry.invite_id))
