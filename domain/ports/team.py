"""Ports: lists of people for those who lead them, and what is decided about people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.account_move import AccountMove, MoveState
from domain.drafts import Draft
from domain.people import Person, Role
from domain.ports.people import TeamMember
from domain.team import Span, Suspension
from domain.two_people import Kind, Wish, WishState

Scope = frozenset[str] | None
"""Regions whose people are meant: those who live or hold a role there; None: all."""


@dataclass(frozen=True)
class Busy:
    """How many posts somebody has ahead, and how many were late or missed lately."""

    person_id: int
    ahead: int
    late: int


@dataclass(frozen=True)
class Closed:
    """An account that opens nothing: its person is suspended, or has moved to another account."""

    person: Person
    moved: bool


class TeamReads(Protocol):
    async def names(self, regions: Scope) -> list[tuple[int, str]]:
        """Everybody who is here, suspended ones too, by name."""

    async def unreachable(self, regions: Scope) -> list[int]:
        """By name."""

    async def suspended(self, regions: Scope) -> list[int]:
        """By name."""

    async def inside(self, people: Collection[int], regions: Scope) -> list[int]:
        """Those of `people` who are active there, by name."""

    async def busy(self, regions: Scope, now: datetime, span: Span) -> list[Busy]:
        """Active people with posts ahead, or late ones before."""

    async def busy_one(self, person_id: int, now: datetime, span: Span) -> Busy:
        """The same of one person."""

    async def members(self, ids: Sequence[int]) -> list[TeamMember]:
        """In this order, whatever their status."""

    async def note(self, person_id: int, author_id: int) -> str:
        """Empty: none."""

    async def set_note(self, person_id: int, author_id: int, text: str, now: datetime) -> None:
        """Empty text takes it away."""

    async def forget_notes(self, person_id: int) -> None:
        """Those about a person."""


class Standing(Protocol):
    # -- access ------------------------------------------------------------------------------------------------------

    async def closed(self, telegram_id: int) -> Closed | None:
        """Why an account opens nothing; None: it belongs to nobody, to somebody active, or to somebody who left."""

    async def suspend(self, person_id: int, by: int | None, successor: int | None, now: datetime) -> bool:
        """False when they are suspended already."""

    async def suspension(self, person_id: int) -> Suspension | None:
        """The one that holds."""

    async def lift(self, person_id: int, by: int, now: datetime) -> bool:
        """False when nothing is to be lifted."""

    async def owners(self) -> int:
        """How many active owners there are."""

    async def remove_role(self, person_id: int, role: Role, region: str) -> bool: ...

    async def live_copies(self, person_id: int) -> list[int]:
        """Ids of the cards in the person's own chat."""

    async def sending(self, person_id: int) -> list[int]:
        """Messages to the team that this person is sending."""

    # -- what somebody has -------------------------------------------------------------------------------------------

    async def open_drafts(self, person_id: int) -> list[Draft]:
        """Not decided on, oldest first."""

    async def decided_on(self, person_id: int, drafts: Collection[int]) -> frozenset[int]:
        """Those of the drafts on whose current version this person has decided."""

    async def set_author(self, draft_id: int, person_id: int, seen: int) -> bool:
        """`seen`: whose it was."""

    async def poster_of(self, person_id: int) -> list[str]:
        """Pages on which they are a named poster."""

    # -- accounts ----------------------------------------------------------------------------------------------------

    async def add_move(
        self, person_id: int, code_hash: str, by: int, now: datetime, expires_at: datetime
    ) -> AccountMove:
        """Earlier open ones of the person are declined."""

    async def find_move(self, code_hash: str) -> AccountMove | None: ...

    async def get_move(self, move_id: int) -> AccountMove:
        """Raises NotFound."""

    async def open_move(self, person_id: int, now: datetime) -> AccountMove | None: ...

    async def claim_move(
        self, move_id: int, telegram_id: int, name: str, username: str, expires_at: datetime
    ) -> bool: ...

    async def claimed_until(self, telegram_id: int) -> datetime | None:
        """Until when somebody can confirm that this account is a colleague's new one; may be over. None: it never was named."""

    async def decide_move(self, move_id: int, seen: MoveState, state: MoveState, by: int, now: datetime) -> bool: ...

    async def owner_of_account(self, telegram_id: int) -> int | None:
        """Whose account it is or was."""

    async def link_account(self, person_id: int, telegram_id: int, username: str, now: datetime) -> None:
        """From now on the person's only active account."""

    # -- a second yes ------------------------------------------------------------------------------------------------

    async def add_wish(
        self,
        kind: Kind,
        person_id: int,
        by: int | None,
        *,
        role: Role | None,
        region: str,
        successor_id: int | None,
        now: datetime,
        expires_at: datetime,
    ) -> Wish: ...

    async def get_wish(self, wish_id: int) -> Wish:
        """Raises NotFound."""

    async def open_wish(self, kind: Kind, person_id: int, now: datetime) -> Wish | None: ...

    async def decide_wish(self, wish_id: int, state: WishState, by: int, now: datetime) -> bool:
        """False when it was decided before."""

    async def accounts(self, people: Collection[int]) -> Mapping[int, int]:
        """The active Telegram account of each."""
