"""Approved texts for tests whose subject is what comes after the approval."""

from dataclasses import replace
from datetime import datetime

from domain.drafts import Decision, DraftState, Verdict
from domain.notices import DueTask
from domain.ports import UnitOfWork


async def approve(uow: UnitOfWork, author: int, approver: int, text: str, *pages: str, now: datetime) -> int:
    """An approved draft for these pages; the planner is told, as an approval tells it. Returns its id."""
    draft = await uow.drafts.add(
        author_id=author, region="kazan", text=text, media=(), source="", message_id=None, album="", now=now
    )
    for page in pages:
        await uow.drafts.set_page(draft.id, page, chosen=True)
    waiting = replace(draft, state=DraftState.SUBMITTED, submitted_at=now, decide_by=now)
    assert await uow.drafts.set_state(waiting, [DraftState.WRITING])
    decision = Decision(draft.id, draft.version, approver, "", Verdict.APPROVE, None, "", now)
    assert await uow.drafts.decide(decision, DraftState.APPROVED)
    key = f"plan.fill:{draft.id}:{draft.version}"
    await uow.tasks.add(DueTask(key, "plan.fill", f"draft:{draft.id}", now, {"draft": draft.id}))
    return draft.id
