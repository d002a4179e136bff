"""/today, the assignment's card, handing it on, and stepping in for somebody."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.plan import OPEN_ASSIGNMENTS, AssignmentClosed, DeclineReason
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import assignments, substitutes
from handlers.access import needs
from handlers.filters import Expecting, chosen
from handlers.screens import assignments as screens
from handlers.screens import days
from handlers.screens.assignment_parts import AssignmentButton
from handlers.screens.assignments import OfferButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn
from texts.words import local_date

router = Router(name="assignments")

NOTE = 300
"""What is longer is a post."""


# -- the day ------------------------------------------------------------------------------------------------------------------


@router.message(Command("today"), flags=needs(Action.TODAY))
@router.callback_query(Go.filter(F.to == "today"), flags=needs(Action.TODAY))
async def today(event: Message | CallbackQuery, turn: Turn) -> None:
    day = await turn.read(assignments.my_day, now=turn.now)
    zone = (await turn.member()).person.zone
    await show(event, days.today(day, turn.words, local_date(turn.now, zone), turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "open"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def reopen(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """The card comes to the bottom of the chat; one that has ended is shown here, or told of where a list stays."""
    view = await turn.run(assignments.resend, callback_data.id, now=turn.now)
    if view.assignment.state in OPEN_ASSIGNMENTS:
        return
    if callback_data.value == "list":
        raise AssignmentClosed(view.assignment.state)
    await show(query, screens.control(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "back"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def back(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(assignments.stop_asking, callback_data.id, now=turn.now)
    await show(query, screens.control(view, turn.words, turn.now))


# -- handing on -----------------------------------------------------------------------------------------------------------------


@router.callback_query(AssignmentButton.filter(F.verb == "cant"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def cannot(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.read(assignments.look_open, callback_data.id, callback_data.version)
    await show(query, screens.reasons(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "why"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def because(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """Another reason than those on the buttons is asked for in a line."""
    reason = chosen(DeclineReason, callback_data.value)
    if reason is DeclineReason.OTHER:
        view = await turn.run(substitutes.ask_note, callback_data.id, callback_data.version, now=turn.now)
        await show(query, screens.ask_note(view, turn.words, turn.now))
    else:
        await _declined(query, turn, callback_data.id, callback_data.version, reason)


@router.callback_query(AssignmentButton.filter(F.verb == "nowords"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def without_words(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    await _declined(query, turn, callback_data.id, callback_data.version, DeclineReason.OTHER)


@router.message(Expecting("decline.note"), F.text.len() <= NOTE, flags=needs(Action.ASSIGNMENT_ANSWER))
async def in_a_line(message: Message, expectation: Expectation, turn: Turn) -> None:
    note = (message.text or "").strip()
    await _declined(message, turn, expectation.subject_id, expectation.version, DeclineReason.OTHER, note)


async def _declined(
    event: Message | CallbackQuery, turn: Turn, number: int, version: int, reason: DeclineReason, note: str = ""
) -> None:
    view = await turn.run(
        substitutes.decline, number, version, reason, now=turn.now, rules=turn.settings.plan, note=note
    )
    await show(event, screens.control(view, turn.words, turn.now))


@router.callback_query(OfferButton.filter(F.verb == "yes"), flags=needs(Action.SUBSTITUTE))
async def step_in(query: CallbackQuery, callback_data: OfferButton, turn: Turn) -> None:
    view = await turn.run(substitutes.accept_offer, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.offer_outcome(view, turn.words, turn.now))


@router.callback_query(OfferButton.filter(F.verb == "no"), flags=needs(Action.SUBSTITUTE))
async def not_me(query: CallbackQuery, callback_data: OfferButton, turn: Turn) -> None:
    view = await turn.run(
        substitutes.refuse_offer, callback_data.id, callback_data.version, now=turn.now, rules=turn.settings.plan
    )
    await show(query, screens.offer_outcome(view, turn.words, turn.now))
