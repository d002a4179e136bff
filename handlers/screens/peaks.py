"""Peak hours: which hours did better, with how many posts that is known by."""

from datetime import time

from markupsafe import Markup

from domain.best_posts import GROUP_LEAST
from domain.norms import Window
from domain.peaks import DayPart, Peaks, Worked
from domain.platforms import Platform
from domain.usecases.best_posts import HoursView
from handlers.screens.base import Screen, label, lines, paragraphs
from handlers.screens.best_posts import back, counts, head
from texts.best_posts import ratio
from texts.names import platform_name
from texts.words import Words


def hours(view: HoursView, w: Words) -> Screen:
    """By network, on each page's own clock."""
    found = view.view
    parts = [
        lines(
            w.n(
                "<b>{network}</b>, {n} page:",
                "<b>{network}</b>, {n} pages:",
                one.pages,
                network=platform_name(Platform(net), w),
            ),
            *(part(each, w) for each in one.parts),
            verdict(one, w),
        )
        for net, one in view.found
    ]
    text = paragraphs(
        head(found, w("<b>Peak hours</b>, on each page's own clock"), w),
        counts(found.board, w),
        *(parts or [w("Too little to say.")]),
        w("A page's norm can take such hours over: /norm."),
    )
    return Screen(text, (back(found.wanted, w),))


def part(one: DayPart, w: Words) -> Markup:
    """One line of the day."""
    usual, span = one.spread, clock(one.window)
    if not usual.enough:
        return w("{hours}: {n} of at least {least} posts, too few", hours=span, n=usual.n, least=GROUP_LEAST)
    told = {"hours": span, "middle": ratio(usual.middle, w), "low": ratio(usual.low, w), "high": ratio(usual.high, w)}
    shown = w("{hours}: <b>{middle}</b>, mostly {low}–{high} (n={n})", **told, n=w.number(usual.n))
    return Markup("▲ {}").format(shown) if one.better else shown


def verdict(found: Peaks, w: Words) -> Markup:
    if not found.enough:
        return w("Too little to say.")
    if not found.better:
        return w("No hours are surely better: the differences may be chance.")
    return w("▲ surely better than the other hours: more than chance explains.")


# -- for a page's norm --------------------------------------------------------------------------------------------------


def use(found: Worked, w: Words) -> str:
    """The button that takes them over."""
    return label(w.plain("Use what worked: {hours}", hours=_clocks(found)), w.plain(" (n={n})", n=found.posts))


def _clocks(found: Worked) -> str:
    return ", ".join(clock(one) for one in found.windows)


def offer(found: Worked, w: Words) -> Markup:
    """What was found, and of whose posts."""
    return w.n(
        "Posts of {hours} surely did better ({whose}, {n} post of these hours).",
        "Posts of {hours} surely did better ({whose}, {n} posts of these hours).",
        found.posts,
        hours=_clocks(found),
        whose=_whose(found.peaks, w),
    )


def evidence(found: Peaks | None, offered: Worked | None, w: Words) -> Markup:
    """For the question for the best hours: what own posts tell, even when that is nothing."""
    if offered is not None:
        return offer(offered, w)
    if found is None:
        return w("From your own posts: too little to say yet.")
    if not found.better:
        told = {"whose": _whose(found, w), "n": found.posts}
        return w("From your own posts: no hours are surely better ({whose}, n={n}).", **told)
    return w("The hours that worked are outside the norm's hours, or are preferred already.")


def _whose(found: Peaks, w: Words) -> str:
    if not found.group:
        return w.plain("this page")
    return w.plain_n("{n} page of the region", "{n} pages of the region", found.pages)


def clock(window: Window) -> str:
    """18–21, or 18:30–21"""
    end = "24" if window.end.minute == 59 else _hour(window.end)
    return f"{_hour(window.start)}–{end}"


def _hour(at: time) -> str:
    return f"{at:%H:%M}" if at.minute else str(at.hour)
