"""/plan: who has a slot, its text, exchanging with another one, one more, and what the planner would do."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from domain.day_plan import Doubtful, Kind
from domain.errors import NotFound
from domain.ports.record import Expectation
from domain.usecases import day_plan, day_plan_dry, day_plan_moves, day_plan_people, day_plan_texts
from handlers.day_plan import CHANGE, Short, because, day_of, moment_of, show_slot
from handlers.filters import Expecting, Private
from handlers.screens import day_plan_dry as dry_screens
from handlers.screens import day_plan_parts as screens
from handlers.screens.day_plan import PlanButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="day_plan_parts")
router.message.filter(Private())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _pair(text: str) -> tuple[int, int]:
    """Two numbers of a button."""
    one, _, two = text.partition(".")
    if not (one.isdecimal() and two.isdecimal()):
        raise NotFound("button")
    return int(one), int(two)


# -- people -----------------------------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "give"), flags=CHANGE)
async def people(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen = callback_data.id, callback_data.version
    view = await turn.read(day_plan_people.people, *seen, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.people(view, _number(callback_data.arg), turn.words))


@router.callback_query(PlanButton.filter(F.verb == "to"), flags=CHANGE)
async def give(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    """Somebody who is free has it with this tap; of the others the ones who can be asked are asked about first."""
    seen = callback_data.id, callback_data.version
    person, _, must_ask = callback_data.arg.partition(".")
    rules, zone = turn.settings.plan, (await turn.member()).person.zone
    if must_ask:
        view, one = await turn.read(day_plan_people.look_at, *seen, _number(person), now=turn.now, rules=rules)
        await show(query, screens.ask(view, one, turn.words, zone))
    else:
        given = await turn.run(day_plan_people.give, *seen, _number(person), now=turn.now, rules=rules)
        await show_slot(query, given, turn)


@router.callback_query(PlanButton.filter(F.verb == "sure"), flags=CHANGE)
async def ask(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen, person = (callback_data.id, callback_data.version), _number(callback_data.arg)
    view = await turn.run(day_plan_people.ask, *seen, person, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


# -- texts ------------------------------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "texts"), flags=CHANGE)
async def texts(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    at = _number(callback_data.arg)
    view = await turn.read(day_plan_texts.texts, callback_data.id, callback_data.version, at, now=turn.now)
    await show(query, screens.texts(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "take"), flags=CHANGE)
async def choose_text(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen, draft = (callback_data.id, callback_data.version), _pair(callback_data.arg)
    view = await turn.run(day_plan_texts.choose_text, *seen, draft, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


@router.callback_query(PlanButton.filter(F.verb == "off"), flags=CHANGE)
async def take_off(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen = callback_data.id, callback_data.version
    view = await turn.run(day_plan_texts.take_off, *seen, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


# -- exchanging -------------------------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "swap"), flags=CHANGE)
async def ask_what(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.read(day_plan_moves.look_open, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.swap(view, turn.words, turn.actor.person.zone))


@router.callback_query(PlanButton.filter(F.verb.in_({"swapp", "swapt"})), flags=CHANGE)
async def partners(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen, texts_ = (callback_data.id, callback_data.version), callback_data.verb == "swapt"
    view, found = await turn.read(day_plan_texts.partners, *seen, texts=texts_, now=turn.now)
    zone = turn.actor.person.zone
    at = _number(callback_data.arg)
    await show(query, screens.partners(view, found, at, turn.words, zone, turn.now, texts=texts_))


@router.callback_query(PlanButton.filter(F.verb == "withp"), flags=CHANGE)
async def swap_people(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen, other = (callback_data.id, callback_data.version), _pair(callback_data.arg)
    view = await turn.run(day_plan_people.swap_people, seen, other, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


@router.callback_query(PlanButton.filter(F.verb == "witht"), flags=CHANGE)
async def swap_texts(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen, other = (callback_data.id, callback_data.version), _pair(callback_data.arg)
    view = await turn.run(day_plan_texts.swap_texts, seen, other, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


# -- one more ---------------------------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "add"), flags=CHANGE)
async def pages(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    day = day_of(callback_data.id) or turn.now.date()
    found = await turn.read(day_plan_moves.pages_to_add, now=turn.now)
    await show(query, screens.pages(found, day, callback_data.version, turn.words))


@router.callback_query(PlanButton.filter(F.verb == "addp"), flags=CHANGE)
async def ask_extra(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    day = day_of(callback_data.id) or turn.now.date()
    view = await turn.run(day_plan_moves.ask_extra, callback_data.arg, day, now=turn.now)
    await show(query, screens.moments(view, turn.words, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "addat"), flags=CHANGE)
async def add(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    minutes, _, key = callback_data.arg.partition(".")
    try:
        view = await turn.run(day_plan_moves.add, key, moment_of(minutes), now=turn.now, rules=turn.settings.plan)
    except Doubtful as doubt:
        await show(query, screens.doubtful(doubt, 0, 0, key, turn.words))
    else:
        await show_slot(query, view, turn)


@router.message(Expecting(day_plan.ADD), Short(), flags=CHANGE)
async def add_typed(message: Message, expectation: Expectation, turn: Turn) -> None:
    """What is no hour is refused, and still awaited."""
    text, params = message.text or "", expectation.params
    try:
        view = await turn.run(day_plan_moves.add_typed, params, text, now=turn.now, rules=turn.settings.plan)
    except Doubtful as doubt:
        await show(message, screens.doubtful(doubt, 0, 0, str(params["key"]), turn.words))
    else:
        await show_slot(message, view, turn)


@router.callback_query(PlanButton.filter(F.verb == "addwhy"), flags=CHANGE)
async def add_because(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    """The tap on a reason adds it."""
    minutes, _, rest = callback_data.arg.partition(".")
    key, _, cause = rest.partition(".")
    what = {"do": Kind.ADD.value, "at": moment_of(minutes).isoformat(), "key": key}
    await because(query, turn, 0, 0, what, cause)


# -- what the planner would do ----------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "dry"), flags=CHANGE)
async def dry_run(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    day = day_of(callback_data.id) or turn.now.date()
    at, rules = callback_data.version, turn.settings.plan
    view = await turn.read(day_plan_dry.dry_run, day, at, now=turn.now, rules=rules)
    await show(query, dry_screens.dry_run(view, turn.words))
