"""Binding a group to a region, in the group and as a list in private."""

from collections.abc import Mapping, Sequence

from aiogram.types import InlineKeyboardButton

from domain.pages import page_key
from domain.staff_chats import StaffChat
from domain.usecases.staff_chats import Offer
from handlers.screens import nav
from handlers.screens.base import Screen, button, label, lines, link, paragraphs
from handlers.screens.group_cards import GroupButton, trouble_name
from handlers.screens.keyboards import choices
from texts.words import Words


def choose(offer: Offer, page: int, w: Words) -> Screen:
    """/bind in a group: which region; `page` counts from 0."""
    bound = None
    if offer.chat is not None:
        bound = w("Now: <b>{name}</b>", name=offer.bound or w.plain("the whole campaign"))
    text = lines(w("<b>Whose queue shall be shown here?</b>"), bound, w("Everybody in this chat will see it."))
    codes = list(offer.regions)
    rows = choices(
        codes,
        lambda code: _region(code, offer.regions, w),
        page,
        lambda n: GroupButton(verb="page", version=n),
        width=2,
    )
    return Screen(text, (*rows, (button(w.plain("Cancel"), GroupButton(verb="stop")),)))


def _region(code: str, regions: Mapping[str, str], w: Words) -> InlineKeyboardButton:
    name = regions[code] or w.plain("the whole campaign")
    return button(label(name), GroupButton(verb="pick", key=page_key(code)))


def bound(region: str, by: str, w: Words) -> Screen:
    """In place of the question. The card comes below."""
    name = region or w.plain("the whole campaign")
    return Screen(
        lines(
            w("✓ The queue is shown here now: <b>{region}</b>. Bound by {name}.", region=name, name=by),
            w("/unbind ends it."),
        )
    )


def not_bound(w: Words) -> Screen:
    """[Cancel]."""
    return Screen(w("Nothing has changed."))


def unbound(region: str, w: Words) -> Screen:
    return Screen(
        w("✓ The queue is no longer shown here: <b>{region}</b>", region=region or w.plain("the whole campaign"))
    )


def nothing_bound(w: Words) -> Screen:
    """/unbind where nothing was."""
    return Screen(w("No queue is shown here. /bind shows one."))


def anonymous(languages: Sequence[Words]) -> Screen:
    """An anonymous administrator: Telegram says neither who it is nor in which language."""
    asked = [
        w("You write anonymously, so I cannot see who you are. Turn “Remain anonymous” off and try again.")
        for w in languages
    ]
    return Screen(paragraphs(*asked))


def cannot_write(group: str, w: Words) -> Screen:
    """In private: /bind was written where the bot may not answer."""
    return Screen(w("I may not write in “{group}”. Let me send messages there, then write /bind again.", group=group))


def places(bound_: Sequence[tuple[StaffChat, str]], bot_username: str, w: Words) -> Screen:
    """/bind in private: where queues are shown, and how one more place is added."""
    listed = [_place(chat, name, w) for chat, name in bound_[:30]]
    how = w("To show a region's queue in a group or a topic: add me there and write /bind in it.")
    add = link(w.plain("Add me to a group"), f"https://t.me/{bot_username}?startgroup=bind")
    head = w("<b>Queues shown in groups</b>")
    return Screen(paragraphs(lines(head, *listed) if listed else head, how), ((add,), nav.home(w)))


def _place(chat: StaffChat, name: str, w: Words) -> str:
    region = name or w.plain("the whole campaign")
    if chat.trouble is None:
        return w("✓ {region}: {group}", region=region, group=chat.title)
    return w("⚠ {region}: {group}. {trouble}", region=region, group=chat.title, trouble=trouble_name(chat.trouble, w))
