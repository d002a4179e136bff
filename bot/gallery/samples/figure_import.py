"""Figures from a file: what it changes, what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_TITLE, NOW, TODAY
from domain.errors import DomainError
from domain.figure_import import (
    BadFile,
    Cell,
    Fault,
    FigureImport,
    FileFault,
    ImportOver,
    ImportState,
    ImportView,
    Mistake,
    NobodyToImportFor,
)
from domain.typed_figures import Metric
from handlers.screens import figure_import as screens
from texts.words import Words

chapter = Chapter("Figures from a file")

IMPORT_ERRORS: tuple[DomainError, ...] = (
    *(BadFile(fault) for fault in FileFault),
    *(ImportOver(state) for state in ImportState),
    NobodyToImportFor(),
)

CELLS = tuple(
    Cell(line, "members", "vk-kazan", TODAY - timedelta(days=9 - line), Metric.MEMBERS, 12_300 + 10 * line)
    for line in range(2, 7)
)
ROW = FigureImport(3, 1, 1, "август.csv", "", ImportState.WAITING, 1_240, NOW, None)
FILE = ImportView("август.csv", 1_240, CELLS, 1_240, 40, TODAY - timedelta(days=31), TODAY, row=ROW)


@chapter.shows(screens.preview, screens.facts, screens.mistaken, screens.mistakes)
def preview(w: Words) -> Iterator[Take]:
    yield "A month", screens.preview(FILE, w)
    noted = replace(FILE, same=12, replaced=31, jumps=2, name=f"{HTML_TITLE}.csv")
    yield "Some stand, some are replaced, some jump", screens.preview(noted, w)
    single = replace(FILE, cells=CELLS[:1], figures=1, pages=1, lines=1, first=TODAY, last=TODAY)
    yield "One figure", screens.preview(single, w)
    yield "Nothing new", screens.preview(replace(FILE, row=None, figures=0, cells=(), same=1_240), w)
    wrong = tuple(
        Mistake(n, "" if fault in {Fault.CELLS, Fault.BROKEN} else "Значение", fault, "=СУММ(A1:A9)")
        for n, fault in enumerate(Fault)
    )
    yield "Mistakes", screens.preview(replace(FILE, mistakes=wrong), w)
    yield "The other mistakes", screens.preview(replace(FILE, mistakes=wrong[10:]), w)
    yield (
        "500 mistakes",
        screens.preview(replace(FILE, mistakes=tuple(replace(wrong[6], line=n) for n in range(500))), w),
    )


@chapter.shows(screens.taken, screens.put_away)
def decided(w: Words) -> Iterator[Take]:
    yield "Taken in", screens.taken(replace(FILE, by="Мария Иванова"), w)
    yield (
        "Mistakes since it was shown",
        screens.taken(replace(FILE, mistakes=(Mistake(3, "page", Fault.PAGE_UNKNOWN, "vk"),)), w),
    )
    yield "Put away", screens.put_away("август.csv", w)
