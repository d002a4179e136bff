"""Reporting figures: a page or post is chosen, a number is typed, read back, confirmed or corrected."""

import re
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from domain.errors import DomainError, Forbidden, NotFound
from domain.figures import POST_METRICS, BadPostFigures, FigureState, PageAsk, PageReported, PostReported
from domain.named_figures import by_network
from domain.ports.record import Expectation
from domain.rights import Action
from domain.typed_figures import BadFigure, meant_as_figures, read_page_figure, read_typed_figures
from domain.usecases import drafts, figures, figures_past, figures_posts, figures_together
from handlers.access import needs
from handlers.draft_panel import here
from handlers.filters import Expecting, Private
from handlers.incoming import incoming
from handlers.post import Poster
from handlers.proofs import fetch_picture, picture_of
from handlers.screens import figures as screens
from handlers.screens import figures_past as past
from handlers.screens.base import Content, MediaFile, Screen
from handlers.screens.figures import FigureButton
from handlers.screens.nav import Go
from handlers.show import send, show
from handlers.turn import Turn
from texts.errors import explain

router = Router(name="figures")
changes = Router(name="figure_changes")
changes.edited_message.filter(Private())
_REPORT = needs(Action.FIGURES_REPORT)
SHORT = 30
"""What is no longer than this is meant for the question that stands, even when it cannot be read."""
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
        if isinstance(found, dict) and not _answers(found["expectation"], text):
            return False
        return found


class PicturedFigures(Expecting):
    """A picture whose caption answers a question for figures: its screenshot. Any other picture could be a post."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        text = message.caption
        if not text or message.forward_origin is not None or message.media_group_id or picture_of(message) is None:
            return False
        found = await super().__call__(message, turn)
        if isinstance(found, dict) and not _reads(found["expectation"].kind, text):
            return False
        return found


class AskedPicture(Expecting):
    """The picture that [Screenshot] asked for; one with a text below it, or several at once, are a post."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        said = message.caption or ""
        if picture_of(message) is None or message.media_group_id or message.forward_origin is not None:
            return False
        if len(said) > SHORT and not meant_as_figures(said):
            return False
        return await super().__call__(message, turn)


def _answers(asked: Expectation, text: str) -> bool:
    """Whether a text is meant for the question: it reads as figures, is too short to be a post, or tries to name figures.

    A whole sentence is a post, though it has numbers in it, also after a tap: the next question may come by itself.
    """
    return (
        len(text) <= SHORT or _reads(asked.kind, text) or (asked.kind == figures_posts.KIND and meant_as_figures(text))
    )


_BARE = re.compile(r"[\d\s.,]+")


def _reads(kind: str, text: str) -> bool:
    """Also a bare number that does not say what it is: an answer that gets a kind question back, and no post."""
    if _BARE.fullmatch(text):
        return True
    try:
        if kind == figures.KIND:
            read_page_figure(text)
        else:
            read_typed_figures(text, POST_METRICS)
    except DomainError:
        return False
    return True


class NamedPages(Filter):
    """ "вк 12,4к, ок 11 900": a figure behind each network of pages that this person is asked about."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        text = message.text
        if text is None or message.forward_origin is not None or len(text) > LONGEST_ANSWER or not by_network(text):
            return False
        if message.chat.type != "private" or await turn.find_actor() is None:
            return False
        return bool(await turn.read(figures_together.pages_named, text, now=turn.now))


@router.message(NamedPages(), flags=_REPORT)
async def typed_together(message: Message, turn: Turn) -> None:
    """Those that need a yes are read back one by one, the others in one message."""
    done = await turn.run(figures_together.report, message.text or "", now=turn.now)
    zone = await _zone(turn)
    sure = [one for one in done if one.figure.state is not FigureState.DOUBTFUL]
    if sure:
        await show(message, screens.pages_reported(sure, done[-1].then, turn.words, zone, turn.now))
    for one in done:
        if one.figure.state is FigureState.DOUBTFUL:
            await show(message, _reported(one, turn, zone))


@router.message(TypedFigures(figures.KIND), flags=_REPORT)
@router.message(PicturedFigures(figures.KIND), flags=_REPORT)
async def typed_page(message: Message, expectation: Expectation, turn: Turn) -> None:
    asked = date.fromisoformat(expectation.params["day"])
    text, shot = await _text_and_shot(message, turn)
    page = expectation.params["page"]
    try:
        done = await turn.run(
            figures.report_page, page, asked, text, now=turn.now, screenshot=shot, message_id=message.message_id
        )
    except BadFigure as error:
        await _not_read(message, explain(error, turn.words), turn)
    except (Forbidden, NotFound):
        await _ask_no_more(turn)
        raise
    else:
        await show(message, _reported(done, turn, await _zone(turn)))


class GaveFigure(Filter):
    """The changed message gave a page's figure, and nothing else was answered since."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        return await turn.read(figures.is_given_by, message.message_id, now=turn.now)


