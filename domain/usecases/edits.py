"""Edit and approve: the approver's own wording and the decision on it, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from domain import edits as rules
from domain import timing
from domain.claims import ensure_free
from domain.diff import Piece, word_diff
from domain.drafts import DraftChanged, DraftState, Verdict
from domain.edits import Edit, EditGone
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rights import Action, ensure_may
from domain.usecases import approvals
from domain.usecases.approvals import Decided
from domain.usecases.draft_steps import overdue, spread

QUESTION = "draft.edit"
"""The expectation: the next message is an approver's wording of `draft:N`."""


@dataclass(frozen=True)
class Proposal:
    """A wording as it would be approved, with what differs from the author's."""

    sheet: DraftSheet
    edit: Edit
    changes: tuple[Piece, ...]


async def begin(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    *,
    sure: bool = False,
    pressed: tuple[int, int] = (0, 0),
    now: datetime,
) -> DraftSheet:
    """The approver's next message words this version anew. `sure`: although somebody else is on it."""
    sheet = await _decidable(uow, actor, draft_id, version, now)
    if not sure:
        ensure_free(sheet.claim, actor.id, actor.person.zone, now)
    params = {"pressed": list(pressed)}
    await uow.expectations.set(actor.id, QUESTION, sheet.draft.subject, version=version, params=params, now=now)
    return sheet


async def leave(uow: UnitOfWork, actor: Actor, draft_id: int) -> None:
    """It stays as the author wrote it."""
    ensure_may(actor, Action.DRAFT_DECIDE)
    await uow.expectations.clear(actor.id, QUESTION)
    await uow.talk.drop_edit(draft_id, actor.id)


async def propose(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, text: str, *, now: datetime) -> Proposal:
    """A wording to look at once more; it fits its pages, imprint included."""
    sheet = await _decidable(uow, actor, draft_id, version, now)
    edit = Edit(draft_id, actor.id, version, text, now)
    rules.edited(sheet.draft, sheet.pages, text, actor.id, now)
    await uow.talk.put_edit(edit)
    await uow.expectations.clear(actor.id, QUESTION)
    return Proposal(sheet, edit, tuple(word_diff(sheet.draft.text, text)))


async def approve(
    uow: UnitOfWork,
    actor: Actor,
    draft_id: int,
    version: int,
    mark: str,
    *,
    undo_seconds: float = 0,
    now: datetime,
) -> Decided:
    """The wording becomes the next version, approved by who wrote it: one of the approvals that are needed."""
    sheet = await _decidable(uow, actor, draft_id, version, now)
    edit = await uow.talk.find_edit(draft_id, actor.id)
    if edit is None or (edit.version, edit.mark) != (version, mark):
        raise EditGone
    new = rules.edited(sheet.draft, sheet.pages, edit.text, actor.id, now)
    if not await uow.drafts.save_content(new, version):
        raise DraftChanged(draft_id, version, new.version)
    if sheet.appeal is not None:
        await uow.talk.carry_appeal(draft_id, version, new.version)
    await uow.journal.add(
        at=now, actor=actor.number, action="draft_edit", object_=new.subject, version=new.version, payload={}
    )
    await uow.talk.drop_edit(draft_id, actor.id)
    done = await approvals.decide(
        uow, actor, draft_id, new.version, Verdict.APPROVE, sure=True, undo_seconds=undo_seconds, now=now
    )
    if done.state is DraftState.SUBMITTED:
        # Who approved the version before is asked about this one.
        await uow.tasks.add(spread("edited", new, now), overdue(new, now))
    return done


async def changes(uow: UnitOfWork, sheet: DraftSheet) -> tuple[Piece, ...]:
    """What somebody else changed in the current version, for its author; empty for the author's own words."""
    draft = sheet.draft
    if draft.edited_by is None or draft.version < 2:
        return ()
    before, _ = await uow.drafts.content(draft.id, draft.version - 1)
    return tuple(word_diff(before, draft.text))


async def _decidable(uow: UnitOfWork, actor: Actor, draft_id: int, version: int, now: datetime) -> DraftSheet:
    sheet = await uow.drafts.get_sheet(draft_id)
    ensure_may(actor, Action.DRAFT_DECIDE, sheet.draft.region)
    approvals.ensure_decidable(sheet, actor, version)
    rules.ensure_editable(sheet.draft, sheet.pages)
    timing.ensure_current(sheet.draft, actor.person.zone, now)
    return sheet
