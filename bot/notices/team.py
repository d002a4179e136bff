"""Notices about decisions on people: access, successors, roles, a second yes, accounts, reports for somebody."""

from datetime import datetime

from bot.outgoing import Mode, Outgoing, Reader, renders
from domain.account_move import MoveEnd, MoveState
from domain.notices import QueuedNotice
from domain.people import PersonStatus, Role
from domain.ports import UnitOfWork
from domain.privacy import NOBODY
from domain.succession import Moved
from domain.two_people import WishState
from domain.usecases import account_move, succession, suspension, team, team_lists, two_people
from handlers.screens import account_move as move_screens
from handlers.screens import on_behalf as behalf_screens
from handlers.screens import suspension as screens
from handlers.screens import team_roles as role_screens
from texts.roles import place_name

# -- access and succession ------------------------------------------------------------------------------------------------


@renders("card.gone")
async def card_gone(uow: UnitOfWork, notice: QueuedNotice, _: Reader, __: datetime) -> Outgoing | None:
    """A card in the chat of somebody for whom nothing works any more disappears; after two days Telegram lets it stand, dead."""
    copy = await uow.cards.get(int(notice.params["copy"]))
    if copy is None or copy.chat_id != notice.chat_id:
        return None
    return Outgoing(None, mode=Mode.DELETE, target=copy)


@renders("person.closed")
async def person_closed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To the account itself; nothing when access is open again by now."""
    number = int(notice.params["person"])
    if (await uow.people.get(number)).status is not PersonStatus.SUSPENDED:
        return None
    return Outgoing(screens.shut_out(await suspension.whom_to_ask(uow, number), reader.words))


@renders("person.lifted")
async def person_lifted(_: UnitOfWork, __: QueuedNotice, reader: Reader, ___: datetime) -> Outgoing | None:
    return Outgoing(screens.open_again(reader.words))


@renders("person.suspended", "person.left")
async def person_gone(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To whoever answers for them; nothing when access is open again by now."""
    person = await uow.people.get(int(notice.params["person"]))
    if person.status is PersonStatus.ACTIVE:
        return None
    moved = Moved.of(dict(notice.params["moved"]))
    pages = await succession.titles(uow, [*moved.pages, *moved.flagged])
    if person.name == NOBODY:
        return Outgoing(screens.told_erased(moved, pages, reader.words))
    left, new = notice.kind == "person.left", notice.params.get("successor")
    taker = await team_lists.find_name(uow, reader.actor, int(new)) if new and reader.actor is not None else ""
    return Outgoing(screens.told_leaders(person.name, taker, left=left, moved=moved, pages=pages, w=reader.words))


