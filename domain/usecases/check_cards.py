"""What stands in chats about a look at a proof: the poster's messages, and those that ask somebody to decide a dispute."""

from datetime import datetime

from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.spot_checks import SpotCheck
from domain.usecases import card_copies, proofs, staffing

DISPUTE = "dispute"
"""Purpose of the message that asks a second person to decide."""


async def redraw_theirs(uow: UnitOfWork, view: AssignmentView, now: datetime) -> None:
    """What the person who posted has in the chat says whether somebody else decides."""
    await staffing.restore(uow, view.assignment, now)
    await proofs.redraw_answer(uow, view.assignment, now)


async def redraw_disputes(uow: UnitOfWork, check: SpotCheck, now: datetime) -> None:
    """Nobody is asked to decide any more, and whoever was sees how it ended."""
    await uow.outbox.cancel(check.subject, ["check.disputed"])
    mark, params = f"{check.version}", {"check": check.id}
    await card_copies.redraw(uow, check.subject, "check.redraw", mark, now, params, purpose=DISPUTE)
