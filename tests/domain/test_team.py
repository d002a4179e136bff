"""Who may decide about whom, what is too much, what a note keeps, who is found, who takes over."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.availability import Availability
from domain.drafts import Draft, DraftState
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Membership, Person, PersonStatus, Role
from domain.platforms import Platform
from domain.succession import Moved, ranked, takes_draft, takes_page
from domain.team import NOTE_LIMIT, Load, NoteTooLong, PhoneInNote, checked_note, matches, may_manage, week_of
from domain.two_people import IN_TIME, Kind, SamePerson, Wish, WishOver, WishState, asks_two, ensure_second, seconds

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


def somebody(number: int, *held: tuple[Role, str], region: str = "kazan", name: str = "") -> Actor:
    person = Person(
        id=number,
        name=name or f"Человек {number}",
        language="ru",
        zone="Europe/Moscow",
        region=region,
        status=PersonStatus.ACTIVE,
        reachable=True,
        digest_at=time(8),
        quiet_from=time(22),
        quiet_to=time(8),
        version=1,
    )
    return Actor(person, number, number, tuple(Membership(role, where) for role, where in held))


def manages(actor: Actor, other: Actor) -> bool:
    return may_manage(actor, other.id, other.memberships, other.person.region)


# -- rank and region ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [
        (Role.VOLUNTEER, "kazan", True),
        (Role.VOLUNTEER, "omsk", False),
        (Role.COORDINATOR, "kazan", False),
        (Role.PRESS_SECRETARY, "kazan", False),
        (Role.MANAGER, EVERYWHERE, False),
        (Role.OWNER, EVERYWHERE, False),
    ],
)
def test_a_coordinator_decides_about_volunteers_of_the_own_region_only(role: Role, region: str, may: bool) -> None:
    assert manages(somebody(1, (Role.COORDINATOR, "kazan")), somebody(2, (role, region))) is may


def test_a_manager_decides_up_to_the_own_rank_and_a_regional_one_inside_the_region() -> None:
    whole, kazan = somebody(1, (Role.MANAGER, EVERYWHERE)), somebody(2, (Role.MANAGER, "kazan"))
    assert manages(whole, kazan)
    assert not manages(kazan, whole)
    assert not manages(whole, somebody(3, (Role.OWNER, EVERYWHERE)))


def test_one_role_out_of_reach_is_enough_to_be_out_of_reach() -> None:
    both = somebody(2, (Role.VOLUNTEER, "kazan"), (Role.VOLUNTEER, "omsk"))
    assert not manages(somebody(1, (Role.COORDINATOR, "kazan")), both)


def test_nobody_decides_about_themselves_and_somebody_without_a_role_belongs_to_their_region() -> None:
    owner = somebody(1, (Role.OWNER, EVERYWHERE))
    assert not manages(owner, owner)
    assert manages(somebody(2, (Role.COORDINATOR, "kazan")), somebody(3))
    assert not manages(somebody(2, (Role.COORDINATOR, "omsk")), somebody(3))


@given(st.sets(st.sampled_from(list(Role)), min_size=1), st.sets(st.sampled_from(list(Role))))
def test_whoever_may_be_managed_holds_nothing_above_the_manager(mine: set[Role], theirs: set[Role]) -> None:
    actor = somebody(1, *((role, EVERYWHERE) for role in mine))
    other = somebody(2, *((role, EVERYWHERE) for role in theirs))
    if manages(actor, other) and Role.OWNER in theirs:
        assert Role.OWNER in mine
    if manages(actor, other) and theirs - {Role.VOLUNTEER}:
        assert mine & {Role.OWNER, Role.MANAGER}


# -- load ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "late", "week", "too_much"),
    [
        (0, 0, 21, False),
        (16, 0, 21, False),
        (17, 0, 21, True),
        (11, 1, 21, False),
        (11, 2, 21, True),
        (10, 2, 21, False),
        (0, 4, 21, True),
        (2, 0, 2, False),
        (3, 0, 3, True),
        (3, 0, 0, True),
        (0, 0, 0, False),
    ],
)
def test_too_much_is_said_before_somebody_is_late(ahead: int, late: int, week: int, too_much: bool) -> None:
    assert Load(ahead, late, week).too_much is too_much


def test_a_week_is_counted_by_declared_days_and_limit() -> None:
    assert week_of(Availability(1), 3) == 21
    assert week_of(Availability(1, weekdays=frozenset({1, 2}), daily_cap=1), 3) == 2


# -- notes and names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["+7 (843) 200-10-20", "звонить 89991234567", "8 999 123 45 67 вечером", "2-00-10-20"])
def test_a_phone_number_is_not_kept_in_a_note(text: str) -> None:
    with pytest.raises(PhoneInNote):
        checked_note(text)


@pytest.mark.parametrize("text", ["после 18:00, через Ирину", "в отпуске до 12.09", "дом 12, кв. 5", ""])
def test_ordinary_notes_are_kept(text: str) -> None:
    assert checked_note(f"  {text}\n") == text


def test_a_note_is_a_line_not_a_file() -> None:
    with pytest.raises(NoteTooLong):
        checked_note("а" * (NOTE_LIMIT + 1))


@pytest.mark.parametrize(
    ("name", "wanted", "found"),
    [
        ("Анна Соколова", "анн", True),
        ("Анна Соколова", "сок анна", True),
        ("Семён Ёлкин", "елк", True),
        ("Зоя «Лиса» Петрова", "зоя лиса", True),
        ("Анна-Мария О'Нил", "мария", True),
        ("Зоя Лисицына", "«лис", True),
        ("Анна Соколова", "нна", False),
        ("Анна Соколова", "анна иванова", False),
    ],
)
def test_somebody_is_found_by_the_first_letters_of_their_names(name: str, wanted: str, found: bool) -> None:
    assert matches(name, wanted) is found


# -- succession ---------------------------------------------------------------------------------------------------------------


def a_draft(state: DraftState) -> Draft:
    return Draft(1, 9, "kazan", state, 1, "Текст", (), ("vk-kazan",), "", NOW, None, None)


def a_page(kind: PageKind, region: str = "kazan") -> Page:
    return Page("p", Platform.VK, kind, "П", region, "Europe/Moscow", (), "", 1, None, active=True)


def test_the_fittest_successor_has_the_same_role_and_is_there() -> None:
    people = [somebody(number, region=region).person for number, region in ((1, "omsk"), (2, "kazan"), (3, "kazan"))]
    unreachable = replace(somebody(4).person, reachable=False)
    flagged = [(people[0], False), (people[1], False), (people[2], True), (unreachable, True)]
    assert [one.id for one in ranked(flagged, [], "kazan")] == [3, 2, 1]
    assert [one.id for one in ranked(flagged, [3], "kazan")] == [2, 1]


def test_somebodys_own_page_is_kept_by_nobody_else() -> None:
    successor = somebody(1, (Role.VOLUNTEER, "kazan"))
    assert takes_page(a_page(PageKind.GROUP), successor)
    assert not takes_page(a_page(PageKind.GROUP, "omsk"), successor)
    assert not takes_page(a_page(PageKind.PERSONAL), successor)


def test_a_waiting_text_never_becomes_its_deciders_own() -> None:
    press, volunteer = somebody(1, (Role.PRESS_SECRETARY, "kazan")), somebody(2, (Role.VOLUNTEER, "kazan"))
    assert not takes_draft(a_draft(DraftState.SUBMITTED), press)
    assert takes_draft(a_draft(DraftState.SUBMITTED), volunteer)
    assert takes_draft(a_draft(DraftState.WRITING), press)


def test_what_was_moved_survives_the_journal() -> None:
    moved = Moved((1, 2), 3, ("a",), ("b", "c"), (7,), 4, 5, (8,), 1, (9,), 2)
    assert Moved.of(moved.as_payload()) == moved


# -- two people ---------------------------------------------------------------------------------------------------------------


def a_wish(**changes: object) -> Wish:
    wish = Wish(1, Kind.SUSPEND_LEADER, 3, None, "", None, 1, NOW, NOW + IN_TIME, WishState.OPEN)
    return replace(wish, **changes)  # type: ignore[arg-type]  # fields of the dataclass


def test_the_second_yes_is_another_persons_and_comes_within_a_day() -> None:
    second = somebody(2, (Role.OWNER, EVERYWHERE))
    ensure_second(a_wish(), second, NOW + IN_TIME - timedelta(seconds=1))
    with pytest.raises(WishOver):
        ensure_second(a_wish(), second, NOW + IN_TIME)
    with pytest.raises(WishOver):
        ensure_second(a_wish(state=WishState.DONE), second, NOW)
    for number in (1, 3):
        with pytest.raises(SamePerson):
            ensure_second(a_wish(), somebody(number, (Role.OWNER, EVERYWHERE)), NOW)


def test_two_are_asked_only_where_configured_and_only_about_those_who_lead() -> None:
    both = frozenset(Kind)
    assert asks_two(both, Kind.SUSPEND_LEADER, frozenset({Role.MANAGER, Role.VOLUNTEER}))
    assert not asks_two(both, Kind.SUSPEND_LEADER, frozenset({Role.VOLUNTEER}))
    assert not asks_two(frozenset(), Kind.SUSPEND_LEADER, frozenset({Role.OWNER}))


def test_seconds_may_decide_about_the_person_themselves() -> None:
    target = somebody(3, (Role.MANAGER, EVERYWHERE))
    people = [
        somebody(1, (Role.OWNER, EVERYWHERE)),
        somebody(2, (Role.MANAGER, EVERYWHERE)),
        target,
        somebody(4, (Role.COORDINATOR, "kazan")),
    ]
    assert [one.id for one in seconds(people, a_wish(), target)] == [2]
