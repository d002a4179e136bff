"""Rubrics: how much of each is wanted, and what lacks most."""

from dataclasses import replace

import pytest

from domain.drafts import DraftClosed, DraftState
from domain.rubrics import Rubric, most_lacking, needs, of_pages, with_rubric
from tests.domain.test_drafts import DRAFT

HISTORY, DEEDS, PEOPLE = (
    Rubric("history", "Local history", "История края", 20, 0),
    Rubric("deeds", "What was done", "Что сделано", 40, 1),
    Rubric("people", "People", "Люди", 20, 2),
)


def test_what_lacks_most_comes_first_and_nothing_is_lacking_beyond_its_share() -> None:
    found = needs((HISTORY, DEEDS, PEOPLE), {"history": 1, "deeds": 9, "": 7}, 20)
    assert [(n.rubric.code, n.have, n.wanted, n.lacking) for n in found] == [
        ("people", 0, 4, 4),
        ("history", 1, 4, 3),
        ("deeds", 9, 8, 0),
    ]
    assert [n.rubric.code for n in most_lacking(found)] == ["people", "history"]


def test_without_any_post_nothing_is_wanted_and_the_order_is_the_plans() -> None:
    found = needs((HISTORY, DEEDS, PEOPLE), {}, 0)
    assert [n.rubric.code for n in found] == ["history", "deeds", "people"]
    assert most_lacking(found) == ()


def test_a_rubric_is_chosen_only_while_it_is_the_authors_turn() -> None:
    assert with_rubric(DRAFT, "deeds").rubric == "deeds"
    with pytest.raises(DraftClosed):
        with_rubric(replace(DRAFT, state=DraftState.SUBMITTED), "deeds")


def test_a_page_s_own_mix_wins_against_the_plans_shares() -> None:
    own = {"people": 60}
    assert of_pages((HISTORY, DEEDS, PEOPLE), [None, None]) == (HISTORY, DEEDS, PEOPLE)
    assert [one.share for one in of_pages((HISTORY, DEEDS, PEOPLE), [own])] == [0, 0, 60]
    assert [one.share for one in of_pages((HISTORY, DEEDS, PEOPLE), [own, None])] == [10, 20, 40], "half and half"
