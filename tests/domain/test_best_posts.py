"""Which posts did best, and when nothing may be said: small numbers, chance, slips of the finger."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.best_posts import (
    GROUP_LEAST,
    PAGE_LEAST,
    STEP,
    USUAL_LEAST,
    Group,
    Period,
    PostAge,
    PostMeasure,
    Publication,
    Result,
    age_to_show,
    of_page,
    ranked,
    spread,
    surely_better,
    winner,
)
from domain.figures import Figure, FigureSource, FigureState
from domain.norms import Norm, Window
from domain.pages import Page, PageKind
from domain.peaks import peaks, worked
from domain.platforms import Platform
from domain.typed_figures import Metric

NOON = datetime(2026, 9, 7, 9, tzinfo=UTC)
"""In Kazan, which keeps Moscow's time."""
PAGE = Page(
    "vk-kazan", Platform.VK, PageKind.GROUP, "VK Казань", "kazan", "Europe/Moscow", (), "", 1, None, active=True
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def publication(number: int, late: timedelta = timedelta()) -> Publication:
    at = NOON + number * DAY
    return Publication(number, at.date(), at, at + late, "news")


def figure(
    number: int,
    value: int,
    after: timedelta = DAY,
    metric: Metric = Metric.VIEWS,
    state: FigureState = FigureState.CONFIRMED,
) -> Figure:
    at = NOON + number * DAY + after
    order = int(at.timestamp())
    return Figure(order, PAGE.code, number, metric, value, at.date(), state, FigureSource.TYPED, 1, 1, at)


def results(posts: int, figures: list[Figure], age: PostAge = PostAge.DAY) -> dict[int, Result]:
    found, _ = of_page(PAGE, [publication(n) for n in range(posts)], figures)
    return {one.slot_id: one for one in found if one.age is age}


def test_each_post_is_measured_by_the_median_of_its_page_at_the_same_age() -> None:
    figures = [figure(n, value) for n, value in enumerate((100, 100, 100, 250, 50))]
    figures += [figure(n, 9999, 7 * DAY) for n in range(5)]
    found = results(5, figures)
    assert [found[n].score for n in range(5)] == [1000, 1000, 1000, 2500, 500]
    assert [found[n].hour for n in range(5)] == [12] * 5
    _, usuals = of_page(PAGE, [publication(n) for n in range(5)], figures)
    assert {(u.age, u.value, u.posts) for u in usuals} == {(PostAge.DAY, 100, 5), (PostAge.WEEK, 9999, 5)}


def test_four_posts_have_no_usual_and_no_small_usual_is_compared_with() -> None:
    four = [figure(n, 100) for n in range(PAGE_LEAST - 1)]
    assert {one.score for one in results(5, four).values()} == {None}
    tiny = [figure(n, USUAL_LEAST - 1) for n in range(PAGE_LEAST)]
    assert {one.score for one in results(5, tiny).values()} == {None}
    enough = [figure(n, USUAL_LEAST) for n in range(PAGE_LEAST)]
    assert {one.score for one in results(5, enough).values()} == {1000}


@pytest.mark.parametrize(
    ("after", "age"),
    [
        (2 * HOUR, PostAge.START),
        (timedelta(minutes=30), None),
        (8 * HOUR, None),
        (12 * HOUR, PostAge.DAY),
        (48 * HOUR, PostAge.DAY),
        (60 * HOUR, None),
        (7 * DAY, PostAge.WEEK),
        (15 * DAY, None),
    ],
)
def test_a_figure_stands_for_one_age_or_for_none(after: timedelta, age: PostAge | None) -> None:
    found, _ = of_page(PAGE, [publication(0)], [figure(0, 100, after)])
    assert [one.age for one in found] == ([] if age is None else [age])


def test_of_one_age_the_last_figure_counts_and_replaced_ones_still_tell_earlier_ages() -> None:
    old = FigureState.REPLACED
    given = [figure(0, 90, 20 * HOUR, state=old), figure(0, 100, 26 * HOUR, state=old), figure(0, 180, 7 * DAY)]
    assert results(1, given)[0].value == 100
    assert results(1, given, PostAge.WEEK)[0].value == 180


def test_a_slip_that_a_later_figure_shows_is_compared_with_nothing() -> None:
    given = [figure(0, 124_000, state=FigureState.REPLACED), figure(0, 12_400, 7 * DAY)]
    assert results(1, given) == {}
    assert results(1, given, PostAge.WEEK)[0].value == 12_400


def test_a_post_that_takes_off_later_or_loses_a_like_keeps_its_figure_of_the_first_day() -> None:
    old = FigureState.REPLACED
    given = [figure(0, 10, state=old), figure(0, 4000, 7 * DAY)]
    given += [figure(0, 20, metric=metric, state=old) for metric in (Metric.LIKES, Metric.COMMENTS, Metric.REPOSTS)]
    given.append(figure(0, 19, 7 * DAY, Metric.LIKES))
    found, _ = of_page(PAGE, [publication(0)], given)
    assert [(one.measure, one.value) for one in found if one.age is PostAge.DAY] == [
        (PostMeasure.VIEWS, 10),
        (PostMeasure.ACTIONS, 60),
    ]


def test_doubtful_figures_are_left_out_until_somebody_says_that_they_are_right() -> None:
    assert results(1, [figure(0, 100, state=FigureState.DOUBTFUL)]) == {}


def test_reactions_are_compared_where_all_three_were_given() -> None:
    some = [figure(0, 10, metric=Metric.LIKES), figure(0, 3, metric=Metric.REPOSTS)]
    assert of_page(PAGE, [publication(0)], some)[0] == ()
    (one,) = of_page(PAGE, [publication(0)], [*some, figure(0, 2, metric=Metric.COMMENTS)])[0]
    assert (one.measure, one.value) == (PostMeasure.ACTIONS, 15)


def test_the_hour_of_a_post_that_was_proven_long_after_its_slot_is_not_known() -> None:
    late = Publication(0, NOON.date(), NOON, NOON + 5 * HOUR)
    (one,) = of_page(PAGE, [late], [figure(0, 100, 29 * HOUR)])[0]
    assert one.hour is None


def test_a_day_after_is_preferred_as_long_as_enough_posts_have_such_figures() -> None:
    assert age_to_show({PostAge.DAY: PAGE_LEAST, PostAge.WEEK: 900}) is PostAge.DAY
    assert age_to_show({PostAge.DAY: 2, PostAge.WEEK: 9}) is PostAge.WEEK
    assert age_to_show({}) is PostAge.DAY


def test_periods_end_today_and_the_whole_begins_with_the_campaign() -> None:
    today, starts = date(2026, 9, 30), date(2026, 9, 1)
    assert Period.WEEK.since(today, starts) == date(2026, 9, 24)
    assert Period.ALL.since(today, starts) == starts


# -- chance ---------------------------------------------------------------------------------------------------------------


def steps(*ratios: float) -> dict[int, int]:
    counts: dict[int, int] = {}
    for one in ratios:
        step = round(1000 * one) // STEP
        counts[step] = counts.get(step, 0) + 1
    return counts


@given(st.lists(st.integers(0, 400), min_size=1, max_size=80))
def test_a_spread_lies_between_the_least_and_the_most(some: list[int]) -> None:
    counts = {step: some.count(step) for step in some}
    found = spread(counts)
    assert found is not None
    assert found.n == len(some)
    assert min(some) * STEP / 1000 <= found.low <= found.middle <= found.high <= (max(some) + 1) * STEP / 1000
    assert found.outstanding > found.high
    low, high = found.surely
    assert low < found.middle < high
    assert not surely_better(found, found)


def test_no_posts_have_no_spread() -> None:
    assert spread({}) is None


def test_few_posts_win_nothing_however_good_they_are() -> None:
    groups = ranked({"news": steps(*[1.0] * 50), "people": steps(*[9.0] * (GROUP_LEAST - 1))})
    assert [group.code for group in groups] == ["news", "people"], "too few come last"
    assert winner(groups) is None


def test_a_difference_within_the_spread_names_no_winner_and_a_plain_one_does() -> None:
    wide = steps(*(0.4, 0.7, 1.0, 1.3, 2.2) * 5)
    near = steps(*(0.5, 0.8, 1.1, 1.4, 2.3) * 5)
    assert winner(ranked({"news": wide, "people": near})) is None
    plain = steps(*(1.8, 2.0, 2.1, 2.3) * 10)
    best = winner(ranked({"news": wide, "people": near, "health": plain}))
    assert best is not None
    assert best.code == "health"


def test_chance_alone_seldom_makes_a_winner() -> None:
    random, wrong = Random(7), 0  # noqa: S311 - not a secret
    for _ in range(400):
        groups = {name: steps(*(random.lognormvariate(0, 0.5) for _ in range(20))) for name in ("a", "b")}
        wrong += winner(ranked(groups)) is not None
    assert wrong <= 400 * 0.05


def test_one_group_alone_wins_against_nobody() -> None:
    found = spread(steps(*[2.0] * 30))
    assert found is not None
    assert winner([Group("news", found)]) is None


# -- peak hours -----------------------------------------------------------------------------------------------------------


def test_hours_that_surely_did_better_are_offered_with_their_number_inside_the_norms_hours() -> None:
    usual, good = steps(*(0.8, 0.9, 1.0, 1.1) * 5), steps(*(1.7, 1.8, 1.9, 2.0, 2.1) * 5)
    found = peaks({3: usual, 4: usual, 6: good})
    assert [(part.start, part.better) for part in found.parts] == [(9, False), (12, False), (18, True)]
    norm = Norm(PAGE.code, (2,) * 7, (Window(time(9), time(12)), Window(time(18, 30), time(23))), 120, 2)
    offered = worked(found, norm)
    assert offered is not None
    assert (offered.windows, offered.posts) == ((Window(time(18, 30), time(21)),), 25)
    morning = Norm(PAGE.code, (2,) * 7, (Window(time(9), time(12)),), 120, 2)
    assert worked(found, morning) is None, "the norm has none of these hours"


def test_neighbouring_hours_are_joined_and_the_day_ends_at_midnight() -> None:
    usual, good = steps(*(0.8, 0.9, 1.0, 1.1) * 20), steps(*(1.9, 2.0, 2.1) * 8)
    found = peaks({3: usual, 6: good, 7: good})
    norm = Norm(PAGE.code, (2,) * 7, (Window(time(9), time(23, 59)),), 120, 2)
    offered = worked(found, norm)
    assert offered is not None
    assert (offered.windows, offered.posts) == ((Window(time(18), time(23, 59)),), 48)


def test_with_one_part_of_the_day_or_few_posts_nothing_is_said() -> None:
    assert not peaks({6: steps(*[2.0] * 40)}).enough
    found = peaks({3: steps(*[1.0] * 40), 6: steps(*[3.0] * (GROUP_LEAST - 1))})
    assert (found.enough, found.better) == (False, ())
    assert found.posts == 40 + GROUP_LEAST - 1
