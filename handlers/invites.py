"""Making invites and taking them back."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import Forbidden, NotFound
from domain.people import Role
from domain.rights import Action
from domain.usecases import invites, team
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import invites as screens
from handlers.screens.invites import InviteButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="invites")
router.message.filter(Private())


@router.message(Command("invite"), flags=needs(Action.INVITE))
@router.callback_query(Go.filter(F.to == "invite"), flags=needs(Action.INVITE))
async def pick_role(event: Message | CallbackQuery, turn: Turn) -> None:
    roles = invites.grantable(await turn.member())
    if not roles:
        raise Forbidden(Action.INVITE.value)
    await show(event, screens.pick_role(roles, turn.words))


@router.callback_query(InviteButton.filter(F.verb == "role"), flags=needs(Action.INVITE))
async def pick_region(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    role = _role(callback_data)
    options = await turn.read(invites.options, role)
    await show(query, screens.pick_region(role, options, callback_data.page, turn.words))


@router.callback_query(InviteButton.filter(F.verb == "make"), flags=needs(Action.INVITE))
async def make(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    made = await turn.run(
        invites.make, _role(callback_data), callback_data.region, now=turn.now, hours=turn.settings.invite_hours
    )
    regions = await turn.db.read(team.names_of_regions)
    zone = (await turn.member()).person.zone
    url = invites.link(turn.settings.bot_username, made.code)
    await show(query, screens.made(made.invite, url, regions, turn.words, zone, turn.now))


@router.callback_query(InviteButton.filter(F.verb == "list"), flags=needs(Action.INVITE))
async def opened(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    waiting = await turn.read(invites.list_open, now=turn.now)
    regions = await turn.db.read(team.names_of_regions)
    zone = (await turn.member()).person.zone
    await show(query, screens.opened(waiting, regions, callback_data.page, turn.words, zone))


@router.callback_query(InviteButton.filter(F.verb == "one"), flags=needs(Action.INVITE))
async def one(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    invite = await turn.read(invites.get_open, callback_data.id, now=turn.now)
    regions = await turn.db.read(team.names_of_regions)
    zone = (await turn.member()).person.zone
    await show(query, screens.one(invite, regions, callback_data.page, turn.words, zone, turn.now))


@router.callback_query(InviteButton.filter(F.verb == "revoke"), flags=needs(Action.INVITE))
async def revoke(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    invite = await turn.run(invites.revoke, callback_data.id, now=turn.now)
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.revoked(invite, regions, turn.words))


def _role(data: InviteButton) -> Role:
    try:
        return Role(data.role)
    except ValueError:
        raise NotFound("role") from None
