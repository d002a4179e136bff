"""Figures as people type them: "12,4к", "1.2 млн", "340 ❤ 51 репост". What is not understood is refused by name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.errors import Invalid

MAX_FIGURE = 10_000_000_000  # more than there are people: a slip of the finger


class Metric(StrEnum):
    MEMBERS = "members"
    FOLLOWERS = "followers"
    VIEWS = "views"
    LIKES = "likes"
    COMMENTS = "comments"
    REPOSTS = "reposts"


@dataclass(eq=False)
class BadFigure(Invalid):
    """This part of what was typed cannot be read as a figure."""

    fragment: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure and exactly what was typed for it.

    `ambiguous`: another reading is possible ("12,400" to a Russian), ask back. `approximate`: typed with ≈, ~ or +.
    """

    value: int
    text: str
    ambiguous: bool = False
    approximate: bool = False


_UNITS = {
    1_000: ("k", "к", "т", "тыс", "тысяч", "тысяча", "тысячи", "thousand"),
    1_000_000: ("m", "м", "kk", "кк", "млн", "mln", "миллион", "миллиона", "миллионов", "million"),
    1_000_000_000: ("b", "bn", "млрд", "миллиард", "миллиарда", "миллиардов", "billion"),
}
_TIMES = {word: times for times, words in _UNITS.items() for word in words}
_SUFFIX = "|".join(sorted(_TIMES, key=len, reverse=True))
_GROUPED = r"\d{1,3}(?:[ ']\d{3})+(?![\d])(?:[.,]\d+)?"
_NUMBER = rf"(?P<number>{_GROUPED}|\d+(?:[.,]\d+)*)(?:\s*(?P<suffix>{_SUFFIX})(?![^\W\d_])\.?)?(?P<more>\+)?"
_ABOUT = r"(?P<about>[≈~]|(?:около|примерно|about|ca\.?)\s)?\s*"
_FIGURE = re.compile(_ABOUT + _NUMBER, re.IGNORECASE)
_UNGROUPED = re.compile(_FIGURE.pattern.replace(_GROUPED + "|", ""), re.IGNORECASE)

# What people and the networks' own screens call a metric. Stems: "просм" is enough for "просмотров".
_STEMS = {
    Metric.MEMBERS: ("участни", "member", "👥"),
    Metric.FOLLOWERS: ("подписч", "читател", "follower", "subscriber"),
    Metric.VIEWS: ("просм", "view", "👁", "👀"),
    Metric.LIKES: (
        "лайк",
        "нрав",
        "класс",
        "сердеч",
        "like",
        "heart",
        "❤",
        "♥",
        "👍",
        "💙",
        "💚",
        "💛",
        "🧡",
        "💜",
        "🩷",
        "♡",
    ),
    Metric.COMMENTS: ("комм", "комент", "ответ", "comment", "repl", "💬", "🗨"),
    Metric.REPOSTS: ("репост", "ретв", "подел", "repost", "retweet", "share", "rt", "🔁", "🔄", "↪", "↩", "📢"),
}
_LABEL = re.compile(r"[^\W\d_]+\.?|[^\w\s]", re.IGNORECASE)
_JOINTS = frozenset(":=–—-·|/.,()•и") | {"and"}


def read_number(text: str, language: str = "ru") -> Typed:
    """One whole number of 0 or more. Raises BadFigure for anything else, two numbers included.

    A lone point or comma before exactly three digits groups thousands (people do not come in fractions); it is marked
    ambiguous unless it is the grouping mark of `language`.
    """
    plain = _plain(text).strip()
    match = _FIGURE.fullmatch(plain)
    if match is None:
        raise BadFigure(text.strip())
    return _typed(match, text.strip(), language)


def read_post_figures(text: str, language: str = "ru", order: Sequence[Metric] = ()) -> dict[Metric, int]:
    """The figures of one post: "12,4к просм, 340 ❤", "views 1200 likes 30", or as many bare numbers as `order` has.

    Only what was named is in the answer: a missing metric is unknown, not 0. Raises BadFigure with the fragment.
    """
    return {metric: typed.value for metric, typed in read_typed_figures(text, language, order).items()}


def read_typed_figures(text: str, language: str = "ru", order: Sequence[Metric] = ()) -> dict[Metric, Typed]:
    """Like `read_post_figures`, with what was typed for each figure and whether to ask back."""
    plain = _plain(text)
    if order and (bare := _bare(plain, language, order)):
        return bare
    found: dict[Metric, Typed] = {}
    for part in re.split(r"[\n;]|,(?=\s)", plain):
        for metric, typed in _pairs(part, language):
            if metric in found:
                raise BadFigure(part.strip())
            found[metric] = typed
    if not found:
        raise BadFigure(text.strip())
    return found


