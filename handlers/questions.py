"""Questions about an assignment and their answers."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import proof_offers, questions
from handlers.access import needs
from handlers.filters import Expecting
from handlers.screens import assignments as cards
from handlers.screens import proofs as proof_screens
from handlers.screens import questions as screens
from handlers.screens.assignment_parts import AssignmentButton
from handlers.screens.questions import QuestionButton
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="questions")


@router.callback_query(AssignmentButton.filter(F.verb == "ask"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def begin(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(questions.begin, callback_data.id, now=turn.now)
    await show(query, cards.ask_question(view, turn.words, turn.now))


@router.message(
    Expecting("question.text", "question.answer", "decline.note"), ~F.text, flags=needs(Action.ASSIGNMENT_ANSWER)
)
async def only_text(message: Message, turn: Turn) -> None:
    """A photo, a voice message…: not taken, and the text is still awaited."""
    await show(message, screens.only_text(turn.words))


class WouldProve(Filter):
    """Nothing but a link to a post that one of the person's open assignments waits for."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        text = message.text or ""
        if message.forward_origin is not None or len(text.split()) != 1 or "." not in text:
            return False
        return await turn.read(proof_offers.would_prove, text, now=turn.now)


@router.message(Expecting("question.text"), WouldProve(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def which(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(proof_offers.offer_beside_question, message.text or "", now=turn.now)
    await show(message, proof_screens.proof_or_question(view, expectation.subject_id, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "asklink"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def ask_link(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    count = await turn.run(questions.ask_link, callback_data.id, now=turn.now)
    await show(query, screens.sent(count, turn.words))


@router.message(Expecting("question.text"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def ask(message: Message, expectation: Expectation, turn: Turn) -> None:
    count = await turn.run(questions.ask, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.sent(count, turn.words))


@router.callback_query(QuestionButton.filter(F.verb == "answer"), flags=needs(Action.QUESTION_ANSWER))
async def begin_answer(query: CallbackQuery, callback_data: QuestionButton, turn: Turn) -> None:
    """The question stays where it is; what is to be written is asked below."""
    view = await turn.run(questions.begin_answer, callback_data.id, now=turn.now)
    await send(query, screens.write_answer(view, turn.words))


@router.message(Expecting("question.answer"), flags=needs(Action.QUESTION_ANSWER))
async def answer(message: Message, expectation: Expectation, turn: Turn) -> None:
    text = message.text or ""
    view = await turn.run(questions.answer, expectation.subject_id, text, now=turn.now)
    await show(message, screens.answer_sent(view, turn.words))
