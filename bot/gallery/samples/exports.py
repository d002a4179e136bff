"""/export: what can be chosen, the file, and why there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import LONG_REGION, MANY_REGIONS, NOW, REGIONS
from domain.exports import PERIODIC, Export, ExportFailure, ExportFormat, ExportState, ExportSubject, ExportWish, Span
from domain.usecases.exports import ExportMenu
from handlers.screens import exports
from handlers.screens.base import Card
from texts.words import Words

chapter = Chapter("Exports")

SPANS = (
    Span("m1", date(2026, 9, 1), date(2026, 9, 30)),
    Span("m2", date(2026, 10, 1), date(2026, 10, 31)),
    Span("all", date(2026, 9, 1), date(2026, 10, 31)),
    Span("2026-09", date(2026, 9, 4), date(2026, 9, 30)),
)
WISH = ExportWish(ExportFormat.XLSX, "m1")
WHOLE = ExportMenu(SPANS, "m1", MANY_REGIONS, everywhere=True)
FEW = ExportMenu(SPANS[:1], "m1", dict(list(REGIONS.items())[:2]), everywhere=False)
ONE = ExportMenu(SPANS[:1], "m1", {LONG_REGION: REGIONS[LONG_REGION]}, everywhere=False)
MADE = Export(
    3, 1, ExportFormat.PDF, "m1", SPANS[0].first, SPANS[0].last, ("*",), "", True, "ru", ExportState.MADE, None, 0,
    "0" * 64, "Москва-Месяц-1.pdf", 120_000, NOW, NOW, 2,
)  # fmt: skip


@chapter.shows(exports.menu)
def menu(w: Words) -> Iterator[Take]:
    for kind in PERIODIC:
        yield f"Headquarters, {kind}", exports.menu(WHOLE, replace(WISH, format=kind), w)
    one_table = ExportWish(ExportFormat.CSV, "2026-09", LONG_REGION, ExportSubject.APPROVALS.value, comma=False)
    yield "One table of a long region", exports.menu(WHOLE, one_table, w)
    yield "A coordinator of two regions", exports.menu(FEW, WISH, w)
    yield "A coordinator of one", exports.menu(ONE, WISH, w)


@chapter.shows(exports.pick_span, exports.pick_region, exports.pick_subject)
def picks(w: Words) -> Iterator[Take]:
    yield "Time", exports.pick_span(WHOLE, WISH, w)
    yield "Place", exports.pick_region(WHOLE, WISH, 0, w)
    yield "The last places", exports.pick_region(WHOLE, WISH, 99, w)
    yield "Table", exports.pick_subject(replace(WISH, format=ExportFormat.CSV), w)


@chapter.shows(exports.preparing, exports.file)
def made(w: Words) -> Iterator[Take]:
    asked = replace(MADE, state=ExportState.WAITING)
    yield "On its way", exports.preparing(asked, w)
    yield "Here it is", Card((exports.file(MADE, (), w),), exports.preparing(asked, w))
    some = sorted(REGIONS.values())
    yield "Of some regions", Card((exports.file(replace(MADE, span="2026-09"), some, w),), exports.preparing(asked, w))


@chapter.shows(exports.failed)
def failed(w: Words) -> Iterator[Take]:
    for why in ExportFailure:
        yield why, exports.failed(why, w)
