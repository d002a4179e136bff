"""Calendar feeds: secret addresses, of which only the hash is kept. A feed that was revoked has no row."""

from sqlalchemy import ForeignKey, String, Table, UniqueConstraint

from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col

REVOKED = "until it is revoked or replaced"

feed = Table(
    "feed",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="whose it is", keep=REVOKED),
    col("region", String(32), purpose="empty: their own posts; else the region whose plan it shows", keep=REVOKED),
    col("token_hash", String(64), unique=True, purpose="SHA-256 of the secret address", keep=REVOKED),
    col("made_at", Moment, purpose="since when", keep=REVOKED),
    UniqueConstraint("person_id", "region"),
)
