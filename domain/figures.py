"""Figures that people read off pages and report, always with who, for whom and when (H5)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Invalid
from domain.typed_figures import Metric


class FigureState(StrEnum):
    """DOUBTFUL: a jump that waits for "yes, it is right". REPLACED: corrected later; kept as history."""

    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"
    REPLACED = "replaced"


class FigureSource(StrEnum):
    TYPED = "typed"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Figure:
    """One number. `slot_id` names the publication for post metrics, None for page metrics. `day`: the page's local date."""

    id: int
    page: str
    slot_id: int | None
    metric: Metric
    value: int
    day: date
    state: FigureState
    source: FigureSource
    typed_by: int
    for_person: int
    at: datetime


@dataclass(eq=False)
class Jump(Invalid):
    """A figure far away from the one before; it is kept as doubtful until somebody confirms it."""

    figure_id: int
    value: int
    before: int
