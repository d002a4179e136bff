"""Who may bring in whom, which invite still works, and how many are asked for at once."""

import base64
import csv
import io
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import invites_table
from domain.invites import MOST, LineUnclear, TooManyInvites, Typed, could_be_order, read_line, region_named
from domain.invites_table import Fault
from domain.people import EVERYWHERE, Actor, InviteInvalid, Membership, Person, PersonStatus, Role
from domain.ports.people import Invite
from domain.rights import may_grant
from domain.usecases import invites

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
regions = st.sampled_from(["kazan", "omsk", EVERYWHERE])


def somebody(*memberships: Membership) -> Actor:
    person = Person(1, "Анна", "ru", "Europe/Moscow", "kazan", PersonStatus.ACTIVE, True, time(8), time(22), time(8), 1)
    return Actor(person, 1001, 42, memberships)


def an_invite(**fields: object) -> Invite:
    values: dict[str, object] = {
        "id": 1,
        "role": Role.VOLUNTEER,
        "region": "kazan",
        "created_by": None,
        "expires_at": NOW + timedelta(hours=1),
        "max_uses": 1,
        "uses": 0,
        "revoked_at": None,
    }
    return Invite(**{**values, **fields})  # type: ignore[arg-type]


@given(st.sampled_from(Role), regions, st.sampled_from(Role), regions)
def test_nobody_grants_more_than_they_hold_nor_outside_their_regions(
    held: Role, where: str, given_role: Role, region: str
) -> None:
    granted = may_grant(somebody(Membership(held, where)), given_role, region)
    if held not in {Role.OWNER, Role.MANAGER, Role.COORDINATOR} or (where not in {EVERYWHERE, region}):
        assert not granted
    if given_role is Role.OWNER:
        assert granted is (held is Role.OWNER and where in {EVERYWHERE, region})
    if held is Role.COORDINATOR and given_role is not Role.VOLUNTEER:
        assert not granted


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"revoked_at": NOW}, "revoked"),
        ({"uses": 1}, "used"),
        ({"expires_at": NOW}, "expired"),
    ],
)
def test_a_spent_invite_says_why(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(InviteInvalid) as refused:
        invites.ensure_usable(an_invite(**fields), NOW)
    assert refused.value.reason == reason


def test_a_fresh_invite_works() -> None:
    invites.ensure_usable(an_invite(), NOW)


def test_the_menu_of_roles_starts_with_those_who_decide_most() -> None:
    assert invites.grantable(somebody(Membership(Role.COORDINATOR, "kazan"))) == [Role.VOLUNTEER]
    assert invites.grantable(somebody(Membership(Role.MANAGER, EVERYWHERE)))[0] is Role.MANAGER
    assert invites.grantable(somebody(Membership(Role.VOLUNTEER, "kazan"))) == []


# --- lines and tables ---------------------------------------------------------------------------------------------------

PLACES = {
    "kazan": "Казань",
    "perm": "Пермский край",
    "omsk": "Омск",
    "primorye": "Приморье",
    "r7": "Регион 7",
    "khab": "Комсомольск-на-Амуре и район",
}


@pytest.mark.parametrize(
    ("line", "number", "role", "region"),
    [
        ("200 volunteer perm", 200, Role.VOLUNTEER, "perm"),
        ("50 волонтёров в Казань", 50, Role.VOLUNTEER, "kazan"),
        ("волонтеры казани 20", 20, Role.VOLUNTEER, "kazan"),
        ("КООРДИНАТОР ОМСК", 1, Role.COORDINATOR, "omsk"),
        ("3 координатора для Омска", 3, Role.COORDINATOR, "omsk"),
        ("2 пресс-секретаря пермского края", 2, Role.PRESS_SECRETARY, "perm"),
        ("press secretary Kazan", 1, Role.PRESS_SECRETARY, "kazan"),
        ("10 добровольцев в Пермь", 10, Role.VOLUNTEER, "perm"),
        ("5 volunteers Регион 7", 5, Role.VOLUNTEER, "r7"),
        ("волонтёр комсомольск-на-амуре", 1, Role.VOLUNTEER, "khab"),
        ("1 кандидат, вся кампания", 1, Role.CANDIDATE, EVERYWHERE),
        ("4 managers everywhere", 4, Role.MANAGER, EVERYWHERE),
        ("волонтёры – 20, Казань", 20, Role.VOLUNTEER, "kazan"),
        ("20 волонтёров, Казань (kazan)", 20, Role.VOLUNTEER, "kazan"),
        ("Казань,20 волонтёров", 20, Role.VOLUNTEER, "kazan"),
        ("один волонтёр казань", 1, Role.VOLUNTEER, "kazan"),
    ],
)
def test_a_line_is_read_in_the_words_people_type(line: str, number: int, role: Role, region: str) -> None:
    assert read_line(line, PLACES) == Typed(number, role, region)


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("200 волонтёров", "region"),
        ("12 в Омск", "role"),
        ("волонтёры в Нарнию", "region"),
        ("2 3 волонтёра Омск", "number"),
        ("0 волонтёров Омск", "number"),
        ("", "role"),
        ("50 волонтёров казань омск", "one region"),
        ("50 волонтёров в Пермь и Казань", "one region"),
        ("двадцать волонтёров Казань", "digits"),
        ("пятнадцать волонтёров Казань", "digits"),
        ("twenty volunteers Kazan", "digits"),
        ("сто волонтёров Казань", "digits"),
        ("-5 волонтёров Казань", "number"),
        ("волонтёров Казань −5", "number"),
        ("1,5 волонтёра Казань", "number"),
        ("100000000 волонтёров Казань", "number"),
    ],
)
def test_a_line_says_what_it_lacks(line: str, lacks: str) -> None:
    with pytest.raises(LineUnclear) as refused:
        read_line(line, PLACES)
    assert refused.value.lacks == lacks


