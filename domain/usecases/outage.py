"""After an outage: presses made meanwhile are gone at Telegram, so what still waits for a press is drawn again and says so."""

from datetime import datetime, timedelta

from domain.notices import Notice, Priority
from domain.ports import UnitOfWork

RECENT = timedelta(days=7)
"""Older messages lie too far up for a press to be likely."""


async def offer_again(uow: UnitOfWork, since: datetime, *, now: datetime) -> int:
    """Each live copy once, behind everything else that is sent; returns how many. What was settled meanwhile drops out later."""
    copies = await uow.cards.to_press(now - RECENT)
    await uow.outbox.add(
        *(
            Notice(
                "lost.presses",
                copy.subject,
                now,
                f"lost.presses:{copy.id}:{now.isoformat(timespec='seconds')}",
                person_id=copy.person_id,
                priority=Priority.BULK,
                params={"copy": copy.id, "since": since.isoformat(), "until": now.isoformat()},
            )
            for copy in copies
        )
    )
    return len(copies)
