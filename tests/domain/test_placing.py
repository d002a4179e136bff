"""Where slots lie: peaks first, out of what is closed, apart from what is near, and stable."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norms import Norm, Window
from domain.placing import missing, moments

DAY = date(2026, 9, 7)
ZONE = "Europe/Moscow"


def norm(per_day: int, *windows: tuple[int, int], gap: int = 120, peaks: tuple[tuple[int, int], ...] = ()) -> Norm:
    def spans(hours: tuple[tuple[int, int], ...]) -> tuple[Window, ...]:
        return tuple(Window(time(a), time(b) if b < 24 else time(23, 59)) for a, b in hours)

    return Norm("page", (per_day,) * 7, spans(windows), gap, 9, peaks=spans(peaks))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)


def clocks(found: tuple[datetime, ...]) -> list[str]:
    return [moment.astimezone(ZoneInfo(ZONE)).strftime("%H:%M") for moment in found]


# -- peaks ----------------------------------------------------------------------------------------------------------------


def test_of_the_days_posts_as_many_as_fit_lie_in_peak_hours() -> None:
    assert clocks(moments(norm(1, (9, 21), peaks=((18, 20),)), DAY, ZONE)) == ["19:00"]
    both = clocks(moments(norm(3, (9, 21), peaks=((18, 20),)), DAY, ZONE))
    assert sum("18:00" <= clock <= "20:00" for clock in both) == 2
    assert len(both) == 3


def test_peak_hours_outside_the_windows_change_nothing() -> None:
    usual = moments(norm(2, (9, 12), (18, 21)), DAY, ZONE)
    assert moments(norm(2, (9, 12), (18, 21), peaks=((14, 16),)), DAY, ZONE) == usual


@settings(max_examples=60)
@given(
    st.integers(1, 4),
    st.sampled_from([((9, 12), (18, 21)), ((9, 13),), ((8, 10), (12, 14), (20, 22))]),
    st.sampled_from([((9, 10),), ((11, 19),), ((9, 10), (20, 21)), ((8, 22),)]),
    st.sampled_from([30, 60, 90, 150]),
)
def test_no_other_placement_has_more_in_peak_hours(
    count: int, windows: tuple[tuple[int, int], ...], peaks: tuple[tuple[int, int], ...], gap: int
) -> None:
    """Compared with every placement on whole half hours; the windows and peaks begin and end on them."""
    wanted = norm(count, *windows, gap=gap, peaks=peaks)
    found = moments(wanted, DAY, ZONE)
    plain = moments(norm(count, *windows, gap=gap), DAY, ZONE)
    assert len(found) == len(plain)
    assert all(b - a >= timedelta(minutes=gap) for a, b in pairwise(found))
    halves = [h * 60 + m for a, b in windows for h in range(a, b + 1) for m in (0, 30) if h < b or m == 0]

    def in_peak(minute: int) -> bool:
        return any(a * 60 <= minute <= b * 60 for a, b in peaks)

    best = max(
        sum(map(in_peak, some))
        for some in combinations(halves, len(found))
        if all(b - a >= gap for a, b in pairwise(some))
    )
    local = [moment.astimezone(ZoneInfo(ZONE)) for moment in found]
    assert sum(in_peak(moment.hour * 60 + moment.minute) for moment in local) >= best


# -- what is closed, what is near -----------------------------------------------------------------------------------------


def test_a_slot_that_would_fall_into_a_silence_lies_elsewhere_in_the_windows() -> None:
    evening = [(at(17), at(22))]
    assert clocks(moments(norm(2, (9, 12), (18, 21)), DAY, ZONE, closed=evening)) == ["09:45", "11:45"]
    whole = [(at(0), at(23, 59))]
    assert moments(norm(2, (9, 12)), DAY, ZONE, closed=whole) == ()


def test_the_gap_is_kept_across_midnight() -> None:
    night = norm(1, (0, 2), gap=120)
    before = datetime.combine(DAY, time(23, 30), ZoneInfo(ZONE)).astimezone(UTC) - timedelta(days=1)
    found = moments(night, DAY, ZONE, near=[before])
    assert clocks(found) == ["01:45"]
    assert moments(norm(1, (0, 1), gap=120), DAY, ZONE, near=[before]) == ()


def test_what_stands_in_the_way_of_a_moment_has_it_placed_elsewhere() -> None:
    wanted = norm(2, (9, 12), (18, 21))
    urgent = [at(19)]
    assert clocks(missing(wanted, DAY, ZONE, [], urgent)) == ["10:30", "21:00"]
    moved = [at(11, 30)]
    assert clocks(missing(wanted, DAY, ZONE, moved)) == ["19:30"]


def test_a_norm_on_another_clock_has_other_days() -> None:
    early = norm(1, (0, 23), gap=60)
    assert moments(early, DAY, "Asia/Kamchatka") != moments(early, DAY, ZONE)


@given(
    st.integers(1, 5),
    st.integers(30, 240),
    st.lists(st.integers(0, 1439), max_size=3),
    st.lists(st.tuples(st.integers(0, 1439), st.integers(10, 300)), max_size=2),
)
def test_what_is_added_keeps_the_gap_to_everything_and_stays_when_planned_again(
    count: int, gap: int, there: list[int], shut: list[tuple[int, int]]
) -> None:
    wanted = norm(count, (6, 24), gap=gap)
    start = at(0)
    existing = sorted({start + timedelta(minutes=minute) for minute in there})
    closed = [(start + timedelta(minutes=a), start + timedelta(minutes=a + b)) for a, b in shut]
    added = missing(wanted, DAY, ZONE, existing, closed=closed)
    others = list(existing)
    for moment in added:
        assert not any(a <= moment < b for a, b in closed)
        assert all(abs(moment - other) >= timedelta(minutes=gap) for other in others)
        others.append(moment)
    assert len(existing) + len(added) <= max(len(existing), wanted.wanted(DAY))
    if not existing:
        assert missing(wanted, DAY, ZONE, added, closed=closed) == ()
