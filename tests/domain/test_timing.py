"""What people type for an embargo or an expiry, and which slots a text fits."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from domain.timing import BadMoment, decide_by, fits, in_turn, parse

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # Friday, noon in Moscow
MOSCOW, OMSK = "Europe/Moscow", "Asia/Omsk"


@dataclass(frozen=True)
class Text:
    not_before: datetime | None = None
    expires_at: datetime | None = None


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("12.12 15:00", MOSCOW, datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("12.12 15:00", OMSK, datetime(2026, 12, 12, 9, 0, tzinfo=UTC)),
        ("12.12.2026, 15.05", MOSCOW, datetime(2026, 12, 12, 12, 5, tzinfo=UTC)),
        ("1.2.27 7:00", MOSCOW, datetime(2027, 2, 1, 4, 0, tzinfo=UTC)),
        ("10.01 9:00", MOSCOW, datetime(2027, 1, 10, 6, 0, tzinfo=UTC)),
        ("19.11 9:00", MOSCOW, datetime(2026, 11, 19, 6, 0, tzinfo=UTC)),
        ("18:00", MOSCOW, datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        ("9:00", MOSCOW, datetime(2026, 11, 21, 6, 0, tzinfo=UTC)),
        ("Завтра в 9:00", MOSCOW, datetime(2026, 11, 21, 6, 0, tzinfo=UTC)),
        ("today at 18:30", MOSCOW, datetime(2026, 11, 20, 15, 30, tzinfo=UTC)),
        ("завтра в 12", MOSCOW, datetime(2026, 11, 21, 9, 0, tzinfo=UTC)),
        ("Tomorrow at 9", OMSK, datetime(2026, 11, 21, 3, 0, tzinfo=UTC)),
        ("12.12 в 15", MOSCOW, datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("12 декабря в 15:30", MOSCOW, datetime(2026, 12, 12, 12, 30, tzinfo=UTC)),
        ("12 Dec, 15:00", MOSCOW, datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("во вторник, 18:00", MOSCOW, datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        ("on Monday at 9", MOSCOW, datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
    ],
)
def test_days_and_hours_are_read_on_the_persons_own_clock(typed: str, zone: str, utc: datetime) -> None:
    assert parse(typed, zone, NOW) == utc


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "12.10", "32.12 15:00", "12.13 15:00", "12.12 25:00", "29.02 9:00", "1"),
        *("завтра", "завтра в 25", "вчера в 12", "31 ноября в 9", "в пятницу", "12 декабря 2026", "15"),
    ],
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(BadMoment):
        parse(typed, MOSCOW, NOW)


def test_a_text_fits_from_its_embargo_until_just_before_its_expiry() -> None:
    text = Text(NOW, NOW + timedelta(hours=1))
    second = timedelta(seconds=1)
    moments = (NOW - second, NOW, NOW + timedelta(hours=1) - second, NOW + timedelta(hours=1))
    assert [fits(text, at) for at in moments] == [False, True, True, False]


def test_what_expires_soon_goes_first_and_what_does_not_fit_is_left_out() -> None:
    old, soon = Text(), Text(expires_at=NOW + timedelta(hours=20))
    later, gone, early = (
        Text(expires_at=NOW + timedelta(days=9)),
        Text(expires_at=NOW),
        Text(not_before=NOW + timedelta(days=1)),
    )
    assert in_turn([old, later, gone, early, soon], NOW) == [soon, old, later]


@pytest.mark.parametrize(
    ("expires", "decided"),
    [
        (None, timedelta(hours=4)),
        (timedelta(days=2), timedelta(hours=4)),
        (timedelta(hours=3), timedelta(hours=2)),
        (timedelta(minutes=40), timedelta(minutes=20)),
        (timedelta(hours=-1), timedelta(hours=4)),
    ],
)
def test_a_decision_is_due_an_hour_before_the_text_expires(expires: timedelta | None, decided: timedelta) -> None:
    """Half-way when less than two hours are left; a text that is over changes no promise: it is refused elsewhere."""
    text = Text(expires_at=None if expires is None else NOW + expires)
    assert decide_by(text, NOW + timedelta(hours=4), NOW) == NOW + decided
