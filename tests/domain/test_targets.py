"""Targets of one's own: reading a line, what counts, the campaign clock, headlines untouched."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.platforms import Platform
from domain.targets import Campaign, Clock, campaign_clock, headline, outlook, progress
from domain.typed_figures import Metric
from domain.typed_targets import (
    BadTarget,
    NoPageMetric,
    TargetIncomplete,
    TargetLine,
    TargetUnclear,
    meant_as_target,
    read_target,
)
from handlers.screens.targets import headline as told
from tests.domain.test_status import START, TARGET, a_page, days
from texts.words import words_for

TODAY = date(2026, 9, 7)
REGIONS = {"kazan": "Казань", "omsk": "Омск", "omsk-north": "Омск Север"}
PAGES = {"vk-kazan": "VK Казань"}
DUE = date(2026, 10, 15)
VK = (Platform.VK,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kazan vk members 20000 15 Oct", TargetLine(20_000, DUE, "kazan", "", VK, Metric.MEMBERS)),
        ("казань вк участники 20 тыс до 15 октября", TargetLine(20_000, DUE, "kazan", "", VK, Metric.MEMBERS)),
        ("VK Казань 20 000 к 15.10", TargetLine(20_000, DUE, "", "vk-kazan")),
        ("Омск Север 1,5к 15.10", TargetLine(1_500, DUE, "omsk-north")),
        ("везде подписчики х: 50к до 15.10", TargetLine(50_000, DUE, "*", "", (Platform.X,), Metric.FOLLOWERS)),
        ("12,5 тыс. by 15 Oct", TargetLine(12_500, DUE)),
    ],
)
def test_a_line_is_read(text: str, expected: TargetLine) -> None:
    assert read_target(text, TODAY, REGIONS, PAGES) == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("казань вк 20000", TargetIncomplete),
        ("казань вк до 15.10", TargetIncomplete),
        ("казань просмотры 20000 до 15.10", NoPageMetric),
        ("рязань 20000 до 15.10", TargetUnclear),
        ("-5 до 15.10", BadTarget),
        ("казань вк −5 15.10", BadTarget),
        ("- 5 15.10", BadTarget),
        ("0 15.10", BadTarget),
        ("2,5 до 15.10", BadTarget),
        ("1e3 до 15.10", TargetUnclear),
        ("½ до 15.10", TargetUnclear),
        ("казань 20000 30000 до 15.10", TargetUnclear),
    ],
)
def test_what_is_not_understood_is_refused_and_never_guessed(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_target(text, TODAY, REGIONS, PAGES)


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("казань вк 5000", "", "казань вк 5000 07.10"),
        ("VK Казань до 15 октября", "", "VK Казань 20000 15.10"),
        ("казань вк 5000 октябрь", "октябрь", "казань вк 5000 07.10"),
        ("казань вк 5000 к вечеру", "к вечеру", "казань вк 5000 07.10"),
        ("казонь вк 5000 до 15.10", "казонь", "Казань вк 5000 15.10"),
        ("Рязань вк 5000 до 15.10", "рязань", "Омск вк 5000 15.10"),
        ("Омск Север инста 5 000 до 15.10.2028", "инста", "Омск Север 5 000 15.10.2028"),
        ("казань вк 5000-6000 до 15.10", "5000-6000", "казань вк 5000 15.10"),
        ("казань вк 20000 до 15.10 30000", "30000", "казань вк 20000 15.10"),
        ("казань вк −5 15.10", "-5", "казань вк 5 15.10"),
        ("казань вк 0 15.10", "0", "казань вк 20000 15.10"),
    ],
)
def test_a_line_that_is_nearly_right_is_shown_right_with_its_own_values(text: str, said: str, line: str) -> None:
    refused = _refused(text, "Омск")
    assert refused is not None
    assert (getattr(refused, "said", ""), refused.line) == (said, line)
    read_target(refused.line, TODAY, REGIONS, PAGES)


def _refused(text: str, home: str = "") -> BadTarget | TargetIncomplete | TargetUnclear | None:
    try:
        read_target(text, TODAY, REGIONS, PAGES, home)
    except (BadTarget, TargetIncomplete, TargetUnclear) as error:
        return error
    return None


@given(
    st.lists(
        st.sampled_from(["казань", "вк", "5000", "до", "15.10", "-5", "к", "вечеру", "тыс", "¹", "😀", "—"]), max_size=8
    )
)
def test_whatever_is_refused_the_line_shown_can_be_read(words: list[str]) -> None:
    refused = _refused(" ".join(words))
    assert refused is None or read_target(refused.line, TODAY, REGIONS, PAGES).value > 0


def test_a_dash_between_the_place_and_the_number_is_no_minus_and_digits_of_any_script_are_digits() -> None:
    assert read_target("Казань — 20 000 до 15.10", TODAY, REGIONS, PAGES).value == 20_000
    assert read_target("٣ 15.10", TODAY, REGIONS, PAGES).value == 3


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("20 тыс до 15 октября", True),
        ("рязань вк участники 20 тысячч до 15 октября", True),
        ("Набережные Челны: вк, подписчики 20 000 до 15 октября", True),
        ("двадцать тысяч", True),
        ("Сегодня в Казани 200 человек вышли на субботник 15 октября", False),
        ("Спасибо всем, кто пришёл к нам на встречу в Омске", False),
        ("20 000 подписчиков! Спасибо, что вы с нами.\n#казань", False),
    ],
)
def test_a_post_with_numbers_in_it_is_no_target(text: str, meant: bool) -> None:
    assert meant_as_target(text, TODAY, REGIONS, PAGES) is meant


def test_a_target_of_a_region_or_a_page_counts_nothing_else() -> None:
    here, there = a_page("a"), replace(a_page("b"), region="omsk")
    of_region, of_page = replace(TARGET, region="kazan"), replace(TARGET, page="b")
    assert [of_region.counts(page) for page in (here, there)] == [True, False]
    assert [of_page.counts(page) for page in (here, there)] == [False, True]
    view = outlook(of_region, [here, there], {"a": days(1, 5), "b": days(2, 9)}, starts=START, today=TODAY)
    assert (view.fact, view.pages, view.newest) == (5, 1, date(2026, 9, 1))


def test_targets_set_in_chat_take_no_headline_and_no_line_of_the_chart() -> None:
    mine = replace(TARGET, code="chat.1", due=TODAY, by_hand=True)
    assert headline([TARGET, mine], TODAY) == [TARGET]
    campaign = Campaign("", START, TARGET.due, date(2026, 10, 31), "Europe/Moscow")
    drawn = progress(campaign, [mine, TARGET], [], {}, today=TODAY)
    assert [line.target for line in drawn.lines] == [TARGET]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 30), Clock(0, 61, 0, 2)),
        (date(2026, 9, 1), Clock(1, 61, 1, 29)),
        (date(2026, 9, 12), Clock(12, 61, 1, 18)),
        (date(2026, 9, 30), Clock(30, 61, 1, 0)),
        (date(2026, 10, 1), Clock(31, 61, 2, 30)),
        (date(2026, 10, 31), Clock(61, 61, 2, 0)),
        (date(2026, 11, 1), Clock(61, 61, 3, 0)),
    ],
)
def test_the_campaign_clock_has_two_phases(day: date, expected: Clock) -> None:
    campaign = Campaign("", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), "Europe/Moscow")
    assert campaign_clock(campaign, day) == expected


@pytest.mark.parametrize(
    ("figures", "reached", "reached_late", "at_due"),
    [
        (days(28, 40_000, 49_000, 50_000), True, False, 50_000),
        (days(28, 40_000, 49_000, 49_500, 51_000), False, True, 49_500),
        (days(28, 40_000, 49_000, 49_500), False, False, 49_500),
        (days(28, 51_000, 50_500, 50_100, 49_000), True, False, 50_100),
    ],
)
def test_once_its_day_is_over_a_target_is_judged_by_that_days_figures(
    figures: dict[date, int], *, reached: bool, reached_late: bool, at_due: int
) -> None:
    ended = replace(TARGET, value=50_000, due=date(2026, 9, 30))
    before = outlook(ended, [a_page("a")], {"a": figures}, starts=START, today=ended.due)
    assert before.at_due is None, "the day itself is not over"
    view = outlook(ended, [a_page("a")], {"a": figures}, starts=START, today=date(2026, 10, 5))
    assert (view.reached, view.reached_late, view.at_due) == (reached, reached_late, at_due)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            days(28, 40_000, 49_000, 49_000, 49_900),
            ("🔴 Members: <b>49K</b> of 50K", "↳ missed by 1K, was due Wed 30 Sept"),
        ),
        (days(28, 51_000, 50_500, 50_100, 49_000), ("✅ Members: <b>50.1K</b> of 50K", "↳ reached")),
        (
            days(28, 40_000, 49_000, 49_500, 51_000),
            ("🟡 Members: <b>51K</b> of 50K", "↳ reached late, was due Wed 30 Sept"),
        ),
    ],
)
def test_both_lines_of_a_target_that_was_due_speak_of_the_same_day(
    figures: dict[date, int], said: tuple[str, ...]
) -> None:
    ended = replace(TARGET, value=50_000, due=date(2026, 9, 30))
    view = outlook(ended, [a_page("a")], {"a": figures}, starts=START, today=date(2026, 10, 2))
    assert told(view, words_for("en")) == said
