"""A .csv file with figures: shown, then taken in or put away."""

import asyncio
import io
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Document, Message

from domain.figure_import import MAX_BYTES, BadFile, FileFault, decode, read
from domain.rights import Action, may
from domain.sensitive import ensure_kept
from domain.usecases import figure_import
from handlers.access import needs
from handlers.screens import figure_import as screens
from handlers.screens.figure_import import ImportButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="figure_import")
_IMPORT = needs(Action.FIGURES_IMPORT)
LONGEST_NAME = 200


class Table(Filter):
    """A .csv file of somebody who may import figures; anybody else's may belong to a draft."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        document = message.document
        if document is None or not (document.file_name or "").lower().endswith(".csv"):
            return False
        actor = await turn.find_actor()
        return {"table": document} if actor is not None and may(actor, Action.FIGURES_IMPORT) else False


@router.message(Table(), flags=_IMPORT)
async def received(message: Message, table: Document, turn: Turn) -> None:
    if (table.file_size or 0) > MAX_BYTES:
        raise BadFile(FileFault.LARGE)
    # Bounded by Telegram's own 20 MB even when no size was said; nothing of the file is kept as media.
    buffer = await turn.bot.download(table, destination=io.BytesIO())
    text = decode(buffer.read() if buffer is not None else b"")
    ensure_kept(text)
    sheet = await asyncio.to_thread(read, text)
    name = (table.file_name or "")[-LONGEST_NAME:]
    view = await turn.run(figure_import.receive, name, text, sheet, now=turn.now)
    await show(message, screens.preview(view, turn.words))


@router.callback_query(ImportButton.filter(F.verb == "take"), flags=_IMPORT)
async def take(query: CallbackQuery, callback_data: ImportButton, turn: Turn) -> None:
    chosen = callback_data.id, callback_data.version
    row = await turn.read(figure_import.text_of, *chosen, now=turn.now)
    sheet = await asyncio.to_thread(read, row.text)
    view = await turn.run(figure_import.take, *chosen, sheet, now=turn.now)
    await show(query, screens.taken(view, turn.words))


@router.callback_query(ImportButton.filter(F.verb == "cancel"), flags=_IMPORT)
async def cancel(query: CallbackQuery, callback_data: ImportButton, turn: Turn) -> None:
    row = await turn.run(figure_import.cancel, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.put_away(row.name, turn.words))
