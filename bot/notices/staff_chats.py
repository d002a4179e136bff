"""What groups are shown, and what whoever bound one hears when it breaks."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.drafts import DraftState
from domain.notices import CardCopy, QueuedNotice
from domain.ports import UnitOfWork
from domain.staff_chats import card_subject
from domain.usecases import group_cards, staff_chats
from handlers.screens import group_cards as screens
from texts.words import words_for


@renders("staff.queue")
async def queue(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """One message per bound place, edited in place."""
    chat = await uow.staff_chats.find(notice.params["staff_chat"])
    if chat is None or chat.trouble is not None:
        return None
    copies = await uow.cards.of_subject(chat.subject, group_cards.QUEUE)
    copy = copies[-1] if copies else None
    count, oldest, name, zone = await staff_chats.queue(uow, chat)
    screen = screens.queue(chat, count, oldest, name, zone, reader.bot_username, now, words_for(chat.language))
    mode = Mode.NEW if copy is None else Mode.REPLACE if notice.params["anew"] else Mode.EDIT
    return Outgoing(
        screen,
        mode=mode,
        target=copy,
        purpose=group_cards.QUEUE,
        subject=chat.subject,
        version=count,
        thread_id=chat.thread_id,
        silent=chat.is_quiet(now, zone),
        owner=chat.bound_by,
        anew=True,
    )


@renders("staff.card")
async def card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """A draft's own card: sent once while it waits, then redrawn."""
    draft_id, wanted = notice.params["draft"], notice.params.get("copy")
    subject = card_subject(draft_id)
    copies = [copy for copy in await uow.cards.of_subject(subject, group_cards.CARD) if copy.chat_id == notice.chat_id]
    if wanted is not None or notice.params.get("sent"):
        copy = next((copy for copy in copies if wanted in {None, copy.id}), None)
        return None if copy is None else await _redrawn(uow, copy, draft_id, reader, now)
    chat = await uow.staff_chats.find(notice.params["staff_chat"])
    draft = await uow.drafts.get(draft_id)
    if chat is None or chat.trouble is not None or copies or draft.state is not DraftState.SUBMITTED:
        return None
    facts = await staff_chats.card(uow, chat, draft_id, None, now=now)
    drawn = screens.card(facts, reader.bot_id, reader.bot_username, now, words_for(chat.language))
    return Outgoing(
        drawn.control,
        drawn.content,
        purpose=group_cards.CARD,
        subject=subject,
        version=draft.version,
        thread_id=chat.thread_id,
        silent=chat.is_quiet(now, facts.zone),
        owner=chat.bound_by,
        after=(group_cards.look_again(notice, now),),
    )


async def _redrawn(uow: UnitOfWork, copy: CardCopy, draft_id: int, reader: Reader, now: datetime) -> Outgoing | None:
    draft = await uow.drafts.get(draft_id)
    chats = [chat for chat in await uow.staff_chats.of_chat(copy.chat_id) if chat.covers(draft.region)]
    if not chats:
        return None
    facts = await staff_chats.card(uow, chats[0], draft_id, copy.version, now=now)
    screen = screens.control(facts, reader.bot_username, now, words_for(chats[0].language))
    # The copy keeps its version: it is that of the text above the control.
    return Outgoing(screen, mode=Mode.EDIT, target=copy, version=copy.version)


@renders("staff.broken")
async def broken(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - the signature of renderers
    """To whoever bound it; not when it was bound anew meanwhile."""
    chat = await uow.staff_chats.find(notice.params["staff_chat"])
    if chat is None or chat.trouble is None:
        return None
    _, _, name, _ = await staff_chats.queue(uow, chat)
    return Outgoing(screens.broken(chat, chat.trouble, name, reader.words))
