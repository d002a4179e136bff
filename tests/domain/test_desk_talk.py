"""The rules of the talk at the desk: claims, comments, second opinions, wordings, patterns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.appeals import Appeal, NothingToAppeal, appealed, first_decision, others
from domain.claims import Claim, Claimed, ensure_free
from domain.comments import COMMENT_LIMIT, CommentTooLong, NoMoreComments, checked, ensure_talk
from domain.drafts import OPEN_STATES, Decision, Draft, DraftState, Reason, TooLong, Variant, Verdict, with_content
from domain.edits import BoldWords, Edit, NothingChanged, OwnTextsOnly, OwnWordsOnly, edited, may_edit
from domain.lanes import Lane
from domain.patterns import Outcome, Pattern, pattern_of
from domain.people import Role
from domain.platforms import Platform
from tests.domain.test_drafts import DRAFT, MINE, VK, actor

NOW = datetime(2026, 9, 27, 15, tzinfo=UTC)
WAITING = replace(DRAFT, state=DraftState.SUBMITTED)


def draft(state: DraftState, version: int = 1) -> Draft:
    return replace(DRAFT, state=state, version=version)


def decision(verdict: Verdict, by: int = 2) -> Decision:
    return Decision(1, 1, by, "Борис", verdict, None, "", NOW)


def test_a_claim_holds_back_others_only_and_only_until_its_end() -> None:
    claim = Claim(2, "Борис", NOW + timedelta(minutes=15))
    ensure_free(claim, 2, "UTC", NOW)
    ensure_free(claim, 3, "UTC", NOW + timedelta(minutes=15))
    with pytest.raises(Claimed) as refused:
        ensure_free(claim, 3, "UTC", NOW + timedelta(minutes=14, seconds=59))
    assert (refused.value.name, refused.value.until) == ("Борис", claim.until)


def test_a_comment_has_at_most_500_characters_without_the_space_around() -> None:
    assert checked(f"  {'я' * COMMENT_LIMIT}\n") == "я" * COMMENT_LIMIT
    with pytest.raises(CommentTooLong):
        checked("я" * (COMMENT_LIMIT + 1))


@pytest.mark.parametrize("state", list(DraftState))
def test_an_open_draft_is_talked_over_and_a_closed_one_is_not(state: DraftState) -> None:
    about = draft(state=state)
    if state in OPEN_STATES:
        ensure_talk(about)
    else:
        with pytest.raises(NoMoreComments):
            ensure_talk(about)


# --- second opinions -------------------------------------------------------------------------------------------------


def test_an_appealed_draft_waits_again_with_the_same_content_as_the_next_version() -> None:
    no = replace(draft(state=DraftState.REJECTED), settled_at=NOW)
    anew = appealed(no, NOW, NOW + timedelta(hours=3))
    assert (anew.state, anew.version, anew.text, anew.settled_at) == (DraftState.SUBMITTED, 2, no.text, None)


def test_only_the_newest_no_can_be_appealed() -> None:
    no, yes = decision(Verdict.REJECT), decision(Verdict.APPROVE, by=3)
    assert first_decision(draft(state=DraftState.REJECTED), 1, [yes, no]) == no
    for about, made in (
        (draft(state=DraftState.REJECTED, version=2), [no]),
        (draft(state=DraftState.APPROVED), [yes]),
        (WAITING, [no]),
        (draft(state=DraftState.RETURNED), []),
    ):
        with pytest.raises(NothingToAppeal):
            first_decision(about, 1, made)


def test_whoever_gave_the_first_opinion_is_not_asked_for_the_second() -> None:
    first, second = [actor(number, (Role.PRESS_SECRETARY, "kazan")) for number in (1, 2)]
    assert others([first, second], None) == [first, second]
    assert others([first, second], Appeal(12, 1, 2, first.id, NOW)) == [second]


# --- wordings --------------------------------------------------------------------------------------------------------


def test_an_edit_is_the_next_version_in_the_editors_name() -> None:
    new = edited(WAITING, [VK], "Иначе", 7, NOW)
    assert (new.text, new.version, new.edited_by, new.state) == ("Иначе", 2, 7, DraftState.SUBMITTED)
    assert with_content(new, "Снова по-своему", (), NOW).edited_by is None


def test_an_edit_is_refused_where_it_says_nothing_does_not_fit_or_is_not_the_editors_to_make() -> None:
    bold = replace(VK, lane=Lane.BOLD)
    for pages, text, error in (
        ([VK], WAITING.text, NothingChanged),
        ([VK], "я" * 20_000, TooLong),
        ([VK, MINE], "Иначе", OwnWordsOnly),
        ([VK, bold], "Иначе", BoldWords),
    ):
        with pytest.raises(error):
            edited(WAITING, pages, text, 7, NOW)
    assert may_edit(WAITING, [VK])
    assert not may_edit(WAITING, [VK, MINE])


def test_a_text_that_nobody_reads_is_not_worded_anew() -> None:
    own = replace(WAITING, variants=(Variant(VK.platform, "Иначе"),))
    elsewhere = replace(VK, code="ok", platform=Platform.OK)
    assert may_edit(own, [VK, elsewhere])
    assert not may_edit(own, [VK])
    with pytest.raises(OwnTextsOnly):
        edited(own, [VK], "Ещё иначе", 7, NOW)


def test_a_button_belongs_to_one_wording() -> None:
    first = Edit(1, 2, 1, "Так", NOW)
    assert first.mark == replace(first, at=NOW + timedelta(1)).mark != replace(first, text="Иначе").mark


# --- patterns --------------------------------------------------------------------------------------------------------


def outcome(
    number: int, verdict: Verdict, reason: Reason | None = None, *, days: float = 1, version: int = 1
) -> Outcome:
    """`days` ago."""
    return Outcome(number, version, verdict, reason, NOW - timedelta(days=days))


def test_less_than_three_decided_versions_say_nothing() -> None:
    two = [outcome(1, Verdict.APPROVE), outcome(2, Verdict.APPROVE)]
    assert pattern_of(two, NOW) is None
    assert pattern_of([*two, outcome(2, Verdict.APPROVE)], NOW) is None  # the second of two approvals
    assert pattern_of([*two, outcome(3, Verdict.APPROVE, days=29)], NOW) is None  # too long ago
    assert pattern_of([*two, outcome(3, Verdict.APPROVE)], NOW) == Pattern(3, 3, 0, 0, 0)


def test_a_draft_counts_once_by_how_it_ended() -> None:
    made = [
        outcome(1, Verdict.APPROVE),
        outcome(2, Verdict.RETURN, Reason.FACTS, days=3),
        outcome(2, Verdict.RETURN, Reason.FACTS, days=2, version=2),
        outcome(2, Verdict.APPROVE, version=3),
        outcome(3, Verdict.REJECT, Reason.TONE),
        outcome(4, Verdict.RETURN, Reason.PICTURE),
    ]
    assert pattern_of(made, NOW) == Pattern(4, 1, 1, 1, 1, Reason.FACTS, 2)


def test_what_became_better_is_said() -> None:
    before = [
        outcome(1, Verdict.RETURN, Reason.FACTS, days=20),
        outcome(1, Verdict.APPROVE, days=19, version=2),
        outcome(2, Verdict.RETURN, Reason.FACTS, days=18),
        outcome(2, Verdict.APPROVE, days=17, version=2),
    ]
    lately = [outcome(n, Verdict.APPROVE, days=n / 2) for n in range(3, 6)]
    found = pattern_of([*before, *lately], NOW)
    assert found is not None
    assert (found.before, found.lately, found.better) == ((0, 2), (3, 3), True)
    still = pattern_of([*before, outcome(9, Verdict.REJECT, Reason.FACTS)], NOW)
    assert still is not None
    assert (still.gone, still.better) == (None, False)


def test_a_habit_that_was_left_is_said() -> None:
    habit = [outcome(n, Verdict.RETURN, Reason.TOO_LONG, days=20) for n in (1, 2)]
    lately = [outcome(3, Verdict.REJECT, Reason.TONE)]
    found = pattern_of([*habit, *lately], NOW)
    assert found is not None
    assert found.gone is Reason.TOO_LONG
