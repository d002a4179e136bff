"""Every action that the program writes into its journal can be read in both languages."""

import pytest

from domain.corrections import CorrectionState, Wish
from domain.day_plan import Kind
from domain.drafts import Verdict
from tests.journal_actions import journalled
from texts.journal import SENTENCES
from texts.words import words_for

reading = pytest.mark.slow  # all of the program's source is parsed

PATTERNS = {
    "access.": {"grant", "decline"},
    "commit.": {"accepted", "declined", "done", "proof", "moved", "dropped"},
    "correction.": {*Wish, *(CorrectionState.DONE, CorrectionState.DECLINED)},
    "plan.": set(Kind),
}
"""What actions that are put together consist of."""


@reading
def test_every_action_in_the_code_has_words() -> None:
    found = journalled()
    made = {start + end for start, ends in PATTERNS.items() for end in ends}

    assert found.unread == set()
    assert found.patterns == set(PATTERNS)
    assert (found.actions | made) - set(SENTENCES) == set()


@reading
def test_nothing_else_has_words() -> None:
    """A sentence nobody can read any more is one that a rename left behind."""
    found = journalled()
    made = {start + end for start, ends in PATTERNS.items() for end in ends}

    assert {key.partition(":")[0] for key in SENTENCES} - found.actions - made == set()


@reading
def test_the_reader_of_the_code_finds_what_it_should() -> None:
    """Literals, constants, helpers' parameters, aliases of modules, choices between two."""
    found = journalled().actions

    assert {
        "draft_submit",
        "draft_decide",
        "export_made",
        "post.again",
        "post.left",
        "recall.begun",
        "evidence",
    } <= found
    assert len(found) > 130


def test_every_verdict_has_a_sentence_of_its_own() -> None:
    assert {f"draft_decide:{verdict}" for verdict in Verdict} <= set(SENTENCES)


def test_no_two_actions_read_the_same() -> None:
    words = words_for("ru")
    told = [words(sentence, who="Анна", n=2, figures="340 лайков") for sentence in SENTENCES.values()]  # texts: dynamic

    assert len(set(told)) == len(told)
