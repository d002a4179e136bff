"""Headquarters' screens of masters: the lists, a master with its pages and its end, sending, closing."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.masters import CLOSINGS, Master, MasterState, PageSet, closing, page_sets
from domain.pages import Page, PageKind, page_key
from domain.people import Person
from domain.usecases.masters import Masters, Offer, View
from domain.wordings import parse, with_names
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.draft_parts import PAGES_NAMED, excerpt, quote, where
from handlers.screens.keyboards import choices
from texts.names import platform_name
from texts.roles import place_name
from texts.words import Words, mark_plain

SHOWN = 8
_ICONS = {MasterState.WRITING: "✎", MasterState.OPEN: "▶", MasterState.CLOSED: "■", MasterState.DROPPED: "🗑"}
_ENDS = {
    "today": mark_plain("Today 18:00"),
    "tomorrow": mark_plain("Tomorrow 12:00"),
    "days": mark_plain("In 3 days"),
    "none": mark_plain("No end"),
}


class MasterButton(CallbackData, prefix="mt"):
    """`id`: of a master, a fill or a list, as the verb wants. `arg`: a page or region key, a set, a number, an end."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def _do(master: Master, verb: str, arg: str = "") -> MasterButton:
    return MasterButton(verb=verb, id=master.id, version=master.version, arg=arg)


def master_title(text: str, limit: int = 40) -> str:
    """A master in one line: "In [district] we opened [place]"."""
    return excerpt(with_names(text), limit)


# --- lists -----------------------------------------------------------------------------------------------------------


def listing(view: Masters, page: int, w: Words) -> Screen:
    """/masters: what is to be filled in; for headquarters also the way to what was written."""
    head = w("<b>Masters</b>: headquarters gives the text, you fill in what is yours.")
    if view.offers:
        marks = any(offer.running or offer.done for offer in view.offers)
        text = lines(head, w("✎ begun, ✓ handed in") if marks else None)
    else:
        text = lines(head, w("Nothing is to be filled in at the moment."))
    rows = choices(
        view.offers,
        lambda offer: button(label(_mark(offer) + master_title(offer.master.text)), _do(offer.master, "fill")),
        page,
        lambda to: MasterButton(verb="list", arg=str(to)),
        size=SHOWN,
    )
    staff: tuple[Row, ...] = ()
    if view.may_write:
        new = button(w.plain("New master"), MasterButton(verb="new"))
        staff = ((new,),)
        if view.own:
            written = w.plain_n("Written: {n}", "Written: {n}", len(view.own))
            staff = ((new, button(written, MasterButton(verb="own"))),)
    return Screen(text, (*rows, *staff, nav.home(w)))


def _mark(offer: Offer) -> str:
    return "✎ " if offer.running else "✓ " if offer.done else ""


def written(view: Masters, page: int, w: Words) -> Screen:
    """What headquarters has written, newest first."""
    rows = choices(
        view.own,
        lambda master: button(label(f"{_ICONS[master.state]} {master_title(master.text)}"), _do(master, "open")),
        page,
        lambda to: MasterButton(verb="own", arg=str(to)),
        size=SHOWN,
    )
    text = lines(w("<b>Masters of headquarters</b>"), w("✎ being written, ▶ sent, ■ closed"))
    return Screen(text, (*rows, (button(w.plain("New master"), MasterButton(verb="new")), _to_list(w))))


def _to_list(w: Words) -> InlineKeyboardButton:
    return button(w.plain("‹ Masters"), MasterButton(verb="list"))


# --- writing ---------------------------------------------------------------------------------------------------------


def ask(w: Words) -> Screen:
    """The next message is a new master."""
    text = paragraphs(
        w("<b>New master</b>"),
        w(
            "Send the text. What each region shall fill in stands in braces: <code>{example}</code>",
            example=_example(w),
        ),
        w(
            "At most 8 fields, named with letters, digits and spaces. Braces that shall stay: <code>{braces}</code>",
            braces="{{ }}",
        ),
    )
    return Screen(text, (nav.cancel(w),))


def _example(w: Words) -> str:
    return w.plain("In {one} we opened {two}", one=_braced(w.plain("district")), two=_braced(w.plain("place")))


def _braced(name: str) -> str:
    return "{" + name + "}"


