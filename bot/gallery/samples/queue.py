"""The approver's queue as a whole: how much waits, narrowing it down."""

from collections.abc import Iterator

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import HTML_TITLE, LONG_TITLE, NOW, ZONE, minutes
from domain.queue import Choice, Facet, Only
from domain.usecases.queue import QueueView
from handlers.screens import queue as screens
from texts.words import Words

chapter = Chapter("The queue")

KAZAN = Only(Facet.REGION, "kazan", "Казань")
CHOICES = (
    Choice(KAZAN, 24),
    Choice(Only(Facet.REGION, "*"), 4),
    Choice(Only(Facet.PAGE, "vk-kazan", "VK Казань"), 20),
    Choice(Only(Facet.PAGE, "vk-komsomolsk", LONG_TITLE), 1200),
    Choice(Only(Facet.PAGE, "tg-kazan", HTML_TITLE), 1),
    Choice(Only(Facet.RUBRIC, "news", "news"), 3),
)
MANY = tuple(Choice(Only(Facet.REGION, f"r{n}", f"Регион {n}"), n) for n in range(85, 0, -1))


@chapter.shows(screens.queue)
def queue(w: Words) -> Iterator[Take]:
    for count in (1, 3, 40):
        yield f"{count} waiting", screens.queue(count, minutes(-190), ZONE, NOW, w)
    yield "Since yesterday", screens.queue(5, minutes(-24 * 60), ZONE, NOW, w)
    yield "Since last week", screens.queue(5, minutes(-5 * 24 * 60), ZONE, NOW, w)
    yield "All done", screens.queue(0, None, ZONE, NOW, w)


@chapter.shows(screens.nothing_waits, screens.end_of_queue)
def ends(w: Words) -> Iterator[Take]:
    yield "/queue, nothing there", screens.nothing_waits(QueueView(None, 0), w)
    yield "Nothing there, as narrowed down", screens.nothing_waits(QueueView(KAZAN, 28), w)
    yield "One waits elsewhere", screens.nothing_waits(QueueView(Only(Facet.REGION, "*"), 1), w)
    yield "The end, one skipped", screens.end_of_queue(1, w)
    yield "The end, 40 skipped", screens.end_of_queue(40, w)


@chapter.shows(screens.choose)
def choose(w: Words) -> Iterator[Take]:
    yield "[Filter] was tapped", screens.choose(QueueView(None, 28, CHOICES), 0, w)
    yield "It is narrowed down already", screens.choose(QueueView(KAZAN, 28, CHOICES), 0, w)
    yield "85 regions, the third page", screens.choose(QueueView(None, 3655, MANY), 2, w)
    yield "Nothing waits any more", screens.choose(QueueView(KAZAN, 0), 0, w)


@chapter.shows(screens.none_there)
def none_there(w: Words) -> Iterator[Take]:
    yield "A colleague was faster", Alert(screens.none_there(w))
