"""Files that were asked for: made beside the running program, sent, and deleted after a day."""

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Table, text

from domain.exports import ExportFailure, ExportFormat, ExportState
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, Strings, col, known_of

export = Table(
    "export",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="who asked for it"),
    col("format", known_of(ExportFormat, "format"), purpose="workbook, tables or pack"),
    col("span", String(16), purpose="which period, by its code"),
    col("first", Date, purpose="its first day"),
    col("last", Date, purpose="its last day"),
    col("regions", Strings, purpose="what it covers; * for the whole campaign"),
    col("subject", String(16), server_default="", purpose="one table; empty: all"),
    col("comma", Boolean, purpose="decimal commas in CSV"),
    col("language", String(8), purpose="language of its words"),
    col("state", known_of(ExportState, "state"), purpose="where it stands"),
    col("failure", known_of(ExportFailure, "failure"), nullable=True, purpose="why there is no file"),
    col("tries", Integer, server_default="0", purpose="how often making it failed"),
    col("sha256", String(64), server_default="", purpose="the file in the media folder, for a day"),
    col("name", String(100), server_default="", purpose="its name"),
    col("size", BigInteger, server_default="0", purpose="bytes"),
    col("asked_at", Moment, purpose="when asked for"),
    col("made_at", Moment, nullable=True, purpose="when made"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index("ix_export_person_id", "person_id", "state"),
    Index(
        "ix_export_waiting",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
