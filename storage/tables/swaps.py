"""Swaps of posts between colleagues."""

from sqlalchemy import ForeignKey, Index, Integer, Table, text

from domain.swaps import SwapState
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col, one_of

swap = Table(
    "swap",
    metadata,
    surrogate(),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="what is to be taken"),
    col("from_id", Id, ForeignKey("person.id"), purpose="who asks"),
    col("to_id", Id, ForeignKey("person.id"), purpose="who is asked"),
    col("other_id", Id, ForeignKey("assignment.id"), nullable=True, purpose="what is given in exchange"),
    col("at", Moment, purpose="the post's moment when it was asked"),
    col("other_at", Moment, nullable=True, purpose="the same of what is given in exchange"),
    col("state", one_of(SwapState, "state"), purpose="how it stands or ended"),
    col("asked_at", Moment, purpose="when"),
    col("expires_at", Moment, purpose="until when it can be answered"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index(
        "uq_swap_open",
        "assignment_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_swap_other",
        "other_id",
        sqlite_where=text("state = 'open' and other_id is not null"),
        postgresql_where=text("state = 'open' and other_id is not null"),
    ),
)
