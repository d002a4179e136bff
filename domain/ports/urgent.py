"""Port: urgent calls and who is asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.urgent import AskState, UrgentAsk, UrgentCall


@dataclass(frozen=True)
class NamedAsk:
    """An ask with its person's name."""

    ask: UrgentAsk
    name: str


@dataclass(frozen=True)
class ApprovedText:
    """An approved text for lists. `pages`: of so many it is meant for, `left` do not have it yet."""

    draft_id: int
    version: int
    text: str
    author: str
    pages: int
    left: int


@dataclass(frozen=True)
class RunningCall:
    """A call for lists."""

    call_id: int
    text: str
    pages: int
    accepted: int
    posted: int


class Urgent(Protocol):
    async def add(
        self, *, draft_id: int, draft_version: int, started_by: int, pages: Iterable[str], minutes: int, now: datetime
    ) -> UrgentCall:
        """A new one, being prepared."""

    async def get(self, call_id: int) -> UrgentCall:
        """Raises NotFound."""

    async def find_preparing(self, person_id: int, draft_id: int, version: int) -> UrgentCall | None:
        """The newest one that this person is putting together for this version."""

    async def save(self, call: UrgentCall) -> UrgentCall:
        """Save with `call.version` as the seen one; returns it with the next version, or raises UrgentChanged."""

    async def touch(self, call_id: int) -> UrgentCall:
        """The next version of whatever it is: something about it has changed."""

    async def approved(
        self, regions: Collection[str], since: datetime, limit: int, offset: int = 0, *, now: datetime
    ) -> tuple[list[ApprovedText], int]:
        """Texts approved since then that some page of theirs lacks and that are not expired, newest first; and how many."""

    async def running(self, regions: Collection[str], since: datetime) -> list[RunningCall]:
        """Calls started since then that are not over, newest first."""

    async def hand_on(self, call_id: int, person_id: int) -> None:
        """From now on this person is who sent it out."""

    # -- who is asked --------------------------------------------------------------------------------------------------

    async def choose(self, call_id: int, page: str, people: Iterable[int], *, loud: bool = False) -> None:
        """Shall be asked for this page (again: `loud` as given now)."""

    async def unchoose(self, call_id: int, page: str, person_id: int | None = None) -> None:
        """Shall not be asked after all (None: nobody)."""

    async def asks(self, call_id: int, page: str | None = None) -> list[NamedAsk]:
        """Of a call (of one page), by page, round and id."""

    async def get_ask(self, ask_id: int) -> UrgentAsk:
        """Raises NotFound."""

    async def ask(
        self,
        call_id: int,
        page: str,
        people: Iterable[int],
        *,
        slot_id: int,
        number: int,
        deadline: datetime,
        now: datetime,
    ) -> list[UrgentAsk]:
        """These are asked in round `number`: chosen ones and new ones."""

    async def open_asks(self, person_id: int) -> list[UrgentAsk]:
        """What somebody is asked for and has not answered, while people are asked for it, oldest first."""

    async def answer(self, ask: UrgentAsk, state: AskState) -> bool:
        """UPDATE … WHERE state = the seen one; False when it has changed."""
