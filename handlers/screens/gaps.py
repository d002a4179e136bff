"""Tomorrow's empty slots before those who can fill them: a text, or somebody to post it."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from domain.day_plan_people import ASKABLE, Candidate
from domain.pages import Page, page_key
from domain.ports.plan import SlotView
from domain.usecases.who_posts import WhoPosts
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.day_plan import PlanButton
from handlers.screens.nav import cancel
from handlers.screens.page_list import PagesButton
from handlers.screens.pages import PageButton
from texts.words import Words, Zone

SHOWN = 6
"""Pages with a button of their own."""
_NAMES = 12


def write_for(day: date, views: Sequence[SlotView], w: Words, zone: Zone) -> Screen:
    """One evening message to somebody who may write; no is an answer nobody has to give."""
    head = w("✍ <b>{day}</b>: there is room for a text", day=w.day(day))
    hint = w("If you have something to tell, write it today. If not, that is fine too.")
    pages = _by_page(views)
    return Screen(
        paragraphs(head, _listed(pages, w, zone), hint),
        _rows(pages, "write", w.plain("Write a text"), "✍"),
    )


def nobody_to_post(day: date, views: Sequence[SlotView], w: Words, zone: Zone) -> Screen:
    """One evening message to a coordinator."""
    head = w("🙋 <b>{day}</b>: a text is there, but nobody to post it", day=w.day(day))
    hint = w("Whoever may post there finds it under /open too and can take it.")
    pages = _by_page(views)
    return Screen(
        paragraphs(head, _listed(pages, w, zone), hint),
        _rows(pages, "who", w.plain("Who could post"), "🙋"),
    )


Pages = dict[str, list[SlotView]]


def _by_page(views: Sequence[SlotView]) -> Pages:
    found: Pages = {}
    for view in views:
        found.setdefault(view.slot.page, []).append(view)
    return found


def _listed(pages: Pages, w: Words, zone: Zone) -> Markup:
    shown = [
        Markup("{}: {}").format(some[0].page_title, _clock(some, w, zone)) for some in list(pages.values())[:SHOWN]
    ]
    more = len(pages) - SHOWN
    return lines(*shown, w.n("and {n} more", "and {n} more", more) if more > 0 else None)


def _clock(views: Sequence[SlotView], w: Words, zone: Zone) -> str:
    """The hours of one page. The day above is the page's own, so another clock than the reader's is the page's, and named."""
    own = views[0].zone
    hours = w.list([w.time(view.slot.at, own) for view in views])
    same = all(w.time(view.slot.at, own) == w.time(view.slot.at, zone) for view in views)
    return hours if same else f"{hours} ({w.city(own)})"


def _rows(pages: Pages, verb: str, alone: str, sign: str) -> tuple[Row, ...]:
    """A button per page; which one is said only where there are several."""
    chosen = list(pages.items())[:SHOWN]
    return tuple(
        (
            button(
                label(f"{sign} {some[0].page_title}") if len(chosen) > 1 else alone,
                PagesButton(verb=verb, key=page_key(code)),
            ),
        )
        for code, some in chosen
    )


def ask_text(page: Page, w: Words) -> Screen:
    """[Write a text]: the next message becomes a draft for this page."""
    text = w(
        "Send the text for <b>{page}</b>: with a photo, an album or a video, or forward one. "
        "The draft is for this page; you can still change that.",
        page=page.title,
    )
    return Screen(text, (cancel(w),))


def who_could(view: WhoPosts, w: Words, zone: Zone, now: datetime) -> Screen:
    """Who could post the next slot that nobody has. Why somebody cannot is nobody's business here."""
    page, key = view.page, page_key(view.page.code)
    when = w.moment(view.slot.slot.at, zone, now) if view.slot else ""
    head = (
        w("<b>{page}</b>, {when}", page=page.title, when=when) if view.slot else Markup("<b>{}</b>").format(page.title)
    )
    who = button(w.plain("Who posts"), PageButton(verb="posters", key=key))
    rows: tuple[Row, ...] = ((who, button(w.plain("Page"), PageButton(verb="card", key=key))),)
    if view.slot is None:
        return Screen(paragraphs(head, w("Nothing is planned there.")), rows)
    day = PlanButton(verb="day", id=view.slot.slot.day.toordinal())
    rows = ((button(w.plain("The day's plan"), day),), *rows)
    can = [one for one in view.people if one.why is None]
    ask = [one for one in view.people if one.why in ASKABLE]
    others = len(view.people) - len(can) - len(ask)
    said = lines(
        w("Could post: {names}", names=_names(can, w)) if can else w("Nobody is free then."),
        w("Only with their own yes, it is outside their hours: {names}", names=_names(ask, w)) if ask else None,
        w.n("{n} person cannot then", "{n} people cannot then", others) if others else None,
    )
    if not view.people:
        said = w("Nobody may post there yet: choose who posts, or invite somebody.")
    return Screen(paragraphs(head, said), rows)


def _names(people: Sequence[Candidate], w: Words) -> str:
    shown = [
        w.plain("{name} (has {n} that day)", name=one.person.name, n=w.number(one.that_day))
        if one.that_day
        else one.person.name
        for one in people[:_NAMES]
    ]
    more = len(people) - _NAMES
    return w.list([*shown, w.plain_n("{n} more", "{n} more", more)] if more > 0 else shown)
