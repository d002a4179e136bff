"""Port: people, accounts, roles, invites, requests for access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from domain.people import Actor, Membership, Person, Role


@dataclass(frozen=True)
class Invite:
    id: int
    role: Role
    region: str
    created_by: int | None
    expires_at: datetime
    max_uses: int
    uses: int
    revoked_at: datetime | None
    order_id: int | None = None
    shared: bool = False
    """Whoever comes by it waits until somebody lets them in."""


@dataclass(frozen=True)
class AccessRequest:
    id: int
    telegram_id: int
    name: str
    username: str
    language: str
    region: str
    state: str
    requested_at: datetime
    decided_by: int | None


@dataclass(frozen=True)
class TeamMember:
    """A person with roles, for lists."""

    person: Person
    username: str
    memberships: tuple[Membership, ...]


@dataclass(frozen=True)
class RoleCount:
    """How many active people hold a role in a region."""

    role: Role
    region: str
    people: int


class People(Protocol):
    async def find_actor(self, telegram_id: int) -> Actor | None:
        """The active person behind an account with all roles, in one statement; None for strangers, leavers, suspended."""

    async def find_actor_by_person(self, person_id: int) -> Actor | None:
        """The same by person."""

    async def get(self, person_id: int) -> Person: ...

    async def find_person(self, telegram_id: int) -> Person | None:
        """The person behind an account whatever their status: also leavers and suspended."""

    async def chat_of(self, person_id: int) -> int | None:
        """The active account's id: the private chat to write to."""

    async def add(
        self,
        *,
        telegram_id: int,
        username: str,
        name: str,
        language: str,
        zone: str,
        region: str,
        digest_at: time,
        quiet_from: time,
        quiet_to: time,
        now: datetime,
    ) -> Person:
        """A new person with their account; a fresh random journal number."""

    async def update(self, person_id: int, **changes: object) -> None:
        """Change columns of `person` (name, language, zone, digest_at, quiet_from, quiet_to, status…)."""

    async def set_reachable(self, telegram_id: int, reachable: bool) -> Person | None:
        """Returns the person when this changed something."""

    async def add_membership(
        self,
        person_id: int,
        role: Role,
        region: str,
        granted_by: int | None,
        now: datetime,
        *,
        invite_id: int | None = None,
    ) -> bool:
        """False when they already hold it."""

    async def remove_memberships(self, person_id: int) -> None: ...

    async def holders(self, roles: frozenset[Role], region: str, *, exactly: bool = False) -> list[Actor]:
        """Active people holding one of `roles` for `region` (exactly: not through `*`), ordered by id."""

    async def team(self, regions: frozenset[str] | None = None) -> list[TeamMember]:
        """Everybody with roles; `regions` None: all."""

    async def team_page(self, regions: frozenset[str] | None, offset: int, limit: int) -> list[TeamMember]:
        """The same in pieces: unreachable ones first, then by name."""

    async def find_member(self, person_id: int) -> TeamMember | None:
        """One active person."""

    async def count_team(self, regions: frozenset[str] | None = None) -> tuple[int, int]:
        """How many there are, and how many of them cannot be reached."""

    async def count_roles(self, regions: frozenset[str] | None = None) -> list[RoleCount]: ...

    async def next_posting(self, person_id: int, now: datetime) -> datetime | None:
        """When the person's next assignment is due, if they have one."""

    async def names(self, ids: Sequence[int]) -> dict[int, str]: ...

    async def add_invite(
        self,
        *,
        token_hash: str,
        role: Role,
        region: str,
        created_by: int | None,
        now: datetime,
        expires_at: datetime,
        max_uses: int,
        shared: bool = False,
        order_id: int | None = None,
    ) -> int: ...

    async def get_invite(self, invite_id: int) -> Invite: ...

    async def find_invite(self, token_hash: str) -> Invite | None: ...

    async def use_invite(self, invite_id: int) -> bool:
        """Count one use in a single statement; False when none was left."""

    async def open_invites(self, now: datetime) -> list[Invite]: ...

    async def revoke_invite(self, invite_id: int, now: datetime) -> bool: ...

    async def add_request(
        self, *, telegram_id: int, name: str, username: str, language: str, region: str, now: datetime
    ) -> int | None:
        """None when an open request of this account exists."""

    async def find_request(self, request_id: int) -> AccessRequest | None: ...

    async def requests_of(self, telegram_id: int) -> list[AccessRequest]:
        """All that are kept of this account, decided or not."""

    async def open_requests(self, regions: frozenset[str] | None = None) -> list[AccessRequest]:
        """Oldest first."""

    async def delete_request(self, request_id: int) -> None: ...

    async def decide_request(self, request_id: int, state: str, by: int, now: datetime) -> bool:
        """False when somebody decided before."""
