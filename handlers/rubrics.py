"""A draft's rubric on its panel, and /mix."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.drafts import DraftChanged
from domain.rights import Action
from domain.usecases import rubrics
from handlers.access import needs
from handlers.draft_panel import here, stale
from handlers.filters import Private
from handlers.screens import rubrics as screens
from handlers.screens.nav import Go
from handlers.screens.rubric_lines import RubricButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="rubrics")
router.message.filter(Private())

WRITE = needs(Action.DRAFT_WRITE)
MIX = needs(Action.MIX)


@router.callback_query(RubricButton.filter(F.verb == "choose"), flags=WRITE)
async def choose(query: CallbackQuery, callback_data: RubricButton, turn: Turn) -> None:
    view = await turn.read(rubrics.choose, callback_data.id, now=turn.now)
    await here(query, turn, view, screen=screens.choose(view, turn.words) if view.rubrics else None)


@router.callback_query(RubricButton.filter(F.verb == "set"), flags=WRITE)
async def put(query: CallbackQuery, callback_data: RubricButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(rubrics.put, cb.id, cb.version, cb.arg, now=turn.now)
    except DraftChanged:
        await stale(query, turn, cb.id)
    else:
        await here(query, turn, view)


@router.message(Command("mix"), flags=MIX)
@router.callback_query(Go.filter(F.to == "mix"), flags=MIX)
async def mix(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.mix(await turn.read(rubrics.mix, now=turn.now), 0, turn.words))


@router.callback_query(RubricButton.filter(F.verb == "mix"), flags=MIX)
async def of_region(query: CallbackQuery, callback_data: RubricButton, turn: Turn) -> None:
    view = await turn.read(rubrics.mix, callback_data.arg or None, now=turn.now)
    await show(query, screens.mix(view, callback_data.page, turn.words))
