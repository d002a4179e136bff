"""A database that fails on purpose: at the n-th call from now, before it is made or, for a commit, after it was made."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError


@dataclass
class Failing:
    """Counts calls since it was `set`. `hit`: what failed, empty while nothing has."""

    nth: int = 0
    answer_lost: bool = False
    """Only commits fail, and they were made: the n-th of them."""
    calls: int = 0
    hit: str = ""

    def set(self, nth: int, *, answer_lost: bool) -> None:
        """Fail the n-th call from now on (0: none), once."""
        self.nth, self.answer_lost, self.calls, self.hit = nth, answer_lost, 0, ""

    def before(self, statement: str) -> None:
        """Called before each statement, BEGIN and COMMIT among them."""
        if not self.answer_lost and statement != "ROLLBACK":
            self._count(statement)

    def after(self, statement: str) -> None:
        """Called after each statement that was made."""
        if self.answer_lost and statement == "COMMIT":
            self._count(statement)

    def _count(self, statement: str) -> None:
        self.calls += 1
        if self.calls == self.nth:
            self.hit = " ".join(statement.split())[:60]
            raise OperationalError(None, None, sqlite3.OperationalError("disk I/O error"))


@contextlib.contextmanager
def failing() -> Iterator[Failing]:
    """Listens to every engine of this process, of whatever database."""
    found = Failing()

    def before(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.before(statement)

    def after(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.after(statement)

    def commit(connection: Connection) -> None:
        """PostgreSQL: SQLite's commits are statements of our own."""
        if connection.dialect.name != "sqlite":
            found.before("COMMIT")
            if found.answer_lost and found.calls + 1 == found.nth:
                connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]  # a connection that is open
            found.after("COMMIT")

    listeners: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", before),
        ("after_cursor_execute", after),
        ("commit", commit),
    ]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield found
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)
