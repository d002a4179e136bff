"""The posting plan: slots, assignments, proofs, questions."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false, text

from domain.plan import AssignmentState, EmptyReason, Excuse, SlotState
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col, known_of, one_of

slot = Table(
    "slot",
    metadata,
    surrogate(),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("day", Date, purpose="the page's local date"),
    col("at", Moment, purpose="when it is to be published"),
    col("state", one_of(SlotState, "state"), purpose="where it stands"),
    col("empty_reason", one_of(EmptyReason, "empty_reason"), nullable=True, purpose="why nobody has it"),
    col("draft_id", Id, ForeignKey("draft.id"), nullable=True, purpose="approved text"),
    col("draft_version", Integer, nullable=True, purpose="its approved version"),
    col("posted_at", Moment, nullable=True, purpose="when it was proven"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("urgent_id", Id, nullable=True, purpose="urgent call it belongs to"),
    col("again", Integer, server_default="0", purpose="how often an evergreen text was on the page before"),
    col("excuse", known_of(Excuse, "excuse"), nullable=True, purpose="why it counts apart from missed ones"),
    col("extra", Boolean, server_default=false(), purpose="placed by hand beyond the norm"),
    UniqueConstraint("page", "at"),
    Index(
        "uq_slot_draft_page",
        "page",
        "draft_id",
        "again",
        unique=True,
        sqlite_where=text("draft_id is not null and state in ('filled', 'posted')"),
        postgresql_where=text("draft_id is not null and state in ('filled', 'posted')"),
    ),
    Index("ix_slot_day", "day", "page"),
    Index(
        "ix_slot_filled",
        "day",
        "at",
        "page",
        sqlite_where=text("state = 'filled'"),
        postgresql_where=text("state = 'filled'"),
    ),
    Index(
        "ix_slot_missed",
        "page",
        "draft_id",
        sqlite_where=text("state = 'missed'"),
        postgresql_where=text("state = 'missed'"),
    ),
    Index(
        "ix_slot_urgent",
        "urgent_id",
        sqlite_where=text("urgent_id is not null"),
        postgresql_where=text("urgent_id is not null"),
    ),
)

assignment = Table(
    "assignment",
    metadata,
    surrogate(),
    col("slot_id", Id, ForeignKey("slot.id"), purpose="slot"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who was asked"),
    col("at", Moment, purpose="the slot's moment"),
    col("state", one_of(AssignmentState, "state"), purpose="how it stands or ended"),
    col("substitute", Boolean, server_default=false(), purpose="stepped in for somebody"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("created_at", Moment, purpose="when asked"),
    col("accepted_at", Moment, nullable=True, purpose="when they said that they will do it"),
    UniqueConstraint("slot_id", "person_id"),
    Index("ix_assignment_person", "person_id", "at", "state"),
    Index(
        "uq_assignment_open",
        "slot_id",
        unique=True,
        sqlite_where=text("state in ('assigned', 'posted')"),
        postgresql_where=text("state in ('assigned', 'posted')"),
    ),
    Index(
        "uq_assignment_person_at",
        "person_id",
        "at",
        unique=True,
        sqlite_where=text("state in ('assigned', 'posted')"),
        postgresql_where=text("state in ('assigned', 'posted')"),
    ),
)

proof = Table(
    "proof",
    metadata,
    col("slot_id", Id, ForeignKey("slot.id"), primary_key=True, purpose="slot it proves"),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="by whose assignment"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who posted"),
    col("url", String(500), purpose="link as typed"),
    col("normal", String(500), unique=True, purpose="one form per post: a link proves one slot only"),
    col("at", Moment, purpose="when given"),
    col("media", String(64), server_default="", purpose="SHA-256 of the screenshot where there is no link"),
    col("given_by", Id, nullable=True, purpose="who gave it, when not the person"),
)

question = Table(
    "question",
    metadata,
    surrogate(),
    col("slot_id", Id, ForeignKey("slot.id"), purpose="about which assignment"),
    col("asked_by", Id, ForeignKey("person.id"), purpose="who asks"),
    col("text", Text, purpose="the question"),
    col("asked_at", Moment, purpose="when"),
    col("answered_by", Id, nullable=True, purpose="who answered"),
    col("answer", Text, server_default="", purpose="the answer"),
    col("answered_at", Moment, nullable=True, purpose="when"),
)
