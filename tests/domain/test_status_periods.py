"""Periods and what they are compared with; headlines from sums say what headlines from every figure say."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commitments import CommitmentSummary
from domain.figure_sums import FigureSum, outlook_of
from domain.forecast import TREND_DAYS, History
from domain.pages import Page, PageKind
from domain.platforms import Platform
from domain.status_periods import (
    Deciding,
    Growth,
    Period,
    Span,
    Stretch,
    Tally,
    Trend,
    deciding_of,
    month_before,
    spans,
    trend,
    week_before,
)
from domain.targets import Target, outlook
from domain.typed_figures import Metric

START, TODAY = date(2026, 9, 1), date(2026, 9, 20)
DAY = timedelta(days=1)
TARGET = Target("m", "M", "M", Metric.MEMBERS, (Platform.VK, Platform.OK), ("group",), 50_000, date(2026, 9, 30))


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def test_seven_days_are_whole_days_beside_the_seven_before() -> None:
    assert spans(Period.WEEK, day(10, 15), START) == (Span(day(10, 8), day(10, 14)), Span(day(10, 1), day(10, 7)))
    assert spans(Period.TODAY, day(10, 15), START) == (Span(day(10, 15), day(10, 15)), Span(day(10, 14), day(10, 14)))
    assert spans(Period.ALL, day(10, 15), START) == (Span(START, day(10, 15)), None)
    assert spans(Period.ALL, day(8, 15), START) == (Span(day(8, 15), day(8, 15)), None), "before the start"


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (day(10, 15), (day(9, 1), day(9, 15))),
        (day(10, 1), (day(9, 1), day(9, 1))),
        (day(10, 31), (day(9, 1), day(9, 30))),
        (day(9, 30), (day(8, 1), day(8, 31))),
        (day(3, 30), (day(2, 1), day(2, 28))),
    ],
)
def test_a_month_is_compared_with_the_same_days_of_the_one_before(today: date, before: tuple[date, date]) -> None:
    here, then = spans(Period.MONTH, today, START)
    assert here == Span(today.replace(day=1), today)
    assert then == Span(*before)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_what_has_ended_is_whole_and_the_stretch_before_it_touches_it(today: date) -> None:
    week, earlier = week_before(today)
    assert (week.days, earlier.days, week.first.weekday()) == (7, 7, 0)
    assert 1 <= (today - week.last).days <= 7
    assert week.first - earlier.last == DAY
    month, earlier = month_before(today)
    assert month.first.day == earlier.first.day == 1
    assert month.last + DAY == today.replace(day=1)
    assert month.first - earlier.last == DAY


def test_nothing_planned_is_not_nothing_kept() -> None:
    assert Tally().kept is None
    assert Tally(4, 1, 1).kept == 0.5
    assert Tally(6, 1, ahead=4).kept == 0.5, "what is not due yet is not missing"
    assert Tally(6, ahead=6).kept is None
    assert Tally(6, 1, late=1, missed=1, ahead=2).bare == 1, "every place that was due is told somewhere"
    assert Tally(2, 3).bare == 0
    assert Tally(2, 3).kept == 1, "more than the norm is not more than all of it"
    assert Tally(1, 2, 3, 4, 5) + Tally(1, 1, 1, 1, 1) == Tally(2, 3, 4, 5, 6)


def test_what_is_not_known_has_no_trend() -> None:
    assert trend(None, 1) is trend(1, None) is None
    assert [trend(now, 2) for now in (1, 2, 3)] == [Trend.FEWER, Trend.SAME, Trend.MORE]


@pytest.mark.parametrize(
    ("tally", "growth", "decided", "promised"),
    [
        (Tally(1), Growth(), 0, 0),
        (Tally(excused=1), Growth(), 0, 0),
        (Tally(), Growth(1, 9, None, START), 0, 0),
        (Tally(), Growth(), 1, 0),
        (Tally(), Growth(), 0, 1),
    ],
)
def test_a_stretch_in_which_anything_happened_is_told(
    tally: Tally, growth: Growth, decided: int, promised: int
) -> None:
    found = Stretch(Span(START, START), tally, growth, Deciding(decided), CommitmentSummary(open=promised))
    assert not found.nothing
    assert Stretch(Span(START, START), Tally(), Growth(0, 9), Deciding(), CommitmentSummary()).nothing


# -- answers -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_half_and_nine_in_ten_are_decisions_that_there_were(minutes: list[int]) -> None:
    found = deciding_of(Counter(minutes))
    assert found.median is not None
    assert found.ninth is not None
    median, ninth = found.median // 60, found.ninth // 60
    assert (found.count, median) == (len(minutes), median_low(minutes))
    assert sum(minute <= ninth for minute in minutes) >= 0.9 * len(minutes) > sum(minute < ninth for minute in minutes)


def test_nobody_decided_on_anything() -> None:
    assert deciding_of({}) == Deciding()


# -- headlines from sums -----------------------------------------------------------------------------------------------


def a_page(code: str, platform: Platform, kind: PageKind) -> Page:
    return Page(code, platform, kind, code, "kazan", "Europe/Moscow", (), "", 1, None, active=True)


def summed(pages: list[Page], figures: Mapping[str, History], since: date) -> list[FigureSum]:
    """What the database sums, the long way round."""
    found = []
    for platform in Platform:
        for kind in PageKind:
            here = [page for page in pages if (page.platform, page.kind) == (platform, kind)]
            known = [figures[page.code] for page in here if figures.get(page.code)]
            base = sum(history[max((at for at in history if at <= START), default=min(history))] for history in known)
            newest = [max(history) for history in known]
            earlier = [at for history in known for at in history if at < since]
            if here:
                found.append(
                    FigureSum(
                        platform, kind.value, len(here), len(known), sum(h[max(h)] for h in known), base,
                        min((min(h) for h in known), default=None), min(newest, default=None),
                        max(newest, default=None), max(earlier, default=None),
                    )
                )  # fmt: skip
    return found


def gains(pages: list[Page], figures: Mapping[str, History], since: date) -> dict[date, int]:
    """What the target's pages gained by day."""
    grown: dict[date, int] = {}
    for page in pages:
        history = figures.get(page.code, {}) if page.platform in TARGET.platforms and page.kind in TARGET.kinds else {}
        days = sorted(history)
        for n, at in enumerate(days):
            if at >= since:
                grown[at] = grown.get(at, 0) + (history[at] - history[days[n - 1]] if n else 0)
    return grown


