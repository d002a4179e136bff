"""`hq export`: a file beside the running program, or without one. Only the line in the journal goes through its socket."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.config import ConfigError, Settings, ensure_language
from bot.control import ControlServer, ask
from bot.export_work import NotMade, Order, make
from bot.operations import Running, running_at
from domain.errors import DomainError, NotFound
from domain.exports import PERIODIC, ExportFailure, ExportFormat, ExportPeriodBad, ExportSubject, ExportWish
from domain.ports import Database
from domain.usecases import exports
from storage.database import open_database
from storage.media import MediaFolder


@dataclass(frozen=True)
class Wanted:
    """As typed; `out` None: under its own name where the command was given."""

    format: str
    period: str
    region: str
    table: str
    comma: bool
    language: str
    out: Path | None


def register(control: ControlServer, app: Running) -> None:
    """Teach the running program to journal what an operator takes."""

    async def begin(request: Mapping[str, Any]) -> dict[str, Any]:
        wish = ExportWish(**{**request["wish"], "format": ExportFormat(request["wish"]["format"])})
        return await _begin(app.db, wish, app.clock.now())

    control.register("export", begin)


async def export_file(settings: Settings, wanted: Wanted, now: datetime) -> Path:
    """Make it; returns where it lies. `ConfigError` for what does not exist."""
    wish = _wish(wanted)
    socket = await running_at(settings)
    if socket is not None:
        begun: dict[str, Any] = await ask(socket, "export", wish=vars(wish))
    else:
        db = await open_database(settings.storage.url)
        try:
            begun = await _begin(db, wish, now)
        finally:
            await db.close()
    out = wanted.out
    parent = out.absolute().parent if out is not None else Path.cwd()
    if not parent.is_dir():
        raise ConfigError(f"--out: there is no folder {parent}")
    with tempfile.TemporaryDirectory(prefix=".hq-export-", dir=parent) as scratch:
        order = Order(
            url=settings.storage.url,
            folder=scratch,
            format=wish.format,
            span=begun["span"],
            first=date.fromisoformat(begun["first"]),
            last=date.fromisoformat(begun["last"]),
            regions=tuple(begun["regions"]),
            language=wanted.language,
            now=datetime.fromisoformat(begun["now"]).astimezone(UTC),
            subject=wish.subject,
            comma=wish.comma,
        )
        try:
            made = await make(order)
        except NotMade as error:
            if error.why is ExportFailure.TOO_BIG:
                raise ConfigError("the file would be larger than 45 MB: choose a region, a period or a table") from None
            raise
        target = out.absolute() if out is not None else parent / made.name
        await asyncio.to_thread(shutil.move, MediaFolder(Path(scratch)).path(made.sha256), target)
    return target


def _wish(wanted: Wanted) -> ExportWish:
    if wanted.format not in PERIODIC:
        raise ConfigError(f"--format: {wanted.format!r} is none of {', '.join(PERIODIC)}")
    ensure_language(wanted.language)
    if wanted.table and wanted.table not in set(ExportSubject):
        raise ConfigError(f"--table: {wanted.table!r} is none of {', '.join(ExportSubject)}")
    if wanted.table and wanted.format != ExportFormat.CSV:
        raise ConfigError("--table: only CSV holds a single table")
    period = {"1": "m1", "2": "m2"}.get(wanted.period, wanted.period)
    return ExportWish(ExportFormat(wanted.format), period, wanted.region, wanted.table, wanted.comma)


async def _begin(db: Database, wish: ExportWish, now: datetime) -> dict[str, Any]:
    try:
        span, regions = await db.run(exports.operator_asks, wish, now=now)
    except ExportPeriodBad as error:
        raise ConfigError(f"--period: {error.code!r} is no period of this campaign that has begun") from None
    except NotFound as error:
        missing = f"no region {wish.region!r}" if error.kind == "region" else "load a plan first"
        raise ConfigError(f"--region: {missing}") from None
    except DomainError as error:
        raise ConfigError(str(error)) from None
    return {
        "span": span.code,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "regions": list(regions),
        "now": now.isoformat(),
    }
