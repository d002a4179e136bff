"""Many invites: a line, a table, steps; then links or one shared link, its picture; looking at them and taking them back."""

import asyncio
import hashlib
import io
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from domain.figure_import import MAX_BYTES, BadFile, FileFault, decode
from domain.invites import TableGone, Typed, could_be_order
from domain.invites_table import InviteTable, Wanted, is_invite_table, read, write
from domain.people import Role
from domain.rights import Action, may
from domain.usecases import invites, invites_many, team
from domain.usecases.invites_many import Batch
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private, chosen
from handlers.screens import invites_list
from handlers.screens import invites_many as screens
from handlers.screens.invites_many import ManyButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="invites_many")
router.message.filter(Private())
_INVITE = needs(Action.INVITE)
LONGEST_NAME = 200


class InviteTableFile(Filter):
    """A .csv file with a column of roles, of somebody who may invite; other tables are figures, or belong to a draft."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        document = message.document
        if document is None or not (document.file_name or "").lower().endswith(".csv"):
            return False
        actor = await turn.find_actor()
        if actor is None or not may(actor, Action.INVITE):
            return False
        try:
            text = await _download(document, turn)
        except BadFile:
            return False
        return {"text": text, "table": document} if is_invite_table(text) else False


async def _download(document: Document, turn: Turn) -> str:
    """The text of a table; nothing of it is kept."""
    if (document.file_size or 0) > MAX_BYTES:
        raise BadFile(FileFault.LARGE)
    buffer = await turn.bot.download(document, destination=io.BytesIO())
    return decode(buffer.read() if buffer is not None else b"")


async def _read(text: str, turn: Turn) -> InviteTable:
    regions = await turn.db.read(team.names_of_regions)
    return await asyncio.to_thread(read, text, regions)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- asking ---------------------------------------------------------------------------------------------------------------


@router.message(InviteTableFile(), flags=_INVITE)
async def received(message: Message, text: str, table: Document, turn: Turn) -> None:
    """Looked at; the answer hangs on the table's message, from which it is read again at the tap."""
    name = (table.file_name or "")[-LONGEST_NAME:]
    view = await turn.run(invites_many.receive, name, _digest(text), await _read(text, turn), now=turn.now)
    screen = screens.order(view, turn.settings.invite_hours, turn.words)
    await message.reply(screen.text, reply_markup=screen.keyboard)


@router.message(Expecting(invites_many.LINE), Fits(could_be_order), flags=_INVITE)
async def typed(message: Message, turn: Turn) -> None:
    """A post sent meanwhile, a photo or a file is no answer to it."""
    await propose(message, message.text or "", turn)


async def propose(message: Message, line: str, turn: Turn) -> None:
    """ "200 volunteer kazan": shown before anything is made."""
    view = await turn.run(invites_many.type_line, line, now=turn.now)
    await show(message, screens.order(view, turn.settings.invite_hours, turn.words))


@router.callback_query(ManyButton.filter(F.verb == "many"), flags=_INVITE)
async def many(query: CallbackQuery, turn: Turn) -> None:
    await turn.run(invites_many.expect_line, now=turn.now)
    await show(query, screens.many(invites.grantable(turn.actor), turn.words))


