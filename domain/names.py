"""Names as people may show them: nothing that cannot be seen, nothing that turns the line around."""

import re
import unicodedata

LONGEST = 128
"""Bot API: a first and a last name have 64 characters each."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category, and yet nothing is seen of them."""
_JOINER, _SELECTOR = "\u200d", "\ufe0f"
"""They hold emoji together."""
_MARKS = 2
"""So many accents a letter may carry; more of them cover the lines above and below."""


_TWINS = str.maketrans(
    "авезікмнорстухьѕјһԁԛԝӏαβεικνορτυχiı01|",
    "abe3lkmhopctyxbsjhdqwlabelkvoptyxlloll",
)
"""Small letters and digits that are drawn alike in Cyrillic, Greek and Latin, each as one of them; a capital I is an l, too."""


_SPACED = re.compile(r"(?<!\S)\S(?: \S)+(?!\S)")
"""A word written letter by letter."""


def look(name: str) -> str:
    """What the eye reads: two names that look alike, whatever they are written with, are one string.

    Capitals and small letters are one; accents, dots, dashes, the order of the words, signs beside letters and gaps
    between single letters do not count.
    """
    drawn = unicodedata.normalize("NFKD", readable(name)).casefold().translate(_TWINS)
    seen = "".join(char for char in drawn if not unicodedata.combining(char))
    kinds = "LN" if any(unicodedata.category(char)[0] in "LN" for char in seen) else "S"
    words = "".join(char if unicodedata.category(char)[0] in kinds else " " for char in seen)
    return " ".join(sorted(_SPACED.sub(lambda run: run[0].replace(" ", ""), " ".join(words.split())).split()))


def readable(name: str) -> str:
    """The name in one line, composed (NFC), without invisible and direction-changing characters.

    Empty when no letter, digit or sign is in it.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", name):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} and char != _SELECTOR else 0
        if char.isspace() or category == "Cc":
            kept.append(" ")
        elif char == _JOINER and kept and unicodedata.category(kept[-1][-1]) in {"So", "Sk", "Mn"}:
            kept.append(char)
        elif category[0] == "C" or char in _BLANK or marks > _MARKS:
            continue
        else:
            kept.append(char)
    name = " ".join("".join(kept).strip(_JOINER).split())[:LONGEST].rstrip()
    # Of dashes and dots alone nobody is known, and a dash stands for whoever was erased.
    return name if any(unicodedata.category(char)[0] in "LNS" for char in name) else ""
