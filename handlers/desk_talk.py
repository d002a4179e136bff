"""The talk at the desk: who is on it, comments, a second opinion, the weekly card."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.comments import CommentTooLong
from domain.errors import DomainError
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import appeals, claims, comments, patterns
from handlers import card_control as cards
from handlers.access import needs
from handlers.cards import place
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import appeals as appeal_screens
from handlers.screens import comments as screens
from handlers.screens import patterns as pattern_screens
from handlers.screens.desk_talk import TalkButton
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="desk_talk")
router.message.filter(Private())

DECIDE = needs(Action.DRAFT_DECIDE)
WRITE = needs(Action.DRAFT_WRITE)


# --- who is on it ----------------------------------------------------------------------------------------------------


@router.callback_query(TalkButton.filter(F.verb == "claim"), flags=DECIDE)
async def claim(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    cb, here, minutes = callback_data, place(query), turn.settings.claim_minutes

    async def act() -> None:
        await turn.run(claims.claim, cb.id, cb.version, minutes=minutes, pressed=here, now=turn.now)
        await show(query, await cards.control(turn, here, cb.id))

    await cards.as_it_stands(query, turn, cb.id, act)


@router.callback_query(TalkButton.filter(F.verb == "unclaim"), flags=DECIDE)
async def let_go(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    here = place(query)
    await turn.run(claims.let_go, callback_data.id, pressed=here, now=turn.now)
    await show(query, await cards.control(turn, here, callback_data.id))


# --- comments --------------------------------------------------------------------------------------------------------


@router.callback_query(TalkButton.filter(F.verb == "ask"), flags=WRITE)
async def ask(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    """From the card or the author's panel: the question stands in its place."""
    cb, here = callback_data, place(query)
    begun = await turn.run(comments.begin, cb.id, cb.version, pressed=here, now=turn.now)
    await show(query, screens.ask_comment(begun, turn.words))


@router.callback_query(TalkButton.filter(F.verb == "reply"), flags=WRITE)
async def reply(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    """From the news of a comment, which stays readable above."""
    begun = await turn.run(comments.begin, callback_data.id, now=turn.now)
    await send(query, screens.ask_comment(begun, turn.words))


@router.callback_query(TalkButton.filter(F.verb == "leave"), flags=WRITE)
async def leave(query: CallbackQuery, callback_data: TalkButton, turn: Turn, post: Poster) -> None:
    begun = await turn.run(comments.leave, callback_data.id)
    await cards.back(query, turn, post, callback_data.id, mine=begun.mine)


@router.callback_query(TalkButton.filter(F.verb == "all"), flags=WRITE)
async def all_comments(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    first = int(callback_data.arg) if callback_data.arg.isdecimal() else 0
    view = await turn.read(comments.thread, callback_data.id, first)
    await show(query, screens.all_comments(view, turn.actor.person.zone, turn.now, turn.words))


class OwnText(Filter):
    """A text in the person's own words."""

    async def __call__(self, message: Message) -> bool:
        return bool((message.text or "").strip()) and message.forward_origin is None


@router.message(Expecting(comments.ASK, comments.ANSWER), OwnText(), flags=WRITE)
async def comment(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    about, asked_at, words = expectation.subject_id, _asked_at(expectation), message.text or ""
    try:
        done = await turn.run(comments.say, about, expectation.version, words, pressed=asked_at, now=turn.now)
    except CommentTooLong:
        raise  # it is still awaited
    except DomainError:
        # Asked again it would only fail again.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, expectation.kind))
        raise
    await cards.follow(turn, post, asked_at, about, mine=done.mine)
    await show(message, screens.said(done, turn.words))


@router.message(Expecting(comments.ASK, comments.ANSWER), flags=WRITE)
async def not_a_comment(message: Message, turn: Turn, expectation: Expectation) -> None:
    await show(message, screens.not_a_comment(expectation.subject_id, expectation.version, turn.words))


def _asked_at(expectation: Expectation) -> cards.Place:
    chat_id, message_id = expectation.params.get("pressed") or cards.NOWHERE
    return chat_id, message_id


# --- a second opinion ------------------------------------------------------------------------------------------------


@router.callback_query(TalkButton.filter(F.verb == "second"), flags=WRITE)
async def second_opinion(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    cb, hours = callback_data, turn.settings.decide_hours
    done = await turn.run(appeals.appeal, cb.id, cb.version, hours=hours, work=turn.settings.work, now=turn.now)
    await send(query, appeal_screens.appealed(done, turn.words))


# --- the weekly card -------------------------------------------------------------------------------------------------


@router.callback_query(TalkButton.filter(F.verb == "week"), flags=needs(Action.SETTINGS))
async def week(query: CallbackQuery, turn: Turn) -> None:
    pattern, muted = await turn.read(patterns.view, now=turn.now)
    await show(query, pattern_screens.week_setting(pattern, muted, turn.words))


@router.callback_query(TalkButton.filter(F.verb.in_({"mute", "unmute"})), flags=needs(Action.SETTINGS))
async def mute(query: CallbackQuery, callback_data: TalkButton, turn: Turn) -> None:
    pattern, muted = await turn.run(patterns.mute, muted=callback_data.verb == "mute", now=turn.now)
    await show(query, pattern_screens.week_setting(pattern, muted, turn.words))
