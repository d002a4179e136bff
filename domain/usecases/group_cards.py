"""What groups are shown: the queue card edited in place, at most one card of a draft's own, and what follows when a group is lost."""

from datetime import datetime

from domain.drafts import Draft
from domain.notices import CardCopy, Guarantee, Notice, Priority
from domain.ports import UnitOfWork
from domain.staff_chats import EVERY, StaffChat, Trouble, card_subject

QUEUE, CARD = "staff_queue", "staff_card"
"""Purposes of card copies. The queue card's subject is the chat's, a draft's card has `card_subject`."""


def queue_notice(chat: StaffChat, due_at: datetime, mark: str, *, anew: bool = False) -> Notice:
    """Draw the queue card; `anew`: as a new message, in place of the one that is there."""
    return Notice(
        "staff.queue",
        chat.subject,
        due_at,
        f"staff.queue:{chat.id}:{mark}",
        chat_id=chat.chat_id,
        priority=Priority.REMINDER,
        params={"staff_chat": chat.id, "anew": anew},
    )


async def redraw_queues(uow: UnitOfWork, region: str, now: datetime) -> None:
    """Something came or went there. Changes within `EVERY` of the last edit are one edit."""
    for chat in await uow.staff_chats.showing(region):
        copies = await uow.cards.of_subject(chat.subject, QUEUE)
        due = max([now, *(copy.drawn_at + EVERY for copy in copies)])
        await uow.outbox.add(queue_notice(chat, due, due.isoformat()))


async def overdue(uow: UnitOfWork, draft: Draft, now: datetime) -> None:
    """A card of its own in the region's groups, once: nobody has decided in the time that was promised."""
    await uow.outbox.add(
        *(
            Notice(
                "staff.card",
                card_subject(draft.id),
                now,
                f"staff.card:{chat.id}:{draft.id}",
                chat_id=chat.chat_id,
                priority=Priority.REMINDER,
                params={"staff_chat": chat.id, "draft": draft.id},
            )
            for chat in await uow.staff_chats.showing(draft.region)
        )
    )


def look_again(notice: Notice, now: datetime) -> Notice:
    """It may have been decided while its card was in the air: then nobody knew which message to redraw."""
    return Notice(
        "staff.card",
        notice.subject,
        now,
        f"{notice.dedup_key}:sent",
        chat_id=notice.chat_id,
        priority=Priority.DECISION,
        params={**notice.params, "sent": True},
    )


async def redraw(uow: UnitOfWork, draft: Draft, mark: str, now: datetime) -> None:
    """Decided, undone, settled, changed: its own cards say so. `mark`: what happened."""
    await uow.outbox.add(
        *(
            Notice(
                "staff.card",
                copy.subject,
                now,
                f"staff.card:{copy.id}:{mark}",
                chat_id=copy.chat_id,
                priority=Priority.DECISION,
                params={"draft": draft.id, "copy": copy.id},
            )
            for copy in await uow.cards.of_subject(card_subject(draft.id), CARD)
        )
    )


async def broke(uow: UnitOfWork, chat_id: int, trouble: Trouble, *, only: int | None = None, now: datetime) -> None:
    """Telegram lets nothing be shown there (`only`: in that topic). Whoever bound it hears once, until it is bound anew."""
    for chat in await uow.staff_chats.of_chat(chat_id):
        if chat.trouble is not None or (only is not None and chat.id != only):
            continue
        await uow.staff_chats.set_trouble(chat.id, trouble)
        await uow.journal.add(at=now, actor=0, action="staff_chat.broken", object_=chat.subject)
        await uow.outbox.add(
            Notice(
                "staff.broken",
                chat.subject,
                now,
                f"staff.broken:{chat.id}:{now.isoformat()}",
                person_id=chat.bound_by,
                guarantee=Guarantee.A,
                priority=Priority.DIGEST,
                params={"staff_chat": chat.id},
            )
        )


async def moved(uow: UnitOfWork, old_chat: int, new_chat: int, *, now: datetime) -> None:
    """The group became a supergroup: nothing of its messages can be edited there, so the queue card is sent anew."""
    chats = await uow.staff_chats.of_chat(old_chat)
    if not chats:
        return
    for chat in chats:
        await _remove(uow, await uow.cards.of_subject(chat.subject, QUEUE))
    await _remove(uow, await uow.staff_chats.cards(old_chat))
    await uow.staff_chats.move(old_chat, new_chat)
    await uow.outbox.follow(old_chat, new_chat)
    for chat in await uow.staff_chats.of_chat(new_chat):
        await uow.outbox.add(queue_notice(chat, now, f"moved:{new_chat}"))


async def forget(uow: UnitOfWork, chat: StaffChat) -> list[CardCopy]:
    """Its cards are no longer known; drafts' own ones stay while another topic of the group is bound."""
    copies = await uow.cards.of_subject(chat.subject, QUEUE)
    if len(await uow.staff_chats.of_chat(chat.chat_id)) == 1:
        copies += await uow.staff_chats.cards(chat.chat_id)
    await _remove(uow, copies)
    return copies


async def _remove(uow: UnitOfWork, copies: list[CardCopy]) -> None:
    for copy in copies:
        await uow.cards.remove(copy.id)