@renders("person.took_over")
async def took_over(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    person = await uow.people.get(int(notice.params["person"]))
    moved = Moved.of(dict(notice.params["moved"]))
    pages = await succession.titles(uow, [*moved.pages, *moved.flagged])
    return Outgoing(screens.took_over(person.name, moved, pages, reader.words))


# -- roles --------------------------------------------------------------------------------------------------------------------


@renders("role.mine", "role.gone", "role.new", "role.taken")
async def role(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """Dropped when it is otherwise by now."""
    given, region, number = Role(notice.params["role"]), str(notice.params["region"]), int(notice.params["person"])
    member = await uow.people.find_member(number)
    if member is None:
        return None
    held = any(one.role is given and one.region == region for one in member.memberships)
    if held == (notice.kind in {"role.gone", "role.taken"}):
        return None
    w, place = reader.words, place_name(region, await team.names_of_regions(uow), reader.words)
    by = (await uow.people.names([notice.params["by"]])).get(notice.params["by"], "") if notice.params["by"] else ""
    if notice.kind == "role.mine":
        return Outgoing(role_screens.role_mine(given, place, by, w))
    if notice.kind == "role.gone":
        return Outgoing(role_screens.role_gone(given, place, w))
    if notice.kind == "role.taken":
        return Outgoing(role_screens.role_taken(number, member.person.name, given, place, by, w))
    return Outgoing(role_screens.role_new(number, member.person.name, given, place, by, w))


# -- a second yes -------------------------------------------------------------------------------------------------------------


@renders("wish.asked")
async def wish_asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """While it waits."""
    view = await two_people.view(uow, int(notice.params["wish"]))
    if view.wish.state is not WishState.OPEN or view.wish.expires_at <= now or reader.actor is None:
        return None
    drawn = role_screens.wish(view, reader.words, reader.actor.person.zone, now)
    return Outgoing(drawn, purpose="wish", subject=notice.subject, version=1)


@renders("wish.redraw")
async def wish_redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """Their copy of the card shows how it ended; nothing when they have none."""
    copies = await uow.cards.of_person(notice.person_id or 0, "wish", notice.subject)
    if not copies or reader.actor is None:
        return None
    view = await two_people.view(uow, int(notice.params["wish"]))
    drawn = role_screens.wish(view, reader.words, reader.actor.person.zone, now)
    return Outgoing(drawn, mode=Mode.EDIT, target=copies[0], version=2)


@renders("wish.decided")
async def wish_decided(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    view = await two_people.view(uow, int(notice.params["wish"]))
    if reader.actor is None:
        return None
    return Outgoing(role_screens.wish_decided(view, reader.words, reader.actor.person.zone, now))


# -- accounts -----------------------------------------------------------------------------------------------------------------


@renders("move.asked")
async def move_asked(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """While it waits."""
    view = await account_move.view(uow, int(notice.params["move"]))
    if view.move.state is not MoveState.CLAIMED or view.move.expires_at <= now:
        return None
    return Outgoing(move_screens.ask(view, reader.words), purpose="move", subject=notice.subject, version=1)


@renders("move.redraw")
async def move_redraw(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """Their copy of the card shows how it ended; nothing when they have none, or it has not lapsed."""
    end = MoveEnd(notice.params["end"])
    copies = await uow.cards.of_person(notice.person_id or 0, "move", notice.subject)
    view = None if end is MoveEnd.ERASED else await account_move.view(uow, int(notice.params["move"]))
    waits = view is not None and view.move.state is MoveState.CLAIMED
    if not copies or (end is MoveEnd.EXPIRED and not waits):
        return None
    screen = move_screens.gone(reader.words) if view is None else move_screens.ended(view, end, reader.words)
    return Outgoing(screen, mode=Mode.EDIT, target=copies[0], version=2)


@renders("move.begun", "move.stopped")
async def move_begun(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, now: datetime) -> Outgoing | None:
    """To the account that is to be replaced, while the link works; and that its owner has stopped it."""
    view = await account_move.view(uow, int(notice.params["move"]))
    if notice.kind == "move.stopped":
        return Outgoing(move_screens.stopped(view, reader.words))
    waits = view.move.state in {MoveState.OPEN, MoveState.CLAIMED} and now < view.move.expires_at
    return Outgoing(move_screens.begun(view, reader.words)) if waits else None


@renders("move.decided")
async def move_decided(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    view = await account_move.view(uow, int(notice.params["move"]))
    done = view.move.state is MoveState.DONE
    return Outgoing(move_screens.decided(view.name, done=done, w=reader.words, by=view.decided_by))


@renders("account.moved")
async def account_moved(_: UnitOfWork, __: QueuedNotice, reader: Reader, ___: datetime) -> Outgoing | None:
    return Outgoing(move_screens.welcome(reader.words))


@renders("account.unmoved")
async def account_unmoved(_: UnitOfWork, notice: QueuedNotice, reader: Reader, __: datetime) -> Outgoing | None:
    """To the new account, which did not become anybody's."""
    return Outgoing(move_screens.unmoved(MoveEnd(notice.params["end"]), reader.words))


@renders("account.closed")
async def account_closed(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """To the account that opens nothing any more."""
    ask = await suspension.whom_to_ask(uow, int(notice.params["person"]))
    return Outgoing(move_screens.farewell(ask, reader.words))


# -- reported for somebody ----------------------------------------------------------------------------------------------------


@renders("proof.for_you")
async def proof_for_you(uow: UnitOfWork, notice: QueuedNotice, reader: Reader, _: datetime) -> Outgoing | None:
    """Dropped when the proof stands no longer."""
    view = await uow.plan.view(int(notice.params["assignment"]))
    if view.proof_url is None or reader.actor is None:
        return None
    by = (await uow.people.names([int(notice.params["by"])])).get(int(notice.params["by"]), "")
    at = reader.words.time(view.slot.at, reader.actor.person.zone)
    return Outgoing(behalf_screens.for_you(by, view.page.title, at, view.proof_url, reader.words))
