"""Below the first screen of the status: regions, pages, one page."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    LONG,
    MANY_REGIONS,
    NOW,
    ODD,
    PAGES,
    REGIONS,
    TODAY,
    X,
    minutes,
)
from domain.people import EVERYWHERE
from domain.status import PageLine, PageWeek, RegionLine, RegionView, Slots, Waiting
from handlers.screens import status_pages
from texts.words import Words

chapter = Chapter("Status: regions and pages")

BAD = RegionLine(
    "khabarovsk", REGIONS["khabarovsk"], Slots(total=12, filled=8, on_time=3, missed=1, overdue=2),
    Waiting(4, minutes(-300), 2), short=3, silent=2, unreachable=2, unkept=1, undecidable=3,
)  # fmt: skip
UNEASY = RegionLine("kazan", "Казань", Slots(total=6, filled=6, on_time=4), Waiting(1, minutes(-30)), silent=1)
FINE = RegionLine("omsk", "Омск", Slots(total=6, filled=6, on_time=4))
FEDERAL = RegionLine(EVERYWHERE, "", Slots(total=9, filled=9, on_time=6))


def _line(page_: int) -> PageLine:
    page = (LONG, ODD, *PAGES)[page_]
    return PageLine(page, Slots(total=3, filled=3, on_time=2), 12_400 + page_, TODAY, 19 if page_ < 3 else 21, 21)


@chapter.shows(status_pages.regions)
def regions(w: Words) -> Iterator[Take]:
    yield "A few", status_pages.regions([BAD, UNEASY, FEDERAL, FINE], 0, w)
    many = [BAD, *(replace(FINE, code=code, name=name) for code, name in MANY_REGIONS.items())]
    yield "90, the last page", status_pages.regions(many, 11, w)


@chapter.shows(status_pages.region)
def region(w: Words) -> Iterator[Take]:
    names = tuple(one.name for one in CROWD[:12])
    lines = tuple(_line(n) for n in range(len(PAGES) + 2))
    yield "Trouble", status_pages.region(RegionView(NOW, replace(BAD, unreachable=len(names)), names, lines), 0, w)
    yield "To the candidate, without names", status_pages.region(RegionView(NOW, BAD, (), lines), 0, w)
    yield "All is well", status_pages.region(RegionView(NOW, FINE, (), (_line(5),)), 0, w)
    yield (
        "Federal pages",
        status_pages.region(RegionView(NOW, FEDERAL, (), (replace(_line(5), page=X, value=None),)), 0, w),
    )


@chapter.shows(status_pages.pages)
def pages(w: Words) -> Iterator[Take]:
    yield "All keep their norm", status_pages.pages([], REGIONS, 0, w)
    short = [PageWeek(p.code, p.title, p.region, 12, 21) for p in (LONG, ODD, *PAGES)]
    yield "60 below it", status_pages.pages(short, REGIONS, 0, w)
