"""/feed: a secret address for one's calendar; made, shown once, made anew, revoked."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.feeds import OWN
from domain.people import Person
from domain.usecases.feeds import FeedView, key_of
from handlers.screens.base import Row, Screen, button, copy, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go
from texts.words import Words, local_date


class FeedButton(CallbackData, prefix="fe"):
    """`verb`: see, regions, make, anew, sure, revoke. `id`: the feed that was there (0: none), or a page of the list."""

    verb: str
    key: str = ""
    id: int = 0


def off(w: Words) -> Screen:
    """The configuration names no public address."""
    text = lines(
        w("<b>Your posts in your calendar</b>"),
        w(
            "Calendars are not switched on here: headquarters has no public address for them. Your day is always in /today."
        ),
    )
    return Screen(text, ((button(w.plain("‹ Back"), Go(to="settings")),),))


def one(view: FeedView, person: Person, w: Words, *, more: bool = False, line: Markup | None = None) -> Screen:
    """One feed as it stands. `more`: the reader may see regions' plans too. `line`: what has just happened."""
    own = view.region == OWN
    head = (
        w("<b>Your posts in your calendar</b>")
        if own
        else w("<b>Plan in your calendar: {region}</b>", region=_name(view, w))
    )
    what = (
        w(
            "Your phone's calendar reads a secret address by itself: when and on which page you post. No texts are in it."
        )
        if own
        else w(
            "Your phone's calendar reads a secret address by itself: posts and how they stand. No texts and no names are in it."
        )
    )
    if view.feed is None:
        stands = w("You have no address yet.")
        rows: list[Row] = [(button(w.plain("Make an address"), FeedButton(verb="make", key=key_of(view.region))),)]
    else:
        day = w.day(local_date(view.feed.made_at, person.zone))
        stands = w("You have had an address since {day}. It was shown once and is not kept here.", day=day)
        rows = [
            (
                button(w.plain("New address"), _do("anew", view)),
                button(w.plain("Revoke it"), _do("revoke", view)),
            )
        ]
    if own and more:
        rows.append((button(w.plain("Plan of a region"), FeedButton(verb="regions")),))
    back = Go(to="settings") if own else FeedButton(verb="regions")
    return Screen(paragraphs(line, head, what, stands), (*rows, (button(w.plain("‹ Back"), back),)))


def _name(view: FeedView, w: Words) -> str:
    return view.name or w.plain("the whole campaign")


def _do(verb: str, view: FeedView) -> FeedButton:
    return FeedButton(verb=verb, key=key_of(view.region), id=view.feed.id if view.feed else 0)


def regions(views: Sequence[FeedView], page: int, w: Words) -> Screen:
    """Whose plan; those with an address are marked."""
    rows = choices(
        views,
        lambda view: button(
            label(("✓ " if view.feed else "") + _name(view, w)), FeedButton(verb="see", key=key_of(view.region))
        ),
        page,
        lambda to: FeedButton(verb="regions", id=to),
    )
    text = w("Whose plan do you want in your calendar? ✓ has an address.")
    return Screen(text, (*rows, (button(w.plain("‹ Back"), Go(to="feed")),)))


def anew(view: FeedView, w: Words) -> Screen:
    """Before the old address dies."""
    text = w("Make a new address? The old one stops working at once, in every calendar that reads it.")
    back = FeedButton(verb="see", key=key_of(view.region))
    return Screen(
        text, ((button(w.plain("Yes, make a new one"), _do("sure", view)),), (button(w.plain("‹ Back"), back),))
    )


def made(view: FeedView, url: str, w: Words) -> Screen:
    """The only time that the address is shown."""
    text = paragraphs(
        w("✓ This is your address. It is shown only now:"),
        w("<code>{url}</code>", url=url),
        lines(
            w("iPhone: Settings → Apps → Calendar → Accounts → Add Account → Other → Add Subscribed Calendar."),
            w("Google: calendar.google.com on a computer → Other calendars → From URL."),
            w(
                "Elsewhere look for “subscribe” or “from URL”. Changes arrive when your calendar looks again, often after some hours."
            ),
        ),
        w("Whoever has the address sees what it shows. If it gets into the wrong hands, revoke it here."),
    )
    done = FeedButton(verb="see", key=key_of(view.region))
    return Screen(text, ((copy(w.plain("Copy the address"), url),), (button(w.plain("Done"), done),)))


def revoked(w: Words) -> Markup:
    return w("✓ The address shows nothing any more.")
