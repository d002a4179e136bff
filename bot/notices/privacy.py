"""Notices about names that changed and corrections that people asked for."""

from datetime import datetime, timedelta

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.corrections import CorrectionState, Unfit
from domain.names import unnamed
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import corrections, naming
from handlers.screens.privacy import renamed, request, settled, wanted

A_DAY = timedelta(days=1)
RENAMED = "renamed"


@renders("person.renamed")
async def person_renamed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever answers for them, ringing once a day: later names stand in the same message. Nothing once they are gone."""
    number = int(notice.params["person"])
    told = await uow.corrections.renamings(number, datetime.fromisoformat(notice.params["at"]) - A_DAY)
    if not told or await uow.people.find_member(number) is None:
        return None
    hour = int(now.timestamp()) // 3600  # the copy's version is the hour in which it rang
    older = next(iter(await uow.cards.of_person(notice.person_id or 0, RENAMED, notice.subject)), None)
    screen = renamed(number, told, reader.words)
    if older is None or hour - older.version >= A_DAY // timedelta(hours=1):
        mode = Mode.NEW if older is None else Mode.REPLACE
        return Outgoing(screen, mode=mode, target=older, purpose=RENAMED, subject=notice.subject, version=hour)
    return Outgoing(
        screen, mode=Mode.EDIT, target=older, purpose=RENAMED, subject=notice.subject, version=older.version, anew=True
    )


@renders(naming.WANTED)
async def name_wanted(_: UnitOfWork, notice: QueuedNotice, reader: Reader, __: datetime) -> Outgoing | None:
    """To somebody new whose name from Telegram is not shown; nothing once they have said theirs."""
    if reader.actor is None or reader.actor.person.name != unnamed(reader.actor.id):
        return None
    return Outgoing(wanted(Unfit(notice.params["why"]), reader.actor.person.name, reader.words))


@renders("correction.asked")
async def correction_asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever decides; nothing once somebody did."""
    view = await corrections.find(uow, int(notice.params["correction"]), now=now)
    if view is None or view.correction.state is not CorrectionState.OPEN:
        return None
    return Outgoing(request(view, reader.words), purpose=corrections.CARD, subject=view.correction.subject)


@renders("correction.redraw")
async def correction_redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Everybody who was asked sees who decided."""
    view = await corrections.find(uow, int(notice.params["correction"]), now=now)
    if view is None:
        return None
    subject = view.correction.subject
    copies = await uow.cards.of_subject(subject, corrections.CARD)
    copy = next((one for one in copies if one.id == notice.params["copy"]), None)
    if copy is None:
        return None
    screen = request(view, reader.words)
    return Outgoing(screen, mode=Mode.EDIT, target=copy, purpose=corrections.CARD, subject=subject, version=1)


@renders("correction.settled")
async def correction_settled(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To whoever asked."""
    view = await corrections.find(uow, int(notice.params["correction"]), now=now)
    if view is None or view.correction.state is CorrectionState.OPEN:
        return None
    return Outgoing(settled(view, reader.words, now))
