"""Many invites at once, and those who came by a shared link and wait to be let in."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from domain.invites import EntryState, OrderState
from domain.people import Role
from storage.tables.base import DAYS_30, metadata, surrogate
from storage.types import ERASE, Id, Moment, col, one_of

invite_order = Table(
    "invite_order",
    metadata,
    surrogate(),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("person_id", Id, ForeignKey("person.id"), nullable=True, purpose="who ordered; none: the operator"),
    col("name", String(200), server_default="", purpose="name of the table they sent", keep=ERASE),
    col("digest", String(64), server_default="", purpose="SHA-256 of that table: its names are never stored"),
    col("role", one_of(Role, "role"), nullable=True, purpose="role of all; none: a table says it line by line"),
    col("region", String(32), server_default="", purpose="region of all; empty: the table says it"),
    col("number", Integer, purpose="how many people"),
    col("state", one_of(OrderState, "state"), purpose="shown, made, put away"),
    col("at", Moment, purpose="when it was asked for"),
    col("decided_at", Moment, nullable=True, purpose="when it was made or put away"),
    Index("ix_invite_order_person_id", "person_id", "state"),
)

invite_entry = Table(
    "invite_entry",
    metadata,
    surrogate(),
    col("invite_id", Id, ForeignKey("invite.id"), purpose="by which shared link"),
    col("telegram_id", BigInteger, nullable=True, purpose="whom to answer; empty once they are in", keep=DAYS_30),
    col("name", String(128), purpose="shown to the coordinator until decided", keep=DAYS_30),
    col("username", String(64), server_default="", purpose="shown to the coordinator until decided", keep=DAYS_30),
    col("language", String(8), purpose="language of the answer", keep=DAYS_30),
    col("state", one_of(EntryState, "state"), purpose="waits, let in or refused"),
    col("asked_at", Moment, purpose="when they agreed to what is stored"),
    col("consent_version", Integer, purpose="the text they agreed to"),
    col("person_id", Id, ForeignKey("person.id"), nullable=True, purpose="who they became"),
    col("decided_by", Id, nullable=True, purpose="who let them in or refused"),
    col("decided_at", Moment, nullable=True, purpose="when"),
    UniqueConstraint("invite_id", "telegram_id"),
)
