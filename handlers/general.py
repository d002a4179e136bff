"""What is always there: home, help, cancel; and a kind answer to everything nobody else understood."""

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from domain.ports import UnitOfWork
from domain.rights import Action
from domain.usecases import drafts, master_fills, reach, settings, team, waiting
from domain.usecases.join import Visitor
from handlers.access import needs
from handlers.filters import Group, Private
from handlers.home import show_home
from handlers.screens import general as screens
from handlers.screens.home import allowed
from handlers.screens.join import still_waiting
from handlers.screens.nav import Go
from handlers.show import send, show
from handlers.turn import Turn

HINT_EVERY = timedelta(minutes=10)
"""How seldom a group is told to write in private: many commands there at once are one conversation."""

groups = Router(name="groups")
groups.message.filter(Group())
basics = Router(name="basics")
basics.message.filter(Private())
router = Router(name="general")


# --- groups: asked before everybody else, so that nothing said there becomes work ------------------------------------------


class ToMe(Filter):
    """A command that names this bot, or nobody."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        command = (message.text or "").split(maxsplit=1)[0] if message.text else ""
        name = command.partition("@")[2].lower()
        return command.startswith("/") and name in {"", turn.settings.bot_username.lower()}


@groups.message(ToMe(), flags=needs(Action.ANYTHING_ELSE))
async def command_in_group(message: Message, turn: Turn) -> None:
    """Work happens in private; everything else in a group is left alone. Said again only once the last time has scrolled away."""
    await turn.find_actor()
    hinted, place = turn.settings.hinted, (message.chat.id, message.message_thread_id or 0)
    for old in [where for where, at in hinted.items() if turn.now - at >= HINT_EVERY]:
        del hinted[old]
    if place in hinted:
        return
    await show(message, screens.only_private(turn.settings.bot_username, turn.words))
    hinted[place] = turn.now


@groups.message(flags=needs(Action.ANYTHING_ELSE))
async def left_alone(message: Message) -> None:
    """Talk among people."""


# --- always there -----------------------------------------------------------------------------------------------------


@basics.callback_query(Go.filter(F.to == "home"), flags=needs(Action.START))
async def home(query: CallbackQuery, turn: Turn) -> None:
    await show_home(query, turn)


@basics.message(Command("cancel"), flags=needs(Action.CANCEL))
@basics.callback_query(Go.filter(F.to == "cancel"), flags=needs(Action.CANCEL))
async def cancel(event: Message | CallbackQuery, turn: Turn) -> None:
    """Always frees, whatever was being asked."""
    if await turn.find_actor() is None:
        await _show_strangers(event, turn)
        return
    left = await turn.run(settings.leave, now=turn.now)
    w = turn.words
    if left.kind == drafts.QUESTION and left.draft:
        line = w("Cancelled. The draft is kept: /drafts.")
    elif left.kind == master_fills.QUESTION:
        line = w("Cancelled. Your answers are kept: /masters.")
    else:
        line = w("Cancelled.") if left.kind else w("You were not in the middle of anything.")
    await show_home(event, turn, line)


@basics.message(Command("help"), flags=needs(Action.HELP))
@basics.callback_query(Go.filter(F.to == "help"), flags=needs(Action.HELP))
async def help_(event: Message | CallbackQuery, turn: Turn) -> None:
    actor = await turn.find_actor()
    if actor is None:
        await _show_strangers(event, turn)
        return
    view = await turn.read(team.home, now=turn.now)
    commands = allowed(actor, keeps_pages=view.keeps_pages)
    await show(event, screens.help_(actor, commands, turn.words))


async def _show_strangers(event: Message | CallbackQuery, turn: Turn) -> None:
    waits = (await turn.db.read(waiting.kept, turn.visitor, now=turn.now)).waits
    await show(event, still_waiting(turn.words) if waits else screens.help_for_strangers(turn.words))


@basics.my_chat_member(flags=needs(Action.ANYTHING_ELSE))
async def blocked_or_back(event: ChatMemberUpdated, turn: Turn) -> None:
    """Somebody blocked the bot or let it in again; in groups nothing follows from it."""
    if event.chat.type == "private":
        reachable = event.new_chat_member.status not in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
        await turn.run_as_visitor(_note_reach, reachable=reachable, now=turn.now)


async def _note_reach(uow: UnitOfWork, visitor: Visitor, *, reachable: bool, now: datetime) -> None:
    await reach.chat_member_changed(uow, visitor.telegram_id, reachable=reachable, now=now)


class Slash(Filter):
    """A command, whichever."""

    async def __call__(self, message: Message) -> bool:
        return message.text is not None and message.text.startswith("/")


# --- what nobody else understood; this router is the last ----------------------------------------------------------------


@router.message(Private(), Slash(), flags=needs(Action.ANYTHING_ELSE))
async def unknown_command(message: Message, turn: Turn) -> None:
    await turn.find_actor()
    await show(message, screens.unknown_command(turn.words))


@router.message(Private(), flags=needs(Action.ANYTHING_ELSE))
async def anything_else(message: Message, turn: Turn) -> None:
    await turn.find_actor()
    await show(message, screens.not_understood(turn.words))


@router.edited_message(flags=needs(Action.ANYTHING_ELSE))
async def edited(message: Message) -> None:
    """Edits of messages that nothing depends on."""


@router.callback_query(flags=needs(Action.ANYTHING_ELSE))
async def dead_button(query: CallbackQuery, turn: Turn) -> None:
    """A button of an old version, or one that nobody answers."""
    if await turn.find_actor() is None:
        await send(query, screens.help_for_strangers(turn.words))
    else:
        await send(query, screens.dead_button(turn.words))
