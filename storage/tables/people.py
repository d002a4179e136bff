"""People, accounts, roles, and the ways in."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)

from domain.people import PersonStatus, Role
from storage.tables.base import DAYS_30, metadata, surrogate
from storage.types import ERASE, Id, Moment, col, one_of

person = Table(
    "person",
    metadata,
    surrogate(),
    col("number", BigInteger, unique=True, purpose="pseudonymous number in the journal"),
    col("name", String(128), purpose="how colleagues know the person", keep=ERASE),
    col("language", String(8), purpose="language of every message to them", keep=ERASE),
    col("zone", String(64), purpose="their clock: digests, reminders, quiet hours", keep=ERASE),
    col("region", String(32), purpose="their home region"),
    col("status", one_of(PersonStatus, "status"), purpose="whether they take part"),
    col("reachable", Boolean, server_default=true(), purpose="whether Telegram delivers to them"),
    col("digest_at", Time, purpose="local hour of the morning digest", keep=ERASE),
    col("quiet_from", Time, purpose="start of their quiet hours", keep=ERASE),
    col("quiet_to", Time, purpose="end of their quiet hours", keep=ERASE),
    col("consent_at", Moment, purpose="when they agreed to what is stored"),
    col("consent_version", Integer, server_default="1", purpose="which text they agreed to"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index(
        "ix_person_unreachable",
        "region",
        "name",
        sqlite_where=text("reachable is 0"),
        postgresql_where=text("reachable is false"),
    ),
)

telegram_account = Table(
    "telegram_account",
    metadata,
    col(
        "telegram_id",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        purpose="where messages go; who presses",
        keep=ERASE,
    ),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="whose account it is"),
    col("username", String(64), server_default="", purpose="how coordinators find the person", keep=ERASE),
    col("linked_at", Moment, purpose="when the account was linked"),
    col("active", Boolean, server_default=true(), purpose="false once replaced by another account"),
)

membership = Table(
    "membership",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="who holds the role"),
    col("role", one_of(Role, "role"), purpose="what they may do"),
    col("region", String(32), purpose="where; * means everywhere"),
    col("granted_by", Id, nullable=True, purpose="who brought them in; empty for owners named in the configuration"),
    col("granted_at", Moment, purpose="when"),
    col("invite_id", Id, nullable=True, purpose="the invite it came by: found again when that is taken back"),
    UniqueConstraint("person_id", "role", "region"),
    Index("ix_membership_region", "region", "role", "person_id"),
)

invite = Table(
    "invite",
    metadata,
    surrogate(),
    col("token_hash", String(64), unique=True, purpose="SHA-256 of the invite code; the code itself is never stored"),
    col("role", one_of(Role, "role"), purpose="role it gives"),
    col("region", String(32), purpose="where the role holds"),
    col("created_by", Id, nullable=True, purpose="who made it; empty from the command line"),
    col("created_at", Moment, purpose="when"),
    col("expires_at", Moment, purpose="from when it is refused"),
    col("max_uses", Integer, server_default="1", purpose="how many people may join with it"),
    col("uses", Integer, server_default="0", purpose="how many have"),
    col("revoked_at", Moment, nullable=True, purpose="when it was taken back"),
    col("order_id", Id, nullable=True, index=True, purpose="the order it was made with"),
    col("shared", Boolean, server_default=false(), purpose="whether whoever comes by it waits to be let in"),
    CheckConstraint("uses <= max_uses", name="uses_within_limit"),
)

access_request = Table(
    "access_request",
    metadata,
    surrogate(),
    col("telegram_id", BigInteger, purpose="whom to answer", keep=DAYS_30),
    col("name", String(128), purpose="shown to the coordinator", keep=DAYS_30),
    col("username", String(64), server_default="", purpose="shown to the coordinator", keep=DAYS_30),
    col("language", String(8), purpose="language of the answer", keep=DAYS_30),
    col("region", String(32), purpose="whose coordinator decides"),
    col("state", String(16), purpose="open, granted or declined"),
    col("requested_at", Moment, purpose="when; consent was given by sending it"),
    col("decided_by", Id, nullable=True, purpose="who decided"),
    col("decided_at", Moment, nullable=True, purpose="when"),
    CheckConstraint("state in ('open', 'granted', 'declined')", name="state"),
    Index(
        "uq_access_request_open",
        "telegram_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
