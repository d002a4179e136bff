"""The ladder by page and person, snoozing, and how few reminders a day there are."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reminders import reminders
from domain import ladder
from domain.availability import Availability
from domain.ladder import BadTime, LongText, PageLadder, Step
from domain.people import Person, PersonStatus
from domain.plan import Assignment, AssignmentState
from domain.planning import PlanRules
from domain.reminders import MOMENTS, may_remind, may_wait, moments, snoozes

AT = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 10:30 in Moscow
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)
ANNA = Person(
    1, "Anna", "en", "Europe/Moscow", "kazan", PersonStatus.ACTIVE, True, time(9), time(22), time(8), version=1
)
OPEN = Assignment(1, 1, 1, AT, AssignmentState.ASSIGNED, substitute=False, version=1)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


# --- the ladder of a page ----------------------------------------------------------------------------------------------


def test_the_persons_own_lead_wins_over_the_pages_and_that_over_the_campaigns() -> None:
    page = PageLadder("vk", lead=minutes(45))
    assert ladder.rungs(RULES, None, None).lead == minutes(30)
    assert ladder.rungs(RULES, page, Availability(1)).lead == minutes(45)
    assert ladder.rungs(RULES, page, Availability(1, lead=minutes(120))).lead == minutes(120)


def test_the_press_secretary_never_hears_before_a_substitute_is_asked() -> None:
    own = ladder.rungs(RULES, PageLadder("vk", substitute_after=minutes(90)), None)
    assert (own.substitute_after, own.press_after) == (minutes(90), minutes(90))


def test_a_page_can_do_without_steps() -> None:
    own = ladder.rungs(RULES, PageLadder("vk", off=frozenset({Step.BEFORE, Step.SUBSTITUTE})), None)
    assert ladder.first(AT, AT - minutes(60), own) is Step.AT
    assert ladder.following(Step.AT, own.steps_off) is Step.PRESS
    assert ladder.first(AT, AT, ladder.rungs(RULES, PageLadder("vk", off=frozenset(Step)), None)) is None


def test_a_reminder_that_falls_into_quiet_hours_comes_at_their_end() -> None:
    early = datetime(2026, 9, 7, 5, 10, tzinfo=UTC)  # 08:10, quiet until 08:00
    assert ladder.due(Step.BEFORE, early, RULES, ANNA) == early - minutes(10)
    in_the_night = datetime(2026, 9, 7, 4, 50, tzinfo=UTC)  # 07:50: there is no such moment before it
    assert ladder.due(Step.BEFORE, in_the_night, RULES, ANNA) == in_the_night - minutes(30)


def test_a_time_is_set_and_a_step_comes_back_with_it() -> None:
    page = PageLadder("vk", off=frozenset({Step.PRESS}))
    changed = page.with_time(Step.PRESS, minutes(90))
    assert (changed.press_after, changed.off) == (minutes(90), frozenset())
    assert changed.with_time(Step.PRESS, None).is_usual
    assert page.with_time(Step.AT, None).off == {Step.PRESS}


@pytest.mark.parametrize("wrong", [0, 4, 721, -10])
def test_no_reminder_is_too_near_or_too_far(wrong: int) -> None:
    with pytest.raises(BadTime):
        PageLadder("vk").with_time(Step.BEFORE, minutes(wrong))


def test_a_line_of_its_own_is_one_line_and_short() -> None:
    assert PageLadder("vk").saying(" Thank\nthem  all ").text == "Thank them all"
    assert PageLadder("vk").saying("я" * 200).text == "я" * 200
    with pytest.raises(LongText):
        PageLadder("vk").saying("я" * 201)


# --- later -------------------------------------------------------------------------------------------------------------


def test_one_can_wait_until_just_before_somebody_else_is_asked() -> None:
    until = AT + minutes(20)
    assert may_wait(until, AT + minutes(19))
    assert not may_wait(until, until)
    assert not may_wait(None, AT)


def test_only_what_is_possible_is_offered() -> None:
    until = AT + minutes(20)
    assert snoozes([until], AT - minutes(60)) == [minutes(15), minutes(60)]
    assert snoozes([until], AT) == [minutes(15)]
    assert snoozes([until], AT + minutes(6)) == []
    assert snoozes([None], AT) == []


@given(st.integers(-30, 900), st.integers(0, 900))
def test_moments_to_choose_lie_ahead_and_before_that(until: int, now: int) -> None:
    at, last = AT + minutes(now), AT + minutes(until)
    found = moments([last, None], at)
    assert len(found) <= MOMENTS
    assert all(at < one <= last - minutes(1) and one.minute % 15 == 0 for one in found)
    assert bool(found) == any(
        may_wait(last, one) for one in (at.replace(minute=0) + minutes(15 * n) for n in range(70)) if one > at
    )


# --- few a day -----------------------------------------------------------------------------------------------------------


def test_the_reminder_at_its_moment_goes_before_all_others() -> None:
    assert may_remind(5, 6, Step.AT, OPEN, to_come=4)
    assert not may_remind(6, 6, Step.AT, OPEN, to_come=0)
    assert not may_remind(5, 6, Step.BEFORE, OPEN, to_come=1)
    accepted = replace(OPEN, accepted_at=AT)
    assert not may_remind(5, 6, Step.AT, accepted, to_come=1)
    assert may_remind(5, 6, Step.AT, accepted, to_come=0)


@given(st.integers(1, 8), st.lists(st.booleans(), max_size=12))
def test_whatever_comes_first_there_are_never_more_than_the_limit_and_moments_are_kept_free(
    limit: int, accepted: list[bool]
) -> None:
    """Posts one after the other, each with a reminder before and one at its moment."""
    told, at_moments = 0, 0
    for number, yes in enumerate(accepted):
        post = replace(OPEN, accepted_at=AT if yes else None)
        later = sum(not other for other in accepted[number + 1 :])
        own = 0 if yes else 1
        for step, to_come in ((Step.BEFORE, later + own), (Step.AT, later)):
            if may_remind(told, limit, step, post, to_come):
                told += 1
                at_moments += step is Step.AT and not yes
    assert told <= limit
    assert at_moments == min(limit, sum(not yes for yes in accepted))


# --- all of it, for two days around each change of the clocks --------------------------------------------------------------


@pytest.mark.slow
def test_over_both_clock_changes_reminders_are_in_time_and_none_comes_twice_or_at_night() -> None:
    found = reminders(days=2, regions=1)
    assert found["sent"] == found["due"] > 50
    assert found["late_p99_s"] <= 60
    none = ("twice", "to_wrong_person", "in_quiet_hours", "over_limit")
    assert {name: found[name] for name in none} == dict.fromkeys(none, 0)
    assert found["failures"] == []
