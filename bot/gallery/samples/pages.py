"""Pages: the list, one page, who keeps it and who posts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_TITLE,
    LONG,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    ODD,
    OK,
    OWN,
    PAGES,
    VK,
    ZONE,
    X,
)
from bot.gallery.samples.slots import NO_PERSON, NO_TEXT, slot
from domain.norms import Norm, Window
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.ports.plan import Kept
from domain.usecases.pages import Candidates, PageCard, PageLine
from handlers.screens import authority, pages
from texts.words import Words

chapter = Chapter("Pages")

NORM = Norm("vk-kazan", (3, 3, 3, 3, 3, 2, 1), (Window(time(9), time(12)), Window(time(18), time(21, 30))), 120, 4)
EVEN = Norm("x-candidate", (5,) * 7, (Window(time(8), time(22)),), 90, 5)


def _card(
    page: Page, *, keeper: str | None = "Анна Соколова", posters: tuple[str, ...] = (), manage: bool = True,
    norm: Norm | None = NORM,
) -> PageCard:  # fmt: skip
    coming = (slot(at=60), slot(at=200, who=None), NO_TEXT, NO_PERSON)
    region = EVERYWHERE if page.region == EVERYWHERE else "Казань"
    return PageCard(page, region, norm, Kept(21, 19), keeper, posters, coming, manage)


@chapter.shows(pages.page_list)
def page_list(w: Words) -> Iterator[Take]:
    yield "None", pages.page_list([], 0, w)
    yield "Nothing planned yet", pages.page_list([PageLine(VK, Kept(0, 0)), PageLine(OK, Kept(0, 0))], 0, w)
    yield "All keep their norm", pages.page_list([PageLine(VK, Kept(21, 21)), PageLine(OK, Kept(14, 14))], 0, w)
    yield "One below", pages.page_list([PageLine(VK, Kept(21, 19)), PageLine(OK, Kept(14, 14))], 0, w)
    many = [PageLine(page, Kept(21, 19)) for page in (LONG, ODD, *PAGES)]
    yield "60 pages", pages.page_list(many, 0, w)


@chapter.shows(pages.page_card, authority.card_line)
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
