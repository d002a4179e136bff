"""Absences: who is away until when, and who decides in their place."""

from sqlalchemy import CheckConstraint, ForeignKey, Table

from storage.tables.base import metadata, surrogate
from storage.types import Id, Moment, col

AWAY = "until it ends"

absence = Table(
    "absence",
    metadata,
    surrogate(),
    col("person_id", Id, ForeignKey("person.id"), unique=True, purpose="who is away", keep=AWAY),
    col("starts", Moment, purpose="from when", keep=AWAY),
    col("ends", Moment, purpose="until when", keep=AWAY),
    col("deputy_id", Id, ForeignKey("person.id"), nullable=True, purpose="who is asked in their place", keep=AWAY),
    CheckConstraint("starts < ends", name="in_order"),
)