HISTORIES = st.dictionaries(st.dates(date(2026, 8, 25), TODAY), st.integers(0, 100_000), min_size=0, max_size=26)


@given(
    st.lists(st.tuples(st.sampled_from([Platform.VK, Platform.OK, Platform.X]), HISTORIES), max_size=6), st.booleans()
)
def test_a_headline_from_sums_says_what_one_from_every_figure_says(
    made: list[tuple[Platform, dict[date, int]]], dense: bool
) -> None:
    pages = [a_page(f"p{n}", platform, PageKind.GROUP) for n, (platform, _) in enumerate(made)]
    figures = {f"p{n}": history for n, (_, history) in enumerate(made)}
    if dense:  # somebody reports every day: then even the pace has all its days
        pages.append(a_page("daily", Platform.VK, PageKind.GROUP))
        figures["daily"] = {date(2026, 8, 25) + n * DAY: 1_000 + n for n in range((TODAY - date(2026, 8, 25)).days + 1)}
    whole = outlook(TARGET, pages, figures, starts=START, today=TODAY)
    since = TODAY - (TREND_DAYS - 1) * DAY
    grown = gains(pages, figures, since)
    short = outlook_of(TARGET, summed(pages, figures, since), grown, starts=START, today=TODAY)
    assert (short.fact, short.planned, short.pages, short.silent) == (
        whole.fact,
        whole.planned,
        whole.pages,
        whole.silent,
    )
    assert (short.oldest, short.newest, short.needed) == (whole.oldest, whole.newest, whole.needed)
    assert short.forecast == whole.forecast
    if dense:
        assert short.pace == whole.pace
