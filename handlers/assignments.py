"""/today, the assignment's card, proof by a link, and stepping in for somebody."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from domain import links
from domain.links import NotALink, NotAPost, SeveralLinks, UnknownPlatform
from domain.people import Actor
from domain.plan import OPEN_ASSIGNMENTS, DeclineReason, LinkUsed, WrongPage, is_early
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import assignments, proofs, substitutes
from handlers.access import needs
from handlers.filters import Expecting, chosen
from handlers.screens import assignments as screens
from handlers.screens import days
from handlers.screens.assignments import AssignmentButton, OfferButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn
from texts.words import local_date

router = Router(name="assignments")

SHORT = 60
"""Characters: an answer to "send the link" rather than a post."""
WITH_A_LINK = 200
NOTE = 300
"""What is longer is a post."""
_REFUSED = (NotALink, NotAPost, SeveralLinks, UnknownPlatform, WrongPage, LinkUsed)


class BareLink(Filter):
    """A message that is nothing but a link to a network, while the person has something to post today and nothing is asked."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        text = message.text or ""
        if len(text.split()) != 1 or "." not in text:
            return False
        try:
            links.recognise(text)
        except (NotAPost, SeveralLinks):
            pass  # the handler says what is wrong with it
        except (NotALink, UnknownPlatform):
            return False
        asked = await turn.expectation()
        if await turn.find_actor() is None or (asked is not None and asked.kind != "proof.offer"):
            return False
        return await turn.read(_anything_open, turn)


class CouldBeProof(Filter):
    """An own text message that has a link, or is too short for a post: everything else is left to the drafts.

    A longer text whose links lead to no post is a post about something, not a proof that went wrong.
    """

    async def __call__(self, message: Message) -> bool:
        text = message.text
        if text is None or message.forward_origin is not None:
            return False
        if len(text) <= SHORT:
            return True
        try:
            links.recognise(text)
        except (NotALink, NotAPost, SeveralLinks, UnknownPlatform) as error:
            return len(text) <= WITH_A_LINK and not isinstance(error, NotALink)
        return True


async def _anything_open(uow: UnitOfWork, actor: Actor, turn: Turn) -> bool:
    day = await assignments.my_day(uow, actor, now=turn.now)
    return any(view.assignment.state in OPEN_ASSIGNMENTS for view in day.today)


# -- the day ------------------------------------------------------------------------------------------------------------------


@router.message(Command("today"), flags=needs(Action.TODAY))
@router.callback_query(Go.filter(F.to == "today"), flags=needs(Action.TODAY))
async def today(event: Message | CallbackQuery, turn: Turn) -> None:
    day = await turn.read(assignments.my_day, now=turn.now)
    zone = (await turn.member()).person.zone
    await show(event, days.today(day, turn.words, local_date(turn.now, zone), turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "open"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def reopen(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """The card comes to the bottom of the chat; one that has ended is shown here."""
    view = await turn.run(assignments.resend, callback_data.id, now=turn.now)
    if view.assignment.state not in OPEN_ASSIGNMENTS:
        await show(query, screens.control(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "back"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def back(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(assignments.stop_asking, callback_data.id)
    await show(query, screens.control(view, turn.words, turn.now))


# -- posted -------------------------------------------------------------------------------------------------------------------


@router.callback_query(AssignmentButton.filter(F.verb == "posted"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def posted(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """Long before its moment one more tap is asked for."""
    if callback_data.value != "sure":
        view = await turn.read(assignments.look_open, callback_data.id, callback_data.version)
        if is_early(view.assignment, turn.now):
            await show(query, screens.early(view, turn.words, turn.now))
            return
    view = await turn.run(proofs.ask_link, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.ask_link(view, turn.words, turn.now))


@router.message(Expecting("proof.link"), CouldBeProof(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def link_sent(message: Message, expectation: Expectation, turn: Turn) -> None:
    """A link that does not fit is refused with the way out; it is still awaited."""
    number = expectation.subject_id
    try:
        view = await turn.run(proofs.prove, number, message.text or "", now=turn.now, rules=turn.settings.plan)
    except _REFUSED as error:
        view = await turn.read(assignments.look, number)
        await show(message, screens.link_refused(view, error, turn.words))
    else:
        await show(message, screens.proved(view, turn.words, turn.now))


@router.message(BareLink(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def bare_link(message: Message, turn: Turn) -> None:
    view = await turn.run(proofs.offer_proof, message.text or "", now=turn.now)
    await show(message, screens.found_for_link(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "linked"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def linked(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(
        proofs.prove_offered,
        callback_data.id,
        callback_data.version,
        now=turn.now,
        rules=turn.settings.plan,
    )
    await show(query, screens.proved(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "undo"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def undo(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(proofs.undo, callback_data.id, callback_data.version, now=turn.now, rules=turn.settings.plan)
    # One live card: the message below it only says what happened.
    screen = screens.undone if callback_data.value == "below" else screens.control
    await show(query, screen(view, turn.words, turn.now))


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
