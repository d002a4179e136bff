"""Lanes: what approvers of bold texts have looked for so far."""

from sqlalchemy import ForeignKey, Integer, Table, Text

from domain.lanes import Risk
from storage.tables.base import metadata
from storage.types import Id, Moment, col, one_of

risk_check = Table(
    "risk_check",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, autoincrement=False, purpose="draft"),
    col("version", Integer, primary_key=True, autoincrement=False, purpose="the content version looked at"),
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="who looked"),
    col("risk", one_of(Risk, "risk"), primary_key=True, purpose="for what"),
    col("because", Text, server_default="", purpose="why it is permitted; empty: nothing of the kind is in it"),
    col("at", Moment, purpose="when"),
)
