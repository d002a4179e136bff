"""Best posts: the list, one of them, rubrics, peak hours, and posts without figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    HTML_TEXT,
    HTML_TITLE,
    LONG_NAME,
    LONG_TITLE,
    MANY_REGIONS,
    NOW,
    TODAY,
    VK,
    ZONE,
    draft,
    sheet,
    text_of,
)
from domain.best_posts import Bare, BestPost, Board, Group, Period, PostAge, PostMeasure, Result, Spread
from domain.drafts import DraftState
from domain.figures import FigureSource
from domain.norms import Window
from domain.pages import page_key
from domain.peaks import DayPart, Peaks, Worked
from domain.platforms import Platform
from domain.rubrics import Rubric
from domain.usecases.best_posts import BareView, BestView, HoursView, PostView, Wanted
from handlers.screens import best_posts, peaks
from handlers.screens.base import Screen, button
from texts.words import Words

chapter = Chapter("Best posts")

DAY = timedelta(days=1)
RUBRICS = (Rubric("news", "News", "Новости", 40), Rubric("people", "Stories of people", "Истории людей", 30, 1))
ONE = BestPost(
    41, VK.title, Platform.VK, "kazan", TODAY - 3 * DAY, "people", "Открыли спортивную площадку у школы № 7 на Лесной улице",
    "https://vk.com/wall-123_41", 12_400, 4430, 23, 2.8, NOW - 2 * DAY, "Анна Соколова", FigureSource.TYPED, 12, True,
)  # fmt: skip
PLAIN = replace(
    ONE, slot_id=42, text=HTML_TEXT, page=HTML_TITLE, given_by=HTML_NAME, ratio=1.3, value=130, usual=100, stands_out=False
)  # fmt: skip
LONG = replace(PLAIN, slot_id=43, text=text_of(9000), page=LONG_TITLE, given_by=LONG_NAME, ratio=14.2, stands_out=True)
BARE = replace(PLAIN, slot_id=44, text="", url="", draft_id=None, ratio=1.1)
USUAL = Spread(148, 0.725, 1.025, 1.425)
BOARD = Board(
    PostAge.DAY, PostMeasure.VIEWS, TODAY - 29 * DAY, TODAY, 180, 160, 148, (ONE, PLAIN), USUAL, ("vk", "ok", "telegram"),
    (Group("people", Spread(60, 1.1, 1.475, 1.9)), Group("news", Spread(88, 0.7, 0.975, 1.3))),
)  # fmt: skip
FEW = Board(PostAge.DAY, PostMeasure.VIEWS, TODAY, TODAY, 9, 7, 4)
NONE = Board(PostAge.DAY, PostMeasure.ACTIONS, TODAY, TODAY, 0, 0, 0)


def _view(board: Board = BOARD, wanted: Wanted = Wanted(), *, own: bool = False, many: bool = False) -> BestView:  # noqa: B008 - frozen
    choices = tuple((page_key(code), name) for code, name in MANY_REGIONS.items()) if many else ()
    return BestView(wanted, board, own, () if own or many else ("Казань",), choices, RUBRICS, ZONE, NOW)


@chapter.shows(best_posts.board, best_posts.head, best_posts.counts, best_posts.too_few, best_posts.between)
def board(w: Words) -> Iterator[Take]:
    yield "One stands out", best_posts.board(_view(), w)
    ordinary = replace(BOARD, best=(PLAIN, BARE), rubrics=(), platforms=("vk",))
    yield "None stands out, a volunteer's own pages", best_posts.board(_view(ordinary, own=True), w)
    full = replace(BOARD, best=(LONG, *(replace(LONG, slot_id=n) for n in range(7))))
    chosen = Wanted(Period.ALL, PostMeasure.ACTIONS, PostAge.WEEK, "telegram", page_key("people"))
    yield "Eight with long names, everything chosen", best_posts.board(_view(full, chosen, many=True), w)
    yield "Too few to compare", best_posts.board(_view(FEW), w)
    yield "Under ten compared", best_posts.board(_view(replace(BOARD, spread=replace(USUAL, n=7), compared=7)), w)
    yield "No figures at all", best_posts.board(_view(NONE, Wanted(measure=PostMeasure.ACTIONS)), w)
    some = replace(_view(), regions=("Казань", "Омск", "Москва", "Сахалин"))
    yield "Four regions, none without figures", best_posts.board(replace(some, board=replace(BOARD, posts=160)), w)


@chapter.shows(best_posts.post)
def post(w: Words) -> Iterator[Take]:
    read = Result(
        41, PostAge.DAY, PostMeasure.VIEWS, TODAY, "people", 18, 12_400, 2800, NOW - 2 * DAY, 1, FigureSource.TYPED
    )
    readings = (read, replace(read, age=PostAge.START, value=3100, source=FigureSource.IMPORTED),
                replace(read, age=PostAge.WEEK, measure=PostMeasure.ACTIONS, value=410))  # fmt: skip
    view = PostView(
        ONE, Wanted(), PostAge.DAY, readings, {1: HTML_NAME}, sheet(draft(state=DraftState.APPROVED)), True, ZONE, NOW
    )
    yield "It may come back", best_posts.post(view, w)
    yield "9,000 characters", best_posts.post(replace(view, best=LONG, again=False), w)
    gone = PostView(BARE, Wanted(), PostAge.START, readings[:1], {}, None, False, ZONE, NOW)
    yield "Without text and link", best_posts.post(replace(gone, wanted=Wanted(measure=PostMeasure.ACTIONS)), w)


@chapter.shows(best_posts.rubrics)
def rubrics(w: Words) -> Iterator[Take]:
    yield "One surely does better", best_posts.rubrics(_view(), w)
    alike = (Group("", Spread(30, 0.8, 1.1, 1.5)), BOARD.rubrics[1], Group("people", Spread(9, 0.8, 1.0, 1.2)))
    yield "Chance may explain it", best_posts.rubrics(_view(replace(BOARD, rubrics=alike), Wanted(rubric="-")), w)
    yield "One rubric with enough", best_posts.rubrics(_view(replace(BOARD, rubrics=alike[1:])), w)
    yield (
        "A winner without a rubric",
        best_posts.rubrics(_view(replace(BOARD, rubrics=(Group("", Spread(60, 2.0, 2.2, 2.4)), BOARD.rubrics[1]))), w),
    )
    yield "Too few", best_posts.rubrics(_view(FEW), w)


@chapter.shows(best_posts.where, best_posts.back)
def where(w: Words) -> Iterator[Take]:
    yield "85 regions", best_posts.where(_view(many=True), 1, w)


@chapter.shows(best_posts.bare)
def bare(w: Words) -> Iterator[Take]:
    some = (Bare(51, LONG_TITLE, TODAY, ONE.url), Bare(52, HTML_TITLE, TODAY - DAY, ""))
    yield "Two", best_posts.bare(BareView(Wanted(), some), w)
    yield "None", best_posts.bare(BareView(Wanted(), ()), w)


USUAL_PART = DayPart(9, Spread(60, 0.7, 0.925, 1.2))
EVENING = DayPart(18, Spread(23, 1.2, 1.625, 2.1), better=True)
FOUND = Peaks((USUAL_PART, DayPart(12, Spread(4, 0.8, 1.0, 1.1)), EVENING, DayPart(21, Spread(30, 0.8, 1.0, 1.3))), 12)
WORKED = Worked((Window(time(18), time(21)),), 23, FOUND)


@chapter.shows(peaks.hours, peaks.part, peaks.verdict, peaks.clock)
def hours(w: Words) -> Iterator[Take]:
    alike = replace(FOUND, parts=(USUAL_PART, replace(EVENING, better=False)), pages=1)
    few = replace(FOUND, parts=FOUND.parts[:2])
    found = (("vk", FOUND), ("ok", alike), ("telegram", few))
    yield "Three networks", peaks.hours(HoursView(_view(), found), w)
    yield "Nothing yet", peaks.hours(HoursView(_view(NONE), ()), w)


@chapter.shows(peaks.use, peaks.offer, peaks.evidence)
def offered(w: Words) -> Iterator[Take]:
    late = Worked((Window(time(9), time(12)), Window(time(18, 30), time(23, 59))), 48, replace(FOUND, group="kazan"))
    for name, found, offer in (
        ("In the norm: of this page", FOUND, WORKED),
        ("In the norm: of the region's pages", FOUND, late),
        ("In the norm: too little", None, None),
        ("In the norm: no hours are better", replace(FOUND, parts=(USUAL_PART,), group="kazan"), None),
        ("In the norm: outside its hours", FOUND, None),
    ):
        row = () if offer is None else ((button(peaks.use(offer, w), best_posts.BestButton(verb="list")),),)
        yield name, Screen(peaks.evidence(found, offer, w), row)
