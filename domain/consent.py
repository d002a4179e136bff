"""Coming in: what can go wrong between a link, a request for access and a person's consent."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Conflict, Forbidden

REQUEST_KEPT = timedelta(days=30)
"""Told to the stranger before they send a request; then it is deleted, decided or not."""

OPEN, GRANTED, DECLINED = "open", "granted", "declined"
"""States of a request for access."""


@dataclass(eq=False)
class AlreadyRequested(Conflict):
    """This account has an open request."""


@dataclass(eq=False)
class RequestDecided(Conflict):
    """A colleague was faster: `state` is "granted" or "declined", `by` their name."""

    state: str
    by: str


@dataclass(eq=False)
class Suspended(Forbidden):
    """The account belongs to somebody whose access was taken away; an invite does not give it back."""
