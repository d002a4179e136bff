"""/recall: a public text is corrected or removed by everybody who posted it."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.ports.drafts import StoredMedia
from domain.ports.record import Expectation
from domain.recalls import RecallReason, RecallState
from domain.rights import Action
from domain.usecases import recall_tasks, recalls
from domain.usecases.recalls import RecallView
from handlers.access import needs
from handlers.filters import Expecting, Private, chosen
from handlers.post import Poster
from handlers.screens import recalls as screens
from handlers.screens.base import Content, MediaFile
from handlers.screens.recalls import RecallButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="recalls")
router.message.filter(Private())

RECALL = needs(Action.RECALL)


# -- finding ----------------------------------------------------------------------------------------------------------


@router.message(Command("recall"), flags=RECALL)
async def begin(message: Message, command: CommandObject, turn: Turn) -> None:
    words = (command.args or "").strip()
    found = await turn.read(recalls.published, words, now=turn.now)
    await show(message, screens.published(found, 0, words, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "list"), flags=RECALL)
async def listed(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    found = await turn.read(recalls.published, now=turn.now)
    await show(query, screens.published(found, _page(callback_data), "", turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "search"), flags=RECALL)
async def ask_words(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(recalls.ask_words, now=turn.now)
    await show(query, screens.ask_words(turn.words))


@router.message(Expecting(recalls.SEARCH), F.text, flags=RECALL)
async def search(message: Message, turn: Turn) -> None:
    words = (message.text or "").strip()
    found = await turn.run(recalls.search, words, now=turn.now)
    await show(message, screens.published(found, 0, words[:60], turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "open"), flags=RECALL)
async def open_text(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    view = await turn.read(recalls.look, callback_data.id)
    await show(query, screens.text(view, turn.words, turn.actor.person.zone, turn.now))


# -- correcting -------------------------------------------------------------------------------------------------------


@router.callback_query(RecallButton.filter(F.verb == "correct"), flags=RECALL)
async def ask_text(query: CallbackQuery, callback_data: RecallButton, turn: Turn, post: Poster) -> None:
    """The public text is sent below: it is easier to correct than to write."""
    view = await turn.run(recalls.ask_text, callback_data.id, now=turn.now)
    await show(query, screens.ask_text(turn.words))
    await post.content(turn.visitor.telegram_id, screens.public_text(view))


@router.message(Expecting(recalls.TEXT), F.text, flags=RECALL)
async def correct(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(recalls.correct, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.confirm(view, turn.words))


@router.callback_query(RecallButton.filter(F.verb == "send"), flags=RECALL)
async def send(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    cb, allowed = callback_data, turn.settings.recall_time
    await _panel(query, turn, await turn.run(recalls.send, cb.id, cb.version, now=turn.now, allowed=allowed))


@router.callback_query(RecallButton.filter(F.verb == "yes"), flags=RECALL)
async def approve(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    cb, allowed = callback_data, turn.settings.recall_time
    await _panel(query, turn, await turn.run(recalls.approve, cb.id, cb.version, now=turn.now, allowed=allowed))


@router.callback_query(RecallButton.filter(F.verb == "no"), flags=RECALL)
async def refuse(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    view = await turn.run(recalls.refuse, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.sent_back(view, turn.words))


@router.callback_query(RecallButton.filter(F.verb == "drop"), flags=RECALL)
async def drop(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    await turn.run(recalls.drop, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.dropped(turn.words))


# -- removing ---------------------------------------------------------------------------------------------------------


@router.callback_query(RecallButton.filter(F.verb == "remove"), flags=RECALL)
async def ask_reason(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    await show(query, screens.why(await turn.read(recalls.look, callback_data.id), turn.words))


@router.callback_query(RecallButton.filter(F.verb == "why"), flags=RECALL)
async def remove(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    reason, allowed = chosen(RecallReason, callback_data.arg), turn.settings.recall_time
    view = await turn.run(recalls.remove, callback_data.id, reason, now=turn.now, allowed=allowed)
    await _panel(query, turn, view)


@router.message(Expecting(recalls.NOTE), F.text, flags=RECALL)
async def note(message: Message, expectation: Expectation, turn: Turn) -> None:
    view = await turn.run(recalls.note, expectation.subject_id, message.text or "", now=turn.now)
    await show(message, screens.noted(view, turn.words))


@router.message(Expecting(recalls.TEXT, recalls.NOTE, recalls.SEARCH), flags=RECALL)
async def only_text(message: Message, turn: Turn) -> None:
    """A photo, a voice message…: not taken, and the text is still awaited."""
    await turn.member()
    await show(message, screens.only_text(turn.words))


# -- who is outstanding -----------------------------------------------------------------------------------------------


@router.callback_query(RecallButton.filter(F.verb == "panel"), flags=RECALL)
async def panel(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    view = await turn.read(recalls.see, callback_data.id)
    zone, w = turn.actor.person.zone, turn.words
    await show(query, screens.panel(view, _page(callback_data), w, zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "one"), flags=RECALL)
async def one(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    view = await turn.read(recall_tasks.to_look, callback_data.id)
    await show(query, screens.one(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "look"), flags=RECALL)
async def looked(query: CallbackQuery, callback_data: RecallButton, turn: Turn) -> None:
    view = await turn.run(recall_tasks.looked, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.one(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(RecallButton.filter(F.verb == "shot"), flags=RECALL)
async def screenshot(_: CallbackQuery, callback_data: RecallButton, turn: Turn, post: Poster) -> None:
    """The picture that was sent as proof, below."""
    view = await turn.read(recall_tasks.to_look, callback_data.id)
    stored = await turn.db.read(lambda uow: uow.media.get_many([view.task.proof_media]))
    await post.content(turn.visitor.telegram_id, [Content("", (_file(file, turn.bot.id),)) for file in stored.values()])


def _file(file: StoredMedia, bot_id: int) -> MediaFile:
    return MediaFile(file.sha256, file.kind, file.file_id if file.bot_id == bot_id else None, file.name)


async def _panel(query: CallbackQuery, turn: Turn, view: RecallView) -> None:
    """What was just begun: the list itself comes as a message that is redrawn with every answer."""
    if view.recall is not None and view.recall.state is RecallState.OPEN:
        await show(query, screens.begun(view, turn.words, turn.actor.person.zone, turn.now))
    else:
        await show(query, screens.panel(view, 0, turn.words, turn.actor.person.zone, turn.now))


def _page(cb: RecallButton) -> int:
    return int(cb.arg) if cb.arg.isdecimal() else 0
