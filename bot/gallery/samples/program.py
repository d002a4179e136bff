"""What the program says about itself: mishaps, outages, backups."""

from collections.abc import Iterator

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import NOW, ZONE, minutes
from handlers.screens import backups
from handlers.screens import queue as queue_screens
from handlers.screens.base import Screen, paragraphs
from texts.words import Words

chapter = Chapter("The program about itself")


@chapter.shows(backups.failed, backups.overdue, backups.works)
def backup(w: Words) -> Iterator[Take]:
    yield "Last night's did not work", backups.failed(minutes(-34 * 60), w, ZONE, NOW)
    yield "There has never been one", backups.failed(None, w, ZONE, NOW)
    yield "None for two days", backups.overdue(minutes(-3 * 24 * 60), w, ZONE, NOW)
    yield "It works again", backups.works(w)


@chapter.shows(queue_screens.queue)
def outage(w: Words) -> Iterator[Take]:
    queue = queue_screens.queue(3, minutes(-190), ZONE, NOW, w)
    line = w(
        "⚠ Telegram could not be reached from {since} to {until}. If you pressed something here then, please press again.",
        since="13:05",
        until="14:10",
    )
    yield "A message with buttons after an outage", Screen(paragraphs(queue.text, line), queue.rows)


@chapter.shows()
def mishap(w: Words) -> Iterator[Take]:
    text = w(
        "Something went wrong on our side. Nothing you sent is lost. Incident number: <code>{number}</code>",
        number="7F3A-11C2",
    )
    yield "Something failed inside", Screen(text)
    stranger = w(
        "Something went wrong on our side. Nothing of what you sent is kept: please try again later."
        " Incident number: <code>{number}</code>",
        number="7F3A-11C2",
    )
    yield "The same, to somebody who has not joined", Screen(stranger)
