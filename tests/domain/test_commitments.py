"""Commitments: reading a line, who may be late, and when reminders come."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from domain import commitments as rules
from domain.commitments import (
    BadReasonGiven,
    Commitment,
    CommitmentChanged,
    CommitmentState,
    DueDayBad,
    SameDay,
    Step,
    next_step,
)
from domain.people import Person, PersonStatus
from domain.typed_commitments import Line, Somebody, read_line, take_day

TODAY = date(2026, 9, 7)
DUE = date(2026, 9, 10)
ANNA = Person(1, "Аня", "ru", "Europe/Moscow", "kazan", PersonStatus.ACTIVE, True, time(9), time(22), time(8), 1)
ONE = Commitment(
    3, "найти зал", "kazan", "", 1, 2, CommitmentState.OPEN, DUE, DUE, "", "", None, datetime(2026, 9, 1, tzinfo=UTC), 4
)
PEOPLE = [Somebody(1, "Аня Петрова", "anya"), Somebody(2, "Борис"), Somebody(3, "Аня Лис")]
REGIONS = {"kazan": "Казань", "omsk": "Омск"}
PAGES = {"vk-kazan": "VK Казань"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("открыть группу в Арске до 15.10 @Борис", Line("открыть группу в Арске", date(2026, 10, 15), "Борис", (2,), "", "")),
        ("@Аня Петрова до пятницы сдать отчёт", Line("сдать отчёт", date(2026, 9, 11), "Аня Петрова", (1,), "", "")),
        ("сдать отчёт @Аня", Line("сдать отчёт", None, "Аня", (1, 3), "", "")),
        ("сдать отчёт @anya к 20 октября", Line("сдать отчёт", date(2026, 10, 20), "anya", (1,), "", "")),
        ("Open a group for Омск by Friday", Line("Open a group for Омск", date(2026, 9, 11), "", (), "omsk", "")),
        ("100 постов на VK Казань до 1 октября", Line("100 постов на VK Казань", date(2026, 10, 1), "", (), "", "vk-kazan")),
        ("позвать 5 авторов @Вера", Line("позвать 5 авторов", None, "Вера", (), "", "")),
        ("с 10.09 по 12.09 смена, отчёт до 15.09", Line("с 10.09 по 12.09 смена, отчёт", date(2026, 9, 15), "", (), "", "")),
    ],
)  # fmt: skip
def test_a_line_is_read_by_parts(text: str, expected: Line) -> None:
    assert read_line(text, TODAY, PEOPLE, REGIONS, PAGES) == expected


def test_a_line_without_a_day_stays_as_it_is() -> None:
    assert take_day("версия 2.0 без срока", TODAY) == ("версия 2.0 без срока", None)


def test_late_is_open_and_past_its_day() -> None:
    assert not ONE.is_late(DUE)
    assert ONE.is_late(date(2026, 9, 11))
    assert not rules.done(ONE, 4, DUE).is_late(date(2026, 9, 20))
    assert not replace(ONE, state=CommitmentState.ASKED).is_late(date(2026, 9, 20))


def test_a_move_needs_another_day_that_lies_ahead_and_a_reason_is_needed_to_give_up() -> None:
    later = rules.moved(ONE, 4, date(2026, 9, 15), TODAY)
    assert (later.due, later.first_due, later.moved) == (date(2026, 9, 15), DUE, True)
    with pytest.raises(SameDay):
        rules.moved(ONE, 4, DUE, TODAY)
    for day in (date(2026, 9, 6), date(2028, 1, 1)):
        with pytest.raises(DueDayBad):
            rules.moved(ONE, 4, day, TODAY)
    with pytest.raises(BadReasonGiven):
        rules.dropped(ONE, 4, "  ", TODAY)


def test_what_was_seen_before_a_change_settles_nothing() -> None:
    with pytest.raises(CommitmentChanged):
        rules.done(ONE, 3, TODAY)
    with pytest.raises(CommitmentChanged):
        rules.done(replace(ONE, state=CommitmentState.DROPPED), 4, TODAY)
    with pytest.raises(CommitmentChanged):
        rules.answered(ONE, 4, TODAY, yes=True)


def test_reminders_come_on_the_eve_on_the_day_and_the_day_after_in_the_persons_morning() -> None:
    now, found = datetime(2026, 9, 7, 12, tzinfo=UTC), []
    while (step := next_step(DUE, ANNA, (), now)) is not None:
        found.append((step[0], step[1].isoformat()))
        now = step[1]
    assert found == [
        (Step.EVE, "2026-09-09T06:00:00+00:00"),
        (Step.DAY, "2026-09-10T06:00:00+00:00"),
        (Step.AFTER, "2026-09-11T06:00:00+00:00"),
    ]


def test_on_a_day_off_nobody_is_reminded_the_eve_moves_to_the_day_of_work_before_it() -> None:
    off, now = {date(2026, 9, 9), DUE}, datetime(2026, 9, 7, 12, tzinfo=UTC)
    eve = next_step(DUE, ANNA, off, now)
    assert eve == (Step.EVE, datetime(2026, 9, 8, 6, tzinfo=UTC))
    assert next_step(DUE, ANNA, off, eve[1]) == (Step.AFTER, datetime(2026, 9, 11, 6, tzinfo=UTC))


def test_a_promise_for_today_written_at_noon_is_asked_about_tomorrow() -> None:
    step = next_step(TODAY, ANNA, (), datetime(2026, 9, 7, 9, tzinfo=UTC))
    assert step == (Step.AFTER, datetime(2026, 9, 8, 6, tzinfo=UTC))
