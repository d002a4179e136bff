"""Port: many invites at once, shared links and who waits behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.invites import Arrival, Entry, InviteOrder, OrderState
from domain.people import Role
from domain.ports.people import Invite


@dataclass(frozen=True)
class NewLink:
    """One of many single-use links, to be written."""

    token_hash: str
    role: Role
    region: str


class Invites(Protocol):
    async def add_order(
        self,
        *,
        person_id: int | None,
        name: str,
        digest: str,
        role: Role | None,
        region: str,
        number: int,
        state: OrderState,
        at: datetime,
    ) -> InviteOrder: ...

    async def get_order(self, order_id: int) -> InviteOrder: ...

    async def decide_order(self, order: InviteOrder, state: OrderState, now: datetime) -> InviteOrder | None:
        """Made or put away; None when it was decided since."""

    async def add_links(
        self, links: Sequence[NewLink], order_id: int, created_by: int | None, now: datetime, expires_at: datetime
    ) -> None: ...

    async def of_order(self, order_id: int) -> list[Invite]:
        """Its links, the oldest first."""

    async def orders(self, ids: Sequence[int]) -> dict[int, InviteOrder]: ...

    async def revoke_order(self, order_id: int, now: datetime) -> int:
        """Take back those that nobody has used; returns how many."""

    async def over(self, now: datetime, since: datetime) -> list[Invite]:
        """Made since then and no longer open, but somebody came by them; newest first."""

    async def give_back(self, invite_id: int) -> None:
        """One use less: whoever took it was refused."""

    async def arrivals(self, invite_ids: Sequence[int]) -> list[Arrival]:
        """Who holds a role by these, the newest first."""

    async def add_entry(
        self,
        *,
        invite_id: int,
        telegram_id: int,
        name: str,
        username: str,
        language: str,
        consent_version: int,
        now: datetime,
    ) -> int | None:
        """None when this account came by this link before."""

    async def find_entry(self, entry_id: int) -> Entry | None: ...

    async def entry_of(self, invite_id: int, telegram_id: int) -> Entry | None: ...

    async def of_account(self, telegram_id: int) -> list[Entry]:
        """Of whoever is not in: those that wait and those that were refused."""

    async def waiting(self, invite_id: int) -> list[Entry]:
        """The oldest first."""

    async def let_in(self, entry_id: int, person_id: int, by: int, now: datetime) -> None:
        """Only the fact stays: name and account are the person's now."""

    async def refuse(self, entry_id: int, by: int, now: datetime) -> None:
        """Their name goes; the account stays until the entry is deleted, so that they do not ask again and again."""

    async def delete_entry(self, entry_id: int) -> None: ...
