"""What is known of the erased, buttons that are too old, names as they are typed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.gallery.samples.data import person
from domain import corrections, privacy
from domain.people import Role
from domain.privacy import Part, Value, Who
from domain.usecases.my_data import MyFile
from reports import my_data as report
from texts.words import words_for

NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)


def test_a_hash_tells_accounts_apart_and_not_what_they_are() -> None:
    first, again, other = (privacy.account_hash("salt", number) for number in (123456, 123456, 123457))
    assert first == again != other
    assert "123456" not in first
    assert privacy.account_hash("pepper", 123456) != first
    assert privacy.number_hash("salt", 123456) != first


@pytest.mark.parametrize("minutes", [0, 9, 10])
def test_a_question_can_be_answered_for_ten_minutes(minutes: int) -> None:
    privacy.ensure_fresh(NOW, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [-5, 11, 60 * 24 * 365])
def test_an_older_one_and_one_from_the_future_cannot(minutes: int) -> None:
    with pytest.raises(privacy.ButtonTooOld):
        privacy.ensure_fresh(NOW, NOW + timedelta(minutes=minutes))


def test_a_name_is_one_line() -> None:
    assert corrections.clean_name("  Анна \n Соколова ") == "Анна Соколова"
    assert corrections.clean_name("Анна\u202eмиК\u200b") == "АннамиК"
    for bad in ("", " \n ", "—", "\u3164", "я" * 129):
        with pytest.raises(corrections.BadName):
            corrections.clean_name(bad)


def test_words_are_needed_and_not_too_many() -> None:
    assert corrections.clean_words(" Не тот ник ") == "Не тот ник"
    for bad in (" ", "я" * 301):
        with pytest.raises(corrections.WordsNeeded):
            corrections.clean_words(bad)


def test_a_file_shows_markup_as_it_was_typed_and_others_by_their_role() -> None:
    row: dict[str, Value] = {
        "text": "<script>alert(1)</script>",
        "at": NOW,
        "by": Who(me=False, role=Role.COORDINATOR),
        "note": "",
    }
    mine = MyFile(person(), (Part("draft_comment", (row,)),))

    page = report.page(mine, words_for("ru"), NOW)

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "координатор" in page
    assert "2026-09-07 12:00" in page, "on the person's own clock"
    assert "заметка" not in page, "what is empty is left out"
    assert report.as_json(mine, NOW)["tables"]["draft_comment"][0]["by"] == "coordinator"
