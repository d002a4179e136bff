"""Fill-in masters: their wordings and pages, how people fill them in, an approver's list of fills."""

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from domain.masters import FillState, MasterState
from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, Strings, col, one_of

master = Table(
    "master",
    metadata,
    surrogate(),
    col("author_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it and may close it"),
    col("region", String(32), purpose="where all its pages lie: who may change it"),
    col("state", one_of(MasterState, "state"), index=True, purpose="where it stands"),
    col("version", Integer, purpose="optimistic lock"),
    col("wording", Integer, purpose="the current wording"),
    col("closes_at", Moment, nullable=True, purpose="nobody begins to fill it in from then on"),
    col("created_at", Moment, purpose="when written"),
    col("sent_at", Moment, nullable=True, purpose="when it went to the regions"),
)

master_wording = Table(
    "master_wording",
    metadata,
    col("master_id", Id, ForeignKey("master.id"), primary_key=True, purpose="master"),
    col("wording", Integer, primary_key=True, autoincrement=False, purpose="immutable number of the wording"),
    col("text", Text, purpose="the text with its fields in braces; fills name the wording they are of"),
    col("created_at", Moment, purpose="when written"),
)

master_page = Table(
    "master_page",
    metadata,
    col("master_id", Id, ForeignKey("master.id"), primary_key=True, purpose="master"),
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page it is for"),
)

master_fill = Table(
    "master_fill",
    metadata,
    surrogate(),
    col("master_id", Id, ForeignKey("master.id"), purpose="master"),
    col("wording", Integer, purpose="the wording that is filled in"),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="who fills it in"),
    col("region", String(32), purpose="for the pages of which region"),
    col(
        "page",
        String(64),
        server_default="",
        purpose="their own page, when it is for that one: questions instead of fields",
    ),
    col("state", one_of(FillState, "state"), purpose="running or handed in"),
    col("version", Integer, purpose="optimistic lock"),
    col("step", Integer, purpose="the question that is open"),
    col("answers", Strings, purpose="what was answered so far: a restart loses nothing"),
    col("media", JSON, purpose="[[sha256, kind, alt], …] bound by hash"),
    col("album", String(32), server_default="", purpose="Telegram's album the photo came as: later items join it"),
    col("draft_id", Id, ForeignKey("draft.id"), nullable=True, unique=True, purpose="the draft it has become"),
    col("updated_at", Moment, purpose="last answer"),
    Index("ix_master_fill_master", "master_id", "wording"),
)

master_list = Table(
    "master_list",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), purpose="the approver who looks through it"),
    col("master_id", Id, ForeignKey("master.id"), purpose="master"),
    col("wording", Integer, purpose="fills of this wording"),
    col("version", Integer, purpose="optimistic lock"),
    col("screens", JSON, purpose="[[[draft, version], …], …] exactly as listed: only these are decided"),
    col("left_out", Strings, purpose="drafts that were tapped out"),
    col("made_at", Moment, purpose="when it was opened"),
    UniqueConstraint("person_id", "master_id", "wording"),
)
