"""Who may bring in whom, and which invite still works."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
