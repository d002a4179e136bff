"""Coming in: /start with and without an invite, consent, and requests for access."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message

from domain.people import Actor, AlreadyJoined, InviteInvalid, Role
from domain.rights import Action
from domain.two_people import Kind
from domain.usecases import access, course, invites_entries, join, settings, team, waiting
from handlers.access import needs
from handlers.course import show_course
from handlers.filters import Private
from handlers.home import show_home
from handlers.screens import join as screens
from handlers.screens.join import AccessButton, JoinButton
from handlers.screens.team_roles import two_decide
from handlers.show import show
from handlers.turn import Turn
from texts.errors import explain
from texts.words import words_for

router = Router(name="join")
router.message.filter(Private())


class Unknown(Filter):
    """Somebody who has not joined: nothing of theirs may go any further."""

    async def __call__(self, _: Message, turn: Turn) -> bool:
        return await turn.find_actor() is None


@router.message(CommandStart(), flags=needs(Action.START))
async def start(message: Message, command: CommandObject, turn: Turn) -> None:
    """The deep link of an invite, or just Start."""
    code = (command.args or "").strip()
    if code:
        await _open(message, code, turn)
    else:
        await _first_screen(message, turn)


@router.callback_query(JoinButton.filter(F.verb == "open"), flags=needs(Action.JOIN))
async def open_invite(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    await _open(query, callback_data.value, turn)


async def _open(event: Message | CallbackQuery, code: str, turn: Turn) -> None:
    """Read-only: before consent nothing about the person is written."""
    actor = await turn.find_actor()
    try:
        offer = await turn.db.read(join.look, turn.visitor.telegram_id, code, now=turn.now)
    except InviteInvalid as error:
        await _refuse(event, turn, error)
    except AlreadyJoined as error:
        await show_home(event, turn, explain(error, turn.words))
    else:
        if actor is None and offer.shared and await _waits(turn):
            await show(event, screens.still_waiting(turn.words))
            return
        screen = screens.consent if actor is None else screens.one_more_role
        await show(event, screen(offer, code, turn.words))


async def _waits(turn: Turn) -> bool:
    return (await turn.db.read(waiting.kept, turn.visitor, now=turn.now)).waits


async def _refuse(event: Message | CallbackQuery, turn: Turn, error: InviteInvalid) -> None:
    reason = explain(error, turn.words)
    if await turn.find_actor() is None:
        waits = await _waits(turn)  # for whoever holds the last place themselves, it is not "taken"
        await show(event, screens.still_waiting(turn.words) if waits else screens.dead_end(turn.words, reason))
    else:
        await show_home(event, turn, reason)


async def _first_screen(event: Message | CallbackQuery, turn: Turn) -> None:
    actor = await turn.find_actor()
    if turn.visitor.telegram_id in turn.settings.owners and not _is_owner(actor):
        offer = await turn.db.read(join.look_as_owner)
        screen = screens.consent if actor is None else screens.one_more_role
        await show(event, screen(offer, "", turn.words))
    elif actor is None:
        await show(event, screens.still_waiting(turn.words) if await _waits(turn) else screens.dead_end(turn.words))
    else:
        await show_home(event, turn)


def _is_owner(actor: Actor | None) -> bool:
    return actor is not None and actor.holds(frozenset({Role.OWNER}))


# --- consent and the two questions after it ---------------------------------------------------------------------------


@router.callback_query(JoinButton.filter(F.verb.in_({"agree", "owner"})), flags=needs(Action.JOIN))
async def agree(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    before = await turn.find_actor()
    two_for = frozenset(map(Kind, turn.settings.two_for))
    defaults = join.Defaults(turn.settings.digest_at, turn.settings.quiet_from, turn.settings.quiet_to, two_for)
    language = turn.words.language
    try:
        if callback_data.verb == "owner":
            await turn.run_as_visitor(
                join.accept_as_owner, turn.settings.owners, now=turn.now, language=language, defaults=defaults
            )
        else:
            await turn.run_as_visitor(
                join.accept, callback_data.value, now=turn.now, language=language, defaults=defaults
            )
    except AlreadyJoined as error:  # a double tap
        await show_home(query, turn, explain(error, turn.words))
    except InviteInvalid as error:
        await _refuse(query, turn, error)
    else:
        if before is None:
            await show(query, screens.ask_language(turn.words))
        elif turn.actor.memberships == before.memberships:
            await show_home(query, turn, two_decide(turn.words))
        else:
            await show_home(query, turn, turn.words("The new role is yours."))


@router.callback_query(JoinButton.filter(F.verb == "ask"), flags=needs(Action.JOIN))
async def ask_to_be_let_in(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    """By a shared link: they agree, and wait."""
    try:
        campaign = await turn.run_as_visitor(
            invites_entries.ask, callback_data.value, now=turn.now, language=turn.words.language
        )
    except AlreadyJoined as error:
        await show_home(query, turn, explain(error, turn.words))
    except InviteInvalid as error:
        await _refuse(query, turn, error)
    else:
        await show(query, screens.asked(campaign, turn.words))


@router.callback_query(JoinButton.filter(F.verb == "renew"), flags=needs(Action.JOIN))
async def renew(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    """The newest text is agreed to; an older card leads to the newest."""
    version = int(callback_data.value) if callback_data.value.isdecimal() else 0
    await turn.run_as_visitor(join.renew, version, now=turn.now)
    await show_home(query, turn, screens.renewed(turn.words))


@router.callback_query(JoinButton.filter(F.verb == "no"), flags=needs(Action.JOIN))
async def decline(query: CallbackQuery, turn: Turn) -> None:
    if await turn.find_actor() is None:
        await show(query, screens.declined(turn.words))
    else:
        await show_home(query, turn)


@router.callback_query(JoinButton.filter(F.verb == "lang"), flags=needs(Action.SETTINGS))
async def choose_language(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    person = await turn.run(settings.change_language, callback_data.value, now=turn.now)
    await show(query, screens.ask_zone(person.zone, words_for(person.language), turn.now))


@router.callback_query(JoinButton.filter(F.verb == "zones"), flags=needs(Action.SETTINGS))
async def list_zones(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    actor = await turn.member()
    zones = await turn.db.read(settings.list_zones, now=turn.now, own=actor.person.zone)
    await show(query, screens.choose_zone(zones, callback_data.page, turn.words, turn.now))


@router.callback_query(JoinButton.filter(F.verb == "zone"), flags=needs(Action.SETTINGS))
async def choose_zone(query: CallbackQuery, callback_data: JoinButton, turn: Turn) -> None:
    person = await turn.run(settings.change_zone, callback_data.value, now=turn.now)
    await show(query, screens.ask_zone(person.zone, turn.words, turn.now))


@router.callback_query(JoinButton.filter(F.verb == "done"), flags=needs(Action.START))
async def done(query: CallbackQuery, turn: Turn) -> None:
    """Now they are in: the short course, unless they had it."""
    if await turn.read(course.is_owed):
        await show_course(query, turn)
    else:
        await show_home(query, turn)


# --- requests for access ----------------------------------------------------------------------------------------------


@router.callback_query(AccessButton.filter(F.verb == "ask"), flags=needs(Action.REQUEST_ACCESS))
async def ask(query: CallbackQuery, callback_data: AccessButton, turn: Turn) -> None:
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.ask_region(regions, callback_data.page, turn.words))


@router.callback_query(AccessButton.filter(F.verb == "region"), flags=needs(Action.REQUEST_ACCESS))
async def pick_region(query: CallbackQuery, callback_data: AccessButton, turn: Turn) -> None:
    regions = await turn.db.read(team.names_of_regions)
    code = callback_data.region
    await show(query, screens.confirm_request(code, regions.get(code, code), turn.words))


@router.callback_query(AccessButton.filter(F.verb == "send"), flags=needs(Action.REQUEST_ACCESS))
async def send_request(query: CallbackQuery, callback_data: AccessButton, turn: Turn) -> None:
    code = callback_data.region
    await turn.run_as_visitor(access.request, code, now=turn.now, language=turn.words.language)
    regions = await turn.db.read(team.names_of_regions)
    await show(query, screens.request_sent(regions.get(code, code), turn.words))


@router.callback_query(AccessButton.filter(F.verb.in_({"grant", "decline"})), flags=needs(Action.ACCESS_DECIDE))
async def decide(query: CallbackQuery, callback_data: AccessButton, turn: Turn) -> None:
    """The first tap wins; the other copies are redrawn by notices."""
    grant = callback_data.verb == "grant"
    decided = await turn.run(
        access.decide, callback_data.id, grant=grant, now=turn.now, hours=turn.settings.invite_hours
    )
    actor = await turn.member()
    await show(query, screens.request_card(decided.request, decided.region_name, turn.words, actor.person.name))


# --- strangers stop here: the last handlers of this router ----------------------------------------------------------------


@router.message(Unknown(), flags=needs(Action.ANYTHING_ELSE))
async def stranger(message: Message, turn: Turn) -> None:
    """Whatever somebody unknown sends: nothing of it is kept."""
    if turn.visitor.telegram_id in turn.settings.owners or await _waits(turn):
        await _first_screen(message, turn)
    else:
        await show(message, screens.answer_the_question(turn.words))


@router.edited_message(Unknown(), flags=needs(Action.ANYTHING_ELSE))
async def stranger_edits(message: Message) -> None:
    """They have had their answer."""
