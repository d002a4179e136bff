"""A new phone or account of the same person: a link for the new account, and a second person who confirms."""

from dataclasses import dataclass
from datetime import datetime

from domain.account_move import (
    TO_CONFIRM,
    TO_OPEN,
    AccountMove,
    AccountTaken,
    MoveEnd,
    MoveOver,
    MoveState,
    NobodyToConfirm,
    ensure_open,
    ensure_second,
)
from domain.errors import Forbidden
from domain.notices import Guarantee, Notice, Priority, card_gone
from domain.people import Actor, PersonStatus
from domain.ports import UnitOfWork
from domain.ports.people import TeamMember
from domain.rights import Action
from domain.usecases import invites, standing
from domain.usecases.join import Visitor


@dataclass(frozen=True)
class MoveView:
    """A move with names, as its card shows it. `old`: username of the account that is replaced, may be empty.

    `decided_by` is empty until somebody has.
    """

    move: AccountMove
    name: str
    by: str
    old: str
    decided_by: str = ""


async def look(uow: UnitOfWork, actor: Actor, person_id: int) -> TeamMember:
    """Whom a link would be for, when the actor may make one. Read-only."""
    found = await standing.member(uow, person_id)
    standing.ensure_manages_member(actor, Action.ACCOUNT_MOVE, found)
    if found.person.status is PersonStatus.LEFT:
        raise MoveOver
    return found


async def start(uow: UnitOfWork, actor: Actor, person_id: int, *, now: datetime) -> tuple[MoveView, str]:
    """A link that works once, for two hours; an earlier one is dead. Returns its code, which exists only here.

    The account that is to be replaced hears of it at once, and can stop it.
    """
    found = await look(uow, actor, person_id)
    others = [one for one in await _seconds(uow, found) if one.id != actor.id]
    if not any(one.person.reachable for one in others):
        raise NobodyToConfirm
    code = invites.fresh_code()
    before = await uow.standing.open_move(person_id, now)
    if before is not None:
        await _end(uow, before, MoveEnd.REPLACED, now)
    move = await uow.standing.add_move(person_id, invites.digest(code), actor.id, now, now + TO_OPEN)
    await uow.outbox.add(_notice("move.begun", move, now, person_id))
    await _record(uow, actor.number, "account.move", move, {"by": actor.id}, now)
    return MoveView(move, found.person.name, actor.person.name, found.username), code


async def _seconds(uow: UnitOfWork, of: TeamMember) -> list[Actor]:
    return await standing.managers_of(uow, of.person.id, of.memberships, of.person.region)


async def offer(uow: UnitOfWork, telegram_id: int, code: str, *, now: datetime) -> MoveView:
    """What the new account is asked; `MoveOver`, or `AccountTaken`. Read-only."""
    return await view(uow, (await _claimable(uow, telegram_id, code, now)).id)


async def _claimable(uow: UnitOfWork, telegram_id: int, code: str, now: datetime) -> AccountMove:
    move = await uow.standing.find_move(invites.digest(code))
    if move is None:
        raise MoveOver
    ensure_open(move, now)
    owner = await uow.standing.owner_of_account(telegram_id)
    active = await uow.standing.accounts([move.person_id])
    if owner not in {None, move.person_id} or active.get(move.person_id) == telegram_id:
        raise AccountTaken
    return move


async def claim(uow: UnitOfWork, visitor: Visitor, code: str, *, now: datetime) -> MoveView:
    """ "It is me": the new account is noted, and everybody who could confirm is asked. Nothing works on it yet."""
    move = await _claimable(uow, visitor.telegram_id, code, now)
    claimed = await uow.standing.claim_move(
        move.id, visitor.telegram_id, visitor.name, visitor.username, now + TO_CONFIRM
    )
    if not claimed:
        raise MoveOver
    found = await standing.member(uow, move.person_id)
    for reader in await _seconds(uow, found):
        if reader.id != move.by_id:
            await uow.outbox.add(_notice("move.asked", move, now, reader.id))
            await uow.outbox.add(_redraw(move, reader.id, MoveEnd.EXPIRED, now + TO_CONFIRM))
    await _record(uow, 0, "account.opened", move, {}, now)
    return await view(uow, move.id)


def _notice(kind: str, move: AccountMove, now: datetime, reader: int) -> Notice:
    return Notice(
        kind=kind,
        subject=move.subject,
        due_at=now,
        dedup_key=f"{kind}:{move.id}:{reader}",
        person_id=reader,
        guarantee=Guarantee.A,
        priority=Priority.DECISION,
        params={"move": move.id},
    )


def _redraw(move: AccountMove, reader: int, end: MoveEnd, at: datetime) -> Notice:
    """Their card shows how it ended, without buttons and the new account's name."""
    return Notice(
        kind="move.redraw",
        subject=move.subject,
        due_at=at,
        dedup_key=f"move.redraw:{move.id}:{reader}:{end}",
        person_id=reader,
        priority=Priority.DECISION,
        params={"move": move.id, "end": end.value},
    )


