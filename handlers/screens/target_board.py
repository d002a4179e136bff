"""/targets: the campaign clock, where each target stands, and setting one's own."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.targets import Clock, Outlook
from domain.usecases.targets import TargetBoard, TargetDraft, TargetPlaces
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices, pager
from handlers.screens.nav import cancel, home
from handlers.screens.targets import in_full, title_of
from texts.names import platform_name
from texts.words import Words

AT_ONCE = 4
"""Targets on one screen: each takes up to eight lines."""


class TargetButton(CallbackData, prefix="tg"):
    """`verb`: list, add, where, net, pages, line, see, save, change, close. `arg`: a place or a target's code; `key`: a network or page."""

    verb: str
    arg: str = ""
    net: str = ""
    n: int = 0


def clock(now: Clock, w: Words) -> Markup:
    """Where the campaign stands, with its two phases."""
    if now.phase == 0:
        return w.n("🕐 The campaign begins in {n} day", "🕐 The campaign begins in {n} days", now.left)
    if now.phase == 3:
        return w("🕐 The campaign is over")
    day = w("🕐 Day {day} of {days}", day=w.number(now.day), days=w.number(now.days))
    if now.phase == 1:
        left = (
            w.n("month 1 ends in {n} day", "month 1 ends in {n} days", now.left)
            if now.left
            else w("month 1 ends today")
        )
    else:
        left = (
            w.n("the campaign ends in {n} day", "the campaign ends in {n} days", now.left)
            if now.left
            else w("the campaign ends today")
        )
    return w("{day}, {left}", day=day, left=left)


def board(view: TargetBoard, page: int, w: Words) -> Screen:
    """The plan's targets first, then those set in chat; the latter can be opened by whoever may change them."""
    pages = max(1, -(-len(view.outlooks) // AT_ONCE))
    page = max(0, min(page, pages - 1))
    shown = view.outlooks[page * AT_ONCE : (page + 1) * AT_ONCE]
    parts = [in_full(one, w) for one in shown] or [w("No targets are set.")]
    head = None if view.clock is None else clock(view.clock, w)
    opens: list[Row] = [
        (button(label(title_of(one, w)), TargetButton(verb="see", arg=one.target.code)),)
        for one in shown
        if one.target.code in view.changes
    ]
    add: tuple[Row, ...] = ((button(w.plain("＋ Set a target"), TargetButton(verb="add")),),) if view.may_add else ()
    turn = pager(page, pages, lambda to: TargetButton(verb="list", n=to))
    return Screen(paragraphs(head, *parts), (*opens, *turn, *add, home(w)))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Targets"), TargetButton(verb="list")),)


def card(outlook: Outlook, w: Words, line: Markup | None = None) -> Screen:
    """One set in chat, for whoever may change it. `line`: what has just happened."""
    code = outlook.target.code
    row = (
        button(w.plain("Change the target"), TargetButton(verb="change", arg=code)),
        button(w.plain("Close"), TargetButton(verb="close", arg=code)),
    )
    return Screen(paragraphs(line, in_full(outlook, w)), (row, _back(w)))


def where(places: TargetPlaces, page: int, w: Words) -> Screen:
    """The first step; the whole can be typed instead."""
    rows = choices(
        sorted(places.regions.items(), key=lambda one: one[1]),
        lambda one: button(label(one[1]), TargetButton(verb="where", arg=page_key(one[0]))),
        page,
        lambda to: TargetButton(verb="add", n=to),
    )
    whole = ((button(w.plain("The whole campaign"), TargetButton(verb="where", arg=EVERYWHERE)),),)
    text = lines(
        w("<b>A target for what?</b>"),
        w("Or write it in one line: <code>/targets kazan vk members 20000 15 Oct</code>"),
    )
    return Screen(text, (*(whole if places.everywhere else ()), *rows, _back(w)))


def nets(places: TargetPlaces, arg: str, page: int, w: Words) -> Screen:
    """All networks, one of them, or one page. `arg`: the region's short key or "*"."""
    every = button(w.plain("VK, OK and Telegram"), TargetButton(verb="net", arg=arg, net="all"))
    some = [button(platform_name(one, w), TargetButton(verb="net", arg=arg, net=one.value)) for one in Platform]
    rows = choices(
        places.pages,
        lambda one: button(label(one[1]), TargetButton(verb="net", arg=arg, net=f"p{one[0]}")),
        page,
        lambda to: TargetButton(verb="where", arg=arg, n=to),
    )
    back = (button(w.plain("‹ Back"), TargetButton(verb="add")),)
    return Screen(w("Which pages count? A network, or one page alone."), ((every,), *grid(some, 2), *rows, back))


def ask_value(w: Words) -> Screen:
    return Screen(w("How many, and by when? For example: <code>20000 15 Oct</code>"), (cancel(w),))


def preview(draft: TargetDraft, w: Words) -> Screen:
    """Where it would stand; nothing holds before it is saved."""
    before = draft.before
    was = (
        w("Before: {value} by {day}", value=w.number(before.value), day=w.day(before.due))
        if before is not None
        else None
    )
    pages = w.n("Counts {n} page.", "Counts {n} pages.", draft.outlook.pages)
    hint = w("<i>To change it, send the line again.</i>")
    save = (button(w.plain("✓ Save"), TargetButton(verb="save", n=draft.mark)),)
    return Screen(paragraphs(in_full(draft.outlook, w), lines(pages, was), hint), (save, cancel(w)))


def ask_reason(title: str, w: Words) -> Screen:
    text = w("Why is the target “{title}” closed? Write it in a few words; it is counted no more.", title=title)
    return Screen(text, (cancel(w),))


def is_saved(w: Words) -> Markup:
    return w("✓ The target holds. Loading a plan does not change it.")
