"""Counts of what happened, read from the facts; the demo and the benches print them."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from domain.broadcasts import BroadcastState
from domain.drafts import DraftState, Verdict
from domain.figures import FigureState
from domain.notices import Guarantee, NoticeStatus
from domain.plan import AssignmentState, SlotState
from domain.rollups import Measure
from storage.tables import (
    assignment,
    broadcast,
    content,
    decision,
    draft,
    due_task,
    figure,
    inbox,
    journal,
    outbox,
    person,
    proof,
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
    return list(texts.scalars()), await _times(uow, "draft_decide")


@dataclass(frozen=True)
class Aftermath:
    """What a time of crashes has left. Drafts by number; `submitted` and `decided` count the journal's entries.

    `broadcasts`: texts of those that were started. `class_a`: notices that fell due and are neither sent nor settled, in words;
    `uncertain`: so many of class B.
    """

    texts: dict[int, str]
    submitted: dict[int, int]
    decided: dict[int, int]
    broadcasts: list[str]
    class_a: list[str]
    uncertain: int
    inbox: dict[str, int]


async def aftermath(uow: SqlUnitOfWork, now: datetime) -> Aftermath:
    """Read it all at `now`."""
    texts = await uow.session.execute(select(content.c.draft_id, content.c.text).where(content.c.version == 1))
    started = broadcast.c.state.in_([BroadcastState.SENDING, BroadcastState.DONE])
    sent = await uow.session.execute(select(broadcast.c.text).where(started))
    updates = await uow.session.execute(select(inbox.c.status, func.count().label("number")).group_by(inbox.c.status))
    return Aftermath(
        texts={row.draft_id: row.text for row in texts},
        submitted=await _times(uow, "draft_submit"),
        decided=await _times(uow, "draft_decide"),
        broadcasts=list(sent.scalars()),
        class_a=await _owed(uow, now),
        uncertain=await _uncertain(uow),
        inbox={str(row.status): int(row.number) for row in updates},
    )


async def _times(uow: SqlUnitOfWork, action: str) -> dict[int, int]:
    """How often this was done to each draft, by the journal."""
    rows = await uow.session.execute(
        select(journal.c.object, func.count().label("times"))
        .where(journal.c.action == action)
        .group_by(journal.c.object)
    )
    return {int(row.object.partition(":")[2]): int(row.times) for row in rows}


async def _owed(uow: SqlUnitOfWork, now: datetime) -> list[str]:
    open_ = outbox.c.status.in_(
        [NoticeStatus.WAITING, NoticeStatus.SENDING, NoticeStatus.FAILED, NoticeStatus.UNCERTAIN]
    )
    rows = await uow.session.execute(
        select(outbox).where(outbox.c.guarantee == Guarantee.A, outbox.c.due_at <= now, open_).order_by(outbox.c.id)
    )
    return [f"{row.kind} {row.dedup_key} is {row.status}: {row.last_error}" for row in rows]


async def _uncertain(uow: SqlUnitOfWork) -> int:
    statement = select(func.count()).where(outbox.c.guarantee == Guarantee.B, outbox.c.status == NoticeStatus.UNCERTAIN)
    return int((await uow.session.execute(statement)).scalar() or 0)


@dataclass(frozen=True)
class Told:
    """A small story as the database tells it. `stuck`: what no clock will move on any more."""

    people: int
    drafts: list[str]
    decisions: int
    proofs: int
    figures: int
    stuck: tuple[str, ...] = ()


async def told(uow: SqlUnitOfWork) -> Told:
    """How often each thing that happened once is there."""

    async def count(statement: Select[Any]) -> int:
        return int((await uow.session.execute(statement)).scalar() or 0)

    texts = await uow.session.execute(select(content.c.text))
    broken = outbox.c.status.in_([NoticeStatus.SENDING, NoticeStatus.FAILED])
    notices = (await uow.session.execute(select(outbox).where(broken))).all()
    updates = (await uow.session.execute(select(inbox).where(inbox.c.status != "shown"))).all()
    return Told(
        people=await count(select(func.count()).select_from(person)),
        drafts=list(texts.scalars()),
        decisions=await count(select(func.count()).select_from(decision)),
        proofs=await count(select(func.count()).select_from(proof)),
        figures=await count(select(func.count()).where(figure.c.state == FigureState.CONFIRMED)),
        stuck=(
            *(f"notice {row.dedup_key} {row.status} {row.attempts} {row.last_error}" for row in notices),
            *(f"update {row.update_id} {row.status} {row.attempts} {row.error}" for row in updates),
        ),
    )
