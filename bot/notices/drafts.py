"""Notices about drafts: the queue message, the author's news, redrawn copies."""

from dataclasses import replace
from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.drafts import DraftState, Verdict
from domain.notices import CardCopy, QueuedNotice
from domain.ports import UnitOfWork
from domain.rights import DECIDERS, Action, may
from domain.usecases import approvals, drafts, edits
from handlers.screens import approvals as approval_screens
from handlers.screens import drafts as draft_screens
from handlers.screens import queue as queue_screens


@renders("queue")
async def queue(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """One message per approver. The copy's version is the count it shows: from nothing to something it rings anew."""
    actor = reader.actor
    if actor is None or not may(actor, Action.QUEUE):
        return None
    copies = await uow.cards.of_person(actor.id, "queue")
    copy = copies[0] if copies else None
    count, oldest = await uow.drafts.count_waiting(actor.regions(DECIDERS), actor.id)
    ask = bool(notice.params["ask"])
    again = bool(notice.params["again"]) and await _still_waits(uow, notice)
    if copy is None and not (ask and count):
        return None
    rings = bool(count) and ask and (copy is None or not copy.version or again)
    mode = Mode.EDIT if copy and not rings else Mode.REPLACE if copy else Mode.NEW
    screen = queue_screens.queue(count, oldest, actor.person.zone, now, reader.words)
    return Outgoing(screen, mode=mode, target=copy, purpose="queue", subject=f"queue:{actor.id}", version=count)


async def _still_waits(uow: UnitOfWork, notice: QueuedNotice) -> bool:
    """A reminder for somebody's working hours may come when what it reminds of is decided."""
    number, version = notice.params["draft"], notice.params.get("version")
    if not number or version is None:
        return True
    draft = await uow.drafts.get(number)
    return draft.state is DraftState.SUBMITTED and draft.version == version


@renders("draft.decided")
async def decided(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To the author."""
    version, approver = notice.params["version"], notice.params["approver"]
    sheet = await uow.drafts.get_sheet(notice.params["draft"])
    for decision in await uow.drafts.decisions(sheet.draft.id):
        if (decision.version, decision.approver_id) == (version, approver):
            changes = await edits.changes(uow, sheet) if sheet.draft.version == version else ()
            again = (
                decision.verdict is not Verdict.APPROVE and await uow.talk.find_appeal(sheet.draft.id, version) is None
            )
            return Outgoing(draft_screens.news(sheet, decision, now, reader.words, changes=changes, appealable=again))
    return None


@renders("card.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """A copy of a card, or the author's panel, as things stand now."""
    actor, draft_id, anew = reader.actor, notice.params["draft"], notice.params.get("anew", False)
    copies = await uow.cards.of_subject(notice.subject)
    copy = next((copy for copy in copies if copy.id == notice.params["copy"]), None)
    if actor is None or copy is None:
        return None
    if copy.purpose == "panel":
        view = await drafts.panel(uow, actor, draft_id, now=now)
        screen = draft_screens.panel(view, actor.person.zone, now, reader.words)
    else:
        draft = await uow.drafts.get(draft_id)
        if not may(actor, Action.DRAFT_DECIDE, draft.region):
            return None
        facts = await approvals.card(uow, actor, draft_id, copy.version, now=now)
        screen = approval_screens.control(facts, actor.id, actor.person.zone, now, reader.words)
    # The copy keeps its version: it is that of the text above the control.
    return Outgoing(screen, mode=Mode.EDIT, target=_unknown(copy) if anew else copy, version=copy.version)


def _unknown(copy: CardCopy) -> CardCopy:
    """A question was drawn over it since: what was last remembered of it is not what it shows."""
    return replace(copy, fingerprint="")
