"""What stands in groups: the queue card, a draft's own card; and what whoever bound the group reads when it is lost.

Everybody there reads it: authors by name only, no reasons, no notes, no material.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.drafts import Decision, DraftState
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.readings import previews
from domain.staff_chats import StaffChat, Trouble
from domain.usecases.staff_chats import GroupCard
from handlers.screens.base import Card, Row, Screen, button, lines, link
from handlers.screens.draft_parts import (
    close_to_another,
    contents,
    descriptions,
    excerpt,
    files,
    imprints,
    own_texts,
    verdict_of,
    where,
)
from texts.words import Words

_IN_A_LINK = re.compile(r"[A-Za-z0-9_-]{1,50}")
"""Bot API: what may follow `?start=`, at most 64 characters."""


class GroupButton(CallbackData, prefix="gc"):
    """`verb`: ok and undo on a draft's card (`id`, `version`); pick, page and stop while binding (`key`: of a region's code)."""

    verb: str
    id: int = 0
    version: int = 0
    key: str = ""


# --- the queue card --------------------------------------------------------------------------------------------------


def queue(
    chat: StaffChat,
    count: int,
    oldest: datetime | None,
    region: str,
    zone: str,
    bot_username: str,
    now: datetime,
    w: Words,
) -> Screen:
    """Since when, not how long: it stands for hours. `region`: its name, empty for the whole campaign."""
    name = region or w.plain("the whole campaign")
    if not count or oldest is None:
        return Screen(w("✓ <b>{region}</b>: nothing waits for a decision", region=name))
    text = w.n(
        "📥 <b>{region}</b>: {n} post waits, since {time}",
        "📥 <b>{region}</b>: {n} posts wait, the oldest since {time}",
        count,
        region=name,
        time=w.moment(oldest, zone, now),
    )
    return Screen(text, ((link(w.plain("Open the queue"), queue_link(chat.region, bot_username)),),))


def queue_link(region: str, bot_username: str) -> str:
    """Opens the private chat with the queue narrowed down to this region."""
    if region == EVERYWHERE:
        return f"https://t.me/{bot_username}?start=queue"
    code = region if _IN_A_LINK.fullmatch(region) else page_key(region)
    return f"https://t.me/{bot_username}?start=queue_{code}"


# --- a draft's own card ----------------------------------------------------------------------------------------------


def card(facts: GroupCard, bot_id: int, bot_username: str, now: datetime, w: Words) -> Card:
    """The text and what is published with it, as the author wrote it, then the control."""
    draft = facts.sheet.draft
    shown = contents(draft.text, draft.published_media, facts.media, bot_id)
    return Card((*shown, *descriptions(draft.published_media, w)), control(facts, bot_username, now, w))


def control(facts: GroupCard, bot_username: str, now: datetime, w: Words) -> Screen:
    """The same for all who read it; who may press is asked at the press."""
    sheet, draft = facts.sheet, facts.sheet.draft
    waits = draft.state is DraftState.SUBMITTED
    region = facts.region or w.plain("the whole campaign")
    late = waits and draft.decide_by is not None and draft.decide_by <= now
    by = w.moment(draft.decide_by or now, facts.zone, now)
    text = lines(
        w("⚠ Promised by {time}: <b>overdue</b>", time=by) if late else None,
        *_decisions(facts, now, w),
        w("<b>{author}</b>, {region}", author=sheet.author_name, region=region) if waits else _which(facts, w),
        where(sheet.pages, w) if waits else None,
        *(imprints(previews(draft, sheet.pages), w) if waits else ()),
        own_texts(draft, sheet.pages, w) if waits else None,
        close_to_another(w) if waits and facts.close else None,
        w("⚠ It has changed since: open it to decide.") if waits and facts.seen != draft.version else None,
    )
    return Screen(text, _buttons(facts, bot_username, now, w))


def _decisions(facts: GroupCard, now: datetime, w: Words) -> list[Markup | None]:
    """Who decided what; reasons and lines are the author's to read."""
    sheet, draft = facts.sheet, facts.sheet.draft
    if draft.state in {DraftState.WRITING, DraftState.WITHDRAWN}:
        return [w("The author took it back.")]
    made: list[Markup | None] = [
        verdict_of(one, one.approver_name, w.moment(one.at, facts.zone, now), w) for one in sheet.decisions
    ]
    if made and draft.state is DraftState.SUBMITTED:
        needed = sheet.approvals_needed
        made.append(
            w("{n} of {needed} approvals: somebody else must agree too.", n=len(sheet.decisions), needed=needed)
        )
    last = _can_be_undone(facts, now)
    if last is not None and last.undo_until is not None:
        made.append(w("Can be undone until {time}", time=w.moment(last.undo_until, facts.zone, now)))
    return made


