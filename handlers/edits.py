"""Edit and approve: the approver's next message is the text; seen once more, then approved as it stands."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.claims import Claimed
from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed
from domain.edits import EditGone
from domain.errors import Forbidden
from domain.ports.drafts import DraftSheet
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import edits
from handlers import card_control as cards
from handlers.access import needs
from handlers.cards import place
from handlers.desk_talk import OwnText
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import approval_outcomes as outcomes
from handlers.screens import desk_talk
from handlers.screens import edits as screens
from handlers.screens.base import Content
from handlers.screens.desk_talk import TalkButton
from handlers.screens.plain import as_plain
from handlers.show import send, show, toast
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="edits")
router.message.filter(Private())

DECIDE = needs(Action.DRAFT_DECIDE)


@router.callback_query(TalkButton.filter(F.verb.in_({"edit", "edit!"})), flags=DECIDE)
async def ask_edit(query: CallbackQuery, callback_data: TalkButton, turn: Turn, post: Poster) -> None:
    """`edit!`: although somebody else is on it, or once more."""
    cb, here, sure = callback_data, place(query), callback_data.verb == "edit!"

    async def act() -> None:
        try:
            sheet = await turn.run(edits.begin, cb.id, cb.version, sure=sure, pressed=here, now=turn.now)
        except Claimed as error:
            yes, back = cb.model_copy(update={"verb": "edit!"}), cb.model_copy(update={"verb": "unedit"})
            await show(query, desk_talk.confirm_claimed(error, yes, back, turn.words))
        else:
            await _ask(query, turn, post, sheet)

    await cards.as_it_stands(query, turn, cb.id, act)


async def _ask(query: CallbackQuery, turn: Turn, post: Poster, sheet: DraftSheet) -> None:
    """With the text to start from, where the card shows an older version or only what was filled in."""
    copy, draft = await turn.db.read(lambda uow: uow.cards.find(*place(query))), sheet.draft
    below = bool(draft.fills) or (copy is not None and copy.version != draft.version)
    await show(query, screens.ask_edit(sheet, turn.words, below=below))
    if below:
        await post.content(turn.visitor.telegram_id, (Content(draft.text),))


@router.callback_query(TalkButton.filter(F.verb == "unedit"), flags=DECIDE)
async def leave(query: CallbackQuery, callback_data: TalkButton, turn: Turn, post: Poster) -> None:
    await turn.run(edits.leave, callback_data.id)
    await cards.back(query, turn, post, callback_data.id, mine=False)


@router.message(Expecting(edits.QUESTION), OwnText(), flags=DECIDE)
async def propose(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    about, version = expectation.subject_id, expectation.version
    chat_id, message_id = expectation.params.get("pressed") or cards.NOWHERE
    try:
        made = await turn.run(edits.propose, about, version, message.text or "", now=turn.now)
    except (AlreadyDecided, DraftChanged, DraftClosed, Forbidden) as error:
        # There is nothing left to word anew: what was sent stays in the chat, the card says how things stand.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, edits.QUESTION))
        if not isinstance(error, Forbidden):
            await cards.follow(turn, post, (chat_id, message_id), about, mine=False)
        raise
    await cards.follow(turn, post, (chat_id, message_id), about, mine=False)
    await post.content(turn.visitor.telegram_id, screens.proposed_text(made))
    await show(message, screens.proposal(made, turn.words))


@router.message(Expecting(edits.QUESTION), flags=DECIDE)
async def not_an_edit(message: Message, turn: Turn, expectation: Expectation) -> None:
    await show(message, screens.not_an_edit(expectation.subject_id, expectation.version, turn.words))


@router.callback_query(TalkButton.filter(F.verb == "so"), flags=DECIDE)
async def approve(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    cb, undo = callback_data, turn.settings.undo_seconds
    try:
        done = await turn.run(edits.approve, cb.id, cb.version, cb.arg, undo_seconds=undo, now=turn.now)
    except (AlreadyDecided, DraftChanged, DraftClosed, EditGone) as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        await show(query, screens.edit_left(turn.words))
        await send(query, await cards.control(turn, cards.NOWHERE, cb.id))
    else:
        await show(query, outcomes.told(done, turn.actor.person.zone, turn.now, turn.words))
