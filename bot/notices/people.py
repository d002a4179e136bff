"""Notices about people: requests for access, who cannot be reached, and where one was before a restart."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.consent import OPEN
from domain.notices import QueuedNotice
from domain.ports import UnitOfWork
from domain.usecases import team
from handlers.screens.base import Screen
from handlers.screens.home import home
from handlers.screens.join import answer, request_card
from handlers.screens.team import reach_changed


@renders("access.request")
async def access_request(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """The card for those who decide; nothing when somebody was faster."""
    screen = await _card(uow, notice, reader)
    found = await uow.people.find_request(int(notice.params["request"]))
    if screen is None or found is None or found.state != OPEN:
        return None
    return Outgoing(screen, purpose="access", subject=notice.subject, version=1)


@renders("access.redraw")
async def access_redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """Their copy of the card shows how it ended; nothing when they have none."""
    screen = await _card(uow, notice, reader)
    copies = await uow.cards.of_person(notice.person_id or 0, "access", notice.subject)
    if screen is None or not copies:
        return None
    return Outgoing(screen, mode=Mode.EDIT, target=copies[0], version=2)


async def _card(uow: UnitOfWork, notice: QueuedNotice, reader: Reader) -> Screen | None:
    found = await uow.people.find_request(int(notice.params["request"]))
    if found is None:
        return None
    regions = await team.names_of_regions(uow)
    by = await uow.people.names([found.decided_by] if found.decided_by else [])
    return request_card(found, regions.get(found.region, found.region), reader.words, by.get(found.decided_by or 0, ""))


@renders("access.decided")
async def access_decided(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To somebody who has not joined: let in (with their own invite behind the button) or declined."""
    if await uow.people.find_request(int(notice.params["request"])) is None:
        return None
    return Outgoing(answer(str(notice.params["code"]), reader.words))


@renders("person.unreachable", "person.reachable")
async def person_reach(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """Dropped when it is no longer so."""
    member = await uow.people.find_member(int(notice.params["person"]))
    reachable = notice.kind == "person.reachable"
    if member is None or member.person.reachable != reachable:
        return None
    return Outgoing(reach_changed(member, await team.names_of_regions(uow), reader.words))


@renders("resume")
async def resume(uow: UnitOfWork, _: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """After a restart: what the person did has taken effect, but they may not have seen it."""
    if reader.actor is None:
        return None
    view = await team.home(uow, reader.actor, now=now)
    return Outgoing(home(view, reader.words, now, reader.words("I am back. Everything you did is kept.")))
