"""/norm: a page's norm in one line or step by step."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.norm_lines import meant_as_norm
from domain.norm_settings import NormChanged, NormSettingChanged
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import norm_peaks, norms
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private
from handlers.screens import norms as screens
from handlers.screens.nav import Go
from handlers.screens.norms import NormButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="norms")
router.message.filter(Private())

NORM = needs(Action.NORM_SET)


@router.message(Command("norm"), flags=NORM)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """Alone: the list. With a page: its norm. With more: the preview."""
    if not command.args:
        await _list(message, turn, 0)
        return
    view = await turn.run(norms.say, command.args, turn.settings.work.is_holiday, now=turn.now)
    await show(message, screens.card(view, turn.words) if view.setting is None else screens.preview(view, turn.words))


@router.callback_query(Go.filter(F.to == "norm"), flags=NORM)
async def first(query: CallbackQuery, turn: Turn) -> None:
    await _list(query, turn, 0)


@router.callback_query(NormButton.filter(F.verb == "list"), flags=NORM)
async def turn_over(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    await _list(query, turn, callback_data.at)


async def _list(event: Message | CallbackQuery, turn: Turn, at: int) -> None:
    await show(event, screens.norm_list(await turn.read(norms.list_mine, now=turn.now), at, turn.words))


@router.callback_query(NormButton.filter(F.verb == "page"), flags=NORM)
async def card(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    await show(query, screens.card(await turn.read(norm_peaks.look, callback_data.key, now=turn.now), turn.words))


@router.callback_query(NormButton.filter(F.verb == "begin"), flags=NORM)
async def begin(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    await show(query, screens.steps(await turn.run(norms.begin, callback_data.key, now=turn.now), turn.words))


@router.callback_query(NormButton.filter(F.verb.in_({"step", "steps"})), flags=NORM)
async def step(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(norm_peaks.ask, cb.id, cb.version, cb.arg, now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.step(view, cb.arg, turn.words) if cb.arg else screens.steps(view, turn.words))


@router.callback_query(NormButton.filter(F.verb.in_({"say", "days"})), flags=NORM)
async def change(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    said = _week(cb.arg) if cb.verb == "days" else cb.arg
    try:
        view = await turn.run(norms.change, cb.id, cb.version, said, turn.settings.work.is_holiday, now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(
            query, screens.step(view, "days", turn.words) if cb.verb == "days" else screens.steps(view, turn.words)
        )


@router.callback_query(NormButton.filter(F.verb == "worked"), flags=NORM)
async def use_what_worked(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    """From a page's norm it leads to the preview, from the steps back to them."""
    cb, holiday = callback_data, turn.settings.work.is_holiday
    if cb.key:
        view = await turn.run(norm_peaks.begin, cb.key, holiday, now=turn.now)
        await show(query, screens.preview(view, turn.words))
        return
    try:
        view = await turn.run(norm_peaks.take, cb.id, cb.version, holiday, now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.steps(view, turn.words))


def _week(counts: str) -> str:
    """ "2.2.2.2.2.0.0" of a button in the words of the line."""
    numbers = counts.split(".")
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if len(numbers) != len(names) or not all(number.isdecimal() for number in numbers):
        raise NotFound("button")
    return ", ".join(f"{name} {number}" for name, number in zip(names, numbers, strict=True))


@router.message(Expecting(norms.TEXT), Fits(meant_as_norm), flags=NORM)
async def typed(message: Message, expectation: Expectation, turn: Turn) -> None:
    number, step_asked = int(expectation.params["setting"]), str(expectation.params["step"])
    holiday = turn.settings.work.is_holiday
    view = await turn.run(norms.typed, number, step_asked, message.text or "", holiday, now=turn.now)
    await show(message, screens.steps(view, turn.words) if step_asked else screens.preview(view, turn.words))


@router.callback_query(NormButton.filter(F.verb == "week"), flags=NORM)
async def week(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    await _as_it_stands(query, turn, callback_data)


@router.callback_query(NormButton.filter(F.verb == "when"), flags=NORM)
async def when(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(norms.when, cb.id, cb.version, at_once=cb.arg == "now", now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.preview(view, turn.words))


@router.callback_query(NormButton.filter(F.verb == "over"), flags=NORM)
async def replace_other(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(norms.rebase, cb.id, cb.version, now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.preview(view, turn.words))


@router.callback_query(NormButton.filter(F.verb == "save"), flags=NORM)
async def save(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(norm_peaks.save, cb.id, cb.version, turn.settings.plan, now=turn.now)
    except (NormChanged, NormSettingChanged):
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.ended(view, turn.words))


@router.callback_query(NormButton.filter(F.verb == "back"), flags=NORM)
async def take_back(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    await show(query, screens.preview(await turn.run(norms.take_back, callback_data.id, now=turn.now), turn.words))


@router.callback_query(NormButton.filter(F.verb == "drop"), flags=NORM)
async def drop(query: CallbackQuery, callback_data: NormButton, turn: Turn) -> None:
    cb = callback_data
    try:
        view = await turn.run(norms.drop, cb.id, cb.version, now=turn.now)
    except NormSettingChanged:
        await _as_it_stands(query, turn, cb)
    else:
        await show(query, screens.ended(view, turn.words))


async def _as_it_stands(query: CallbackQuery, turn: Turn, cb: NormButton) -> None:
    """The preview of an open one, else how it ended: what an old or doubled tap gets."""
    await show(query, screens.preview(await turn.read(norms.preview, cb.id, now=turn.now), turn.words))
