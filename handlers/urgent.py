"""/urgent: an approved text goes out at once; and the answers of those who are asked."""

from collections.abc import Awaitable
from typing import TypeVar

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import NotFound
from domain.notices import CardCopy
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action
from domain.urgent import NOTE_LIMIT, CallState, ReasonNeeded, UrgentChanged, UrgentOver, UrgentTaken, Why
from domain.usecases import urgent, urgent_asking, urgent_card
from domain.usecases.urgent import View
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.live import make_live
from handlers.post import Poster
from handlers.screens import urgent as screens
from handlers.screens import urgent_live as live_screens
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.screens.plain import as_plain
from handlers.screens.urgent import UrgentButton
from handlers.show import send, show, toast
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="urgent")
router.message.filter(Private())

URGENT = needs(Action.URGENT)
ANSWER = needs(Action.URGENT_ANSWER)
T = TypeVar("T")


# --- marking ---------------------------------------------------------------------------------------------------------


@router.message(Command("urgent"), flags=URGENT)
@router.callback_query(Go.filter(F.to == "urgent"), flags=URGENT)
async def listing(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.listing(await turn.read(urgent.listing, now=turn.now), turn.words))


@router.callback_query(UrgentButton.filter(F.verb == "list"), flags=URGENT)
async def turn_list(query: CallbackQuery, callback_data: UrgentButton, turn: Turn) -> None:
    found = await turn.read(urgent.listing, _number(callback_data.arg), now=turn.now)
    await show(query, screens.listing(found, turn.words))


@router.callback_query(UrgentButton.filter(F.verb == "mark"), flags=URGENT)
async def mark(query: CallbackQuery, callback_data: UrgentButton, turn: Turn) -> None:
    """Below, since the card of the approval stays what it is."""
    view = await turn.run(
        urgent.mark,
        callback_data.id,
        callback_data.version,
        now=turn.now,
        plan=turn.settings.plan,
        minutes=turn.settings.urgent_minutes,
    )
    await send(query, _panel(turn, view))


