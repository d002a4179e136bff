"""What is decided about people: access closed and opened, leaving, roles, a second yes, a new account, reporting for somebody."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from domain.account_move import LINK
from domain.pages import region_by_key
from domain.people import EVERYWHERE, Role
from domain.ports.record import Expectation
from domain.rights import Action
from domain.two_people import Kind
from domain.usecases import (
    account_move,
    invites,
    on_behalf,
    second_yes,
    succession,
    suspension,
    team,
    team_roles,
)
from handlers.access import needs
from handlers.filters import Private, chosen
from handlers.screens import account_move as move_screens
from handlers.screens import on_behalf as behalf_screens
from handlers.screens import suspension as screens
from handlers.screens import team_lists as lists
from handlers.screens import team_roles as role_screens
from handlers.screens.team_lists import CrewButton
from handlers.show import show
from handlers.team import Typed, show_person
from handlers.turn import Turn
from texts.roles import place_name

router = Router(name="team_decisions")
router.message.filter(Private())
links = Router(name="account_links")
links.message.filter(Private())
reports = Router(name="reports_for_others")
reports.message.filter(Private())
SUSPEND, LEAVE = needs(Action.SUSPEND), needs(Action.LEAVE)
ROLES, MOVE, REPORT = needs(Action.ROLE_SET), needs(Action.ACCOUNT_MOVE), needs(Action.REPORT_FOR)


def _two_for(turn: Turn) -> frozenset[Kind]:
    return frozenset(Kind(name) for name in turn.settings.two_for)


# -- access -----------------------------------------------------------------------------------------------------------


@router.message(Command("suspend"), flags=SUSPEND)
async def command(message: Message, command: CommandObject, turn: Turn) -> None:
    """With a name: who that could be; else the name is asked for."""
    found = await turn.run(suspension.who, command.args or "", now=turn.now, rules=turn.settings.plan)
    await show(message, lists.people(found, turn.words) if found else lists.ask_name(turn.words))


@router.callback_query(CrewButton.filter(F.verb == "shut"), flags=SUSPEND)
async def shut(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    choice = await turn.read(suspension.look, callback_data.id, now=turn.now)
    await show(query, screens.shut(choice, callback_data.page, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "shutok"), flags=SUSPEND)
async def shut_now(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    done = await turn.run(
        suspension.suspend,
        callback_data.id,
        callback_data.person,
        now=turn.now,
        rules=turn.settings.plan,
        two_for=_two_for(turn),
    )
    pages = await turn.db.read(succession.titles, [*done.moved.pages, *done.moved.flagged])
    await show(query, screens.closed(done, pages, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "lift"), flags=SUSPEND)
async def lift(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    person = await turn.run(suspension.lift, callback_data.id, now=turn.now)
    await show_person(query, turn, person.id, line=screens.lifted(person.name, turn.words))


# -- leaving ----------------------------------------------------------------------------------------------------------


@router.message(Command("leave"), flags=LEAVE)
@router.callback_query(CrewButton.filter(F.verb == "leave"), flags=LEAVE)
async def leave(event: Message | CallbackQuery, turn: Turn, callback_data: CrewButton | None = None) -> None:
    choice = await turn.read(suspension.look_leaving, now=turn.now)
    await show(event, screens.leave(choice, callback_data.page if callback_data else 0, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "leaveok"), flags=LEAVE)
async def leave_now(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    done = await turn.run(suspension.leave, callback_data.person, now=turn.now, rules=turn.settings.plan)
    pages = await turn.db.read(succession.titles, [*done.moved.pages, *done.moved.flagged])
    await show(query, screens.left(done, pages, turn.words))


# -- roles ------------------------------------------------------------------------------------------------------------


@router.callback_query(CrewButton.filter(F.verb == "roles"), flags=ROLES)
async def roles(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.read(team_roles.look, callback_data.id)
    await show(query, role_screens.roles(view, await turn.db.read(team.names_of_regions), turn.words))


@router.callback_query(CrewButton.filter(F.verb == "role"), flags=ROLES)
async def pick_region(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    role = chosen(Role, callback_data.role)
    view = await turn.read(team_roles.look, callback_data.id, role)
    await show(query, role_screens.pick_region(view, role, callback_data.page, turn.words))


async def _region(turn: Turn, key: str) -> str:
    return EVERYWHERE if key == EVERYWHERE else region_by_key(key, await turn.db.read(team.names_of_regions))


@router.callback_query(CrewButton.filter(F.verb == "grant"), flags=ROLES)
async def grant(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    role, region = chosen(Role, callback_data.role), await _region(turn, callback_data.area)
    view = await turn.run(team_roles.give, callback_data.id, role, region, now=turn.now, two_for=_two_for(turn))
    w = turn.words
    line = None if view.wish is not None else w("✓ The role is given; they are told.")
    await show(query, role_screens.roles(view, await turn.db.read(team.names_of_regions), w, line))


@router.callback_query(CrewButton.filter(F.verb == "drop"), flags=ROLES)
async def ask_drop(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    """The same button on screens that were drawn before it asked."""
    role, region = chosen(Role, callback_data.role), await _region(turn, callback_data.area)
    view = await turn.read(team_roles.look_taking, callback_data.id, role, region)
    place = place_name(region, await turn.db.read(team.names_of_regions), turn.words)
    await show(query, role_screens.ask_take(view, role, region, place, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "dropok"), flags=ROLES)
async def drop(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    role, region = chosen(Role, callback_data.role), await _region(turn, callback_data.area)
    view = await turn.run(team_roles.take, callback_data.id, role, region, now=turn.now, rules=turn.settings.plan)
    w = turn.words
    line = role_screens.taken(view.moved, await turn.db.read(succession.titles, view.moved.flagged), w)
    await show(query, role_screens.roles(view, await turn.db.read(team.names_of_regions), w, line))


@router.callback_query(CrewButton.filter(F.verb == "wishyes"), flags=needs(Action.TEAM_SEE))
async def agree(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.run(second_yes.confirm, callback_data.id, now=turn.now, rules=turn.settings.plan)
    await show(query, role_screens.wish(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(CrewButton.filter(F.verb == "wishno"), flags=needs(Action.TEAM_SEE))
async def disagree(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.run(second_yes.decline, callback_data.id, now=turn.now)
    await show(query, role_screens.wish(view, turn.words, turn.actor.person.zone, turn.now))


# -- a new account ----------------------------------------------------------------------------------------------------


class MoveLink(Filter):
    """/start with the code of a link for a new account."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        start, text = f"/start {LINK}", message.text or ""
        return {"code": text.removeprefix(start).strip()} if text.startswith(start) else False


