"""Targets and forecasts that promise no more than the figures do; what counts as a new look."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.forecast import LEAST_DAYS, Pace, forecast, pace, series
from domain.pages import Page, PageKind
from domain.platforms import Platform
from domain.status import Marks, Seen, Slots, Waiting
from domain.targets import Campaign, Path, Target, headline, outlook, progress
from domain.typed_figures import Metric

START = date(2026, 9, 1)
DUE = date(2026, 9, 30)
GROUPS = (Platform.VK, Platform.OK)
TARGET = Target("m1", "Members", "Участники", Metric.MEMBERS, GROUPS, ("group",), 50_000, DUE)
LATER = Target("m2", "Members", "Участники", Metric.MEMBERS, GROUPS[::-1], ("group",), 90_000, date(2026, 10, 31))


def a_page(code: str, platform: Platform = Platform.VK, kind: PageKind = PageKind.GROUP) -> Page:
    return Page(code, platform, kind, code, "kazan", "Europe/Moscow", (), "", 1, None, active=True)


def days(first: int, *values: int) -> dict[date, int]:
    """Figures of consecutive September days."""
    return {date(2026, 9, first) + timedelta(days=i): value for i, value in enumerate(values)}


def test_no_data_is_not_zero() -> None:
    view = outlook(TARGET, [a_page("a"), a_page("b")], {}, starts=START, today=date(2026, 9, 7))
    assert (view.fact, view.planned, view.pace, view.forecast, view.needed) == (None,) * 5
    assert (view.pages, view.silent, view.behind, view.reached) == (2, 2, False, False)


def test_a_fact_sums_the_latest_figures_of_the_pages_that_count_and_tells_the_oldest() -> None:
    pages = [
        a_page("a"),
        a_page("b", Platform.OK),
        a_page("c"),
        a_page("x", Platform.X),
        a_page("p", kind=PageKind.PERSONAL),
    ]
    figures = {"a": days(1, 100, 110, 120), "b": days(1, 50), "x": days(1, 9_000), "p": days(1, 9_000)}
    view = outlook(TARGET, pages, figures, starts=START, today=date(2026, 9, 3))
    assert (view.fact, view.oldest, view.pages, view.silent) == (170, date(2026, 9, 1), 3, 1)


def test_the_planned_path_runs_straight_from_the_first_fact_to_the_due_day() -> None:
    view = outlook(TARGET, [a_page("a")], {"a": days(10, 10_000)}, starts=START, today=date(2026, 9, 20))
    assert view.planned == 30_000
    assert view.needed == 4_000
    assert view.behind


def test_a_page_reported_for_the_first_time_is_not_growth() -> None:
    old, new = days(1, 1_000, 1_010, 1_020, 1_030), days(4, 50_000)
    assert series([old, new], [date(2026, 9, 1), date(2026, 9, 4)]) == [51_000, 51_030]
    assert pace([old, new], date(2026, 9, 4)) == Pace(10, 3)


def test_pace_is_that_of_the_last_week() -> None:
    slow_then_fast = days(1, *range(0, 100, 10), *range(190, 191 + 6 * 100, 100))
    assert pace([slow_then_fast], date(2026, 9, 17)) == Pace(100, 7)
    assert pace([days(1, 5)], date(2026, 9, 7)) is None
    assert pace([], date(2026, 9, 7)) is None


def test_a_forecast_needs_three_days_of_data_and_a_future() -> None:
    assert forecast([days(1, 10, 20)], date(2026, 9, 2), DUE) is None
    assert forecast([days(1, 10, 20, 30)], date(2026, 9, 3), date(2026, 9, 3)) is None
    old = days(1, 10, 20, 30)
    assert forecast([old], date(2026, 9, 29), DUE) is None, "figures of three weeks ago foretell nothing"


def test_an_even_growth_is_continued_with_no_spread() -> None:
    found = forecast([days(1, *range(100, 1_100, 100))], date(2026, 9, 10), date(2026, 9, 20))
    assert found is not None
    assert (found.value, found.spread, found.days) == (2_000, 0, 10)


@given(st.lists(st.integers(0, 10_000), min_size=LEAST_DAYS, max_size=14), st.integers(1, 50))
def test_a_forecast_is_never_negative_and_its_spread_grows_with_the_distance(values: list[int], ahead: int) -> None:
    today = date(2026, 9, len(values))
    near = forecast([days(1, *values)], today, today + timedelta(days=ahead))
    far = forecast([days(1, *values)], today, today + timedelta(days=ahead + 10))
    assert near is not None
    assert far is not None
    assert near.value >= 0
    assert far.spread >= near.spread >= 0


@given(st.dates(START, DUE), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_path_stays_between_its_ends(day: date, base: int, value: int) -> None:
    low, high = sorted((base, value))
    path = Path(START, base, DUE, value)
    assert low <= path.at(day) <= high
    assert (path.at(START), path.at(DUE)) == (base, value)


def test_the_headline_is_the_next_target_due_of_those_that_count_the_same_pages() -> None:
    x = Target("x", "X", "X", Metric.FOLLOWERS, (Platform.X,), ("official",), 20, DUE)
    assert headline([LATER, TARGET, x], date(2026, 9, 30)) == [TARGET, x]
    assert headline([LATER, TARGET, x], date(2026, 10, 1)) == [LATER, x]
    assert headline([LATER, TARGET], date(2027, 1, 1)) == [LATER]


def test_progress_shows_reported_days_only() -> None:
    campaign = Campaign("C", START, DUE, date(2026, 10, 31), "Europe/Moscow")
    figures = {"a": {date(2026, 9, 1): 10, date(2026, 9, 5): 30}, "b": {date(2026, 9, 5): 7}}
    view = progress(campaign, [TARGET], [a_page("a"), a_page("b")], figures, today=date(2026, 9, 6))
    assert view.lines[0].fact == ((date(2026, 9, 1), 17), (date(2026, 9, 5), 37))


def test_since_you_last_looked_counts_from_the_sitting_before() -> None:
    now = datetime(2026, 9, 7, 12, tzinfo=UTC)
    first, second = Marks(START, 1, 1, 1), Marks(START, 5, 5, 5)
    assert Seen().base(now) is None
    fresh = Seen(looked_at=now - timedelta(hours=2), last=second, before_at=now - timedelta(days=1), before=first)
    assert fresh.base(now) == (now - timedelta(hours=2), second)
    sitting = Seen(looked_at=now - timedelta(minutes=1), last=second, before_at=now - timedelta(hours=2), before=first)
    assert sitting.base(now) == (now - timedelta(hours=2), first)
    assert Seen(looked_at=now - timedelta(minutes=1), last=second).base(now) is None


def test_sums_of_regions() -> None:
    now = datetime(2026, 9, 7, tzinfo=UTC)
    assert Slots(3, 2, 1, 0, 0, 1) + Slots(2, 2, 0, 1, 1, 0) == Slots(5, 4, 1, 1, 1, 1)
    assert (Slots(5, 3).empty, Slots(5, 5, on_time=2, late=1).posted) == (2, 3)
    assert Waiting(1, now, 1) + Waiting(2, None) == Waiting(3, now, 1)
