"""[📅 When] on a draft's panel: embargo and expiry."""

from collections.abc import Awaitable
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.drafts import DraftChanged
from domain.errors import NotFound
from domain.ports.record import Expectation
from domain.rights import Action
from domain.timing import Edge
from domain.usecases import timing
from domain.usecases.drafts import Panel
from handlers.access import needs
from handlers.draft_panel import below, here, stale
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import timing as screens
from handlers.screens.base import Screen
from handlers.screens.timing_lines import TimingButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="timing")
router.message.filter(Private())

WRITE = needs(Action.DRAFT_WRITE)


@router.callback_query(TimingButton.filter(F.verb == "when"), flags=WRITE)
async def when(query: CallbackQuery, callback_data: TimingButton, turn: Turn) -> None:
    view = await turn.read(timing.look, callback_data.id)
    await here(query, turn, view, screen=_when(turn, view))


@router.callback_query(TimingButton.filter(F.verb == "edge"), flags=WRITE)
async def choose(query: CallbackQuery, callback_data: TimingButton, turn: Turn) -> None:
    cb, edge = callback_data, _edge(callback_data.edge)
    try:
        view = await turn.run(timing.ask, cb.id, cb.version, edge, now=turn.now)
    except DraftChanged:
        await stale(query, turn, cb.id)
        return
    await here(query, turn, view, screen=screens.choose(view.draft, edge, turn.actor.person.zone, turn.now, turn.words))


@router.callback_query(TimingButton.filter(F.verb == "day"), flags=WRITE)
async def hours(query: CallbackQuery, callback_data: TimingButton, turn: Turn) -> None:
    """The next message is still taken for a day and an hour."""
    try:
        day = screens.day_of(callback_data.arg)
    except ValueError:
        raise NotFound("button") from None
    view = await turn.read(timing.look, callback_data.id)
    await show(query, screens.hours(view.draft, _edge(callback_data.edge), day, turn.words))


@router.callback_query(TimingButton.filter(F.verb.in_({"at", "none"})), flags=WRITE)
async def put(query: CallbackQuery, callback_data: TimingButton, turn: Turn) -> None:
    cb, at = callback_data, None
    if cb.verb == "at":
        at = _moment(cb.arg)
    act: Awaitable[Panel] = turn.run(timing.put, cb.id, cb.version, _edge(cb.edge), at, now=turn.now)
    try:
        view = await act
    except DraftChanged:
        await stale(query, turn, cb.id)
    else:
        await here(query, turn, view, screen=_when(turn, view))


@router.callback_query(TimingButton.filter(F.verb == "back"), flags=WRITE)
async def stop(query: CallbackQuery, callback_data: TimingButton, turn: Turn) -> None:
    await here(query, turn, await turn.run(timing.stop_asking, callback_data.id))


@router.message(Expecting(timing.QUESTION), flags=WRITE)
async def typed(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    """What is no moment is refused in words; it is still awaited."""
    number, version, edge = expectation.subject_id, expectation.version, _edge(str(expectation.params["edge"]))
    if message.text is None:
        await show(message, screens.no_moment(number, version, turn.words))
        return
    view = await turn.run(timing.typed, number, version, edge, message.text, now=turn.now)
    await below(turn, post, view, screen=_when(turn, view))


def _when(turn: Turn, view: Panel) -> Screen:
    return screens.when(view.draft, turn.actor.person.zone, turn.now, turn.words)


def _edge(value: str) -> Edge:
    try:
        return Edge(value)
    except ValueError:
        raise NotFound("button") from None


def _moment(arg: str) -> datetime:
    try:
        return screens.moment_of(arg)
    except ValueError:
        raise NotFound("button") from None
