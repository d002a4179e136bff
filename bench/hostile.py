"""Hostile names, texts and file names in every sentence of the bot, read by Telegram's own parser.

    python -m bench.hostile --strings 10000 --json -

Every sentence with a placeholder, in both languages, is filled with each string (several fillings in one message, to be quick). The
message must be accepted, must read exactly as the sentence with the string in it, and must have the formatting of the sentence alone:
otherwise it counts as `broken` or as `forged`. The baseline is the same without escaping: `broken_unescaped` must not be 0.
"""

import argparse
import multiprocessing
import os
import random
import re
import string
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import repeat
from typing import Any

from markupsafe import Markup

from bench.printed import put
from playground import formatting
from playground.errors import ApiError
from texts.catalogue import english, russian
from texts.check import ROOT
from texts.extract import extract
from texts.words import words_for

MARKER = "\ue000"
"""Stands for a value where the plain sentence is read: a character that nobody types."""
LINK = "https://example.org/page"
LONGEST = 3500
"""Characters of a message that several fillings share; below Telegram's limit whatever escaping adds."""
_PIECES = (
    *(
        "<b>",
        "</b>",
        '<a href="tg://user?id=1">',
        "</a>",
        "<",
        ">",
        "&",
        "&lt;",
        "&#60;",
        "&#x3c;",
        "&amp;",
        "&amp;lt;",
        "&nbsp;",
    ),
    *(
        "<code>",
        "</code>",
        "<pre>",
        "<blockquote expandable>",
        "</blockquote>",
        "<tg-spoiler>",
        '<tg-emoji emoji-id="1">',
        "<!--",
    ),
    *(
        "'",
        '"',
        "`",
        "*",
        "_",
        "[x](tg://user?id=1)",
        "||",
        "\\",
        "{name}",
        "{0}",
        "{",
        "}",
        "%s",
        "%(name)s",
        "\n",
        "\t",
        "  ",
    ),
    *(
        "@admin",
        "#tag",
        "/approve",
        "https://example.org/?a=1&b=2",
        "✅ Approved",
        "🚨",
        "👩‍👩‍👧",
        "\u202e",
        "\u200b",
        "е\u0301",
        "𝐀",
        "…",
    ),
    *("<script>", "</script>", "<B>", "< b>", "<b", "b>", "&lt", "&#0;", "<a href='", "style=", "]]>", "<?xml"),
)


@dataclass(frozen=True)
class Sentence:
    """One form of one msgid."""

    form: str

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return tuple(sorted({name for _, name, _, _ in string.Formatter().parse(self.form) if name}))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Fields inside a tag: addresses that the bot has read and written anew itself, never what somebody typed."""
        return frozenset(re.findall(r'="\{(\w+)\}"', self.form))

    def values(self, value: str) -> dict[str, str]:
        return {name: LINK if name in self.addresses else value for name in self.fields}

    @cached_property
    def plain(self) -> formatting.Formatted:
        """As it reads with `MARKER` for every value."""
        return formatting.parse_marked(Markup(self.form.format_map(self.values(MARKER))), "html")  # noqa: S704 - ours

    @cached_property
    def marks(self) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
        """Of each piece of formatting: begin and end, each with how many values come before it; its kind."""
        units = self.plain.text.encode("utf-16-le")
        places = [at // 2 for at in range(0, len(units), 2) if units[at : at + 2] == MARKER.encode("utf-16-le")]

        def at(position: int) -> tuple[int, int]:
            return position, sum(1 for place in places if place < position)

        return [(at(one["offset"]), at(one["offset"] + one["length"]), one["type"]) for one in self.plain.entities]


@cache
def sentences() -> list[Sentence]:
    """Every form with a placeholder that is shown as HTML."""
    uses, _ = extract(ROOT)
    shown = [use for use in uses if not use.plain]
    forms = {form for use in shown for form in (use.msgid, use.plural) if form}
    keys = {use.key for use in shown}
    forms |= {form for key, found in russian().forms.items() if key in keys for form in found}
    return [one for one in map(Sentence, sorted(forms)) if one.fields]


def strings(count: int, seed: int) -> list[str]:
    """Every piece alone, then mixtures of them; none begins or ends with a space, which belongs to the sentence around it."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    made = [*_PIECES]
    while len(made) < count:
        made.append("".join(chance.choices(_PIECES, k=chance.randint(2, 6))))
    return made[:count]


# -- one message -------------------------------------------------------------------------------------------------------

Marks = tuple[tuple[int, int, str], ...]
_BEFORE, _AFTER = "⟦", "⟧\n"
"""Around each filling: the parser trims spaces at the ends of a message, and joins formatting that touches."""


