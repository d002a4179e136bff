"""The queue's screens: how much waits, its end, narrowing it down."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from domain.pages import page_key
from domain.queue import Choice, Facet
from domain.usecases.queue import QueueView
from handlers.screens import nav
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.approvals import name_of
from handlers.screens.base import Screen, button, label, lines
from handlers.screens.keyboards import choices
from texts.words import Words

_LETTERS = {"r": Facet.REGION, "p": Facet.PAGE, "u": Facet.RUBRIC}
_SIGNS = {Facet.REGION: "📍", Facet.PAGE: "📄", Facet.RUBRIC: "🏷"}


def facet_of(letter: str) -> Facet | None:
    """As buttons write it."""
    return _LETTERS.get(letter)


def queue(count: int, oldest: datetime | None, zone: str, now: datetime, w: Words) -> Screen:
    """The one queue message. It stands for hours, so it says since when the oldest waits, not how long."""
    if not count or oldest is None:
        return Screen(w("✓ Nothing waits for your decision."))
    text = lines(
        w.n("📥 <b>{n} post waits</b> for your decision", "📥 <b>{n} posts wait</b> for your decision", count),
        w("The oldest is from {time}", time=w.moment(oldest, zone, now)),
    )
    return Screen(text, ((button(w.plain("Open the queue"), ApprovalButton(verb="open")),),))


def nothing_waits(view: QueueView, w: Words) -> Screen:
    """Nothing at all, or nothing in what the queue is narrowed down to."""
    if view.only is None or not view.total:
        return Screen(w("✓ Nothing waits for your decision."), (nav.home(w),))
    text = lines(w("✓ Nothing waits here any more: {name}", name=name_of(view.only, w)), _elsewhere(view.total, w))
    every = button(w.plain("Show all"), ApprovalButton(verb="all"))
    return Screen(text, ((every,), (button(w.plain("☰ Filter"), ApprovalButton(verb="filters")), *nav.home(w))))


def _elsewhere(total: int, w: Words) -> str:
    return w.n("{n} post waits elsewhere.", "{n} posts wait elsewhere.", total)


def end_of_queue(left: int, w: Words) -> Screen:
    """The queue was walked to its end with something skipped."""
    text = w.n(
        "That was the last one. {n} still waits: skipped, or with a colleague.",
        "That was the last one. {n} still wait: skipped, or with a colleague.",
        left,
    )
    return Screen(text, ((button(w.plain("From the beginning"), ApprovalButton(verb="open")), *nav.home(w)),))


def choose(view: QueueView, page: int, w: Words) -> Screen:
    """Every region, page and rubric of what waits, with how many; `page` counts from 0."""
    shown = [choice for choice in view.choices if choice.count]
    now = None if view.only is None else w("Now: <b>{name}</b>", name=name_of(view.only, w))
    text = lines(w("<b>What shall the queue show?</b>"), now, w("📍 region, 📄 page, 🏷 rubric"))
    every = button(w.plain("All: {n}", n=view.total), ApprovalButton(verb="all"))
    shut = button(w.plain("‹ Back"), ApprovalButton(verb="shut"))
    rows = choices(shown, lambda choice: _narrow(choice, view, w), page, lambda n: ApprovalButton(verb="filters", id=n))
    return Screen(text, (*rows, (every, shut)))


def _narrow(choice: Choice, view: QueueView, w: Words) -> InlineKeyboardButton:
    only = choice.only
    here = view.only is not None and (view.only.facet, view.only.value) == (only.facet, only.value)
    letter = next(letter for letter, facet in _LETTERS.items() if facet is only.facet)
    title = f"{'✓ ' if here else ''}{_SIGNS[only.facet]} {name_of(only, w)}"
    return button(
        label(title, f": {choice.count}"), ApprovalButton(verb="only", arg=f"{letter}.{page_key(only.value)}")
    )


def none_there(w: Words) -> str:
    """Toast: somebody was faster."""
    return w.plain("Nothing waits there any more.")
