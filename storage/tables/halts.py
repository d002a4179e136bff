"""Emergency stops: what is halted, since when, by whom and why, and who let it go on."""

from sqlalchemy import ForeignKey, Index, Integer, String, Table, Text, text

from domain.halts import HaltReason
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col, one_of

halt = Table(
    "halt",
    metadata,
    surrogate(),
    col("region", String(32), purpose="where: a region, * for everything; a page's region when one page is meant"),
    col("page", String(64), server_default="", purpose="the one page; empty: all of the region"),
    col("reason", one_of(HaltReason, "reason"), purpose="tapped reason"),
    col("note", Text, server_default="", purpose="the reason in their own words"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who stopped"),
    col("at", Moment, purpose="since when"),
    col("resume_by", Id, ForeignKey("person.id"), nullable=True, purpose="the first of the two who resume"),
    col("resume_at", Moment, nullable=True, purpose="when they said so"),
    col("lifted_by", Id, ForeignKey("person.id"), nullable=True, purpose="the second: it goes on"),
    col("lifted_at", Moment, nullable=True, purpose="until when"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index(
        "uq_halt_open",
        "region",
        "page",
        unique=True,
        sqlite_where=text("lifted_at is null"),
        postgresql_where=text("lifted_at is null"),
    ),
)
