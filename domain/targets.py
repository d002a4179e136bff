"""Targets of the campaign: planned path, reported fact, pace and an honest forecast."""

from dataclasses import dataclass
from datetime import date

from domain.platforms import Platform
from domain.typed_figures import Metric


@dataclass(frozen=True)
class Campaign:
    """One deployment is one campaign. `phase_end` is the last day of month 1. `zone`: headquarters' own."""

    name: str
    starts: date
    phase_end: date
    ends: date
    zone: str


@dataclass(frozen=True)
class Target:
    """`metric` summed over the latest figures of the pages of `platforms` and `kinds` must reach `value` by `due`."""

    code: str
    title: str
    title_ru: str
    metric: Metric
    platforms: tuple[Platform, ...]
    kinds: tuple[str, ...]
    value: int
    due: date
