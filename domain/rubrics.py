"""Rubrics: kinds of content, and how much of each the campaign wants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.drafts import UNFINISHED_STATES, Draft, DraftClosed

LOOK_BACK = timedelta(days=14)
"""Of the mix: what was published so lately, and whatever is planned."""
HINTS = 3
"""Rubrics that a writer is reminded of."""


@dataclass(frozen=True)
class Rubric:
    """`share`: percent of all posts; 0: welcome, not wanted. `place`: its order in the plan."""

    code: str
    title: str
    title_ru: str
    share: int
    place: int = 0

    def name(self, language: str) -> str:
        return self.title_ru if language == "ru" else self.title


@dataclass(frozen=True)
class Need:
    """How a rubric stands on some pages: `have` of `wanted` posts."""

    rubric: Rubric
    have: int
    wanted: int

    @property
    def lacking(self) -> int:
        return max(0, self.wanted - self.have)


def needs(rubrics: Iterable[Rubric], have: Mapping[str, int], total: int) -> tuple[Need, ...]:
    """Every rubric against its share of `total` posts: the most lacking first, the rest as in the plan."""
    found = [Need(one, have.get(one.code, 0), (one.share * total + 50) // 100) for one in rubrics]
    return tuple(sorted(found, key=lambda need: (-need.lacking, need.rubric.place)))


def of_pages(rubrics: Iterable[Rubric], mixes: Sequence[Mapping[str, int] | None]) -> tuple[Rubric, ...]:
    """With the shares that count on some pages: a page's own mix (None: it has none) wins against the plan's shares."""
    known = tuple(rubrics)
    if not any(mixes):
        return known

    def share(rubric: Rubric) -> int:
        return round(sum(mix.get(rubric.code, 0) if mix else rubric.share for mix in mixes) / len(mixes))

    return tuple(replace(rubric, share=share(rubric)) for rubric in known)


def most_lacking(found: Iterable[Need]) -> tuple[Need, ...]:
    """What a writer is reminded of."""
    return tuple(need for need in found if need.lacking)[:HINTS]


def with_rubric(draft: Draft, code: str) -> Draft:
    """Of that rubric, or of none (""); while it is its author's turn."""
    if draft.state not in UNFINISHED_STATES:
        raise DraftClosed(draft.state)
    return replace(draft, rubric=code)
