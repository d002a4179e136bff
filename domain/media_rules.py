"""Which files one post may carry: how many, which kinds together, how large. The figures stand in `domain.platforms`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

PUBLISHABLE = frozenset({"photo", "video", "animation"})
"""Kinds of files that are published. Voice, audio and documents are material: kept with the draft for whoever decides."""
MEGABYTE = 1024 * 1024


class Fault(StrEnum):
    """Why the files of a post do not fit a network."""

    TOO_MANY = "too_many"
    TOO_MANY_OF_KIND = "too_many_of_kind"
    NOT_TOGETHER = "not_together"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class MediaRule:
    """Of one network, with where it was read and when. `confirmed`: the network says so itself."""

    most: int
    """Files in all."""
    source: str
    as_of: date
    confirmed: bool
    most_of: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Files of one kind, where that is less."""
    alone: frozenset[str] = frozenset()
    """Kinds beside which no other kind may stand."""
    max_bytes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Size of one file by kind; a kind that is missing has no limit that is known."""


@dataclass(frozen=True, slots=True)
class MediaFault:
    """What is wrong. `kind`: of the files meant, empty for all; `n` and `limit`: files, or bytes of the largest one."""

    fault: Fault
    kind: str = ""
    n: int = 0
    limit: int = 0


def find_fault(rule: MediaRule, files: Iterable[tuple[str, int]]) -> MediaFault | None:
    """The first thing wrong with these files (kind and bytes, 0: not known); material does not count."""
    published = [(kind, size) for kind, size in files if kind in PUBLISHABLE]
    kinds = Counter(kind for kind, _ in published)
    single = next((kind for kind in sorted(kinds) if kind in rule.alone), None)
    if single is not None and len(kinds) > 1:
        return MediaFault(Fault.NOT_TOGETHER, single, len(published), rule.most)
    for kind, n in kinds.items():
        if n > rule.most_of.get(kind, n):
            return MediaFault(Fault.TOO_MANY_OF_KIND, kind, n, rule.most_of[kind])
    if len(published) > rule.most:
        return MediaFault(Fault.TOO_MANY, "", len(published), rule.most)
    for kind, size in sorted(published, key=lambda file: -file[1]):
        if size > rule.max_bytes.get(kind, size):
            return MediaFault(Fault.TOO_LARGE, kind, size, rule.max_bytes[kind])
    return None
