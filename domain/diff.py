"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_CONTEXT = 40


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, went or came. `cut`: the middle of a long unchanged run is left out of `text`."""

    change: Change
    text: str
    cut: bool = False


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order: without the added ones they are `old`, without the removed ones `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    # autojunk would call frequent words noise in long texts and show far bigger changes than there are.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Change.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Change.ADDED, "".join(after[j1:j2])))
    return list(_smoothed(pieces))


def _smoothed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes separated by nothing but a space read as one change."""
    removed = added = ""
    for at, piece in enumerate(pieces):
        if piece.change is Change.REMOVED:
            removed += piece.text
        elif piece.change is Change.ADDED:
            added += piece.text
        elif piece.text.isspace() and (removed or added) and at + 1 < len(pieces):
            removed += piece.text
            added += piece.text
        else:
            yield from _pair(removed, added)
            removed = added = ""
            yield piece
    yield from _pair(removed, added)


def _pair(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Change.REMOVED, removed)
    if added:
        yield Piece(Change.ADDED, added)


def shortened(pieces: Sequence[Piece], context: int = _CONTEXT) -> list[Piece]:
    """The same with the middle of long unchanged runs replaced by "…", at the ends all but what is next to a change."""
    last = len(pieces) - 1
    short = []
    for at, piece in enumerate(pieces):
        if piece.change is Change.SAME and len(piece.text) > 2 * context + 1:
            head = "" if at == 0 else piece.text[:context]
            tail = "" if at == last else piece.text[-context:]
            short.append(replace(piece, text=f"{head}…{tail}", cut=True))
        else:
            short.append(piece)
    return short
