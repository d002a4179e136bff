"""Lanes: how many different people a page's texts need, and what a bold one asks of everybody (H1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Conflict, Invalid

SOURCES_LIMIT = 1000
"""Characters of an author's sources."""
BECAUSE_LIMIT = 300
"""Characters of why something risky is permitted."""


class Lane(StrEnum):
    """In the order of strictness."""

    ORDINARY = "ordinary"
    STRICT = "strict"
    BOLD = "bold"

    @property
    def needed(self) -> int:
        """How many different people approve."""
        return 1 if self is Lane.ORDINARY else 2

    def is_looser_than(self, other: "Lane") -> bool:
        return _ORDER[self] < _ORDER[other]


_ORDER = {lane: place for place, lane in enumerate(Lane)}


def strictest(lanes: Iterable[Lane]) -> Lane:
    """The lane of a text that is meant for several pages."""
    return max(lanes, key=_ORDER.__getitem__, default=Lane.ORDINARY)


def lane_for(approvals: int) -> Lane:
    """What a number of approvals alone has always meant."""
    return Lane.ORDINARY if approvals < Lane.STRICT.needed else Lane.STRICT


class Risk(StrEnum):
    """What each approver of a bold text has looked for, in the order of the checklist."""

    DEFAMATION = "defamation"
    HATE = "hate"
    PRIVATE_DATA = "private_data"
    MINORS = "minors"
    POLLS = "polls"


@dataclass(frozen=True)
class Check:
    """One item of a checklist. `because` empty: nothing of the kind is in it; else why what is in it is permitted."""

    risk: Risk
    because: str = ""


@dataclass(frozen=True)
class Shortage:
    """Fewer people may approve than are needed: `missing` more press secretaries for `region` would help.

    `name`: of the region; empty for the whole campaign.
    """

    region: str
    missing: int
    name: str = ""


@dataclass(eq=False)
class NoSources(Invalid):
    """A bold text without anything by which its claims can be checked."""


@dataclass(eq=False)
class BadSources(Invalid):
    """Neither a link nor a document by its name; `length` above 0: too many characters."""

    length: int = 0


@dataclass(eq=False)
class UncheckedRisks(Invalid):
    """The approver has not looked at all five risks of this version; `left`: how many remain."""

    left: int


@dataclass(eq=False)
class BadBecause(Invalid):
    """Not a reason in a few own words; `length` above 0: too many characters."""

    length: int = 0


@dataclass(eq=False)
class LaneChanged(Conflict):
    """Somebody put the page into another lane since the button was drawn."""


@dataclass(eq=False)
class LoosensOfficial(Invalid):
    """An official page would need less than before: the reader has to say that it shall be so."""


_LINK = re.compile(r"https?://\S+\.\S+|\b(?:[a-zа-яё0-9-]+\.)+(?:[a-z]{2,}|рф|рус|дети|москва)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"[«“\"][^»”\"]{3,}[»”\"]|(?:№|\bN|\bNo\.?|\bn°)\s*\d", re.IGNORECASE)


def sources_in(text: str, document: str = "") -> str:
    """What an author's message gives as sources: a link, a document by title or number, or a file by its name."""
    words = "\n".join(part for part in (text.strip(), document.strip()) if part)
    if len(words) > SOURCES_LIMIT:
        raise BadSources(len(words))
    if not document.strip() and not _LINK.search(words) and not _DOCUMENT.search(words):
        raise BadSources
    return words


def ensure_sourced(lane: Lane, sources: str) -> None:
    """Raise `NoSources` for a bold text without any."""
    if lane is Lane.BOLD and not sources.strip():
        raise NoSources


def ensure_checked(lane: Lane, checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that go with an approval, in the order of the list; `UncheckedRisks` when a bold text lacks some."""
    if lane is not Lane.BOLD:
        return ()
    known = {check.risk: check for check in checks}
    left = len(Risk) - len(known)
    if left:
        raise UncheckedRisks(left)
    return tuple(known[risk] for risk in Risk)


def because_in(text: str) -> str:
    """Why something is permitted, in one line of at most `BECAUSE_LIMIT` characters."""
    words = " ".join(text.split())
    if not words:
        raise BadBecause
    if len(words) > BECAUSE_LIMIT:
        raise BadBecause(len(words))
    return words


def shortage(region: str, able: int, lane: Lane) -> Shortage | None:
    """`able`: how many different people could approve a text of this region (its author not counted)."""
    return Shortage(region, lane.needed - able) if able < lane.needed else None
