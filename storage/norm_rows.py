"""Norms as rows and as JSON: one form for the page's norm, for one being set, and for what the plan said."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from domain.norms import Norm, Window


def norm_json(norm: Norm) -> dict[str, Any]:
    """Everything but the page; two norms are equal exactly when these are."""
    return {
        "per_weekday": list(norm.per_weekday),
        "windows": _spans(norm.windows),
        "gap_minutes": norm.gap_minutes,
        "daily_cap": norm.daily_cap,
        "peaks": _spans(norm.peaks),
        "starts": None if norm.starts is None else norm.starts.isoformat(),
        "ends": None if norm.ends is None else norm.ends.isoformat(),
        "mix": [list(one) for one in norm.mix],
        "exceptions": {day.isoformat(): count for day, count in sorted(norm.exceptions.items())},
        "before": None if norm.before is None else norm_json(norm.before),
    }


def norm_values(norm: Norm) -> dict[str, Any]:
    """The columns of its row."""
    return {**norm_json(norm), "page": norm.page, "starts": norm.starts, "ends": norm.ends}


def read_norm(page: str, said: Any) -> Norm:
    """From its JSON, or from its row as a mapping."""
    a, b, c, d, e, f, g = said["per_weekday"]
    return Norm(
        page,
        (a, b, c, d, e, f, g),
        _windows(said["windows"]),
        said["gap_minutes"],
        said["daily_cap"],
        peaks=_windows(said["peaks"]),
        starts=_day(said["starts"]),
        ends=_day(said["ends"]),
        mix=tuple((code, share) for code, share in said["mix"]),
        exceptions={date.fromisoformat(day): count for day, count in said["exceptions"].items()},
        before=None if said["before"] is None else read_norm(page, said["before"]),
    )


def _spans(windows: Iterable[Window]) -> list[list[str]]:
    return [[one.start.isoformat("minutes"), one.end.isoformat("minutes")] for one in windows]


def _windows(spans: Iterable[tuple[str, str]]) -> tuple[Window, ...]:
    return tuple(Window(time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans)


def _day(said: str | date | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said
