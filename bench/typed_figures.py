"""Figures as people type them: the committed list, and known values put into words at random and read back.

    python -m bench.typed_figures --fuzz 10000 --json -

Promised: at least 97 % of the list is read without a question, and nothing, of the list or of the fuzz, is read wrongly.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.printed import put
from domain.figures import POST_METRICS
from domain.typed_figures import BadFigure, Metric, read_page_figure, read_typed_figures

LIST = Path(__file__).parent.parent / "tests" / "data" / "typed_figures.txt"
READ_PCT = 97.0
_LETTERS = {"v": Metric.VIEWS, "l": Metric.LIKES, "c": Metric.COMMENTS, "r": Metric.REPOSTS, "p": Metric.MEMBERS}

Values = dict[Metric, int]


@dataclass(frozen=True)
class Line:
    """`meant` None: nobody could know without asking back. `page`: it answers how many people a page has."""

    text: str
    meant: Values | None
    page: bool


def lines() -> Iterator[Line]:
    """The committed list."""
    for line in LIST.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            told, _, text = line.partition(" | ")
            known = None if told == "?" else {_LETTERS[part[0]]: int(part[1:]) for part in told.split()}
            yield Line(text.replace("⏎", "\n"), known, page=known is not None and Metric.MEMBERS in known)


def read(text: str, *, page: bool) -> Values | None:
    """What the program takes down at once; None when it asks back."""
    try:
        found = {Metric.MEMBERS: read_page_figure(text)} if page else read_typed_figures(text, POST_METRICS)
    except BadFigure:
        return None
    return None if any(t.ambiguous for t in found.values()) else {metric: t.value for metric, t in found.items()}


# -- the fuzz -----------------------------------------------------------------------------------------------------------

_NAMES: dict[Metric, tuple[str, ...]] = {
    Metric.VIEWS: ("просмотров", "просмотры", "просм", "просм.", "👁", "views", "view", "Просмотров", "VIEWS"),
    Metric.LIKES: ("лайков", "лайки", "лайк", "❤", "❤️", "👍", "нравится", "классов", "likes", "Likes", "сердечек"),
    Metric.COMMENTS: ("комментариев", "комментарии", "комм", "комм.", "коммента", "💬", "comments", "replies"),
    Metric.REPOSTS: ("репостов", "репосты", "репост", "ретвитов", "🔁", "reposts", "shares", "поделились"),
}
_BETWEEN = (", ", "; ", "\n", " ", " и ", " / ", ". ", ",", " and ", " | ", "\n\n", " - ")
_APART = ("; ", "\n", " / ", " | ", ", ", " и ")
_SIGNS = (" ", ": ", " - ", " — ", "=", "", " = ", ":")
_BEFORE = (
    "",
    "",
    "",
    "Привет! ",
    "сейчас ",
    "пост набрал ",
    "hi, ",
    "we have ",
    "📊 ",
    "на данный момент ",
    "новых ",
    "+",
)
_AFTER = ("", "", "", ".", "!", " спасибо", " шт", " 🎉", " за сутки", " 2")


def phrases(rng: random.Random) -> tuple[str, Values]:
    """Known values, and one of the many ways to type them, slips of the finger and left-out words included."""
    chosen = rng.sample(POST_METRICS, rng.randint(1, 4))
    values = {metric: int(10 ** rng.uniform(0, 6.5)) if rng.random() > 0.05 else 0 for metric in chosen}
    first = rng.choice((True, False, None))
    between, sign = rng.choice(_BETWEEN), rng.choice(_SIGNS)
    parts: list[str] = []
    left_out = rng.randint(1, 30)  # of which the name or the figure is forgotten, if there are so many
    for metric in chosen:
        number, values[metric] = _number(values[metric], rng)
        name = _slip(rng.choice(_NAMES[metric]), rng)
        name_first = first if first is not None else rng.random() < 0.5
        parts.append(f"{name}{sign}{number}" if name_first else f"{number}{rng.choice((' ', '', ' '))}{name}")
        if len(parts) == left_out:
            parts[-1] = rng.choice((number, name))
    after = rng.choice(_AFTER if first is not None else _AFTER[:-1])  # beside " 2" both orders could be meant
    if left_out <= len(parts):
        # "11 588 likes" of whom "11 [views] 588 likes" was meant nobody can know: such figures are kept apart.
        between, after = rng.choice(_APART), ""
    return rng.choice(_BEFORE) + between.join(parts) + after, values


def _number(value: int, rng: random.Random) -> tuple[str, int]:
    """One way to type about this value, and the value that was typed."""
    way = rng.randrange(8)
    if way < 3 or value < 1000:
        return str(value), value
    if way < 6:
        return f"{value:,}".replace(",", rng.choice((" ", "\u00a0", ",", ".", "'", "\u202f"))), value
    unit, times = rng.choice(
        ((("к", "k", "К", "K", " тыс", " тыс.", "т", " thousand"), 1_000), (("млн", "M", " m"), 10**6))
    )
    step = times // rng.choice((1, 10, 100)) if value >= times else times // 100
    rounded = value // step * step
    text = f"{rounded / times:.3f}".rstrip("0").rstrip(".")
    return text.replace(".", rng.choice(",.")) + rng.choice(unit), rounded


def _slip(word: str, rng: random.Random) -> str:
    if len(word) < 3 or rng.random() > 0.15:
        return word
    at = rng.randrange(len(word) - 1)
    kind = rng.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    letters = "абвгдеклмнопрстaeiklmorst" if at else "абвгделнопрсaeilorst"  # "5кпросмотров" are five thousand
    letter = " " if kind == 2 else rng.choice(letters)
    return word[:at] + letter + word[at + (kind == 3) :]


def fuzz(times: int, seed: int) -> tuple[int, list[tuple[str, Values, Values]]]:
    """How many were read at once, and those that were read as something else than was meant."""
    rng = random.Random(seed)  # noqa: S311 - the same phrases every time
    at_once, wrong = 0, []
    for _ in range(times):
        text, meant = phrases(rng)
        found = read(text, page=False)
        at_once += found is not None
        if found is not None and not found.items() <= meant.items():
            wrong.append((text, meant, found))
    return at_once, wrong


def measure(times: int, seed: int) -> dict[str, Any]:
    listed = list(lines())
    found = [read(line.text, page=line.page) for line in listed]
    wrong = [line.text for line, got in zip(listed, found, strict=True) if got is not None and got != line.meant]
    asked = [line.text for line, got in zip(listed, found, strict=True) if got is None]
    at_once, fuzz_wrong = fuzz(times, seed)
    return {
        "typed": len(listed),
        "read_without_question_pct": round(100 * (len(listed) - len(asked)) / len(listed), 1),
        "read_wrongly": len(wrong),
        "asked_back": asked,
        "wrong": wrong,
        "fuzzed": times,
        "fuzz_read_at_once_pct": round(100 * at_once / times, 1) if times else 0.0,
        "fuzz_wrong": len(fuzz_wrong),
        "fuzz_wrong_first": [f"{text!r}: {got}, meant {meant}" for text, meant, got in fuzz_wrong[:5]],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.typed_figures")
    parser.add_argument("--fuzz", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    result = measure(options.fuzz, options.seed)
    put(result, options.json)
    return int(result["read_without_question_pct"] < READ_PCT or result["read_wrongly"] > 0 or result["fuzz_wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
