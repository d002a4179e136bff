"""The morning's list: saying yes to all of it, and "can't today"; saying yes to one, and its files, on the card."""

from datetime import date

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.errors import Conflict, NotFound
from domain.plan import AssignmentClosed, AssignmentState
from domain.rights import Action
from domain.usecases import availability, days
from handlers.access import needs
from handlers.screens import days as screens
from handlers.screens.assignment_parts import AssignmentButton
from handlers.screens.days import DayButton
from handlers.screens.plain import as_plain
from handlers.show import show, toast
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="days")

TODAY = needs(Action.TODAY)
ANSWER = needs(Action.ASSIGNMENT_ANSWER)


def _day(data: DayButton) -> date:
    try:
        return date.fromisoformat(data.day)
    except ValueError:
        raise NotFound("button") from None


@router.callback_query(DayButton.filter(F.verb == "all"), flags=TODAY)
async def accept_all(query: CallbackQuery, callback_data: DayButton, turn: Turn) -> None:
    """When the list is another one by now, it is shown before anybody says yes to it."""
    day = _day(callback_data)
    try:
        found = await turn.run(days.accept_all, day, callback_data.mark, now=turn.now)
    except Conflict as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        found = await turn.read(days.look, day)
    await show(query, screens.digest(found, turn.words))


@router.callback_query(DayButton.filter(F.verb == "off"), flags=TODAY)
async def not_today(query: CallbackQuery, callback_data: DayButton, turn: Turn) -> None:
    """Yesterday's list says nothing about today."""
    if _day(callback_data) != (await turn.member()).person.local(turn.now).date():
        raise AssignmentClosed(AssignmentState.MISSED)
    done = await turn.run(availability.not_today, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.off(done.day, done.posts, turn.words))


@router.callback_query(AssignmentButton.filter(F.verb == "accept"), flags=ANSWER)
async def accept(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """The card is redrawn with every other copy of it."""
    await turn.run(days.accept, callback_data.id, callback_data.version, now=turn.now)
    await toast(query, screens.accepted_toast(turn.words))


@router.callback_query(AssignmentButton.filter(F.verb == "files"), flags=ANSWER)
async def files(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """They come below, as messages of their own."""
    await turn.run(days.ask_files, callback_data.id, callback_data.version, now=turn.now)
    await toast(query, screens.files_toast(turn.words))
