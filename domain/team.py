"""The people of a headquarters as those who lead them see them: groups, load, a note, and who may decide about whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.availability import Availability
from domain.errors import Conflict, DomainError, Invalid
from domain.people import Actor, Membership, Role
from domain.rights import may_grant

AHEAD = timedelta(days=7)
"""How far ahead somebody's load is counted."""
LATELY = timedelta(days=14)
"""How far back late and missed posts are counted."""
NOTE_LIMIT = 300
"""Characters of a note: a line, not a file on somebody."""
_FULL, _HALF = 0.8, 0.5
"""Shares of what somebody can take in a week: too much; too much for somebody who was late lately."""
_SOMETIMES, _OFTEN = 2, 4
"""Late posts of the last days after which the second share holds, and after which the load does not matter."""
_LEAST = 3
"""Fewer posts ahead than these are no overload, whatever the share."""
_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"(?:\d[\s()./+-]*){7,}")


class Group(StrEnum):
    """Lists of people; the values stand in buttons."""

    ALL = "all"
    UNREACHABLE = "far"
    AWAY = "away"
    OVERLOADED = "full"
    SUSPENDED = "shut"


@dataclass(frozen=True)
class Load:
    """`ahead`: posts of the next seven days; `late`: posted late or missed in the last fourteen; `week`: what they can take in seven."""

    ahead: int
    late: int
    week: int

    @property
    def too_much(self) -> bool:
        """Before somebody is late: nearly all they can take, or half of it when they were late lately."""
        if self.late >= _OFTEN:
            return True
        share = self.ahead / self.week if self.week else float(self.ahead > 0)
        return self.ahead >= _LEAST and (share >= _FULL or (self.late >= _SOMETIMES and share >= _HALF))


@dataclass(frozen=True)
class Span:
    """What a load is counted over: from `since` to now, and on to `until`. `on_time`: seconds late that still count as on time."""

    since: datetime
    until: datetime
    on_time: float

    @classmethod
    def around(cls, now: datetime, on_time: timedelta) -> "Span":
        return cls(now - LATELY, now + AHEAD, on_time.total_seconds())


def week_of(declared: Availability, cap: int) -> int:
    """How many posts somebody can take in seven days. `cap`: the campaign's a day."""
    return len(declared.weekdays) * (cap if declared.daily_cap is None else declared.daily_cap)


def may_manage(actor: Actor, person_id: int, held: Iterable[Membership], home: str) -> bool:
    """Whether `actor` may decide about somebody: up to their own rank, in every region where that person holds a role.

    Of somebody without a role: where they live. Nobody decides about themselves.
    """
    roles = tuple(held) or (Membership(Role.VOLUNTEER, home),)
    return actor.id != person_id and all(may_grant(actor, one.role, one.region) for one in roles)


def checked_note(text: str) -> str:
    """The note as it is kept; empty takes it away. `NoteTooLong`, or `PhoneInNote`: a number is the person's own to give."""
    note = " ".join(text.split())
    if len(note) > NOTE_LIMIT:
        raise NoteTooLong(len(note), NOTE_LIMIT)
    if _PHONE.search(note):
        raise PhoneInNote
    return note


def matches(name: str, wanted: str) -> bool:
    """Whether each word of `wanted` begins a word of the name; ё and е are the same."""
    words = _words(name)
    return all(any(word.startswith(part) for word in words) for part in _words(wanted))


def _words(text: str) -> list[str]:
    """Without marks: «Лиса» in quotation marks begins with a letter."""
    return _WORD.findall(text.casefold().replace("ё", "е"))


@dataclass(frozen=True)
class Suspension:
    """Somebody's access is closed. `by_id` None: by the operator."""

    id: int
    person_id: int
    by_id: int | None
    at: datetime
    successor_id: int | None


@dataclass(eq=False)
class NoteTooLong(Invalid):
    length: int
    most: int


@dataclass(eq=False)
class PhoneInNote(Invalid):
    """A note would keep a phone number that its owner has not given."""


@dataclass(eq=False)
class NothingToFind(Invalid):
    """The search has no letters."""


@dataclass(eq=False)
class LastOwner(Conflict):
    """The only owner can neither leave nor be suspended, nor lose that role: nobody could let them back in."""


@dataclass(eq=False)
class OutOfReach(Conflict):
    """The person holds a role above the actor's, or one in another region."""

    name: str


@dataclass(eq=False)
class NotAboutYourself(Conflict):
    """Nobody suspends or appoints themselves."""


@dataclass(eq=False)
class AlreadySuspended(Conflict):
    name: str


@dataclass(eq=False)
class NotSuspended(Conflict):
    name: str


@dataclass(eq=False)
class AccessClosed(DomainError):
    """Nothing works from this account. `ask`: whom to talk to, may be empty; `moved`: its person has another account now."""

    ask: str
    moved: bool
