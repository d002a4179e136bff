"""Commitments: who promised what by when, and how their days were moved."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table

from domain.commitments import CommitmentState
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col, one_of

commitment = Table(
    "commitment",
    metadata,
    surrogate(),
    col("title", String(300), purpose="what was promised, in own words", keep=ERASE),
    col("region", String(32), purpose="for which region, or * for headquarters"),
    col("page", String(64), server_default="", purpose="for which page; empty: for none"),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who promised it"),
    col("by_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it down"),
    col("state", one_of(CommitmentState, "state"), purpose="asked, open, done, dropped, declined"),
    col("due", Date, purpose="by when, as it stands"),
    col("first_due", Date, purpose="by when, as first promised"),
    col("reason", String(300), server_default="", purpose="why it was given up, in own words", keep=ERASE),
    col("proof", String(500), server_default="", purpose="link or words that show it", keep=ERASE),
    col("picture", String(64), server_default="", purpose="SHA-256 of a picture that shows it"),
    col("settled_on", Date, nullable=True, purpose="headquarters' day on which it was settled"),
    col("created_at", Moment, purpose="when it was written down"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index("ix_commitment_due", "due", "region"),
)

commitment_move = Table(
    "commitment_move",
    metadata,
    surrogate(),
    col("commitment_id", Id, ForeignKey("commitment.id"), index=True, purpose="which commitment"),
    col("at", Moment, purpose="when it was moved"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who moved it"),
    col("due_before", Date, purpose="the day before the change"),
    col("due_after", Date, purpose="the new day"),
    col("reason", String(300), purpose="why, in own words", keep=ERASE),
)
