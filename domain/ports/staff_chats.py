"""Port: groups and topics that show a region's queue."""

from collections.abc import Iterable
from typing import Protocol

from domain.notices import CardCopy
from domain.staff_chats import StaffChat, Trouble


class StaffChats(Protocol):
    async def bind(self, chat: StaffChat) -> StaffChat:
        """Add it, or put it in place of what was bound there: that one's number stays."""

    async def find(self, staff_chat_id: int) -> StaffChat | None: ...

    async def find_at(self, chat_id: int, thread_id: int) -> StaffChat | None: ...

    async def of_chat(self, chat_id: int) -> list[StaffChat]:
        """Every topic of a group."""

    async def showing(self, region: str) -> list[StaffChat]:
        """Where a draft of this region is shown; without those in trouble."""

    async def of_regions(self, regions: Iterable[str]) -> list[StaffChat]:
        """What is bound to one of these (`EVERYWHERE`: everything), by region and title."""

    async def set_trouble(self, staff_chat_id: int, trouble: Trouble | None) -> None: ...

    async def remove(self, staff_chat_id: int) -> None: ...

    async def move(self, old_chat: int, new_chat: int) -> None:
        """The group has another id now."""

    async def cards(self, chat_id: int) -> list[CardCopy]:
        """Drafts' own cards in a group."""
