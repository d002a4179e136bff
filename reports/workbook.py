"""A workbook from an export's tables. XlsxWriter is imported late; rows go to the disk as they come, so memory is bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.export_rows import Pack
from domain.exports import MOST_ROWS, ExportSubject, neutral
from reports.pack_words import about, norm_line, unmeasured_lines
from reports.tables import Cell, Column, Kind, View, cells, columns
from texts.exports import subject_name
from texts.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Portions = AsyncIterator[Sequence[object]]
Rows = Callable[[ExportSubject], Portions]
"""The rows of one table, a portion at a time."""

_EXCEL_EPOCH = date(1899, 12, 30)
LINE_COLUMNS, LINE_LENGTH, LINE_HEIGHT = 12, 110, 14
"""Of a long line of the summary: over how many columns it is laid, characters in a line of them, points of its height."""
WANTED, PUBLISHED = "#B8B8B8", "#0072B2"
"""Told apart by colour-blind readers and in print."""
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,  # what people wrote stays text, whatever it looks like
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "in_memory": False,
}
_FORMATS = {
    Kind.TEXT: "General",
    Kind.NUMBER: "#,##0",
    Kind.SHARE: "0%",
    Kind.HOURS: "0.0",
    Kind.DAY: "dd.mm.yyyy",
    Kind.MOMENT: "dd.mm.yyyy hh:mm",
}


@dataclass
class _Sheets:
    """The workbook with its formats, which are made once."""

    book: Workbook
    head: Format
    strong: Format
    plain: Format
    wrapped: Format
    by_kind: dict[Kind, Format]


async def write_workbook(path: Path, subjects: Sequence[ExportSubject], rows: Rows, pack: Pack, view: View) -> None:
    """A summary with a chart, then a sheet per subject: frozen header, filters, numbers as numbers, dates as dates."""
    from xlsxwriter import Workbook

    book = Workbook(path, {**_SAFE, "tmpdir": str(path.parent)})
    book.set_properties({"title": pack.campaign.name, "comments": ""})
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    sheets = _Sheets(
        book,
        book.add_format({**base, "bold": True, "text_wrap": True, "bg_color": "#DDE6F0", "bottom": 1}),
        book.add_format({**base, "bold": True, "font_size": 14}),
        book.add_format(base),
        book.add_format({**base, "text_wrap": True}),
        {
            kind: book.add_format({**base, "num_format": form, "text_wrap": kind is Kind.TEXT})
            for kind, form in _FORMATS.items()
        },
    )
    w = view.words
    summary = book.add_worksheet(w.plain("Summary"))
    cut = []
    for subject in subjects:
        sheet = book.add_worksheet(subject_name(subject, w))
        if not await _table(sheets, sheet, columns(subject, w), rows(subject), view):
            cut.append(subject_name(subject, w))
    _summary(sheets, summary, pack, view, cut)
    book.close()


async def _table(sheets: _Sheets, sheet: Worksheet, shown: Sequence[Column], portions: Portions, view: View) -> bool:
    """Whether all rows fitted."""
    for at, column in enumerate(shown):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title, sheets.head)
    sheet.set_row(0, 42, sheets.head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    line = 0
    whole = True
    async for portion in portions:
        for row in portion:
            if line >= MOST_ROWS:
                whole = False
                break
            line += 1
            for at, (column, cell) in enumerate(zip(shown, cells(row, view), strict=True)):
                _write(sheets, sheet, line, at, column.kind, cell)
        if not whole:
            break
    sheet.autofilter(0, 0, max(line, 1), len(shown) - 1)
    return whole


def _write(sheets: _Sheets, sheet: Worksheet, line: int, at: int, kind: Kind, cell: Cell) -> None:
    form = sheets.by_kind[kind]
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(line, at, cell, sheets.by_kind[Kind.TEXT])
    elif isinstance(cell, int | float):
        sheet.write_number(line, at, cell, form)
    else:
        sheet.write_datetime(line, at, cell, form)


# -- the summary -------------------------------------------------------------------------------------------------------


def _summary(sheets: _Sheets, sheet: Worksheet, pack: Pack, view: View, cut: Sequence[str]) -> None:
    """What the file is, the norm in one line, what was not measured, and the chart with its numbers."""
    w = view.words
    told = [
        *about(pack, view, w),
        norm_line(pack.total, w),
        "",
        w.plain("What was not measured"),
        *unmeasured_lines(pack, w),
    ]
    told += [f"{name}: " + w.plain("Only the first {n} rows fit", n=w.number(MOST_ROWS)) for name in cut]
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 2, 12)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for line, text in enumerate(told):
        if len(text) > LINE_LENGTH:  # else it runs off the page to the right
            sheet.set_row(line, LINE_HEIGHT * ceil(len(text) / LINE_LENGTH))
            sheet.merge_range(line, 0, line, LINE_COLUMNS - 1, "", sheets.wrapped)
        form = sheets.strong if line == 0 else sheets.wrapped if len(text) > LINE_LENGTH else sheets.plain
        sheet.write_string(line, 0, neutral(text), form)
    top = len(told) + 1
    sheet.write_string(top, 0, w.plain_ctx("column", "Day"), sheets.head)
    sheet.write_string(top, 1, w.plain_ctx("column", "Posts wanted"), sheets.head)
    sheet.write_string(top, 2, w.plain_ctx("column", "Published"), sheets.head)
    for at, (day, wanted, posted) in enumerate(pack.by_day, start=top + 1):
        sheet.write_datetime(at, 0, day, sheets.by_kind[Kind.DAY])
        sheet.write_number(at, 1, wanted, sheets.by_kind[Kind.NUMBER])
        sheet.write_number(at, 2, posted, sheets.by_kind[Kind.NUMBER])
    if pack.by_day:
        _chart(sheets.book, sheet, top, pack.by_day, w)


def _chart(book: Workbook, sheet: Worksheet, top: int, days: Sequence[tuple[date, int, int]], w: Words) -> None:
    """With its numbers inside: previews on phones do not read the cells."""
    chart: Any = book.add_chart({"type": "column"})
    name, last = sheet.get_name(), top + len(days)
    series = ((1, w.plain_ctx("column", "Posts wanted"), WANTED), (2, w.plain_ctx("column", "Published"), PUBLISHED))
    for column, title, colour in series:
        chart.add_series(
            {
                "name": title,
                "categories": [name, top + 1, 0, last, 0],
                "categories_data": [(day[0] - _EXCEL_EPOCH).days for day in days],
                "values": [name, top + 1, column, last, column],
                "values_data": [day[column] for day in days],
                "fill": {"color": colour},
                "gap": 40,
                "overlap": 100,
            }
        )
    chart.set_title({"name": w.plain("Posts by day: wanted and published"), "name_font": {"size": 12}})
    chart.set_x_axis({"num_format": "dd.mm", "date_axis": True})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 340})
    sheet.insert_chart(top, 4, chart)
