"""Notices about questions: to the press secretaries, and the answer back."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import questions
from handlers.screens import questions as screens


@renders("question.asked")
async def asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await questions.see(uow, int(notice.params["question"]))
    if reader.actor is None or view.question.answered_at is not None:
        return None
    screen = screens.asked(view, reader.words, reader.actor.person.zone, now)
    return Outgoing(screen, purpose="question", subject=view.question.subject, version=1)


@renders("question.redraw")
async def redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Every press secretary's copy shows who answered."""
    view = await questions.see(uow, int(notice.params["question"]))
    copies = await uow.cards.of_subject(view.question.subject, "question")
    copy = next((c for c in copies if c.id == notice.params["copy"]), None)
    if reader.actor is None or copy is None:
        return None
    screen = screens.asked(view, reader.words, reader.actor.person.zone, now)
    return Outgoing(screen, mode=Mode.EDIT, target=copy, purpose="question", subject=view.question.subject, version=2)


@renders("question.answered")
async def answered(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    if reader.actor is None:
        return None
    view = await questions.see(uow, int(notice.params["question"]))
    return Outgoing(screens.answered(view, reader.words, reader.actor.person.zone, now))
