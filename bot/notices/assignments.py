"""Notices about assignments: the digest, the card, reminders, offers and what became of them."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.outgoing import Mode, NotYet, Outgoing, Reader, renders
from domain.notices import CardCopy, QueuedNotice
from domain.plan import Assignment, AssignmentState, SlotState
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.timing import is_expired
from domain.usecases import assignments, imprints, silence_cards
from domain.usecases.publishing import LOOK_AGAIN, Gate
from handlers.screens import assignments as screens
from handlers.screens.base import Screen


async def outside_silence(uow: UnitOfWork, view: AssignmentView, now: datetime) -> None:
    """At the last moment: nothing copy-ready and nothing urgent goes out in a silence (H8), an emergency stop, without its line (H3)."""
    gate = await Gate.load(uow)
    if not gate.is_open(view.page, now):
        raise NotYet(gate.opens(view.page, now))
    if not await imprints.holds(uow, view, now):  # H3
        raise NotYet(now + LOOK_AGAIN)


async def may_be_handed_out(uow: UnitOfWork, view: AssignmentView, now: datetime) -> None:
    """The same for the text and the files themselves: nobody holds them before they may be public."""
    await outside_silence(uow, view, now)
    if view.not_before is not None and view.not_before > now:
        raise NotYet(view.not_before)


async def _newest(uow: UnitOfWork, view: AssignmentView, purpose: str) -> CardCopy | None:
    copies = await uow.cards.of_person(view.assignment.person_id, purpose, view.assignment.subject)
    return copies[0] if copies else None


def _as(screen: Screen, purpose: str, assignment: Assignment) -> Outgoing:
    """A message that will be redrawn when the assignment changes."""
    return Outgoing(screen, purpose=purpose, subject=assignment.subject, version=assignment.version)


def _edit(screen: Screen, copy: CardCopy, assignment: Assignment, *, bare: bool) -> Outgoing:
    """A question may stand on the card now, whatever was drawn last by us: the edit is never left out."""
    target = replace(copy, fingerprint="")
    return replace(_as(screen, copy.purpose, assignment), mode=Mode.EDIT, target=target, bare=bare)


@renders("assignment.card")
async def card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await assignments.with_check(uow, await uow.plan.view(int(notice.params["assignment"])))
    if view.assignment.state is not AssignmentState.ASSIGNED or not view.page.active or is_expired(view, now):
        return None
    await may_be_handed_out(uow, view, now)
    content = screens.content(view, await uow.media.get_many(ref.sha256 for ref in view.media), reader.words)
    old = await _newest(uow, view, "assignment")
    outgoing = _as(screens.control(view, reader.words, now), "assignment", view.assignment)
    outgoing = replace(outgoing, silent=bool(notice.params.get("softly")))
    return replace(outgoing, content=content, mode=Mode.REPLACE if old else Mode.NEW, target=old)


@renders("substitute.offer")
async def offer(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if (
        view.assignment.state is not AssignmentState.OFFERED
        or view.slot.state is not SlotState.FILLED
        or is_expired(view, now)
    ):
        return None
    await outside_silence(uow, view, now)
    old = await _newest(uow, view, "offer")
    outgoing = _as(screens.offer(view, reader.words, now), "offer", view.assignment)
    return replace(outgoing, mode=Mode.REPLACE if old else Mode.NEW, target=old)


@renders("assignment.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """A copy shows how the assignment stands now."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    copy = await _copy(uow, notice, view.assignment.subject)
    if copy is None:
        return None
    view = await assignments.shown(uow, view, now)
    match copy.purpose:
        case "offer":
            screen = screens.offer_outcome(view, reader.words, now)
        case _:
            screen = screens.control(view, reader.words, now)
    # In a silence no text stays that could still be copied, above a cancelled card neither (H8).
    bare = view.silence is not None and view.assignment.state is not AssignmentState.POSTED
    return _edit(screen, copy, view.assignment, bare=bare)


@renders(silence_cards.CARD)
async def silenced(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """A silence has begun: the card says why and until when, the text above it leaves the chat (H8)."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    copy = await _copy(uow, notice, view.assignment.subject)
    view = await assignments.shown(uow, view, now)
    if copy is None or view.silence is None or view.assignment.state is not AssignmentState.ASSIGNED:
        return None
    return _edit(screens.control(view, reader.words, now), copy, view.assignment, bare=True)


@renders("reminder.done")
async def reminder_done(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    """The open reminder of finished work disappears; those of everything are redrawn (`reminder.redraw`)."""
    copy = await _copy(uow, notice, f"assignment:{notice.params['assignment']}")
    return None if copy is None else Outgoing(Screen(Markup("")), mode=Mode.DELETE, target=copy)


async def _copy(uow: UnitOfWork, notice: QueuedNotice, subject: str) -> CardCopy | None:
    return next((c for c in await uow.cards.of_subject(subject) if c.id == notice.params["copy"]), None)


@renders("assignment.cancelled")
async def cancelled(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state is not AssignmentState.CANCELLED:
        return None
    return Outgoing(screens.cancelled(view, str(notice.params["reason"]), reader.words, now))


@renders("assignment.replaced")
async def replaced(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state is not AssignmentState.REPLACED:
        return None
    return Outgoing(screens.replaced(view, reader.words, now))
