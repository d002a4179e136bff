"""/journal and what leads to it."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.record import Kind
from domain.rights import Action
from domain.usecases import evidence, record
from handlers.access import needs
from handlers.filters import Private, chosen
from handlers.screens import journal as screens
from handlers.screens.journal_button import JournalButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="journal")
router.message.filter(Private())
_JOURNAL, _HEAD, _EVIDENCE = needs(Action.JOURNAL), needs(Action.JOURNAL_HEAD), needs(Action.EVIDENCE)
HEAD_WORDS = frozenset({"head", "голова"})


async def _own(event: Message | CallbackQuery, turn: Turn) -> None:
    actor = await turn.member()
    view = await turn.read(record.view, Kind.PERSON, str(actor.id), 0)
    await show(event, screens.view(view, turn.words, actor.person.zone, turn.now))


async def _head(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.head(await turn.read(record.head), turn.words))


@router.message(Command("journal"), flags=_JOURNAL)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    if (command.args or "").strip().lower() in HEAD_WORDS:
        await _head(message, turn)
    else:
        await _own(message, turn)


@router.callback_query(Go.filter(F.to == "journal"), flags=_JOURNAL)
async def go(query: CallbackQuery, turn: Turn) -> None:
    await _own(query, turn)


@router.callback_query(JournalButton.filter(F.verb == "head"), flags=_HEAD)
async def head(query: CallbackQuery, turn: Turn) -> None:
    await _head(query, turn)


@router.callback_query(JournalButton.filter(F.verb == "see"), flags=_JOURNAL)
async def see(query: CallbackQuery, callback_data: JournalButton, turn: Turn) -> None:
    kind = chosen(Kind, callback_data.kind)
    view = await turn.read(record.view, kind, callback_data.key, callback_data.n)
    await show(query, screens.view(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(JournalButton.filter(F.verb == "bundle"), flags=_EVIDENCE)
async def bundle(query: CallbackQuery, callback_data: JournalButton, turn: Turn) -> None:
    one = await turn.run(evidence.ask, callback_data.key, now=turn.now)
    await show(query, screens.preparing(one, turn.words))
