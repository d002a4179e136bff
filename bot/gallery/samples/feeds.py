"""/feed: calendar addresses."""

from collections.abc import Iterator

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import NOW, person
from domain.feeds import OWN, Feed
from domain.people import EVERYWHERE
from domain.usecases.feeds import FeedView
from handlers.screens import feeds
from texts.words import Words

chapter = Chapter("My calendar")

ANNA = person()
MINE = FeedView(OWN, "", Feed(7, 1, OWN, NOW))
NOTHING = FeedView(OWN, "", None)
KAZAN = FeedView("kazan", "Казань", Feed(8, 1, "kazan", NOW))
EVERYTHING = FeedView(EVERYWHERE, "", None)
LONG = FeedView("far", "Штаб поддержки: Комсомольск-на-Амуре и Солнечный район", None)
URL = "https://hq.example.org/calendar/4fK0u2cVx1bQ7mW9rT3yZ8nL5aSd6hJe.ics"


@chapter.shows(feeds.one, feeds.off, feeds.revoked)
def one(w: Words) -> Iterator[Take]:
    yield "None yet", feeds.one(NOTHING, ANNA, w)
    yield "An address, of somebody on the staff", feeds.one(MINE, ANNA, w, more=True)
    yield "Just revoked", feeds.one(NOTHING, ANNA, w, line=feeds.revoked(w))
    yield "A region's plan", feeds.one(KAZAN, ANNA, w)
    yield "The pages of the whole campaign", feeds.one(EVERYTHING, ANNA, w)
    yield "Not switched on", feeds.off(w)


@chapter.shows(feeds.regions, feeds.anew, feeds.made)
def ways(w: Words) -> Iterator[Take]:
    yield "Whose plan", feeds.regions([EVERYTHING, KAZAN, LONG, *([KAZAN] * 20)], 0, w)
    yield "A new one?", feeds.anew(MINE, w)
    yield "The address", feeds.made(MINE, URL, w)
