"""Messages to the team: one text to many colleagues at once. Internal, never a publication."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.drafts import MediaRef
from domain.errors import Conflict, Invalid
from domain.people import Role

CAPTION_LIMIT = 1024
MESSAGE_LIMIT = 4096
ALBUM_LIMIT = 10
"""Bot API: a caption, a message, an album."""


class BroadcastState(StrEnum):
    """`writing`: the text is there, the audience is being chosen. `stopping`: stopped while some were on their way."""

    WRITING = "writing"
    SENDING = "sending"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    DROPPED = "dropped"


RUNNING = frozenset({BroadcastState.SENDING, BroadcastState.STOPPING})


@dataclass(frozen=True)
class Broadcast:
    """`entities` are Telegram's own (JSON) for `text`. No `roles`: every role; no `regions`: everywhere the author may."""

    id: int
    author_id: int
    state: BroadcastState
    version: int
    text: str
    entities: tuple[Mapping[str, Any], ...]
    media: tuple[MediaRef, ...]
    album: str
    roles: tuple[Role, ...]
    regions: tuple[str, ...]
    people: int
    """How many it went to when it was confirmed."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def subject(self) -> str:
        return f"broadcast:{self.id}"


@dataclass(frozen=True)
class Audience:
    """How many would get it, and how many more cannot be reached."""

    people: int
    unreachable: int


@dataclass(frozen=True)
class Tally:
    """How far it is. `left`: still to be sent; `uncertain` ones may or may not have arrived."""

    delivered: int = 0
    left: int = 0
    unreachable: int = 0
    failed: int = 0
    uncertain: int = 0
    cancelled: int = 0

    @property
    def finished(self) -> bool:
        return not self.left

    @property
    def missed(self) -> int:
        """Everybody who should have got it and, as far as anybody knows, has not."""
        return self.unreachable + self.failed + self.uncertain


@dataclass(frozen=True)
class Missed:
    """Somebody it did not reach. `why`: unreachable, failed or uncertain."""

    name: str
    region: str
    why: str


@dataclass(eq=False)
class EmptyBroadcast(Invalid):
    """There is neither a text nor a file that could be sent."""


@dataclass(eq=False)
class NobodyToTell(Invalid):
    """The chosen audience is empty."""


@dataclass(eq=False)
class BroadcastChanged(Conflict):
    """The button was drawn for an older version; nothing was done."""


def toggled(current: tuple[str, ...], value: str) -> tuple[str, ...]:
    """`value` added, or taken out when it was there."""
    return tuple(v for v in current if v != value) if value in current else (*current, value)


def ensure_current(broadcast: Broadcast, version: int, *states: BroadcastState) -> None:
    """Raise `BroadcastChanged` unless the button was drawn for this version, in one of these states."""
    if broadcast.version != version or broadcast.state not in states:
        raise BroadcastChanged


def started(broadcast: Broadcast, people: int, now: datetime) -> Broadcast:
    """Confirmed: it goes to so many; `NobodyToTell` when that is none."""
    if not people:
        raise NobodyToTell
    return replace(broadcast, state=BroadcastState.SENDING, people=people, started_at=now)


def stopped(broadcast: Broadcast) -> Broadcast:
    """No more of it is sent; what is on its way still arrives."""
    return replace(broadcast, state=BroadcastState.STOPPING)


def ended(broadcast: Broadcast, now: datetime) -> Broadcast:
    """Everything that was to be sent is settled."""
    whole = broadcast.state is BroadcastState.SENDING
    return replace(broadcast, state=BroadcastState.DONE if whole else BroadcastState.STOPPED, ended_at=now)


def messages_each(broadcast: Broadcast) -> int:
    """How many messages one person gets, as Telegram counts them: each item of an album, and a text too long for a caption."""
    texts = -(-_units(broadcast.text) // MESSAGE_LIMIT)
    if not broadcast.media:
        return texts
    return len(broadcast.media) + (0 if _units(broadcast.text) <= CAPTION_LIMIT else texts)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def takes(broadcast: Broadcast, people: int, rate: float) -> timedelta:
    """How long it takes at `rate` messages a second (never less than a second)."""
    return timedelta(seconds=max(1, people * messages_each(broadcast) / rate))


def left_at_this_speed(tally: Tally, since: datetime, now: datetime) -> timedelta | None:
    """How long the rest takes at the speed so far; None while nobody can tell."""
    gone = (now - since).total_seconds()
    settled = tally.delivered + tally.failed + tally.uncertain
    return timedelta(seconds=tally.left * gone / settled) if settled and gone > 0 else None
