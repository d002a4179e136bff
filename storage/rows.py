"""Rows ↔ frozen dataclasses, by field name."""

from collections.abc import Hashable, Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Row

T = TypeVar("T")


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


def as_(cls: type[T], row: Row[Any], **extra: Any) -> T:
    """Build `cls` from the row's columns of the same names; `extra` gives or overrides fields."""
    mapping = row._mapping  # noqa: SLF001 - SQLAlchemy's documented mapping view of a row
    values = {**mapping, **extra} if extra else mapping
    return cls(*map(values.__getitem__, _names(cast("Hashable", cls))))


def all_(cls: type[T], rows: Iterable[Row[Any]]) -> list[T]:
    """`as_` for each row."""
    return [as_(cls, row) for row in rows]
