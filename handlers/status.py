"""/status and everything below it: one message, redrawn in place; only the chart is a message of its own."""

import asyncio
from datetime import time

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from domain.errors import NotFound
from domain.rights import Action
from domain.targets import headline
from domain.usecases import status
from handlers.access import needs
from handlers.screens import status as screens
from handlers.screens import status_pages
from handlers.screens.nav import Go
from handlers.screens.status import StatusButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="status")
_STATUS = needs(Action.STATUS)


async def _top(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(status.overview, now=turn.now)
    await turn.run(status.looked, view.marks, now=turn.now)
    await show(event, screens.overview(view, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "top"), flags=_STATUS)
async def top(query: CallbackQuery, turn: Turn) -> None:
    await _top(query, turn)


@router.callback_query(Go.filter(F.to == "status"), flags=_STATUS)
async def go_status(query: CallbackQuery, turn: Turn) -> None:
    await _top(query, turn)


@router.message(Command("status"), flags=_STATUS)
async def command(message: Message, turn: Turn) -> None:
    await _top(message, turn)


@router.callback_query(StatusButton.filter(F.verb == "regions"), flags=_STATUS)
async def regions(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    found = await turn.read(status.regions, now=turn.now)
    await show(query, status_pages.regions(found, callback_data.n, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "region"), flags=_STATUS)
async def region(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    view = await turn.read(status.region, callback_data.key, now=turn.now)
    await show(query, status_pages.region(view, callback_data.n, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "pages"), flags=_STATUS)
async def pages(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    found, names = await turn.read(status.short_pages, now=turn.now)
    await show(query, status_pages.pages(found, names, callback_data.n, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "page"), flags=_STATUS)
async def page(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    view = await turn.read(status.page, callback_data.key, now=turn.now)
    zone = (await turn.member()).person.zone
    await show(query, status_pages.page(view, turn.words, zone))


@router.callback_query(StatusButton.filter(F.verb == "targets"), flags=_STATUS)
async def targets(query: CallbackQuery, turn: Turn) -> None:
    outlooks = await turn.read(status.targets, now=turn.now)
    await show(query, screens.targets(outlooks, turn.words))


@router.callback_query(StatusButton.filter(F.verb == "chart"), flags=_STATUS)
async def chart(query: CallbackQuery, turn: Turn) -> None:
    from reports.charts import progress_png

    view = await turn.read(status.chart, now=turn.now)
    words = turn.words
    picture = await asyncio.to_thread(progress_png, view, words)
    shown = headline([line.target for line in view.lines], view.today)
    outlooks = [line.outlook for line in view.lines if line.target in shown]
    await turn.bot.send_photo(
        query.from_user.id,
        BufferedInputFile(picture, f"targets-{view.today}.png"),
        caption=screens.chart_caption(outlooks, view.today, words),
        reply_markup=screens.chart_buttons(words),
    )


@router.callback_query(StatusButton.filter(F.verb == "daily"), flags=_STATUS)
async def daily(query: CallbackQuery, turn: Turn) -> None:
    seen = await turn.read(status.seen)
    zone = (await turn.member()).person.zone
    await show(query, screens.daily(seen.daily_at, zone, turn.now, turn.words))


@router.callback_query(StatusButton.filter(F.verb.in_({"set", "off"})), flags=_STATUS)
async def set_daily(query: CallbackQuery, callback_data: StatusButton, turn: Turn) -> None:
    daily_at = None if callback_data.verb == "off" else _hour(callback_data.key)
    due = await turn.run(status.set_daily, daily_at, now=turn.now)
    zone = (await turn.member()).person.zone
    await show(query, screens.daily(daily_at, zone, turn.now, turn.words, due))


def _hour(key: str) -> time:
    """0930 → 09:30."""
    try:
        return time(int(key[:2]), int(key[2:]))
    except ValueError:
        raise NotFound("hour") from None
