"""Who is here."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.rights import Action
from domain.usecases import away, team
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import team as screens
from handlers.screens.nav import Go
from handlers.screens.team import TeamButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="team")
router.message.filter(Private())


@router.message(Command("team"), flags=needs(Action.TEAM_SEE))
@router.callback_query(Go.filter(F.to == "team"), flags=needs(Action.TEAM_SEE))
async def summary(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.summary(await turn.read(team.summary, now=turn.now), 0, turn.words))


@router.callback_query(TeamButton.filter(F.verb == "sum"), flags=needs(Action.TEAM_SEE))
async def summary_page(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    await show(query, screens.summary(await turn.read(team.summary, now=turn.now), callback_data.page, turn.words))


@router.callback_query(TeamButton.filter(F.verb == "people"), flags=needs(Action.TEAM_SEE))
async def people(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    await show(query, screens.people(await turn.read(team.list_people, callback_data.page, now=turn.now), turn.words))


@router.callback_query(TeamButton.filter(F.verb == "person"), flags=needs(Action.TEAM_SEE))
async def person(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    member, regions = await turn.read(team.get_member, callback_data.id)
    absence = (await turn.read(away.of_people, [callback_data.id], now=turn.now)).get(callback_data.id)
    await show(query, screens.person(member, regions, callback_data.page, turn.words, turn.now, absence))


@router.callback_query(TeamButton.filter(F.verb == "requests"), flags=needs(Action.ACCESS_DECIDE))
async def requests(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    waiting, regions = await turn.read(team.list_requests)
    await show(query, screens.requests(waiting, regions, callback_data.page, turn.words))


@router.callback_query(TeamButton.filter(F.verb == "request"), flags=needs(Action.ACCESS_DECIDE))
async def request(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    found, region = await turn.read(team.get_request, callback_data.id)
    await show(query, screens.request(found, region, turn.words))
