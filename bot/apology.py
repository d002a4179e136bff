"""When an update was given up: the person learns that something broke, with a number they can tell headquarters."""

from typing import Any

import structlog
from aiogram import Bot

from domain.ports import Database
from storage.repositories.inbox import StoredUpdate
from texts.words import words_for

log = structlog.get_logger(__name__)


async def apologise(bot: Bot, db: Database, row: StoredUpdate) -> None:
    """Once per update, in the private chat it came from. It is not worth a second try."""
    try:
        language, known = await db.read(_reader, row)
        words = words_for(language)
        if known:
            text = words(
                "Something went wrong on our side. Nothing you sent is lost. Incident number: <code>{number}</code>",
                number=row.update_id,
            )
        else:
            text = words(
                "Something went wrong on our side. Nothing of what you sent is kept: please try again later."
                " Incident number: <code>{number}</code>",
                number=row.update_id,
            )
        await bot.send_message(row.lane, text)
    except Exception:
        log.exception("apology could not be sent")


async def _reader(uow: Any, row: StoredUpdate) -> tuple[str, bool]:
    """Their language (that of their phone before they have joined), and whether they have joined."""
    actor = await uow.people.find_actor(row.lane)
    return (_language(row), False) if actor is None else (str(actor.language), True)


def _language(row: StoredUpdate) -> str:
    events = [event for event in (row.body or {}).values() if isinstance(event, dict)]
    sender = events[0].get("from") if events else None
    language = sender.get("language_code") if isinstance(sender, dict) else None
    return language if isinstance(language, str) else "en"
