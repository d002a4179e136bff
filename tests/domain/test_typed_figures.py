"""Figures as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import typed_figures as bench
from domain.typed_figures import (
    MAX_FIGURE,
    BadFigure,
    Metric,
    Typed,
    meant_as_figures,
    read_number,
    read_page_figure,
    read_post_figures,
    read_typed_figures,
)

ORDER = (Metric.VIEWS, Metric.LIKES, Metric.REPOSTS, Metric.COMMENTS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 400", 12_400),
        ("12\u00a0400", 12_400),
        ("12\u202f400", 12_400),
        ("12,4к", 12_400),
        ("12.4K", 12_400),
        ("1,2 млн", 1_200_000),
        ("1.2m", 1_200_000),
        ("2кк", 2_000_000),
        ("1 234,5 тыс", 1_234_500),
        ("5 тыс.", 5_000),
        ("3 тысячи", 3_000),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1,234.5k", 1_234_500),
        ("1'234", 1_234),
        ("１２３", 123),
        ("0", 0),
        (" 7 ", 7),
    ],
)
def test_numbers_people_type(text: str, value: int) -> None:
    assert read_number(text) == Typed(value, text.strip())


@pytest.mark.parametrize("text", ["≈300", "~300", "около 300", "about 300", "300+"])
def test_approximate_numbers_say_so(text: str) -> None:
    assert read_number(text) == Typed(300, text, approximate=True)


@pytest.mark.parametrize("text", ["12,400", "12.400"])
def test_one_mark_before_three_digits_groups_thousands(text: str) -> None:
    assert read_number(text) == Typed(12_400, text)


def test_a_scaled_number_with_three_decimals_is_doubtful() -> None:
    assert read_number("12,400к") == Typed(12_400, "12,400к", ambiguous=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "-5",
        "−5",
        "12..4",
        "12 34",
        "1 2",
        "5 и 6",
        "12,4",
        "1.23.456",
        "12²",
        "½",
        "5 м2",
        "1e5",
        "99999999999",
    ],
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadFigure) as refused:
        read_number(text)
    assert refused.value.fragment == text


@given(st.integers(0, MAX_FIGURE), st.sampled_from(["{:d}", "{:,d}", "{:_d}"]))
def test_every_figure_is_read_back(value: int, form: str) -> None:
    text = form.format(value).replace("_", " ")
    assert read_number(text).value == value


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_refused(text: str) -> None:
    with suppress(BadFigure):
        assert 0 <= read_number(text).value <= MAX_FIGURE


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("12,4к просм, 340 ❤ 51 репост 18 комм", {"views": 12_400, "likes": 340, "reposts": 51, "comments": 18}),
        ("views 1200 likes 30", {"views": 1200, "likes": 30}),
        ("Просмотры: 12 400\nлайки — 340; репосты 51", {"views": 12_400, "likes": 340, "reposts": 51}),
        ("👁 1,2к ❤️ 30 💬 4", {"views": 1200, "likes": 30, "comments": 4}),
        ("5 классов и 3 поделились", {"likes": 5, "reposts": 3}),
        ("👍🏻 7", {"likes": 7}),
        ("0 лайков", {"likes": 0}),
        ("участников 12 400", {"members": 12_400}),
    ],
)
def test_figures_of_a_post(text: str, figures: dict[str, int]) -> None:
    assert {str(metric): value for metric, value in read_post_figures(text).items()} == figures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1200 340 51 18", (1200, 340, 51, 18)),
        ("120 340 51 18", (120, 340, 51, 18)),
        ("12 400, 340, 51, 18", (12_400, 340, 51, 18)),
        ("1,2к / 340 / 51 / 18", (1200, 340, 51, 18)),
    ],
)
def test_bare_numbers_stand_in_the_order_that_was_asked_for(text: str, values: tuple[int, ...]) -> None:
    assert tuple(read_post_figures(text, order=ORDER)[metric] for metric in ORDER) == values


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("340", "340"),
        ("340 ❤, 5 дислайков", "дислайков"),
        ("лайки -5", "-5"),
        ("12..4 лайков", "12..4 лайков"),
        ("5 лайков, 6 лайков", "6 лайков"),
        ("лайки 5 6 репостов", "лайки 5 6 репостов"),
        ("охват 900", "охват"),
        ("", ""),
    ],
)
def test_the_part_that_was_not_understood_is_named(text: str, fragment: str) -> None:
    with pytest.raises(BadFigure) as refused:
        read_post_figures(text)
    assert refused.value.fragment == fragment


def test_too_few_bare_numbers_are_not_guessed() -> None:
    with pytest.raises(BadFigure):
        read_post_figures("1200 340 51", order=ORDER)


def test_what_was_typed_is_kept_beside_the_value() -> None:
    assert read_typed_figures("≈1,2к просм") == {Metric.VIEWS: Typed(1200, "≈1,2к", approximate=True)}


@given(st.text(max_size=40))
def test_any_text_is_figures_or_refused(text: str) -> None:
    with suppress(BadFigure):
        read_post_figures(text, order=ORDER)


def test_of_the_300_ordinary_ways_nearly_all_are_read_and_none_wrongly() -> None:
    done = bench.measure(times=0, seed=7)
    assert done["typed"] >= 300
    assert done["wrong"] == []
    assert done["read_without_question_pct"] >= bench.READ_PCT


def test_known_values_in_random_words_are_read_back_or_asked_about() -> None:
    at_once, wrong = bench.fuzz(3_000, seed=11)
    assert wrong == []
    assert at_once > 1_000, "asking about everything would be no reading"


@pytest.mark.parametrize("line", [line for line in bench.lines() if line.meant is None], ids=lambda line: line.text)
def test_what_nobody_could_know_is_asked_back(line: bench.Line) -> None:
    assert bench.read(line.text, page=False) is None
    assert bench.read(line.text, page=True) is None or line.text == "300"


@pytest.mark.parametrize(
    "text",
    [
        "лайки 5 6 репостов",
        "300-400 лайков",
        "было 300 лайков, стало 340",
        "+12 лайков",
        "на 5 лайков больше",
        "не 340 лайков",
    ],
)
def test_what_could_mean_something_else_is_no_figure(text: str) -> None:
    with pytest.raises(BadFigure):
        read_post_figures(text)


def test_no_views_may_mean_that_none_are_shown() -> None:
    read = read_typed_figures("просмотров нет, лайков нет")
    assert read[Metric.VIEWS].ambiguous
    assert read[Metric.LIKES] == Typed(0, "нет")


@pytest.mark.parametrize("text", ["12 к омментариев 3 лайка", "12ккомментариев", "2Mайков", "16тПросмотров"])
def test_a_unit_is_not_taken_for_a_slip_of_the_finger(text: str) -> None:
    with pytest.raises(BadFigure):
        read_post_figures(text)


@pytest.mark.parametrize("text", ["нет", "без подписчиков", "340 лайков", "12 или 13", "подписчиков"])
def test_what_is_no_number_of_people_is_refused(text: str) -> None:
    with pytest.raises(BadFigure):
        read_page_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "На сейчас 500 просмотров, 20 лайков и ещё 7 кликов по ссылке",
        "просмотров тысяча двести, лайков тридцать",
        "просмотры 1200, лайки 45, комментарии 3, охват 900, клики 12",
        "we have 1200 views, 45 likes and some 3 clicks there",
    ],
)
def test_an_attempt_at_figures_is_known_as_one(text: str) -> None:
    assert meant_as_figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "Встреча с жителями: говорили два часа, записали 12 предложений. Отчёт выложим завтра.",
        "Сегодня в 18:00 сбор, в 19:00 концерт, в 20:00 салют, в 21:00 танцы",
        "Посмотрите, как изменился двор, и поделитесь с соседями!",
        "Ответ на вопрос 12 жителей: фонари обещаны к концу месяца, проверим.",
        "Thanks to all 40 people who came to clean the park with us today",
    ],
)
def test_a_sentence_with_numbers_is_no_attempt_at_figures(text: str) -> None:
    assert not meant_as_figures(text)
