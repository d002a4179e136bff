"""/status and what it leads to: one message, redrawn in place."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.record import Kind
from domain.rights import Action, may
from domain.usecases import status, targets
from handlers.access import needs
from handlers.screens import status as screens
from handlers.screens import status_pages, status_posts, target_board
from handlers.screens.journal_button import journal_button
from handlers.screens.nav import Go
from handlers.screens.status import PeriodButton, StatusButton
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
    w, actor = turn.words, turn.actor
    journal = (journal_button(Kind.PAGE, view.line.page.code, w),)
    more = journal if may(actor, Action.JOURNAL, view.line.page.region) else ()
    await show(query, status_posts.page(view, w, actor.person.zone, more))


@router.callback_query(PeriodButton.filter(F.verb == "post"), flags=_STATUS)
async def post(query: CallbackQuery, callback_data: PeriodButton, turn: Turn) -> None:
    view = await turn.read(status.post, callback_data.n, now=turn.now)
    w, actor = turn.words, turn.actor
    journal = (journal_button(Kind.POST, callback_data.n, w),)
    more = journal if may(actor, Action.JOURNAL, view.page.region) else ()
    await show(query, status_posts.post(view, w, actor.person.zone, more))


@router.callback_query(StatusButton.filter(F.verb == "targets"), flags=_STATUS)
async def old_targets(query: CallbackQuery, turn: Turn) -> None:
    """Buttons of messages from before there was a board."""
    view = await turn.read(targets.board, now=turn.now)
    await show(query, target_board.board(view, 0, turn.words))
