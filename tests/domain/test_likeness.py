"""Own words: a rewritten text is recognised, an honest one is left alone."""

from typing import Any

import pytest

from bench.likeness import AGREE, FALSE_ALARMS, RECALL, fit, halves, measure, rewritten, search
from bench.rewriting import KINDS
from domain.likeness import (
    CLOSE_FROM,
    COPY_FROM,
    SIGNATURE_LENGTH,
    Closeness,
    candidates,
    likeness,
    prepared,
    signature,
    verdict,
)

MINE = "В субботу убирали берег Казанки. Собрали сто мешков мусора, нашли два велосипеда и диван. Спасибо всем, кто пришёл!"
YOURS = "Три часа, грязные сапоги и прекрасное настроение. Столько стекла у воды я ещё не видел, дочка была в ужасе."
IMPRINT = "Оплачено из избирательного фонда кандидата Беловой"


def like(a: str, b: str, *imprints: str) -> float:
    return likeness(prepared(a, imprints=imprints), prepared(b, imprints=imprints))


@pytest.fixture(scope="module")
def held_out() -> dict[str, Any]:
    """The figures of the topics that the thresholds were not fitted on."""
    return measure(halves()[1], CLOSE_FROM, COPY_FROM, times=1)


def test_the_corpus_is_large_enough() -> None:
    topics = [topic for half in halves() for topic in half]
    assert sum(topic.language == "ru" for topic in topics) >= 40
    assert sum(topic.language == "en" for topic in topics) >= 25
    assert {len(topic.texts) for topic in topics} == {3}
    assert all(150 <= len(text) <= 450 for topic in topics for text in topic.texts)
    assert len({text for topic in topics for text in topic.texts}) == 3 * len(topics)
    assert len(KINDS) >= 10


def test_every_kind_changes_nearly_every_text() -> None:
    pairs = list(rewritten(halves()[1]))
    for kind in KINDS:
        changed = [pair.a != pair.b for pair in pairs if pair.kind == kind]
        assert sum(changed) >= 0.7 * len(changed), kind


def test_the_constants_are_what_the_other_half_of_the_topics_gives() -> None:
    close, copy = fit(halves()[0])
    assert abs(close - CLOSE_FROM) <= AGREE
    assert abs(copy - COPY_FROM) <= AGREE


def test_rewritten_texts_are_recognised_on_the_held_out_half(held_out: dict[str, Any]) -> None:
    for figures in (held_out, *held_out["languages"].values()):
        assert figures["recall"] >= RECALL
        assert figures["recall_refuse_only"] >= 0.98
    assert min(kind["recall"] for kind in held_out["recall_by_kind"].values()) >= 0.98
    assert held_out["recall_of_equality"] < 0.05  # what was there before


def test_honest_texts_are_left_alone_on_the_held_out_half(held_out: dict[str, Any]) -> None:
    for figures in (held_out, *held_out["languages"].values()):
        assert figures["false_alarms"] <= FALSE_ALARMS
        assert figures["false_refusals"] == 0
    assert all(share <= FALSE_ALARMS for share in held_out["false_alarms_by_kind"].values())


def test_copies_are_found_among_other_texts_by_their_signatures() -> None:
    found = search(*halves(), close=CLOSE_FROM, earlier=1000, tries=40)
    assert found["found"] >= RECALL
    assert found["compared_mean"] < 20


def test_a_text_is_like_itself_and_unlike_another() -> None:
    assert like(MINE, MINE) == 1
    assert verdict(like(MINE, MINE)) is Closeness.COPY
    assert verdict(like(MINE, YOURS)) is Closeness.OWN
    assert like(MINE, YOURS) == like(YOURS, MINE)


def test_the_classes_begin_at_their_thresholds() -> None:
    assert [verdict(score) for score in (0, CLOSE_FROM - 0.01, CLOSE_FROM, COPY_FROM - 0.01, COPY_FROM, 1)] == [
        Closeness.OWN,
        Closeness.OWN,
        Closeness.CLOSE,
        Closeness.CLOSE,
        Closeness.COPY,
        Closeness.COPY,
    ]


@pytest.mark.parametrize("nothing", ["", " \n", "🔥🔥🔥", "#казань #субботник", "https://vk.com/wall-1_2 @stab", "..."])
def test_what_holds_no_words_is_like_nothing_not_even_itself(nothing: str) -> None:
    """Two people may post a picture with the same hashtags."""
    assert like(nothing, nothing) == 0
    assert like(nothing, MINE) == 0
    assert candidates(signature(prepared(nothing)), [signature(prepared(MINE)), ()]) == []


def test_texts_under_six_words_are_alike_only_when_equal() -> None:
    assert like("С праздником, дорогие соседи!", "с праздником дорогие соседи 🎉") == 1
    assert like("С праздником, дорогие соседи!", "С праздником вас, соседи!") == 0
    assert like("Собрали сто мешков мусора", MINE) == 0


def test_the_same_imprint_quotation_links_and_hashtags_do_not_make_texts_alike() -> None:
    shared = f"«Вместе мы сделаем наш район удобным для каждого» #белова https://ok.ru/group/7 @stab\n{IMPRINT}"
    assert like(f"{MINE}\n{shared}", f"{YOURS}\n{shared.upper()}", IMPRINT) < CLOSE_FROM
    assert like(f"{MINE}\n{shared}", MINE, IMPRINT) == 1


def test_a_text_that_is_all_quotation_is_compared_whole() -> None:
    """Quotation marks around everything must not hide a copy."""
    assert like(f"«{MINE}»", MINE) == 1
    assert like(f"«{MINE}»", f'"{MINE}"') == 1


def test_both_languages_may_stand_in_one_text() -> None:
    english = "On Saturday we cleaned the river bank and filled a hundred bags, then found a sofa in the reeds."
    both = f"{MINE}\n\n{english}"
    assert verdict(like(both, MINE)) is Closeness.COPY
    assert verdict(like(both, english)) is Closeness.COPY
    assert verdict(like(english, MINE)) is Closeness.OWN


def test_a_paragraph_taken_over_is_recognised_but_a_long_text_is_not_like_every_short_one() -> None:
    topics = [topic for topic in halves()[0] if topic.language == "ru"]
    long = " ".join(topic.texts[0] for topic in topics)
    assert verdict(like(topics[3].texts[0], long)) is Closeness.COPY
    assert verdict(like(topics[3].texts[1], long)) is Closeness.OWN


def test_invisible_signs_and_letters_of_the_other_alphabet_change_nothing() -> None:
    disguised = MINE.replace("о", "o").replace("С", "C").replace("а", "а\u0301").replace("р", "р\u00ad\u200b")
    assert disguised != MINE
    assert like(disguised, MINE) == 1
    assert like("Ещё зелёная ёлка стоит посреди нашего двора", "Еще зеленая елка стоит посреди нашего двора") == 1


def test_a_signature_is_short_and_does_not_change_between_runs() -> None:
    marks = signature(prepared(MINE))
    assert len(marks) == SIGNATURE_LENGTH
    assert all(0 <= mark < 2**32 for mark in marks)
    assert marks[:2] == (270697729, 292249628)
