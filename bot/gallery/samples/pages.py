"""Pages: the list, one page, who keeps it and who posts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_TITLE,
    LONG,
    LONG_NAME,
    LONG_REGION,
    LONG_TITLE,
    MANY_REGIONS,
    NOW,
    ODD,
    OK,
    OWN,
    PAGES,
    REGIONS,
    TODAY,
    VK,
    ZONE,
    X,
)
from bot.gallery.samples.slots import NO_PERSON, NO_TEXT, slot
from domain.norms import Norm, Window
from domain.page_health import Need, PageHealth
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.ports.plan import Kept
from domain.runway import Runway
from domain.strip import DayCount, strip
from domain.usecases.pages import Candidates, PageCard, PageList, RegionHealth
from handlers.screens import authority, page_list, page_strip, pages
from handlers.screens.page_list import PagesButton
from texts.words import Words

chapter = Chapter("Pages")

NORM = Norm("vk-kazan", (3, 3, 3, 3, 3, 2, 1), (Window(time(9), time(12)), Window(time(18), time(21, 30))), 120, 4)
GOOD = Runway(7, 7)
EVEN = Norm("x-candidate", (5,) * 7, (Window(time(8), time(22)),), 90, 5)


def _card(
    page: Page, *, keeper: str | None = "Анна Соколова", posters: tuple[str, ...] = (), manage: bool = True,
    norm: Norm | None = NORM,
) -> PageCard:  # fmt: skip
    coming = (slot(at=60), slot(at=200, who=None), NO_TEXT, NO_PERSON)
    region = EVERYWHERE if page.region == EVERYWHERE else "Казань"
    return PageCard(page, region, norm, Kept(21, 19), keeper, posters, coming, manage)


_COLOURS = {
    "k": DayCount("", TODAY, kept=2),
    "l": DayCount("", TODAY, kept=1, late=1),
    "m": DayCount("", TODAY, kept=1, missed=1),
    "e": DayCount("", TODAY, excused=2),
    "-": DayCount("", TODAY),
    "r": DayCount("", TODAY, kept=2, removed=1),
}


def health(
    page: Page = VK, days: str = "kkkkkkkkkkkkkk", *, runway: Runway | None = GOOD, posters: int = 12,
    unposted: int = 0, behind: bool = False,
) -> PageHealth:  # fmt: skip
    """`days`: a letter of `_COLOURS` for each of the last 14 days."""
    counts = [
        replace(_COLOURS[letter], page=page.code, day=TODAY - timedelta(days=len(days) - n))
        for n, letter in enumerate(days)
    ]
    today = DayCount(page.code, TODAY, kept=1, missed=int(behind), ahead=1)
    return PageHealth(page, strip(page.code, [*counts, today], TODAY), runway, posters, unposted)


BLANK = PageHealth(VK, strip("vk-kazan", [], TODAY), GOOD, 12)
MIXED = health(VK, "kklkkemkkk-kmr", runway=Runway(1, 1), behind=True)
FINE = health(OK)
NEEDY = (
    MIXED,
    health(LONG, "mmmmmmmmmmmmmm", runway=Runway(0, 0), posters=0, unposted=3, behind=True),
    health(ODD, runway=Runway(0, 0)),
    health(OWN, "kkkkkkkkkkkkkk", runway=Runway(1, 1)),
    health(X, posters=0),
    health(OK, behind=True),
)


def listing(*found: PageHealth, chosen: bool = False, only: bool = False) -> PageList:
    needing = sum(bool(one.needs) for one in found)
    short = sum(Need.TEXTS in one.needs for one in found)
    kazan = RegionHealth("kazan", "Казань", len(found), needing, short)
    long = RegionHealth(LONG_REGION, REGIONS[LONG_REGION], 0, 0, 0)
    shown = tuple(one for one in found if one.needs or not only)
    return PageList(shown, (kazan, long) if found else (), kazan if chosen else None, only)


@chapter.shows(page_list.page_list, page_strip.in_list, page_strip.legend, page_strip.squares, page_strip.spoken)
def pages_listed(w: Words) -> Iterator[Take]:
    yield "None", page_list.page_list(listing(), 0, w)
    yield "Nothing planned yet", page_list.page_list(listing(BLANK, replace(BLANK, page=OK)), 0, w)
    yield "Nobody needs help", page_list.page_list(listing(health(), FINE), 0, w)
    yield "Every need", page_list.page_list(listing(*NEEDY, FINE), 0, w)
    yield "Only one needs help", page_list.page_list(listing(MIXED, FINE, chosen=True, only=True), 0, w)
    yield "None needs help any more", page_list.page_list(listing(FINE, chosen=True, only=True), 0, w)
    many = [health(one, "mmmmmmmmkkllem", runway=Runway(0, 0), posters=0, behind=True) for one in (LONG, ODD, *PAGES)]
    yield "60 pages", page_list.page_list(listing(*many), 0, w)
    yield "12,000 personal pages", page_list.page_list(replace(listing(FINE), left_out=12_000), 0, w)
    yield "60 pages, the last", page_list.page_list(listing(*many), 99, w)


@chapter.shows(page_list.regions)
def choose_region(w: Words) -> Iterator[Take]:
    yield "Two regions", page_list.regions(listing(*NEEDY, FINE), 0, w)
    rows = tuple(
        RegionHealth(code, name, 12, n % 5, min(n % 5, n % 3))
        for n, (code, name) in enumerate({**MANY_REGIONS, EVERYWHERE: ""}.items())
    )
    yield "All regions", page_list.regions(PageList((), rows), 0, w)
    yield "All regions, the last ones", page_list.regions(PageList((), rows), 10, w)


@chapter.shows(pages.page_card, authority.card_line, page_strip.of_page, page_strip.texts_last)
def page_card(w: Words) -> Iterator[Take]:
    yield "To a manager", pages.page_card(_card(VK), w, ZONE, NOW)
    theirs = replace(VK, kind=PageKind.DELEGATED)
    yield "Somebody else's, without authority", pages.page_card(replace(_card(theirs), may_set_lane=True), w, ZONE, NOW)
    held = replace(theirs, authority_from=NOW.date(), authority_until=NOW.date())
    yield "Somebody else's, with it", pages.page_card(_card(held), w, ZONE, NOW)
    yield "To a volunteer", pages.page_card(_card(VK, manage=False), w, ZONE, NOW)
    names = tuple(one.name for one in CROWD[:9])
    yield "Nine posters", pages.page_card(_card(LONG, keeper=LONG_NAME, posters=names), w, ZONE, NOW)
    yield "Two posters", pages.page_card(_card(OK, posters=("Борис Ежов", "Ким")), w, ZONE, NOW)
    yield "A personal page", pages.page_card(_card(OWN), w, ZONE, NOW)
    bare = PageCard(ODD, "Казань", None, Kept(0, 0), None, (), (), True)
    yield "Nothing set up, a title with HTML", pages.page_card(bare, w, ZONE, NOW)
    yield "A federal page", pages.page_card(_card(X, norm=EVEN), w, ZONE, NOW)
    for title, one in (
        ("A mixed fortnight", MIXED),
        ("Nothing but missed, no texts", NEEDY[1]),
        ("New texts for two days, evergreen ones for four", health(runway=Runway(2, 4))),
        ("No new text, an evergreen one", health(runway=Runway(0, 1))),
        ("Texts for a week", health(days="rrrrrrrrrrrrrr")),
        ("Nothing wanted in the coming days", health(days="eeeeeeeeeeeeee", runway=Runway(7, 7, wants=False))),
    ):
        back = PagesButton(verb="list", area="1a2b3c4d", only=1, at=3)
        yield title, pages.page_card(replace(_card(one.page), health=one, may_write=True), w, ZONE, NOW, back)


@chapter.shows(pages.choose_keeper, pages.choose_posters)
def choose(w: Words) -> Iterator[Take]:
    few = Candidates(VK, CROWD[:4], frozenset({CROWD[2].id}))
    yield "A keeper", pages.choose_keeper(few, 0, w)
    many = Candidates(LONG, CROWD, frozenset(one.id for one in CROWD[:40:3]))
    yield "A keeper among 200 people", pages.choose_keeper(many, 0, w)
    yield "Posters", pages.choose_posters(few, 0, w)
    yield "Posters among 200 people", pages.choose_posters(many, 4, w)


@chapter.shows(pages.keeper_told, pages.keeper_relieved)
def keeper(w: Words) -> Iterator[Take]:
    yield "To the new keeper", pages.keeper_told(VK.title, w)
    yield "A title with HTML", pages.keeper_told(HTML_TITLE, w)
    yield "To whoever kept it before", pages.keeper_relieved(LONG_TITLE, w)