@pytest.mark.parametrize(
    "text",
    [
        "50 волонтёров",
        "двенадцать в Нарнию",
        "12 человек из молодёжного отделения в Нарнию",
        "3 пресс-секретаря для Омска, пожалуйста, к понедельнику",
        "20 волонтёров в Казань\n5 координаторов в Омск",
        "Имя;Роль;Регион\nАнна Соколова;волонтёр;Казань\nБорис Ким;волонтёр;Казань",
    ],
)
def test_a_line_and_a_slip_in_it_are_meant_for_the_question(text: str) -> None:
    assert could_be_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня в Казани открыли новую детскую площадку",
        "Открыли площадку!\n\nПриходите все, будет музыка и чай",
        "Наши волонтёры раздали чай\n\nСпасибо каждому, кто пришёл",
        "Наши волонтёры раздали листовки. Спасибо каждому, кто пришёл!",
        "Волонтёры в Казани раздали сегодня горячий чай #казань",
        "3 площадки открыли мы за неделю. Ещё две откроем в пятницу!",
    ],
)
def test_a_post_is_never_taken_for_a_line_of_invites(text: str) -> None:
    assert not could_be_order(text)


def test_a_cell_with_two_regions_names_none() -> None:
    assert region_named("Казань, Омск", PLACES) is None
    assert region_named("г. Казань", PLACES) == "kazan"


def test_more_than_an_order_makes_is_refused() -> None:
    assert read_line(f"{MOST} волонтёров Омск", PLACES).number == MOST
    with pytest.raises(TooManyInvites):
        read_line(f"{MOST + 1} волонтёров Омск", PLACES)


@given(st.text(max_size=80))
def test_any_line_is_an_order_or_a_refusal(line: str) -> None:
    try:
        typed = read_line(line, PLACES)
    except (LineUnclear, TooManyInvites):
        return
    assert typed.region in {EVERYWHERE, *PLACES}
    assert 0 < typed.number <= MOST


def test_a_table_is_read_with_heads_in_either_language_and_any_order() -> None:
    table = invites_table.read("Регион;ФИО;Роль\nОмск;Ким;волонтёр\n\nkazan;Lee;press secretary;\n", PLACES)
    assert table.mistakes == ()
    assert [(one.line, one.name, one.role, one.region) for one in table.wanted] == [
        (2, "Ким", Role.VOLUNTEER, "omsk"),
        (4, "Lee", Role.PRESS_SECRETARY, "kazan"),
    ]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("", [(0, Fault.NO_LINES)]),
        ("name;role;region\n", [(0, Fault.NO_LINES)]),
        ("name;role;phone\nA;volunteer;1\n", [(1, Fault.HEAD_UNKNOWN)]),
        ("name;role\nA;volunteer\n", [(1, Fault.HEAD_LACKS)]),
        ("name;role;роль;region\nA;volunteer;;Омск\n", [(1, Fault.HEAD_TWICE)]),
        ("name;role;region\nA;volunteer\n", [(2, Fault.CELLS)]),
        ('name;role;region\n"A;volunteer;Омск\n', [(2, Fault.BROKEN)]),
        ("name;role;region\nA;boss;Омск\nB;volunteer;Atlantis\n;volunteer;Омск\n", [
            (2, Fault.ROLE_UNKNOWN), (3, Fault.REGION_UNKNOWN), (4, Fault.NAME_EMPTY),
        ]),
        ("name;role;region\n" + "A;volunteer;Омск\n" * (MOST + 1), [(0, Fault.TOO_MANY)]),
        (f"name;role;region\n{'A' * 201};volunteer;Омск\n", [(2, Fault.LONG)]),
    ],
)  # fmt: skip
def test_every_mistake_of_a_table_is_named_by_its_line(text: str, mistakes: list[tuple[int, Fault]]) -> None:
    assert [(one.line, one.fault) for one in invites_table.read(text, PLACES).mistakes] == mistakes


@pytest.mark.slow  # takes seconds
@given(st.text(max_size=300))
def test_any_table_is_read_without_a_failure(text: str) -> None:
    table = invites_table.read(text, PLACES)
    assert bool(table.mistakes) or bool(table.wanted)
    invites_table.is_invite_table(text)


def test_a_table_of_figures_is_not_taken_for_one_of_people() -> None:
    assert not invites_table.is_invite_table("page;date;members\nvk-kazan;2026-09-07;5\n")
    assert invites_table.is_invite_table("\nИмя;РОЛЬ;Регион\n")


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=20), min_size=1, max_size=4))
def test_what_is_written_can_be_read_and_holds_no_formula(cells: list[str]) -> None:
    written = invites_table.write(["a"], [cells]).decode("utf-8-sig")
    [_, row] = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_codes_have_more_than_128_random_bits_and_never_repeat() -> None:
    codes = {invites.fresh_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(base64.urlsafe_b64decode(code)) * 8 >= 128 for code in codes)
