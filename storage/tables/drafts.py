"""Drafts, their contents, decisions and cards."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from domain.drafts import DraftState, Reason, Verdict
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, Strings, col, one_of

draft = Table(
    "draft",
    metadata,
    surrogate(),
    col("author_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it; never decides on it"),
    col("region", String(32), purpose="routes it to approvers"),
    col("state", one_of(DraftState, "state"), purpose="where it stands"),
    col("version", Integer, purpose="current content version; optimistic lock"),
    col("source", String(300), server_default="", purpose="origin of a forwarded text"),
    col(
        "message_id",
        BigInteger,
        nullable=True,
        purpose="the author's message whose later edit edits the open draft; negative: an edit is only answered",
    ),
    col("album", String(32), server_default="", purpose="Telegram's album it came as: later items join the draft"),
    col("updated_at", Moment, purpose="last change"),
    col("submitted_at", Moment, nullable=True, purpose="handed in"),
    col("decide_by", Moment, nullable=True, purpose="promised to the author"),
    col("settled_at", Moment, nullable=True, purpose="when the decision could not be undone any more"),
    col("turns", Integer, server_default="0", purpose="how often it was decided on or a decision undone; a lock"),
    col("master_id", Id, nullable=True, purpose="the fill-in master it was made from"),
    col("rubric", String(32), server_default="", purpose="kind of content, for the mix"),
    col("not_before", Moment, nullable=True, purpose="embargo: in no slot before"),
    col("expires_at", Moment, nullable=True, purpose="in no slot from then on"),
    col("cool_days", Integer, nullable=True, purpose="evergreen: days until it may be published on a page again"),
    Index(
        "ix_draft_waiting",
        "decide_by",
        sqlite_where=text("state = 'submitted'"),
        postgresql_where=text("state = 'submitted'"),
    ),
)

content = Table(
    "content",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, purpose="draft"),
    col("version", Integer, primary_key=True, autoincrement=False, purpose="immutable version"),
    col("text", Text, purpose="exactly what is read and approved"),
    col("media", JSON, purpose="[[sha256, kind, alt], …] bound by hash"),
    col("variants", JSON, server_default="[]", purpose="[[network, text], …] instead of the text"),
    col("fills", JSON, server_default="[]", purpose="[[field, words], …] filled into a master"),
    col("sources", Text, server_default="", purpose="where its claims can be checked"),
    col("edited_by", Id, nullable=True, purpose="who wrote this version, when not the author"),
    col("digest", String(64), purpose="SHA-256 over text and media: what a decision is bound to"),
    col("created_at", Moment, purpose="when written"),
)

draft_page = Table(
    "draft_page",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, purpose="draft"),
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page it is meant for"),
    Index("ix_draft_page_page", "page", "draft_id"),
)

decision = Table(
    "decision",
    metadata,
    surrogate(),
    col("draft_id", Id, ForeignKey("draft.id"), purpose="draft"),
    col("version", Integer, purpose="the content version decided on"),
    col("approver_id", Id, ForeignKey("person.id"), purpose="who decided"),
    col("verdict", one_of(Verdict, "verdict"), purpose="what"),
    col("reason", one_of(Reason, "reason"), nullable=True, purpose="tapped reason"),
    col("note", Text, server_default="", purpose="line to the author"),
    col("at", Moment, purpose="when"),
    col("undo_until", Moment, nullable=True, purpose="until when who made it may undo it"),
    col("turn", Integer, server_default="0", purpose="which of the draft's turns it was"),
    col("checks", JSON, server_default="[]", purpose="risks looked for before a bold text was approved"),
    col("imprints", JSON, nullable=True, purpose="[[page, rule, line], …] it holds for; none: older than the record"),
    col("waited", Integer, nullable=True, purpose="seconds since it was handed in; none: older than the record"),
    UniqueConstraint("draft_id", "version", "approver_id"),
    Index("ix_decision_at", "at", "waited"),
)

media = Table(
    "media",
    metadata,
    col("sha256", String(64), primary_key=True, purpose="content address; approvals are bound to it"),
    col("size", BigInteger, purpose="bytes"),
    col("mime", String(100), purpose="type"),
    col("kind", String(16), purpose="photo, video, document, voice, audio, animation"),
    col("name", String(200), server_default="", purpose="file name"),
    col("bot_id", BigInteger, nullable=True, purpose="the bot whose file_id this is"),
    col("file_id", String(200), nullable=True, purpose="spares a second upload"),
    col("file_unique_id", String(64), nullable=True, purpose="recognises the same file"),
    col("stored", Boolean, purpose="false: over 20 MB, kept by file_id only"),
    col("added_at", Moment, purpose="when"),
)

card_copy = Table(
    "card_copy",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="who sees this copy"),
    col("chat_id", BigInteger, purpose="where", keep=ERASE),
    col("message_id", BigInteger, purpose="the control message that is edited"),
    col("content_ids", Strings, purpose="content messages above it"),
    col("subject", String(64), purpose="what it shows"),
    col("purpose", String(16), purpose="queue, card, reminder, assignment, home…"),
    col("version", Integer, purpose="version drawn"),
    col("fingerprint", String(64), purpose="hash of the drawn control: spares needless edits"),
    col("drawn_at", Moment, purpose="when"),
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_card_copy_subject", "subject", "purpose"),
    Index("ix_card_copy_person", "person_id", "purpose"),
)

expectation = Table(
    "expectation",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="whose next plain message"),
    col("kind", String(32), purpose="what it answers"),
    col("subject", String(64), purpose="about what"),
    col("version", Integer, purpose="drawn for this version"),
    col("params", JSON, purpose="the rest of the question"),
    col("expires_at", Moment, purpose="from when it is forgotten"),
)
