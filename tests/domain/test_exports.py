"""Exports: which periods there are, what a cell may hold, what a file may be called, how waiting is told."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.export_rows import waits
from domain.exports import (
    CELL_LIMIT,
    NAME_LIMIT,
    ExportPeriodBad,
    Span,
    find_span,
    neutral,
    safe_name,
    spans,
    usual_span,
    whole_days,
)
from domain.targets import Campaign

SEPTEMBER = Campaign("Проба", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), "Europe/Moscow")
CROOKED = Campaign("Проба", date(2026, 9, 14), date(2026, 10, 13), date(2026, 11, 12), "Europe/Moscow")
RISKY = "=+-@\t\r\0\uff1d\uff0b\uff0d\uff20"


def codes(campaign: Campaign, today: date) -> list[str]:
    return [span.code for span in spans(campaign, today)]


def test_months_of_the_campaign_that_are_calendar_months_stand_there_once() -> None:
    assert codes(SEPTEMBER, date(2026, 9, 7)) == ["m1", "all"]
    assert codes(SEPTEMBER, date(2026, 10, 1)) == ["m1", "m2", "all"]
    assert codes(CROOKED, date(2026, 11, 1)) == ["m1", "m2", "all", "2026-09", "2026-10", "2026-11"]
    assert codes(CROOKED, date(2026, 9, 1)) == [], "nothing has begun"


def test_calendar_months_end_where_the_campaign_does() -> None:
    found = {span.code: span for span in spans(CROOKED, date(2026, 12, 1))}
    assert found["2026-09"] == Span("2026-09", date(2026, 9, 14), date(2026, 9, 30))
    assert found["2026-11"] == Span("2026-11", date(2026, 11, 1), date(2026, 11, 12))


def test_a_calendar_month_finds_the_campaigns_month_that_it_is() -> None:
    assert find_span(SEPTEMBER, "2026-09", date(2026, 9, 7)).code == "m1"
    assert find_span(CROOKED, "2026-10", date(2026, 11, 1)).first == date(2026, 10, 1)
    for code, today in (("m2", date(2026, 9, 30)), ("2026-10", date(2026, 9, 30)), ("2027-01", date(2026, 11, 1))):
        with pytest.raises(ExportPeriodBad):
            find_span(SEPTEMBER, code, today)


def test_the_usual_period_is_the_month_that_runs_and_then_all_of_it() -> None:
    days = (date(2026, 8, 1), date(2026, 9, 30), date(2026, 10, 8), date(2026, 11, 1))
    assert [usual_span(SEPTEMBER, day) for day in days] == ["m1", "m1", "m2", "all"]
    after = (date(2026, 10, 1), date(2026, 10, 7))
    assert [usual_span(SEPTEMBER, day) for day in after] == ["m1", "m1"], "month 1 is evaluated once it is over"


def test_todays_posts_are_not_missed_yet() -> None:
    month = Span("m1", date(2026, 9, 1), date(2026, 9, 30))
    assert whole_days(month, date(2026, 9, 7)) == (date(2026, 9, 1), date(2026, 9, 6))
    assert whole_days(month, date(2026, 10, 7)) == (month.first, month.last)
    assert whole_days(month, date(2026, 9, 1)) == (date(2026, 9, 1), date(2026, 8, 31)), "no day is over"


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 900", "-5", "@SUM(A1)", "\t=1", "\r=1", "\0=1", " =1", "\n=1", "\x01=1", "\uff1d1"]
)
def test_what_could_begin_a_formula_is_text_behind_an_apostrophe(text: str) -> None:
    assert neutral(text).startswith("'")


def test_ordinary_words_stay_as_they_are() -> None:
    for text in ("", "Анна Соколова", "1+1=2", "a-b", "https://vk.com/wall-1_2", "две\nстроки", "№ 5"):
        assert neutral(text) == text
    assert neutral("a\r\nb\rc") == "a\nb\nc"


@given(st.text(alphabet=st.one_of(st.sampled_from(list(RISKY + " \n\x01\x1f'a")), st.characters())))
def test_no_cell_begins_a_formula_or_breaks_xml(text: str) -> None:
    cell = neutral(text)
    assert cell.lstrip()[:1] not in set(RISKY)
    assert len(cell) <= CELL_LIMIT
    assert not any(c in cell for c in "\0\r\x1f\ufffe\uffff")
    assert not any(unicodedata.category(c) == "Cs" for c in cell)


@given(st.lists(st.text(), max_size=4), st.sampled_from(["xlsx", "csv", "pdf", "zip"]))
def test_every_file_name_is_safe_everywhere(parts: list[str], ending: str) -> None:
    name = safe_name(*parts, ending=ending)
    stem = name.removesuffix(f".{ending}")
    assert name.endswith(f".{ending}")
    assert 0 < len(name) <= NAME_LIMIT
    assert all(c.isalnum() or c in "-_" or unicodedata.category(c).startswith("M") for c in stem)
    assert stem.lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


def test_file_names_say_what_is_in_them() -> None:
    assert (
        safe_name("Пробная кампания", "Месяц 1", "2026-10-03", ending="pdf")
        == "Пробная-кампания-Месяц-1-2026-10-03.pdf"
    )
    assert safe_name("../..", "/", ending="csv") == "export.csv"
    assert safe_name("nul", ending="csv") == "hq-nul.csv"


def test_nine_of_ten_are_told_from_ten_decisions_on_and_nobody_knows_without_any() -> None:
    none = waits("", "", [], 3)
    assert (none.count, none.unknown, none.median, none.ninetieth) == (0, 3, None, None)
    few = waits("", "", [10, 20, 60], 0)
    assert (few.median, few.ninetieth) == (timedelta(minutes=20), None)
    many = waits("", "", list(range(1, 12)), 0)
    assert (many.median, many.ninetieth) == (timedelta(minutes=6), timedelta(minutes=10))
