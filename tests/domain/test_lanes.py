"""Lanes as pure rules: the strictest counts, sources, the checklist, who is missing, the steps of what waits too long."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import lanes
from domain.deadlines import Step, due, following
from domain.drafts import Draft, DraftState
from domain.lanes import (
    BadBecause,
    BadSources,
    Check,
    Lane,
    NoSources,
    Risk,
    Shortage,
    UncheckedRisks,
    lane_for,
    strictest,
)
from domain.people import EVERYWHERE, Role
from domain.ports.drafts import DraftSheet
from domain.usecases.lane_checks import lacking
from domain.worktime import WorkRules
from tests.domain.test_drafts import NOW, VK, actor

ALL_WEEK = WorkRules(days=frozenset(range(7)))
SINCE, BY = datetime.fromisoformat("2026-09-07T10:00+03:00"), datetime.fromisoformat("2026-09-07T13:00+03:00")
BORIS = actor(2, (Role.PRESS_SECRETARY, "kazan"))
PAGES = {lane: replace(VK, code=lane.value).in_lane(lane) for lane in Lane}


def sheet(*some: Lane, author: int = 1) -> DraftSheet:
    draft = Draft(1, author, "kazan", DraftState.SUBMITTED, 1, "Текст", (), (), "", NOW, NOW, BY)
    return DraftSheet(draft, "Анна", "Europe/Moscow", tuple(PAGES[lane] for lane in some), ())


@given(st.lists(st.sampled_from(Lane), max_size=4))
def test_a_text_goes_through_the_strictest_lane_of_its_pages(some: list[Lane]) -> None:
    about = sheet(*some)
    assert about.lane is strictest(some)
    assert about.approvals_needed == max((lane.needed for lane in some), default=1)
    assert not any(about.lane.is_looser_than(lane) for lane in some)


@pytest.mark.parametrize(("approvals", "lane"), [(1, Lane.ORDINARY), (2, Lane.STRICT)])
def test_a_number_of_approvals_alone_keeps_its_meaning(approvals: int, lane: Lane) -> None:
    assert lane_for(approvals) is lane
    old = replace(VK, approvals_needed=approvals)
    assert (old.lane, old.approvals_needed) == (lane, approvals)
    assert (old.in_lane(Lane.BOLD).approvals_needed, old.in_lane(Lane.ORDINARY).approvals_needed) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "https://kremlin.ru/acts/1",
        "смотрите kazan.example.org/decree",
        "сайт мэрия.рф",
        "«О благоустройстве дворов»",
        "Постановление № 214",
        "Resolution No. 7",
    ],
)
def test_a_link_or_a_named_document_is_a_source(text: str) -> None:
    assert lanes.sources_in(f"  {text} ") == text


@pytest.mark.parametrize("text", ["", "все и так знают", "т.е. он сам сказал", "видел своими глазами в 2024"])
def test_hearsay_is_no_source(text: str) -> None:
    with pytest.raises(BadSources):
        lanes.sources_in(text)


def test_a_file_is_a_source_by_its_name_and_too_much_is_refused() -> None:
    assert lanes.sources_in("", "reshenie.pdf") == "reshenie.pdf"
    with pytest.raises(BadSources) as long:
        lanes.sources_in("https://example.org/" + "a" * 1000)
    assert long.value.length == 1020


def test_only_the_bold_lane_asks_for_sources_and_all_five_risks() -> None:
    some = [Check(Risk.HATE), Check(Risk.MINORS, "согласие есть")]
    for lane in (Lane.ORDINARY, Lane.STRICT):
        lanes.ensure_sourced(lane, "")
        assert lanes.ensure_checked(lane, some) == ()
    with pytest.raises(NoSources):
        lanes.ensure_sourced(Lane.BOLD, " \n")
    with pytest.raises(UncheckedRisks) as unchecked:
        lanes.ensure_checked(Lane.BOLD, [*some, Check(Risk.HATE)])
    assert unchecked.value.left == 3
    every = [Check(risk) for risk in reversed(Risk)]
    assert [check.risk for check in lanes.ensure_checked(Lane.BOLD, every)] == list(Risk)


def test_a_reason_is_one_line_of_own_words() -> None:
    assert lanes.because_in(" решение\nсуда ") == "решение суда"
    for bad, length in (("  ", 0), ("я" * 301, 301)):
        with pytest.raises(BadBecause) as error:
            lanes.because_in(bad)
        assert error.value.length == length


def test_whom_to_appoint() -> None:
    vera, gone = actor(3, (Role.MANAGER, EVERYWHERE)), actor(4, (Role.OWNER, EVERYWHERE), reachable=False)
    assert lacking(sheet(Lane.STRICT), [BORIS, vera]) is None
    assert lacking(sheet(Lane.STRICT), [BORIS, gone]) == Shortage("kazan", 1)
    assert lacking(sheet(Lane.BOLD, author=BORIS.id), [BORIS]) == Shortage("kazan", 2)
    assert lacking(sheet(Lane.ORDINARY, author=BORIS.id), [BORIS]) == Shortage("kazan", 1)
    assert lacking(sheet(Lane.ORDINARY), [BORIS]) is None


# --- what waits too long -----------------------------------------------------------------------------------------------


def test_half_the_deadline_an_hour_more_two_hours_more() -> None:
    moments = [due(step, SINCE, BY, [BORIS.person], ALL_WEEK) for step in Step]
    assert [at.astimezone(SINCE.tzinfo).strftime("%H:%M") for at in moments] == [
        *("10:00", "11:30"),
        *("13:00", "14:00", "15:00"),
    ]


def test_steps_run_on_in_the_next_working_day() -> None:
    since, by = SINCE + timedelta(hours=6), BY + timedelta(hours=6)  # 16:00, promised by 19:00
    moments = [due(step, since, by, [BORIS.person], ALL_WEEK) for step in (Step.ANOTHER, Step.MANAGER)]
    assert [at.astimezone(SINCE.tzinfo).strftime("%d %H:%M") for at in moments] == ["08 10:00", "08 11:00"]


def test_what_is_past_is_not_made_up_for() -> None:
    people = [BORIS.person]
    assert following(Step.BEGIN, SINCE, SINCE, BY, people, ALL_WEEK) == (Step.HALF, SINCE + timedelta(minutes=90))
    late = BY + timedelta(minutes=1)
    assert following(Step.BEGIN, late, SINCE, BY, people, ALL_WEEK) == (Step.ANOTHER, BY + timedelta(hours=1))
    assert following(Step.MANAGER, late, SINCE, BY, people, ALL_WEEK) is None
    assert following(Step.BEGIN, BY + timedelta(hours=3), SINCE, BY, people, ALL_WEEK) is None
