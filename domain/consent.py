"""Coming in: what can go wrong between a link, a request for access and a person's consent."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Conflict, DomainError, Forbidden

CONSENT = 2
"""The text people agree to now. A new number asks everybody again at their next tap; 1 had no word on age and affiliation."""
WITHOUT_CONSENT = frozenset({"help", "privacy", "join", "cancel", "anything_else", "leave"})
"""Actions open to whoever has not agreed to the newest text; `domain.rights.Action` by value."""
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


@dataclass(eq=False)
class ConsentNeeded(DomainError):
    """They agreed to an earlier text; nothing is done before they have seen the new one."""
