"""Which page is meant by the first words of a norm: its code, its title, or a part of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from domain.errors import Invalid
from domain.pages import Page
from domain.typed_targets import PLATFORM_WORDS

SUGGESTED = 5
_MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")


@dataclass(eq=False)
class UnknownPage(Invalid):
    """No page of theirs is called so. `close`: codes of pages that sound like it."""

    said: str
    close: tuple[str, ...]


@dataclass(eq=False)
class PageUnclear(Invalid):
    """Several pages are called so: `codes`, and `more` of them. `rest`: what was said of it."""

    said: str
    codes: tuple[str, ...]
    more: int
    rest: str


def split(text: str, pages: Iterable[Page]) -> tuple[Page, str]:
    """The page, and what is said of it. Somebody who has only one page need not name it."""
    known, words = list(pages), text.split()
    for exact in (True, False):
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            found = _called(" ".join(words[:count]), known, exact=exact)
            if found:
                return _one(found, " ".join(words[:count]), " ".join(words[count:]))
    if len(known) == 1:
        return known[0], text
    said = words[0] if words else ""
    raise UnknownPage(said, _close(said, known))


def _one(found: Sequence[Page], said: str, rest: str) -> tuple[Page, str]:
    if len(found) > 1:
        codes = tuple(page.code for page in found[:SUGGESTED])
        raise PageUnclear(said, codes, len(found) - len(codes), rest)
    return found[0], rest


def _called(said: str, pages: Iterable[Page], *, exact: bool) -> list[Page]:
    wanted = _words(said)
    if not wanted:
        return []
    if exact:
        return [page for page in pages if wanted in (_words(page.code), _words(page.title))]
    names = [(page, _words(f"{page.code} {page.title}")) for page in pages]
    found = [page for page, own in names if all(_begins(word, own) for word in wanted)]
    if found:
        return found
    # What the network is called need not stand in the title: "казань вк".
    wider = [(page, [*own, *PLATFORM_WORDS[page.platform].split("|")]) for page, own in names]
    return [page for page, own in wider if all(_begins(word, own) for word in wanted)]


def _begins(word: str, names: Iterable[str]) -> bool:
    """Whether one of the names begins so; numbers and single letters are meant whole."""
    if word.isdecimal() or len(word) == 1:
        return word in names
    return any(name.startswith(word) for name in names)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("ё", "е"))


def _close(said: str, pages: Iterable[Page]) -> tuple[str, ...]:
    names = {name: page.code for page in pages for name in (page.code, *_words(f"{page.code} {page.title}"))}
    near = get_close_matches(said.casefold(), names, n=SUGGESTED, cutoff=0.7)
    return tuple(dict.fromkeys(names[name] for name in near))
