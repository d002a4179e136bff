"""Open posts: the list, and whoever is first to claim one."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.ports.open_slots import OpenSlot
from handlers.screens.base import Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from texts.words import Words, Zone

PER_PAGE = 8


class OpenButton(CallbackData, prefix="op"):
    """`verb`: take (`id`: the slot), list. `page` counts from 0."""

    verb: str
    id: int = 0
    version: int = 0
    page: int = 0


def listing(found: Sequence[OpenSlot], page: int, w: Words, zone: Zone, now: datetime, taken: bool = False) -> Screen:
    """`taken`: somebody was faster than the reader's tap."""
    faster = w("Somebody was faster, or it is no longer open. Thank you all the same!") if taken else None
    if not found:
        nothing = w("Everything is taken at the moment. Thank you for asking!")
        return Screen(paragraphs(w("<b>Open posts</b>"), faster, nothing), (home(w),))
    page = max(0, min(page, -(-len(found) // PER_PAGE) - 1))
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    head = lines(w("<b>Open posts</b>"), w("Whoever taps first has it; its text comes at once."))
    rows = choices(
        found,
        lambda one: button(
            _label(one, w, zone, now), OpenButton(verb="take", id=one.view.slot.id, version=one.view.slot.version)
        ),
        page,
        lambda to: OpenButton(verb="list", page=to),
        size=PER_PAGE,
    )
    return Screen(paragraphs(faster, head, lines(*(_line(one, w, zone, now) for one in shown))), (*rows, home(w)))


def _label(one: OpenSlot, w: Words, zone: Zone, now: datetime) -> str:
    return label(f"{w.moment(one.view.slot.at, zone, now)} {one.view.page_title}")


def _line(one: OpenSlot, w: Words, zone: Zone, now: datetime) -> Markup:
    when, page = w.moment(one.view.slot.at, zone, now), one.view.page_title
    if one.asked:
        return w("{time} {page}: a colleague needs a substitute", time=when, page=page)
    return w("{time} {page}: nobody has it yet", time=when, page=page)


def claimed(one: Markup, w: Words) -> Screen:
    """`one`: page and moment."""
    return Screen(paragraphs(w("✓ It is yours, thank you!"), one), (home(w),))
