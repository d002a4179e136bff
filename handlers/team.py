"""Who is here: numbers, groups, one person with a note, requests for access."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.ports.record import Expectation
from domain.rights import Action
from domain.team import Group
from domain.usecases import team, team_lists
from handlers.access import needs
from handlers.filters import Expecting, Private, chosen
from handlers.screens import team as screens
from handlers.screens import team_lists as lists
from handlers.screens.nav import Go
from handlers.screens.team import TeamButton
from handlers.screens.team_lists import CrewButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="team")
router.message.filter(Private())
SEE = needs(Action.TEAM_SEE)
_REMOVE = frozenset({"-", "–", "—"})


class Typed(Expecting):
    """A plain typed message that was asked for; pictures and forwards are something else."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        if message.text is None or message.forward_origin is not None:
            return False
        return await super().__call__(message, turn)


@router.message(Command("team"), flags=SEE)
@router.callback_query(Go.filter(F.to == "team"), flags=SEE)
async def summary(event: Message | CallbackQuery, turn: Turn) -> None:
    found = await turn.read(team.summary, now=turn.now, rules=turn.settings.plan)
    await show(event, screens.summary(found, 0, turn.words))


@router.callback_query(TeamButton.filter(F.verb == "sum"), flags=SEE)
async def summary_page(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    found = await turn.read(team.summary, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.summary(found, callback_data.page, turn.words))


# -- lists ------------------------------------------------------------------------------------------------------------


@router.callback_query(TeamButton.filter(F.verb == "people"), flags=SEE)
async def people(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    await _list(query, turn, Group.ALL, callback_data.page)


@router.callback_query(CrewButton.filter(F.verb == "list"), flags=SEE)
async def group(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    await _list(query, turn, chosen(Group, callback_data.of), callback_data.page)


async def _list(query: CallbackQuery, turn: Turn, of: Group, page: int) -> None:
    found = await turn.read(team_lists.list_people, of, page, now=turn.now, rules=turn.settings.plan)
    await show(query, lists.people(found, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "find"), flags=SEE)
async def find(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(team_lists.ask_name, now=turn.now)
    await show(query, lists.ask_name(turn.words))


@router.message(Typed(team_lists.SEARCH), flags=SEE)
async def search(message: Message, turn: Turn) -> None:
    found = await turn.run(team_lists.search, message.text or "", now=turn.now, rules=turn.settings.plan)
    await show(message, lists.people(found, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "found"), flags=SEE)
async def found_page(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    found = await turn.read(team_lists.found_page, callback_data.page, now=turn.now, rules=turn.settings.plan)
    await show(query, lists.people(found, turn.words))


# -- one person -------------------------------------------------------------------------------------------------------


@router.callback_query(TeamButton.filter(F.verb == "person"), flags=SEE)
async def person(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    await show_person(query, turn, callback_data.id, Group.ALL, callback_data.page)


@router.callback_query(CrewButton.filter(F.verb == "one"), flags=SEE)
async def one(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    await show_person(query, turn, callback_data.id, callback_data.of, callback_data.page)


async def show_person(
    event: CallbackQuery | Message,
    turn: Turn,
    number: int,
    of: str = Group.ALL,
    page: int = 0,
    line: Markup | None = None,
) -> None:
    """The card of somebody; `line`: what has just happened."""
    card = await turn.read(team_lists.card, number, now=turn.now, rules=turn.settings.plan)
    await show(event, lists.person(card, of, page, turn.words, turn.actor.person.zone, turn.now, line))


@router.callback_query(CrewButton.filter(F.verb == "note"), flags=SEE)
async def ask_note(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    name, note = await turn.run(team_lists.ask_note, callback_data.id, now=turn.now)
    await show(query, lists.ask_note(callback_data.id, name, note, turn.words))


@router.message(Typed(team_lists.NOTE), flags=SEE)
async def write_note(message: Message, expectation: Expectation, turn: Turn) -> None:
    text = message.text or ""
    text = "" if text.strip() in _REMOVE else text
    number = expectation.subject_id
    card = await turn.run(team_lists.write_note, number, text, now=turn.now, rules=turn.settings.plan)
    w = turn.words
    await show(message, lists.person(card, Group.ALL, 0, w, turn.actor.person.zone, turn.now, w("✓ Noted.")))


# -- requests for access ----------------------------------------------------------------------------------------------


@router.callback_query(TeamButton.filter(F.verb == "requests"), flags=needs(Action.ACCESS_DECIDE))
async def requests(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    waiting, regions = await turn.read(team.list_requests)
    await show(query, screens.requests(waiting, regions, callback_data.page, turn.words))


@router.callback_query(TeamButton.filter(F.verb == "request"), flags=needs(Action.ACCESS_DECIDE))
async def request(query: CallbackQuery, callback_data: TeamButton, turn: Turn) -> None:
    found, region = await turn.read(team.get_request, callback_data.id)
    await show(query, screens.request(found, region, turn.words))
