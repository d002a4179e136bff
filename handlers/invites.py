"""/invite: a link for one person step by step; the rest is in `invites_many` and `invites_entries`."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.errors import Forbidden, NotFound
from domain.people import Role
from domain.rights import Action
from domain.usecases import invites, team
from handlers.access import needs
from handlers.filters import Private
from handlers.invites_many import propose, show_list, show_one, take_back
from handlers.screens import invites as screens
from handlers.screens.invites import InviteButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="invites")
router.message.filter(Private())


@router.message(Command("invite"), flags=needs(Action.INVITE))
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """With words behind it, the line says it all."""
    if command.args:
        await propose(message, command.args, turn)
    else:
        await pick_role(message, turn)


@router.callback_query(Go.filter(F.to == "invite"), flags=needs(Action.INVITE))
async def pick_role(event: Message | CallbackQuery, turn: Turn) -> None:
    roles = invites.grantable(await turn.member())
    if not roles:
        raise Forbidden(Action.INVITE.value)
    await show(event, screens.pick_role(roles, turn.words))


@router.callback_query(InviteButton.filter(F.verb == "role"), flags=needs(Action.INVITE))
async def pick_region(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    role = role_of(callback_data.role)
    options = await turn.read(invites.options, role)
    await show(query, screens.pick_region(role, options, callback_data.page, turn.words))


@router.callback_query(InviteButton.filter(F.verb == "make"), flags=needs(Action.INVITE))
async def make(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    made = await turn.run(
        invites.make, role_of(callback_data.role), callback_data.region, now=turn.now, hours=turn.settings.invite_hours
    )
    regions = await turn.db.read(team.names_of_regions)
    zone = (await turn.member()).person.zone
    url = invites.link(turn.settings.bot_username, made.code)
    await show(query, screens.made(made.invite, url, regions, turn.words, zone, turn.now))


# --- cards of earlier versions --------------------------------------------------------------------------------------------


@router.callback_query(InviteButton.filter(F.verb == "list"), flags=needs(Action.INVITE))
async def opened(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    await show_list(query, turn, callback_data.page, over=False)


@router.callback_query(InviteButton.filter(F.verb == "one"), flags=needs(Action.INVITE))
async def one(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    await show_one(query, turn, callback_data.id, 0)


@router.callback_query(InviteButton.filter(F.verb == "revoke"), flags=needs(Action.INVITE))
async def revoke(query: CallbackQuery, callback_data: InviteButton, turn: Turn) -> None:
    await take_back(query, turn, callback_data.id, 0)


def role_of(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise NotFound("role") from None
