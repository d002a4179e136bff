"""The text of a master: taken apart into pieces and gaps, and filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Invalid

MOST_FIELDS = 8
LONGEST_NAME = 40
LONGEST_MASTER = 3000
"""Characters, like a name's."""

_SHOWN = 30
_NAME = re.compile(r"[\w ]+")


@dataclass(frozen=True)
class Wording:
    """A text taken apart: `pieces[i]`, then the words for `gaps[i]`, and so on; one piece more than gaps."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Each name once, in the order in which they are asked."""
        return tuple(dict.fromkeys(self.gaps))


@dataclass(eq=False)
class BadMaster(Invalid):
    """The text is no master. `reason`: empty, long, no_fields, many, unclosed, unopened, no_name or name; `near`: where."""

    reason: str
    near: str = ""


def parse(text: str) -> Wording:
    """Take a master apart; `{{` and `}}` are braces that stay. Raises `BadMaster`."""
    if not text.strip():
        raise BadMaster("empty")
    if len(text) > LONGEST_MASTER:
        raise BadMaster("long")
    pieces, gaps, piece, at = list[str](), list[str](), "", 0
    while at < len(text):
        sign = text[at]
        if sign in "{}" and text[at + 1 : at + 2] == sign:
            piece, at = piece + sign, at + 2
        elif sign == "}":
            raise BadMaster("unopened", _before(text, at))
        elif sign == "{":
            gaps.append(_name(text, at))
            pieces.append(piece)
            piece, at = "", text.index("}", at) + 1
        else:
            piece, at = piece + sign, at + 1
    wording = Wording((*pieces, piece), tuple(gaps))
    if not wording.fields:
        raise BadMaster("no_fields")
    if len(wording.fields) > MOST_FIELDS:
        raise BadMaster("many", wording.fields[MOST_FIELDS])
    return wording


def _name(text: str, opened: int) -> str:
    """The name of the field whose brace opens there."""
    inside = re.match(r"[^{}\n]*", text[opened + 1 :])
    name = inside.group() if inside else ""
    if text[opened + 1 + len(name) : opened + 2 + len(name)] != "}":
        raise BadMaster("unclosed", _plain(text[opened + 1 : opened + 1 + _SHOWN]))
    name = name.strip()
    if not name:
        raise BadMaster("no_name", _before(text, opened))
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise BadMaster("name", name[:LONGEST_NAME])
    return name


def _before(text: str, at: int) -> str:
    """The words in front of a place; of those behind it when it is the very beginning."""
    return _plain(text[max(0, at - _SHOWN) : at]) or _plain(text[at + 1 : at + _SHOWN])


def _plain(text: str) -> str:
    return " ".join(text.replace("{", " ").replace("}", " ").split())


def filled(wording: Wording, answers: Mapping[str, str]) -> str:
    """The text with words in every gap; what looks like a field inside an answer stays as it is."""
    parts = [part for piece, gap in zip(wording.pieces, wording.gaps, strict=False) for part in (piece, answers[gap])]
    return "".join((*parts, wording.pieces[-1]))


def with_names(text: str) -> str:
    """A master as people read it before it is filled in: [district] instead of braces."""
    wording = parse(text)
    return filled(wording, {name: f"[{name}]" for name in wording.fields})
