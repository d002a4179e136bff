"""A table of people to invite: name;role;region[;note]. Every mistake by line; the names are for the returned table alone."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.invites import MOST, region_named, role_named
from domain.people import EVERYWHERE, Role

NAME, ROLE, REGION, NOTE = "name", "role", "region", "note"
_HEADS = {
    **dict.fromkeys(("name", "имя", "фио", "кто", "человек"), NAME),
    **dict.fromkeys(("role", "роль"), ROLE),
    **dict.fromkeys(("region", "регион", "область", "где"), REGION),
    **dict.fromkeys(("note", "заметка", "примечание", "комментарий", "для себя"), NOTE),
}
LONGEST = 200
"""Characters of a cell."""


class Fault(StrEnum):
    """Why a line or the header cannot be taken."""

    NO_LINES = "no_lines"
    HEAD_UNKNOWN = "head_unknown"
    HEAD_TWICE = "head_twice"
    HEAD_LACKS = "head_lacks"
    CELLS = "cells"
    BROKEN = "broken"
    TOO_MANY = "too_many"
    NAME_EMPTY = "name_empty"
    LONG = "long"
    ROLE_UNKNOWN = "role_unknown"
    REGION_UNKNOWN = "region_unknown"
    MAY_NOT = "may_not"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` counts from 1 (the header); 0: the table as a whole."""

    line: int
    fault: Fault
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line: whom a link is for."""

    line: int
    name: str
    role: Role
    region: str
    note: str = ""


@dataclass(frozen=True)
class InviteTable:
    wanted: tuple[Wanted, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def is_invite_table(text: str) -> bool:
    """Whether the first line has a column for roles: figures have none."""
    heads = _cells(next((row for row in text.splitlines() if row.strip()), ""))
    return any(_HEADS.get(head.lower()) == ROLE for head in heads)


def read(text: str, regions: Mapping[str, str]) -> InviteTable:
    """All that can be said without asking who may invite whom. `regions`: names by code."""
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip(" \t;,")]
    if not rows:
        return InviteTable(mistakes=(Mistake(0, Fault.NO_LINES),))
    (head_line, head), body = rows[0], rows[1:]
    delimiter = _delimiter(head)
    columns, mistakes = _columns(_cells(head), head_line)
    if mistakes or not body or len(body) > MOST:
        fault = Fault.NO_LINES if not body else Fault.TOO_MANY
        return InviteTable(mistakes=tuple(mistakes) or (Mistake(0, fault),))
    wanted: list[Wanted] = []
    for number, row in body:
        found = _line(number, row, delimiter, columns, regions)
        if isinstance(found, Mistake):
            mistakes.append(found)
        else:
            wanted.append(found)
    return InviteTable(tuple(wanted), tuple(mistakes))


def _delimiter(head: str) -> str:
    return max(";\t,", key=head.count)


def _cells(row: str, delimiter: str = "") -> list[str]:
    return [cell.strip() for cell in next(csv.reader([row], delimiter=delimiter or _delimiter(row)), [])]


def _columns(heads: Sequence[str], line: int) -> tuple[list[str], list[Mistake]]:
    columns: list[str] = []
    mistakes = []
    for head in heads:
        kind = _HEADS.get(head.lower())
        if kind is None:
            mistakes.append(Mistake(line, Fault.HEAD_UNKNOWN, head))
        elif kind in columns:
            mistakes.append(Mistake(line, Fault.HEAD_TWICE, head))
        columns.append(kind or "")
    lacking = [name for name in (NAME, ROLE, REGION) if name not in columns]
    return columns, mistakes or [Mistake(line, Fault.HEAD_LACKS, name) for name in lacking]


def _line(
    number: int, row: str, delimiter: str, columns: Sequence[str], regions: Mapping[str, str]
) -> Wanted | Mistake:
    try:
        values = [cell.strip() for cell in next(csv.reader([row], delimiter=delimiter, strict=True))]
    except csv.Error:
        return Mistake(number, Fault.BROKEN)
    while len(values) > len(columns) and not values[-1]:
        values.pop()  # an empty column at the end, as spreadsheets like to leave
    if len(values) == len(columns) - 1 and columns[-1] == NOTE:
        values.append("")
    if len(values) != len(columns):
        return Mistake(number, Fault.CELLS)
    return _read(number, dict(zip(columns, values, strict=True)), regions)


def _read(number: int, cell: Mapping[str, str], regions: Mapping[str, str]) -> Wanted | Mistake:
    long = next((value for value in cell.values() if len(value) > LONGEST), None)
    if long is not None:
        return Mistake(number, Fault.LONG, long)
    if not cell[NAME]:
        return Mistake(number, Fault.NAME_EMPTY)
    role, region = role_named(cell[ROLE]), _region(cell[REGION], regions)
    if role is None:
        return Mistake(number, Fault.ROLE_UNKNOWN, cell[ROLE])
    if region is None:
        return Mistake(number, Fault.REGION_UNKNOWN, cell[REGION])
    return Wanted(number, cell[NAME], role, region, cell.get(NOTE, ""))


def _region(cell: str, regions: Mapping[str, str]) -> str | None:
    return EVERYWHERE if cell == EVERYWHERE else region_named(cell, regions) if cell else None


def write(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as spreadsheets read it: UTF-8 with its mark, semicolons. What could be taken for a formula is not one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