def _can_be_undone(facts: GroupCard, now: datetime) -> Decision | None:
    """The last decision, while whoever made it may take it back."""
    last = facts.sheet.decisions[-1] if facts.sheet.decisions else None
    if last is None or last.undo_until is None or now >= last.undo_until or facts.sheet.draft.settled_at is not None:
        return None
    return None if facts.sheet.draft.state in {DraftState.WRITING, DraftState.WITHDRAWN} else last


def _which(facts: GroupCard, w: Words) -> Markup:
    draft = facts.sheet.draft
    text = excerpt(draft.text, 120) or files(draft.media, w)
    return w("{author}: {text}", author=facts.sheet.author_name, text=text)


def _buttons(facts: GroupCard, bot_username: str, now: datetime, w: Words) -> tuple[Row, ...]:
    draft = facts.sheet.draft
    last = _can_be_undone(facts, now)
    undo: tuple[Row, ...] = ()
    if last is not None:
        undo = ((button(w.plain("↩ Undo"), GroupButton(verb="undo", id=draft.id, version=last.version)),),)
    if draft.state is not DraftState.SUBMITTED:
        return undo
    open_ = link(w.plain("Open it"), f"https://t.me/{bot_username}?start=draft_{draft.id}_{draft.version}")
    if not facts.can_be_approved:
        return (*undo, (open_,))
    approve = button(w.plain("✓ Approve"), GroupButton(verb="ok", id=draft.id, version=facts.seen))
    return (*undo, (approve, open_))


# --- alerts and toasts: only whoever pressed reads them ---------------------------------------------------------------


def approved_toast(until: datetime | None, zone: str, now: datetime, w: Words) -> str:
    if until is None:
        return w.plain("✓ Approved.")
    return w.plain("✓ Approved. You can undo it until {time}.", time=w.moment(until, zone, now))


def strangers_toast(w: Words) -> str:
    return w.plain("Only the staff of headquarters can press this.")


# --- lost ------------------------------------------------------------------------------------------------------------


def broken(chat: StaffChat, trouble: Trouble, region: str, w: Words) -> Screen:
    """To whoever bound it: what happened, and how it works again."""
    name = region or w.plain("the whole campaign")
    head = w("⚠ <b>{region}</b>: the queue is no longer shown in “{group}”.", region=name, group=chat.title)
    return Screen(lines(head, *_how_to_heal(trouble, w)))


def _how_to_heal(trouble: Trouble, w: Words) -> Sequence[Markup]:
    match trouble:
        case Trouble.KICKED:
            return (w("I am not in the group any more."), w("Add me again and write /bind there."))
        case Trouble.NO_TOPIC:
            return (w("The topic was deleted."), w("Write /bind in another one."))
        case Trouble.TOPIC_CLOSED:
            return (w("The topic is closed."), w("Open it and write /bind there, or choose another one."))
        case _:
            return (w("I may not write there."), w("Let me send messages and write /bind there again."))


def trouble_name(trouble: Trouble, w: Words) -> Markup:
    """What is wrong, in a list."""
    return _how_to_heal(trouble, w)[0]
