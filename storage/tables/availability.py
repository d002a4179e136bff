"""When somebody posts: declared hours and limits, and single days off. Whoever declared nothing has no row."""

from sqlalchemy import Boolean, Date, ForeignKey, Integer, Table, false

from storage.tables.base import metadata
from storage.types import ERASE, Id, Strings, col

PASSED = "until the day has passed"

person_availability = Table(
    "person_availability",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="whose hours"),
    col("hours", Strings, purpose="hours in which they post, on their own clock; empty: all day", keep=ERASE),
    col("weekdays", Strings, purpose="days on which they post, 1 is Monday", keep=ERASE),
    col("daily_cap", Integer, nullable=True, purpose="how many posts a day they take", keep=ERASE),
    col("lead_minutes", Integer, nullable=True, purpose="how long before a post they are reminded", keep=ERASE),
    col("at_night", Boolean, server_default=false(), purpose="whether they said yes to their quiet hours", keep=ERASE),
    col("reminders_a_day", Integer, nullable=True, purpose="how many reminders a day they want", keep=ERASE),
    col("asked", Strings, server_default="[]", purpose="posts outside these hours: keep or pass on?", keep=ERASE),
)

day_off = Table(
    "day_off",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="whose", keep=PASSED),
    col("day", Date, primary_key=True, purpose="the day, on their own clock", keep=PASSED),
    col("passed", Strings, server_default="[]", purpose="what went to others for it, to come back", keep=PASSED),
)
