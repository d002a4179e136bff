"""The approval queue narrowed down: one region, one page or one rubric."""

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """By what a queue is narrowed down. The value is stored."""

    REGION = "region"
    PAGE = "page"
    RUBRIC = "rubric"


@dataclass(frozen=True)
class Only:
    """What an approver wants to see. `value`: the code of a region, page or rubric."""

    facet: Facet
    value: str
    title: str = ""
    """How people call it; empty for all regions, and for what is no more."""


@dataclass(frozen=True)
class Choice:
    """A way to narrow the queue down, and how many drafts wait there."""

    only: Only
    count: int
