"""What can be wrong inside one sentence: placeholders, and tags that Telegram would refuse."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from string import Formatter

# https://core.telegram.org/bots/api#html-style (read 2026-11). Anything else makes sendMessage fail as a whole.
_TAGS = {
    "b": set[str](), "strong": set[str](), "i": set[str](), "em": set[str](), "u": set[str](), "ins": set[str](),
    "s": set[str](), "strike": set[str](), "del": set[str](), "tg-spoiler": set[str](), "span": {"class"},
    "a": {"href"}, "tg-emoji": {"emoji-id"}, "code": {"class"}, "pre": set[str](), "blockquote": {"expandable"},
}  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")


def placeholders(text: str) -> Counter[str]:
    """Names in {braces}; ValueError when they are not plain names (a format, an attribute, a lost brace)."""
    found: Counter[str] = Counter()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"only a plain {{name}} may stand in braces, not {{{name}}}")
        found[name] += 1
    return found


def tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def html_problems(text: str) -> Iterator[str]:
    """Why Telegram would not take this sentence as HTML."""
    yield from _Reader().read(text)
    if _BARE_AMPERSAND.search(text):
        yield "a bare & must be written &amp;"
    if re.search(r"[<>]", _TAG.sub("", text)):
        yield "a bare < or > must be written &lt; or &gt;"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def read(self, text: str) -> list[str]:
        self.feed(text)
        self.close()
        return self.problems + [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in _TAGS:
            self.problems.append(f"Telegram knows no <{tag}>")
        elif extra := {name for name, _ in attrs} - _TAGS[tag]:
            self.problems.append(f"Telegram takes no {sorted(extra)} in <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")
