"""Shared links: the card that counts who waits, and the answers to those who came."""

from datetime import datetime, timedelta

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.people import Role
from domain.ports import UnitOfWork
from domain.rights import Action, may
from domain.usecases import invites_entries, team
from domain.usecases.invites_entries import CARD
from handlers.screens.invites_entries import card
from handlers.screens.join import ask_language, new_role, not_let_in
from texts.roles import place_name

RINGS_AGAIN = timedelta(hours=1)
"""A card that lay still for so long has moved up the chat: whoever comes then makes it ring at the bottom."""


@renders("invite.waiting")
async def waiting(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """One card per link and coordinator: it rings for the first who waits, then counts up in place."""
    actor = reader.actor
    invite = await uow.people.get_invite(int(notice.params["invite"]))
    if actor is None or not may(actor, Action.ACCESS_DECIDE, invite.region):
        return None
    view = await invites_entries.card(uow, actor, invite.id)
    screen, subject = card(view, reader.words, actor.person.zone, now), invites_entries.subject_of(invite.id)
    copies = await uow.cards.of_person(actor.id, CARD, subject)
    number = len(view.waiting)
    if not copies:
        return Outgoing(screen, purpose=CARD, subject=subject, version=number) if number else None
    target = copies[0]
    rings = number > target.version and (target.version == 0 or now - target.drawn_at >= RINGS_AGAIN)
    mode = Mode.REPLACE if rings else Mode.EDIT
    return Outgoing(screen, mode=mode, target=target, purpose=CARD, subject=subject, version=number)


@renders("invite.in")
async def let_in(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To somebody who was let in: a newcomer's first question, a member's new role."""
    actor = reader.actor
    if actor is None or not actor.memberships:
        return None
    if len(actor.memberships) == 1:
        return Outgoing(ask_language(reader.words))
    role, region = Role(notice.params["role"]), str(notice.params["region"])
    return Outgoing(new_role(role, place_name(region, await team.names_of_regions(uow), reader.words), reader.words))


@renders("invite.refused")
async def refused(_: UnitOfWork, __: QueuedNotice, reader: Reader, ___: datetime) -> Outgoing | None:
    return Outgoing(not_let_in(reader.words))