@router.callback_query(UrgentButton.filter(F.verb == "show"), flags=URGENT)
async def panel(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    await _here(query, turn, post, callback_data.id, _number(callback_data.arg))


@router.callback_query(UrgentButton.filter(F.verb == "page"), flags=URGENT)
async def toggle_page(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb, plan = callback_data, turn.settings.plan
    act = turn.run(urgent.toggle_page, cb.id, cb.version, cb.arg, now=turn.now, plan=plan)
    view = await _or_as_it_stands(query, turn, post, cb, act)
    if view is not None:
        await show(query, _panel(turn, view, screens.part_of(view, cb.arg)))


@router.callback_query(UrgentButton.filter(F.verb == "time"), flags=URGENT)
async def set_minutes(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    act = turn.run(urgent.set_minutes, cb.id, cb.version, _number(cb.arg), now=turn.now)
    view = await _or_as_it_stands(query, turn, post, cb, act)
    if view is not None:
        await show(query, _panel(turn, view))


@router.callback_query(UrgentButton.filter(F.verb == "who"), flags=URGENT)
async def people(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    act = turn.read(urgent.people, cb.id, cb.arg, now=turn.now, plan=turn.settings.plan)
    shown = await _or_as_it_stands(query, turn, post, cb, act)
    if shown is not None:
        await show(query, screens.people(shown, turn.words))


@router.callback_query(UrgentButton.filter(F.verb.in_({"man", "wake"})), flags=URGENT)
async def toggle_person(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    """Whoever is in quiet hours is asked only after one more tap."""
    cb = callback_data
    act = turn.run(
        urgent.toggle_person,
        cb.id,
        cb.version,
        cb.arg,
        cb.person,
        warned=cb.verb == "wake",
        now=turn.now,
        plan=turn.settings.plan,
    )
    found = await _or_as_it_stands(query, turn, post, cb, act)
    if found is not None:
        shown, asleep = found
        w = turn.words
        await show(query, screens.wake(shown, asleep, turn.now, w) if asleep else screens.people(shown, w))


# --- the last question -----------------------------------------------------------------------------------------------


@router.callback_query(UrgentButton.filter(F.verb == "go"), flags=URGENT)
async def confirm(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _or_as_it_stands(query, turn, post, cb, turn.read(urgent.look, cb.id, cb.version, now=turn.now))
    if view is not None:
        await show(query, _confirm(turn, view))


@router.callback_query(UrgentButton.filter(F.verb == "why"), flags=URGENT)
async def reasons(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    view = await _or_as_it_stands(query, turn, post, cb, turn.read(urgent.look, cb.id, cb.version, now=turn.now))
    if view is not None:
        await show(query, screens.reasons(view, turn.words))


@router.callback_query(UrgentButton.filter(F.verb == "because"), flags=URGENT)
async def because(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    if cb.arg not in set(Why):
        raise NotFound("button")
    own = cb.arg == Why.OWN
    act = (
        turn.run(urgent.ask_reason, cb.id, cb.version, now=turn.now)
        if own
        else turn.run(urgent.give_reason, cb.id, cb.version, Why(cb.arg), now=turn.now)
    )
    view = await _or_as_it_stands(query, turn, post, cb, act)
    if view is not None:
        await show(query, screens.ask_reason(view, turn.words) if own else _confirm(turn, view))


@router.message(Expecting(urgent.QUESTION), flags=URGENT)
async def in_a_line(message: Message, expectation: Expectation, turn: Turn) -> None:
    """A picture, a forward, a long text is no reason: it is still awaited."""
    number, text = expectation.subject_id, (message.text or "").strip()
    if not text or len(text) > NOTE_LIMIT or message.forward_origin is not None:
        view = await turn.read(urgent.view, number, now=turn.now)
        length = 0 if message.forward_origin else len(text)
        await show(message, screens.no_reason(view, length, turn.words))
        return
    try:
        view = await turn.run(urgent.give_reason, number, expectation.version, Why.OWN, text, now=turn.now)
    except UrgentChanged:
        # Asked again, the line would only fail again: the card below says how it stands.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, urgent.QUESTION))
        view = await turn.read(urgent.view, number, now=turn.now)
        await show(message, _panel(turn, view))
    else:
        await show(message, _confirm(turn, view))


@router.callback_query(UrgentButton.filter(F.verb == "send"), flags=URGENT)
async def start(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    act = turn.run(urgent_asking.start, cb.id, cb.version, now=turn.now, plan=turn.settings.plan)
    try:
        view = await _or_as_it_stands(query, turn, post, cb, act)
    except ReasonNeeded as error:
        # Something was posted meanwhile, so that more is exceeded than was confirmed.
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        await show(query, _confirm(turn, await turn.read(urgent.view, cb.id, now=turn.now)))
        return
    if view is not None:
        await _live(query, turn, post, view)


@router.callback_query(UrgentButton.filter(F.verb == "drop"), flags=URGENT)
async def drop(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    cb = callback_data

    async def act() -> bool:
        await turn.run(urgent.drop, cb.id, cb.version, now=turn.now)
        return True

    if await _or_as_it_stands(query, turn, post, cb, act()):
        await show(query, screens.dropped(turn.words))


@router.callback_query(UrgentButton.filter(F.verb == "stop"), flags=URGENT)
async def stop(query: CallbackQuery, callback_data: UrgentButton, turn: Turn, post: Poster) -> None:
    await _live(query, turn, post, await turn.run(urgent_asking.stop, callback_data.id, now=turn.now))


# --- who is asked ----------------------------------------------------------------------------------------------------


@router.callback_query(UrgentButton.filter(F.verb == "yes"), flags=ANSWER)
async def accept(query: CallbackQuery, callback_data: UrgentButton, turn: Turn) -> None:
    await _answer(query, turn, callback_data.id, urgent_asking.accept)


@router.callback_query(UrgentButton.filter(F.verb == "no"), flags=ANSWER)
async def decline(query: CallbackQuery, callback_data: UrgentButton, turn: Turn) -> None:
    await _answer(query, turn, callback_data.id, urgent_asking.decline)


async def _answer(query: CallbackQuery, turn: Turn, number: int, usecase: urgent_asking.Answering) -> None:
    """A faster colleague, or a call that is over: the tap says so, and so does the message."""
    try:
        await turn.run(usecase, number, now=turn.now, plan=turn.settings.plan)
    except (UrgentTaken, UrgentOver) as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
    ask, _, slot, by = await turn.read(urgent_asking.look, number)
    title = (await turn.db.read(lambda uow: uow.campaign.get_page(slot.page))).title
    await show(query, live_screens.answered(ask, title, by, turn.words))


# --- inside ----------------------------------------------------------------------------------------------------------


def _number(arg: str) -> int:
    return int(arg) if arg.isdecimal() else 0


def _panel(turn: Turn, view: View, at: int = 0) -> Screen:
    zone = turn.actor.person.zone
    if view.call.state is CallState.PREPARING:
        return screens.panel(view, at, zone, turn.now, turn.words)
    return live_screens.live(view, zone, turn.now, turn.words)


def _confirm(turn: Turn, view: View) -> Screen:
    return screens.confirm(view, turn.actor.person.zone, turn.now, turn.words)


async def _or_as_it_stands(
    query: CallbackQuery, turn: Turn, post: Poster, cb: UrgentButton, act: Awaitable[T]
) -> T | None:
    """What a press led to; None when its button was old: then it shows how things stand now."""
    try:
        return await act
    except UrgentChanged:
        await toast(query, screens.stale_toast(turn.words))
        await _here(query, turn, post, cb.id)
        return None


async def _here(query: CallbackQuery, turn: Turn, post: Poster, call_id: int, at: int = 0) -> None:
    """The pressed message shows the call, and from the start on it is the reader's live card."""
    view = await turn.read(urgent.view, call_id, now=turn.now)
    if view.call.started_at is None:
        await show(query, _panel(turn, view, at))
    else:
        await _live(query, turn, post, view)


async def _live(query: CallbackQuery, turn: Turn, post: Poster, view: View) -> None:
    """Bookkeeping: this message is the live card now; an older one goes away."""
    screen = _panel(turn, view)
    await show(query, screen)
    if query.message is None:
        return
    message_id, subject = query.message.message_id, urgent_card.card_subject(view.call.id)

    async def keep(uow: UnitOfWork) -> list[CardCopy]:
        return await make_live(
            uow, turn, message_id, screen, subject=subject, purpose="urgent", version=view.call.version
        )

    older = await turn.db.run(keep)
    await post.delete(turn.visitor.telegram_id, [copy.message_id for copy in older])
