"""What author and approvers say to each other about a draft while it is open."""

from dataclasses import dataclass
from datetime import datetime

from domain.drafts import OPEN_STATES, Draft, DraftState
from domain.errors import Conflict, Invalid

COMMENT_LIMIT = 500
"""Characters of one comment: a card shows two of them."""
SHOWN = 2
"""The newest comments that stand on a card."""


@dataclass(frozen=True)
class Comment:
    """One comment on one version of a draft."""

    id: int
    draft_id: int
    version: int
    person_id: int
    name: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Talk:
    """The newest comments of a draft, oldest of them first, and how many there are in all."""

    last: tuple[Comment, ...] = ()
    total: int = 0


@dataclass(eq=False)
class CommentTooLong(Invalid):
    """More than `COMMENT_LIMIT` characters; it is still awaited."""

    length: int


@dataclass(eq=False)
class NoMoreComments(Conflict):
    """The draft is decided on or deleted: there is nothing left to talk over."""

    state: DraftState


def ensure_talk(draft: Draft) -> None:
    """Raise `NoMoreComments` for a draft that is closed."""
    if draft.state not in OPEN_STATES:
        raise NoMoreComments(draft.state)


def checked(text: str) -> str:
    """The comment without space around it, or `CommentTooLong`."""
    words = text.strip()
    if len(words) > COMMENT_LIMIT:
        raise CommentTooLong(len(words))
    return words
