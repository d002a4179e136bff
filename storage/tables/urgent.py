"""Urgent texts: what is sent at once, and who was asked for which page."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Table, UniqueConstraint, false

from domain.urgent import AskState, CallState, Why
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, Strings, col, one_of

urgent_call = Table(
    "urgent_call",
    metadata,
    surrogate(),
    col("draft_id", Id, ForeignKey("draft.id"), index=True, purpose="approved text"),
    col("draft_version", Integer, purpose="its approved version"),
    col("started_by", Id, ForeignKey("person.id"), purpose="who marked it urgent"),
    col("state", one_of(CallState, "state"), purpose="where it stands"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("pages", Strings, purpose="chosen pages"),
    col("minutes", Integer, purpose="time to answer"),
    col("over", Strings, purpose="what of the norms it exceeds, as confirmed"),
    col("why", one_of(Why, "why"), nullable=True, purpose="why it exceeds them"),
    col("note", String(300), server_default="", purpose="the reason in own words", keep=ERASE),
    col("created_at", Moment, purpose="when marked"),
    col("started_at", Moment, nullable=True, purpose="when people were asked"),
    Index("ix_urgent_call_started", "started_at"),
)

urgent_ask = Table(
    "urgent_ask",
    metadata,
    surrogate(),
    col("call_id", Id, ForeignKey("urgent_call.id"), purpose="urgent call"),
    col("page", String(64), ForeignKey("page.code"), purpose="for which page"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who is asked"),
    col("slot_id", Id, ForeignKey("slot.id"), nullable=True, index=True, purpose="its slot once it is on its way"),
    col("state", one_of(AskState, "state"), purpose="what they said"),
    col("round", Integer, server_default="0", purpose="0: chosen by hand; later ones step in"),
    col("loud", Boolean, server_default=false(), purpose="chosen in their quiet hours after a warning"),
    col("asked_at", Moment, nullable=True, purpose="when asked"),
    col("deadline", Moment, nullable=True, purpose="by when they are to answer"),
    UniqueConstraint("call_id", "page", "person_id"),
)
