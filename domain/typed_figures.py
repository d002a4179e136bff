"""Figures as people type them: "12,4к", "1.2 млн", "340 ❤ 51 репост". What is not understood is refused by name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from domain.errors import Invalid
from domain.figure_words import FILLERS, NOUGHTS, NUMERALS, Metric, metric_named, without_phrases

__all__ = [
    "MAX_FIGURE",
    "BadFigure",
    "Metric",
    "Typed",
    "meant_as_figures",
    "read_number",
    "read_page_figure",
    "read_post_figures",
    "read_typed_figures",
]

MAX_FIGURE = 10_000_000_000  # more than there are people: a slip of the finger


@dataclass(eq=False)
class BadFigure(Invalid):
    """This part of what was typed cannot be read as a figure."""

    fragment: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure and exactly what was typed for it.

    `ambiguous`: another reading is possible ("12,400к"), ask back. `approximate`: typed with ≈, ~ or +.
    """

    value: int
    text: str
    ambiguous: bool = False
    approximate: bool = False


_UNITS = {
    1_000: ("k", "к", "т", "тыс", "тысяч", "тысяча", "тысячи", "тыщ", "тыщи", "тыща", "thousand"),
    1_000_000: ("m", "м", "kk", "кк", "млн", "mln", "миллион", "миллиона", "миллионов", "ляма", "лямов", "million"),
    1_000_000_000: ("b", "bn", "млрд", "миллиард", "миллиарда", "миллиардов", "billion"),
}
_TIMES = {word: times for times, words in _UNITS.items() for word in words}
_SUFFIX = "|".join(sorted(_TIMES, key=len, reverse=True))
_GROUPED = r"[1-9]\d{0,2}(?:[ ']\d{3})+(?![\d])(?:[.,]\d+)?"
_GLUED = r"(?<=\d)(?P<glued>[kк])(?=view|like|repost|share|follow|просм|лайк|репост|подпис)"
_SCALE = rf"(?:\s*(?P<suffix>{_SUFFIX})(?![^\W\d_])\.?|{_GLUED})?"
_NUMBER = rf"(?P<number>{_GROUPED}|\d+(?:[.,]\d+)*){_SCALE}(?P<more>\+)?"
_NEARLY = (
    "около|примерно|приблизительно|почти|порядка|где-то|более|больше|свыше|about|around|approx|approximately|almost|nearly"
    "|roughly|over|more than|ca"
)
_ABOUT = rf"(?P<about>[≈~]|\b(?:{_NEARLY})\b\.?(?=\s))?\s*"
_FIGURE = re.compile(_ABOUT + _NUMBER, re.IGNORECASE)
_UNGROUPED = re.compile(_FIGURE.pattern.replace(_GROUPED + "|", ""), re.IGNORECASE)

_WORD = re.compile(r"(?:кол-во|[^\W\d_]+(?:'[^\W\d_]+)*)\.?|[^\w\s]", re.IGNORECASE)
_JOINTS = frozenset(':=–—-·|/.,!()•&*«»“”„"')
_BELOW_NOTHING = re.compile(r"\s*[-−–—]\s*\d")
_HALVES = re.compile(r"\bполтор[аы]\b", re.IGNORECASE)


def read_number(text: str) -> Typed:
    """One whole number of 0 or more. Raises BadFigure for anything else, two numbers included.

    A lone point or comma before exactly three digits groups thousands: people do not come in fractions, and "12,400" that
    lacks its "тыс" says the same.
    """
    plain = _plain(text).strip()
    match = _FIGURE.fullmatch(plain)
    if match is None:
        raise BadFigure(text.strip())
    return _typed(match, text.strip())


def read_post_figures(text: str, order: Sequence[Metric] = ()) -> dict[Metric, int]:
    """The figures of one post: "12,4к просм, 340 ❤", "views 1200 likes 30", or as many bare numbers as `order` has.

    Only what was named is in the answer: a missing metric is unknown, not 0. Raises BadFigure with the fragment.
    """
    return {metric: typed.value for metric, typed in read_typed_figures(text, order).items()}


