"""Undoing one's own decision before anything has followed from it."""

from datetime import datetime

from domain.drafts import Decision
from domain.notices import DueTask
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.rights import Action, ensure_may
from domain.undo import CannotUndo, TooLate, ensure_undoable


def settle_key(made: Decision) -> str:
    """Of the due task "draft.settled", after which this decision stands."""
    return f"settled:{made.draft_id}:{made.version}:{made.approver_id}:{made.turn}"


async def undo(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    *,
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> None:
    """The draft waits again, as promised before. `pressed`: chat and message that its handler redraws itself."""
    sheet = await uow.drafts.get_sheet(draft_id)
    draft = sheet.draft
    ensure_may(actor, Action.DRAFT_DECIDE, draft.region)
    if draft.version != version and await uow.imprints.find_relined(draft_id, draft.version) is not None:
        raise CannotUndo(TooLate.IMPRINT)
    made = ensure_undoable(sheet, actor.id, version, now)
    if await uow.tasks.claim(settle_key(made), now) is None or not await uow.drafts.undo(made, draft.turns, now):
        raise CannotUndo(TooLate.TIME)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="draft_undo",
        object_=draft.subject,
        version=version,
        payload={"verdict": made.verdict.value, "state": draft.state.value},
    )
    params = {"draft": draft_id, "version": version, "turn": draft.turns + 1, "pressed": list(pressed)}
    await uow.tasks.add(DueTask(f"undone:{draft_id}:{draft.turns + 1}", "draft.undone", draft.subject, now, params))
    if draft.decide_by is not None and draft.decide_by >= made.at:
        # It may have fallen due while the draft counted as decided, and was not asked about then.
        about = {"draft": draft_id, "version": version}
        overdue = DueTask(
            f"overdue:{draft_id}:{version}", "draft.overdue", draft.subject, max(draft.decide_by, now), about
        )
        await uow.tasks.add(overdue)
        await uow.tasks.reschedule(overdue.key, overdue.due_at, overdue.params)
