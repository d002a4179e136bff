"""Reporting figures: a page or post is chosen, a number is typed, read back, confirmed or corrected."""

import re
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.errors import DomainError, NotFound
from domain.figures import POST_METRICS, BadPostFigures, PageAsk, PageReported, PostReported
from domain.ports.record import Expectation
from domain.rights import Action
from domain.typed_figures import BadFigure, read_number, read_typed_figures
from domain.usecases import figures, figures_posts
from handlers.access import needs
from handlers.filters import Expecting
from handlers.screens import figures as screens
from handlers.screens.base import Screen
from handlers.screens.figures import FigureButton
from handlers.screens.nav import Go
from handlers.show import show
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="figures")
_REPORT = needs(Action.FIGURES_REPORT)
SHORT = 30
"""What is no longer than this is meant for the question that stands, even when it cannot be read."""
SHORT_POST = 120
"""The same where somebody tapped to type a post's figures: they name up to four of them."""
LONGEST_ANSWER = 200
"""Nobody types figures at such length: a longer text is a post somebody sends in between."""
_LINK = re.compile(r"://|\b[a-z][a-z0-9-]*\.[a-z]{2,}\b", re.IGNORECASE | re.ASCII)


class TypedFigures(Expecting):
    """A plain typed message that answers a question for figures; forwards, links and long texts are something else."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        text = message.text
        if text is None or message.forward_origin is not None or len(text) > LONGEST_ANSWER or _LINK.search(text):
            return False
        found = await super().__call__(message, turn)
        if isinstance(found, dict) and not _answers(found["expectation"], text, turn.words.language):
            return False
        return found


def _answers(asked: Expectation, text: str, language: str) -> bool:
    """Whether a text is meant for the question: it reads as figures, or is too short to be a post.

    After no tap of theirs a whole sentence is a post, though it has numbers in it.
    """
    if len(text) <= SHORT or _reads(asked.kind, text, language):
        return True
    if asked.kind != figures_posts.KIND or asked.params.get("unasked"):
        return False
    return len(text) <= SHORT_POST or any(char.isdigit() for char in text)


_BARE = re.compile(r"[\d\s.,]+")


def _reads(kind: str, text: str, language: str) -> bool:
    """Also a bare number that does not say what it is: an answer that gets a kind question back, and no post."""
    if _BARE.fullmatch(text):
        return True
    try:
        if kind == figures.KIND:
            read_number(text, language)
        else:
            read_typed_figures(text, language, POST_METRICS)
    except DomainError:
        return False
    return True


@router.message(TypedFigures(figures.KIND), flags=_REPORT)
async def typed_page(message: Message, expectation: Expectation, turn: Turn) -> None:
    asked = date.fromisoformat(expectation.params["day"])
    text = message.text or ""
    try:
        done = await turn.run(figures.report_page, expectation.params["page"], asked, text, now=turn.now)
    except BadFigure as error:
        await show(message, screens.not_read(explain(error, turn.words), turn.words))
    else:
        await show(message, _reported(done, turn, await _zone(turn)))


@router.message(TypedFigures(figures_posts.KIND), flags=_REPORT)
async def typed_post(message: Message, expectation: Expectation, turn: Turn) -> None:
    try:
        done = await turn.run(figures_posts.report, expectation.subject_id, message.text or "", now=turn.now)
    except BadPostFigures as error:
        await show(message, screens.not_read(explain(error, turn.words), turn.words))
    else:
        await show(message, _reported(done, turn, await _zone(turn)))


@router.message(Command("report"), flags=_REPORT)
async def report(message: Message, turn: Turn) -> None:
    await show(message, screens.to_report(await turn.read(figures.to_report, now=turn.now), 0, turn.words))


@router.callback_query(Go.filter(F.to == "report"), flags=_REPORT)
async def go_report(query: CallbackQuery, turn: Turn) -> None:
    await show(query, screens.to_report(await turn.read(figures.to_report, now=turn.now), 0, turn.words))


@router.callback_query(FigureButton.filter(F.verb == "list"), flags=_REPORT)
async def listed(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    view = await turn.read(figures.to_report, now=turn.now)
    await show(query, screens.to_report(view, callback_data.n, turn.words))


@router.callback_query(FigureButton.filter(F.verb == "page"), flags=_REPORT)
async def choose_page(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    try:
        asked = date.fromisoformat(callback_data.day)
    except ValueError:
        raise NotFound("button") from None
    ask = await turn.run(figures.choose_page, callback_data.key, asked, now=turn.now)
    await show(query, screens.page_question(ask, turn.words))


@router.callback_query(FigureButton.filter(F.verb == "post"), flags=_REPORT)
async def choose_post(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    ask = await turn.run(figures_posts.choose, _number(callback_data), now=turn.now)
    await show(query, screens.post_question(ask, turn.words))


@router.callback_query(FigureButton.filter(F.verb.in_({"yes", "right"})), flags=_REPORT)
async def confirm(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    done = await turn.run(figures.confirm, _number(callback_data), now=turn.now)
    await show(query, _reported(done, turn, await _zone(turn), settled=True))


@router.callback_query(FigureButton.filter(F.verb == "change"), flags=_REPORT)
async def change(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    ask = await turn.run(figures.change, _number(callback_data), now=turn.now)
    if isinstance(ask, PageAsk):
        await show(query, screens.page_question(ask, turn.words))
    else:
        await show(query, screens.post_question(ask, turn.words))


@router.callback_query(FigureButton.filter(F.verb == "later"), flags=_REPORT)
async def later(query: CallbackQuery, turn: Turn) -> None:
    view = await turn.run(figures.later, now=turn.now)
    await show(query, screens.to_report(view, 0, turn.words))


def _reported(done: PageReported | PostReported, turn: Turn, zone: str, *, settled: bool = False) -> Screen:
    if isinstance(done, PageReported):
        return screens.page_reported(done, turn.words, zone, turn.now, settled=settled)
    return screens.post_reported(done, turn.words, zone, turn.now, settled=settled)


async def _zone(turn: Turn) -> str:
    return (await turn.member()).person.zone


def _number(data: FigureButton) -> int:
    if not data.key.isdigit():
        raise NotFound("figure")
    return int(data.key)
