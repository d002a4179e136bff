"""The lane of a page: choosing it, and confirming what loosens an official one."""

from domain.lanes import Lane
from domain.pages import Page, page_key
from handlers.screens.base import Screen, button, lines, paragraphs
from handlers.screens.lanes import LaneButton, lane_name
from handlers.screens.pages import PageButton
from texts.words import Words, mark

_MEANINGS = {
    Lane.ORDINARY: mark("<b>Ordinary</b>: one person approves"),
    Lane.STRICT: mark("<b>Strict</b>: two different people approve"),
    Lane.BOLD: mark("<b>Bold</b>: two people approve, the author names sources, each approver ticks five risks"),
}


def choose_lane(page: Page, w: Words) -> Screen:
    """For managers, from the page's card."""
    key = page_key(page.code)
    text = paragraphs(
        w("<b>{page}</b>: how are its texts decided on?", page=page.title),
        lines(*(w(_MEANINGS[lane]) for lane in Lane)),  # texts: dynamic
    )
    rows = [
        (button(("✓ " if lane is page.lane else "") + lane_name(lane, w), _set("set", page, lane)),) for lane in Lane
    ]
    return Screen(text, (*rows, (button(w.plain("‹ Back"), PageButton(verb="card", key=key)),)))


def confirm_loosening(page: Page, lane: Lane, w: Words) -> Screen:
    """An official page would need less than before."""
    text = w(
        "<b>{page}</b> is an official page. From now on its texts would need less: {lane}. Shall it be so?",
        page=page.title,
        lane=lane_name(lane, w),
    )
    back = LaneButton(verb="page", arg=page_key(page.code))
    yes = button(w.plain("Yes, loosen it"), _set("set!", page, lane))
    return Screen(text, ((yes,), (button(w.plain("‹ Back"), back),)))


def _set(verb: str, page: Page, lane: Lane) -> LaneButton:
    return LaneButton(verb=verb, arg=f"{page_key(page.code)}.{page.lane}.{lane}")
