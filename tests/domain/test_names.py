"""Names are shown in one line, and nothing in them is invisible or turns the line around."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import LONGEST, look, readable


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