def ask_new_text(master: Master, w: Words) -> Screen:
    """The next message replaces the text."""
    sent = w("What was filled in before stays as it is.") if master.state is MasterState.OPEN else None
    text = paragraphs(w("Send the new text, fields in braces."), Markup("<code>{}</code>").format(master.text), sent)
    return Screen(text, ((button(w.plain("‹ Back"), _do(master, "open")),),))


def panel(view: View, zone: str, now: datetime, w: Words) -> Screen:
    """A master before those who may change it, whatever its state."""
    master = view.master
    if master.state is MasterState.DROPPED:
        return dropped(w)
    names = w.list(parse(master.text).fields)
    personal = any(page.kind is PageKind.PERSONAL for page in view.pages)
    text = paragraphs(
        _standing(master, zone, now, w),
        quote(with_names(master.text)),
        lines(
            w("Fields: {names}", names=names),
            _for(view, w) if view.pages else w("<b>Which pages is it for?</b> Choose them below."),
            _until(master, zone, now, w),
            w("Wording {n}", n=master.wording) if master.wording > 1 else None,
        ),
        w("On personal pages nobody copies it: three questions help to say it in one's own words.")
        if personal
        else None,
        w.n("<b>{n} text</b> handed in", "<b>{n} texts</b> handed in", view.fills) if master.sent_at else None,
    )
    return Screen(text, _verbs(view, now, w))


def _for(view: View, w: Words) -> Markup:
    if len(view.pages) <= PAGES_NAMED:
        return where(view.pages, w)
    return w("<b>For:</b> {pages}", pages=_how_many(view, w))


def _how_many(view: View, w: Words) -> Markup:
    regions = len({page.region for page in view.pages})
    return w.n("{n} page", "{n} pages", len(view.pages)) + ", " + w.n("{n} region", "{n} regions", regions)


def _standing(master: Master, zone: str, now: datetime, w: Words) -> Markup:
    if master.sent_at is None:
        return w("<b>Master</b>, not sent yet")
    if master.is_open(now):
        return w("▶ <b>With the regions</b> since {time}", time=w.moment(master.sent_at, zone, now))
    return w("■ <b>Closed</b> since {time}", time=w.moment(master.closes_at or now, zone, now))


def _until(master: Master, zone: str, now: datetime, w: Words) -> Markup | None:
    if master.sent_at is not None and not master.is_open(now):
        return None
    if master.closes_at is None:
        return w("Open without an end")
    return w("Open until {time}", time=w.moment(master.closes_at, zone, now))


def _verbs(view: View, now: datetime, w: Words) -> tuple[Row, ...]:
    master = view.master
    until = button(w.plain("Until when"), _do(master, "until"))
    change = button(w.plain("Change text"), _do(master, "text"))
    back = (_to_list(w),)
    if master.state is MasterState.WRITING:
        pages = button(w.plain("Pages"), _do(master, "sets"))
        send = (button(w.plain("Send to the regions ›"), _do(master, "send")),) if view.pages else ()
        return (
            (pages, until),
            (change, button(w.plain("Delete"), _do(master, "drop"))),
            *([send] if send else []),
            back,
        )
    if master.state is MasterState.OPEN:
        end = (button(w.plain("Close"), _do(master, "close")),) if master.is_open(now) else ()
        return ((until, change), *([end] if end else []), back)
    return (back,)


# --- pages and the end -----------------------------------------------------------------------------------------------


def sets(view: View, w: Words) -> Screen:
    """Pages by the handful: one tap chooses all of a kind."""
    found = page_sets(view.choice)
    rows = tuple(
        (button(label(f"{_tick(view, one.pages)} {_set_name(one, w)}"), _do(view.master, "set", one.key)),)
        for one in found
    )
    single = (button(w.plain("One by one ›"), _do(view.master, "places")),) if found else ()
    text = lines(
        w("<b>Which pages is it for?</b>"),
        w.n("{n} page chosen", "{n} pages chosen", len(view.pages)),
        None if found else w("There is no page yet that you may write for. Ask your coordinator."),
    )
    done = (button(w.plain("‹ Done"), _do(view.master, "open")),)
    return Screen(text, (*rows, *([single] if single else []), done))


def _tick(view: View, codes: Sequence[str]) -> str:
    chosen = set(view.master.pages) & set(codes)
    return "☐" if not chosen else "☑" if len(chosen) == len(codes) else "◪"


