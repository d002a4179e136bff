"""Figures: which numbers are questioned, which day they stand for, whose they are."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import (
    JUMP_LEAST,
    PostedSlot,
    concerns,
    day_meant,
    is_jump,
    is_odd_post,
    is_post_jump,
    is_wanted,
    metric_of,
)
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Membership, Person, PersonStatus, Role
from domain.platforms import Platform
from domain.typed_figures import Metric

PAGE = Page("vk", Platform.VK, PageKind.GROUP, "VK", "kazan", "Europe/Moscow", (), "", 1, None, active=True)


def an_actor(*memberships: Membership, number: int = 1) -> Actor:
    person = Person(
        number, "Анна", "ru", "Europe/Moscow", "kazan", PersonStatus.ACTIVE, True, time(8), time(22), time(8), 1
    )
    return Actor(person, 100 + number, 7, memberships)


@pytest.mark.parametrize(
    ("before", "value"),
    [(12_400, 124_000), (12_400, 1_240), (12_400, 16_200), (12_400, 8_000), (1_000, 0), (3, 30)],
)
def test_a_number_far_from_the_last_one_is_questioned(before: int, value: int) -> None:
    assert is_jump(before, value)


@pytest.mark.parametrize(("before", "value"), [(12_400, 12_400), (12_400, 16_000), (12_400, 8_700), (40, 60), (0, 5)])
def test_ordinary_growth_is_not(before: int, value: int) -> None:
    assert not is_jump(before, value)


@given(st.integers(JUMP_LEAST, 10_000_000))
def test_a_digit_too_many_or_too_few_is_always_questioned(value: int) -> None:
    assert is_jump(value, value * 10)
    assert is_jump(value * 10, value)


def test_more_likes_than_views_are_odd_and_unknown_views_are_not() -> None:
    assert is_odd_post({Metric.VIEWS: 12, Metric.LIKES: 340})
    assert not is_odd_post({Metric.VIEWS: 340, Metric.LIKES: 12, Metric.REPOSTS: 340})
    assert not is_odd_post({Metric.LIKES: 340})


def test_an_answer_after_midnight_still_stands_for_the_evening_it_was_asked_in() -> None:
    monday, tuesday, friday = date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 11)
    assert day_meant(monday, monday) == monday
    assert day_meant(monday, tuesday) == monday
    assert day_meant(monday, friday) == friday
    assert day_meant(friday, monday) == monday
    assert day_meant(None, monday) == monday


def test_x_has_followers_and_groups_have_members() -> None:
    assert metric_of(Platform.X) is Metric.FOLLOWERS
    assert {metric_of(p) for p in Platform if p is not Platform.X} == {Metric.MEMBERS}


def test_a_page_is_its_keepers_and_without_one_the_press_secretarys() -> None:
    press = an_actor(Membership(Role.PRESS_SECRETARY, "kazan"))
    assert concerns(PAGE, press)
    assert not concerns(replace(PAGE, keeper_id=2), press)
    assert not concerns(PAGE, an_actor(Membership(Role.VOLUNTEER, "kazan")))
    assert not concerns(replace(PAGE, region=EVERYWHERE), press)
    assert concerns(replace(PAGE, keeper_id=2), an_actor(Membership(Role.VOLUNTEER, "omsk"), number=2))


@pytest.mark.parametrize(("before", "value"), [(340, 120), (12_400, 1_240), (100, 1_000), (12_400, 124_000)])
def test_a_posts_figure_that_falls_or_grows_tenfold_is_questioned(before: int, value: int) -> None:
    assert is_post_jump(before, value)


@pytest.mark.parametrize(("before", "value"), [(340, 300), (12, 400), (340, 3_000), (340, 340), (0, 900)])
def test_a_post_that_is_seen_by_more_people_is_not(before: int, value: int) -> None:
    assert not is_post_jump(before, value)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("age", "read", "wanted"),
    [
        (1 * HOUR, None, False),
        (2 * HOUR, None, True),
        (23 * HOUR, 2 * HOUR, False),
        (24 * HOUR, 2 * HOUR, True),
        (24 * HOUR, 13 * HOUR, False),
        (100 * HOUR, 25 * HOUR, False),
        (168 * HOUR, 25 * HOUR, True),
        (168 * HOUR, 100 * HOUR, False),
        (8 * 24 * HOUR + HOUR, None, False),
    ],
)
def test_a_post_is_asked_about_at_three_moments_unless_somebody_has_looked(
    age: timedelta, read: timedelta | None, wanted: bool
) -> None:
    out = datetime(2026, 9, 7, 9, tzinfo=UTC)
    post = PostedSlot(1, "vk", date(2026, 9, 7), out, 1, "", None if read is None else out + read)
    assert is_wanted(post, out + age) is wanted
