"""A page's two weeks as squares, the same in words, and what it needs."""

from markupsafe import Markup

from domain.page_health import Need, PageHealth
from domain.runway import Runway
from domain.strip import RECENT, Colour, Strip
from handlers.screens.base import lines
from texts.words import Words, mark_plain

_SQUARES = {
    Colour.KEPT: "🟩",
    Colour.LATE: "🟨",
    Colour.MISSED: "🟥",
    Colour.EXCUSED: "⬜",
    Colour.NOTHING: "⬜",
}
_SPOKEN = {
    Colour.KEPT: mark_plain("{n} kept"),
    Colour.LATE: mark_plain("{n} late"),
    Colour.MISSED: mark_plain("{n} missed"),
    Colour.EXCUSED: mark_plain("{n} excused"),
    Colour.NOTHING: mark_plain("{n} without a plan"),
}
_DATES_SHOWN = 5


def squares(strip: Strip) -> str:
    """The oldest day on the left."""
    return "".join(_SQUARES[found] for found in strip.colours)


def spoken(strip: Strip, w: Words) -> str:
    """The strip for whoever does not see its colours: 10 kept, 2 late, 1 missed, 1 excused."""
    counts = strip.counts
    return ", ".join(
        w.plain(text, n=w.number(counts[found]))  # texts: dynamic
        for found, text in _SPOKEN.items()
        if counts[found]
    )


def legend(w: Words) -> Markup:
    """What the colours mean."""
    return w("🟩 norm kept 🟨 posted late 🟥 something missed ⬜ excused or nothing planned; yesterday is on the right")


def of_page(health: PageHealth, w: Words) -> Markup:
    """The strip on a page's own card."""
    strip = health.strip
    if strip.is_blank:
        return lines(w("Nothing was planned there in 14 days."), _today(strip, w))
    missed = strip.on(Colour.MISSED)[-_DATES_SHOWN:]
    return lines(
        w("The last 14 days: {days}", days=spoken(strip, w)),
        squares(strip),
        legend(w),
        w("Missed: {days}", days="; ".join(w.day(day) for day in missed)) if missed else None,
        w.n(
            "{n} post was taken down by the network afterwards: it counts as kept.",
            "{n} posts were taken down by the network afterwards: they count as kept.",
            strip.removed,
        )
        if strip.removed
        else None,
        _today(strip, w),
    )


def _today(strip: Strip, w: Words) -> Markup | None:
    posted, wanted = strip.today.posted, strip.today.wanted
    return w("Today: {posted} of {wanted} posted", posted=w.number(posted), wanted=w.number(wanted)) if wanted else None


def texts_last(runway: Runway | None, w: Words) -> Markup | None:
    """For how many days there are texts; None where nothing is wanted."""
    if runway is None or not runway.wants:
        return None
    warning = "⚠ " if runway.is_short else ""
    if runway.is_open:
        return w("Approved texts: for a week or more")
    if not runway.fresh:
        said = w("{warning}No new text for the next post", warning=warning)
    else:
        said = w.n(
            "{warning}Approved texts: for {n} day",
            "{warning}Approved texts: for {n} days",
            runway.fresh,
            warning=warning,
        )
    if runway.lasting > runway.fresh:
        more = w.n("with evergreen ones for {n} day", "with evergreen ones for {n} days", runway.lasting)
        return Markup("{}; {}").format(said, more)
    return said


def in_list(health: PageHealth, title: str, w: Words) -> Markup:
    """One page of the list: why it needs help, its strip, the same in words."""
    reasons = "; ".join(_reason(health, need, w) for need in health.needs)
    head = Markup("⚠ <b>{}</b>: {}").format(title, reasons) if reasons else Markup("✓ <b>{}</b>").format(title)
    if health.strip.is_blank:
        return lines(head, w("Nothing was planned there in 14 days."))
    return lines(head, squares(health.strip), spoken(health.strip, w))


def _reason(health: PageHealth, need: Need, w: Words) -> str:
    strip = health.strip
    if need is Need.RED:
        return w.plain("days with a miss: {n} of {days}", n=w.number(strip.red_lately), days=w.number(RECENT))
    if need is Need.TEXTS:
        last = health.runway is not None and health.runway.lasting
        return w.plain("texts for today only") if last else w.plain("no text for the next post")
    if need is Need.PEOPLE:
        return w.plain("nobody to post")
    today = strip.today
    return w.plain("behind today: {posted} of {due}", posted=w.number(today.posted), due=w.number(today.due))
