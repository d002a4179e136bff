""" "I'm on it": one approver tells the others that they are reading a draft. It binds nobody and lapses by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Conflict

READING = timedelta(minutes=10)
"""For so long after it was shown a card is taken to be read: the queue gives other approvers another one first."""


@dataclass(frozen=True)
class Claim:
    """Who is on a draft until when."""

    person_id: int
    name: str
    until: datetime

    def holds(self, now: datetime) -> bool:
        return now < self.until


@dataclass(eq=False)
class Claimed(Conflict):
    """Somebody else is on it: taking it over is impossible, deciding takes a second tap."""

    name: str
    until: datetime
    zone: str
    """The reader's."""


def ensure_free(claim: Claim | None, person_id: int, zone: str, now: datetime) -> None:
    """Raise `Claimed` while somebody other than `person_id` is on it."""
    if claim is not None and claim.person_id != person_id and claim.holds(now):
        raise Claimed(claim.name, claim.until, zone)
