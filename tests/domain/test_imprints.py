"""Imprint rules (H3): the most specific one that holds on the page's day, and nothing at all when none does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.imprints import (
    BoundLine,
    Expired,
    ImprintRule,
    Missing,
    Tie,
    bound,
    find_tie,
    has_line,
    imprint_for,
    in_force,
    line_for,
    may_carry,
)
from domain.pages import BY_RULES, Page, PageKind
from domain.platforms import Platform

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 15)
ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "America/New_York")


def page(code: str = "vk", region: str = "kazan", zone: str = "Europe/Moscow", **more: object) -> Page:
    made = Page(code, Platform.VK, PageKind.GROUP, code, region, zone, (), "", 1, None, active=True)
    return replace(made, **{"imprint_rule": BY_RULES, **more})  # type: ignore[arg-type]  # fields by name


GENERAL = ImprintRule("general", "Штаб", FIRST, LAST)
GROUPS = ImprintRule("groups", "Группа штаба", FIRST, LAST, kind=PageKind.GROUP)
NAMED = ImprintRule("named", "Именно эта страница", FIRST, LAST, page="vk")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (FIRST - timedelta(days=1), Missing(FIRST)),
        (FIRST, GENERAL),
        (LAST, GENERAL),
        (LAST + timedelta(days=1), Expired(GENERAL)),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(day: date, found: object) -> None:
    assert imprint_for(page(), day, [GENERAL]) == found


def test_the_more_specific_rule_gives_the_line_and_the_general_one_after_it() -> None:
    short = replace(NAMED, expires=FIRST + timedelta(days=3))
    rules = [GENERAL, short, GROUPS]
    assert line_for(page(), FIRST, rules) == "Именно эта страница"
    assert line_for(page(), FIRST + timedelta(days=4), rules) == "Группа штаба"
    assert line_for(page(kind=PageKind.OFFICIAL, code="x"), FIRST, rules) == "Штаб"


def test_what_the_plan_says_of_a_page_goes_before_every_rule_and_never_ends() -> None:
    own = page(imprint="Своя", imprint_rule="")
    assert line_for(own, date(2050, 1, 1), [GENERAL]) == "Своя"
    assert line_for(replace(own, imprint=""), FIRST, [GENERAL]) == ""
    assert find_tie([GENERAL, NAMED], [own]) == Tie("vk", "", "named")


def test_equally_specific_rules_tie_only_on_the_same_page_and_the_same_days() -> None:
    here = replace(GENERAL, id="here", region="kazan")
    assert find_tie([GROUPS, here], [page()]) == Tie("vk", "groups", "here")
    assert find_tie([GROUPS, here], [page(kind=PageKind.OFFICIAL), page(region="omsk")]) is None
    later = replace(here, valid_from=LAST + timedelta(days=1), expires=None)
    assert find_tie([GROUPS, later], [page()]) is None


def test_an_approval_holds_for_the_lines_it_was_read_with() -> None:
    now = datetime(2026, 10, 5, 9, tzinfo=UTC)
    lined = in_force(page(), FIRST, [GENERAL])
    lines = bound([lined, page("ok")], now)
    assert lines == (BoundLine("vk", "general", "Штаб"),)
    assert may_carry(lines, "vk", "Штаб")
    assert not may_carry(lines, "vk", "Новый штаб")
    assert not may_carry(lines, "vk", None)
    assert not may_carry(lines, "ok", "Штаб")
    assert may_carry(None, "vk", "Штаб"), "decided before lines were recorded"


@pytest.mark.parametrize("zone", ZONES)
def test_a_page_that_was_not_renewed_at_its_midnight_has_no_line(zone: str) -> None:
    lined = in_force(page(zone=zone), LAST, [GENERAL])
    midnight = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    assert has_line(lined, midnight - timedelta(seconds=1))
    assert not has_line(lined, midnight)


# --- every text that becomes ready carries exactly the line of the valid rule -----------------------------------------

days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
scopes = st.tuples(
    st.sampled_from(["", "", "vk", "ok"]),
    st.sampled_from([None, PageKind.GROUP, PageKind.OFFICIAL]),
    st.sampled_from([None, Platform.VK, Platform.OK]),
    st.sampled_from(["", "kazan", "omsk"]),
)
"""Page, kind, network, region."""


@st.composite
def packs(draw: st.DrawFn) -> list[ImprintRule]:
    rules: list[ImprintRule] = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(days)
        length = draw(st.none() | st.integers(0, 20))
        expires = None if length is None else start + timedelta(days=length)
        rules.append(ImprintRule(f"r{number}", f"Line {number % 4}", start, expires, *draw(scopes)))
    return rules


def by_hand(where: Page, day: date, rules: Sequence[ImprintRule]) -> set[str]:
    """The lines of all best rules, found the long way."""
    best: tuple[int, int] = (-1, -1)
    found: set[str] = set()
    for rule in rules:
        if rule.page and rule.page != where.code:
            continue
        if (rule.kind and rule.kind != where.kind) or (rule.platform and rule.platform != where.platform):
            continue
        if (rule.region and rule.region != where.region) or day < rule.valid_from:
            continue
        if rule.expires is not None and day > rule.expires:
            continue
        rank = (int(rule.page != ""), sum(bool(x) for x in (rule.kind, rule.platform, rule.region)))
        found = {rule.line} if rank > best else found | {rule.line} if rank == best else found
        best = max(best, rank)
    return found


@given(packs(), days, st.sampled_from(["vk", "ok"]), st.sampled_from(["kazan", "omsk"]), st.sampled_from(ZONES))
def test_the_line_is_that_of_the_best_rule_or_there_is_none(
    rules: list[ImprintRule], day: date, code: str, region: str, zone: str
) -> None:
    where = page(code, region, zone)
    if find_tie(rules, [where]) is not None:
        return
    wanted = by_hand(where, day, rules)
    assert line_for(where, day, rules) == (wanted.pop() if wanted else None)
    assert not wanted
    lined = in_force(where, day, rules)
    for other in (day - timedelta(days=1), day, day + timedelta(days=1)):
        if lined.has_line_on(other):
            assert lined.imprint == line_for(where, other, rules), "a span in which nothing changes"
    assert lined.has_line_on(day) == (line_for(where, day, rules) is not None)
