"""Column types and the column helper that makes purpose and retention obligatory."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Enum, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

Id = BigInteger().with_variant(Integer(), "sqlite")
"""Portable surrogate key: SQLite only auto-numbers INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; naive values are refused, since a guess of their zone would be wrong for somebody."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Strings(TypeDecorator[tuple[Any, ...]]):
    """A JSON list that is a tuple in Python, as frozen dataclasses need it."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> list[Any] | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else list(value)

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> tuple[Any, ...] | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else tuple(value)


def one_of(kind: type[StrEnum], name: str) -> Enum:
    """A StrEnum stored by value with a CHECK; portable, unlike a native enum."""
    return Enum(kind, name=name, native_enum=False, create_constraint=True, values_callable=_values, length=20)


def known_of(kind: type[StrEnum], name: str) -> Enum:
    """The same without the CHECK: for a column that joins a table which exists already (SQLite cannot add one)."""
    return Enum(kind, name=name, native_enum=False, create_constraint=False, values_callable=_values, length=20)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


KEEP = "campaign"
"""Retention: as long as the campaign's record is kept."""
ERASE = "erasure"
"""Retention: personal; removed by erasure or when the person's data ends."""


def col(
    name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rest: Any, purpose: str, keep: str = KEEP, **kw: Any
) -> Column[Any]:
    """A column with why it is stored and how long; NOT NULL unless said otherwise."""
    kw.setdefault("nullable", False)
    return Column(name, kind, *rest, info={"purpose": purpose, "retention": keep}, **kw)