def _pairs(part: str, language: str) -> list[tuple[Metric, Typed]]:
    """The figures and names of one part, in turn: either always the figure first, or always the name."""
    tokens = _tokens(part, language)
    if not tokens:
        return []
    pairs = [(a, b) if isinstance(a, Metric) else (b, a) for a, b in zip(tokens[::2], tokens[1::2], strict=False)]
    metrics = [(metric, typed) for metric, typed in pairs if isinstance(metric, Metric) and isinstance(typed, Typed)]
    regular = len({isinstance(token, Metric) for token in tokens[::2]}) == 1
    if len(metrics) * 2 != len(tokens) or not regular:
        raise BadFigure(part.strip())
    return metrics


def _tokens(part: str, language: str) -> list[Metric | Typed]:
    tokens: list[Metric | Typed] = []
    at = 0
    while at < len(part):
        if part[at].isspace():
            at += 1
        elif match := _FIGURE.match(part, at):
            if part[at - 1 : at] == "-" and part[max(0, at - 2) : at - 1].strip() == "":
                raise BadFigure("-" + match[0])
            if part[match.end() : match.end() + 1].isdigit():
                raise BadFigure(part.strip())
            tokens.append(_typed(match, match[0].strip(), language))
            at = match.end()
        elif match := _LABEL.match(part, at):
            at = match.end()
            word = match[0].lower()
            if (metric := _metric(word)) is not None:
                # "❤ лайков 5" names one thing twice.
                if not tokens or tokens[-1] is not metric:
                    tokens.append(metric)
            elif word.rstrip(".") not in _JOINTS and word not in _JOINTS:
                raise BadFigure(match[0])
        else:
            raise BadFigure(part[at:].strip())
    return tokens


def _metric(word: str) -> Metric | None:
    for metric, stems in _STEMS.items():
        if any(word.startswith(stem) for stem in stems):
            return metric
    return None


def _bare(plain: str, language: str, order: Sequence[Metric]) -> dict[Metric, Typed] | None:
    """Bare numbers in the order that was asked for; None when there are words or another count of numbers."""
    for pattern in (_FIGURE, _UNGROUPED):
        # "120 340 51 18" is four numbers when four were asked for, and 120,340 with two others when three were.
        if re.sub(r"[\s,;/|]+", "", pattern.sub("", plain)):
            return None
        matches = list(pattern.finditer(plain))
        if len(matches) == len(order):
            typed = [_typed(match, match[0].strip(), language) for match in matches]
            return dict(zip(order, typed, strict=True))
    return None


def _typed(match: re.Match[str], text: str, language: str) -> Typed:
    suffix = match["suffix"]
    amount, ambiguous = _amount(match["number"], suffix is not None, language, text)
    value = amount * (_TIMES[suffix.lower()] if suffix else 1)
    if value != int(value) or value > MAX_FIGURE:
        raise BadFigure(text)
    return Typed(int(value), text, ambiguous, bool(match["about"] or match["more"]))


def _amount(number: str, scaled: bool, language: str, text: str) -> tuple[Decimal, bool]:
    """The value of digits with marks, and whether it could be read otherwise. `scaled`: "тыс" or the like follows."""
    spaced = re.fullmatch(r"(\d{1,3}(?:[ ']\d{3})+)(?:[.,](\d+))?", number)
    if spaced:
        whole_part = re.sub(r"[ ']", "", spaced[1])
        return Decimal(f"{whole_part}.{spaced[2] or 0}"), False
    marks = re.sub(r"\d", "", number)
    if not marks:
        return Decimal(number), False
    last = marks[-1]
    whole, _, fraction = number.rpartition(last)
    if len(marks) == 1:
        thousands = re.fullmatch(r"[1-9]\d{0,2}", whole) is not None and len(fraction) == 3
        if thousands and not scaled:
            return Decimal(whole + fraction), last != ("," if language == "en" else " ")
        return Decimal(f"{whole}.{fraction}"), thousands
    if len(set(marks)) == 1 and re.fullmatch(rf"[1-9]\d{{0,2}}(?:[{last}]\d{{3}})+", number):
        return Decimal(number.replace(last, "")), False
    first = marks[0]
    if set(marks[:-1]) == {first} and first != last and re.fullmatch(rf"[1-9]\d{{0,2}}(?:[{first}]\d{{3}})+", whole):
        return Decimal(f"{whole.replace(first, '')}.{fraction}"), False
    raise BadFigure(text)


def _plain(text: str) -> str:
    """Digits of any script to 0–9, every space to one kind, typographic marks to ASCII, emoji to their base sign."""
    return "".join(_PLAIN.get(char) or _plain_char(char) for char in text if char not in _DROPPED)


_PLAIN = {"，": ",", "．": ".", "’": "'", "ʼ": "'", "`": "'", "−": "-", "〜": "~", "٫": ",", "\u00a0": " ", "＋": "+"}
_DROPPED = frozenset("\ufe0e\ufe0f\u200d\u200b\u2060\ufeff🏻🏼🏽🏾🏿")


def _plain_char(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return " " if unicodedata.category(char) == "Zs" or char == "\t" else char
