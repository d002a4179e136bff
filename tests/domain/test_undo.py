"""Who may take which decision back, and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.drafts import Decision, Draft, DraftState, Verdict
from domain.ports.drafts import DraftSheet
from domain.undo import CannotUndo, TooLate, ensure_undoable, may_undo

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
UNTIL = NOW + timedelta(seconds=60)
BORIS, VERA = 2, 3


def made(by: int, verdict: Verdict = Verdict.APPROVE, turn: int = 1) -> Decision:
    return Decision(1, 1, by, {BORIS: "Борис", VERA: "Вера"}[by], verdict, None, "", NOW, UNTIL, turn)


def a_sheet(state: DraftState, *decisions: Decision) -> DraftSheet:
    draft = Draft(1, 1, "kazan", state, 1, "Текст", (), (), "", NOW, NOW, NOW, turns=len(decisions))
    return DraftSheet(draft, "Анна", "Europe/Moscow", (), decisions)


def why_not(sheet: DraftSheet, person: int, at: datetime = NOW, version: int = 1) -> TooLate | None:
    """The two questions that the same rule answers must agree."""
    try:
        ensure_undoable(sheet, person, version, at)
    except CannotUndo as error:
        if version == sheet.draft.version:
            assert not may_undo(sheet, person, at)
        return error.why
    assert may_undo(sheet, person, at)
    return None


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.APPROVE, DraftState.APPROVED),
        (Verdict.RETURN, DraftState.RETURNED),
        (Verdict.REJECT, DraftState.REJECTED),
        (Verdict.APPROVE, DraftState.SUBMITTED),
    ],
)
def test_whoever_decided_may_undo_until_the_last_moment_and_nobody_else(verdict: Verdict, state: DraftState) -> None:
    sheet = a_sheet(state, made(BORIS, verdict))
    assert why_not(sheet, BORIS, UNTIL - timedelta(microseconds=1)) is None
    assert why_not(sheet, BORIS, UNTIL) is TooLate.TIME
    assert why_not(sheet, VERA) is TooLate.NOT_THEIRS


def test_a_first_approval_stands_once_somebody_has_followed_and_the_second_may_be_undone() -> None:
    sheet = a_sheet(DraftState.APPROVED, made(BORIS), made(VERA, turn=2))
    assert why_not(sheet, BORIS) is TooLate.OTHER
    assert why_not(sheet, VERA) is None


def test_what_the_author_goes_on_with_is_not_undone() -> None:
    returned = made(BORIS, Verdict.RETURN)
    assert why_not(a_sheet(DraftState.WITHDRAWN, returned), BORIS) is TooLate.AUTHOR
    sheet = a_sheet(DraftState.SUBMITTED)
    assert why_not(replace(sheet, draft=replace(sheet.draft, version=2)), BORIS) is TooLate.AUTHOR
    assert why_not(sheet, BORIS) is TooLate.NOT_THEIRS


def test_what_was_decided_without_an_undo_or_has_settled_stands() -> None:
    sheet = a_sheet(DraftState.APPROVED, replace(made(BORIS), undo_until=None))
    assert why_not(sheet, BORIS) is TooLate.TIME
    settled = a_sheet(DraftState.APPROVED, made(BORIS))
    assert why_not(replace(settled, draft=replace(settled.draft, settled_at=NOW)), BORIS) is TooLate.TIME
