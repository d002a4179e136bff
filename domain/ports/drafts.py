"""Ports: drafts with their content, pages and decisions; the index of media."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.appeals import Appeal
from domain.claims import Claim
from domain.drafts import Decision, Draft, DraftState, MediaRef, Variant
from domain.lanes import Lane, strictest
from domain.pages import Page
from domain.queue import Only


@dataclass(frozen=True)
class DraftSheet:
    """A draft with everything a decision needs: its pages in full and the decisions on the current version.

    `lapsed`: approvals that do not count, for whoever gave them may not decide there any more; only while it still waits.
    """

    draft: Draft
    author_name: str
    author_zone: str
    pages: tuple[Page, ...]
    decisions: tuple[Decision, ...]
    claim: Claim | None = None
    """Who was on it last; it may have lapsed."""
    appeal: Appeal | None = None
    """What made the current version, when it is a second opinion that is wanted."""
    lapsed: tuple[Decision, ...] = ()

    @property
    def approvals_needed(self) -> int:
        return self.lane.needed

    @property
    def lane(self) -> Lane:
        """The strictest of its pages."""
        return strictest(page.lane for page in self.pages)


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
    not_before: datetime | None = None
    expires_at: datetime | None = None
    again: int = 0
    """How often it was on the page before: only evergreen texts come back."""
    rests_until: datetime | None = None


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
        only: Only | None = None,
        behind: Draft | None = None,
        free_at: datetime | None = None,
        limit: int | None = None,
    ) -> list[WaitingDraft]:
        """Submitted drafts of these regions (`EVERYWHERE`: all), oldest decide_by first.

        With a `reader`: without their own and without those they have decided on already. `only`: what they narrowed
        it down to. `behind`: only what comes after this one, which may be decided by now. `free_at`: only what nobody
        else is on at that moment, by their word or because they were shown it less than `READING` ago and did not decide.
        """

    async def count_waiting(
        self, regions: Iterable[str], reader: int | None = None, *, only: Only | None = None
    ) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest does."""

    async def count_others(
        self, regions: Iterable[str], reader: int, *, only: Only | None, besides: int, limit: int
    ) -> int:
        """How many wait for this reader beside one draft; counted no further than `limit`, so as cheap in any queue."""

    async def approved_for_page(self, page: str) -> list[ApprovedDraft]:
        """Approved for this page, settled, and not yet in a filled or posted slot of it, oldest approval first.

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
        fills: tuple[tuple[str, str], ...] = (),
        master_id: int | None = None,
        variants: tuple[Variant, ...] = (),
        rubric: str = "",
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
        """UPDATE … WHERE id AND version AND submitted, and the decision's row; False when somebody was faster.

        Settled at once unless it may be undone (`undo_until`) or more approvals are needed.
        """

    async def undo(self, decision: Decision, turns: int, now: datetime) -> bool:
        """Remove a decision: the draft waits again. False when it is not at this version and `turns`, or is settled."""

    async def settle(self, draft_id: int, version: int, state: DraftState, now: datetime) -> bool:
        """Nothing can be undone any more; False unless it is still at this version in this state."""

    async def decisions(self, draft_id: int) -> list[Decision]:
        """On all versions, oldest first."""

    async def content(self, draft_id: int, version: int) -> tuple[str, tuple[MediaRef, ...]]:
        """One immutable version; NotFound."""

    async def get_version(self, draft_id: int, version: int) -> Draft:
        """The draft with the content of that version; all else is as of now. NotFound."""

    async def of_author(
        self, author_id: int, limit: int = 10, offset: int = 0, *, state: DraftState | None = None
    ) -> list[Draft]:
        """Newest first, without deleted ones; `state` None: in all the others."""

    async def find_unfinished(self, author_id: int, besides: int = 0) -> Draft | None:
        """The author's newest draft that was never handed in or was taken back or returned."""

    async def find_by_message(self, author_id: int, message_id: int) -> Draft | None:
        """The open draft made from this message of the author."""

    async def find_made_from(self, author_id: int, message_id: int) -> Draft | None:
        """The newest draft made from it in whatever state, also one whose text has other messages' in it by now."""

    async def find_by_album(self, author_id: int, album: str) -> Draft | None:
        """The open draft that this album began or joined."""

    async def set_album(self, draft_id: int, album: str) -> None:
        """Later items of this album join the draft."""

    async def find_same_on_personal(self, draft_id: int, text: str, page: str) -> int | None:
        """Another draft, waiting or approved, that another personal page would read exactly so (H6)."""

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
