"""Names are shown in one line, and nothing in them is invisible or turns the line around."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import LONGEST, holds_link, look, names_office, readable, unnamed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Анна «Аня» Ким", "Анна «Аня» Ким"),
        ("  Анна \n\t Ким ", "Анна Ким"),
        ("Анна\u202eмиК", "АннамиК"),
        ("А\u200bн\u2060н\ufeffа", "Анна"),
        ("\u3164\u2800\u115f", ""),
        ("е\u0308лка", "ёлка"),
        ("Q" + "\u0301" * 20, "Q\u0301\u0301"),
        ("Мама 👩\u200d👧", "Мама 👩\u200d👧"),
        ("Сердце ❤\ufe0f", "Сердце ❤\ufe0f"),
        ("\u2066Анна\u2069", "Анна"),
        ("Ан\u200dна", "Анна"),
        ("<b>Анна</b>", "<b>Анна</b>"),
        ("—", ""),
        ("...", ""),
        ("🦄", "🦄"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(name: str, shown: str) -> None:
    assert readable(name) == shown


@given(st.text(max_size=300))
def test_any_name_is_one_short_line_that_can_be_seen_and_stays_as_it_is(name: str) -> None:
    shown = readable(name)
    assert len(shown) <= LONGEST
    assert "\n" not in shown
    assert all(unicodedata.category(char)[0] != "C" or char == "\u200d" for char in shown)
    assert readable(shown) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мария Ким", "мария  КИМ"),
        ("Мария Ким", "Mария Kим"),
        ("Мария Ким", "Ким Мария"),
        ("Мария Ким", "Мария-Ким."),
        ("Мария Ким", "Ма\u0301рия Ким"),
        ("Артём Королёв", "Артем Королев"),
        ("Олег", "0лег"),
        ("Ilya Orlov", "llya 0rlov"),
        ("\uff2baren", "Karen"),
        ("Анна \u200bКим", "Анна Ким"),
        ("Анна Ким ✓", "Анна Ким"),
        ("👑Анна Ким", "Анна Ким"),
        ("А н н а Ким", "Анна Ким"),
    ],
)
def test_names_that_the_eye_cannot_tell_apart_look_the_same(one: str, other: str) -> None:
    assert look(one) == look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мария Ким", "Мария Кин"),
        ("Анна", "Анна Соколова"),
        ("Анна", "Ана"),
        ("Иван", "Ivan"),
        ("🦄", "🐴"),
        ("Ян 2", "Ян 3"),
    ],
)
def test_names_that_differ_for_the_eye_do_not(one: str, other: str) -> None:
    assert look(one) != look(other)


ORDINARY = """
Анна Соколова|Пётр Штабной|Иван Администраторов|Мария Ким|Ольга Поддержкина|Сергей Координаторов|Лев Телегин|Ю Ли
Анна-Мария Иванова|Салават Юлаев|Гульнара Хасанова|И. И. Иванов|Иванов И.И.|Артём Ёлкин|Нина Секретарёва|Олег Админский
Дмитрий Безопасный|Вера Надежда Любовь|Штабель Роман|Штабс Эдуард|Мамед-оглы Алиев|д'Артаньян Иван|Анна «Аня» Ким|Бот Галина
Кандидатов Фёдор|Тамара Службина|Ким Чен Ир|Аня ❤️|Жанна Владельщикова|Операторов Глеб|Начальников Пётр|Руководителев Ян
Anna Sokolova|John Smith|J.R. Smith|J. R. R. Tolkien|Mary O'Connor|Jean-Luc Picard|Ed Smithers Jr.|Ann Marie Lee
Aaron Director|Ben Bot|Hugo Boss|Press Taylor|William Headley|Teodor Adminov|Coordina Torres|Tele Gramm|Amy Hale
Ravi St. James|Ada B.|Li Na|Ngo Dinh|Bill Managerman|Sam Ownery|Candi Date|Al Moderatus|Q. H. Nguyen|H. Q. Tran|Fay Staff
M. Ru|Ivan R.|Zoe Com|Оксана 🌿|Ян
"""


def test_ordinary_names_pass() -> None:
    names = [name for row in ORDINARY.split("\n") for name in row.split("|") if name]
    assert len(names) >= 60
    assert [name for name in names if holds_link(name) or names_office(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "Администратор",
        "АДМИН",
        "Аdmin",
        "Adm1n",
        "Admin1",
        "А д м и н",
        "А.д.м.и.н.",
        "Administrator",
        "Штаб",
        "Штаб «Наш край»",
        "Мария из штаба",
        "Headquarters",
        "Telegram",
        "Tеlegram",
        "Телеграм",
        "Поддержка",
        "Служба поддержки",
        "✅ Поддержка 24",
        "Support",
        "Suppоrt Team",
        "Мария Ким (координатор)",
        "Мария Ким, кoopдинaтop",
        "Maria Kim (coordinator)",
        "hq_support",
        "Пресс-секретарь",
        "press secretary",
    ],
)
def test_an_office_in_a_name_is_seen_however_it_is_written(name: str) -> None:
    assert names_office(name)


@pytest.mark.parametrize(
    "name",
    [
        "https://t.me/spam",
        "t.me/spam",
        "Анна t.me/spam",
        "Анна @anna",
        "www.site",
        "заработок-тут.рф",
        "Casino.com",
        "Аня vk.com/anna",
        "site．ru",
    ],
)
def test_a_link_in_a_name_is_seen(name: str) -> None:
    assert holds_link(name)


def test_whoever_has_no_name_yet_goes_by_a_number_that_can_be_shown() -> None:
    assert readable(unnamed(17)) == unnamed(17) == "№ 17"
