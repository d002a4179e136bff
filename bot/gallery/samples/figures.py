"""Figures: asking, reading back, doubt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_TITLE, LONG, LONG_NAME, NOW, OK, OWN, PAGES, TODAY, VK, ZONE, X, minutes
from domain.figures import (
    BadPostFigures,
    Figure,
    FigureSource,
    FigureState,
    History,
    PageAsk,
    PageFigure,
    PageReported,
    PastFigure,
    PostAsk,
    PostedSlot,
    PostReported,
    ToReport,
)
from domain.typed_figures import BadFigure, Metric, Typed
from handlers.screens import figures, figures_past
from texts.errors import explain
from texts.words import Words

chapter = Chapter("Figures")

YESTERDAY = TODAY - timedelta(days=1)
POST = PostedSlot(5, VK.code, YESTERDAY, minutes(-1500), 1, "https://vk.com/wall-1_1001")


def figure(value: int, metric: Metric = Metric.MEMBERS, state: FigureState = FigureState.CONFIRMED) -> Figure:
    post = metric not in {Metric.MEMBERS, Metric.FOLLOWERS}
    return Figure(31, VK.code, 5 if post else None, metric, value, TODAY, state, FigureSource.TYPED, 1, 1, minutes(-1))


MEMBERS = PageReported(figure(12_400), VK, "Анна Соколова", None, figure(12_310), Typed(12_400, "12,4к"))
DOUBT = replace(MEMBERS, figure=figure(124_000, state=FigureState.DOUBTFUL))
NUMBERS = tuple(
    figure(value, metric)
    for metric, value in (
        (Metric.VIEWS, 1_340), (Metric.LIKES, 51), (Metric.COMMENTS, 12), (Metric.REPOSTS, 1),
    )
)  # fmt: skip
POST_DONE = PostReported(POST, VK, NUMBERS, "Анна Соколова", None)


@chapter.shows(figures.evening)
def evening(w: Words) -> Iterator[Take]:
    yield "A keeper of one page", figures.evening([VK], TODAY, TODAY, w)
    yield "Something else is awaited", figures.evening([VK], TODAY, TODAY, w, awaited=False)
    yield "Four pages", figures.evening([VK, OK, X, OWN], TODAY, TODAY, w)
    yield "60 pages, yesterday's", figures.evening([LONG, *PAGES], YESTERDAY, TODAY, w)


@chapter.shows(figures.a_day_later)
def a_day_later(w: Words) -> Iterator[Take]:
    yield "One post", figures.a_day_later([PostAsk(POST, VK)], w)
    yield "Twelve posts", figures.a_day_later([PostAsk(POST, page) for page in (VK, OK, LONG) * 4], w)


@chapter.shows(figures.to_report)
def to_report(w: Words) -> Iterator[Take]:
    yield "Nothing to report", figures.to_report(ToReport((), (), ()), 0, w)
    done = PageFigure(VK, TODAY, 12_400, TODAY)
    yield "All reported", figures.to_report(ToReport((), (done, PageFigure(X, TODAY, 20_310, TODAY)), ()), 0, w)
    mine = (done, PageFigure(OK, TODAY), PageFigure(X, TODAY))
    yield "Some are lacking", figures.to_report(ToReport((PostAsk(POST, VK),), mine, (PageFigure(OWN, TODAY),)), 0, w)
    others = tuple(PageFigure(page, TODAY) for page in PAGES)
    full = ToReport(tuple(PostAsk(POST, page) for page in (VK, LONG)), mine, others)
    yield "60 pages", figures.to_report(full, 0, w)
    yield "60 pages, the second page", figures.to_report(full, 1, w)


@chapter.shows(figures.page_question, figures.post_question)
def question(w: Words) -> Iterator[Take]:
    yield "A group", figures.page_question(PageAsk(VK, TODAY), w)
    yield "Followers, noted before", figures.page_question(PageAsk(X, TODAY, 20_310), w)
    yield "Noted today, with its history", figures.page_question(PageAsk(VK, TODAY, 12_400, figure_id=31), w)
    yield "A publication", figures.post_question(PostAsk(POST, replace(VK, title=HTML_TITLE)), w)


@chapter.shows(figures.not_read)
def not_read(w: Words) -> Iterator[Take]:
    yield "No number", figures.not_read(explain(BadFigure(""), w), w)
    yield "A text", figures.not_read(explain(BadFigure("Завтра субботник в парке, приходите & зовите <соседей>"), w), w)
    yield "A post's figures, unclear", figures.not_read(explain(BadPostFigures("много ❤ и 3"), w), w)
    yield "A post's figures, none", figures.not_read(explain(BadPostFigures(""), w), w)


@chapter.shows(figures.page_reported)
def page_reported(w: Words) -> Iterator[Take]:
    def told(of: PageReported, *, settled: bool = False) -> Take:
        return "", figures.page_reported(of, w, ZONE, NOW, settled=settled)

    following = PageAsk(OK, TODAY, left=2)
    ambiguous = replace(MEMBERS, typed=Typed(12_400, "12,400", ambiguous=True))
    followers = replace(MEMBERS, page=X, figure=figure(20_400, Metric.FOLLOWERS))
    before = [replace(figure(12_310), day=TODAY - timedelta(days=days)) for days in (0, 1, 9)]
    for title, (_, screen) in (
        ("The last page", told(MEMBERS)),
        ("One member", told(replace(MEMBERS, figure=figure(1)))),
        ("Could be read otherwise", told(ambiguous)),
        ("Then the next page", told(replace(MEMBERS, then=following))),
        ("[Right] was tapped, the next page", told(replace(MEMBERS, then=following), settled=True)),
        ("[Right] was tapped, that was all", told(MEMBERS, settled=True)),
        ("Typed for the keeper", told(replace(followers, for_person=LONG_NAME))),
        ("A jump since just now", told(replace(DOUBT, before=before[0]))),
        ("A jump since yesterday", told(replace(DOUBT, before=before[1]))),
        ("A jump since last week", told(replace(DOUBT, before=before[2]))),
        ("It took another's place", told(replace(MEMBERS, corrected=True))),
        ("Read off a screenshot", told(replace(MEMBERS, figure=replace(figure(12_400), screenshot="ab")))),
        ("In doubt, nothing before", told(replace(DOUBT, before=None))),
    ):
        yield title, screen


@chapter.shows(figures.pages_reported)
def pages_reported(w: Words) -> Iterator[Take]:
    followers = replace(MEMBERS, page=X, figure=figure(20_400, Metric.FOLLOWERS))
    yield "Two pages in one message", figures.pages_reported([MEMBERS, followers], None, w, ZONE, NOW)
    yield "Then the next page", figures.pages_reported([MEMBERS, followers], PageAsk(OK, TODAY), w, ZONE, NOW)


@chapter.shows(figures.post_reported)
def post_reported(w: Words) -> Iterator[Take]:
    yield "The last post", figures.post_reported(POST_DONE, w, ZONE, NOW)
    yield "[Right] was tapped", figures.post_reported(POST_DONE, w, ZONE, NOW, settled=True)
    more = replace(POST_DONE, then=PostAsk(POST, LONG), ambiguous=(Typed(1_340, "1.340", ambiguous=True),))
    yield "Could be read otherwise, then the next", figures.post_reported(more, w, ZONE, NOW)
    swapped = tuple(replace(number, state=FigureState.DOUBTFUL) for number in NUMBERS)
    odd = (replace(swapped[0], value=12), *swapped[1:])
    yield "More likes than views", figures.post_reported(replace(POST_DONE, figures=odd), w, ZONE, NOW)
    fell = replace(POST_DONE, figures=swapped, before={Metric.VIEWS: 13_400, Metric.LIKES: 510}, corrected=True)
    yield "The figures fell", figures.post_reported(fell, w, ZONE, NOW)
    unclear = replace(POST_DONE, figures=swapped, ambiguous=(Typed(1_340, "1,340к", ambiguous=True),))
    yield "Could be read otherwise", figures.post_reported(unclear, w, ZONE, NOW)


@chapter.shows(figures_past.history)
def history(w: Words) -> Iterator[Take]:
    old = replace(figure(124_000, state=FigureState.REPLACED), at=minutes(-600))
    file = PastFigure(replace(old, id=30, value=12_310, import_id=1), "Мария", None, "цифры за август.csv")
    server = PastFigure(replace(old, id=29, value=12_300, import_id=2), "", None, "august.csv")
    other = PastFigure(replace(old, id=32), "Мария", "Анна Соколова")
    doubt = PastFigure(figure(124_500, state=FigureState.DOUBTFUL), "Анна Соколова", None)
    stands = PastFigure(replace(figure(12_400), screenshot="ab"), "Анна Соколова", None)
    entries = (server, file, other, stands, doubt)
    yield "A page's day", figures_past.history(History(VK, TODAY, None, entries), w, ZONE, NOW)
    numbers = tuple(PastFigure(number, LONG_NAME, None) for number in NUMBERS * 10)
    yield (
        "A post, 40 figures",
        figures_past.history(History(replace(VK, title=HTML_TITLE), TODAY, 5, numbers), w, ZONE, NOW),
    )


@chapter.shows(figures_past.ask_screenshot, figures_past.attached)
def screenshot(w: Words) -> Iterator[Take]:
    yield "Asked for", figures_past.ask_screenshot(VK, w)
    yield "Kept", figures_past.attached(VK, 31, w)
