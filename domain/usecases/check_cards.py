"""What stands in chats about a look at a proof: the poster's messages, and those that ask somebody to decide a dispute."""

from datetime import datetime

from domain.notices import redrawn
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.spot_checks import SpotCheck
from domain.usecases import proofs, staffing

DISPUTE = "dispute"
"""Purpose of the message that asks a second person to decide."""


async def redraw_theirs(uow: UnitOfWork, view: AssignmentView, now: datetime) -> None:
    """What the person who posted has in the chat says whether somebody else decides."""
    await staffing.restore(uow, view.assignment, now)
    await proofs.redraw_answer(uow, view.assignment, now)


async def redraw_disputes(uow: UnitOfWork, check: SpotCheck, now: datetime) -> None:
    """Nobody is asked to decide any more, and whoever was sees how it ended."""
    await uow.outbox.cancel(check.subject, ["check.disputed"])
    copies = await uow.cards.of_subject(check.subject, DISPUTE)
    params = {"check": check.id}
    await uow.outbox.add(*(redrawn("check.redraw", copy, f"{check.version}", now, params) for copy in copies))
