"""Whose names and whose journals a reader may see."""

from datetime import UTC, datetime, time

import pytest

from domain.exports import Export, ExportFormat, ExportState
from domain.people import EVERYWHERE, Actor, Membership, Person, PersonStatus, Role
from domain.privacy import NOBODY
from domain.record import Entry, HeadView, Known, Named, Who, named, reads_person
from domain.rights import Action, may
from domain.usecases.exports import may_have

NOW = datetime(2026, 9, 7, tzinfo=UTC)


def actor(role: Role, region: str, home: str = "kazan", number: int = 1) -> Actor:
    clock = time(8)
    person = Person(
        number, "Я", "ru", "Europe/Moscow", home, PersonStatus.ACTIVE, reachable=True,
        digest_at=clock, quiet_from=clock, quiet_to=clock, version=1,
    )  # fmt: skip
    return Actor(person, 1000 + number, 100 + number, (Membership(role, region),))


def known(*held: tuple[Role, str], home: str = "kazan", number: int = 2, name: str = "Анна") -> Known:
    return Known(number, 100 + number, name, home, tuple(Membership(role, region) for role, region in held))


VOLUNTEER, PRESS, OWNER = Role.VOLUNTEER, Role.PRESS_SECRETARY, Role.OWNER


@pytest.mark.parametrize(
    ("reader", "one", "shown"),
    [
        (actor(PRESS, "kazan"), known((VOLUNTEER, "kazan")), True),
        (actor(PRESS, "kazan"), known((VOLUNTEER, "omsk"), home="omsk"), False),
        (actor(PRESS, "kazan"), known((VOLUNTEER, "omsk"), (VOLUNTEER, "kazan"), home="omsk"), True),
        (actor(PRESS, "kazan"), known((OWNER, EVERYWHERE), home="moscow"), True),
        (actor(PRESS, "kazan"), known((PRESS, "omsk"), home="omsk"), False),
        (actor(OWNER, EVERYWHERE), known((VOLUNTEER, "omsk"), home="omsk"), True),
        (actor(VOLUNTEER, "kazan"), known((VOLUNTEER, "kazan")), False),
        (actor(VOLUNTEER, "kazan"), known((PRESS, "kazan")), True),
        (actor(VOLUNTEER, "kazan"), known((PRESS, "omsk"), home="omsk"), False),
        (actor(VOLUNTEER, "kazan"), known((VOLUNTEER, "kazan"), number=1), True),
        (None, known(home="omsk"), True),
    ],
)
def test_a_name_is_shown_to_those_whom_the_person_works_with(reader: Actor | None, one: Known, shown: bool) -> None:
    told = named(reader, one.number, {one.number: one})

    assert told == (Named(Who.PERSON, "Анна") if shown else Named(Who.HIDDEN))


def test_the_erased_and_numbers_of_nobody_have_no_name_even_for_the_operator() -> None:
    gone = known((VOLUNTEER, "kazan"), name=NOBODY)

    assert named(None, gone.number, {gone.number: gone}) == Named(Who.ERASED)
    assert named(None, 999, {}) == Named(Who.ERASED)
    assert named(None, 0, {}) == Named(Who.BOT)


@pytest.mark.parametrize(
    ("reader", "held", "home", "open_"),
    [
        (actor(PRESS, "kazan"), [(VOLUNTEER, "kazan")], "kazan", True),
        (actor(PRESS, "kazan"), [(VOLUNTEER, "kazan"), (VOLUNTEER, "omsk")], "kazan", False),
        (actor(PRESS, "kazan"), [(OWNER, EVERYWHERE)], "kazan", False),
        (actor(PRESS, "kazan"), [], "kazan", True),
        (actor(PRESS, "kazan"), [], "omsk", False),
        (actor(OWNER, EVERYWHERE), [(OWNER, EVERYWHERE)], "omsk", True),
        (actor(VOLUNTEER, "kazan"), [(VOLUNTEER, "kazan")], "kazan", False),
        (actor(Role.CANDIDATE, "kazan"), [(VOLUNTEER, "kazan")], "kazan", False),
    ],
)
def test_somebodys_journal_is_open_to_those_who_lead_wherever_they_hold_a_role(
    reader: Actor, held: list[tuple[Role, str]], home: str, open_: bool
) -> None:
    assert reads_person(reader, 2, [Membership(*one) for one in held], home) is open_
    assert reads_person(reader, reader.id, [Membership(*one) for one in held], home), "always one's own"


def test_evidence_is_for_deciders_and_the_head_for_leaders() -> None:
    allowed = {
        role: {a for a in (Action.JOURNAL, Action.EVIDENCE, Action.JOURNAL_HEAD) if may(actor(role, "kazan"), a)}
        for role in Role
    }

    assert allowed == {
        Role.OWNER: {Action.JOURNAL, Action.EVIDENCE, Action.JOURNAL_HEAD},
        Role.MANAGER: {Action.JOURNAL, Action.EVIDENCE, Action.JOURNAL_HEAD},
        Role.PRESS_SECRETARY: {Action.JOURNAL, Action.EVIDENCE},
        Role.COORDINATOR: {Action.JOURNAL},
        Role.CANDIDATE: set(),
        Role.VOLUNTEER: set(),
    }


def test_a_bundle_on_its_way_is_had_only_by_who_may_take_it_at_that_moment() -> None:
    one = Export(
        1, 1, ExportFormat.EVIDENCE, "post:4", NOW.date(), NOW.date(), ("kazan",), "", True, "ru",
        ExportState.WAITING, None, 0, "", "", 0, NOW, None, 1,
    )  # fmt: skip

    assert may_have(actor(PRESS, "kazan"), one)
    assert may_have(actor(Role.MANAGER, EVERYWHERE), one)
    assert not may_have(actor(Role.COORDINATOR, "kazan"), one)
    assert not may_have(actor(PRESS, "omsk"), one)


def test_what_an_action_came_to_stands_behind_it_while_its_details_are_kept() -> None:
    approved = Entry(1, NOW, 3, "draft_decide", "draft:1", 2, {"verdict": "approve"})

    assert approved.key == "draft_decide:approve"
    assert Entry(1, NOW, 3, "draft_decide", "draft:1", 2).key == "draft_decide"


def test_the_head_is_shown_as_four_groups_of_eight() -> None:
    assert HeadView(5, "0123456789abcdef" * 4).groups == "01234567 89abcdef 01234567 89abcdef"
