"""The board of a day, and the changes made by hand."""

from sqlalchemy import JSON, Boolean, ForeignKey, String, Table, Text, false

from domain.day_plan import Kind
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col, known_of

plan_board = Table(
    "plan_board",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="who looks", keep=ERASE),
    col("region", String(32), purpose="region looked at last", keep=ERASE),
    col("only_empty", Boolean, server_default=false(), purpose="whether only empty places are shown", keep=ERASE),
    col("personal", Boolean, server_default=false(), purpose="whether personal pages are shown", keep=ERASE),
)

plan_change = Table(
    "plan_change",
    metadata,
    surrogate(),
    col("kind", known_of(Kind, "kind"), purpose="what was done"),
    col("slot_id", Id, ForeignKey("slot.id"), index=True, purpose="slot it began with"),
    col("other_id", Id, ForeignKey("slot.id"), nullable=True, index=True, purpose="slot it was swapped with"),
    col("by_id", Id, ForeignKey("person.id"), purpose="who did it"),
    col("at", Moment, purpose="when"),
    col("draft_id", Id, nullable=True, purpose="text that was taken off: only a hand puts it on that page again"),
    col("reason", Text, server_default="", purpose="why, in their own words"),
    col("before", JSON, purpose="slots and assignments before: what undoing restores"),
    col("after", JSON, purpose="the same after it: undone only while nothing else has happened"),
    col("undone_at", Moment, nullable=True, purpose="when it was undone"),
)
