"""What those who lead people keep of them: notes, closed access, new accounts, decisions that lack a second yes."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Table, Text, text

from domain.account_move import MoveState
from domain.people import Role
from domain.two_people import Kind, WishState
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col, known_of, one_of

person_note = Table(
    "person_note",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="about whom"),
    col("author_id", Id, ForeignKey("person.id"), primary_key=True, purpose="whose note it is; nobody else sees it"),
    col("text", Text, purpose="how to get hold of them, in a colleague's words", keep=ERASE),
    col("at", Moment, purpose="when written"),
)

suspension = Table(
    "suspension",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="whose access was closed"),
    col("by_id", Id, nullable=True, purpose="who closed it"),
    col("at", Moment, purpose="when"),
    col("successor_id", Id, nullable=True, purpose="who took over"),
    col("lifted_by", Id, nullable=True, purpose="who opened it again"),
    col("lifted_at", Moment, nullable=True, purpose="when"),
    Index(
        "uq_suspension_open",
        "person_id",
        unique=True,
        sqlite_where=text("lifted_at is null"),
        postgresql_where=text("lifted_at is null"),
    ),
)

account_move = Table(
    "account_move",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who has a new account"),
    col("code_hash", String(64), unique=True, purpose="SHA-256 of the link's code; the code itself is never stored"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who started it"),
    col("at", Moment, purpose="when"),
    col("expires_at", Moment, purpose="until when it can be opened, then confirmed"),
    col("state", one_of(MoveState, "state"), purpose="where it stands"),
    col("telegram_id", BigInteger, nullable=True, purpose="the new account", keep=ERASE),
    col("name", String(128), server_default="", purpose="its name, for who confirms", keep=ERASE),
    col("username", String(64), server_default="", purpose="the same", keep=ERASE),
    col("decided_by", Id, nullable=True, purpose="who confirmed or refused"),
    col("decided_at", Moment, nullable=True, purpose="when"),
)

second_yes = Table(
    "second_yes",
    metadata,
    surrogate(),
    col("kind", one_of(Kind, "kind"), purpose="what two people decide"),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="about whom"),
    col("role", known_of(Role, "role"), nullable=True, purpose="role of an appointment"),
    col("region", String(32), server_default="", purpose="its region"),
    col("successor_id", Id, nullable=True, purpose="who takes over after a suspension"),
    col("by_id", Id, ForeignKey("person.id"), nullable=True, purpose="who proposed it; empty: the operator"),
    col("at", Moment, purpose="when"),
    col("expires_at", Moment, purpose="until when the second yes counts"),
    col("state", one_of(WishState, "state"), purpose="how it ended"),
    col("decided_by", Id, nullable=True, purpose="the second person"),
    col("decided_at", Moment, nullable=True, purpose="when"),
)