@changes.edited_message(TypedFigures(figures.KIND), GaveFigure(), flags=_REPORT)
async def changed_page(message: Message, turn: Turn) -> None:
    """Below, like any other answer, for what was said first has its buttons still."""
    try:
        done = await turn.run(figures.edit_page, message.message_id, message.text or "", now=turn.now)
    except BadFigure as error:
        await _not_read(message, explain(error, turn.words), turn)
    else:
        await show(message, _reported(done, turn, await _zone(turn)))


@router.message(TypedFigures(figures_posts.KIND), flags=_REPORT)
@router.message(PicturedFigures(figures_posts.KIND), flags=_REPORT)
async def typed_post(message: Message, expectation: Expectation, turn: Turn) -> None:
    text, shot = await _text_and_shot(message, turn)
    try:
        done = await turn.run(figures_posts.report, expectation.subject_id, text, now=turn.now, screenshot=shot)
    except BadPostFigures as error:
        await _not_read(message, explain(error, turn.words), turn)
    except (Forbidden, NotFound):
        await _ask_no_more(turn)
        raise
    else:
        await show(message, _reported(done, turn, await _zone(turn)))


async def _ask_no_more(turn: Turn) -> None:
    """The page is somebody else's by now, or the post was taken back: what comes next is no answer."""
    await turn.run(figures.later, now=turn.now)


async def _not_read(message: Message, refusal: Markup, turn: Turn) -> None:
    """The answer hangs on the person's message, from which a tap makes a post after all."""
    screen = screens.not_read(refusal, turn.words)
    to = message.as_reply_parameters(allow_sending_without_reply=True)
    await message.answer(screen.text, reply_markup=screen.keyboard, reply_parameters=to)


@router.callback_query(FigureButton.filter(F.verb == "draft"), flags=needs(Action.DRAFT_WRITE))
async def a_post_after_all(query: CallbackQuery, turn: Turn) -> None:
    """The refused message becomes a draft, whose panel takes the refusal's place; the question for figures stays."""
    refused = query.message.reply_to_message if isinstance(query.message, Message) else None
    if refused is None or refused.from_user is None or refused.from_user.id != query.from_user.id:
        raise NotFound("button")
    came = await incoming(refused, turn)
    await here(query, turn, await turn.run(drafts.write_once, came, now=turn.now))


async def _text_and_shot(message: Message, turn: Turn) -> tuple[str, str]:
    """What was typed and the SHA-256 of the screenshot above it, which is fetched before the transaction."""
    if message.text is not None:
        return message.text, ""
    return message.caption or "", await fetch_picture(message, turn)


@router.callback_query(FigureButton.filter(F.verb == "shot"), flags=_REPORT)
async def ask_screenshot(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    page = await turn.run(figures_past.ask_screenshot, _number(callback_data), now=turn.now)
    await send(query, past.ask_screenshot(page, turn.words))


@router.message(AskedPicture(figures_past.SHOT), flags=_REPORT)
async def screenshot(message: Message, expectation: Expectation, turn: Turn) -> None:
    digest = await fetch_picture(message, turn)
    page = await turn.run(figures_past.attach, expectation.subject_id, digest, now=turn.now)
    await show(message, past.attached(page, expectation.subject_id, turn.words))


@router.callback_query(FigureButton.filter(F.verb == "past"), flags=_REPORT)
async def history(query: CallbackQuery, callback_data: FigureButton, turn: Turn) -> None:
    view = await turn.read(figures_past.history, _number(callback_data))
    # Below, for the message with the button may hold the next question and [Screenshot].
    await send(query, past.history(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(FigureButton.filter(F.verb == "pic"), flags=_REPORT)
async def picture(query: CallbackQuery, callback_data: FigureButton, turn: Turn, post: Poster) -> None:
    file = await turn.read(figures_past.screenshot_of, _number(callback_data))
    known = file.file_id if file.bot_id == turn.bot.id else None
    await post.content(query.from_user.id, [Content("", (MediaFile(file.sha256, file.kind, known, file.name),))])


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
