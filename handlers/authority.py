"""Page authority: recording and revoking it, the owner's link, and the owner's [Stop]."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.authority import Step
from domain.drafts import MediaRef
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import authority, invites, join
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.incoming import file_of, incoming
from handlers.post import Poster
from handlers.screens import authority as screens
from handlers.screens.authority import AuthorityButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="authority")
router.message.filter(Private())

RECORD = needs(Action.AUTHORITY)
_START = f"/start {authority.TOKEN}"


class OwnerLink(Filter):
    """/start with the code of a page owner's link."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text or ""
        return {"code": text.removeprefix(_START).strip()} if text.startswith(_START) else False


@router.message(OwnerLink(), flags=needs(Action.JOIN))
async def opened(message: Message, code: str, turn: Turn) -> None:
    """Read-only: before consent nothing about the owner is written."""
    await show(message, screens.offer(await turn.db.read(authority.offer, code), code, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "agree"), flags=needs(Action.JOIN))
async def agree(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    defaults = join.Defaults(turn.settings.digest_at, turn.settings.quiet_from, turn.settings.quiet_to)
    code, language = callback_data.key, turn.words.language
    found = await turn.run_as_visitor(authority.accept, code, now=turn.now, language=language, defaults=defaults)
    await show(query, screens.agreed(found, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "no"), flags=needs(Action.JOIN))
async def decline(query: CallbackQuery, turn: Turn) -> None:
    await show(query, screens.declined(turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "stop"), flags=needs(Action.AUTHORITY_VETO))
async def stop(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    page = await turn.run(authority.veto, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.stopped(page, turn.words))


# -- recording --------------------------------------------------------------------------------------------------------


@router.callback_query(AuthorityButton.filter(F.verb == "open"), flags=RECORD)
async def see(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    view = await turn.read(authority.see, callback_data.key, now=turn.now)
    await show(query, screens.see(view, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "new"), flags=RECORD)
async def begin(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    view = await turn.run(authority.begin, callback_data.key, now=turn.now)
    await show(query, screens.step(view, turn.words))


@router.message(Expecting(*authority.ASKED.values()), flags=RECORD)
async def answer(message: Message, expectation: Expectation, turn: Turn) -> None:
    """Any step; the document may be a photo or a file."""
    step = Step(expectation.kind.partition(".")[2])
    text, media = message.text or message.caption or "", tuple[MediaRef, ...]()
    if step is Step.DOCUMENT and file_of(message) is not None:
        came = await incoming(message, turn)
        text, media = came.text, came.media
    view = await turn.run(authority.write, expectation.subject_id, step, text, media, now=turn.now)
    await show(message, screens.step(view, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "doc"), flags=RECORD)
async def document(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn, post: Poster) -> None:
    file = await turn.read(authority.document, callback_data.id)
    await post.content(turn.visitor.telegram_id, [screens.document(file, turn.bot.id)])
    await query.answer()


@router.callback_query(AuthorityButton.filter(F.verb == "record"), flags=RECORD)
async def record(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    view = await turn.run(authority.record, callback_data.id, now=turn.now)
    await show(query, screens.see(view, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "revoke"), flags=RECORD)
async def revoke(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    view = await turn.run(authority.revoke, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.see(view, turn.words))


@router.callback_query(AuthorityButton.filter(F.verb == "link"), flags=RECORD)
async def link(query: CallbackQuery, callback_data: AuthorityButton, turn: Turn) -> None:
    view, code = await turn.run(authority.make_link, callback_data.id, now=turn.now)
    await show(query, screens.link(view, invites.link(turn.settings.bot_username, code), turn.words))
