"""Evergreen texts: the list, and one of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import ALBUM, HTML_TEXT, LONG_NAME, NOW, PAGES, ZONE, draft, sheet, text_of
from domain.drafts import DraftState
from domain.evergreen import EvergreenText
from domain.usecases.evergreen import Listing
from handlers.screens import evergreen, evergreen_row
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("Evergreen texts")

ONE = EvergreenText(12, 1, "Как вызвать врача на дом", "Анна Соколова", 30, 2, NOW - timedelta(days=40))
SOME = (ONE, replace(ONE, text=text_of(400), cool_days=14), replace(ONE, text=HTML_TEXT, posted=0, last=None))
APPROVED = draft(state=DraftState.APPROVED)


@chapter.shows(evergreen.listing)
def listing(w: Words) -> Iterator[Take]:
    yield "None yet", evergreen.listing(Listing((), 0, True, 0), ZONE, NOW, w)
    yield "Some, the second page of three", evergreen.listing(Listing(SOME, 19, True, 1), ZONE, NOW, w)
    fresh = tuple(replace(one, cool_days=None) for one in SOME)
    yield "[Choose a text] was tapped", evergreen.listing(Listing(fresh, 3, False, 0), ZONE, NOW, w)
    yield "Nothing was published", evergreen.listing(Listing((), 0, False, 0), ZONE, NOW, w)


@chapter.shows(evergreen.text, evergreen.marked)
def text(w: Words) -> Iterator[Take]:
    yield "Not yet", evergreen.text(sheet(APPROVED), w)
    made = sheet(replace(APPROVED, cool_days=30))
    yield "30 days", evergreen.text(made, w, evergreen.marked(made, w))
    long = replace(sheet(replace(APPROVED, text=text_of(9000), cool_days=14), pages=PAGES), author_name=LONG_NAME)
    yield "9,000 characters on 60 pages", evergreen.text(long, w)
    album = sheet(replace(APPROVED, text="", media=ALBUM))
    yield "No longer", evergreen.text(album, w, evergreen.marked(album, w))


@chapter.shows(evergreen_row.evergreen_row)
def row(w: Words) -> Iterator[Take]:
    yield (
        "On the card of an approved text",
        Screen(evergreen.marked(sheet(APPROVED), w), (evergreen_row.evergreen_row(12, 1, w),)),
    )
