"""/pages: the list, one page, its keeper and posters."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.rights import Action
from domain.usecases import pages
from domain.usecases.pages import PageList
from handlers.access import needs
from handlers.screens import page_list as lists
from handlers.screens import pages as screens
from handlers.screens.nav import Go
from handlers.screens.page_list import PagesButton
from handlers.screens.pages import PageButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="pages")


SEE = needs(Action.PAGES_SEE)


@router.message(Command("pages"), flags=SEE)
@router.callback_query(Go.filter(F.to == "pages"), flags=SEE)
@router.callback_query(PageButton.filter(F.verb == "list"), flags=SEE)
async def first(event: Message | CallbackQuery, turn: Turn) -> None:
    found = await turn.read(pages.list_mine, now=turn.now, rules=turn.settings.plan)
    await show(event, lists.page_list(found, 0, turn.words))


async def _narrowed(turn: Turn, cb: PagesButton) -> PageList:
    return await turn.read(pages.list_mine, cb.area, only=bool(cb.only), now=turn.now, rules=turn.settings.plan)


@router.callback_query(PagesButton.filter(F.verb == "list"), flags=SEE)
async def narrowed(query: CallbackQuery, callback_data: PagesButton, turn: Turn) -> None:
    found = await _narrowed(turn, callback_data)
    await show(query, lists.page_list(found, callback_data.at, turn.words))


@router.callback_query(PagesButton.filter(F.verb == "regions"), flags=SEE)
async def regions(query: CallbackQuery, callback_data: PagesButton, turn: Turn) -> None:
    found = await _narrowed(turn, callback_data)
    await show(query, lists.regions(found, callback_data.at, turn.words))


@router.callback_query(PagesButton.filter(F.verb == "card"), flags=SEE)
async def card_from_list(query: CallbackQuery, callback_data: PagesButton, turn: Turn) -> None:
    back = callback_data.model_copy(update={"verb": "list", "key": ""})
    await _card(query, turn, callback_data.key, back)


@router.callback_query(PageButton.filter(F.verb == "card"), flags=SEE)
async def card(query: CallbackQuery, callback_data: PageButton, turn: Turn) -> None:
    await _card(query, turn, callback_data.key)


async def _card(query: CallbackQuery, turn: Turn, key: str, back: PagesButton | None = None) -> None:
    view = await turn.read(pages.card, key, now=turn.now, rules=turn.settings.plan)
    zone = (await turn.member()).person.zone
    await show(query, screens.page_card(view, turn.words, zone, turn.now, back))


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
