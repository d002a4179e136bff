"""Recalls of texts that are already public, and what each person who posted one is asked to do."""

from sqlalchemy import ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from domain.recalls import RecallKind, RecallReason, RecallState, TaskState
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col, one_of

recall = Table(
    "recall",
    metadata,
    surrogate(),
    col("draft_id", Id, ForeignKey("draft.id"), index=True, purpose="the text that is public"),
    col("kind", one_of(RecallKind, "kind"), purpose="to be corrected or removed"),
    col("state", one_of(RecallState, "state"), purpose="where it stands"),
    col("reason", one_of(RecallReason, "reason"), purpose="tapped reason"),
    col("note", Text, server_default="", purpose="the reason in their own words"),
    col("text", Text, server_default="", purpose="the corrected text"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who recalls"),
    col("at", Moment, purpose="when begun"),
    col("declared_at", Moment, nullable=True, purpose="since when the text is planned no more"),
    col("approved_by", Id, ForeignKey("person.id"), nullable=True, purpose="the second person who read the correction"),
    col("deadline", Moment, nullable=True, purpose="by when everybody is asked to have done it"),
    col("closed_at", Moment, nullable=True, purpose="when nobody was outstanding any more"),
    col("version", Integer, server_default="1", purpose="optimistic lock: a yes holds for one corrected text"),
    Index(
        "uq_recall_open",
        "draft_id",
        unique=True,
        sqlite_where=text("state in ('writing', 'waiting', 'open')"),
        postgresql_where=text("state in ('writing', 'waiting', 'open')"),
    ),
)

recall_task = Table(
    "recall_task",
    metadata,
    surrogate(),
    col("recall_id", Id, ForeignKey("recall.id"), purpose="recall"),
    col("slot_id", Id, ForeignKey("slot.id"), purpose="the publication"),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who posted it and is asked"),
    col("state", one_of(TaskState, "state"), purpose="how it stands"),
    col("url", String(500), purpose="the post that is meant"),
    col("proof_url", String(500), server_default="", purpose="the link sent as proof"),
    col("proof_media", String(64), server_default="", purpose="SHA-256 of the screenshot sent as proof"),
    col("done_at", Moment, nullable=True, purpose="when it was said or shown to be done"),
    col("looked_by", Id, ForeignKey("person.id"), nullable=True, purpose="who looked themselves"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    UniqueConstraint("recall_id", "slot_id"),
)
