"""Where slots lie and who gets them; the ladder of reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import ladder, placing, planning
from domain.ladder import Step
from domain.norms import Norm, Window
from domain.people import Person, PersonStatus
from domain.plan import AssignmentState
from domain.planning import Asked, PlanRules
from domain.silence import Blackout

DAY = date(2026, 9, 7)
ZONES = ("Europe/Moscow", "Asia/Vladivostok", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)


def norm(per_day: int, *windows: tuple[int, int], gap: int = 120, cap: int = 9) -> Norm:
    return Norm("page", (per_day,) * 7, tuple(Window(time(a), time(b)) for a, b in windows), gap, cap)


def clocks(moments: tuple[datetime, ...], zone: str = "Europe/Moscow") -> list[str]:
    return [moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") for moment in moments]


@st.composite
def norms(draw: st.DrawFn) -> Norm:
    edges = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    windows = tuple(Window(time(a // 60, a % 60), time(b // 60, b % 60)) for a, b in pairs)
    week = draw(st.lists(st.integers(0, 12), min_size=7, max_size=7))
    a, b, c, d, e, f, g = week
    return Norm("page", (a, b, c, d, e, f, g), windows, draw(st.integers(0, 300)), draw(st.integers(1, 10)))


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


# -- where ----------------------------------------------------------------------------------------------------------------


def test_two_a_day_lie_in_the_middle_of_their_windows() -> None:
    assert clocks(planning.moments(norm(2, (9, 12), (18, 21)), DAY, "Europe/Moscow")) == ["10:30", "19:30"]


def test_more_than_the_windows_hold_is_cut_to_what_fits() -> None:
    assert clocks(planning.moments(norm(5, (9, 10), gap=60), DAY, "Europe/Moscow")) == ["09:00", "10:00"]


@given(norms(), days, st.sampled_from(ZONES))
def test_moments_keep_gap_cap_and_windows(wanted: Norm, day: date, zone: str) -> None:
    moments = planning.moments(wanted, day, zone)
    assert len(moments) <= wanted.wanted(day) <= wanted.daily_cap
    gap = timedelta(minutes=max(1, wanted.gap_minutes))
    assert all(b - a >= gap for a, b in pairwise(moments))
    for moment in moments:
        local = moment.astimezone(ZoneInfo(zone))
        assert local.date() == day
        assert any(w.start <= local.time() <= w.end for w in wanted.windows)


@given(norms(), days, st.sampled_from(ZONES))
def test_planning_a_planned_day_again_adds_nothing(wanted: Norm, day: date, zone: str) -> None:
    moments = planning.moments(wanted, day, zone)
    assert planning.moments(wanted, day, zone) == moments
    assert planning.missing(wanted, day, zone, moments) == ()


@given(norms(), norms(), days)
def test_a_changed_norm_leaves_slots_where_they_are_and_keeps_its_own_gap(old: Norm, new: Norm, day: date) -> None:
    before = planning.moments(old, day, "Europe/Moscow")
    added = planning.missing(new, day, "Europe/Moscow", before)
    assert len(before) + len(added) <= max(len(before), new.wanted(day))
    gap = timedelta(minutes=new.gap_minutes)
    others = list(before)
    for moment in added:
        assert all(abs(moment - other) >= gap for other in others)
        others.append(moment)


@given(norms(), st.integers(0, 2))
def test_as_many_as_fit_are_found(wanted: Norm, extra: int) -> None:
    """The earliest-first packing is the most that can lie in the windows; the even spread must not find fewer."""
    day, zone = DAY, "Europe/Moscow"
    allowed = placing._minutes(wanted.windows, day, zone)
    most, last = 0, -(10**9)
    for minute in allowed:
        if minute - last >= max(1, wanted.gap_minutes):
            most, last = most + 1, minute
    assert len(planning.moments(wanted, day, zone)) == min(most, wanted.wanted(day))


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_of_23_and_25_hours_keep_real_time_between_posts(day: date) -> None:
    moments = planning.moments(norm(4, (0, 6), gap=90), day, "Europe/Berlin")
    assert len(moments) == 4
    assert all(b - a >= timedelta(minutes=90) for a, b in pairwise(moments))


def test_a_window_inside_the_skipped_hour_has_no_moment() -> None:
    skipped = Norm("page", (1,) * 7, (Window(time(2, 10), time(2, 50)),), 0, 3)
    assert planning.moments(skipped, date(2026, 3, 29), "Europe/Berlin") == ()


# -- silences -------------------------------------------------------------------------------------------------------------


def test_a_silence_ends_when_the_last_zone_of_the_region_is_out() -> None:
    starts, ends = (
        datetime.fromisoformat("2026-09-07"),
        datetime.fromisoformat("2026-09-08"),
    )  # wall clocks of each zone
    silence = Blackout("r", starts, ends, "день тишины")
    at = datetime(2026, 9, 7, 12, tzinfo=UTC)
    zones = {"Europe/Moscow", "Asia/Vladivostok"}
    assert planning.silence_ends(at, "r", zones, [silence]) == datetime(2026, 9, 7, 21, tzinfo=UTC)
    assert planning.silence_ends(at, "other", zones, [silence]) == at
    assert planning.silence_ends(at, "r", {"no such zone"}, [silence]) is None


# -- who --------------------------------------------------------------------------------------------------------------------

AT = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)


def person(number: int, zone: str = "Europe/Moscow", *, reachable: bool = True) -> Person:
    night: dict[str, Any] = {"digest_at": time(8), "quiet_from": time(22), "quiet_to": time(8)}
    return Person(number, f"p{number}", "ru", zone, "kazan", PersonStatus.ACTIVE, reachable, version=1, **night)


def asked(slot: int, days_ago: float, state: AssignmentState = AssignmentState.POSTED) -> Asked:
    return Asked(slot, AT - timedelta(days=days_ago), state)


def choice(people: list[Person], history: dict[int, list[Asked]], **more: object) -> int | None:
    found = planning.choose(people, 100, AT, history, daily_cap=3, **more)  # type: ignore[arg-type]  # keywords as given
    return None if found is None else found.id


def test_fewest_today_then_this_week_then_longest_since_then_the_lowest_id() -> None:
    three = [person(1), person(2), person(3)]
    assert choice(three, {}) == 1
    assert choice(three, {1: [asked(1, 0.05)]}) == 2
    assert choice(three, {1: [asked(1, 2)], 2: [asked(2, 3), asked(3, 4)], 3: [asked(4, 2), asked(5, 3)]}) == 1
    assert choice(three, {1: [asked(1, 2)], 2: [asked(2, 4)], 3: [asked(3, 3)]}) == 2


def test_left_out_are_sleepers_the_unreachable_the_busy_the_full_and_those_asked_before() -> None:
    assert choice([person(1, "America/New_York")], {}) is None
    assert choice([person(1, reachable=False)], {}) is None
    assert choice([person(1)], {1: [asked(7, 0, AssignmentState.ASSIGNED)]}) is None
    assert choice([person(1)], {1: [asked(100, 0, AssignmentState.DECLINED)]}) is None
    full = [Asked(n, AT + timedelta(hours=n), AssignmentState.ASSIGNED) for n in (1, 2, 3)]
    assert choice([person(1)], {1: full}) is None


def test_nobody_is_rung_out_of_their_quiet_hours_too_late() -> None:
    night = datetime(2026, 9, 7, 1, tzinfo=UTC)
    morning = datetime(2026, 9, 7, 5, tzinfo=UTC)
    assert choice([person(1)], {}, ring=(night, morning)) == 1
    assert choice([person(1)], {}, ring=(night, morning - timedelta(minutes=1))) is None


def test_one_learns_of_a_slot_at_the_digest_hour_or_in_good_time_before_but_never_asleep() -> None:
    lead = timedelta(minutes=30)
    assert planning.digest_moment(person(1), AT, lead) == datetime(2026, 9, 7, 5, tzinfo=UTC)
    early = datetime(2026, 9, 7, 5, 10, tzinfo=UTC)  # 08:10 on their clock: before that they sleep
    assert planning.digest_moment(person(1), early, lead) == datetime(2026, 9, 7, 5, tzinfo=UTC)
    assert planning.digest_moment(person(1, "Asia/Omsk"), AT, lead) == datetime(2026, 9, 7, 2, tzinfo=UTC)


@given(st.integers(0, 525_600), st.sampled_from(ZONES))
def test_after_the_quiet_hours_it_is_not_quiet(minute: int, zone: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    someone = person(1, zone)
    after = planning.outside_quiet(someone, at)
    assert after >= at
    assert not someone.is_quiet(after)


# -- the ladder ---------------------------------------------------------------------------------------------------------------


def test_the_ladder_goes_before_at_substitute_press() -> None:
    steps: list[Step] = []
    step: Step | None = Step.BEFORE
    while step is not None:
        steps.append(step)
        step = ladder.following(step)
    assert steps == [Step.BEFORE, Step.AT, Step.SUBSTITUTE, Step.PRESS]
    dues = [ladder.due(step, AT, RULES) for step in steps]
    assert [(due - AT).total_seconds() / 60 for due in dues] == [-30, 0, 20, 60]


def test_a_ladder_that_starts_late_begins_at_the_first_step_ahead() -> None:
    assert ladder.first(AT, AT - timedelta(hours=3), RULES) is Step.BEFORE
    assert ladder.first(AT, AT - timedelta(minutes=10), RULES) is Step.AT
    assert ladder.first(AT, AT + timedelta(minutes=5), RULES) is Step.SUBSTITUTE
    assert ladder.first(AT, AT + timedelta(hours=2), RULES) is None


def test_what_is_due_at_this_very_moment_is_ahead_and_a_lead_that_is_past_makes_no_shorter_one() -> None:
    assert ladder.first(AT, AT - RULES.lead, RULES) is Step.BEFORE
    assert ladder.first(AT, AT - RULES.lead + timedelta(seconds=1), RULES) is Step.AT
    long = replace(RULES, lead=timedelta(hours=3))
    assert ladder.first(AT, AT - timedelta(hours=2), long) is Step.AT


def test_a_card_waits_for_the_morning_unless_its_post_is_in_the_night() -> None:
    """22:00–08:00 are quiet; a post at 02:00 was said yes to, one at 09:00 is of the day."""
    night = datetime(2026, 9, 7, 20, tzinfo=UTC)  # 23:00
    morning, lead = datetime(2026, 9, 8, 5, tzinfo=UTC), timedelta(minutes=30)
    posted_at_two, posted_at_nine = datetime(2026, 9, 7, 23, tzinfo=UTC), datetime(2026, 9, 8, 6, tzinfo=UTC)
    assert planning.card_now(person(1), night, posted_at_nine, lead) == morning
    assert planning.card_now(person(1), night, posted_at_two, lead) == posted_at_two - lead
    assert planning.card_now(person(1), night, night + timedelta(minutes=10), lead) == night
    assert planning.card_now(person(1), night, night - timedelta(minutes=10), lead) == morning, "late: it can wait"
