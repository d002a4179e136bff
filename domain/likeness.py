"""How alike two texts are, whatever was done to hide it (H6: one's own words on one's own page). Pure."""

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

CLOSE_FROM = 0.40
COPY_FROM = 0.50
"""Fitted on one half of bench/corpus (`python -m bench.likeness`), where two honest texts about one event reach at most 0.31.
On the other half 99.9 % of the rewritten texts are above the first, 99 % above the second, and no honest pair is above either."""
FEWEST_WORDS = 6
"""Shorter texts ("Happy birthday, dear neighbours!") leave nothing to measure: they are alike only when equal."""
SIGNATURE_LENGTH = 32
_COMMON_MARKS = 2
"""So many marks of two signatures must agree before a comparison is worth its time."""
_MOST = 16
"""Only the likeliest earlier texts are compared in full."""
_GRAM = 4
_PAIRS = 0.4
"""How much neighbouring words count beside the words themselves."""
_LONGER = 0.15
"""How much the longer text counts: 0 would make every long text "contain" a short one, 1 would let a copy hide in a long text."""


class Closeness(StrEnum):
    OWN = "own"
    CLOSE = "close"
    COPY = "copy"


@dataclass(frozen=True)
class Prepared:
    """What is compared of a text. `words`: folded, in order; `grams`, `pairs`: 32-bit hashes of pieces and neighbours."""

    words: tuple[str, ...]
    grams: frozenset[int]
    pairs: frozenset[int]


def verdict(score: float) -> Closeness:
    """What a likeness means: own words, close enough for a warning, or a copy that is refused."""
    if score >= COPY_FROM:
        return Closeness.COPY
    return Closeness.CLOSE if score >= CLOSE_FROM else Closeness.OWN


def prepared(text: str, *, imprints: Iterable[str] = ()) -> Prepared:
    """The text without what people rightly share (imprint, links, hashtags, mentions, quotations) and without disguise."""
    plain = _NOT_OWN.sub(" ", _visible(text))
    unquoted = _QUOTED.sub(" ", plain)
    words = _words(unquoted)
    if len(words) * 2 < len(every := _words(plain)):
        words = every  # marks around most of a text make it no quotation
    for line in imprints:
        words = _without(words, _words(_NOT_OWN.sub(" ", _visible(line))))
    stems = [_stem(word) for word in words]
    telling = {stem for word, stem in zip(words, stems, strict=True) if not word.isdecimal() and word not in _COMMON}
    grams = frozenset(gram for stem in telling for gram in _grams(stem))
    pairs = frozenset(crc32((f"{a} {b}" if a < b else f"{b} {a}").encode()) for a, b in pairwise(stems))
    return Prepared(tuple(words), grams, pairs)


def likeness(a: Prepared, b: Prepared) -> float:
    """0 (nothing in common) to 1 (the same); a half taken from the other gives 0.9, a tenth of it 0.7."""
    if min(len(a.words), len(b.words)) < FEWEST_WORDS or not (a.grams and b.grams):
        return float(a.words == b.words and bool(a.words))
    return min(1.0, (1 - _PAIRS) * _shared(a.grams, b.grams) + _PAIRS * _shared(a.pairs, b.pairs))


def signature(text: Prepared) -> tuple[int, ...]:
    """At most `SIGNATURE_LENGTH` marks (32 bits each) that tell whether a comparison can pay; to be stored."""
    return tuple(heapq.nsmallest(SIGNATURE_LENGTH, (_scattered(gram) for gram in text.grams)))


def candidates(new: Sequence[int], earlier: Iterable[Sequence[int]]) -> list[int]:
    """The numbers of the few earlier signatures that may belong to a text like the new one, likeliest first.

    A part that is less than a fifth of a long earlier text may be missed.
    """
    marks = set(new)
    needed = min(_COMMON_MARKS, len(marks))
    common = [len(marks.intersection(one)) for one in earlier]
    likely = [number for number, count in enumerate(common) if count >= needed]
    return sorted(likely, key=lambda number: -common[number])[:_MOST] if marks else []


def likest(new: Prepared, texts: Sequence[str]) -> float:
    """The highest likeness to one of these earlier texts; their signatures are remembered while the program runs."""
    numbers = candidates(signature(new), [_signature_of(text) for text in texts])
    return max((likeness(new, prepared(texts[number])) for number in numbers), default=0.0)


@lru_cache(maxsize=10_000)
def _signature_of(text: str) -> tuple[int, ...]:
    return signature(prepared(text))


# --- inside ----------------------------------------------------------------------------------------------------------

_NOT_OWN = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|[@#][\w-]+|\b[\w-]+(?:\.[\w-]+)*\.\w{2,6}/\S*")
_UNSEEN = re.compile(
    r"[\u00ad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
"""Accents (after decomposition: ё is е, й is и), joiners, directions, soft hyphens, selectors."""
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]+")
_LATIN = str.maketrans("авекмнорстухигпізѕјԁһαβεικνορτυχ", "abekmhopctyxurni3sjdhabeikvoptux")
"""Letters that look alike, to one of them."""
_DIGITS = str.maketrans("013456789", "olзчsбtbg")


def _visible(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text))


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(text.casefold())]


def _fold(word: str) -> str:
    if not word.isdecimal() and not word.isalpha():
        word = word.translate(_DIGITS)
    return word.translate(_LATIN)


def _stem(word: str) -> str:
    return word if len(word) <= 4 else word[: max(4, min(7, -(-len(word) * 2 // 3)))]


def _without(words: list[str], line: list[str]) -> list[str]:
    if not line:
        return words
    kept, at = [], 0
    while at < len(words):
        if words[at : at + len(line)] == line:
            at += len(line)
        else:
            kept.append(words[at])
            at += 1
    return kept


def _grams(stem: str) -> Iterable[int]:
    padded = f" {stem}"
    return (_hash_gram(padded[at : at + _GRAM]) for at in range(max(1, len(padded) - _GRAM + 1)))


@lru_cache(maxsize=1 << 16)
def _hash_gram(gram: str) -> int:
    return crc32(gram.encode())


def _scattered(gram: int) -> int:
    return gram * 2654435761 & 0xFFFFFFFF


def _shared(a: frozenset[int], b: frozenset[int]) -> float:
    less, more = sorted((len(a), len(b)))
    return len(a & b) / (less ** (1 - _LONGER) * more**_LONGER) if less else 0.0


_COMMON = frozenset(
    _words(
        _visible(
            "а без бы был была были было быть в вам вас весь во вот все всё всего всем всех вы где да даже для до его "
            "ее её если есть еще ещё же за здесь и из или им их к как когда кто ли лишь мне мы на над нам нас не нет "
            "ни но ну о об он она они от очень по под после потом потому при про раз с сам себя сейчас со так там те "
            "тем теперь то того тоже только том тот ты у уже хоть хотя чем через что чтобы эта это этот этом я мой "
            "моя наш наши свой a about after again all also am an and any are as at be been before but by can could "
            "did do does for from get got had has have he her here him his how i if in into is it its just like made "
            "may me more most my no nor not now of off on one only or our out over own she should so some still than "
            "that the their them then there these they this those to too up us very was we were what when where which "
            "while who will with without would you your "
        )
    )
)
"""Words that say nothing about what a text is about."""