async def _end(uow: UnitOfWork, move: AccountMove, end: MoveEnd, now: datetime, by: int | None = None) -> None:
    """Nobody is asked any longer: the cards show it, but for that of `by`, and the new account hears what to do."""
    await uow.outbox.cancel(move.subject, ["move.asked", "move.redraw"])
    holding = {copy.person_id for copy in await uow.cards.of_subject(move.subject, "move")}
    await uow.outbox.add(*(_redraw(move, reader, end, now) for reader in sorted(holding - {by})))
    if move.telegram_id is None or end in {MoveEnd.DONE, MoveEnd.ERASED}:
        return
    language = (await uow.people.get(move.person_id)).language
    await uow.outbox.add(
        Notice(
            kind="account.unmoved",
            subject=move.subject,
            due_at=now,
            dedup_key=f"account.unmoved:{move.id}",
            chat_id=move.telegram_id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"end": end.value, "language": language},
        )
    )


async def drop(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Somebody is about to be erased: nobody confirms their account any more, and the cards name nobody."""
    waiting = await uow.standing.open_move(person_id, now)
    if waiting is not None:
        await _end(uow, waiting, MoveEnd.ERASED, now)


async def view(uow: UnitOfWork, move_id: int) -> MoveView:
    """For its card. Read-only."""
    move = await uow.standing.get_move(move_id)
    found = await standing.member(uow, move.person_id)
    names = await uow.people.names([move.by_id, *([] if move.decided_by is None else [move.decided_by])])
    decided_by = names.get(move.decided_by or 0, "")
    return MoveView(move, found.person.name, names.get(move.by_id, ""), found.username, decided_by)


async def confirm(uow: UnitOfWork, actor: Actor, move_id: int, *, now: datetime) -> MoveView:
    """The second yes: the new account is the person's, the old one opens nothing from this transaction on."""
    before = await _waiting(uow, actor, move_id, now)
    move, account = before.move, before.move.telegram_id
    if account is None or await uow.standing.owner_of_account(account) not in {None, move.person_id}:
        raise AccountTaken
    old = (await uow.standing.accounts([move.person_id])).get(move.person_id)
    copies = await uow.standing.live_copies(move.person_id)
    if not await uow.standing.decide_move(move_id, MoveState.CLAIMED, MoveState.DONE, actor.id, now):
        raise MoveOver
    await uow.standing.link_account(move.person_id, account, move.username, now)
    await uow.people.set_reachable(account, reachable=True)
    await uow.expectations.clear(move.person_id)
    if old is not None:
        language = (await uow.people.get(move.person_id)).language
        await uow.outbox.add(*_farewell(move, old, language, copies, now))
    await _end(uow, move, MoveEnd.DONE, now, actor.id)
    await uow.outbox.add(_notice("account.moved", move, now, move.person_id))
    await uow.outbox.add(_notice("move.decided", move, now, move.by_id))
    await _record(uow, actor.number, "account.moved", move, {"by": move.by_id, "confirmed": actor.id}, now)
    return before


def _farewell(move: AccountMove, old: int, language: str, copies: list[int], now: datetime) -> list[Notice]:
    """The old account hears it, should somebody else hold that phone or none should; its cards go away."""
    told = Notice(
        kind="account.closed",
        subject=move.subject,
        due_at=now,
        dedup_key=f"account.closed:{move.id}",
        chat_id=old,
        priority=Priority.DECISION,
        params={"move": move.id, "person": move.person_id, "language": language},
    )
    return [told, *(card_gone(copy, old, move.subject, now) for copy in copies)]


async def decline(uow: UnitOfWork, actor: Actor, move_id: int, *, now: datetime) -> MoveView:
    """No: the new account is forgotten and hears it, the old one stays; whoever started it is told."""
    before = await _waiting(uow, actor, move_id, now)
    move = before.move
    if not await uow.standing.decide_move(move_id, MoveState.CLAIMED, MoveState.DECLINED, actor.id, now):
        raise MoveOver
    await _end(uow, move, MoveEnd.REFUSED, now, actor.id)
    await uow.outbox.add(_notice("move.decided", move, now, move.by_id))
    await _record(uow, actor.number, "account.refused", move, {"by": move.by_id}, now)
    return before


async def stop_mine(uow: UnitOfWork, actor: Actor, move_id: int, *, now: datetime) -> MoveView:
    """[Not me] on the old account: the link is dead; who made it, and who was asked to confirm, hear why. `MoveOver`."""
    before = await view(uow, move_id)
    move = before.move
    if move.person_id != actor.id:
        raise Forbidden(Action.ACCOUNT_MOVE.value)
    waits = move.state in {MoveState.OPEN, MoveState.CLAIMED} and now < move.expires_at
    if not waits or not await uow.standing.decide_move(move_id, move.state, MoveState.DECLINED, actor.id, now):
        raise MoveOver
    found = await standing.member(uow, actor.id)
    asked = await _seconds(uow, found) if move.state is MoveState.CLAIMED else []
    await _end(uow, move, MoveEnd.STOPPED, now)
    for reader in sorted({move.by_id, *(one.id for one in asked)}):
        await uow.outbox.add(_notice("move.stopped", move, now, reader))
    await _record(uow, actor.number, "account.stopped", move, {"by": move.by_id}, now)
    return before


async def _waiting(uow: UnitOfWork, actor: Actor, move_id: int, now: datetime) -> MoveView:
    seen = await view(uow, move_id)
    standing.ensure_manages_member(actor, Action.ACCOUNT_MOVE, await standing.member(uow, seen.move.person_id))
    ensure_second(seen.move, actor, now)
    return seen


async def _record(
    uow: UnitOfWork, number: int, action: str, move: AccountMove, payload: dict[str, object], now: datetime
) -> None:
    await uow.journal.add(
        at=now, actor=number, action=action, object_=f"person:{move.person_id}", payload={"move": move.id, **payload}
    )
