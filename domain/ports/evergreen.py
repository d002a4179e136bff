"""Port: evergreen texts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from domain.drafts import Draft
from domain.evergreen import EvergreenText
from domain.ports.drafts import ApprovedDraft


class Evergreens(Protocol):
    async def save(self, draft: Draft) -> bool:
        """Store the cool-down of `draft`; False unless it is approved in this version."""

    async def listed(
        self, regions: Collection[str], limit: int, offset: int, *, marked: bool
    ) -> tuple[list[EvergreenText], int]:
        """Approved texts of these regions (`EVERYWHERE`: all) that are evergreen (`marked`) or were published and are
        not; the last published first, and how many there are. What only personal pages carry is left out."""

    async def resting(self, pages: Iterable[str]) -> Mapping[str, list[ApprovedDraft]]:
        """By page: evergreen texts published there before and not planned there now, with `again` and `rests_until`;
        the longest rested first. A version missed there `GIVEN_UP` times, and what was recalled, is left out."""