@router.callback_query(CrewButton.filter(F.verb == "move"), flags=MOVE)
async def explain_move(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    await turn.read(account_move.look, callback_data.id)
    await show(query, move_screens.explain(callback_data.id, turn.words))


@router.callback_query(CrewButton.filter(F.verb == "movego"), flags=MOVE)
async def start_move(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view, code = await turn.run(account_move.start, callback_data.id, now=turn.now)
    url = invites.link(turn.settings.bot_username, LINK + code)
    await show(query, move_screens.link_made(view, url, turn.words, turn.actor.person.zone, turn.now))


@links.message(MoveLink(), flags=needs(Action.JOIN))
async def open_link(message: Message, code: str, turn: Turn) -> None:
    """Read-only: before their yes nothing about the new account is written."""
    await turn.find_actor()
    view = await turn.db.read(account_move.offer, turn.visitor.telegram_id, code, now=turn.now)
    await show(message, move_screens.offer(view, code, turn.words))


@links.callback_query(CrewButton.filter(F.verb == "claim"), flags=needs(Action.JOIN))
async def claim(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    await turn.run_as_visitor(account_move.claim, callback_data.area, now=turn.now)
    await show(query, move_screens.claimed(turn.words))


@router.callback_query(CrewButton.filter(F.verb == "mvyes"), flags=MOVE)
async def confirm_move(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.run(account_move.confirm, callback_data.id, now=turn.now)
    await show(query, move_screens.decided(view.name, done=True, w=turn.words))


@router.callback_query(CrewButton.filter(F.verb == "mvno"), flags=MOVE)
async def refuse_move(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.run(account_move.decline, callback_data.id, now=turn.now)
    await show(query, move_screens.decided(view.name, done=False, w=turn.words))


@router.callback_query(CrewButton.filter(F.verb == "mvself"), flags=needs(Action.PRIVACY))
async def stop_mine(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    """On the old account: whoever has one may do this, whatever their role."""
    view = await turn.run(account_move.stop_mine, callback_data.id, now=turn.now)
    await show(query, move_screens.stopped_mine(view, turn.words))


# -- reporting for somebody -------------------------------------------------------------------------------------------


@router.callback_query(CrewButton.filter(F.verb == "for"), flags=REPORT)
async def for_other(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    view = await turn.read(on_behalf.look, callback_data.id, now=turn.now)
    await show(query, behalf_screens.menu(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(CrewButton.filter(F.verb == "proof"), flags=REPORT)
async def ask_proof(query: CallbackQuery, callback_data: CrewButton, turn: Turn) -> None:
    found = await turn.run(on_behalf.ask, callback_data.id, callback_data.page, now=turn.now)
    await show(query, behalf_screens.ask(found, turn.words, turn.actor.person.zone))


@reports.message(Typed(on_behalf.KIND), flags=REPORT)
async def proof(message: Message, expectation: Expectation, turn: Turn) -> None:
    done = await turn.run(
        on_behalf.prove,
        expectation.subject_id,
        message.text or "",
        now=turn.now,
        rules=turn.settings.plan,
        texts=turn.settings.proof,
    )
    await show(message, behalf_screens.done(done, turn.words))
