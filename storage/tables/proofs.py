"""Proof in depth: what was published, earlier proofs, looks at them, accounts that a network has blocked."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false, text

from domain.platforms import Platform
from domain.published import TextVerdict
from domain.spot_checks import CheckState, ProofEnd, WrongReason
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col, one_of

published_text = Table(
    "published_text",
    metadata,
    col("slot_id", Id, ForeignKey("slot.id"), primary_key=True, purpose="publication"),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="by whose assignment"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who published"),
    col("proof_at", Moment, purpose="which proof it belongs to"),
    col("text", Text, server_default="", purpose="what stands on the page, as pasted"),
    col("media", String(64), server_default="", purpose="SHA-256 of the screenshot of it"),
    col("verdict", one_of(TextVerdict, "verdict"), purpose="how it compares with the approved text"),
    col("imprint_missing", Boolean, server_default=false(), purpose="the imprint line was not in it"),
    col("meant", Boolean, server_default=false(), purpose="said to be so on purpose"),
    col("at", Moment, purpose="when sent"),
)

proof_past = Table(
    "proof_past",
    metadata,
    surrogate(),
    col("slot_id", Id, ForeignKey("slot.id"), index=True, purpose="slot it proved"),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="by whose assignment"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who posted"),
    col("url", String(500), purpose="link as typed"),
    col("normal", String(500), purpose="one form per post"),
    col("media", String(64), server_default="", purpose="SHA-256 of the screenshot"),
    col("at", Moment, purpose="when given"),
    col("ended", one_of(ProofEnd, "ended"), purpose="why it stands no longer"),
    col("ended_at", Moment, purpose="since when"),
    col("given_by", Id, nullable=True, purpose="who gave it, when not the person"),
)

spot_check = Table(
    "spot_check",
    metadata,
    surrogate(),
    col("slot_id", Id, ForeignKey("slot.id"), purpose="publication"),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="by whose assignment"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who published"),
    col("proof_at", Moment, purpose="which proof was looked at"),
    col("state", one_of(CheckState, "state"), purpose="where it stands"),
    col("reason", one_of(WrongReason, "reason"), nullable=True, purpose="tapped reason"),
    col("note", Text, server_default="", purpose="the reason in their own words", keep=ERASE),
    col("by_id", Id, ForeignKey("person.id"), purpose="who looked"),
    col("at", Moment, purpose="when"),
    col("deadline", Moment, nullable=True, purpose="by when it is asked for again"),
    col("settled_by", Id, ForeignKey("person.id"), nullable=True, purpose="who decided a dispute"),
    col("settled_at", Moment, nullable=True, purpose="when"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    UniqueConstraint("slot_id", "proof_at"),
)

account_block = Table(
    "account_block",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="whose account", keep=ERASE),
    col("platform", one_of(Platform, "platform"), purpose="network that blocks it"),
    col("page", String(64), ForeignKey("page.code"), purpose="page they were to post on"),
    col("since", Moment, purpose="when they said so"),
    col("until", Moment, nullable=True, purpose="when it worked again"),
    Index(
        "uq_account_block_open",
        "person_id",
        "platform",
        unique=True,
        sqlite_where=text("until is null"),
        postgresql_where=text("until is null"),
    ),
)
