"""Drafts, routing and differences as pure rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import drafts
from domain.diff import Change, shortened, word_diff
from domain.drafts import Draft, DraftState, MediaRef, Verdict
from domain.pages import Page, PageKind, open_to, region_of
from domain.people import EVERYWHERE, Actor, Membership, Person, PersonStatus, Role
from domain.platforms import Platform
from domain.readings import as_published, ensure_submittable, previews
from domain.routing import next_up, promised, tiers, who_decides

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DRAFT = Draft(1, 1, "kazan", DraftState.WRITING, 1, "Текст", (), (), "", NOW, None, None)
VK = Page("vk", Platform.VK, PageKind.GROUP, "VK", "kazan", "Europe/Moscow", (), "Штаб", 1, None, active=True)
X = replace(VK, code="x", platform=Platform.X, title="X", region=EVERYWHERE, kind=PageKind.OFFICIAL)
MINE = replace(VK, code="mine", kind=PageKind.PERSONAL, title="Моя", keeper_id=1)


def actor(number: int, *roles: tuple[Role, str], region: str = "kazan", reachable: bool = True) -> Actor:
    person = Person(
        number,
        f"N{number}",
        "ru",
        "Europe/Moscow",
        region,
        PersonStatus.ACTIVE,
        reachable,
        time(8),
        time(22),
        time(8),
        1,
    )
    return Actor(person, number, number, tuple(Membership(*role) for role in roles))


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_the_imprint_follows_after_an_empty_line_and_is_not_said_twice() -> None:
    assert as_published("Текст", "Штаб") == "Текст\n\nШтаб"
    assert as_published("Текст\nШтаб", "Штаб") == "Текст\nШтаб"
    assert as_published("Текст", "") == "Текст"
    assert as_published("", "Штаб") == "Штаб"


def test_pages_that_read_the_same_share_a_preview() -> None:
    twin = replace(VK, code="vk2", title="VK 2")
    assert [(p.platform, p.titles) for p in previews(DRAFT, [VK, twin, X])] == [
        (Platform.VK, ("VK", "VK 2")),
        (Platform.X, ("X",)),
    ]


def test_what_keeps_a_draft_from_being_submitted() -> None:
    with pytest.raises(drafts.NoPages):
        ensure_submittable(DRAFT, [])
    with pytest.raises(drafts.EmptyDraft):
        ensure_submittable(replace(DRAFT, text=" \n"), [VK])
    with pytest.raises(drafts.TooLong) as long:
        ensure_submittable(replace(DRAFT, text="я" * 280), [VK, X])
    assert (long.value.platform, long.value.measure.left) == (Platform.X, -6)
    with pytest.raises(drafts.MediaRefused):
        ensure_submittable(replace(DRAFT, media=tuple(MediaRef(str(n), "photo") for n in range(5))), [X])
    with pytest.raises(drafts.SeveralPersonalPages):
        ensure_submittable(DRAFT, [MINE, replace(MINE, code="other", keeper_id=2)])
    with pytest.raises(drafts.NotYourPage):
        ensure_submittable(DRAFT, [replace(MINE, keeper_id=2)])
    ensure_submittable(DRAFT, [VK, X, MINE])


def test_handed_in_again_it_is_a_new_version() -> None:
    first = drafts.submitted(DRAFT, NOW, NOW + timedelta(hours=4))
    assert (first.state, first.version) == (DraftState.SUBMITTED, 1)
    back = drafts.taken_back(first, NOW)
    assert drafts.submitted(back, NOW, NOW).version == 2


def test_a_closed_draft_changes_no_more() -> None:
    changes: list[Callable[[Draft], Draft]] = [
        lambda d: drafts.with_content(d, "Новый", (), NOW),
        lambda d: drafts.submitted(d, NOW, NOW),
        lambda d: drafts.taken_back(d, NOW),
        lambda d: drafts.deleted(d, NOW),
    ]
    for state in (DraftState.APPROVED, DraftState.REJECTED, DraftState.WITHDRAWN):
        for change in changes:
            with pytest.raises(drafts.DraftClosed):
                change(replace(DRAFT, state=state))


def test_one_refusal_is_enough_but_approval_may_take_two() -> None:
    assert drafts.after_verdict(Verdict.APPROVE, 1, 2) is DraftState.SUBMITTED
    assert drafts.after_verdict(Verdict.APPROVE, 2, 2) is DraftState.APPROVED
    assert drafts.after_verdict(Verdict.RETURN, 1, 2) is DraftState.RETURNED
    assert drafts.after_verdict(Verdict.REJECT, 0, 2) is DraftState.REJECTED


def test_pages_of_a_region_stand_in_the_order_of_the_networks() -> None:
    pages = [replace(VK, code=network.value, platform=network) for network in sorted(Platform)]
    chosen = open_to(actor(1, (Role.VOLUNTEER, "kazan")), pages)
    assert [page.platform for page in chosen] == [Platform.VK, Platform.OK, Platform.X, Platform.TELEGRAM]


def test_whose_pages_may_be_chosen() -> None:
    theirs = replace(MINE, code="theirs", keeper_id=9)
    omsk = replace(VK, code="omsk", region="omsk")
    pages = [VK, X, MINE, theirs, omsk]
    volunteer = actor(1, (Role.VOLUNTEER, "kazan"))
    assert [p.code for p in open_to(volunteer, pages)] == ["mine", "vk"]
    press = actor(2, (Role.PRESS_SECRETARY, "kazan"))
    assert [p.code for p in open_to(press, pages)] == ["vk", "x"]
    manager = actor(3, (Role.MANAGER, EVERYWHERE), region=EVERYWHERE)
    assert [p.code for p in open_to(manager, pages)] == ["x", "vk", "omsk"]


@pytest.mark.parametrize(
    ("at", "by"),
    [
        ("2026-09-07T10:00+03:00", "2026-09-07T13:00+03:00"),
        ("2026-09-07T01:30+03:00", "2026-09-07T12:00+03:00"),
        ("2026-09-07T18:00+03:00", "2026-09-08T11:00+03:00"),
    ],
)
def test_a_promise_counts_only_hours_in_which_somebody_who_decides_works(at: str, by: str) -> None:
    now = datetime.fromisoformat(at)
    assert promised(now, 3, [PRESS.person]) == datetime.fromisoformat(by)
    assert promised(now, 3, []) == now + timedelta(hours=3)


def test_the_region_that_decides() -> None:
    omsk = replace(VK, code="omsk", region="omsk")
    assert region_of([omsk], "kazan") == "omsk"
    assert region_of([VK, omsk], "kazan") == "kazan"
    assert region_of([VK, X], "kazan") == EVERYWHERE
    assert region_of([], "kazan") == "kazan"


# --- routing ---------------------------------------------------------------------------------------------------------

OWNER = actor(1, (Role.OWNER, EVERYWHERE))
MANAGER = actor(2, (Role.MANAGER, EVERYWHERE))
LOCAL_MANAGER = actor(3, (Role.MANAGER, "kazan"))
PRESS = actor(4, (Role.PRESS_SECRETARY, EVERYWHERE))
LOCAL_PRESS = actor(5, (Role.PRESS_SECRETARY, "kazan"))
ALL = [OWNER, MANAGER, LOCAL_MANAGER, PRESS, LOCAL_PRESS]


def test_the_ladder_goes_from_the_region_to_the_owners() -> None:
    assert tiers("kazan", ALL, 99) == [[LOCAL_PRESS], [PRESS], [LOCAL_MANAGER], [MANAGER], [OWNER]]
    assert tiers("omsk", ALL, 99) == [[PRESS], [MANAGER], [OWNER]]
    assert tiers(EVERYWHERE, ALL, 99) == [[PRESS], [MANAGER], [OWNER]]


def test_the_author_and_the_unreachable_are_passed_over() -> None:
    assert who_decides("kazan", ALL, LOCAL_PRESS.id) == [PRESS]
    gone = actor(5, (Role.PRESS_SECRETARY, "kazan"), reachable=False)
    assert who_decides("kazan", [gone, OWNER], 99) == [OWNER]
    assert who_decides("kazan", [gone], 99) == [gone]
    assert who_decides("kazan", [OWNER], OWNER.id) == []


def test_two_approvals_ask_as_many_people_as_they_take() -> None:
    assert who_decides("kazan", ALL, 99, needed=2) == [LOCAL_PRESS, PRESS]


def test_who_is_asked_when_time_ran_out() -> None:
    assert next_up("kazan", ALL, 99, [LOCAL_PRESS.id]) == [PRESS]
    assert next_up("kazan", [LOCAL_PRESS], 99, [LOCAL_PRESS.id]) == []


@given(st.lists(st.sampled_from(ALL), unique=True), st.sampled_from(["kazan", "omsk", EVERYWHERE]), st.integers(1, 5))
def test_nobody_is_asked_twice_and_never_the_author(deciders: list[Actor], region: str, author: int) -> None:
    flat = [a.id for tier in tiers(region, deciders, author) for a in tier]
    assert author not in flat
    assert len(flat) == len(set(flat))


# --- differences -----------------------------------------------------------------------------------------------------


def test_a_changed_word_reads_as_one_change() -> None:
    pieces = word_diff("Встреча в пятницу в 12:00", "Встреча в субботу в 12:00")
    assert [(p.change, p.text) for p in pieces if p.change is not Change.SAME] == [
        (Change.REMOVED, "пятницу"),
        (Change.ADDED, "субботу"),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == new


def test_long_unchanged_runs_are_cut_in_the_middle() -> None:
    same = "слово " * 100
    short = shortened(word_diff(f"раз {same}два", f"три {same}четыре"))
    assert sum(len(p.text) for p in short) < 120
    assert [p.text for p in short if p.change is Change.ADDED] == ["три", "четыре"]


def test_own_words_in_place_of_a_link_come_from_nobodys_page() -> None:
    linked = replace(DRAFT, text="Двор: https://www.example.org/a", source="example.org")
    assert drafts.with_content(linked, "Ещё раз: https://www.example.org/b", (), NOW).source == "example.org"
    assert drafts.with_content(linked, "Своими словами", (), NOW).source == ""
    forwarded = replace(DRAFT, source="Соседи")
    assert drafts.with_content(forwarded, "Иначе", (), NOW).source == "Соседи"
