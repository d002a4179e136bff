"""Swaps: one person asks a named colleague to take a post, or to exchange it for one of theirs. Both have to agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid

AHEAD = timedelta(days=3)
"""Whose posts of the next days are offered for an exchange."""


class SwapState(StrEnum):
    """OPEN: the colleague is asked. The others are ends; LAPSED: nobody answered in time, or the posts have changed meanwhile."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Swap:
    """`assignment_id` is the asker's, `other_id` the colleague's in exchange (None: they are asked to take it for nothing).

    `at` and `other_at` are the moments that both looked at: a post that has been moved since is another one.
    """

    id: int
    assignment_id: int
    from_id: int
    to_id: int
    other_id: int | None
    at: datetime
    other_at: datetime | None
    state: SwapState
    expires_at: datetime
    version: int

    @property
    def subject(self) -> str:
        return f"swap:{self.id}"


LEAST = timedelta(minutes=30)
"""So long before the first of the posts a colleague can say yes: then there is still the time to get ready, or to ask a substitute."""


def deadline(*moments: datetime) -> datetime:
    """Until when a colleague can say yes."""
    return min(moments) - LEAST


@dataclass(eq=False)
class SwapClosed(Conflict):
    """It has been answered, taken back, or its posts have changed."""

    state: SwapState


@dataclass(eq=False)
class TooLateToSwap(Conflict):
    """It is so close to the post that a colleague would not have the time: it can only be passed on."""


@dataclass(eq=False)
class NotForThem(Invalid):
    """The colleague may not post there, or cannot at that hour."""

    name: str
