"""What a stop covers, and that it takes two different people to lift it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.halts import Halt, HaltOver, HaltReason, Scope, SecondPersonNeeded, ensure_in_force, halt_of, lifted, wanted
from domain.people import EVERYWHERE
from tests.harness import PAGES

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
VK, OK, _, OMSK, _, FEDERAL = PAGES


def a_halt(region: str, page: str = "") -> Halt:
    return Halt(1, region, page, HaltReason.ATTACK, "", 7, NOW, None, None, None, None, 1)


@pytest.mark.parametrize(
    ("halt", "held"),
    [
        (a_halt(EVERYWHERE), {VK.code, OK.code, OMSK.code, FEDERAL.code}),
        (a_halt("kazan"), {VK.code, OK.code}),
        (a_halt("kazan", VK.code), {VK.code}),
        (a_halt(EVERYWHERE, FEDERAL.code), {FEDERAL.code}),
    ],
)
def test_a_stop_holds_what_it_names_and_nothing_else(halt: Halt, held: set[str]) -> None:
    assert {page.code for page in (VK, OK, OMSK, FEDERAL) if halt_of(page, [halt])} == held


def test_it_holds_from_its_first_moment_to_its_last() -> None:
    over = replace(a_halt("kazan"), lifted_at=NOW + timedelta(hours=1))
    moments = {minutes: over.held(VK, NOW + timedelta(minutes=minutes)) for minutes in (-1, 0, 59, 60)}

    assert moments == {-1: False, 0: True, 59: True, 60: False}
    assert halt_of(VK, [over]) is None


def test_nobody_lifts_it_alone() -> None:
    halt = a_halt(EVERYWHERE)
    with pytest.raises(SecondPersonNeeded):
        lifted(halt, 7, NOW)
    with pytest.raises(SecondPersonNeeded):
        lifted(wanted(halt, 7, NOW), 7, NOW)
    over = lifted(wanted(halt, 7, NOW), 8, NOW)
    assert (over.resume_by, over.lifted_by, over.in_force) == (7, 8, False)
    with pytest.raises(HaltOver):
        ensure_in_force(over)


def test_a_page_brings_its_region_so_that_a_federal_page_is_not_everything() -> None:
    assert not Scope(EVERYWHERE, FEDERAL.code).covers("kazan", VK.code)
