"""People, their roles and where those hold."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.consent import CONSENT
from domain.errors import Conflict, DomainError, Invalid

EVERYWHERE = "*"
"""The region of a membership or a page that holds for the whole campaign."""


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    PRESS_SECRETARY = "press_secretary"
    VOLUNTEER = "volunteer"
    CANDIDATE = "candidate"


class PersonStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


@dataclass(frozen=True)
class Membership:
    role: Role
    region: str

    def covers(self, region: str) -> bool:
        """Whether this role holds in `region`; a role of one region never holds for the whole campaign."""
        return self.region in {EVERYWHERE, region}


@dataclass(frozen=True)
class Person:
    """Somebody who has joined. `digest_at`, `quiet_from`, `quiet_to` are wall-clock times in `zone`."""

    id: int
    name: str
    language: str
    zone: str
    region: str
    status: PersonStatus
    reachable: bool
    digest_at: time
    quiet_from: time
    quiet_to: time
    version: int
    consent_version: int = CONSENT
    """The text they agreed to."""

    def local(self, at: datetime) -> datetime:
        """`at` (aware) on this person's clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def is_quiet(self, at: datetime) -> bool:
        """Whether `at` (aware) falls into this person's quiet hours, which may run over midnight."""
        clock = self.local(at).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to


@dataclass(frozen=True)
class Actor:
    """A person who acts now, with every role they hold at this moment (read in the same transaction)."""

    person: Person
    telegram_id: int
    number: int
    """The pseudonymous number under which the journal knows this person."""
    memberships: tuple[Membership, ...]

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def language(self) -> str:
        return self.person.language

    def holds(self, roles: frozenset[Role], region: str | None = None) -> bool:
        """Whether one of `roles` is held in `region` (`None`: anywhere)."""
        return any(m.role in roles and (region is None or m.covers(region)) for m in self.memberships)

    def regions(self, roles: frozenset[Role]) -> frozenset[str]:
        """The regions in which one of `roles` is held; contains `EVERYWHERE` when it holds in all."""
        return frozenset(m.region for m in self.memberships if m.role in roles)


@dataclass(eq=False)
class Stranger(DomainError):
    """The account belongs to nobody who has joined."""


@dataclass(eq=False)
class BadZone(Invalid):
    """`zone` is not an IANA zone name."""

    zone: str


@dataclass(eq=False)
class InviteInvalid(Invalid):
    """The invite cannot be used: `reason` is "unknown", "expired", "used" or "revoked"."""

    reason: str


@dataclass(eq=False)
class AlreadyJoined(Conflict):
    """The person already holds this role there."""

    role: Role
    region: str


ROLE_ORDER = (Role.OWNER, Role.MANAGER, Role.PRESS_SECRETARY, Role.COORDINATOR, Role.CANDIDATE, Role.VOLUNTEER)
"""For menus and lists: who decides most comes first."""
