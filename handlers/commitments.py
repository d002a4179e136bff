"""/commit: lists, writing one down, and what becomes of it."""

from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.awaited import could_be_line, could_be_reason
from domain.errors import NotFound
from domain.ports.record import Expectation
from domain.rights import LEADERS, Action
from domain.usecases import commitment_drafts, commitments
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private
from handlers.post import Poster
from handlers.proofs import Picture, fetch_picture
from handlers.screens import commitment_drafts as draft_screens
from handlers.screens import commitments as screens
from handlers.screens.base import Content, MediaFile
from handlers.screens.commitments import CommitButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="commitments")
router.message.filter(Private())

COMMIT, ASK = needs(Action.COMMIT), needs(Action.COMMIT_ASK)
A_LINE = 80
"""What shows that a promise is kept is a link, a picture or so many characters; a longer text is a post sent meanwhile."""


class Shows(Expecting):
    """What was asked for after [Done]."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        text = message.text or message.caption or ""
        if len(text) > A_LINE and "://" not in text:
            return False
        return await super().__call__(message, turn)


@router.message(Command("commit"), flags=COMMIT)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """With words behind it the line is read at once."""
    if command.args:
        await _write(message, command.args, turn)
        return
    await _board(message, turn, commitments.MINE, 0)


@router.callback_query(Go.filter(F.to == "commit"), flags=COMMIT)
async def go(query: CallbackQuery, turn: Turn) -> None:
    await _board(query, turn, commitments.MINE, 0)


@router.callback_query(CommitButton.filter(F.verb == "list"), flags=COMMIT)
async def board(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    await _board(query, turn, callback_data.arg, callback_data.n)


async def _board(event: Message | CallbackQuery, turn: Turn, chosen: str, page: int) -> None:
    view = await turn.read(commitments.board, chosen, now=turn.now)
    await show(event, screens.board(view, page, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "by"), flags=COMMIT)
async def groups(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    found = await turn.read(commitments.groups, callback_data.arg, now=turn.now)
    await show(query, screens.groups(found, callback_data.arg, callback_data.n, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "see"), flags=COMMIT)
async def see(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    view = await turn.read(commitments.see, callback_data.id, now=turn.now)
    await show(query, screens.card(view, turn.words, back=callback_data.arg or commitments.MINE))


# -- writing one down -------------------------------------------------------------------------------------------------


@router.callback_query(CommitButton.filter(F.verb == "new"), flags=COMMIT)
async def new(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(commitment_drafts.begin, now=turn.now)
    await show(query, draft_screens.ask_line(turn.actor.holds(LEADERS), turn.words))


@router.message(Expecting(commitment_drafts.LINE), Fits(could_be_line), flags=COMMIT)
async def line(message: Message, turn: Turn) -> None:
    await _write(message, message.text or "", turn)


async def _write(message: Message, text: str, turn: Turn) -> None:
    draft = await turn.run(commitment_drafts.write, text, now=turn.now)
    await show(message, draft_screens.preview(draft, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "look"), flags=COMMIT)
async def look(query: CallbackQuery, turn: Turn) -> None:
    draft = await turn.read(commitment_drafts.look, now=turn.now)
    await show(query, draft_screens.preview(draft, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "due"), flags=COMMIT)
async def days(query: CallbackQuery, turn: Turn) -> None:
    draft = await turn.read(commitment_drafts.look, now=turn.now)
    await show(query, draft_screens.days(draft.today, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "set"), flags=COMMIT)
async def set_due(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    draft = await turn.run(commitment_drafts.set_due, _day(callback_data.arg), now=turn.now)
    await show(query, draft_screens.preview(draft, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "who"), flags=ASK)
async def people(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    found = await turn.read(commitment_drafts.people)
    await show(query, draft_screens.people(found, callback_data.n, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "person"), flags=ASK)
async def set_person(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    draft = await turn.run(commitment_drafts.set_person, callback_data.id, now=turn.now)
    await show(query, draft_screens.preview(draft, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "place"), flags=COMMIT)
async def places(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    found = await turn.read(commitment_drafts.places)
    await show(query, draft_screens.places(found, callback_data.n, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "pages"), flags=COMMIT)
async def pages(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    found = await turn.read(commitment_drafts.places)
    await show(query, draft_screens.pages(found, callback_data.n, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "for"), flags=COMMIT)
async def set_place(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    draft = await turn.run(commitment_drafts.set_place, callback_data.arg, now=turn.now)
    await show(query, draft_screens.preview(draft, turn.words))


@router.callback_query(CommitButton.filter(F.verb == "save"), flags=COMMIT)
async def save(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    view = await turn.run(commitment_drafts.save, callback_data.v, now=turn.now)
    await show(query, screens.card(view, turn.words, screens.is_saved(view, turn.words)))


# -- what becomes of it -----------------------------------------------------------------------------------------------


@router.callback_query(CommitButton.filter(F.verb.in_({"yes", "no"})), flags=COMMIT)
async def answer(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    yes = callback_data.verb == "yes"
    view = await turn.run(commitments.answer, callback_data.id, callback_data.v, yes=yes, now=turn.now)
    await show(query, screens.card(view, turn.words, screens.is_answered(view, turn.words)))


@router.callback_query(CommitButton.filter(F.verb == "done"), flags=COMMIT)
async def done(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    view = await turn.run(commitments.finish, callback_data.id, callback_data.v, now=turn.now)
    await show(query, screens.card(view, turn.words, screens.is_done(turn.words)))


@router.message(Shows(commitments.PROOF), F.text, flags=COMMIT)
async def proof(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(commitments.prove, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.card(view, turn.words, screens.is_proven(turn.words)))


@router.message(Shows(commitments.PROOF), Picture(), flags=COMMIT)
async def proof_picture(message: Message, expectation: Expectation, turn: Turn) -> None:
    digest, text = await fetch_picture(message, turn), message.caption or ""
    view = await turn.run(commitments.prove, expectation.subject_id, text, picture=digest, now=turn.now)
    await show(message, screens.card(view, turn.words, screens.is_proven(turn.words)))


@router.callback_query(CommitButton.filter(F.verb == "pic"), flags=COMMIT)
async def picture(query: CallbackQuery, callback_data: CommitButton, turn: Turn, post: Poster) -> None:
    file = await turn.read(commitments.picture_of, callback_data.id)
    known = file.file_id if file.bot_id == turn.bot.id else None
    await post.content(query.from_user.id, [Content("", (MediaFile(file.sha256, file.kind, known, file.name),))])


@router.callback_query(CommitButton.filter(F.verb.in_({"move", "day"})), flags=COMMIT)
async def ask_move(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    day = _day(callback_data.arg) if callback_data.verb == "day" else None
    view = await turn.run(commitments.ask_move, callback_data.id, callback_data.v, day, now=turn.now)
    await show(query, screens.ask_move(view, day, turn.words))


@router.message(Expecting(commitments.MOVE), Fits(could_be_reason), flags=COMMIT)
async def move(message: Message, expectation: Expectation, turn: Turn) -> None:
    about = (expectation.subject_id, expectation.version, expectation.params, message.text or "")
    view = await turn.run(commitments.move, *about, now=turn.now)
    await show(message, screens.card(view, turn.words, screens.is_moved(turn.words)))


@router.callback_query(CommitButton.filter(F.verb == "drop"), flags=COMMIT)
async def ask_drop(query: CallbackQuery, callback_data: CommitButton, turn: Turn) -> None:
    view = await turn.run(commitments.ask_drop, callback_data.id, callback_data.v, now=turn.now)
    await show(query, screens.ask_drop(view, turn.words))


@router.message(Expecting(commitments.DROP), Fits(could_be_reason), flags=COMMIT)
async def drop(message: Message, expectation: Expectation, turn: Turn) -> None:
    about = (expectation.subject_id, expectation.version, message.text or "")
    view = await turn.run(commitments.drop, *about, now=turn.now)
    await show(message, screens.card(view, turn.words, screens.is_dropped(turn.words)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("button") from None
