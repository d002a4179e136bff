"""After the proof: the published text is pasted and compared."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import proofs, published
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.proofs import Picture, fetch_picture
from handlers.screens import assignments as cards
from handlers.screens import proofs as proof_screens
from handlers.screens import published as screens
from handlers.screens.assignment_parts import ProofButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="published")
router.message.filter(Private())

ANSWER = needs(Action.ASSIGNMENT_ANSWER)
BELOW = "below"


@router.callback_query(ProofButton.filter(F.verb == "text"), flags=ANSWER)
async def ask(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.run(published.ask, callback_data.id, now=turn.now)
    await show(query, screens.ask_text(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "later"), flags=ANSWER)
async def later(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.run(published.leave, callback_data.id, now=turn.now)
    below = callback_data.value == BELOW
    screen = proof_screens.proved if below else cards.control
    await show(query, screen(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "other"), flags=ANSWER)
async def something_else(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    await turn.run(published.leave, callback_data.id, now=turn.now)
    await show(query, screens.something_else(turn.words))


@router.callback_query(ProofButton.filter(F.verb == "anyway"), flags=ANSWER)
async def anyway(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    found = await turn.run(published.take_kept, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.compared(found, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "keep"), flags=ANSWER)
async def stays_so(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.run(published.keep_so, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.stays_so(view, turn.words, turn.now))


@router.message(Expecting(proofs.TEXT), Picture(), flags=ANSWER)
async def picture(message: Message, expectation: Expectation, turn: Turn) -> None:
    sha256 = await fetch_picture(message, turn)
    found = await turn.run(published.take_picture, expectation.subject_id, sha256, now=turn.now)
    await show(message, screens.compared(found, turn.words, turn.now))


class Alike(Filter):
    """After a difference: the text once more. Quite another message is left to the drafts."""

    async def __call__(self, message: Message, expectation: Expectation, turn: Turn) -> bool:
        return await turn.read(published.is_again, expectation.subject_id, message.text or "")


@router.message(Expecting(proofs.AGAIN), F.text, Alike(), flags=ANSWER)
@router.message(Expecting(proofs.TEXT), F.text, flags=ANSWER)
async def pasted(message: Message, expectation: Expectation, turn: Turn) -> None:
    found = await turn.run(published.take, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.compared(found, turn.words, turn.now))
