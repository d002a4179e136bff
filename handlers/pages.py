"""/pages: the list, one page, its keeper and posters."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.rights import Action
from domain.usecases import pages
from handlers.access import needs
from handlers.screens import pages as screens
from handlers.screens.nav import Go
from handlers.screens.pages import PageButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="pages")


@router.message(Command("pages"), flags=needs(Action.PAGES_SEE))
@router.callback_query(Go.filter(F.to == "pages"), flags=needs(Action.PAGES_SEE))
async def first(event: Message | CallbackQuery, turn: Turn) -> None:
    found = await turn.read(pages.list_mine, now=turn.now)
    await show(event, screens.page_list(found, 0, turn.words))


@router.callback_query(PageButton.filter(F.verb == "list"), flags=needs(Action.PAGES_SEE))
async def turn_over(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    found = await turn.read(pages.list_mine, now=turn.now)
    await show(query, screens.page_list(found, callback_data.at, turn.words))


@router.callback_query(PageButton.filter(F.verb == "card"), flags=needs(Action.PAGES_SEE))
async def card(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    view = await turn.read(pages.card, callback_data.key, now=turn.now)
    zone = (await turn.member()).person.zone
    await show(query, screens.page_card(view, turn.words, zone, turn.now))


@router.callback_query(PageButton.filter(F.verb == "keepers"), flags=needs(Action.PAGE_MANAGE))
async def keepers(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    found = await turn.read(pages.keepers, callback_data.key)
    await show(query, screens.choose_keeper(found, callback_data.at, turn.words))


@router.callback_query(PageButton.filter(F.verb == "keeper"), flags=needs(Action.PAGE_MANAGE))
async def set_keeper(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    found = await turn.run(pages.set_keeper, callback_data.key, callback_data.person, now=turn.now)
    await show(query, screens.choose_keeper(found, callback_data.at, turn.words))


@router.callback_query(PageButton.filter(F.verb == "posters"), flags=needs(Action.PAGE_MANAGE))
async def posters(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    found = await turn.read(pages.posters, callback_data.key)
    await show(query, screens.choose_posters(found, callback_data.at, turn.words))


@router.callback_query(PageButton.filter(F.verb == "poster"), flags=needs(Action.PAGE_MANAGE))
async def toggle_poster(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    found = await turn.run(pages.toggle_poster, callback_data.key, callback_data.person, now=turn.now)
    await show(query, screens.choose_posters(found, callback_data.at, turn.words))
