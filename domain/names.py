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


_LINK = re.compile(
    r"://|(?<!\w)www\.|(?<!\w)@\w|(?<!\w)t\.me(?!\w)"
    r"|\w{2,}\.(?:ru|com|org|net|info|me|io|su|online|site|shop|store|top|xyz|club|pro|link|ly|cc|app|dev|bot|рф|рус)"
    r"(?![\w.]| ?\w\.)",
    re.IGNORECASE,
)
"""An address, or @somebody."""


def holds_link(name: str) -> bool:
    """Whether a name leads somewhere."""
    return _LINK.search(unicodedata.normalize("NFKC", name)) is not None


def unnamed(person_id: int) -> str:
    """What somebody goes by until they have said their name; the same in every language."""
    return f"№ {person_id}"


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


_DIGITS_BESIDE = re.compile(r"(?<=[^\W\d_])\d+(?!\w)|(?<!\w)\d+(?=[^\W\d_])")
"""Numbers before or behind a word: Admin1, 24Support."""
_WORDS_OF_OFFICES = (
    "администратор администратора администрация администрации админ админы модератор оператор начальник руководство"
    " administrator administrators administration admin admins moderator moderators operator manager helpdesk support"
    " штаб штаба штабе штабу headquarters headquarter телеграм телеграмм телеграма telegram безопасность безопасности"
    " поддержка поддержки техподдержка техподдержки координатор координатора coordinator менеджер руководитель"
    " владелец owner кандидат candidate официальный официально official пресссекретарь прессслужба"
)
_TWO_WORDS = ("пресс секретарь", "press secretary", "пресс служба", "пресс центр", "пресс офис", "security team")
_OFFICES = frozenset(tuple(look(office).split()) for office in (*_WORDS_OF_OFFICES.split(), *_TWO_WORDS))
"""Whole words, as the eye reads them; of two, both have to stand there. A surname that begins like one is none."""


def names_office(name: str) -> bool:
    """Whether somebody called so could be taken for one who holds an office, or for the service itself."""
    seen = set(look(name).split()) | set(look(_DIGITS_BESIDE.sub(" ", readable(name))).split())
    return any(seen.issuperset(office) for office in _OFFICES)
