"""Working time: own zone, own quiet hours, days off; what is added counts nothing else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Person, PersonStatus
from domain.worktime import LONGEST, LONGEST_WAIT, USUAL, WorkRules, add_working, is_working, next_working


def person(zone: str = "Europe/Moscow", quiet: tuple[int, int] = (22, 8)) -> Person:
    return Person(
        id=1,
        name="Борис",
        language="ru",
        zone=zone,
        region="kazan",
        status=PersonStatus.ACTIVE,
        reachable=True,
        digest_at=time(8),
        quiet_from=time(quiet[0]),
        quiet_to=time(quiet[1]),
        version=1,
    )


MOSCOW, VLADIVOSTOK = person(), person("Asia/Vladivostok")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-09-07T08:59+03:00", False),
        ("2026-09-07T09:00+03:00", True),
        ("2026-09-07T18:59+03:00", True),
        ("2026-09-07T19:00+03:00", False),
        ("2026-09-12T12:00+03:00", True),  # Saturday
        ("2026-09-13T12:00+03:00", False),  # Sunday
    ],
)
def test_nine_to_seven_from_monday_to_saturday_on_ones_own_clock(moment: str, working: bool) -> None:
    assert is_working(MOSCOW, at(moment)) is working
    shifted = at(moment) - timedelta(hours=7)
    assert is_working(VLADIVOSTOK, shifted) is working


def test_quiet_hours_inside_the_working_day_are_not_working_time() -> None:
    late = person(quiet=(6, 13))
    assert not is_working(late, at("2026-09-07T12:59+03:00"))
    assert is_working(late, at("2026-09-07T13:00+03:00"))
    siesta = person(quiet=(13, 15))
    assert [is_working(siesta, at(f"2026-09-07T{hour}:00+03:00")) for hour in (12, 13, 14, 15)] == [
        *(True, False),
        *(False, True),
    ]


def test_a_holiday_is_skipped() -> None:
    rules = WorkRules(is_holiday=lambda day: day == date(2026, 11, 4))
    evening = at("2026-11-03T18:30+03:00")
    assert add_working(evening, timedelta(hours=1), [MOSCOW], rules) == at("2026-11-05T09:30+03:00")
    assert next_working(MOSCOW, at("2026-11-04T12:00+03:00"), rules) == at("2026-11-05T09:00+03:00")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-09-07T10:00+03:00", 3, "2026-09-07T13:00+03:00"),
        ("2026-09-07T01:30+03:00", 3, "2026-09-07T12:00+03:00"),
        ("2026-09-07T17:00+03:00", 3, "2026-09-08T10:00+03:00"),
        ("2026-09-12T18:00+03:00", 3, "2026-09-14T11:00+03:00"),  # over Sunday
        ("2026-09-07T09:00+03:00", 10, "2026-09-07T19:00+03:00"),
    ],
)
def test_a_promise_counts_working_time_only(start: str, hours: int, end: str) -> None:
    assert add_working(at(start), timedelta(hours=hours), [MOSCOW]) == at(end)


def test_two_people_in_two_zones_share_a_longer_day() -> None:
    # 01:00 in Moscow is 08:00 in Vladivostok: hers runs from 02:00 to 12:00, his from 09:00 to 19:00.
    both = [MOSCOW, VLADIVOSTOK]
    assert add_working(at("2026-09-07T01:00+03:00"), timedelta(hours=3), both) == at("2026-09-07T05:00+03:00")
    assert add_working(at("2026-09-07T02:00+03:00"), timedelta(hours=17), both) == at("2026-09-07T19:00+03:00")
    assert add_working(at("2026-09-07T18:00+03:00"), timedelta(hours=2), both) == at("2026-09-08T03:00+03:00")


def test_with_nobody_to_count_for_time_is_plain() -> None:
    start = at("2026-09-07T01:30+03:00")
    assert add_working(start, timedelta(hours=3), []) == start + timedelta(hours=3)


def test_quiet_hours_that_leave_nothing_do_not_make_a_promise_endless() -> None:
    never, start = person(quiet=(8, 20)), at("2026-09-07T10:00+03:00")
    assert add_working(start, timedelta(hours=3), [never]) == start + LONGEST_WAIT
    assert next_working(never, start) == start


@pytest.mark.slow  # takes seconds
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - given a zone
    st.integers(1, 40 * 60),
    st.sampled_from(["Europe/Moscow", "Asia/Kamchatka", "America/New_York", "Europe/Kaliningrad", "Pacific/Chatham"]),
    st.sampled_from([(22, 8), (0, 0), (12, 14), (20, 11)]),
)
def test_what_is_added_is_exactly_the_working_minutes_in_between(
    start: datetime, minutes: int, zone: str, quiet: tuple[int, int]
) -> None:
    start = start.replace(second=0, microsecond=0)
    one = person(zone, quiet)
    end = add_working(start, timedelta(minutes=minutes), [one])
    assert end - start < LONGEST
    span = int((end - start).total_seconds() // 60)
    worked = sum(is_working(one, start + timedelta(minutes=n)) for n in range(span))
    assert worked == minutes
    assert is_working(one, end - timedelta(minutes=1), USUAL)