def _set_name(one: PageSet, w: Words) -> str:
    if one.platform is not None:
        return w.plain("All regional groups on {network}", network=platform_name(one.platform, w))
    return w.plain("Official pages") if one.kind is PageKind.OFFICIAL else w.plain("Personal pages")


def places(view: View, page: int, w: Words) -> Screen:
    """The regions, each with how many of its pages are chosen."""
    codes = list(dict.fromkeys(one.region for one in view.choice))

    def place(code: str) -> InlineKeyboardButton:
        mine = [one.code for one in view.choice if one.region == code]
        rest = f" {len(set(mine) & set(view.master.pages))}/{len(mine)}"
        name = label(f"{_tick(view, mine)} {place_name(code, view.regions, w)}", rest)
        return button(name, _do(view.master, "place", page_key(code)))

    rows = choices(codes, place, page, lambda to: _do(view.master, "places", str(to)), size=SHOWN)
    return Screen(w("<b>Whose pages?</b>"), (*rows, (button(w.plain("‹ Back"), _do(view.master, "sets")),)))


def place_pages(view: View, key: str, page: int, w: Words) -> Screen:
    """The pages of one region."""
    pages = [one for one in view.choice if page_key(one.region) == key]

    def tick(one: Page) -> InlineKeyboardButton:
        return button(label(f"{_tick(view, [one.code])} {one.title}"), _do(view.master, "page", page_key(one.code)))

    rows = choices(pages, tick, page, lambda to: _do(view.master, "place", f"{key}.{to}"), size=SHOWN)
    name = place_name(pages[0].region, view.regions, w) if pages else ""
    return Screen(w("<b>{name}</b>", name=name), (*rows, (button(w.plain("‹ Back"), _do(view.master, "places")),)))


def until(view: View, person: Person, now: datetime, w: Words) -> Screen:
    """Until when the regions may begin; a moment that has passed is not offered."""
    offered = []
    for choice in CLOSINGS:
        at = closing(choice, person, now)
        if at is None or at > now:
            offered.append(button(w.plain(_ENDS[choice]), _do(view.master, "until!", choice)))  # texts: dynamic
    text = lines(
        w("<b>Until when can it be filled in?</b>"), w("Whoever has begun by then can still finish and hand in.")
    )
    return Screen(text, (*grid(offered, 2), (button(w.plain("‹ Back"), _do(view.master, "open")),)))


# --- off to the regions ----------------------------------------------------------------------------------------------


def confirm_send(view: View, w: Words) -> Screen:
    text = lines(
        w("<b>Send this master to the regions?</b>"),
        _how_many(view, w),
        w("Everybody who writes for these pages gets one message, outside their quiet hours."),
    )
    yes = button(w.plain("Send"), _do(view.master, "send!"))
    return Screen(text, ((yes, button(w.plain("‹ Back"), _do(view.master, "open"))),))


def confirm_close(view: View, w: Words) -> Screen:
    text = lines(
        w("<b>Close this master?</b>"), w("Nobody can begin any more. What was handed in stays, nothing is withdrawn.")
    )
    yes = button(w.plain("Close"), _do(view.master, "close!"))
    return Screen(text, ((yes, button(w.plain("‹ Back"), _do(view.master, "open"))),))


def confirm_drop(view: View, w: Words) -> Screen:
    text = lines(w("Delete this master?"), quote(with_names(view.master.text), 300))
    yes = button(w.plain("Yes, delete"), _do(view.master, "drop!"))
    return Screen(text, ((yes, button(w.plain("‹ Back"), _do(view.master, "open"))),))


def dropped(w: Words) -> Screen:
    return Screen(w("The master is deleted. Nobody got it."), ((_to_list(w), *nav.home(w)),))


def stale_toast(w: Words) -> str:
    return w.plain("This has changed since. This is how it stands now.")


def place_of(view: View, key: str) -> tuple[str, int]:
    """Where a page (by its key) stands among those of its region: the region's key and the screen."""
    page = next((one for one in view.choice if page_key(one.code) == key), None)
    if page is None:
        return "", 0
    keys = [page_key(one.code) for one in view.choice if one.region == page.region]
    return page_key(page.region), keys.index(key) // SHOWN
