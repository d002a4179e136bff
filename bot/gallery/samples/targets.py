"""/targets: the campaign clock, targets of the plan and of chat, and setting one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import LONG_TITLE, MANY_REGIONS, REGIONS, TODAY
from bot.gallery.samples.status import CLOSE, SHORT_OF, WELL, WIDE, outlook
from domain.forecast import Forecast, Pace
from domain.platforms import Platform
from domain.targets import Clock, Target
from domain.typed_figures import Metric
from domain.typed_targets import BadTarget, NoPageMetric, TargetIncomplete, TargetUnclear
from domain.usecases.targets import KINDS, TargetBoard, TargetDraft, TargetPlaces
from handlers.screens import target_board, targets
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("Targets")

TARGET_ERRORS = (
    TargetIncomplete("value", "/targets казань вк 20000 15.10"),
    TargetIncomplete("due", "/targets москва вк 5000 07.10"),
    TargetIncomplete("place", "/targets Казань вк 5000 07.10"),
    BadTarget("-5", "5 15.10"),
    TargetUnclear("масква", "/targets Москва вк 5000 15.10"),
    TargetUnclear(LONG_TITLE * 3, f"/targets {LONG_TITLE * 3} 5000 15.10"),
    NoPageMetric(),
)

MINE = Target(
    "chat.0011aabb", "Казань", "Казань", Metric.MEMBERS, (Platform.VK,), KINDS, 20_000, TODAY + timedelta(days=38),
    "kazan", by_hand=True,
)  # fmt: skip
OF_PAGE = replace(MINE, code="chat.2", title=LONG_TITLE, title_ru=LONG_TITLE, page="vk-komsomolsk")
WIDEST = replace(MINE, title="", title_ru="", region="", platforms=(Platform.VK, Platform.OK, Platform.TELEGRAM))
OF_X = replace(WIDEST, platforms=(Platform.X,), metric=Metric.FOLLOWERS)
STANDS = outlook(14_200, Forecast(18_900, 1_100, 9), Pace(120.0, 7), target=MINE)
STALE = replace(STANDS, newest=TODAY - timedelta(days=6))
CLOCK = Clock(12, 61, 1, 18)


@chapter.shows(target_board.board, target_board.clock, targets.name_of, targets.title_of)
def board(w: Words) -> Iterator[Take]:
    changes = frozenset({MINE.code, OF_PAGE.code})
    shown = (SHORT_OF, WELL, STALE)
    yield "/targets of a manager", target_board.board(TargetBoard(CLOCK, shown, changes, may_add=True), 0, w)
    many = (CLOSE, WIDE, SHORT_OF, outlook(None, target=OF_PAGE), STALE, outlook(7, target=OF_X))
    yield "Many", target_board.board(TargetBoard(Clock(40, 61, 2, 21), many, changes, may_add=True), 0, w)
    late = replace(outlook(512_300), today=date(2026, 10, 2), newest=date(2026, 10, 1))
    done = (
        outlook(512_300),
        replace(late, at_due=503_000),
        replace(late, at_due=498_200),
        replace(outlook(14_900), today=date(2026, 10, 2)),
    )
    yield "Reached, reached late, missed", target_board.board(TargetBoard(CLOCK, done, changes, may_add=False), 0, w)
    yield "The second page", target_board.board(TargetBoard(CLOCK, many, changes, may_add=True), 1, w)
    for phase in (Clock(0, 61, 0, 3), Clock(30, 61, 1, 0), Clock(61, 61, 2, 0), Clock(61, 61, 3, 0)):
        yield f"Phase {phase.phase}", target_board.board(TargetBoard(phase, (), frozenset(), may_add=False), 0, w)
    yield "The clock alone", Screen(target_board.clock(CLOCK, w))


@chapter.shows(target_board.card, target_board.is_saved)
def card(w: Words) -> Iterator[Take]:
    yield "Saved just now", target_board.card(STANDS, w, target_board.is_saved(w))
    yield "Of a page with a long name", target_board.card(outlook(None, target=OF_PAGE), w)


@chapter.shows(target_board.where, target_board.nets, target_board.ask_value, target_board.ask_reason)
def setting(w: Words) -> Iterator[Take]:
    yield "For what, headquarters", target_board.where(TargetPlaces(MANY_REGIONS, (), everywhere=True), 0, w)
    yield "For what, one region", target_board.where(TargetPlaces({"kazan": "Казань"}, (), everywhere=False), 0, w)
    pages = [("aabbccdd", LONG_TITLE), ("aabbccde", "Наша Казань")]
    yield "Which pages", target_board.nets(TargetPlaces(REGIONS, pages, everywhere=True), "aabbccdd", 0, w)
    yield "How many", target_board.ask_value(w)
    yield "Closing", target_board.ask_reason(targets.name_of(OF_PAGE, w), w)


@chapter.shows(target_board.preview)
def preview(w: Words) -> Iterator[Take]:
    yield "A new one", target_board.preview(TargetDraft(outlook(None, target=WIDEST), None), w)
    yield "Changed", target_board.preview(TargetDraft(STANDS, replace(MINE, value=15_000)), w)
