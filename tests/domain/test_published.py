"""What stands on the page against what was approved."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.diff import Change
from domain.published import TextVerdict, compare, is_alike

TEXT = "Завтра в 18:00 встреча во дворе.\nПодробности: https://kazan.example/dvor?id=5 приходите!"
LINE = "Штаб кандидата. Оплачено из избирательного фонда"
PAGE = f"{TEXT}\n\n{LINE}"


@pytest.mark.parametrize(
    "published",
    [
        PAGE,
        f"  {PAGE}  ",
        PAGE.replace("\n", "\r\n"),
        PAGE.replace(" ", "\u00a0"),
        PAGE.replace("\n\n", "\n"),
        PAGE.replace("\n\n", "\n\n\n"),
        unicodedata.normalize("NFD", PAGE),  # the letter and its breve apart, as some phones type it
        PAGE.replace("https://", ""),
        PAGE.replace("https://kazan.example/dvor?id=5", "kazan.example/dvor?…"),
        PAGE.replace("?id=5", "?id=5&utm_source=vk&utm_medium=social"),
        f"{TEXT}\nПоказать полностью…\n{LINE}",
        f"{LINE}\n{TEXT}",
        PAGE.replace("Штаб кандидата. Оплачено", "ШТАБ КАНДИДАТА — оплачено"),
        PAGE.replace("встреча", "вст\u200bреча"),
    ],
)
def test_how_a_network_shows_a_text_is_no_difference(published: str) -> None:
    found = compare(TEXT, published, LINE)
    assert found.verdict is TextVerdict.SAME, found.pieces


@pytest.mark.parametrize(
    ("published", "removed", "added"),
    [
        (PAGE.replace("18:00", "19:00"), "18", "19"),
        (PAGE.replace("приходите!", "приходите"), "!", ""),
        (PAGE.replace("во дворе", "во  Дворе"), "дворе", "Дворе"),
        (PAGE.replace("?id=5", "?id=6"), "5", "6"),
    ],
)
def test_a_word_a_sign_a_letter_a_link_that_differs_is_shown(published: str, removed: str, added: str) -> None:
    found = compare(TEXT, published, LINE)
    changes = {change: "".join(p.text for p in found.pieces if p.change is change) for change in Change}
    assert (found.verdict, found.same_words, found.imprint_missing) == (TextVerdict.DIFFERS, False, False)
    assert (changes[Change.REMOVED], changes[Change.ADDED]) == (removed, added)


def test_a_missing_imprint_line_is_seen_apart_from_the_words() -> None:
    found = compare(TEXT, TEXT, LINE)
    assert (found.verdict, found.same_words, found.imprint_missing) == (TextVerdict.DIFFERS, True, True)


def test_an_imprint_line_that_lacks_a_word_is_missing() -> None:
    assert compare(TEXT, PAGE.replace("избирательного ", ""), LINE).imprint_missing


def test_a_page_without_a_line_lacks_none() -> None:
    assert compare(TEXT, TEXT, "").verdict is TextVerdict.SAME


def test_a_text_that_has_its_line_inside_is_the_same() -> None:
    own = f"{LINE}. {TEXT}"
    assert compare(own, own, LINE).verdict is TextVerdict.SAME


def test_a_draft_about_something_else_is_not_alike() -> None:
    assert is_alike(TEXT, PAGE.replace("18:00", "19:00"))
    assert not is_alike(TEXT, "Открыли новую школу на улице Ленина, смотрите фотографии с праздника")


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_every_text_is_the_same_as_itself_with_its_line(text: str) -> None:
    assert compare(text, f"{text}\n\n{LINE}", LINE).verdict is TextVerdict.SAME
