"""Ports: drafts with their content, pages and decisions; the index of media."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.drafts import Decision, Draft, DraftState, MediaRef
from domain.pages import Page


@dataclass(frozen=True)
class DraftSheet:
    """A draft with everything a decision needs: its pages in full and the decisions on the current version."""

    draft: Draft
    author_name: str
    author_zone: str
    pages: tuple[Page, ...]
    decisions: tuple[Decision, ...]

    @property
    def approvals_needed(self) -> int:
        return max((page.approvals_needed for page in self.pages), default=1)


@dataclass(frozen=True)
class WaitingDraft:
    """One line of the approval queue."""

    id: int
    version: int
    author_id: int
    author_name: str
    region: str
    submitted_at: datetime
    decide_by: datetime


@dataclass(frozen=True)
class ApprovedDraft:
    """An approved text that a page has not used yet."""

    draft_id: int
    version: int
    approved_at: datetime


@dataclass(frozen=True)
class StoredMedia:
    """A file in the media folder (`stored`) or known by Telegram's id only."""

    sha256: str
    size: int
    mime: str
    kind: str
    name: str
    bot_id: int | None
    file_id: str | None
    file_unique_id: str | None
    stored: bool


class Drafts(Protocol):
    async def get(self, draft_id: int) -> Draft:
        """With its current content and pages; NotFound."""

    async def get_sheet(self, draft_id: int) -> DraftSheet:
        """The same with pages in full, author and decisions, in one statement; NotFound."""

    async def waiting(
        self,
        regions: Iterable[str],
        reader: int | None = None,
        *,
        behind: Draft | None = None,
        limit: int | None = None,
    ) -> list[WaitingDraft]:
        """Submitted drafts of these regions (`EVERYWHERE`: all), oldest decide_by first.

        With a `reader`: without their own and without those they have decided on already. `behind`: only what comes
        after this one, which may be decided by now.
        """

    async def count_waiting(self, regions: Iterable[str], reader: int | None = None) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest does."""

    async def approved_for_page(self, page: str) -> list[ApprovedDraft]:
        """Approved for this page and not yet in a filled or posted slot of it, oldest approval first.

        A version that was missed there `GIVEN_UP` times is left out.
        """

    async def add(
        self,
        *,
        author_id: int,
        region: str,
        text: str,
        media: tuple[MediaRef, ...],
        source: str,
        message_id: int | None,
        album: str,
        now: datetime,
    ) -> Draft:
        """A new draft in state writing, version 1."""

    async def save_content(self, draft: Draft, seen: int, *, message_id: int | None = None) -> bool:
        """Store `draft` with its new content version; False when it is no longer at `seen` or is closed.

        `message_id`: the message whose edits now edit the draft; 0: none, None: as before.
        """

    async def set_state(self, draft: Draft, expected: Iterable[DraftState]) -> bool:
        """Store state, region and moments of `draft`; False unless it is at this version in one of `expected`."""

    async def set_page(self, draft_id: int, page: str, *, chosen: bool) -> None:
        """Mean it for this page, or no longer."""

    async def decide(self, decision: Decision, state: DraftState) -> bool:
        """UPDATE … WHERE id AND version AND submitted, and the decision's row; False when somebody was faster."""

    async def decisions(self, draft_id: int) -> list[Decision]:
        """On all versions, oldest first."""

    async def content(self, draft_id: int, version: int) -> tuple[str, tuple[MediaRef, ...]]:
        """One immutable version; NotFound."""

    async def of_author(self, author_id: int, limit: int = 10, offset: int = 0) -> list[Draft]:
        """Newest first, without deleted ones."""

    async def find_unfinished(self, author_id: int, besides: int = 0) -> Draft | None:
        """The author's newest draft that was never handed in or was taken back or returned."""

    async def find_by_message(self, author_id: int, message_id: int) -> Draft | None:
        """The open draft made from this message of the author."""

    async def find_by_album(self, author_id: int, album: str) -> Draft | None:
        """The open draft that this album began."""

    async def find_same_on_personal(self, draft_id: int, text: str, page: str) -> int | None:
        """Another draft, waiting or approved, with exactly this text for another personal page (H6)."""

    async def texts_on_personal(
        self, besides: Draft, page: str, *, since: datetime, until: datetime, limit: int
    ) -> list[str]:
        """What other authors handed in before `besides` for other personal pages and nobody rejected, newest first."""


class MediaIndex(Protocol):
    async def add(
        self,
        *,
        sha256: str,
        size: int,
        mime: str,
        kind: str,
        name: str,
        bot_id: int | None,
        file_id: str | None,
        file_unique_id: str | None,
        stored: bool,
        now: datetime,
    ) -> None:
        """Insert, or refresh Telegram's ids of a known file."""

    async def get_many(self, sha256s: Iterable[str]) -> dict[str, StoredMedia]: ...
