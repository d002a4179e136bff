"""What an urgent text would exceed, who can be asked for it, and what the plan makes of an extra slot."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.norms import Norm, Window
from domain.people import Person, PersonStatus
from domain.plan import AssignmentState
from domain.planning import Asked, missing
from domain.urgent import AT_ONCE, SHOWN, Excess, Rule, candidates, excesses, ranked

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
NORM = Norm("vk", (2,) * 7, (Window(time(9), time(12)), Window(time(18), time(21))), 120, 3)
MOSCOW = "Europe/Moscow"


def person(number: int, zone: str = MOSCOW, *, reachable: bool = True) -> Person:
    return Person(
        number, f"p{number}", "ru", zone, "kazan", PersonStatus.ACTIVE, reachable, time(8), time(22), time(8), 1
    )


def minutes(n: int) -> datetime:
    return NOW + timedelta(minutes=n)


@pytest.mark.parametrize(
    ("others", "today", "expected"),
    [
        ([], 0, ()),
        ([minutes(-120)], 1, ()),
        ([minutes(-119)], 1, (Excess("vk", Rule.GAP, 119, 120),)),
        ([minutes(30), minutes(-25)], 2, (Excess("vk", Rule.GAP, 25, 120),)),
        ([minutes(300), minutes(-300), minutes(600)], 3, (Excess("vk", Rule.CAP, 4, 3),)),
        ([minutes(5)] * 3, 3, (Excess("vk", Rule.GAP, 5, 120), Excess("vk", Rule.CAP, 4, 3))),
    ],
)
def test_a_gap_and_a_cap_are_exceeded_from_the_first_minute_and_the_first_post_on(
    others: list[datetime], today: int, expected: tuple[Excess, ...]
) -> None:
    assert excesses("vk", NORM, others, today, NOW) == expected


def test_a_page_without_a_norm_has_nothing_to_exceed() -> None:
    assert excesses("vk", None, [NOW], 100, NOW) == ()


def test_the_one_with_least_to_do_is_asked_first_and_who_cannot_is_not_asked_at_all() -> None:
    busy, full, gone, free = person(1), person(2), person(3, reachable=False), person(4)
    asked = {
        1: [Asked(70, minutes(60), AssignmentState.ASSIGNED)],
        2: [Asked(70 + n, minutes(60 * n), AssignmentState.POSTED) for n in range(1, 4)],
    }
    assert ranked([busy, full, gone, free, free], asked, NOW, cap=3) == [free, busy]


def test_people_are_spread_over_the_pages() -> None:
    people = [person(n) for n in range(1, 5)]
    first = ranked(people, {}, NOW, cap=3)[:AT_ONCE]
    second = ranked(people, {}, NOW, cap=3, taken=[p.id for p in first])[:AT_ONCE]
    assert [p.id for p in first] == [1, 2, 3]
    assert [p.id for p in second] == [4, 1, 2]


def test_whoever_is_asleep_is_shown_last_and_a_chosen_one_is_always_shown() -> None:
    asleep = [person(n, "America/New_York") for n in range(1, 11)]
    awake = [person(n) for n in range(11, 31)]
    shown = candidates([*asleep, *awake], set(range(1, 11)), chosen=[5, 30])
    assert len(shown) == SHOWN
    assert [(one.person.id, one.quiet, one.chosen) for one in shown[:3]] == [
        (30, False, True),
        (5, True, True),
        (11, False, False),
    ]
    assert candidates(asleep[:2], {1, 2})[0].quiet


def test_an_urgent_post_is_extra_to_the_norm_but_keeps_its_distance() -> None:
    day = date(2026, 9, 7)
    ordinary = missing(NORM, day, MOSCOW, ())
    assert len(ordinary) == 2
    assert missing(NORM, day, MOSCOW, (), extra=[ordinary[0] + timedelta(minutes=10)]) == ordinary[1:]
    far = ordinary[0] + timedelta(hours=4)
    assert missing(NORM, day, MOSCOW, (), extra=[far]) == ordinary
    assert missing(NORM, day, MOSCOW, ordinary, extra=[far]) == ()
    assert missing(replace(NORM, gap_minutes=0), day, MOSCOW, ordinary[:1], extra=[ordinary[1]]) == ()
