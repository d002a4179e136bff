"""The steps of a recall."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.recalls import (
    Recall,
    RecallChanged,
    RecallKind,
    RecallReason,
    RecallState,
    RecallTask,
    RecallTaskClosed,
    SameText,
    TaskState,
    chase_moments,
    closed,
    corrected,
    ensure_seen,
    opened,
)

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
WRITING = Recall(
    1, 12, RecallKind.CORRECT, RecallState.WRITING, RecallReason.OTHER, "", "Лучше", 7, NOW, None, None, None, None, 3
)


def a_task(state: TaskState) -> RecallTask:
    return RecallTask(1, 1, 5, 9, state, "https://vk.com/wall-1_1", "", "", None, None, 1)


@pytest.mark.parametrize("text", ["", "  \n", "Было", " Было\n"])
def test_a_correction_that_changes_nothing_is_refused(text: str) -> None:
    with pytest.raises(SameText):
        corrected(WRITING, text, "Было")


def test_only_what_is_being_written_can_be_written_anew() -> None:
    with pytest.raises(RecallChanged):
        corrected(replace(WRITING, state=RecallState.OPEN), "Иначе", "Было")


@pytest.mark.parametrize(("version", "state"), [(2, RecallState.WAITING), (3, RecallState.OPEN)])
def test_a_yes_holds_for_one_version_in_one_state(version: int, state: RecallState) -> None:
    with pytest.raises(RecallChanged):
        ensure_seen(replace(WRITING, state=RecallState.WAITING), version, state)


def test_the_time_begins_when_people_are_asked() -> None:
    declared = replace(WRITING, declared_at=NOW - HOUR)
    assert opened(declared, NOW, 3 * HOUR).declared_at == NOW - HOUR
    assert opened(WRITING, NOW, 3 * HOUR).deadline == NOW + 3 * HOUR


@pytest.mark.parametrize(
    ("hours", "chased"), [(3, [0.5, 2, 3]), (2, [0.5, 2]), (1, [0.5, 1]), (0.25, [0.25]), (24, [0.5, 2, 24])]
)
def test_those_outstanding_are_chased_up_to_the_deadline(hours: float, chased: list[float]) -> None:
    assert chase_moments(NOW, NOW + hours * HOUR) == tuple(NOW + hour * HOUR for hour in chased)


def test_a_word_is_less_than_a_proof() -> None:
    said = closed(a_task(TaskState.OPEN), TaskState.SAID, NOW)
    assert closed(said, TaskState.DONE, NOW).state is TaskState.DONE
    with pytest.raises(RecallTaskClosed):
        closed(said, TaskState.SAID, NOW)


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED])
def test_what_is_closed_stays_closed(state: TaskState) -> None:
    with pytest.raises(RecallTaskClosed):
        closed(a_task(state), TaskState.DONE, NOW)
