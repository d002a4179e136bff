"""Written authorities of pages that belong to somebody outside the staff, and what those owners stopped."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col

authority = Table(
    "authority",
    metadata,
    surrogate(),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("owner_name", String(120), server_default="", purpose="whose page it is", keep=ERASE),
    col("reference", Text, server_default="", purpose="number and date of the document"),
    col("document", String(64), server_default="", purpose="hash of the document's photo or file"),
    col("document_kind", String(16), server_default="", purpose="photo or document"),
    col("scope", Text, server_default="", purpose="which posts it allows"),
    col("valid_from", Date, nullable=True, purpose="first local day"),
    col("expires", Date, nullable=True, purpose="last local day"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who recorded it"),
    col("at", Moment, purpose="when begun"),
    col("confirmed_at", Moment, nullable=True, purpose="when recorded"),
    col("ended_at", Moment, nullable=True, purpose="when revoked or replaced"),
    col("owner_id", Id, ForeignKey("person.id"), nullable=True, purpose="the owner's own account, with their consent"),
    col("token_hash", String(64), server_default="", purpose="hash of the owner's link"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    Index(
        "uq_authority_in_force",
        "page",
        unique=True,
        sqlite_where=text("confirmed_at is not null and ended_at is null"),
        postgresql_where=text("confirmed_at is not null and ended_at is null"),
    ),
)

owner_veto = Table(
    "owner_veto",
    metadata,
    surrogate(),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("draft_id", Id, ForeignKey("draft.id"), purpose="the text that its owner stopped"),
    col("person_id", Id, ForeignKey("person.id"), purpose="the page's owner"),
    col("at", Moment, purpose="when"),
    UniqueConstraint("page", "draft_id"),
)
