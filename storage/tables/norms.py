"""Norms being set in chat, and the campaign's own calendar."""

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Table, false

from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col

norm_setting = Table(
    "norm_setting",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who sets it"),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("norm", JSON, purpose="the norm as said so far"),
    col("seen", Integer, purpose="version of the page's norm it began with; 0: there was none"),
    col("replaced", JSON(none_as_null=True), nullable=True, purpose="the norm that it replaced"),
    col("at_once", Boolean, server_default=false(), purpose="holds from today, not from tomorrow"),
    col("state", String(20), purpose="open, saved or dropped"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("created_at", Moment, purpose="when begun"),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    surrogate(),
    col("region", String(32), purpose="region or *; empty: not said yet"),
    col("page", String(64), ForeignKey("page.code"), nullable=True, purpose="this page only"),
    col("first", Date, purpose="first local day"),
    col("last", Date, purpose="last local day"),
    col("posts", Integer, purpose="posts a day instead of the weekday's; 0: none"),
    col("reason", String(100), purpose="shown to people"),
    col("by_id", Id, purpose="who put it in"),
    col("state", String(20), purpose="open, saved or dropped"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index("ix_calendar_day_last", "last"),
)
