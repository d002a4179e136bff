"""Figures: which numbers are questioned, which day they stand for, whose they are."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import JUMP_LEAST, concerns, day_meant, is_jump, is_odd_post, metric_of
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
