"""Port: fill-in masters, what people fill into them, an approver's list of fills."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.masters import Fill, Master


@dataclass(frozen=True)
class Origin:
    """Where a filled draft comes from. `text`: the wording it was filled from; `newest`: the master's current one."""

    master_id: int
    wording: int
    text: str
    newest: int

    @property
    def older(self) -> bool:
        return self.wording < self.newest


@dataclass(frozen=True)
class FillList:
    """Fills that an approver looks through, screen by screen: draft and version, exactly as listed.

    `left_out`: drafts tapped out.
    """

    id: int
    person_id: int
    master_id: int
    wording: int
    version: int
    screens: tuple[tuple[tuple[int, int], ...], ...]
    left_out: tuple[int, ...]


class Masters(Protocol):
    async def add(self, *, author_id: int, region: str, text: str, now: datetime) -> Master:
        """A new master in state writing, first wording, for no page yet."""

    async def get(self, master_id: int) -> Master:
        """With its current wording and its pages; NotFound."""

    async def save(self, changed: Master, now: datetime) -> Master:
        """Everything of it as the next version; another text is the next wording. MasterChanged unless still at its version."""

    async def wording(self, master_id: int, number: int) -> str:
        """One immutable wording; NotFound."""

    async def list_open(self, now: datetime) -> list[Master]:
        """Sent and not over, newest first, with their pages."""

    async def count_open(self, now: datetime, pages: Iterable[str]) -> int:
        """How many of them are for one of these pages."""

    async def list_own(self, author_id: int, regions: Iterable[str], limit: int) -> list[Master]:
        """Those of this author and those of these regions (`EVERYWHERE`: all), newest first, without dropped ones."""

    async def add_fill(self, *, master: Master, person_id: int, region: str, page: str, now: datetime) -> Fill:
        """A new one, at its first question."""

    async def get_fill(self, fill_id: int) -> Fill: ...

    async def find_running(self, master_id: int, person_id: int, region: str, page: str) -> Fill | None: ...

    async def save_fill(self, changed: Fill) -> Fill:
        """As the next version; MasterChanged unless still at its version."""

    async def fills_of(self, person_id: int, masters: Iterable[int]) -> list[Fill]:
        """What this person has filled into these masters, newest first."""

    async def count_fills(self, master_id: int) -> int:
        """How many drafts were made from it."""

    async def find_origin(self, draft_id: int) -> Origin | None:
        """What a draft was filled from; None for own words and everything else."""

    async def waiting_fills(
        self, master_id: int, wording: int, regions: Iterable[str], reader: int
    ) -> list[tuple[int, int, int]]:
        """Draft, version and characters of the fills that wait for the reader, by region.

        Not their own, not those they agreed to, not those whose first opinion was theirs.
        """

    async def count_waiting(self, master_id: int, wording: int, regions: Iterable[str], reader: int) -> int:
        """How many there are of them."""

    async def put_list(
        self,
        *,
        person_id: int,
        master_id: int,
        wording: int,
        screens: Iterable[Iterable[tuple[int, int]]],
        now: datetime,
    ) -> FillList:
        """The person's list of this wording, anew: nothing is left out."""

    async def get_list(self, list_id: int) -> FillList: ...

    async def save_left_out(self, changed: FillList) -> FillList:
        """As the next version; MasterChanged unless still at its version."""
