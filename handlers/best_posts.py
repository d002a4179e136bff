"""/best: best posts, rubrics, peak hours, posts without figures."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.best_posts import PostAge
from domain.rights import Action
from domain.usecases import best_posts
from domain.usecases.best_posts import Wanted
from handlers.access import needs
from handlers.filters import Private
from handlers.screens import best_posts as screens
from handlers.screens import peaks
from handlers.screens.best_posts import BestButton, wanted_of
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn

router = Router(name="best_posts")
router.message.filter(Private())

BEST = needs(Action.BEST_POSTS)


@router.message(Command("best"), flags=BEST)
@router.callback_query(Go.filter(F.to == "best"), flags=BEST)
async def first(event: Message | CallbackQuery, turn: Turn) -> None:
    await show(event, screens.board(await turn.read(best_posts.board, Wanted(), now=turn.now), turn.words))


@router.callback_query(BestButton.filter(F.verb == "list"), flags=BEST)
async def listing(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    view = await turn.read(best_posts.board, wanted_of(callback_data), now=turn.now)
    await show(query, screens.board(view, turn.words))


@router.callback_query(BestButton.filter(F.verb == "rub"), flags=BEST)
async def rubrics(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    view = await turn.read(best_posts.board, wanted_of(callback_data), now=turn.now)
    await show(query, screens.rubrics(view, turn.words))


@router.callback_query(BestButton.filter(F.verb == "where"), flags=BEST)
async def where(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    view = await turn.read(best_posts.board, wanted_of(callback_data), now=turn.now)
    await show(query, screens.where(view, callback_data.n, turn.words))


@router.callback_query(BestButton.filter(F.verb == "see"), flags=BEST)
async def see(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    wanted = wanted_of(callback_data)
    age = wanted.age or PostAge.DAY
    view = await turn.read(best_posts.post, callback_data.id, age, wanted, now=turn.now)
    await show(query, screens.post(view, turn.words))


@router.callback_query(BestButton.filter(F.verb == "hours"), flags=BEST)
async def hours(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    view = await turn.read(best_posts.hours, wanted_of(callback_data), now=turn.now)
    await show(query, peaks.hours(view, turn.words))


@router.callback_query(BestButton.filter(F.verb == "bare"), flags=BEST)
async def bare(query: CallbackQuery, callback_data: BestButton, turn: Turn) -> None:
    view = await turn.read(best_posts.bare, wanted_of(callback_data), now=turn.now)
    await show(query, screens.bare(view, turn.words))
