"""Notices about looks at proofs: to press secretaries what differs, to whoever posted what is to be put right."""

from dataclasses import replace
from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders, replacing
from domain.notices import QueuedNotice
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.published import ProofRules, TextVerdict
from domain.rights import Action, may
from domain.spot_checks import CheckState
from domain.usecases import assignments, check_cards, proofs, spot_checks
from domain.usecases.spot_checks import Looked
from handlers.screens import proofs as proof_screens
from handlers.screens import spot_checks as screens
from handlers.screens.base import Screen


def _zone(reader: Reader) -> str:
    return reader.actor.person.zone if reader.actor else "UTC"


@renders("published.differs")
async def differs(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """What was put right, looked at or taken back meanwhile is not told."""
    found = await spot_checks.card(uow, int(notice.params["assignment"]))
    if found is None or found.text is None or found.text.verdict is not TextVerdict.DIFFERS or notice.person_id is None:
        return None
    check = await uow.proofs.find_check(found.proof.slot_id)
    if check is not None and check.proof_at == found.proof.at:
        return None
    screen = screens.card(found, reader.words, _zone(reader), now, alone=True)
    subject = f"published:{found.proof.slot_id}"
    return await replacing(uow, notice.person_id, screen, purpose="published", subject=subject)


@renders("checks.waiting")
async def waiting(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Once in the evening, while something waits; the newer takes the place of the older."""
    if reader.actor is None or not may(reader.actor, Action.SPOT_CHECK):
        return None
    rules = ProofRules(percent=int(notice.params["percent"]), days=int(notice.params["days"]))
    count = await spot_checks.waiting(uow, reader.actor, now=now, rules=rules)
    if not count:
        return None
    screen = screens.waiting(count, reader.words)
    return await replacing(uow, reader.actor.id, screen, purpose="checks", subject=notice.subject)


async def _looked(uow: UnitOfWork, notice: QueuedNotice) -> Looked:
    return await spot_checks.about(uow, int(notice.params["check"]))


@renders("proof.reopened")
async def reopened(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    found = await _looked(uow, notice)
    open_ = found.view.assignment.state is AssignmentState.ASSIGNED
    if not open_ or found.check.state not in {CheckState.WRONG, CheckState.UPHELD} or notice.person_id is None:
        return None
    screen = screens.reopened(found, reader.words, now)
    return await replacing(uow, notice.person_id, screen, purpose="check", subject=found.check.subject)


@renders("proof.right")
async def right(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    found = await _looked(uow, notice)
    if found.check.state is not CheckState.RIGHT or notice.person_id is None:
        return None
    screen = screens.right_after_all(found, reader.words, now)
    return await replacing(uow, notice.person_id, screen, purpose="check", subject=found.check.subject)


@renders("check.disputed")
async def disputed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    found = await _looked(uow, notice)
    if found.check.state is not CheckState.DISPUTED:
        return None
    screen = await _dispute(uow, found, reader, now)
    return Outgoing(screen, purpose=check_cards.DISPUTE, subject=found.check.subject, version=found.check.version)


async def _dispute(uow: UnitOfWork, found: Looked, reader: Reader, now: datetime) -> Screen:
    past = await uow.proofs.last_past(found.check.slot_id)
    return screens.dispute(found, past, reader.words, _zone(reader), now)


@renders("check.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Everybody who was asked to decide a dispute sees how it stands, in the end who decided."""
    found = await _looked(uow, notice)
    copies = await uow.cards.of_subject(found.check.subject, check_cards.DISPUTE)
    copy = next((one for one in copies if one.id == notice.params["copy"]), None)
    if copy is None:
        return None
    if found.check.state is CheckState.DISPUTED:
        screen = await _dispute(uow, found, reader, now)
    elif reader.actor is not None and reader.actor.id == found.check.settled_by:
        screen = screens.decided(found, reader.words)
    else:
        screen = screens.decided_by(found, reader.words)
    subject, version = found.check.subject, found.check.version
    return Outgoing(screen, mode=Mode.EDIT, target=copy, purpose=check_cards.DISPUTE, subject=subject, version=version)


@renders("proof.redraw")
async def answer(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """The answer to a proof shows whether the proof still stands."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    subject = proofs.answer_subject(view.assignment.id)
    copies = await uow.cards.of_subject(subject, proofs.ANSWER)
    copy = next((one for one in copies if one.id == notice.params["copy"]), None)
    if copy is None:
        return None
    screen = proof_screens.answer(await assignments.shown(uow, view, now), reader.words, now)
    # Its buttons may show a question since it was drawn: the edit is never left out.
    target = replace(copy, fingerprint="")
    version = view.assignment.version
    return Outgoing(screen, mode=Mode.EDIT, target=target, purpose=proofs.ANSWER, subject=subject, version=version)
