"""/ladder: the reminders of a page, from its card too."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.ladder import LadderChanged, LongText, Step
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import ladder_settings as ladders
from handlers.access import needs
from handlers.filters import Expecting, Private, chosen
from handlers.screens import ladder as screens
from handlers.screens.base import Screen, paragraphs
from handlers.screens.ladder_button import AS_USUAL, OFF, LadderButton
from handlers.show import show
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="ladder")
router.message.filter(Private())

MANAGE = needs(Action.PAGE_MANAGE)


@router.message(Command("ladder"), flags=MANAGE)
async def first(message: Message, turn: Turn) -> None:
    await show(message, screens.page_list(await turn.read(ladders.list_mine), 0, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "list"), flags=MANAGE)
async def turn_over(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    await show(query, screens.page_list(await turn.read(ladders.list_mine), callback_data.n, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "page"), flags=MANAGE)
async def page(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    view = await turn.read(ladders.look, callback_data.key, rules=turn.settings.plan)
    await show(query, screens.page_ladder(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "step"), flags=MANAGE)
async def step(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    view = await turn.read(ladders.look, callback_data.key, rules=turn.settings.plan)
    await show(query, screens.choose_time(view, chosen(Step, callback_data.step), turn.words))


@router.callback_query(LadderButton.filter(F.verb == "set"), flags=MANAGE)
async def set_step(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    cb, rules = callback_data, turn.settings.plan
    which = chosen(Step, cb.step)
    try:
        if cb.n == OFF:
            view = await turn.run(ladders.leave_out, cb.key, cb.version, which, now=turn.now, rules=rules)
        else:
            minutes = None if cb.n == AS_USUAL else cb.n
            view = await turn.run(ladders.set_time, cb.key, cb.version, which, minutes, now=turn.now, rules=rules)
    except LadderChanged:
        await _as_it_is(query, cb.key, turn)
        raise
    await show(query, screens.page_ladder(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "usual"), flags=MANAGE)
async def usual(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(ladders.as_usual, cb.key, cb.version, now=turn.now, rules=turn.settings.plan)
    except LadderChanged:
        await _as_it_is(query, cb.key, turn)
        raise
    await show(query, screens.page_ladder(view, turn.words))


async def _as_it_is(query: CallbackQuery, key: str, turn: Turn) -> None:
    view = await turn.read(ladders.look, key, rules=turn.settings.plan)
    await show(query, screens.page_ladder(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "text"), flags=MANAGE)
async def ask_text(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    view = await turn.run(ladders.ask_text, callback_data.key, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.ask_text(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "back"), flags=MANAGE)
async def stop_asking(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    view = await turn.run(ladders.stop_asking, callback_data.key, rules=turn.settings.plan)
    await show(query, screens.page_ladder(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "notext"), flags=MANAGE)
async def no_text(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(ladders.no_text, cb.key, cb.version, now=turn.now, rules=turn.settings.plan)
    except LadderChanged:
        await _as_it_is(query, cb.key, turn)
        raise
    await show(query, screens.page_ladder(view, turn.words))


@router.message(Expecting(ladders.TEXT), F.text, flags=MANAGE)
async def text_written(message: Message, turn: Turn, expectation: Expectation) -> None:
    """One that is too long is asked for again."""
    key, rules = str(expectation.params["key"]), turn.settings.plan
    try:
        view = await turn.run(
            ladders.write_text, key, expectation.version, message.text or "", now=turn.now, rules=rules
        )
    except LongText as error:
        asked = screens.ask_text(await turn.read(ladders.look, key, rules=rules), turn.words)
        await show(message, Screen(paragraphs(explain(error, turn.words), asked.text), asked.rows))
    else:
        await show(message, screens.page_ladder(view, turn.words))


@router.callback_query(LadderButton.filter(F.verb == "preview"), flags=MANAGE)
async def preview(query: CallbackQuery, callback_data: LadderButton, turn: Turn) -> None:
    view = await turn.read(ladders.look, callback_data.key, rules=turn.settings.plan)
    live = ladders.example(view, turn.actor.person, turn.now)
    await show(query, screens.preview(view, live, turn.words, turn.now))
