"""What stands on the page against what was approved: the words, and the imprint line apart from them (H3)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from domain.diff import Piece, word_diff
from domain.errors import Conflict
from domain.lanes import Lane

ALIKE = 0.5
"""Below this share of common words a message is asked about: it may be a new post rather than what was published."""
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\u00ad]")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{2,}")
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-zа-яё]{2,}/?[^\s<>\"«»]*)", re.IGNORECASE)
_TAGS = re.compile(r"([?&])(?:utm_[a-z]+=[^&#\s<>\"«»]*(&|(?=[#\s<>\"«»]|$)))+")
"""What the hand-out adds to links to say where a visitor came from."""
_CUT = ("…", "...")
_OF_NETWORK = re.compile(
    r"(?:показать (?:ещ[её]|полностью)|ещ[её]|читать далее|развернуть|свернуть|show (?:more|less)|see more|read more)[.…]*",
    re.IGNORECASE,
)
"""A line of its own that the network's page adds and phones copy along."""


class TextVerdict(StrEnum):
    """SAME: word for word. DIFFERS: words or the imprint line differ. PICTURE: a screenshot, which people have to read."""

    SAME = "same"
    DIFFERS = "differs"
    PICTURE = "picture"


@dataclass(frozen=True)
class Comparison:
    """`pieces`: from the approved words to the published ones; the imprint line is in neither."""

    pieces: tuple[Piece, ...]
    same_words: bool
    imprint_missing: bool

    @property
    def verdict(self) -> TextVerdict:
        return TextVerdict.SAME if self.same_words and not self.imprint_missing else TextVerdict.DIFFERS


@dataclass(frozen=True)
class PublishedText:
    """What somebody pasted (`text`) or photographed (`media`, SHA-256) as standing on the page. `proof_at`: of which proof.

    `meant`: they say that it is to stay so.
    """

    slot_id: int
    assignment_id: int
    person_id: int
    proof_at: datetime
    text: str
    media: str
    verdict: TextVerdict
    imprint_missing: bool
    meant: bool
    at: datetime


@dataclass(frozen=True)
class ProofRules:
    """From the configuration. `ask_text_in`: lanes in which the published text is asked for after every proof;
    `percent` of the other proofs of the last `days` days are looked at."""

    ask_text_in: frozenset[Lane] = frozenset({Lane.STRICT, Lane.BOLD})
    percent: int = 10
    days: int = 3

    def asks(self, lane: Lane) -> bool:
        """Whether the published text is asked for after a proof on a page of this lane."""
        return lane in self.ask_text_in


USUAL = ProofRules()


@dataclass(eq=False)
class NothingToCompare(Conflict):
    """The slot has no text, or its proof was taken back meanwhile."""


def compare(approved: str, published: str, imprint: str) -> Comparison:
    """Compare as people read: spaces, invisible characters and how a network shortens links do not matter.

    `approved`: without the imprint line. Case, punctuation and letters do matter.
    """
    line = tidy(imprint)
    wanted, there = _without(_untagged(tidy(approved)), line), _untagged(tidy(published))
    missing = bool(line) and _plain(line) not in _plain(there)
    body = _with_links_of(wanted, _without(there, line))
    return Comparison(tuple(word_diff(wanted, body)), wanted == body, missing)


def is_alike(approved: str, published: str) -> bool:
    """Whether a message can be the published text at all."""
    first, second = (_WORD.findall(tidy(text).lower()) for text in (approved, published))
    return not first or SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def tidy(text: str) -> str:
    """One form of a text: composed letters, single spaces, no invisible characters, no words of the network's page."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    rows = (_SPACES.sub(" ", row).strip() for row in plain.split("\n"))
    return _EMPTY_LINES.sub("\n", "\n".join(row for row in rows if not _OF_NETWORK.fullmatch(row))).strip()


def _untagged(text: str) -> str:
    return _TAGS.sub(lambda found: found[1] if found[2] else "", text)


def _plain(text: str) -> str:
    """Only the words: an imprint line with another dash or letter case is there all the same."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _without(text: str, line: str) -> str:
    """The text without its imprint line, wherever it stands; one inside a longer line is cut out."""
    if not line:
        return text
    rows = [row for row in text.split("\n") if _plain(row) != _plain(line)]
    return tidy("\n".join(rows).replace(line, ""))


def _with_links_of(wanted: str, there: str) -> str:
    """A link that the network shows without its scheme or cut off reads as the approved one."""
    approved = [(match[0], match[1]) for match in _LINK.finditer(wanted)]

    def known(match: re.Match[str]) -> str:
        shown = match[1]
        for whole, bare in approved:
            cut = next((shown.removesuffix(mark) for mark in _CUT if shown.endswith(mark)), None)
            if shown.rstrip("/") == bare.rstrip("/") or (cut is not None and len(cut) > 5 and bare.startswith(cut)):
                return whole
        return match[0]

    return _LINK.sub(known, there)
