"""What is nobody's fault: the network took a post down, or it has blocked somebody's account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Conflict
from domain.platforms import Platform

REMOVED_WITHIN = timedelta(days=7)
"""How long after its proof a post can be said to be taken down."""
ASK_AGAIN = timedelta(days=3)
"""When somebody whose account is blocked is asked how it stands."""


@dataclass(frozen=True)
class AccountBlock:
    """Somebody cannot post on a network. `page`: where they said so. `until` None: still so."""

    id: int
    person_id: int
    platform: Platform
    page: str
    since: datetime
    until: datetime | None

    @property
    def subject(self) -> str:
        return f"block:{self.id}"


@dataclass(eq=False)
class TooLateToSay(Conflict):
    """A week after its proof a post counts as it is."""


@dataclass(eq=False)
class MishapSettled(Conflict):
    """It was said, answered or decided before."""