@router.callback_query(ManyButton.filter(F.verb == "role"), flags=_INVITE)
async def pick_region(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    role = chosen(Role, callback_data.code)
    options = await turn.read(invites.options, role)
    await show(query, screens.region(role, options, callback_data.n, turn.words))


@router.callback_query(ManyButton.filter(F.verb == "region"), flags=_INVITE)
async def pick_size(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    role, _, region = callback_data.code.partition(".")
    await turn.read(invites.options, chosen(Role, role))
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.size(chosen(Role, role), region, regions, turn.words))


@router.callback_query(ManyButton.filter(F.verb == "size"), flags=_INVITE)
async def sized(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    role, _, region = callback_data.code.partition(".")
    asked = Typed(callback_data.n, chosen(Role, role), region)
    view = await turn.run(invites_many.ask_for, asked, now=turn.now)
    await show(query, screens.order(view, turn.settings.invite_hours, turn.words))


# --- made -----------------------------------------------------------------------------------------------------------------


@router.callback_query(ManyButton.filter(F.verb == "links"), flags=_INVITE)
async def links(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    wanted, digest = await _again(query, turn)
    batch = await turn.run(
        invites_many.make_links,
        callback_data.id,
        callback_data.n,
        wanted,
        digest,
        now=turn.now,
        hours=turn.settings.invite_hours,
    )
    await show(query, screens.made_links(batch, turn.words))
    await _send_table(query, turn, batch)


async def _again(query: CallbackQuery, turn: Turn) -> tuple[tuple[Wanted, ...] | None, str]:
    """The table that the pressed message answers, read again; nothing for an order without one."""
    pressed = query.message
    answered = pressed.reply_to_message if isinstance(pressed, Message) else None
    if answered is None or answered.document is None:
        return None, ""
    try:
        text = await _download(answered.document, turn)
    except BadFile:
        raise TableGone from None
    return (await _read(text, turn)).wanted, _digest(text)


async def _send_table(query: CallbackQuery, turn: Turn, batch: Batch) -> None:
    w, zone = turn.words, turn.actor.person.zone
    base = invites.link(turn.settings.bot_username, "")
    heads, rows = screens.table_rows(batch, base, w, zone, turn.now)
    await turn.bot.send_document(
        query.from_user.id,
        BufferedInputFile(write(heads, rows), screens.table_name(w)),
        caption=screens.table_caption(batch, w, zone, turn.now),
    )


@router.callback_query(ManyButton.filter(F.verb == "share"), flags=_INVITE)
async def share(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    cb, hours = callback_data, turn.settings.invite_hours
    made = await turn.run(invites_many.make_shared, cb.id, cb.n, now=turn.now, hours=hours)
    regions = await turn.db.read(team.names_of_regions)
    url, zone = invites.link(turn.settings.bot_username, made.code), turn.actor.person.zone
    await show(query, screens.shared(made.invite, url, made.code, regions, turn.words, zone, turn.now))


@router.callback_query(ManyButton.filter(F.verb == "qr"), flags=_INVITE)
async def picture(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    """The code stands in the button, since it is stored nowhere."""
    from reports.invite_sheet import qr_png

    invite, regions = await turn.read(invites_many.by_code, callback_data.code, now=turn.now)
    url, w, zone = invites.link(turn.settings.bot_username, callback_data.code), turn.words, turn.actor.person.zone
    await turn.bot.send_photo(
        query.from_user.id,
        BufferedInputFile(await asyncio.to_thread(qr_png, url), "qr.png"),
        caption=screens.qr_caption(invite, url, regions, w, zone, turn.now),
    )


@router.callback_query(ManyButton.filter(F.verb == "sheet"), flags=_INVITE)
async def sheet(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    from reports.invite_sheet import Sheet, sheet_pdf

    invite, regions = await turn.read(invites_many.by_code, callback_data.code, now=turn.now)
    campaign = await turn.db.read(lambda uow: uow.campaign.find_campaign())
    url, me = invites.link(turn.settings.bot_username, callback_data.code), turn.actor.person
    asked = Sheet(
        campaign.name if campaign else "", invite.role, regions.get(invite.region, ""), me.name, url, invite.expires_at
    )
    made = await asyncio.to_thread(sheet_pdf, asked, turn.words, me.zone, turn.now)
    await turn.bot.send_document(query.from_user.id, BufferedInputFile(made, "invite-a5.pdf"))


@router.callback_query(ManyButton.filter(F.verb == "cancel"), flags=_INVITE)
async def cancel(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await turn.run(invites_many.cancel, callback_data.id, callback_data.n, now=turn.now)
    await show(query, screens.put_away(turn.words))


# --- looking at them, taking them back ----------------------------------------------------------------------------------


@router.callback_query(ManyButton.filter(F.verb.in_({"list", "past"})), flags=_INVITE)
async def listed(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await show_list(query, turn, callback_data.n, over=callback_data.verb == "past")


async def show_list(query: CallbackQuery, turn: Turn, page: int, *, over: bool) -> None:
    found, regions = await turn.read(invites_many.list_all, over=over, now=turn.now)
    zone = turn.actor.person.zone
    await show(query, invites_list.listed(found, regions, page, turn.words, zone, over=over))


@router.callback_query(ManyButton.filter(F.verb.in_({"one", "order"})), flags=_INVITE)
async def one(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await show_one(query, turn, *_which(callback_data))


async def show_one(query: CallbackQuery, turn: Turn, invite_id: int, order_id: int) -> None:
    looked = await turn.read(invites_many.look_at, invite_id, order_id, now=turn.now)
    await show(query, invites_list.one(looked, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(ManyButton.filter(F.verb.in_({"undo", "back"})), flags=_INVITE)
async def undo(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await take_back(query, turn, *_which(callback_data))


async def take_back(query: CallbackQuery, turn: Turn, invite_id: int, order_id: int) -> None:
    looked = await turn.run(invites_many.take_back, invite_id, order_id, now=turn.now)
    await show(query, invites_list.one(looked, turn.words, turn.actor.person.zone, turn.now))


def _which(data: ManyButton) -> tuple[int, int]:
    """(invite, order) a button is about."""
    return (0, data.id) if data.verb in {"order", "back"} else (data.id, 0)
