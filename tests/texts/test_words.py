"""Words, numbers, dates and lists in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from texts.catalogue import Catalogue, russian
from texts.words import Words, words_for

EN, RU = words_for("en"), words_for("ru")
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 18:30 in Moscow, a Monday


@pytest.fixture
def ru() -> Words:
    """Russian with a small catalogue of its own."""
    forms = {
        (None, "{n} draft"): ("{n} черновик", "{n} черновика", "{n} черновиков"),
        (None, "Post"): ("Запись",),
        ("verb", "Post"): ("Опубликовать",),
    }
    return Words("ru", RU.locale, Catalogue(forms, russian().form_for), "EEE, d MMMM", "d MMMM*, HH:mm")


def test_values_are_escaped_and_markup_is_not() -> None:
    assert EN("<b>{a}</b> {b}", a="<&>", b=Markup("<i>x</i>")) == Markup("<b>&lt;&amp;&gt;</b> <i>x</i>")


@given(st.text())
def test_no_value_can_bring_a_tag(value: str) -> None:
    html = EN("{value}", value=value)
    assert "<" not in html
    assert html.unescape() == value


def test_plain_text_shows_what_was_meant_not_its_html() -> None:
    assert EN.plain("{a} {b}", a="A & B", b=Markup("C &amp; D")) == "A & B C & D"


def test_a_missing_translation_falls_back_to_english() -> None:
    assert RU("Nobody translates this {x}", x=1) == "Nobody translates this 1"
    assert RU.n("{n} zebra", "{n} zebras", 2) == "2 zebras"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 черновик"),
        (3, "3 черновика"),
        (11, "11 черновиков"),
        (21, "21 черновик"),
        (1005, "1\u00a0005 черновиков"),
    ],
)
def test_russian_plurals(ru: Words, n: int, said: str) -> None:
    assert ru.n("{n} draft", "{n} drafts", n) == said == ru.plain_n("{n} draft", "{n} drafts", n)


def test_a_context_tells_equal_words_apart(ru: Words) -> None:
    assert (ru.plain("Post"), ru.plain_ctx("verb", "Post"), ru.ctx("verb", "Post")) == ("Запись", *["Опубликовать"] * 2)


def test_languages_go_to_the_nearest_one() -> None:
    assert words_for("ru-RU") is words_for("tt") is RU
    assert words_for(None) is words_for("pt-br") is words_for("en-GB") is EN


def test_numbers() -> None:
    assert (EN.number(1234567), EN.short_number(500000), EN.percent(0.83)) == ("1,234,567", "500K", "83%")
    assert RU.number(1234567) == "1\u00a0234\u00a0567"
    assert (RU.short_number(1_250_000), RU.percent(0.835, 1)) == ("1,2\u00a0млн", "83,5\u00a0%")


def test_times() -> None:
    assert (EN.time(NOW, "Europe/Moscow"), EN.day(date(2026, 11, 23))) == ("18:30", "Mon 23 Nov")
    assert (RU.day(date(2026, 11, 23)), RU.full_day(date(2026, 11, 23))) == ("пн, 23 ноября", "23 ноября 2026\u202fг.")


@pytest.mark.parametrize(
    ("days", "en", "ru"),
    [
        (0, "18:30", "18:30"),
        (1, "tomorrow 18:30", "завтра 18:30"),
        (-1, "yesterday 18:30", "вчера 18:30"),
        (5, "Sat 28 Nov 18:30", "сб, 28 ноября, 18:30"),
        (100, "Wed 3 Mar 2027 18:30", "ср, 3 марта 2027, 18:30"),
    ],
)
def test_moments(days: int, en: str, ru: str) -> None:
    at = NOW + timedelta(days=days)
    assert (EN.moment(at, "Europe/Moscow", NOW), RU.moment(at, "Europe/Moscow", NOW)) == (en, ru)


def test_today_is_today_in_the_given_zone() -> None:
    """In Vladivostok it is already Tuesday."""
    assert EN.moment(NOW, "Asia/Vladivostok", NOW - timedelta(hours=3)) == "tomorrow 01:30"


def test_naive_times_are_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        EN.time(naive, "UTC")
    with pytest.raises(ValueError, match="naive"):
        EN.moment(NOW, "UTC", naive)


def test_zones() -> None:
    assert (EN.zone_name("Europe/Moscow", NOW), RU.zone_name("Europe/Moscow", NOW)) == (
        "Moscow, UTC+3",
        "Москва, UTC+3",
    )
    assert EN.zone_name("America/New_York", NOW) == "New York, UTC−5"
    assert (EN.zone_name("Asia/Kolkata", NOW), EN.zone_name("UTC", NOW)) == ("Kolkata, UTC+5:30", "UTC")


@pytest.mark.parametrize("zone", [*get_global("territory_zones")["RU"], "Europe/Simferopol"])
def test_every_russian_zone_has_a_russian_name(zone: str) -> None:
    assert all("а" <= letter <= "я" or letter in "ё -" for letter in RU.city(zone).lower())


@pytest.mark.parametrize(
    ("minutes", "en", "ru"),
    [
        (-5, "less than a minute", "меньше минуты"),
        (190, "3 h 10 min", "3 ч 10 мин"),
        (60, "1 h", "1 ч"),
        (7, "7 min", "7 мин"),
        (3000, "2 d 2 h", "2 дн. 2 ч"),
        (2880, "2 d", "2 дн."),
    ],
)
def test_spans(minutes: int, en: str, ru: str) -> None:
    span = timedelta(minutes=minutes)
    assert (EN.ago(span), RU.ago(span)) == (en, ru)


def test_lists() -> None:
    assert (EN.list("abc"), RU.list("абв"), EN.list(()), EN.list("a")) == ("a, b and c", "а, б и в", "", "a")
    assert EN.list(["<", Markup("<b>x</b>")]) == Markup("&lt; and <b>x</b>")


def test_weekdays() -> None:
    assert (EN.weekday_names[0], RU.weekday_names[6], RU.full_weekday_names[0]) == ("Mon", "вс", "понедельник")
