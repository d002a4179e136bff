"""The journal of things and people, its head, and the evidence about a post."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, LONG_NAME, NOW, TODAY, ZONE, minutes
from domain.exports import Export, ExportFormat, ExportState
from domain.record import About, Entry, HeadView, Kind, Line, Named, View, Who
from handlers.screens import journal
from handlers.screens.base import Card
from texts.journal import SENTENCES
from texts.words import Words

chapter = Chapter("Journal")

ANNA = Named(Who.PERSON, "Анна Соколова")
_WHO = (ANNA, Named(Who.BOT), Named(Who.ERASED), Named(Who.HIDDEN), Named(Who.PERSON, HTML_NAME))
_ABOUT = (About(draft_id=12), About(title="Казань онлайн, ВКонтакте", at=minutes(90)), About(title=HTML_NAME), None)


def _line(n: int, key: str, by: Named, about: About | None = None) -> Line:
    action, _, verdict = key.partition(":")
    told = {"values": {"likes": 340, "reposts": 51}, "screenshot": "0" * 64}
    payload = {verdict: told[verdict]} if verdict in told else {"verdict": verdict} if verdict else {}
    return Line(Entry(900 - n, NOW - timedelta(minutes=47 * n), n, action, "draft:12", 2, payload), by, about)


POST = View(
    Kind.POST, "41", "Казань онлайн, ВКонтакте",
    (
        _line(0, "check.fine", Named(Who.PERSON, "Борис Ежов")), _line(1, "assignment.posted", ANNA),
        _line(2, "slot.filled", Named(Who.BOT)), _line(3, "draft_decide:approve", Named(Who.PERSON, "Борис Ежов")),
        _line(4, "draft_submit", ANNA),
    ),
    5, 0, minutes(-150), may_bundle=True, leads=True,
)  # fmt: skip
_EVERY = tuple(SENTENCES)
WIDE = Named(Who.PERSON, LONG_NAME)
FULL = tuple(_line(n, "sensitive.refused", WIDE, About(title=LONG_NAME, at=minutes(-900))) for n in range(10))
MADE = Export(
    9, 1, ExportFormat.EVIDENCE, "post:41", TODAY, TODAY, ("kazan",), "", True, "ru", ExportState.MADE, None, 0,
    "0" * 64, "Evidence-41.zip", 120_000, NOW, NOW, 2,
)  # fmt: skip
HEAD = HeadView(12_345, "3f9a12cd88e077aa" * 4)


@chapter.shows(journal.view)
def view(w: Words) -> Iterator[Take]:
    yield "Of a post", journal.view(POST, w, ZONE, NOW)
    yield "Of a post that nobody touched", journal.view(replace(POST, lines=(), total=0), w, ZONE, NOW)
    draft = replace(POST, kind=Kind.DRAFT, key="12", title="", lines=POST.lines[3:], total=2, mine=True)
    yield "Of one’s own draft", journal.view(replace(draft, may_bundle=False, leads=False), w, ZONE, NOW)
    person = replace(POST, kind=Kind.PERSON, key="3", title="Анна Соколова", may_bundle=False)
    for start in range(0, len(_EVERY), 10):
        lines = tuple(
            _line(n, key, _WHO[n % 5], _ABOUT[n % 4]) for n, key in enumerate(_EVERY[start : start + 10], start=start)
        )
        shown = replace(person, lines=lines, total=len(_EVERY), page=start // 10)
        yield f"Every sentence, from {start + 1}", journal.view(shown, w, ZONE, NOW)
    yield "One’s own, leading", journal.view(replace(person, mine=True), w, ZONE, NOW)
    unknown = replace(person, lines=(_line(1, "of.another.version", ANNA),), total=1, title="")
    yield "Of somebody erased, an action of another version", journal.view(unknown, w, ZONE, NOW)
    page = replace(POST, kind=Kind.PAGE, key="kazan-vk", lines=FULL, total=40_001, page=4_000, title=LONG_NAME)
    yield "Of a page, long names", journal.view(replace(page, may_bundle=False), w, ZONE, NOW)


@chapter.shows(journal.head)
def head(w: Words) -> Iterator[Take]:
    yield "The head", journal.head(HEAD, w)
    yield "Nothing sealed yet", journal.head(HeadView(0, ""), w)


@chapter.shows(journal.preparing, journal.bundle, journal.not_made)
def evidence(w: Words) -> Iterator[Take]:
    yield "On its way", journal.preparing(MADE, w)
    yield "Here it is", Card((journal.bundle(MADE, w),), journal.preparing(MADE, w))
    yield "It could not be made", journal.not_made(MADE, w)
