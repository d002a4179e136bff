"""What people have corrected about themselves: a name at once, the rest by whoever is responsible for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.names import readable

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


@dataclass(eq=False)
class BadName(Invalid):
    """A name is one line of at most `longest` characters, and not empty."""

    longest: int = NAME_LENGTH


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
    """One line that can be seen, as names from Telegram are; `BadName`."""
    name = readable(text)
    if not name or len(" ".join(text.split())) > NAME_LENGTH:
        raise BadName
    return name


def clean_words(text: str) -> str:
    """`WordsNeeded` when there are none or too many."""
    said = text.strip()
    if not said or len(said) > WORDS_LENGTH:
        raise WordsNeeded
    return said
