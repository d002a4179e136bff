"""People's say over their own data: what they asked to have corrected, and who was erased (known by hashes alone)."""

from sqlalchemy import ForeignKey, Index, String, Table, text

from domain.corrections import CorrectionState, Wish
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, Strings, col, known_of

correction = Table(
    "correction",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who asks"),
    col("wish", known_of(Wish, "wish"), purpose="another region, or something said in own words"),
    col("value", String(300), purpose="the region's code, or what is wrong, in own words", keep=ERASE),
    col("state", known_of(CorrectionState, "state"), purpose="open, done, declined"),
    col("asked_at", Moment, purpose="when"),
    col("decided_by", Id, ForeignKey("person.id"), nullable=True, purpose="who settled it"),
    col("decided_at", Moment, nullable=True, purpose="when"),
    Index(
        "uq_correction_open",
        "person_id",
        "wish",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

erasure = Table(
    "erasure",
    metadata,
    col(
        "person_id",
        Id,
        ForeignKey("person.id"),
        primary_key=True,
        autoincrement=False,
        purpose="the row that is left without a name",
    ),
    col("at", Moment, purpose="when"),
    col("by_operator", String(8), purpose="self or operator"),
    col("salt", String(32), purpose="keeps the hashes from being guessed"),
    col("mark", String(64), purpose="hash of the pseudonymous number: finds the person in an older backup"),
    col("accounts", Strings, purpose="slow hashes of the accounts: find their requests for access in an older backup"),
    col("files", Strings, server_default="[]", purpose="media that nobody needs any more, until they are deleted"),
    col("settled_at", Moment, nullable=True, purpose="when nothing was left in the database's files either"),
)
