"""The sample is fair, the same for ever; a dispute goes to somebody else."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from domain.spot_checks import (
    NOTE_LIMIT,
    BadNote,
    CheckDecided,
    CheckState,
    OwnProof,
    SpotCheck,
    WrongReason,
    disputed,
    note_in,
    settled,
    share_of,
)

NOW = datetime(2026, 9, 7, 12, tzinfo=UTC)
POSTER, LOOKED, SECOND = 1, 2, 3


def a_check(state: CheckState = CheckState.WRONG) -> SpotCheck:
    return SpotCheck(
        5, 7, 9, POSTER, NOW, state, WrongReason.IMPRINT, "", LOOKED, NOW, NOW + timedelta(hours=3), None, None, 1
    )


@pytest.mark.parametrize("percent", [5, 10, 30])
@pytest.mark.parametrize("step", [1, 2, 7, 10, 100])
def test_whatever_the_rhythm_of_a_page_its_share_is_the_agreed_one(percent: int, step: int) -> None:
    """A page gets every `step`-th slot number."""
    chosen = sum(share_of(number) < percent for number in range(1, 20_000 * step, step))
    assert abs(chosen / 20_000 - percent / 100) < 0.01


def test_every_share_comes_up_about_as_often() -> None:
    found = Counter(share_of(number) for number in range(1, 100_001))
    assert set(found) == set(range(100))
    assert max(found.values()) < 1.2 * min(found.values())


def test_a_dispute_is_decided_by_a_second_person() -> None:
    open_ = disputed(a_check())
    assert (open_.state, open_.deadline) == (CheckState.DISPUTED, None)
    for somebody in (POSTER, LOOKED):
        with pytest.raises(OwnProof):
            settled(open_, somebody, NOW, right=True)
    assert settled(open_, SECOND, NOW, right=True).state is CheckState.RIGHT
    assert settled(open_, SECOND, NOW, right=False).state is CheckState.UPHELD


@pytest.mark.parametrize("state", [state for state in CheckState if state is not CheckState.WRONG])
def test_only_what_was_given_back_can_be_disputed(state: CheckState) -> None:
    with pytest.raises(CheckDecided):
        disputed(a_check(state))


@pytest.mark.parametrize("state", [state for state in CheckState if state is not CheckState.DISPUTED])
def test_only_a_dispute_is_settled(state: CheckState) -> None:
    with pytest.raises(CheckDecided):
        settled(a_check(state), SECOND, NOW, right=True)


def test_a_reason_is_one_line_of_some_words() -> None:
    assert note_in("  нет \n фото ") == "нет фото"
    for text in ("", " \n ", "а" * (NOTE_LIMIT + 1)):
        with pytest.raises(BadNote):
            note_in(text)
