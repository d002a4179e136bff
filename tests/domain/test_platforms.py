"""Lengths as the networks count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.platforms import RULES, Measure, Platform, fits, length, measure


@pytest.mark.parametrize(
    ("text", "weighted"),
    [
        ("Привет, Казань", 14),
        ("ё", 1),
        ("Смотрите https://example.org/" + "x" * 200, 9 + 23),
        ("👨‍👩‍👧", 2),
        ("漢字", 4),
    ],
)
def test_x_counts_by_weight_and_links_as_23(text: str, weighted: int) -> None:
    assert length(Platform.X, text) == weighted


def test_the_others_count_as_phones_do() -> None:
    assert [length(platform, "я👍") for platform in (Platform.VK, Platform.OK, Platform.TELEGRAM)] == [3, 3, 3]


def test_telegram_has_less_room_beside_a_photo() -> None:
    assert measure(Platform.TELEGRAM, "x" * 1025) == Measure(1025, 4096, 0, 10)
    assert measure(Platform.TELEGRAM, "x" * 1025, media=1) == Measure(1025, 1024, 1, 10)
    assert measure(Platform.TELEGRAM, "x" * 1025, media=1).left == -1


@pytest.mark.parametrize("platform", Platform)
def test_the_limit_itself_still_fits(platform: Platform) -> None:
    rule = RULES[platform]
    assert fits(platform, "я" * rule.limit)
    assert not fits(platform, "я" * (rule.limit + 1))
    assert not fits(platform, "я", media=rule.max_media + 1)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
def test_vk_is_never_shorter_than_the_number_of_characters(text: str) -> None:
    assert length(Platform.VK, text) >= len(text)


def test_every_rule_says_where_it_was_read() -> None:
    assert set(RULES) == set(Platform)
    assert all(rule.source and rule.as_of for rule in RULES.values())
