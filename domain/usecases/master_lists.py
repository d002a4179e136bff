"""An approver clears the fills of one master on one card: a list, taps that leave lines out, one decision for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.drafts import DraftState, Verdict
from domain.errors import DomainError, Forbidden, NotFound
from domain.lanes import Lane
from domain.masters import MasterChanged, NothingChosen, paged
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.ports.masters import FillList
from domain.rights import DECIDERS, Action, ensure_may, may
from domain.undo import may_undo
from domain.usecases import approvals, undo
from domain.usecases.master_origin import is_as_filled
from domain.usecases.team import names_of_regions


class LineState(StrEnum):
    """`apart`: it needs reading on its own (changed by hand, bold lane, a personal page, one's own).

    `claimed`: somebody else has said that they are on it.
    """

    WAITING = "waiting"
    LEFT_OUT = "left_out"
    AGREED = "agreed"
    CHANGED = "changed"
    DECIDED = "decided"
    APART = "apart"
    CLAIMED = "claimed"


@dataclass(frozen=True)
class Line:
    """One fill, as listed. `number` counts from 1 through the whole list. `undoable`: the reader may still undo it."""

    number: int
    sheet: DraftSheet
    state: LineState
    undoable: bool

    @property
    def draft_id(self) -> int:
        return self.sheet.draft.id


@dataclass(frozen=True)
class ListView:
    """One screen of the list. `text`: the wording; `older`: the master has a newer one."""

    list: FillList
    text: str
    older: bool
    page: int
    lines: tuple[Line, ...]
    regions: Mapping[str, str]

    @property
    def pages(self) -> int:
        return len(self.list.screens)

    @property
    def chosen(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state is LineState.WAITING)


@dataclass(frozen=True)
class Cleared:
    """What one tap decided. `failed`: the lines that could not be, which is said."""

    view: ListView
    approved: int
    failed: tuple[int, ...]


async def look_through(uow: UnitOfWork, actor: Actor, draft_id: int, *, now: datetime) -> ListView:
    """Everything that waits for the reader and was filled into the same wording as this draft, listed as of now."""
    ensure_may(actor, Action.QUEUE)
    origin = await uow.masters.find_origin(draft_id)
    if origin is None:
        raise NotFound("master")
    found = await uow.masters.waiting_fills(origin.master_id, origin.wording, actor.regions(DECIDERS), actor.id)
    made = await uow.masters.put_list(
        person_id=actor.id, master_id=origin.master_id, wording=origin.wording, screens=paged(found), now=now
    )
    return await _view(uow, actor, made, 0, now)


async def view(uow: UnitOfWork, actor: Actor, list_id: int, page: int, *, now: datetime) -> ListView:
    """The reader's own list."""
    return await _view(uow, actor, await _own(uow, actor, list_id), page, now)


async def photos(
    uow: UnitOfWork, actor: Actor, list_id: int, page: int, *, now: datetime
) -> tuple[ListView, dict[str, StoredMedia]]:
    """The same with the files of its lines."""
    shown = await view(uow, actor, list_id, page, now=now)
    return shown, await uow.media.get_many(file.sha256 for line in shown.lines for file in line.sheet.draft.media)


async def toggle(
    uow: UnitOfWork, actor: Actor, list_id: int, version: int, draft_id: int, *, now: datetime
) -> ListView:
    """Leave a line out, or no longer."""
    found = await _own(uow, actor, list_id, version)
    page = next((at for at, lines in enumerate(found.screens) if draft_id in dict(lines)), None)
    if page is None:
        raise NotFound("draft")
    out = set(found.left_out) ^ {draft_id}
    saved = await uow.masters.save_left_out(replace(found, left_out=tuple(sorted(out))))
    return await _view(uow, actor, saved, page, now)


async def approve(
    uow: UnitOfWork,
    actor: Actor,
    list_id: int,
    version: int,
    page: int,
    *,
    undo_seconds: float = 0,
    now: datetime,
) -> Cleared:
    """Approve the lines of one screen that are not left out, each exactly as it was listed.

    Every draft gets a decision of its own, as by its own card. What was changed or decided meanwhile, what needs
    reading on its own and what the reader may not decide on (any more) is left alone; NothingChosen when that is all.
    """
    shown = await _view(uow, actor, await _own(uow, actor, list_id, version), page, now)
    if not shown.chosen:
        raise NothingChosen
    approved, failed = 0, [line.number for line in shown.lines if line.state is LineState.CHANGED]
    for line in shown.chosen:
        draft = line.sheet.draft
        try:
            # Everything that refuses comes before the first row is written, so a refusal leaves nothing half-done.
            await approvals.decide(
                uow, actor, draft.id, draft.version, Verdict.APPROVE, undo_seconds=undo_seconds, now=now
            )
        except DomainError:
            failed.append(line.number)
        else:
            approved += 1
    saved = await uow.masters.save_left_out(shown.list)  # a second tap of the same button finds another version
    return Cleared(await _view(uow, actor, saved, page, now), approved, tuple(sorted(failed)))


async def undo_all(uow: UnitOfWork, actor: Actor, list_id: int, version: int, page: int, *, now: datetime) -> ListView:
    """Take back what the reader has decided on this screen; MasterChanged when nothing can be undone any more."""
    found = await _own(uow, actor, list_id, version)
    undoable = [line for line in (await _view(uow, actor, found, page, now)).lines if line.undoable]
    if not undoable:
        raise MasterChanged
    for line in undoable:
        await undo.undo(uow, actor, line.draft_id, line.sheet.draft.version, now=now)
    return await _view(uow, actor, await uow.masters.save_left_out(found), page, now)


# --- inside ----------------------------------------------------------------------------------------------------------


async def _own(uow: UnitOfWork, actor: Actor, list_id: int, version: int | None = None) -> FillList:
    ensure_may(actor, Action.QUEUE)
    found = await uow.masters.get_list(list_id)
    if found.person_id != actor.id:
        raise Forbidden(Action.QUEUE.value)
    if version is not None and found.version != version:
        raise MasterChanged
    return found


async def _view(uow: UnitOfWork, actor: Actor, found: FillList, page: int, now: datetime) -> ListView:
    page = max(0, min(page, len(found.screens) - 1))
    text = await uow.masters.wording(found.master_id, found.wording)
    newest = (await uow.masters.get(found.master_id)).wording
    first = sum(len(screen) for screen in found.screens[:page]) + 1
    lines = []
    for at, (draft_id, version) in enumerate(found.screens[page], first):
        sheet = await uow.drafts.get_sheet(draft_id)
        state = _state(actor, found, sheet, version, text, now)
        lines.append(Line(at, sheet, state, state is LineState.AGREED and may_undo(sheet, actor.id, now)))
    return ListView(found, text, newest != found.wording, page, tuple(lines), await names_of_regions(uow))


def _state(actor: Actor, found: FillList, sheet: DraftSheet, version: int, text: str, now: datetime) -> LineState:
    draft = sheet.draft
    if draft.version != version:
        return LineState.CHANGED
    if any((made.approver_id, made.verdict) == (actor.id, Verdict.APPROVE) for made in sheet.decisions):
        return LineState.AGREED
    if draft.state is not DraftState.SUBMITTED:
        return LineState.DECIDED
    own = draft.author_id == actor.id or not may(actor, Action.DRAFT_DECIDE, draft.region)
    if own or sheet.lane is Lane.BOLD or not is_as_filled(sheet, text):
        return LineState.APART
    if sheet.claim is not None and sheet.claim.person_id != actor.id and sheet.claim.holds(now):
        return LineState.CLAIMED
    return LineState.LEFT_OUT if draft.id in found.left_out else LineState.WAITING
