# ruff: noqa: S608 - the names in statements come from the schema
"""A database file watched from outside: which rows were changed since one looked last, and all of them back to how they were kept."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BOOKKEEPING = frozenset({"inbox", "lane_claim", "lease", "alembic_version"})
"""Of updates and processes: neither watched nor put back."""
_LOG = "bench_touched"
_WATCHED = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
Row = tuple[Any, ...]
Place = tuple[str, int]
"""A table and the number of a row in it."""
Change = tuple[str, dict[str, Any] | None, dict[str, Any] | None]
"""A table, and one row of it before and after; None: it was not there, or is not any more."""


class Tables:
    """Triggers write down every row that is touched, whoever does it, so that looking costs nothing when nothing was."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        names = self._db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
        self._names = sorted(name for (name,) in names if name not in BOOKKEEPING)
        self._columns = {t: [row[1] for row in self._db.execute(f"pragma table_info({t})")] for t in self._names}
        self._watch()
        self._now = self.contents()
        self._kept: dict[Place, Row] = {}
        self._moved: set[Place] = set()
        """Rows that may differ from how they were kept."""

    def _watch(self) -> None:
        """The log has no constraint: a trigger's conflicts would be settled as the statement that fired it says."""
        self._db.execute(f"create table {_LOG} (name text, number integer)")
        for name in self._names:
            for verb, sides in _WATCHED.items():
                noted = "; ".join(f"insert into {_LOG} values ('{name}', {side}.rowid)" for side in sides)
                self._db.execute(f"create trigger {_LOG}_{name}_{verb} after {verb} on {name} begin {noted}; end")

    def close(self) -> None:
        self._db.close()

    # -- looking ---------------------------------------------------------------------------------------------------

    def contents(self) -> dict[Place, Row]:
        """Every row, without the bookkeeping."""
        return dict(self._all())

    def _all(self) -> Iterator[tuple[Place, Row]]:
        self._db.execute("begin")
        try:
            for name in self._names:
                for row in self._db.execute(f"select rowid, * from {name}"):
                    yield (name, row[0]), row[1:]
        finally:
            self._db.execute("commit")

    def rows(self, table: str, where: str = "1") -> list[dict[str, Any]]:
        found = self._db.execute(f"select * from {table} where {where}")
        return [dict(zip(self._columns[table], row, strict=True)) for row in found]

    def changed(self) -> list[Change]:
        """What differs since this was asked last."""
        if self._db.execute(f"select 1 from {_LOG} limit 1").fetchone() is None:
            return []
        self._db.execute("begin immediate")
        touched: list[Place] = self._db.execute(f"select distinct name, number from {_LOG}").fetchall()
        found = {place: self._row(place) for place in sorted(touched)}
        self._db.execute(f"delete from {_LOG}")
        self._db.execute("commit")
        return [one for place, row in found.items() if (one := self._noted(place, row)) is not None]

    def _noted(self, place: Place, row: Row | None) -> Change | None:
        """Remember the row as it is now; None: it is as it was."""
        before = self._now.pop(place, None)
        if row is not None:
            self._now[place] = row
        if row == before:
            return None
        self._moved.add(place)
        return place[0], self._named(place[0], before), self._named(place[0], row)

    def _row(self, place: Place) -> Row | None:
        name, number = place
        found: Row | None = self._db.execute(f"select * from {name} where rowid = ?", (number,)).fetchone()
        return found

    def _named(self, table: str, row: Row | None) -> dict[str, Any] | None:
        return None if row is None else dict(zip(self._columns[table], row, strict=True))

    # -- changing ----------------------------------------------------------------------------------------------------

    def write(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """These, in one transaction."""
        self._db.execute("begin immediate")
        for statement in statements:
            self._db.execute(*statement)
        self._db.execute("commit")

    def keep(self) -> None:
        self.changed()
        self._kept, self._moved = dict(self._now), set()

    @property
    def as_kept(self) -> bool:
        """Whether nothing was changed since they were kept, or put back."""
        self.changed()
        return not self._moved

    def put_back(self) -> None:
        """Every row as it was kept."""
        self.changed()
        self._db.execute("begin immediate")
        for name, number in self._moved:  # all of them first: a kept value may be unique
            self._db.execute(f"delete from {name} where rowid = ?", (number,))
        for place in self._moved & self._kept.keys():
            self._insert(*place, self._kept[place])
        self._db.execute(f"delete from {_LOG}")
        self._db.execute("commit")
        for place in self._moved:
            self._now.pop(place, None)
        self._now |= {place: self._kept[place] for place in self._moved & self._kept.keys()}
        self._moved = set()

    def _insert(self, name: str, number: int, row: Row) -> None:
        columns = ", ".join(f'"{column}"' for column in self._columns[name])
        marks = ", ".join("?" * len(row))
        self._db.execute(f"insert into {name} (rowid, {columns}) values (?, {marks})", (number, *row))
