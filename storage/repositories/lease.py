"""The lease: what only one process does at a time. PostgreSQL only; every moment is the database's own clock.

Transactions that lock the lease's row are marked. A process that freezes inside one would keep everybody out, and no timeout of the server
helps in all its states (between preparing a statement and running it a transaction is not idle, and no statement runs): whoever wants to
take over ends such transactions.
"""

from sqlalchemy import ColumnElement, Interval, cast, column, func, literal, select, table, update
from sqlalchemy.dialects.postgresql import insert

from storage.repositories.base import Repository
from storage.tables import lease

FROZEN_SHARE = 0.2
"""Of a term: a marked transaction that old is ended once the term is over. None of ours is that slow."""
LOCK_SHARE = 0.5
"""Of a term: how long one waits for the row before asking again."""
_sessions = table("pg_stat_activity", column("pid"), column("application_name"), column("xact_start"))


class LeaseLost(RuntimeError):
    """Another process does this now, or the term is over: nothing of the transaction is kept."""


def _seconds(number: float) -> ColumnElement[object]:
    return cast(literal(f"{number} seconds"), Interval)


def _in(seconds: float) -> ColumnElement[object]:
    # clock_timestamp() moves on inside a transaction, now() does not: a statement may have waited for a lock.
    return func.clock_timestamp() + _seconds(seconds)


def _marked(name: str) -> str:
    return f"hq lease {name}"


class LeaseRepository(Repository):
    """`take` and `renew` need a write transaction of their own."""

    async def is_free(self, name: str) -> bool:
        """Whether nobody holds it: a look without a lock, so that waiting processes cost the holder nothing."""
        held = select(lease.c.name).where(lease.c.name == name, lease.c.until > func.clock_timestamp())
        return (await self._session.execute(held)).first() is None

    async def take(self, name: str, holder: str, seconds: float) -> int | None:
        """Become the holder for so many seconds; returns the new term, None while somebody else's runs."""
        await self._mark(name, seconds)
        await self._end_frozen(name, seconds)
        first = insert(lease).values(name=name, holder=holder, term=1, until=_in(seconds))
        statement = first.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "term": lease.c.term + 1, "until": _in(seconds)},
            where=lease.c.until <= func.clock_timestamp(),
        )
        term: int | None = (await self._session.execute(statement.returning(lease.c.term))).scalar()
        return term

    async def renew(self, name: str, holder: str, term: int, seconds: float) -> bool:
        """Make the running term longer; False when it is over (a new one must be taken)."""
        await self._mark(name, seconds)
        mine = update(lease).where(lease.c.name == name, lease.c.holder == holder, lease.c.term == term)
        running = mine.where(lease.c.until > func.clock_timestamp())
        return (await self._session.execute(running.values(until=_in(seconds)))).rowcount == 1

    async def release(self, name: str, holder: str, term: int) -> None:
        """End the term now: the next process need not wait for its end."""
        mine = update(lease).where(lease.c.name == name, lease.c.holder == holder, lease.c.term == term)
        await self._session.execute(mine.values(until=func.clock_timestamp()))

    async def ensure_held(self, name: str, holder: str, term: int) -> None:
        """Raise `LeaseLost` unless this term runs; until this transaction ends nobody can take the lease over."""
        mark = func.set_config("application_name", _marked(name), True)
        mine = select(mark).where(lease.c.name == name, lease.c.holder == holder, lease.c.term == term)
        running = mine.where(lease.c.until > func.clock_timestamp()).with_for_update(read=True)
        if (await self._session.execute(running)).first() is None:
            raise LeaseLost(f"term {term} of the lease {name!r} is over")

    async def _mark(self, name: str, seconds: float) -> None:
        """Before anything is locked: a process that freezes here can be ended, and waits for none for ever."""
        mark = func.set_config("application_name", _marked(name), True)
        waiting = func.set_config("lock_timeout", str(int(seconds * LOCK_SHARE * 1000)), True)
        await self._session.execute(select(mark, waiting))

    async def _end_frozen(self, name: str, seconds: float) -> None:
        """End transactions that still lock the row of a term that is over (a role may end its own sessions)."""
        over = select(lease.c.name).where(lease.c.name == name, lease.c.until <= func.clock_timestamp()).exists()
        frozen = select(func.pg_terminate_backend(_sessions.c.pid)).where(
            over,
            _sessions.c.application_name == _marked(name),
            _sessions.c.pid != func.pg_backend_pid(),
            _sessions.c.xact_start < func.clock_timestamp() - _seconds(seconds * FROZEN_SHARE),
        )
        await self._session.execute(frozen)