def read_page_figure(text: str) -> Typed:
    """How many people a page has: a number alone or with what it counts ("12,4к подписчиков"). Raises BadFigure."""
    try:
        return read_number(text)
    except BadFigure as error:
        tokens = _tokens(without_phrases(_plain(text)))
        typed = [token for token in tokens if isinstance(token, Typed)]
        named = {token for token in tokens if isinstance(token, Metric)}
        if _BELOW_NOTHING.match(text):
            raise error from None
        # "No" is no answer to "how many?".
        if len(typed) != 1 or not typed[0].text[-1:].strip() or not any(char.isdigit() for char in typed[0].text):
            raise error from None
        if named - {Metric.MEMBERS, Metric.FOLLOWERS} or len(tokens) > 2:
            raise error from None
        return typed[0]


def read_typed_figures(text: str, order: Sequence[Metric] = ()) -> dict[Metric, Typed]:
    """Like `read_post_figures`, with what was typed for each figure and whether to ask back."""
    plain = _plain(text)
    if order and (bare := _bare(plain, order)):
        return bare
    found: dict[Metric, Typed] = {}
    for part, tokens in _parts(plain):
        for metric, typed in _pairs(part, tokens):
            if metric in found:
                raise BadFigure(part)
            found[metric] = typed
    if not found:
        raise BadFigure(text.strip())
    return found


def meant_as_figures(text: str) -> bool:
    """Whether a text that cannot be read was still an attempt at figures and no post with numbers in it.

    It names a figure, has a number, and at least as many of its words say figures as say anything else.
    """
    rest, numbers = _FIGURE.subn(" ", without_phrases(_plain(text)))
    named = others = 0
    for match in _WORD.finditer(rest):
        word = match[0].lower().rstrip(".") or match[0]
        if word in NOUGHTS or word in NUMERALS or word in _TIMES:
            numbers += 1
        elif metric_named(word) is not None:
            named += 1
        elif word[0].isalpha() and word not in FILLERS:
            others += 1
    return named > 0 and numbers > 0 and named + numbers >= others


Token = Metric | Typed


_ENDS = re.compile(r"[;]|,(?=\s)|(?<=\d)\.(?=\s)")


def _parts(plain: str) -> list[tuple[str, list[Token]]]:
    """What stands between commas, semicolons and line breaks; names and figures that alternate line by line are one."""
    lines = [[p for part in _ENDS.split(line) if (p := part.strip())] for line in without_phrases(plain).split("\n")]
    read = [(part, tokens) for line in lines for part in line if (tokens := _tokens(part))]
    if len(read) > 1 and all(len(line) < 2 for line in lines) and all(len(tokens) == 1 for _, tokens in read):
        return [(" ".join(part for part, _ in read), _distinct([tokens[0] for _, tokens in read]))]
    return read


def _pairs(part: str, tokens: list[Token]) -> list[tuple[Metric, Typed]]:
    """Every figure with its name beside it. Two figures side by side could be one, or lack a name between them."""
    pairs = [(a, b) if isinstance(a, Metric) else (b, a) for a, b in zip(tokens[::2], tokens[1::2], strict=False)]
    metrics = [(metric, typed) for metric, typed in pairs if isinstance(metric, Metric) and isinstance(typed, Typed)]
    beside = any(isinstance(a, Typed) and isinstance(b, Typed) for a, b in pairwise(tokens))
    if len(metrics) * 2 != len(tokens) or beside:
        raise BadFigure(part)
    # "No views" may also mean that the network shows none.
    return [(m, replace(t, ambiguous=True) if m is Metric.VIEWS and t.text in NOUGHTS else t) for m, t in metrics]


