"""Silences by local time, what a vote's days come to, and what two people may lift."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bench.silence_stage import FOLDS, NEAR, OFFSETS, SILENCES, truly_silent
from domain.people import EVERYWHERE
from domain.silence import (
    REASON_LIMIT,
    Blackout,
    Lift,
    LiftKind,
    LiftLapsed,
    LiftOver,
    MourningTooLong,
    SecondToLift,
    SilenceReason,
    confirmed,
    ensure_reason,
    mourning_span,
    silence_at,
    voting,
)

NOW = datetime(2026, 9, 18, 12, tzinfo=UTC)
VOTE = next(iter(SILENCES.values()))
ASKED = Lift(
    1, LiftKind.OVERRIDE, VOTE.key, "kazan", 2, "A reason", 7, NOW - timedelta(minutes=5), None, None, None, None, 1
)


@pytest.mark.parametrize("silence", SILENCES.values(), ids=lambda one: one.kind.value)
@pytest.mark.parametrize("zone", OFFSETS)
def test_it_holds_exactly_between_its_ends_on_the_clock_of_each_zone(silence: Blackout, zone: str) -> None:
    code = zone.rpartition("/")[2].lower()
    for wall in (silence.starts, silence.ends):
        for near in NEAR:
            at = wall.replace(tzinfo=UTC) - timedelta(hours=OFFSETS[zone]) + near
            assert (silence_at(at, code, [zone], [silence]) is not None) is truly_silent(silence, code, at)


@pytest.mark.parametrize(("zone", "starts", "ends", "first", "last"), FOLDS)
def test_in_an_hour_that_the_clock_repeats_the_longer_reading_holds(
    zone: str, starts: datetime, ends: datetime, first: datetime, last: datetime
) -> None:
    silence = Blackout("r", starts, ends, "")
    for at in (end + near for end in (first, last) for near in NEAR):
        assert silence.contains(at, zone) is (first <= at < last)


def test_one_zone_inside_is_enough_and_a_zone_nobody_knows_is_inside() -> None:
    kamchatka_only = VOTE.starts.replace(tzinfo=UTC) - timedelta(hours=12)
    assert silence_at(kamchatka_only, "r", ["Europe/Moscow", "Asia/Kamchatka"], [VOTE]) is VOTE
    assert silence_at(kamchatka_only, "r", ["Europe/Moscow"], [VOTE]) is None
    assert VOTE.contains(kamchatka_only - timedelta(days=30), "Mars/Olympus")


@pytest.mark.parametrize(("days", "day_before"), [(1, False), (2, False), (3, True)])
def test_a_vote_runs_from_its_first_midnight_to_its_last(days: int, day_before: bool) -> None:
    starts, ends = voting(date(2026, 9, 18), days, day_of_silence=day_before)
    assert starts == datetime(2026, 9, 17 if day_before else 18)  # noqa: DTZ001 - a wall-clock time
    assert ends == datetime(2026, 9, 18 + days)  # noqa: DTZ001 - a wall-clock time


def test_a_mourning_from_now_on_holds_at_once_in_every_zone_and_through_the_last_ones_day() -> None:
    now = datetime(2026, 9, 18, 20, 15, tzinfo=UTC)  # 22:15 on the 18th in the west, 08:15 on the 19th in the east
    zones = ["Europe/Kaliningrad", "Asia/Kamchatka"]
    span = mourning_span(now, zones, "Europe/Moscow", 1, tomorrow=False)
    assert span == (datetime(2026, 9, 18, 22, 15), datetime(2026, 9, 20))  # noqa: DTZ001 - wall-clock times
    assert all(Blackout("r", *span, "").contains(now, zone) for zone in zones)
    later = mourning_span(now, zones, "Europe/Moscow", 2, tomorrow=True)
    assert later == (datetime(2026, 9, 19), datetime(2026, 9, 21))  # noqa: DTZ001 - wall-clock times
    with pytest.raises(MourningTooLong):
        mourning_span(now, zones, "Europe/Moscow", 4, tomorrow=False)


def test_an_override_frees_one_silence_in_one_place_for_its_hours() -> None:
    lift = confirmed(ASKED, 8, NOW)
    end = NOW + timedelta(hours=2)
    assert lift.frees(VOTE, "kazan", NOW)
    assert lift.frees(VOTE, "kazan", end - timedelta(microseconds=1))
    assert not lift.frees(VOTE, "kazan", end)
    assert not lift.frees(VOTE, "kazan", NOW - timedelta(microseconds=1))
    assert not lift.frees(VOTE, "omsk", NOW)
    assert not lift.frees(VOTE, EVERYWHERE, NOW)
    assert not lift.frees(replace(VOTE, ends=VOTE.ends + timedelta(hours=1)), "kazan", NOW), "it was changed since"
    assert not ASKED.frees(VOTE, "kazan", NOW), "one yes"
    assert not replace(lift, until=NOW + timedelta(days=9)).holds(NOW + timedelta(hours=6)), "never above six hours"


def test_the_second_yes_is_anothers_in_time_and_the_only_one() -> None:
    with pytest.raises(SecondToLift):
        confirmed(ASKED, 7, NOW)
    with pytest.raises(LiftLapsed):
        confirmed(ASKED, 8, ASKED.at + timedelta(minutes=60))
    with pytest.raises(LiftOver):
        confirmed(confirmed(ASKED, 8, NOW), 9, NOW)
    with pytest.raises(LiftOver):
        confirmed(replace(ASKED, dropped_at=NOW), 8, NOW)


def test_a_reason_is_said_and_short() -> None:
    assert ensure_reason("  два\n слова ") == "два слова"
    for text in ("", " \n ", "а" * (REASON_LIMIT + 1)):
        with pytest.raises(SilenceReason):
            ensure_reason(text)
