"""Counts of what happened, read from the facts; the demo and the benches print them."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from domain.drafts import DraftState, Verdict
from domain.figures import FigureState
from domain.notices import NoticeStatus
from domain.plan import AssignmentState, SlotState
from domain.rollups import Measure
from storage.tables import (
    assignment,
    content,
    decision,
    draft,
    due_task,
    figure,
    inbox,
    journal,
    outbox,
    person,
    rollup,
    slot,
)
from storage.uow import SqlUnitOfWork

REMINDERS = "reminder"
"""Prefix of the kinds of notices that remind."""


@dataclass(frozen=True)
class Tally:
    """What a campaign did between its first day and now. `undone` names what was due and did not happen."""

    people: int
    drafts_submitted: int
    drafts_approved: int
    drafts_returned: int
    slots_planned: int
    slots_filled: int
    posted_on_time: int
    posted_late: int
    missed: int
    substitutes_used: int
    reminders_sent: int
    figures_reported: int
    undone: dict[str, int]

    @property
    def due_but_undone(self) -> int:
        return sum(self.undone.values())

    def counts(self) -> dict[str, int]:
        """All counts by name."""
        named = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "undone"}
        return {**named, "due_but_undone": self.due_but_undone}


async def tally(uow: SqlUnitOfWork, now: datetime, on_time: timedelta) -> Tally:
    """Count everything up to `now`; `on_time` is how long after its moment a publication still is."""

    async def count(statement: Select[Any]) -> int:
        return int((await uow.session.execute(statement)).scalar() or 0)

    posted = (
        await uow.session.execute(select(slot.c.at, slot.c.posted_at).where(slot.c.state == SlotState.POSTED))
    ).all()
    late = sum(1 for row in posted if row.posted_at > row.at + on_time)
    stepped_in = and_(assignment.c.substitute, assignment.c.state == AssignmentState.POSTED)
    return Tally(
        people=await count(select(func.count()).select_from(person)),
        drafts_submitted=await count(select(func.count()).where(draft.c.submitted_at.is_not(None))),
        drafts_approved=await count(select(func.count()).where(draft.c.state == DraftState.APPROVED)),
        drafts_returned=await count(select(func.count()).where(decision.c.verdict == Verdict.RETURN)),
        slots_planned=await count(select(func.count()).where(slot.c.state != SlotState.CANCELLED)),
        slots_filled=await count(
            select(func.count()).where(slot.c.state.in_([SlotState.FILLED, SlotState.POSTED, SlotState.MISSED]))
        ),
        posted_on_time=len(posted) - late,
        posted_late=late,
        missed=await count(select(func.count()).where(slot.c.state == SlotState.MISSED)),
        substitutes_used=await count(select(func.count()).where(stepped_in)),
        reminders_sent=await count(
            select(func.count()).where(outbox.c.kind.startswith(REMINDERS), outbox.c.status == NoticeStatus.SENT)
        ),
        figures_reported=await count(select(func.count()).where(figure.c.state == FigureState.CONFIRMED)),
        undone={
            name: number for name, number in (await _undone(count, now, len(posted) - late, late)).items() if number
        },
    )


async def _undone(count: Any, now: datetime, on_time: int, late: int) -> dict[str, int]:
    """Everything that was due and did not happen, and every disagreement between facts and roll-ups."""
    open_notice = and_(outbox.c.status == NoticeStatus.WAITING, outbox.c.next_try_at <= now)
    broken = outbox.c.status.in_([NoticeStatus.SENDING, NoticeStatus.FAILED, NoticeStatus.UNCERTAIN])
    yesterday: date = (now - timedelta(days=1)).date()
    rolled = select(func.sum(rollup.c.value))
    return {
        "updates_not_handled": await count(select(func.count()).where(inbox.c.status != "shown")),
        "tasks_due": await count(select(func.count()).where(due_task.c.done_at.is_(None), due_task.c.due_at <= now)),
        "notices_due_or_lost": await count(select(func.count()).where(or_(open_notice, broken))),
        "drafts_past_their_promise": await count(
            select(func.count()).where(draft.c.state == DraftState.SUBMITTED, draft.c.decide_by <= now)
        ),
        # A page's day has ended everywhere on earth a day later.
        "slots_never_closed": await count(
            select(func.count()).where(slot.c.state == SlotState.FILLED, slot.c.day < yesterday)
        ),
        "on_time_rollup_differs": abs(await count(rolled.where(rollup.c.measure == Measure.ON_TIME)) - on_time),
        "late_rollup_differs": abs(await count(rolled.where(rollup.c.measure == Measure.LATE)) - late),
    }


async def facts_of_drafts(uow: SqlUnitOfWork) -> tuple[list[str], dict[int, int]]:
    """Every first version of a draft's text, and how often each draft was decided on: what kills must not change."""
    texts = await uow.session.execute(select(content.c.text).where(content.c.version == 1))
    decided = await uow.session.execute(
        select(journal.c.object, func.count().label("times"))
        .where(journal.c.action == "draft_decide")
        .group_by(journal.c.object)
    )
    return list(texts.scalars()), {int(row.object.partition(":")[2]): int(row.times) for row in decided}