def _tokens(part: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(part):
        if part[at].isspace():
            at += 1
        elif match := _FIGURE.match(part, at):
            if part[at - 1 : at] == "-" and part[max(0, at - 2) : at - 1].strip() == "":
                raise BadFigure("-" + match[0])
            if part[match.end() : match.end() + 1].isdigit():
                raise BadFigure(part.strip())
            tokens.append(_typed(match, match[0].strip()))
            at = match.end()
        elif match := _WORD.match(part, at):
            at = match.end()
            tokens += _token(match[0])
        else:
            raise BadFigure(part[at:].strip())
    return _distinct(tokens)


def _token(word: str) -> list[Token]:
    """What one word or sign says; nothing when it only joins others."""
    lower = word.lower().rstrip(".") or word
    if lower in NOUGHTS:
        return [Typed(0, lower)]
    if lower in NUMERALS:
        return [Typed(NUMERALS[lower], lower)]
    if (metric := metric_named(lower)) is not None:
        return [metric]
    if lower in FILLERS or word in _JOINTS:
        return []
    raise BadFigure(word)


def _distinct(tokens: Sequence[Token]) -> list[Token]:
    """ "❤ лайков 5" and "👁 5 просмотров" name one thing twice."""
    kept: list[Token] = []
    for token in tokens:
        around = isinstance(token, Metric) and isinstance(kept[-1] if kept else None, Typed)
        same = kept[-2:-1] if around else kept[-1:]
        if not (isinstance(token, Metric) and same == [token]):
            kept.append(token)
    return kept


def _bare(plain: str, order: Sequence[Metric]) -> dict[Metric, Typed] | None:
    """Bare numbers in the order that was asked for; None when there are words or another count of numbers."""
    for pattern in (_FIGURE, _UNGROUPED):
        # "120 340 51 18" is four numbers when four were asked for, and 120,340 with two others when three were.
        if re.sub(r"[\s,;/|]+", "", pattern.sub("", plain)):
            return None
        matches = list(pattern.finditer(plain))
        if len(matches) == len(order):
            typed = [_typed(match, match[0].strip()) for match in matches]
            return dict(zip(order, typed, strict=True))
    return _comma_list(plain, order)


def _comma_list(plain: str, order: Sequence[Metric]) -> dict[Metric, Typed] | None:
    """ "12400,340,51,18": bare figures between commas, when together they cannot be one."""
    fields = plain.strip().split(",")
    if len(fields) != len(order) or not all(field.isdigit() for field in fields):
        return None
    if all(len(field) == 3 for field in fields[1:]) and len(fields[0]) <= 3:
        return None
    return {metric: read_number(field) for metric, field in zip(order, fields, strict=True)}


def _typed(match: re.Match[str], text: str) -> Typed:
    suffix = match["suffix"] or match["glued"]
    amount, ambiguous = _amount(match["number"], suffix is not None, text)
    value = amount * (_TIMES[suffix.lower()] if suffix else 1)
    if value != int(value) or value > MAX_FIGURE or (suffix is None and amount.as_tuple().exponent != 0):
        raise BadFigure(text)
    return Typed(int(value), text, ambiguous, bool(match["about"] or match["more"]))


def _amount(number: str, scaled: bool, text: str) -> tuple[Decimal, bool]:
    """The value of digits with marks, and whether it could be read otherwise. `scaled`: "тыс" or the like follows."""
    spaced = re.fullmatch(r"([1-9]\d{0,2}(?:[ ']\d{3})+)(?:[.,](\d+))?", number)
    if spaced:
        whole_part = re.sub(r"[ ']", "", spaced[1])
        return Decimal(f"{whole_part}.{spaced[2]}" if spaced[2] else whole_part), False
    marks = re.sub(r"\d", "", number)
    if not marks:
        return Decimal(number), False
    last = marks[-1]
    whole, _, fraction = number.rpartition(last)
    if len(marks) == 1:
        thousands = re.fullmatch(r"[1-9]\d{0,2}", whole) is not None and len(fraction) == 3
        if thousands and not scaled:
            return Decimal(whole + fraction), False
        return Decimal(f"{whole}.{fraction}"), thousands
    if len(set(marks)) == 1 and re.fullmatch(rf"[1-9]\d{{0,2}}(?:[{last}]\d{{3}})+", number):
        return Decimal(number.replace(last, "")), False
    first = marks[0]
    if set(marks[:-1]) == {first} and first != last and re.fullmatch(rf"[1-9]\d{{0,2}}(?:[{first}]\d{{3}})+", whole):
        return Decimal(f"{whole.replace(first, '')}.{fraction}"), False
    raise BadFigure(text)


def _plain(text: str) -> str:
    """Digits of any script to 0–9, every space to one kind, typographic marks to ASCII, emoji to their base sign."""
    plain = "".join(_PLAIN.get(char) or _plain_char(char) for char in text if char not in _DROPPED)
    return _HALVES.sub("1.5", plain)


_PLAIN = {"，": ",", "．": ".", "’": "'", "ʼ": "'", "`": "'", "−": "-", "〜": "~", "٫": ",", "\u00a0": " ", "＋": "+"}
_DROPPED = frozenset("\ufe0e\ufe0f\u200d\u200b\u2060\ufeff🏻🏼🏽🏾🏿")


def _plain_char(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return " " if unicodedata.category(char) == "Zs" or char == "\t" else char
