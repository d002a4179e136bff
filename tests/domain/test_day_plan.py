"""Changing a day by hand: moments, people, and that a change and its undoing are each other's inverse."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import day_plan
from domain.availability import Availability
from domain.away import Absence
from domain.day_plan import (
    REASON_LIMIT,
    UNDO_FOR,
    BadClock,
    BadReason,
    Change,
    ChangeStands,
    Doubt,
    Kind,
    SlotSettled,
    Standing,
    Text,
    UrgentPlace,
)
from domain.day_plan_moments import SUGGESTED, doubts, moment_of, parse_clock, suggestions
from domain.day_plan_people import Why, candidate, in_order
from domain.norms import Norm, Window
from domain.people import Person, PersonStatus
from domain.plan import OPEN_ASSIGNMENTS, Assignment, AssignmentState, Excuse, Slot, SlotState
from domain.planning import Asked

MONDAY = date(2026, 9, 7)
MOSCOW, VLADIVOSTOK, BERLIN = "Europe/Moscow", "Asia/Vladivostok", "Europe/Berlin"
AT = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 10:30 in Moscow
NOW = AT - timedelta(hours=3)
NORM = Norm("vk", (2,) * 7, (Window(time(9), time(12)), Window(time(18), time(21))), 120, 3)


def slot(number: int = 1, state: SlotState = SlotState.FILLED, **more: object) -> Slot:
    draft, version = (12, 1) if state is SlotState.FILLED else (None, None)
    made = Slot(number, "vk", MONDAY, AT, state, None, draft, version, None, 4)
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def given_to(
    person: int, number: int = 7, of: int = 1, state: AssignmentState = AssignmentState.ASSIGNED
) -> Assignment:
    return Assignment(number, of, person, AT, state, False, 2, AT - timedelta(hours=1))


def person(number: int = 1, zone: str = MOSCOW, *, quiet: tuple[int, int] = (22, 8), reachable: bool = True) -> Person:
    ends = (time(quiet[0]), time(quiet[1]))
    return Person(number, f"p{number}", "ru", zone, "kazan", PersonStatus.ACTIVE, reachable, time(8), *ends, 1)


# -- moments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("18:40", time(18, 40)),
        ("18.40", time(18, 40)),
        (" в 18 40 ", time(18, 40)),
        ("at 7:05", time(7, 5)),
        ("На 9", time(9)),
        ("18 : 40", time(18, 40)),
        ("0:00", time(0)),
    ],
)
def test_an_hour_is_read_as_people_type_it(typed: str, clock: time) -> None:
    assert parse_clock(typed) == clock


@pytest.mark.parametrize("typed", ["", "24:00", "18:60", "после обеда", "1840", "18:4", "18:40 завтра", "-5", "٣:٤٠:٠"])
def test_what_is_no_hour_of_the_day_is_refused(typed: str) -> None:
    with pytest.raises(BadClock):
        parse_clock(typed)


def test_an_hour_is_of_the_pages_own_clock_and_one_that_the_clock_skips_does_not_exist() -> None:
    assert moment_of(MONDAY, time(18, 40), VLADIVOSTOK) == datetime(2026, 9, 7, 8, 40, tzinfo=UTC)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    with pytest.raises(BadClock):
        moment_of(spring, time(2, 30), BERLIN)
    assert moment_of(autumn, time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "the first of the two"


def test_the_norm_speaks_up_against_windows_gap_and_cap_and_only_then() -> None:
    def against(clock: time, *others: time, adding: bool = False) -> tuple[Doubt, ...]:
        moments = [moment_of(MONDAY, other, MOSCOW) for other in others]
        return doubts(NORM, moment_of(MONDAY, clock, MOSCOW), MOSCOW, moments, adding=adding)

    assert against(time(12), time(18)) == ()
    assert against(time(12, 1)) == (Doubt.WINDOW,)
    assert against(time(11), time(10)) == (Doubt.GAP,)
    assert against(time(20), time(18)) == ()
    assert against(time(9), time(11), time(18), time(20), adding=True) == (Doubt.CAP,)
    assert against(time(9), time(11), time(18), time(20)) == (), "moving makes them no more"
    assert doubts(None, AT, MOSCOW, [AT]) == ()


def test_yesterdays_late_post_keeps_its_distance_too() -> None:
    wide = replace(NORM, windows=(Window(time(0), time(23, 59)),))
    late = moment_of(MONDAY - timedelta(days=1), time(23, 30), MOSCOW)
    assert doubts(wide, moment_of(MONDAY, time(0, 30), MOSCOW), MOSCOW, [late]) == (Doubt.GAP,)


@given(
    zone=st.sampled_from([MOSCOW, VLADIVOSTOK, BERLIN, "Asia/Kathmandu"]),
    day=st.dates(date(2026, 3, 20), date(2026, 11, 5)),
    others=st.lists(st.integers(0, 47), max_size=4),
    passed=st.integers(0, 24),
    peak=st.booleans(),
)
def test_every_suggestion_is_ahead_inside_the_windows_and_keeps_the_gap(
    zone: str, day: date, others: list[int], passed: int, peak: bool
) -> None:
    norm = replace(NORM, gap_minutes=60, peaks=(Window(time(20), time(21)),) if peak else ())
    midnight = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    taken = [midnight + timedelta(minutes=30 * one) for one in others]
    now, silent_from = midnight + timedelta(hours=passed), midnight + timedelta(hours=19)
    found = suggestions(norm, day, zone, taken, now, lambda at: at >= silent_from)
    assert len(found) <= SUGGESTED
    assert list(found) == sorted(set(found))
    for at in found:
        assert now < at < silent_from
        assert at.astimezone(ZoneInfo(zone)).date() == day
        assert doubts(norm, at, zone, taken) == ()


def test_when_there_are_too_many_those_of_the_peak_hours_stay() -> None:
    wide = replace(NORM, windows=(Window(time(6), time(23)),), gap_minutes=0, peaks=(Window(time(18), time(20)),))
    found = [
        f"{at.astimezone(ZoneInfo(MOSCOW)):%H:%M}" for at in suggestions(wide, MONDAY, MOSCOW, (), NOW, lambda _: False)
    ]
    assert len(found) == SUGGESTED
    assert {"18:00", "18:30", "19:00", "19:30", "20:00"} <= set(found)
    assert min(found) < "10:00"
    assert max(found) > "20:00"


# -- people -----------------------------------------------------------------------------------------------------------


def how(
    who: Person, *theirs: Asked, declared: Availability | None = None, absence: Absence | None = None
) -> Why | None:
    return candidate(who, slot(9), theirs, declared or Availability(who.id), absence, 2, NOW).why


def test_everybody_who_cannot_have_a_slot_has_one_reason() -> None:
    day = timedelta(hours=4)
    busy = Asked(3, AT, AssignmentState.ASSIGNED)
    two = (Asked(3, AT + day, AssignmentState.POSTED), Asked(4, AT - timedelta(hours=1), AssignmentState.OFFERED))
    evening = Availability(1, hours=(Window(time(18), time(21)),))
    away = Absence(1, 1, AT - day, AT + day, None)
    assert how(person()) is None
    assert how(person(reachable=False)) is Why.UNREACHABLE
    assert how(person(), absence=away) is Why.AWAY
    assert how(person(), absence=replace(away, ends=AT)) is None
    assert how(person(), declared=Availability(1, days_off=frozenset({MONDAY}))) is Why.DAY_OFF
    assert how(person(), declared=Availability(1, weekdays=frozenset({2, 3}))) is Why.DAY_OFF
    assert how(person(), busy) is Why.BUSY
    assert how(person(), *two) is Why.CAP
    assert how(person(), *two, declared=Availability(1, daily_cap=3)) is None
    assert how(person(), Asked(9, AT, AssignmentState.DECLINED)) is Why.DECLINED
    assert how(person(quiet=(10, 11))) is Why.QUIET
    assert how(person(quiet=(10, 11)), declared=Availability(1, at_night=True)) is None
    assert how(person(), declared=evening) is Why.HOURS


def test_a_day_off_is_one_on_the_persons_own_clock() -> None:
    late = slot(9, at=datetime(2026, 9, 7, 16, tzinfo=UTC))  # already Tuesday in Vladivostok
    off = Availability(1, days_off=frozenset({MONDAY}))
    awake = person(zone=VLADIVOSTOK, quiet=(4, 5))
    assert candidate(awake, late, (), off, None, 2, NOW).why is None
    assert candidate(person(), late, (), off, None, 2, NOW).why is Why.DAY_OFF


def test_what_is_late_is_posted_now_so_now_is_what_counts() -> None:
    night = AT + timedelta(hours=12)  # 22:30, when the quiet hours have begun
    assert candidate(person(), slot(9), (), Availability(1), None, 2, NOW).why is None
    assert candidate(person(), slot(9), (), Availability(1), None, 2, night).why is Why.QUIET


def test_the_free_come_first_and_of_them_those_with_the_least_to_do() -> None:
    def load(number: int, *hours: int, declared: Availability | None = None) -> object:
        theirs = [Asked(n + 10, AT + timedelta(hours=n), AssignmentState.ASSIGNED) for n in hours]
        return candidate(person(number), slot(9), theirs, declared or Availability(number), None, 3, NOW)

    off = Availability(4, days_off=frozenset({MONDAY}))
    found = in_order([load(4, declared=off), load(3, 2), load(2, 48), load(1)])  # type: ignore[list-item]  # candidates
    assert [one.person.id for one in found] == [1, 2, 3, 4]


# -- changes ----------------------------------------------------------------------------------------------------------

STANDING = Standing((slot(),), (given_to(1), given_to(2, 8, state=AssignmentState.DECLINED)))


def test_a_move_takes_everybody_along_and_asks_for_a_new_yes() -> None:
    later = AT + timedelta(hours=1)
    after = day_plan.moved(STANDING, 1, later)
    assert after.slot(1).at == later
    holder = after.holder(1)
    assert holder is not None
    assert (holder.at, holder.accepted_at) == (later, None)
    assert after.assignments[1] == STANDING.assignments[1], "what has ended stays as it was"


def test_a_slot_taken_out_is_excused_and_nobodys() -> None:
    after = day_plan.skipped(STANDING, 1)
    assert (after.slot(1).state, after.slot(1).excuse) == (SlotState.CANCELLED, Excuse.SKIPPED)
    assert not [one for one in after.assignments if one.state in OPEN_ASSIGNMENTS]
    back = day_plan.brought_back(after, 1).slot(1)
    assert (back.state, back.excuse, back.draft_id) == (SlotState.EMPTY, None, None)


def test_giving_replaces_whoever_has_it_and_opens_an_old_assignment_again() -> None:
    after = day_plan.given(STANDING, 1, 2, None)
    assert {one.person_id: one.state for one in after.assignments} == {
        1: AssignmentState.REPLACED,
        2: AssignmentState.ASSIGNED,
    }
    assert len(after.assignments) == 2


def test_asking_leaves_it_with_whoever_has_it() -> None:
    after = day_plan.asked(STANDING, 1, 3, None)
    holder = after.holder(1)
    assert holder is not None
    assert holder.person_id == 1
    assert after.assignments[-1].state is AssignmentState.OFFERED


def test_an_empty_slot_gets_its_text_with_its_person() -> None:
    empty = Standing((slot(state=SlotState.EMPTY),), ())
    after = day_plan.given(empty, 1, 3, Text(40, 2, 1))
    assert (after.slot(1).state, after.slot(1).draft_id, after.slot(1).again) == (SlotState.FILLED, 40, 1)


def test_two_people_swap() -> None:
    both = Standing((slot(), slot(2)), (given_to(1), given_to(2, 8, 2)))
    after = day_plan.people_swapped(both, *both.assignments)
    holders = [after.holder(number) for number in (1, 2)]
    assert [one.person_id for one in holders if one is not None] == [2, 1]


@pytest.mark.parametrize("state", [SlotState.POSTED, SlotState.MISSED, SlotState.CANCELLED])
def test_only_what_is_open_today_or_later_is_changed(state: SlotState) -> None:
    day_plan.ensure_changeable(slot(), MONDAY)
    with pytest.raises(SlotSettled):
        day_plan.ensure_changeable(slot(state=state), MONDAY)
    with pytest.raises(SlotSettled):
        day_plan.ensure_changeable(slot(), MONDAY + timedelta(days=1))
    with pytest.raises(UrgentPlace):
        day_plan.ensure_changeable(slot(urgent_id=3), MONDAY)


def test_undo_holds_for_five_minutes_and_while_nothing_else_has_happened() -> None:
    change = Change(1, Kind.SKIP, 1, 5, NOW, "news", STANDING, day_plan.skipped(STANDING, 1))
    day_plan.ensure_undoable(change, change.after, NOW + UNDO_FOR - timedelta(seconds=1))
    with pytest.raises(ChangeStands) as late:
        day_plan.ensure_undoable(change, change.after, NOW + UNDO_FOR)
    assert late.value.late
    with pytest.raises(ChangeStands) as other:
        day_plan.ensure_undoable(change, STANDING, NOW)
    assert not other.value.late
    with pytest.raises(ChangeStands):
        day_plan.ensure_undoable(replace(change, undone_at=NOW), change.after, NOW)


def test_a_reason_is_one_line_and_not_too_long() -> None:
    assert day_plan.ensure_reason("  Ждём\n решения ") == "Ждём решения"
    for bad in ("", " \n ", "я" * (REASON_LIMIT + 1)):
        with pytest.raises(BadReason):
            day_plan.ensure_reason(bad)
