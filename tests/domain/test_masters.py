"""Masters: taking a text apart and filling it in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drafts import Draft, DraftState, MediaRef, Variant
from domain.masters import (
    LINES,
    LONGEST_ANSWER,
    LONGEST_OWN_ANSWER,
    ROOM,
    BadAnswer,
    Fill,
    FillState,
    answered,
    closing,
    gone_back,
    is_as_filled,
    kept,
    paged,
    result,
    toggled,
    with_photo,
)
from domain.people import Person, PersonStatus
from domain.platforms import Platform
from domain.wordings import LONGEST_NAME, MOST_FIELDS, BadMaster, filled, parse, with_names

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
names = st.text(st.sampled_from("aбв1_ "), min_size=1, max_size=12).map(str.strip).filter(bool)
anything = st.text(st.sampled_from("{}ab \n"), max_size=30)


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def fill(**changes: object) -> Fill:
    blank = Fill(1, 1, 1, 1, "kazan", "", FillState.RUNNING, 1, 0, (), (), "", None, NOW)
    return replace(blank, **changes)  # type: ignore[arg-type]


@given(st.lists(st.tuples(anything, names), min_size=1, max_size=MOST_FIELDS), anything, st.data())
def test_what_is_between_the_fields_stays_and_answers_stand_in_the_gaps(
    parts: list[tuple[str, str]], last: str, data: st.DataObject
) -> None:
    """Braces, line breaks and braces inside answers included: filling never takes a text apart again."""
    text = "".join(escaped(piece) + "{" + name + "}" for piece, name in parts) + escaped(last)
    wording = parse(text)
    assert wording.fields == tuple(dict.fromkeys(name for _, name in parts))
    answers = {name: data.draw(anything) for name in wording.fields}
    assert filled(wording, answers) == "".join(piece + answers[name] for piece, name in parts) + last


@given(st.text(st.sampled_from("{}ab_ "), max_size=12))
def test_any_text_is_taken_apart_or_refused_as_a_master(text: str) -> None:
    """No other failure, and a refusal shows where without showing a brace."""
    try:
        wording = parse(text)
    except BadMaster as error:
        shown = error.near
    else:
        shown = "".join(wording.fields)
        assert len(wording.pieces) == len(wording.gaps) + 1
    assert not set(shown) & set("{}")


@pytest.mark.parametrize(
    ("text", "reason", "near"),
    [
        ("  ", "empty", ""),
        ("В районе открыли", "no_fields", ""),
        ("a" * 3001, "long", ""),
        ("В {район мы открыли {место}", "unclosed", "район мы открыли место"),
        ("В {район\nоткрыли}", "unclosed", "район открыли"),
        ("В районе} открыли {место}", "unopened", "В районе"),
        ("} открыли {место}", "unopened", "открыли место"),
        ("Сегодня { } открыли", "no_name", "Сегодня"),
        ("{район!}", "name", "район!"),
        ("{" + "я" * (LONGEST_NAME + 1) + "}", "name", "я" * LONGEST_NAME),
        ("".join(f"{{поле {n}}}" for n in range(MOST_FIELDS + 1)), "many", "поле 8"),
    ],
)
def test_a_text_that_is_no_master_is_refused_with_the_place(text: str, reason: str, near: str) -> None:
    with pytest.raises(BadMaster) as refused:
        parse(text)
    assert (refused.value.reason, refused.value.near) == (reason, near)


def test_a_field_that_stands_twice_is_asked_once() -> None:
    wording = parse("{район}: в {район} открыли {место}")
    assert wording.fields == ("район", "место")
    assert filled(wording, {"район": "Центр", "место": "парк"}) == "Центр: в Центр открыли парк"
    assert with_names("В {{точно}} {район}") == "В {точно} [район]"


@pytest.mark.parametrize(
    ("answer", "own", "reason"),
    [
        (" \n ", False, "empty"),
        ("Первая\nвторая", False, "lines"),
        ("я" * (LONGEST_ANSWER + 1), False, "long"),
        ("я" * (LONGEST_OWN_ANSWER + 1), True, "long"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(answer: str, own: bool, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        answered(fill(page="my" if own else ""), answer, NOW)
    assert refused.value.reason == reason


def test_going_back_keeps_what_was_answered_and_a_new_answer_takes_its_place() -> None:
    begun = answered(answered(fill(), "Центр", NOW), "парк", NOW)
    back = gone_back(gone_back(begun, NOW), NOW)
    assert (back.step, back.answers) == (0, ("Центр", "парк"))
    again = kept(answered(back, "Север", NOW), 2, NOW)
    assert (again.step, again.answers) == (2, ("Север", "парк"))
    with pytest.raises(BadAnswer):
        kept(fill(), 2, NOW)


def test_photos_of_one_album_join_and_another_photo_takes_their_place() -> None:
    one, two, three = (MediaRef(name * 64, "photo") for name in "abc")
    ready = with_photo(with_photo(fill(step=2), (one,), "9", 2, NOW), (two,), "9", 2, NOW)
    assert (ready.media, ready.step) == ((one, two), 3)
    assert with_photo(ready, (three,), "", 2, NOW).media == (three,)


def test_own_words_are_paragraphs_and_nothing_of_the_master() -> None:
    own = fill(page="my-anna", answers=("Открыли двор", "Детям есть где играть", "Приходите"))
    assert result(own, parse("В {район} открыли {место}")) == (
        "Открыли двор\n\nДетям есть где играть\n\nПриходите",
        (),
    )
    shared = fill(answers=("Центре", "двор"))
    text, fills = result(shared, parse("В {район} открыли {место}"))
    assert (text, fills) == ("В Центре открыли двор", (("район", "Центре"), ("место", "двор")))


def test_a_text_changed_after_filling_is_not_read_by_its_fills_alone() -> None:
    master = "В {район} открыли {место}"
    text, fills = "В Центре открыли двор", (("район", "Центре"), ("место", "двор"))
    draft = Draft(1, 1, "kazan", DraftState.SUBMITTED, 1, text, (), (), "", NOW, None, None, fills=fills)
    assert is_as_filled(draft, master)
    assert not is_as_filled(replace(draft, text=text + "!"), master)
    assert not is_as_filled(replace(draft, fills=()), master)
    assert not is_as_filled(replace(draft, fills=fills[:1]), master)
    assert not is_as_filled(replace(draft, variants=(Variant(Platform.X, "Иначе"),)), master)


def test_a_set_is_chosen_whole_and_only_a_whole_one_is_taken_out() -> None:
    assert toggled(("a",), ("a", "b")) == ("a", "b")
    assert toggled(("a", "b", "c"), ("a", "b")) == ("c",)


def test_ends_are_moments_on_the_writers_clock() -> None:
    clock = (NOW.time(), NOW.time(), NOW.time())
    person = Person(1, "Анна", "ru", "Asia/Omsk", "omsk", PersonStatus.ACTIVE, True, *clock, 1)
    ends = [closing(choice, person, NOW) for choice in ("today", "tomorrow", "days", "none")]
    assert ends == [
        datetime(2026, 9, 7, 12, tzinfo=UTC),
        datetime(2026, 9, 8, 6, tzinfo=UTC),
        datetime(2026, 9, 10, 12, tzinfo=UTC),
        None,
    ]


@given(st.lists(st.integers(1, 4000), max_size=60))
def test_every_fill_stands_on_one_screen_and_no_screen_is_too_full(sizes: list[int]) -> None:
    screens = paged((n, 1, size) for n, size in enumerate(sizes))
    assert [draft for screen in screens for draft, _ in screen] == list(range(len(sizes)))
    for screen in screens:
        assert len(screen) <= LINES
        assert len(screen) <= 1 or sum(sizes[draft] for draft, _ in screen) <= ROOM
