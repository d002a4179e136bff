"""The talk at the desk: who is on it, comments, appeals, an approver's own wording, who wants no weekly card."""

from sqlalchemy import ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col

draft_claim = Table(
    "draft_claim",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, autoincrement=False, purpose="draft"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who is on it"),
    col("since", Moment, purpose="from when"),
    col("until", Moment, purpose="it lapses by itself"),
)

draft_comment = Table(
    "draft_comment",
    metadata,
    surrogate(),
    col("draft_id", Id, ForeignKey("draft.id"), purpose="draft"),
    col("version", Integer, purpose="the content version it is about"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who wrote it"),
    col("text", Text, purpose="what author and approver say to each other", keep=ERASE),
    col("at", Moment, purpose="when"),
    Index("ix_draft_comment_draft", "draft_id", "id"),
)

draft_appeal = Table(
    "draft_appeal",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, autoincrement=False, purpose="draft"),
    col("version", Integer, primary_key=True, autoincrement=False, purpose="the version whose decision is appealed"),
    col("anew", Integer, purpose="the version that is decided on instead, with the same content"),
    col("against_id", Id, ForeignKey("person.id"), purpose="who decided first and does not decide again"),
    col("at", Moment, purpose="when"),
    UniqueConstraint("draft_id", "anew"),
)

draft_edit = Table(
    "draft_edit",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, autoincrement=False, purpose="draft"),
    col(
        "person_id",
        Id,
        ForeignKey("person.id"),
        primary_key=True,
        autoincrement=False,
        purpose="the approver who words it anew",
    ),
    col("version", Integer, purpose="the version it starts from"),
    col("text", Text, purpose="the proposed text until it is approved or left", keep=ERASE),
    col("at", Moment, purpose="when"),
)

pattern_mute = Table(
    "pattern_mute",
    metadata,
    col(
        "person_id",
        Id,
        ForeignKey("person.id"),
        primary_key=True,
        autoincrement=False,
        purpose="who wants no weekly card about their drafts",
        keep=ERASE,
    ),
    col("at", Moment, purpose="since when", keep=ERASE),
)
