"""The short course for newcomers. Nothing else counts it: no figures, no roll-ups, no plan."""

from sqlalchemy import ForeignKey, Integer, Table

from domain.course import CourseState
from storage.tables.base import metadata
from storage.types import Id, Moment, col, one_of

course = Table(
    "course",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="whose"),
    col("state", one_of(CourseState, "state"), purpose="reading, at the practice post, finished, left out"),
    col("card", Integer, purpose="the card they are at"),
    col("started_at", Moment, purpose="when they began"),
    col("ended_at", Moment, nullable=True, purpose="when they finished or left it out"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
)
