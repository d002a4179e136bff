"""Groups: /bind and /unbind, presses on cards there, deep links from there into the private chat."""

import re
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, ChatMemberRestricted, ChatMemberUpdated, Message

from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed
from domain.people import Stranger
from domain.ports import UnitOfWork
from domain.rights import Action
from domain.staff_chats import Trouble
from domain.undo import CannotUndo
from domain.usecases import approvals, group_cards, queue, staff_chats
from domain.usecases.staff_chats import Place
from handlers.access import needs
from handlers.cards import send_card
from handlers.filters import Group, Private
from handlers.post import Poster
from handlers.screens import general
from handlers.screens import group_cards as cards
from handlers.screens import join as join_screens
from handlers.screens import queue as queue_screens
from handlers.screens import staff_chats as screens
from handlers.screens.base import Screen
from handlers.screens.group_cards import GroupButton
from handlers.show import show, toast
from handlers.turn import Turn, Visitor
from texts.words import words_for

group = Router(name="staff_chats")
group.message.filter(Group())
presses = Router(name="staff_presses")
private = Router(name="staff_links")
private.message.filter(Private())

BIND, DECIDE = needs(Action.STAFF_CHAT), needs(Action.DRAFT_DECIDE)
_BOTH = (words_for("ru"), words_for("en"))
_GONE = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


class Asks(Filter):
    """A command of this bot in a group: /bind, /bind@name, or the link that adds it to a group."""

    def __init__(self, command: str, *also: str) -> None:
        self._wanted = {f"/{command}", *also}

    async def __call__(self, message: Message, turn: Turn) -> bool:
        if not message.text or not message.text.startswith("/"):
            return False
        first, *rest = message.text.split()
        command, _, name = first.lower().partition("@")
        to_me = name in {"", turn.settings.bot_username.lower()}
        return to_me and (command in self._wanted or " ".join([command, *rest]) in self._wanted)


class Moves(Filter):
    """Telegram says that the group has become a supergroup."""

    async def __call__(self, message: Message) -> bool:
        return message.migrate_to_chat_id is not None


class InGroup(Filter):
    """The bot's own standing in a group."""

    async def __call__(self, event: ChatMemberUpdated) -> bool:
        return event.chat.type != "private"


class Linked(Filter):
    """A deep link from a group: `queue_<region>` (all: `queue`) or `draft_<id>_<version>`."""

    _link = re.compile(r"/start(?:@\w+)? (?:queue(?:_(?P<region>[\w-]+))?|draft_(?P<draft>\d{1,15})_\d{1,9})")

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        found = self._link.fullmatch(message.text or "")
        return False if found is None else {name: value or "" for name, value in found.groupdict().items()}


# --- binding ---------------------------------------------------------------------------------------------------------


@group.message(Asks("bind", "/start bind"), flags=BIND)
async def begin(message: Message, turn: Turn, post: Poster) -> None:
    """Members who are no staff get the answer that every command gets in a group."""
    if message.sender_chat is not None:
        await _answer(message, turn, post, screens.anonymous(_BOTH))
    elif await turn.find_actor() is None:
        await _answer(message, turn, post, general.only_private(turn.settings.bot_username, turn.words))
    else:
        offer = await turn.read(staff_chats.offer, _place(message))
        await _answer(message, turn, post, screens.choose(offer, 0, turn.words))


@group.message(Asks("unbind"), flags=BIND)
async def end(message: Message, turn: Turn, post: Poster) -> None:
    if message.sender_chat is not None:
        await _answer(message, turn, post, screens.anonymous(_BOTH))
        return
    if await turn.find_actor() is None:
        await _answer(message, turn, post, general.only_private(turn.settings.bot_username, turn.words))
        return
    done = await turn.run(staff_chats.unbind, _place(message), now=turn.now)
    if done is None:
        await _answer(message, turn, post, screens.nothing_bound(turn.words))
        return
    region, gone = done
    await _answer(message, turn, post, screens.unbound(region, turn.words))
    await post.delete(message.chat.id, gone)


@presses.callback_query(GroupButton.filter(F.verb == "page"), flags=BIND)
async def other_regions(query: CallbackQuery, callback_data: GroupButton, turn: Turn) -> None:
    if isinstance(query.message, Message) and await _is_staff(query, turn):
        offer = await turn.read(staff_chats.offer, _place(query.message))
        await show(query, screens.choose(offer, callback_data.version, turn.words))


@presses.callback_query(GroupButton.filter(F.verb == "stop"), flags=BIND)
async def leave_as_it_is(query: CallbackQuery, turn: Turn) -> None:
    if isinstance(query.message, Message) and await _is_staff(query, turn):
        await turn.read(staff_chats.offer, _place(query.message))  # whoever may bind may stop it
        await show(query, screens.not_bound(turn.words))


@presses.callback_query(GroupButton.filter(F.verb == "pick"), flags=BIND)
async def bind(query: CallbackQuery, callback_data: GroupButton, turn: Turn) -> None:
    if not isinstance(query.message, Message):
        return
    quiet = (turn.settings.quiet_from, turn.settings.quiet_to)
    try:
        bind_ = staff_chats.bind
        _, region = await turn.run(bind_, _place(query.message), callback_data.key, quiet=quiet, now=turn.now)
    except Stranger:
        await toast(query, cards.strangers_toast(turn.words), alert=True)
        return
    await show(query, screens.bound(region, turn.actor.person.name, turn.words))