@dataclass(frozen=True)
class Message:
    """Some fillings of one sentence as they are sent, and as they must be read."""

    html: str
    text: str
    marks: Marks


def message(sentence: Sentence, values: list[str], fill: Callable[[Sentence, str], str]) -> Message:
    html, text, marks, at = "", "", [], 0
    for value in values:
        html += f"{_BEFORE}{fill(sentence, value)}{_AFTER}"
        read = f"{_BEFORE}{sentence.plain.text.replace(MARKER, value)}{_AFTER}"
        marks += [(at + offset, length, kind) for offset, length, kind in _moved(sentence, value)]
        at += formatting.utf16_length(read)
        text += read
    return Message(html, text, tuple(sorted(marks)))


def _moved(sentence: Sentence, value: str) -> Iterator[tuple[int, int, str]]:
    """The sentence's own formatting once its values are there."""
    longer = formatting.utf16_length(value) - 1
    for (begin, before_begin), (end, before_end), kind in sentence.marks:
        at = begin + longer * before_begin
        yield 1 + at, end + longer * before_end - at, kind


def escaped(sentence: Sentence, value: str) -> str:
    """As the bot fills it: through its own words."""
    return WORDS(sentence.form, **sentence.values(value))  # texts: dynamic


def unescaped(sentence: Sentence, value: str) -> str:
    """The baseline."""
    return sentence.form.format_map(sentence.values(value))


WORDS = replace(words_for("en"), _catalogue=english())
"""English is its own source: a form of any language is shown as it stands."""


def judge(sent: Message) -> str:
    """ "fine", "broken" (Telegram refuses it, or something is missing) or "forged" (formatting that the sentence does not have)."""
    try:
        read = formatting.parse_marked.__wrapped__(sent.html, "html")  # each is parsed once: nothing to remember
    except ApiError:
        return "broken"
    if read.text != sent.text:
        return "broken"
    marks = tuple(sorted((one["offset"], one["length"], one["type"]) for one in read.entities))
    return "fine" if marks == sent.marks else "forged"


# -- all of them -------------------------------------------------------------------------------------------------------


def measure(count: int, seed: int, jobs: int = 1) -> dict[str, Any]:
    """Counts by verdict; `examples` are of what is not fine. `jobs`: processes that share the sentences."""
    templates = len(sentences())
    if jobs == 1:
        parts = [read(0, 1, count, seed)]
    else:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
            parts = list(pool.map(read, range(jobs), repeat(jobs), repeat(count), repeat(seed)))
    verdicts = sum((part[0] for part in parts), Counter[str]())
    naked = [judge(message(sentences()[0], [value], unescaped)) for value in strings(len(_PIECES), seed)]
    return {
        "templates": templates,
        "strings": count,
        "read": verdicts.total(),
        "broken": verdicts["broken"],
        "forged": verdicts["forged"],
        "broken_unescaped": sum(1 for verdict in naked if verdict != "fine"),
        "examples": [text for part in parts for text in part[1]][:SHOWN],
    }


def read(part: int, parts: int, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """The verdicts on this part of the sentences, each with every string; examples of what is not fine."""
    values = strings(count, seed)
    verdicts: Counter[str] = Counter()
    examples: list[str] = []
    for sentence in sentences()[part::parts]:
        for some in _shares(sentence, values):
            if judge(message(sentence, some, escaped)) == "fine":
                verdicts["fine"] += len(some)
                continue
            for value in some:  # which of them
                verdict = judge(message(sentence, [value], escaped))
                verdicts[verdict] += 1
                if verdict != "fine" and len(examples) < SHOWN:
                    examples.append(f"{verdict}: {value!r} in {sentence.form!r}")
    return verdicts, examples


SHOWN = 20


def _shares(sentence: Sentence, values: list[str]) -> Iterator[list[str]]:
    """As many values as one message takes."""
    room = LONGEST
    share: list[str] = []
    for value in values:
        need = len(sentence.form) + 6 * len(value) * len(sentence.fields) + 3
        if share and need > room:
            yield share
            share, room = [], LONGEST
        share.append(value)
        room -= need
    if share:
        yield share


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=10_000, help="how many hostile strings each sentence gets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument("--json", default="-", help="where the figures go; - is standard output")
    args = parser.parse_args()
    if not formatting.parser_available():
        sys.stderr.write("tdjson is not installed: nothing can be checked\n")
        return 2
    result = measure(args.strings, args.seed, args.jobs)
    put(result, args.json)
    return int(result["broken"] + result["forged"] > 0 or result["broken_unescaped"] == 0)


if __name__ == "__main__":
    sys.exit(main())
