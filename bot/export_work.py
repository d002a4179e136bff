"""Making one export, the same for `hq export` and for the process of its own that `hq run` starts for it.

`python -m bot.export_work` reads an order as JSON from standard input (an address with its password belongs into no list of processes).
The database is read on a connection of its own in one transaction: what is in a file was true at one moment.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.child import ChildFailed, answer_of
from bot.evidence_work import write_evidence
from domain.evidence import SPAN
from domain.exports import MOST_BYTES, Export, ExportFailure, ExportFormat, ExportSubject, Span, safe_name
from domain.ports import UnitOfWork
from domain.usecases.export_packs import Extent, extent, pack, portions
from domain.usecases.exports import Made
from reports.csv_files import write_csv, write_zip
from reports.pack import pack_pdf
from reports.tables import View
from reports.workbook import write_workbook
from storage.database import open_database
from storage.media import MediaFolder
from texts.exports import span_name, subject_name
from texts.words import words_for

NICE = 10
"""The export waits for the bot, not the bot for the export."""
EVIDENCE_ROOM = MOST_BYTES - 5_000_000
"""Bytes for the files of a post; the rest is for its texts and its journal."""
LONGEST = 600.0
"""Seconds after which a file is given up for this time: the largest campaign takes a tenth of it."""


@dataclass(frozen=True)
class Order:
    """`url`: the database; `folder`: of the media, where the file goes by its hash. The rest as in `domain.exports.Export`."""

    url: str
    folder: str
    format: str
    span: str
    first: date
    last: date
    regions: tuple[str, ...]
    language: str
    now: datetime
    subject: str = ""
    comma: bool = True
    person: int = 0
    """Who asked for it: what names stand in the evidence about a post."""


def order_for(one: Export, url: str, folder: Path, now: datetime) -> Order:
    """What a row asks for, as of now."""
    return Order(
        url,
        str(folder),
        one.format,
        one.span,
        one.first,
        one.last,
        one.regions,
        one.language,
        now,
        one.subject,
        one.comma,
        one.person_id,
    )


class NotMade(RuntimeError):
    """There is no file, and `why`."""

    def __init__(self, why: ExportFailure, told: str = "") -> None:
        super().__init__(told or why)
        self.why = why


async def make(order: Order) -> Made:
    """In this process: the file lies in the folder under its hash. `NotMade` when Telegram would not carry it."""
    folder = MediaFolder(Path(order.folder))
    folder.folder.mkdir(parents=True, exist_ok=True)
    db = await open_database(order.url, migrate=False)
    try:
        with tempfile.TemporaryDirectory(dir=folder.folder, prefix="export-") as scratch:
            path = Path(scratch) / "file"
            name = await db.read(_write, order, path)
            size = path.stat().st_size
            if size > MOST_BYTES:
                raise NotMade(ExportFailure.TOO_BIG)
            return Made(folder.keep(path.read_bytes()), size, name)
    finally:
        await db.close()


async def _write(uow: UnitOfWork, order: Order, path: Path) -> str:
    """In one read-only transaction; returns the file's name."""
    words = words_for(order.language)
    if order.format == ExportFormat.EVIDENCE:
        post, media = int(order.span.removeprefix(SPAN)), MediaFolder(Path(order.folder))
        return await write_evidence(uow, post, order.person, media, path, words, order.now, EVIDENCE_ROOM)
    span = Span(order.span, order.first, order.last)
    of = await extent(uow, span, frozenset(order.regions), now=order.now)
    rubrics = {one.code: one.name(words.language) for one in await uow.rubrics.all()}
    view = View(words, of, rubrics)
    rows = partial(_rows, uow, of)
    subjects: Sequence[ExportSubject] = [ExportSubject(order.subject)] if order.subject else list(ExportSubject)
    ending = order.format
    match ExportFormat(order.format):
        case ExportFormat.PDF:
            _put(path, pack_pdf(await pack(uow, of), view))
        case ExportFormat.XLSX:
            await write_workbook(path, subjects, rows, await pack(uow, of), view)
        case ExportFormat.CSV if order.subject:
            await write_csv(path, subjects[0], rows, view, comma=order.comma)
        case ExportFormat.CSV:
            await write_zip(path, subjects, rows, view, comma=order.comma)
            ending = "zip"
    return safe_name(*_name(order, view), ending=ending)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _rows(uow: UnitOfWork, of: Extent, subject: ExportSubject) -> Any:
    return portions(uow, subject, of)


def _name(order: Order, view: View) -> list[str]:
    """Campaign, period, table or regions, and the day it was made: two of them lie side by side."""
    w, of = view.words, view.of
    what = subject_name(ExportSubject(order.subject), w) if order.subject else ""
    where = "" if "*" in order.regions else " ".join(sorted(of.names.get(code, code) for code in order.regions))[:24]
    return [of.campaign.name[:30], span_name(of.span, w), where, what, f"{of.today:%Y-%m-%d}"]


# -- a process of its own ----------------------------------------------------------------------------------------------


async def in_a_process(order: Order) -> Made:
    """The same without a moment of this process's loop: it only waits."""
    try:
        answer = await answer_of("bot.export_work", written(order), LONGEST)
    except TimeoutError:
        raise NotMade(ExportFailure.BROKEN, f"not made within {LONGEST:.0f} s") from None
    except ChildFailed as error:
        raise NotMade(ExportFailure.BROKEN, str(error)) from None
    if "why" in answer:
        raise NotMade(ExportFailure(answer["why"]), answer["told"])
    return Made(**answer)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def written(order: Order) -> str:
    """As JSON."""
    return json.dumps(asdict(order), default=_plain)


def read_order(text: str) -> Order:
    """The reverse of `written`."""
    said: dict[str, Any] = json.loads(text)
    days = {name: date.fromisoformat(said[name]) for name in ("first", "last")}
    now = datetime.fromisoformat(said["now"]).astimezone(UTC)
    return Order(**{**said, **days, "now": now, "regions": tuple(said["regions"])})


def main() -> None:
    """Prints what was made or why nothing was; the exit code is 0 either way: the answer is the JSON."""
    os.nice(NICE)
    order = read_order(sys.stdin.read())
    answer: dict[str, Any]
    try:
        answer = asdict(asyncio.run(make(order)))
    except NotMade as error:
        answer = {"why": error.why, "told": str(error)}
    except Exception as error:  # noqa: BLE001 - told to the program that asked
        answer = {"why": ExportFailure.BROKEN, "told": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
