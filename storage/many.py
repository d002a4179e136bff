"""Thousands of keys or rows in one statement, at the cost of one parameter."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY


def among(dialect: str, column: Any, values: Collection[str] | Collection[int]) -> ColumnElement[bool]:
    """Whether `column` is one of the values; a list of parameters would be made and read for each of them."""
    listed = list(values)
    if dialect == "postgresql":
        kind = String() if listed and isinstance(listed[0], str) else BigInteger()
        found: ColumnElement[bool] = column == any_(literal(listed, ARRAY(kind)))
        return found
    each = func.json_each(json.dumps(listed)).table_valued("value")
    among_them: ColumnElement[bool] = column.in_(select(each.c.value))
    return among_them