@private.message(Command("bind"), flags=BIND)
async def places(message: Message, turn: Turn) -> None:
    """Where queues are shown, and how one more place is added."""
    bound = await turn.read(staff_chats.mine)
    await show(message, screens.places(bound, turn.settings.bot_username, turn.words))


# --- presses on a draft's card ---------------------------------------------------------------------------------------


@presses.callback_query(GroupButton.filter(F.verb == "ok"), flags=DECIDE)
async def approve(query: CallbackQuery, callback_data: GroupButton, turn: Turn, post: Poster) -> None:
    """The card is redrawn by its notice, like every other copy; whoever may not press alone reads why."""
    cb = callback_data
    try:
        done = await turn.run(
            staff_chats.approve, cb.id, cb.version, undo_seconds=turn.settings.undo_seconds, now=turn.now
        )
    except Stranger:
        await toast(query, cards.strangers_toast(turn.words), alert=True)
    except (AlreadyDecided, DraftChanged, DraftClosed):
        await _redraw(query, cb, turn, post)
        raise
    else:
        until, zone = done.decision.undo_until, turn.actor.person.zone
        await toast(query, cards.approved_toast(until, zone, turn.now, turn.words))


@presses.callback_query(GroupButton.filter(F.verb == "undo"), flags=DECIDE)
async def take_back(query: CallbackQuery, callback_data: GroupButton, turn: Turn, post: Poster) -> None:
    cb = callback_data
    try:
        await turn.run(staff_chats.take_back, cb.id, cb.version, now=turn.now)
    except Stranger:
        await toast(query, cards.strangers_toast(turn.words), alert=True)
    except CannotUndo:
        await _redraw(query, cb, turn, post)
        raise


async def _redraw(query: CallbackQuery, cb: GroupButton, turn: Turn, post: Poster) -> None:
    """The pressed card showed what is no more."""
    if query.message is None:
        return
    chat_id, message_id = query.message.chat.id, query.message.message_id
    found = await turn.db.read(staff_chats.card_at, chat_id, message_id)
    if found is not None:
        chat, copy = found
        facts = await turn.db.read(staff_chats.card, chat, cb.id, copy.version, now=turn.now)
        screen = cards.control(facts, turn.settings.bot_username, turn.now, words_for(chat.language))
        await post.redraw(chat_id, message_id, screen)


# --- deep links ------------------------------------------------------------------------------------------------------


@private.message(Linked(), flags=needs(Action.QUEUE))
async def linked(message: Message, region: str, draft: str, turn: Turn, post: Poster) -> None:
    """From a group into the private chat: the region's queue, or one draft's card as of now."""
    if await turn.find_actor() is None:
        await show(message, join_screens.dead_end(turn.words))
        return
    if draft:
        await send_card(turn, post, await turn.read(staff_chats.open_card, int(draft), now=turn.now))
        return
    await turn.run(staff_chats.open_queue, region, now=turn.now)
    facts = await turn.read(approvals.next_card, now=turn.now)
    if facts is None:
        await show(message, queue_screens.nothing_waits(await turn.read(queue.view), turn.words))
    else:
        await send_card(turn, post, facts)


# --- what becomes of a group -----------------------------------------------------------------------------------------


@group.message(Moves(), flags=needs(Action.ANYTHING_ELSE))
async def moved(message: Message, turn: Turn) -> None:
    await turn.run_as_visitor(_moved, message.chat.id, message.migrate_to_chat_id or 0, now=turn.now)


async def _moved(uow: UnitOfWork, _: Visitor, old: int, new: int, *, now: datetime) -> None:
    await group_cards.moved(uow, old, new, now=now)


@group.my_chat_member(InGroup(), flags=needs(Action.ANYTHING_ELSE))
async def standing(event: ChatMemberUpdated, turn: Turn) -> None:
    """Thrown out, or told to be silent: whoever bound the group hears of it. Let in again, it is bound anew."""
    member = event.new_chat_member
    if member.status in _GONE:
        await turn.run_as_visitor(_broke, event.chat.id, Trouble.KICKED, now=turn.now)
    elif isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        await turn.run_as_visitor(_broke, event.chat.id, Trouble.NO_RIGHT, now=turn.now)


async def _broke(uow: UnitOfWork, _: Visitor, chat_id: int, trouble: Trouble, *, now: datetime) -> None:
    await group_cards.broke(uow, chat_id, trouble, now=now)


# --- inside ----------------------------------------------------------------------------------------------------------


def _place(message: Message) -> Place:
    """Only messages of topics carry one: elsewhere a thread is that of replies."""
    thread = message.message_thread_id if message.is_topic_message else 0
    return Place(message.chat.id, thread or 0, message.chat.title or "")


async def _is_staff(query: CallbackQuery, turn: Turn) -> bool:
    if await turn.find_actor() is not None:
        return True
    await toast(query, cards.strangers_toast(turn.words), alert=True)
    return False


async def _answer(message: Message, turn: Turn, post: Poster, screen: Screen) -> None:
    """Where the bot may not write, whoever asked reads so in private."""
    try:
        await show(message, screen)
    except (TelegramBadRequest, TelegramForbiddenError):
        if await turn.find_actor() is None:
            return
        await post.screen(turn.visitor.telegram_id, screens.cannot_write(message.chat.title or "", turn.words))
