"""What people have corrected about themselves: a name at once, the rest by whoever is responsible for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.names import holds_link, look, names_office, readable

NAME_LENGTH = 128
WORDS_LENGTH = 300
NAME_QUESTION = "privacy.name"
"""Kind of the expectation: their next message is the name."""
WORDS_QUESTION = "privacy.words"
"""Kind of the expectation: their next message says what else is wrong."""


class Wish(StrEnum):
    """REGION: `value` is the code of another home region. WORDS: what is wrong, in their own words."""

    REGION = "region"
    WORDS = "words"


class CorrectionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"


@dataclass(frozen=True)
class Correction:
    """Something that somebody asked to have corrected; at most one of each wish is open."""

    id: int
    person_id: int
    wish: Wish
    value: str
    state: CorrectionState
    asked_at: datetime
    decided_by: int | None

    @property
    def subject(self) -> str:
        return f"correction:{self.id}"


@dataclass(frozen=True)
class Renamed:
    """What somebody was called, and what they call themselves now: the details of `person.renamed` in the journal."""

    before: str
    name: str


@dataclass(eq=False)
class BadName(Invalid):
    """A name is one line of at most `longest` characters, and not empty."""

    longest: int = NAME_LENGTH


class Unfit(StrEnum):
    """Why a name is not shown to colleagues."""

    EMPTY = "empty"
    LINK = "link"
    OFFICE = "office"
    """It could be taken for somebody who holds an office, or for the service itself."""
    COLLEAGUE = "colleague"


@dataclass(eq=False)
class NotAName(Invalid):
    """It holds a link, or names an office (`why` LINK, OFFICE)."""

    why: Unfit


@dataclass(eq=False)
class NameOfColleague(Conflict):
    """A colleague who answers for something in the same region is called so, or a name that looks the same."""

    name: str


@dataclass(eq=False)
class WordsNeeded(Invalid):
    """What is wrong has to be said in at most `longest` characters."""

    longest: int = WORDS_LENGTH


@dataclass(eq=False)
class AlreadyAsked(Conflict):
    """The same is being asked for already."""


@dataclass(eq=False)
class CorrectionDecided(Conflict):
    """Somebody has settled it already."""

    state: CorrectionState


def clean_name(text: str) -> str:
    """One line that can be seen, as names from Telegram are; `BadName`, `NotAName`."""
    name = readable(text)
    if not name or len(" ".join(text.split())) > NAME_LENGTH:
        raise BadName
    if holds_link(name):
        raise NotAName(Unfit.LINK)
    if names_office(name):
        raise NotAName(Unfit.OFFICE)
    return name


def ensure_own_name(name: str, before: str, colleagues: Iterable[str]) -> None:
    """`NameOfColleague`. A name that looks like the one they have stays theirs, however it is written."""
    shown = look(name)
    if shown == look(before):
        return
    for one in colleagues:
        if look(one) == shown:
            raise NameOfColleague(one)


def clean_words(text: str) -> str:
    """`WordsNeeded` when there are none or too many."""
    said = text.strip()
    if not said or len(said) > WORDS_LENGTH:
        raise WordsNeeded
    return said
