"""Looking into the tables: what tests read is fetched inside the transaction, as everything else is."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import Executable, Row


def rows_of(statement: Executable) -> Callable[[Any], Awaitable[Sequence[Row[Any]]]]:
    """For `Database.read`: all rows of a statement."""

    async def read(uow: Any) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = (await uow.session.execute(statement)).all()
        return found

    return read
