"""What must not be kept is recognised, ordinary posts are not taken for it."""

import pytest

from bench import sensitive as bench
from domain.sensitive import LOOKED_AT, Sensitive, sensitive


def test_the_committed_corpus_keeps_the_promise() -> None:
    figures, wrong = bench.measure()
    assert figures["posts"] >= 300
    assert figures["lists"] + figures["secrets"] >= 100
    assert max(figures["false_alarm_pct"], figures["typed_alarm_pct"]) <= bench.FALSE_ALARMS, wrong
    assert max(figures["missed_pct"], figures["missed_secrets_pct"]) <= bench.MISSED, wrong


ROWS = [
    "Иванов Иван Иванович, 12.03.1961, ул. Ленина, 5-12",
    "Петрова Анна Сергеевна, 01.07.1975, ул. Мира, 8-3",
    "Сафин Ильдар Рашидович, 30.11.1958, ул. Садовая, 1-40",
]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "; ", "\n\n"])
def test_a_list_is_one_however_its_lines_are_separated(separator: str) -> None:
    assert sensitive(separator.join(ROWS)) is Sensitive.PEOPLE
    assert sensitive(separator.join(ROWS[:1])) is None


def test_a_list_below_a_kind_word_is_still_one() -> None:
    assert (
        sensitive("Добрый день! Вот наши, прошу учесть:\n\n" + "\n".join(ROWS) + "\nС уважением, Пётр")
        is Sensitive.PEOPLE
    )


def test_a_secret_inside_a_long_text_is_found_and_the_time_is_bounded() -> None:
    post = "Сегодня открыли площадку. " * 100
    assert sensitive(f"{post}\nпароль: Qwerty123\n{post}") is Sensitive.SECRET
    assert sensitive("Открыли площадку. " * LOOKED_AT + "пароль: Qwerty123") is None, "only so much is looked at"


@pytest.mark.parametrize(
    "line", ["иван 8916123450{n}", "олег петров, +7 916 123-45-0{n}", "{n}. Ваня 8916123450{n}", "8916123450{n}"]
)
def test_numbers_to_call_are_a_list_without_surnames_too(line: str) -> None:
    assert sensitive("\n".join(line.format(n=n) for n in range(6))) is Sensitive.PEOPLE
    assert sensitive("\n".join(line.format(n=n) for n in range(3))) is None
    receptions = "\n".join(f"{place}: 8 916 123 45 0{n}" for n, place in enumerate(("Вахитовский", "Советский") * 4))
    assert sensitive(receptions) is None, "receptions of districts"


@pytest.mark.parametrize(
    "text", ["", " ", "\n" * 5000, "а" * 4096, "1;" * 2048, "Иванов " * 600, "код " * 1024, "((" * 2048]
)
def test_odd_texts_are_ordinary(text: str) -> None:
    assert sensitive(text) is None


@pytest.mark.parametrize(
    "said",
    [
        "пароль новый qwErty77",
        "новый пароль: qwErty77",
        "пароль    qwErty77",
        "пароль\nqwErty77",
        "пароль   -   qwErty77",
        "пароль сменили на qwErty77",
        "пароль теперь вот такой: qwErty77",
        "пароль от группы вк qwErty77",
        "пароль от группы новый: Kazan2026!",
        "пароль новый 482913",
        "паролем будет qwErty77",
        "новый пароль солнышко77",
        "password for the page qwErty77",
        "the password has been changed: qwErty77",
    ],
)
def test_a_password_is_one_whatever_is_said_between_the_word_and_it(said: str) -> None:
    assert sensitive(f"Ребята, {said}") is Sensitive.SECRET


@pytest.mark.parametrize(
    "said",
    [
        "Придумайте новый пароль из 12 символов",
        "Новый пароль получит каждый, кто придёт 25.10 в 18:00",
        "Смените пароль от VK до 15.10",
        "Пароль от группы Kazan2026 у Ирины",
        "Пароль от Windows11 никому не давайте",
        "пароль от аккаунта @kazan2026 сменили",
        "пароль от почты shtab2026@mail.ru спросите у Ирины",
        "Пароль для входа на сайт gov2.ru спросите у Ирины",
        "пароль сменили 5000 пользователей",
        "пароль теперь нужен в 2026 году",
        "Наш пароль на сегодня: улыбка",
        "Пароль был простой, 123456 не используйте",
        "Our password policy has been updated on 12.10.2026",
    ],
)
def test_talk_about_passwords_gives_none_away(said: str) -> None:
    assert sensitive(said) is None
