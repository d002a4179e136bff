"""Absences as pure rules: whole days of one's own clock, deputies without rights of their own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.away import LONGEST, Absence, BadAbsence, last_day, midnight, present, span
from domain.people import EVERYWHERE, Actor, Role
from domain.routing import next_up, who_decides
from tests.domain.test_drafts import ALL, LOCAL_PRESS, MANAGER, OWNER, PRESS, actor

NOW = datetime(2026, 9, 7, 12, tzinfo=UTC)  # 15:00 in Moscow
TODAY = date(2026, 9, 7)


def test_an_absence_ends_at_midnight_after_its_last_day() -> None:
    starts, ends = span(PRESS.person, NOW, tomorrow=False, until=TODAY)
    assert (starts, ends) == (NOW, datetime.fromisoformat("2026-09-08T00:00+03:00"))
    starts, ends = span(PRESS.person, NOW, tomorrow=True, until=date(2026, 9, 11))
    assert starts == midnight(PRESS.person, date(2026, 9, 8))
    absence = Absence(1, PRESS.id, starts, ends, None)
    assert last_day(absence, PRESS.person) == date(2026, 9, 11)
    assert [absence.covers(at) for at in (NOW, starts, ends - timedelta(seconds=1), ends)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("tomorrow", "until"),
    [(False, date(2026, 9, 6)), (True, TODAY), (False, TODAY + timedelta(days=LONGEST + 1))],
)
def test_days_that_cannot_be(tomorrow: bool, until: date) -> None:
    with pytest.raises(BadAbsence):
        span(PRESS.person, NOW, tomorrow=tomorrow, until=until)


def test_the_deputy_is_asked_in_the_place_of_who_is_away() -> None:
    assert who_decides("kazan", ALL, 99, absent={LOCAL_PRESS.id: MANAGER.id}) == [MANAGER]
    assert who_decides("kazan", ALL, 99, 2, {LOCAL_PRESS.id: MANAGER.id}) == [MANAGER, PRESS]
    assert who_decides("kazan", ALL, 99, absent={LOCAL_PRESS.id: None}) == [PRESS]
    assert next_up("kazan", ALL, 99, [LOCAL_PRESS.id], {PRESS.id: OWNER.id}) == [OWNER]


def test_a_deputy_who_may_not_decide_there_is_away_or_wrote_it_is_not_asked() -> None:
    stranger = actor(9, (Role.PRESS_SECRETARY, "omsk"))
    assert who_decides("kazan", ALL, 99, absent={LOCAL_PRESS.id: stranger.id}) == [PRESS]
    assert who_decides("kazan", ALL, 99, absent={LOCAL_PRESS.id: MANAGER.id, MANAGER.id: None}) == [PRESS]
    assert who_decides("kazan", ALL, MANAGER.id, absent={LOCAL_PRESS.id: MANAGER.id}) == [PRESS]


def test_with_everybody_away_the_first_tier_is_asked_all_the_same() -> None:
    assert who_decides("kazan", [LOCAL_PRESS], 99, absent={LOCAL_PRESS.id: None}) == [LOCAL_PRESS]


@given(
    st.lists(st.sampled_from(ALL), unique=True),
    st.dictionaries(st.integers(1, 5), st.one_of(st.none(), st.integers(1, 6))),
    st.sampled_from(["kazan", EVERYWHERE]),
)
def test_nobody_who_is_away_stands_in_and_nobody_twice(
    everybody: list[Actor], absent: dict[int, int | None], region: str
) -> None:
    asked = present(everybody, everybody, absent)
    assert not {one.id for one in asked} & set(absent)
    assert len({one.id for one in asked}) == len(asked)
    assert {one.id for one in asked} <= {one.id for one in everybody}
    chosen = who_decides(region, everybody, 99, 2, absent)
    assert len({one.id for one in chosen}) == len(chosen)
