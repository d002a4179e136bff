"""The short course: after joining, by /help, and its practice post."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.course import CARDS
from domain.rights import Action
from domain.usecases import course, team
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.home import show_home
from handlers.screens import course as screens
from handlers.screens.course import CourseButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="course")
router.message.filter(Private())
_COURSE = needs(Action.COURSE)


async def show_course(event: CallbackQuery | Message, turn: Turn) -> None:
    """The first card, for somebody who has just come in; nothing is written before they turn it over."""
    await _card(event, turn, 1)


async def _card(event: CallbackQuery | Message, turn: Turn, number: int) -> None:
    now_at = await turn.read(course.find)
    regions = await turn.db.read(team.names_of_regions)
    await show(event, screens.card(number, turn.actor, regions, now_at, turn.words))


@router.callback_query(CourseButton.filter(F.verb == "card"), flags=_COURSE)
async def card(query: CallbackQuery, callback_data: CourseButton, turn: Turn) -> None:
    turned = await turn.run(course.turn_to, max(0, min(callback_data.card, CARDS)), now=turn.now)
    await _card(query, turn, turned.card)


@router.callback_query(CourseButton.filter(F.verb == "practice"), flags=_COURSE)
async def practice(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(course.practise, now=turn.now)
    await show(query, screens.practice(turn.words))


@router.message(Expecting(course.LINK), flags=_COURSE)
async def posted(message: Message, turn: Turn) -> None:
    """The practice link: nothing of it is kept."""
    await turn.run(course.answer, message.text or message.caption or "", now=turn.now)
    await show(message, screens.finished(turn.words))


@router.callback_query(CourseButton.filter(F.verb == "skip"), flags=_COURSE)
async def skip(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(course.skip, now=turn.now)
    await show_home(query, turn, screens.skipped(turn.words))


@router.callback_query(CourseButton.filter(F.verb == "people"), flags=needs(Action.INVITE))
async def people(query: CallbackQuery, callback_data: CourseButton, turn: Turn) -> None:
    learners = await turn.read(course.list_learners)
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.people(learners, regions, callback_data.card, turn.words))
