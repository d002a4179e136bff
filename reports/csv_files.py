"""Tables as CSV that opens right in Russian Excel: UTF-8 with its mark, semicolons, decimal commas where wanted."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from domain.exports import MOST_ROWS, ExportSubject
from reports.tables import Cell, Column, Kind, View, cells, columns
from reports.workbook import Portions, Rows

_DAY, _MOMENT = "%d.%m.%Y", "%d.%m.%Y %H:%M"
"""As Russian Excel reads dates; other languages get the international order, which every program reads."""


async def write_csv(path: Path, subject: ExportSubject, rows: Rows, view: View, *, comma: bool) -> None:
    """One table as one file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        await _table(file, columns(subject, view.words), rows(subject), view, comma=comma)


async def write_zip(path: Path, subjects: Sequence[ExportSubject], rows: Rows, view: View, *, comma: bool) -> None:
    """One file per table. Their names are the same in every language, so that other programs find them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for subject in subjects:
            entry = zipfile.ZipInfo(f"{subject.value}.csv", date_time=view.of.now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
                await _table(file, columns(subject, view.words), rows(subject), view, comma=comma)


async def _table(file: TextIO, shown: Sequence[Column], portions: Portions, view: View, *, comma: bool) -> None:
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.title for column in shown)
    dates = (_DAY, _MOMENT) if view.words.language == "ru" else ("%Y-%m-%d", "%Y-%m-%d %H:%M")
    line = 0
    async for portion in portions:
        for row in portion:
            if line == MOST_ROWS:
                writer.writerow([view.words.plain("Only the first {n} rows fit", n=view.words.number(MOST_ROWS))])
                return
            line += 1
            writer.writerow(
                _text(cell, column.kind, dates, comma=comma)
                for column, cell in zip(shown, cells(row, view), strict=True)
            )


def _text(cell: Cell, kind: Kind, dates: tuple[str, str], *, comma: bool) -> str:
    """As it stands in the file; a share is written in percent, for CSV has no formats."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case datetime():
            return cell.strftime(dates[1])
        case date():
            return cell.strftime(dates[0])
    number = round(cell * 100, 1) if kind is Kind.SHARE else cell
    text = str(number)
    return text.replace(".", ",") if comma else text
