"""All copies of a card show how things stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.notices import Priority, redrawn
from domain.ports import UnitOfWork


async def redraw(
    uow: UnitOfWork,
    subject: str,
    kind: str,
    mark: str,
    now: datetime,
    params: Mapping[str, Any],
    *,
    purpose: str | None = None,
    priority: Priority = Priority.DECISION,
) -> None:
    """See `redrawn`; every copy that shows `subject`, or those for one `purpose`."""
    copies = await uow.cards.of_subject(subject, purpose)
    await uow.outbox.add(*(redrawn(kind, copy, mark, now, params, priority=priority) for copy in copies))
