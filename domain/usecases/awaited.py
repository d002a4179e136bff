"""What a command does to the question that stands: whoever turns to something else is asked no longer."""

from datetime import datetime

from domain import corrections
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.usecases import (
    approvals,
    assignments,
    calendar_days,
    comments,
    commitment_drafts,
    commitments,
    day_plan,
    decided,
    edits,
    halts,
    ladder_settings,
    lanes,
    norms,
    recalls,
    silence_desk,
    silence_lifts,
    spot_checks,
    targets,
    urgent,
)

ENDED = frozenset(
    {
        "question.text",
        "question.answer",
        "decline.note",
        approvals.QUESTION,
        calendar_days.TEXT,
        comments.ANSWER,
        comments.ASK,
        commitments.DROP,
        commitments.MOVE,
        corrections.NAME_QUESTION,
        corrections.WORDS_QUESTION,
        corrections.WORDS_QUESTION,
        day_plan.REASON,
        edits.QUESTION,
        halts.NOTE,
        ladder_settings.TEXT,
        lanes.BECAUSE,
        norms.TEXT,
        recalls.NOTE,
        silence_desk.REASON,
        silence_lifts.REASON,
        spot_checks.NOTE,
        targets.CLOSE,
        urgent.QUESTION,
    }
)
"""Questions that take any words, most with effect at once. Those for a link, a picture or figures tell their answer from
a post; those for the text of a draft make one either way."""
PUT_BY = {commitment_drafts.LINE: commitment_drafts.PUT_BY, targets.LINE: targets.PUT_BY}
"""What was understood of a line stays for its preview's buttons; no text is read as the next line."""


def is_ended(asked: Expectation | None) -> bool:
    """Whether a command ends this question."""
    return asked is not None and (asked.kind in ENDED or asked.kind in PUT_BY)


async def turn_away(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """A command came: the question is over, and the card that asked it shows itself again."""
    asked = await uow.expectations.find(actor.id, now)
    if asked is None or not is_ended(asked):
        return
    await uow.expectations.clear(actor.id)
    if asked.kind in PUT_BY:
        await uow.expectations.set(actor.id, PUT_BY[asked.kind], asked.subject, now=now, params=asked.params)
        return
    await assignments.left(uow, asked, now)
    await decided.left(uow, actor, asked, now)
