"""The record: journal, what came in, what goes out, due work."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Table, Text, text

from domain.broadcasts import BroadcastState
from domain.notices import Guarantee, NoticeStatus
from storage.tables.base import HANDLED, metadata, surrogate
from storage.types import ERASE, Id, Moment, Strings, col, one_of

journal = Table(
    "journal",
    metadata,
    col("seq", Id, primary_key=True, autoincrement=True, purpose="order"),
    col("at", Moment, purpose="when"),
    col("actor", BigInteger, purpose="pseudonymous number; 0 is the program itself"),
    col("action", String(32), purpose="what happened"),
    col("object", String(64), purpose="to what"),
    col("version", Integer, purpose="to which version"),
    col("digest", String(64), purpose="sha256(salt + payload)"),
    col("seal", String(64), nullable=True, purpose="chain hash, set in order after the commit"),
    col("place", Id, nullable=True, purpose="where in the chain it was sealed; none: sealed before places were kept"),
    Index("ix_journal_object", "object"),
    Index("ix_journal_actor", "actor"),
    Index("uq_journal_place", "place", unique=True),
    Index("ix_journal_unsealed", "seq", sqlite_where=text("seal is null"), postgresql_where=text("seal is null")),
)

journal_payload = Table(
    "journal_payload",
    metadata,
    col("seq", Id, ForeignKey("journal.seq"), primary_key=True, autoincrement=False, purpose="entry"),
    col("salt", String(32), purpose="keeps the digest from being guessed", keep=ERASE),
    col("payload", JSON, purpose="details", keep=ERASE),
)

inbox = Table(
    "inbox",
    metadata,
    col("update_id", BigInteger, primary_key=True, autoincrement=False, purpose="Telegram's number; unique"),
    col("lane", BigInteger, purpose="chat: updates of one chat are handled in order", keep=HANDLED),
    col("status", String(8), purpose="new, done, shown, aside"),
    col("attempts", Integer, server_default="0", purpose="how often handling failed"),
    col("error", String(300), server_default="", purpose="class of the last failure, never content"),
    col("body", JSON(none_as_null=True), nullable=True, purpose="the update until it is handled", keep=HANDLED),
    col("received_at", Moment, purpose="when stored"),
    CheckConstraint("status in ('new', 'done', 'shown', 'aside')", name="status"),
    Index(
        "ix_inbox_open",
        "update_id",
        sqlite_where=text("status in ('new', 'done')"),
        postgresql_where=text("status in ('new', 'done')"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    surrogate(),
    col("kind", String(32), purpose="which words"),
    col("person_id", Id, ForeignKey("person.id"), nullable=True, purpose="reader"),
    col(
        "chat_id",
        BigInteger,
        nullable=True,
        purpose="address of somebody who has not joined, then where it was sent",
        keep=ERASE,
    ),
    col("message_id", BigInteger, nullable=True, purpose="what was sent"),
    col("guarantee", one_of(Guarantee, "guarantee"), purpose="A at least once, B at most once"),
    col("priority", Integer, purpose="smaller goes first"),
    col("subject", String(64), purpose="what cancels it"),
    col("params", JSON, purpose="ids for rendering, never words"),
    col("due_at", Moment, purpose="not before"),
    col("dedup_key", String(120), unique=True, purpose="added once for ever"),
    col("attempts", Integer, server_default="0", purpose="tries"),
    col("next_try_at", Moment, purpose="not before, after a failure"),
    col("status", one_of(NoticeStatus, "status"), purpose="where it stands"),
    col("last_error", String(300), server_default="", purpose="what Telegram said"),
    col("sent_at", Moment, nullable=True, purpose="when it left"),
    Index(
        "ix_outbox_due",
        "next_try_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_subject",
        "subject",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_claim",
        "priority",
        "due_at",
        "id",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_broadcast",
        "subject",
        "status",
        sqlite_where=text("kind = 'broadcast'"),
        postgresql_where=text("kind = 'broadcast'"),
    ),
)

broadcast = Table(
    "broadcast",
    metadata,
    surrogate(),
    col("author_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it and may stop it"),
    col("state", one_of(BroadcastState, "state"), purpose="where it stands"),
    col("version", Integer, purpose="optimistic lock"),
    col("text", Text, purpose="the message to the team, exactly as written"),
    col("entities", JSON, purpose="Telegram's formatting of the text"),
    col("media", JSON, purpose="[[sha256, kind], …] bound by hash"),
    col("album", String(32), server_default="", purpose="Telegram's album it came as: later items join it"),
    col("roles", Strings, purpose="to whom; empty means every role"),
    col("regions", Strings, purpose="where; empty means wherever the author may"),
    col("people", Integer, server_default="0", purpose="how many it went to"),
    col("created_at", Moment, purpose="when written"),
    col("started_at", Moment, nullable=True, purpose="when confirmed"),
    col("ended_at", Moment, nullable=True, purpose="when the last one was settled"),
)

lane_claim = Table(
    "lane_claim",
    metadata,
    col("lane", BigInteger, primary_key=True, autoincrement=False, purpose="chat being worked on", keep=HANDLED),
    col("holder", String(64), purpose="process that works on it"),
    col("until", Moment, purpose="others may take it over from then on, by the database's clock"),
)

lease = Table(
    "lease",
    metadata,
    col("name", String(32), primary_key=True, purpose="what only one process does at a time"),
    col("holder", String(64), purpose="process that does it"),
    col("term", BigInteger, purpose="grows with each change of holder: writes of an earlier term are refused"),
    col("until", Moment, purpose="others may take it over from then on, by the database's clock"),
)

due_task = Table(
    "due_task",
    metadata,
    col("key", String(120), primary_key=True, purpose="unique for ever: a due thing is done once"),
    col("kind", String(32), purpose="which use case"),
    col("subject", String(64), purpose="what cancels it"),
    col("params", JSON, purpose="ids for the use case"),
    col("due_at", Moment, purpose="when"),
    col("done_at", Moment, nullable=True, purpose="when it ran; rows are cleaned after 30 days"),
    Index("ix_due_task_open", "due_at", sqlite_where=text("done_at is null"), postgresql_where=text("done_at is null")),
    Index("ix_due_task_subject", "subject"),
)
