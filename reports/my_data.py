"""A person's own data as files: a page to read, and JSON."""

from collections.abc import Mapping
from datetime import date, datetime, time
from html import escape
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from domain.people import Person
from domain.privacy import Part, Value, Who
from texts.roles import role_name
from texts.stored import LABELS, STORED, TITLES
from texts.words import Words

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h2{margin-top:2.5rem;border-bottom:1px solid #999}dl{margin:0 0 1rem;padding:.5rem .8rem;background:#f4f4f4}"
    "dt{float:left;clear:left;color:#555;margin-right:.6em}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
)


class MyFile(Protocol):
    """What `domain.usecases.my_data.collect` gives."""

    @property
    def person(self) -> Person: ...
    @property
    def parts(self) -> tuple[Part, ...]: ...


def page(mine: MyFile, w: Words, now: datetime) -> str:
    """One page of HTML that needs nothing else; moments are on the person's own clock."""
    clock = _Clock(mine.person.zone, w)
    by_table = {part.table: part for part in mine.parts}
    body = [f"<h1>{escape(w.plain('All that is stored about you'))}</h1>"]
    made = w.plain("As of {moment}, {zone}.", moment=clock.said(now), zone=mine.person.zone)
    body.append(f"<p>{escape(made)} {escape(w.plain('Others stand here by their role only.'))}</p>")
    for group in STORED:
        found = [by_table[name] for name in TITLES if name in group.tables and name in by_table]
        if found:
            body.append(f"<h2>{w(group.what)}</h2><p>{w(group.why)}</p>")  # texts: dynamic
            body += [_part(part, clock, w) for part in found]
    title = escape(w.plain("My data"))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="{w.language}"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def as_json(mine: MyFile, now: datetime) -> dict[str, Any]:
    """The same for a machine: moments in UTC, columns under the names they are stored by."""
    tables = {part.table: [_plain_row(row) for row in part.rows] for part in mine.parts}
    return {"as_of": now.isoformat(), "tables": tables}


def _plain_row(row: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Value) -> Any:
    if isinstance(value, Who):
        return "me" if value.me else (value.role.value if value.role else "somebody")
    return value.isoformat() if isinstance(value, datetime | date | time) else value


class _Clock:
    """How values are said to this person."""

    def __init__(self, zone: str, w: Words) -> None:
        self._zone = ZoneInfo(zone)
        self._w = w

    def said(self, value: Value) -> str:
        w = self._w
        if isinstance(value, Who):
            role = role_name(value.role, w) if value.role else w.plain("a colleague")
            return w.plain("you") if value.me else role
        if isinstance(value, bool):
            return w.plain("yes") if value else w.plain("no")
        if isinstance(value, datetime | time):
            return f"{value.astimezone(self._zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value:%H:%M}"
        if isinstance(value, list | tuple | dict):
            named = value.items() if isinstance(value, dict) else (("", one) for one in value)
            return ", ".join(f"{name}: {self.said(one)}" if name else self.said(one) for name, one in named)
        return str(value)


def _part(part: Part, clock: _Clock, w: Words) -> str:
    rows = "".join(f"<dl>{_row(row, clock, w)}</dl>" for row in part.rows)
    return f"<h3>{escape(w.plain(TITLES[part.table]))}</h3>{rows}"  # texts: dynamic


def _row(row: Mapping[str, Value], clock: _Clock, w: Words) -> str:
    """What is empty is left out."""
    said = ((name, clock.said(value)) for name, value in row.items() if value not in (None, "", [], {}, ()))
    return "".join(f"<dt>{escape(_label(name, w))}:</dt><dd>{escape(value)}</dd>" for name, value in said)


def _label(name: str, w: Words) -> str:
    return w.plain(LABELS[name]) if name in LABELS else name  # texts: dynamic
