"""Calendar feeds: what a calendar shows of somebody's posts or of a region's plan. Never a text."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict
from domain.platforms import Platform

_TOKEN_BYTES = 24
"""192 random bits: 32 letters."""
BACK, AHEAD = timedelta(days=7), timedelta(days=30)
"""What a feed shows around the moment at which it is read."""
CANCELLED_FOR = timedelta(days=3)
"""So long what was cancelled is still there, as cancelled: calendars that only add would keep it otherwise."""
OWN = ""
"""The `region` of a feed of one's own posts."""


@dataclass(frozen=True)
class Feed:
    """`region`: `OWN`, or the region whose plan it shows. The address itself is not kept."""

    id: int
    person_id: int
    region: str
    made_at: datetime


class EventState(StrEnum):
    """PLANNED: somebody has it. ASKED: the reader is asked to step in. OPEN: nobody has it yet."""

    PLANNED = "planned"
    ASKED = "asked"
    OPEN = "open"
    POSTED = "posted"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    """One post in a calendar. `uid` stays, `sequence` grows with each change; `zone`: the page's clock."""

    uid: str
    at: datetime
    state: EventState
    page_title: str
    platform: Platform
    zone: str
    changed_at: datetime
    sequence: int
    assignment_id: int | None = None


@dataclass(eq=False)
class FeedChanged(Conflict):
    """The address was made anew or revoked meanwhile."""


def fresh_token() -> str:
    """The secret part of an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def is_shown(event: Event, now: datetime) -> bool:
    """What was cancelled goes after some days."""
    return event.state is not EventState.CANCELLED or event.changed_at > now - CANCELLED_FOR
