"""Filling tomorrow's empty slots: a text for one page, and who could post."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.ports.link_reader import LinkReader
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import page_texts, who_posts
from handlers.access import needs
from handlers.drafts import CouldBePost, begun
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import gaps as screens
from handlers.screens.page_list import PagesButton
from handlers.show import send
from handlers.turn import Turn

router = Router(name="gaps")
router.message.filter(Private())
WRITE = needs(Action.DRAFT_WRITE)


@router.callback_query(PagesButton.filter(F.verb == "write"), flags=WRITE)
async def ask_text(query: CallbackQuery, callback_data: PagesButton, turn: Turn) -> None:
    """Below the message, which stays: other pages stand on it too."""
    page = await turn.run(page_texts.ask, callback_data.key, now=turn.now)
    await send(query, screens.ask_text(page, turn.words))


@router.message(Expecting(page_texts.QUESTION), CouldBePost(), flags=WRITE)
async def text_for_page(
    message: Message, turn: Turn, expectation: Expectation, post: Poster, link_reader: LinkReader | None
) -> None:
    key = expectation.subject.partition(":")[2]
    await begun(message, turn, post, link_reader, lambda came: turn.run(page_texts.answer, key, came, now=turn.now))


@router.callback_query(PagesButton.filter(F.verb == "who"), flags=needs(Action.PAGE_MANAGE))
async def who_could(query: CallbackQuery, callback_data: PagesButton, turn: Turn) -> None:
    view = await turn.read(who_posts.look, callback_data.key, now=turn.now, rules=turn.settings.plan)
    zone = (await turn.member()).person.zone
    await send(query, screens.who_could(view, turn.words, zone, turn.now))
