"""A kind word: to one person about their own posts, to a region's team about a whole week. Never about others, never of a miss."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RUNS = (7, 30, 100, 300)
"""So many posts in a row are worth a word."""
MONTH = timedelta(days=30)
LOOKED_BACK = 400
"""Results that are looked at: more than the longest run."""


class Kind(StrEnum):
    FIRST = "first"
    RUN = "run"
    MONTH = "month"


@dataclass(frozen=True)
class Praise:
    """`number`: posts of the run, or months without a gap."""

    kind: Kind
    number: int = 1


@dataclass(frozen=True)
class Result:
    """How one of a person's posts ended: posted, or missed."""

    at: datetime
    posted: bool


def praise_of(results: Sequence[Result]) -> Praise | None:
    """What to say about the newest of them, which was posted (newest first, at most `LOOKED_BACK`).

    What was passed on, excused or taken out is not among them: it ends no run.
    """
    if not results or not results[0].posted:
        return None
    if len(results) == 1:
        return Praise(Kind.FIRST)
    run = next((n for n, one in enumerate(results) if not one.posted), len(results))
    if run in RUNS:
        return Praise(Kind.RUN, run)
    if run < 2 or len(results) >= LOOKED_BACK:
        return None
    begun = results[run - 1].at
    months, before = (results[0].at - begun) // MONTH, (results[1].at - begun) // MONTH
    return Praise(Kind.MONTH, months) if months > before else None
