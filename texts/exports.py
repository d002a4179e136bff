"""What exports are called: periods, tables, kinds of files."""

from typing import Any

from babel.dates import format_date

from domain.exports import ExportFormat, ExportSubject, Span
from texts.words import Words, mark_plain

_SUBJECTS = {
    ExportSubject.NORM: mark_plain("Norm by day"),
    ExportSubject.POSTS: mark_plain("Posts"),
    ExportSubject.FIGURES: mark_plain("Figures"),
    ExportSubject.APPROVALS: mark_plain("Approvals"),
    ExportSubject.TARGETS: mark_plain("Targets"),
    ExportSubject.COMMITMENTS: mark_plain("Commitments"),
    ExportSubject.PEOPLE: mark_plain("People"),
}
_FORMATS = {
    ExportFormat.XLSX: mark_plain("Workbook"),
    ExportFormat.CSV: mark_plain("CSV"),
    ExportFormat.PDF: mark_plain("Month pack"),
}


def subject_name(subject: ExportSubject, w: Words) -> str:
    """Also a sheet's name: at most 31 characters, none of []:*?/\\ (Microsoft, Excel specifications)."""
    return w.plain(_SUBJECTS[subject])  # texts: dynamic


def format_name(kind: ExportFormat, w: Words) -> str:
    return w.plain(_FORMATS[kind])  # texts: dynamic


def span_name(span: Span, w: Words) -> str:
    """Month 1, month 2, the whole campaign, or a calendar month by its name."""
    match span.code:
        case "m1":
            return w.plain("Month 1")
        case "m2":
            return w.plain("Month 2")
        case "all":
            return w.plain("The whole campaign")
    told: Any = format_date(span.first, "LLLL y", locale=w.locale)
    return str(told)
