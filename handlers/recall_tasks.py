"""What a recall asks of the person who posted: done, and what shows it."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.links import NotALink, NotAPost, SeveralLinks, UnknownPlatform
from domain.plan import WrongPage
from domain.ports.record import Expectation
from domain.recalls import ProofNeeded
from domain.rights import Action
from domain.usecases import recall_tasks
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import recall_tasks as screens
from handlers.screens.recall_tasks import RecallTaskButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="recall_tasks")
router.message.filter(Private())

ANSWER = needs(Action.RECALL_ANSWER)
_REFUSED = (NotALink, NotAPost, SeveralLinks, UnknownPlatform, WrongPage, ProofNeeded)


@router.callback_query(RecallTaskButton.filter(F.verb == "done"), flags=ANSWER)
async def done(query: CallbackQuery, callback_data: RecallTaskButton, turn: Turn) -> None:
    view = await turn.run(recall_tasks.ask_proof, callback_data.id, now=turn.now)
    await show(query, screens.ask_proof(view, turn.words))


@router.callback_query(RecallTaskButton.filter(F.verb == "said"), flags=ANSWER)
async def said(query: CallbackQuery, callback_data: RecallTaskButton, turn: Turn) -> None:
    view = await turn.run(recall_tasks.say_done, callback_data.id, now=turn.now)
    await show(query, screens.card(view, turn.words, turn.now))


@router.callback_query(RecallTaskButton.filter(F.verb == "back"), flags=ANSWER)
async def back(query: CallbackQuery, callback_data: RecallTaskButton, turn: Turn) -> None:
    view = await turn.run(recall_tasks.stop_asking, callback_data.id)
    await show(query, screens.card(view, turn.words, turn.now))


@router.message(Expecting(recall_tasks.PROOF), F.photo, flags=ANSWER)
async def picture(message: Message, expectation: Expectation, turn: Turn) -> None:
    """A screenshot; fetched before the transaction."""
    photo = (message.photo or [])[-1]
    ref = await turn.media.fetch(
        photo.file_id, "photo", size=photo.file_size, unique_id=photo.file_unique_id, name="", mime="image/jpeg"
    )
    view = await turn.run(recall_tasks.prove_by_picture, expectation.subject_id, ref.sha256, now=turn.now)
    await show(message, screens.closed(view, turn.words, turn.now))


@router.message(Expecting(recall_tasks.PROOF), flags=ANSWER)
async def link(message: Message, expectation: Expectation, turn: Turn) -> None:
    """A link that does not fit, or something else, is refused with the way out; the proof is still awaited."""
    number = expectation.subject_id
    try:
        view = await turn.run(recall_tasks.prove_by_link, number, message.text or "", now=turn.now)
    except _REFUSED as error:
        view = await turn.read(recall_tasks.mine, number)
        await show(message, screens.proof_refused(view, error, turn.words))
    else:
        await show(message, screens.closed(view, turn.words, turn.now))
