"""Notices of a person's day: the morning's list, and the files of a post as documents."""

from datetime import date, datetime

from bot.notices.assignments import may_be_handed_out
from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.notices import QueuedNotice
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.timing import is_expired
from domain.usecases import assignments, silence_cards
from domain.usecases import days as usecases
from domain.usecases.staffing import digest_subject
from handlers.screens import assignments as cards
from handlers.screens import days as screens


@renders("digest")
async def digest(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    if reader.actor is None:
        return None
    day = date.fromisoformat(notice.params["day"])
    found = await usecases.of_day(uow, reader.actor.person, day)
    if not found.open:
        return None
    return Outgoing(screens.digest(found, reader.words), purpose=usecases.DIGEST, subject=digest_subject(day))


@renders(usecases.REDRAW)
async def digest_redrawn(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """What was posted or accepted meanwhile shows in the list, on its own day."""
    copy = await uow.cards.get(int(notice.params["copy"]))
    day = date.fromisoformat(notice.params["day"])
    if copy is None or reader.actor is None or reader.actor.person.local(now).date() != day:
        return None
    found = await usecases.of_day(uow, reader.actor.person, day)
    if day in (await uow.availability.get(reader.actor.id)).days_off or not found.views:
        return None  # the message says that the day is off
    subject = digest_subject(day)
    return Outgoing(
        screens.digest(found, reader.words), mode=Mode.EDIT, target=copy, purpose=usecases.DIGEST, subject=subject
    )


@renders("assignment.files")
async def files(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Under the same conditions as the text itself."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.assignment.state is not AssignmentState.ASSIGNED or not view.page.active or is_expired(view, now):
        return None
    await may_be_handed_out(uow, view, now)
    stored = await uow.media.get_many(usecases.published(view))
    content = cards.documents(view, stored, reader.words)
    subject = silence_cards.files_subject(view.assignment.id)
    return Outgoing(None, content=content, purpose=silence_cards.FILES, subject=subject) if content else None


@renders(silence_cards.FILES_GONE)
async def files_gone(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:  # noqa: ARG001 - renderers share a signature
    """In a silence they leave the chat like the text (H8); a proof that came meanwhile makes them public."""
    view = await assignments.shown(uow, await uow.plan.view(int(notice.params["assignment"])), now)
    copy = await uow.cards.get(int(notice.params["copy"]))
    if copy is None or view.silence is None or view.assignment.state is AssignmentState.POSTED:
        return None
    return Outgoing(None, mode=Mode.DELETE, target=copy)
