"""Reminders: a page's own ladder, which posts were late, and how many somebody has had today."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata
from storage.types import ERASE, Id, Moment, Strings, col

page_ladder = Table(
    "page_ladder",
    metadata,
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page"),
    col("lead_minutes", Integer, nullable=True, purpose="reminded so long before; empty: as everywhere"),
    col("substitute_minutes", Integer, nullable=True, purpose="a substitute is asked so long after"),
    col("press_minutes", Integer, nullable=True, purpose="the press secretary is told so long after"),
    col("off", Strings, server_default="[]", purpose="steps that this page does without"),
    col("text", String(200), server_default="", purpose="a line of its own in the reminder"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
)

late_alert = Table(
    "late_alert",
    metadata,
    col("slot_id", Id, ForeignKey("slot.id"), primary_key=True, autoincrement=False, purpose="post that is late"),
    col("at", Moment, purpose="when press secretaries were told"),
    Index("ix_late_alert_at", "at"),
)

reminder_tally = Table(
    "reminder_tally",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="who is reminded"),
    col("day", Date, purpose="the last day with a reminder, on their own clock", keep=ERASE),
    col("told", Integer, purpose="how many came that day", keep=ERASE),
)
