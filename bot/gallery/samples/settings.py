"""Language, clock and hours of one person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import NOW, ZONE, person
from bot.gallery.samples.join import ZONES
from handlers.screens import settings
from texts.words import Words

chapter = Chapter("Settings")

WHO = person()
LOUD = replace(WHO, quiet_from=time(8), quiet_to=time(8))


@chapter.shows(settings.overview)
def overview(w: Words) -> Iterator[Take]:
    yield "As it stands", settings.overview(WHO, w, NOW)
    yield "No quiet hours", settings.overview(LOUD, w, NOW)
    for title, line in (
        ("The language was changed", w("✓ I speak English with you now.")),
        ("The zone was changed", w("✓ The time zone is changed.")),
        ("The hour was changed", w("✓ The day's tasks will come at {time}.", time="08:30")),
        ("Quiet hours were ended", w("✓ There are no quiet hours now.")),
    ):
        yield title, settings.overview(LOUD, w, NOW, line)


@chapter.shows(settings.languages, settings.zones, settings.digests)
def choices(w: Words) -> Iterator[Take]:
    yield "Language", settings.languages(w)
    yield "Time zone", settings.zones(ZONES, ZONE, 0, w, NOW)
    yield "Morning digest", settings.digests(WHO, w)


@chapter.shows(settings.quiets)
def quiets(w: Words) -> Iterator[Take]:
    yield "Quiet hours", settings.quiets(WHO, w)
    yield "None are set", settings.quiets(LOUD, w)
