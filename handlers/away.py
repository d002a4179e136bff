"""/away: leaving for some days, and being back."""

from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.rights import Action
from domain.usecases import away
from domain.usecases.away import AwayView
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import away as screens
from handlers.screens.away import AwayButton
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="away")
router.message.filter(Private())

AWAY = needs(Action.AWAY)


@router.message(Command("away"), flags=AWAY)
@router.callback_query(Go.filter(F.to == "away"), flags=AWAY)
async def overview(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, _overview(turn, await turn.read(away.look, now=turn.now)))


@router.callback_query(AwayButton.filter(F.verb == "from"), flags=AWAY)
async def until(query: CallbackQuery, callback_data: AwayButton, turn: Turn) -> None:
    today = (await turn.member()).person.local(turn.now).date()
    await show(query, screens.until(bool(callback_data.later), today, turn.words))


@router.callback_query(AwayButton.filter(F.verb.in_({"day", "page"})), flags=AWAY)
async def deputy(query: CallbackQuery, callback_data: AwayButton, turn: Turn) -> None:
    """Who has no queue is asked for no deputy."""
    cb, view = callback_data, await turn.read(away.look, now=turn.now)
    if not view.decides:
        await _leave(query, turn, cb)
        return
    people = await turn.read(away.deputies, now=turn.now)
    await show(query, screens.deputy(people, bool(cb.later), cb.day, cb.id, turn.words))


@router.callback_query(AwayButton.filter(F.verb == "set"), flags=AWAY)
async def leave(query: CallbackQuery, callback_data: AwayButton, turn: Turn) -> None:
    await _leave(query, turn, callback_data)


@router.callback_query(AwayButton.filter(F.verb == "back"), flags=AWAY)
async def come_back(query: CallbackQuery, callback_data: AwayButton, turn: Turn) -> None:
    view = await turn.run(away.come_back, callback_data.id, now=turn.now)
    if view.absence is None:
        await show(query, screens.start(view, turn.words, screens.is_back(turn.words)))
    else:
        await show(query, _overview(turn, view))


async def _leave(query: CallbackQuery, turn: Turn, cb: AwayButton) -> None:
    try:
        day = date.fromisoformat(cb.day)
    except ValueError:
        raise NotFound("button") from None
    who, later = cb.person or None, bool(cb.later)
    view = await turn.run(away.leave, tomorrow=later, until=day, deputy_id=who, now=turn.now)
    await show(query, _overview(turn, view))


def _overview(turn: Turn, view: AwayView) -> Screen:
    if view.absence is None:
        return screens.start(view, turn.words)
    return screens.current(view, view.absence, turn.actor.person, turn.now, turn.words)
