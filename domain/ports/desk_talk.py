"""Port: the talk at the desk: claims, comments, appeals, proposed wordings, an author's outcomes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.appeals import Appeal
from domain.comments import Comment, Talk
from domain.edits import Edit
from domain.patterns import Outcome


class DeskTalk(Protocol):
    # -- claims
    async def claim(self, draft_id: int, person_id: int, *, until: datetime, now: datetime) -> bool:
        """This person is on it; False while somebody else is."""

    async def let_go(self, draft_id: int, person_id: int | None = None) -> bool:
        """Nobody (or not this person) is on it any more; False when nothing changed."""

    # -- comments
    async def add_comment(self, draft_id: int, version: int, person_id: int, text: str, now: datetime) -> int: ...

    async def get_comment(self, comment_id: int) -> Comment: ...

    async def talk(self, draft_id: int) -> Talk:
        """The newest comments and how many there are."""

    async def comments(self, draft_id: int, limit: int, offset: int) -> list[Comment]:
        """Newest first."""

    async def commenters(self, draft_id: int) -> frozenset[int]: ...

    # -- appeals
    async def add_appeal(self, appeal: Appeal) -> bool:
        """False when this version was appealed before."""

    async def find_appeal(self, draft_id: int, version: int) -> Appeal | None:
        """The appeal of this version, or the one that made it."""

    async def carry_appeal(self, draft_id: int, version: int, anew: int) -> None:
        """Somebody other than the author made `anew` of a version that waits for a second opinion: it still does."""

    # -- edits
    async def put_edit(self, edit: Edit) -> None:
        """Replaces what this person proposed for the draft before."""

    async def find_edit(self, draft_id: int, person_id: int) -> Edit | None: ...

    async def drop_edit(self, draft_id: int, person_id: int) -> None: ...

    # -- patterns
    async def outcomes(self, author_id: int, since: datetime) -> list[Outcome]:
        """Decisions on this author's drafts, oldest first."""

    async def authors_decided(self, zone: str, since: datetime, least: int) -> list[int]:
        """Active authors on this clock with at least so many decided versions, without those who want no card."""

    async def zones_decided(self, since: datetime) -> Iterable[str]:
        """Clocks of authors on whose drafts somebody decided."""

    async def mute(self, person_id: int, *, muted: bool, now: datetime) -> None:
        """No weekly card for this person, or again one."""

    async def is_muted(self, person_id: int) -> bool: ...
