"""What each approver has narrowed their queue down to."""

from sqlalchemy import ForeignKey, String, Table

from domain.queue import Facet
from storage.tables.base import metadata
from storage.types import Id, col, one_of

KEPT = "until it is cleared"

queue_filter = Table(
    "queue_filter",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False, purpose="whose", keep=KEPT),
    col("facet", one_of(Facet, "facet"), purpose="region, page or rubric", keep=KEPT),
    col("value", String(64), purpose="code of it", keep=KEPT),
)
