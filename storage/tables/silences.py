"""Silences announced in chat, and what two people lifted."""

from sqlalchemy import ForeignKey, Integer, String, Table, Text

from domain.silence import LiftKind
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col, one_of

mourning = Table(
    "mourning",
    metadata,
    surrogate(),
    col("region", String(32), purpose="where: a region, * for all"),
    col("starts", String(19), purpose="naive local start, ISO"),
    col("ends", String(19), purpose="naive local end, ISO"),
    col("reason", Text, purpose="shown to people"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who announced it"),
    col("at", Moment, purpose="when it was put together"),
    col("confirmed_at", Moment, nullable=True, purpose="since when it is a silence; empty: never confirmed"),
)

silence_lift = Table(
    "silence_lift",
    metadata,
    surrogate(),
    col("kind", one_of(LiftKind, "kind"), purpose="publishing in spite of it for hours, or its early end"),
    col("of_region", String(32), purpose="the silence: its region"),
    col("of_starts", String(19), purpose="the silence: its naive local start, ISO"),
    col("of_ends", String(19), purpose="the silence: its naive local end, ISO"),
    col("region", String(32), purpose="where it is lifted: a region, * for all"),
    col("hours", Integer, purpose="for how long; at most 6"),
    col("reason", Text, purpose="why, in their own words"),
    col("by_id", Id, ForeignKey("person.id"), purpose="the first of the two"),
    col("at", Moment, purpose="when it was proposed"),
    col("confirmed_by", Id, ForeignKey("person.id"), nullable=True, purpose="the second of the two"),
    col("confirmed_at", Moment, nullable=True, purpose="from when on it holds"),
    col("until", Moment, nullable=True, purpose="until when it holds"),
    col("dropped_at", Moment, nullable=True, purpose="when it was taken back"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
)
