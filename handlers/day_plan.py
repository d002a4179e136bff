"""/plan: the day's board, one of its slots, another moment, taking out and bringing back, undo."""

from contextlib import suppress
from datetime import UTC, date, datetime

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from domain.day_plan import Doubtful, Kind
from domain.day_plan_moments import CLOCK_LIMIT
from domain.errors import NotFound
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import day_plan, day_plan_moves
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.screens import day_plan as screens
from handlers.screens import day_plan_parts as parts
from handlers.screens import questions
from handlers.screens.day_plan import PlanButton
from handlers.screens.nav import Go
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="day_plan")
router.message.filter(Private())

SEE, CHANGE = needs(Action.PLAN_SEE), needs(Action.PLAN_CHANGE)


class Short(Filter):
    """A text short enough for an hour: what is longer is a post."""

    async def __call__(self, message: Message) -> bool:
        return message.text is not None and len(message.text) <= CLOCK_LIMIT


def day_of(number: int) -> date | None:
    """A day of a button; None: today."""
    with suppress(ValueError, OverflowError):
        return date.fromordinal(number)
    return None


def moment_of(text: str) -> datetime:
    """Minutes of a button; NotFound when they are none."""
    try:
        return datetime.fromtimestamp(int(text) * 60, UTC)
    except (ValueError, OverflowError, OSError):
        raise NotFound("button") from None


# -- the board --------------------------------------------------------------------------------------------------------


@router.message(Command("plan"), flags=SEE)
@router.callback_query(Go.filter(F.to == "plan"), flags=SEE)
async def first(event: Message | CallbackQuery, turn: Turn) -> None:
    view = await turn.read(day_plan.board, now=turn.now)
    await show(event, screens.board(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "day"), flags=SEE)
async def board(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.read(day_plan.board, day_of(callback_data.id), callback_data.version, now=turn.now)
    await show(query, screens.board(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "days"), flags=SEE)
async def days(query: CallbackQuery, turn: Turn) -> None:
    await turn.read(day_plan.regions)  # whoever may see some region's plan
    await show(query, screens.days(turn.actor.person.local(turn.now).date(), turn.words))


@router.callback_query(PlanButton.filter(F.verb == "regions"), flags=SEE)
async def regions(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    found = await turn.read(day_plan.regions)
    await show(query, screens.regions(found, callback_data.version, turn.words, callback_data.id))


@router.callback_query(PlanButton.filter(F.verb == "region"), flags=SEE)
async def choose_region(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.run(day_plan.choose_region, callback_data.arg, day_of(callback_data.id), now=turn.now)
    await show(query, screens.board(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(PlanButton.filter(F.verb.in_({"only", "personal"})), flags=SEE)
async def narrow(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    """Only what is empty; volunteers' own pages instead of all others."""
    day, on = day_of(callback_data.id) or turn.now.date(), callback_data.arg == "1"
    if callback_data.verb == "only":
        view = await turn.run(day_plan.narrow, day, only_empty=on, now=turn.now)
    else:
        view = await turn.run(day_plan.narrow, day, personal=on, now=turn.now)
    await show(query, screens.board(view, turn.words, turn.actor.person.zone, turn.now))


# -- one slot ---------------------------------------------------------------------------------------------------------


async def show_slot(event: Message | CallbackQuery, view: day_plan.Sheet, turn: Turn) -> None:
    """The slot after a change, or looked at."""
    await show(event, screens.sheet(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "see"), flags=SEE)
async def see(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.read(day_plan.sheet, callback_data.id, now=turn.now)
    if callback_data.arg == "below":
        await send(query, screens.sheet(view, turn.words, turn.actor.person.zone, turn.now))
    else:
        await show_slot(query, view, turn)


@router.callback_query(PlanButton.filter(F.verb == "back"), flags=SEE)
async def back(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    await show_slot(query, await turn.run(day_plan.leave, callback_data.id, now=turn.now), turn)


@router.callback_query(PlanButton.filter(F.verb == "undo"), flags=CHANGE)
async def undo(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.run(day_plan_moves.undo, callback_data.id, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


# -- another moment ---------------------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "move"), flags=CHANGE)
async def ask_moment(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.run(day_plan_moves.ask_moment, callback_data.id, callback_data.version, now=turn.now)
    await show(query, parts.moments(view, turn.words, turn.now))


@router.callback_query(PlanButton.filter(F.verb == "at"), flags=CHANGE)
async def move(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen = callback_data.id, callback_data.version
    at = moment_of(callback_data.arg)
    try:
        view = await turn.run(day_plan_moves.move, *seen, at, now=turn.now, rules=turn.settings.plan)
    except Doubtful as doubt:
        await show(query, parts.doubtful(doubt, *seen, "", turn.words))
    else:
        await show_slot(query, view, turn)


@router.message(Expecting(day_plan.TIME), Short(), flags=CHANGE)
async def move_typed(message: Message, expectation: Expectation, turn: Turn) -> None:
    """What is no hour is refused, and still awaited."""
    seen = expectation.subject_id, expectation.version
    text = message.text or ""
    try:
        view = await turn.run(day_plan_moves.move_typed, *seen, text, now=turn.now, rules=turn.settings.plan)
    except Doubtful as doubt:
        await show(message, parts.doubtful(doubt, *seen, "", turn.words))
    else:
        await show_slot(message, view, turn)


@router.callback_query(PlanButton.filter(F.verb == "atwhy"), flags=CHANGE)
async def move_because(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    """The tap on a reason is the move."""
    minutes, _, cause = callback_data.arg.partition(".")
    what = {"do": Kind.MOVE.value, "at": moment_of(minutes).isoformat()}
    await because(query, turn, callback_data.id, callback_data.version, what, cause)


# -- taking out and bringing back -------------------------------------------------------------------------------------


@router.callback_query(PlanButton.filter(F.verb == "skip"), flags=CHANGE)
async def ask_why(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    view = await turn.read(day_plan_moves.look_open, callback_data.id, callback_data.version, now=turn.now)
    await show(query, parts.skip(view, turn.words, turn.actor.person.zone))


@router.callback_query(PlanButton.filter(F.verb == "skipwhy"), flags=CHANGE)
async def skip(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    what = {"do": Kind.SKIP.value}
    await because(query, turn, callback_data.id, callback_data.version, what, callback_data.arg)


@router.callback_query(PlanButton.filter(F.verb == "restore"), flags=CHANGE)
async def bring_back(query: CallbackQuery, callback_data: PlanButton, turn: Turn) -> None:
    seen = callback_data.id, callback_data.version
    view = await turn.run(day_plan_moves.bring_back, *seen, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


# -- reasons ----------------------------------------------------------------------------------------------------------


async def because(
    query: CallbackQuery, turn: Turn, slot_id: int, version: int, what: dict[str, str], cause: str
) -> None:
    """Done for the reason of a button, or once it is written."""
    if cause == "own":
        await turn.run(day_plan_moves.ask_reason, slot_id, version, what, now=turn.now)
        await show(query, parts.own_reason(slot_id, turn.words))
        return
    seen = slot_id, version
    view = await turn.run(day_plan_moves.because, *seen, what, cause, now=turn.now, rules=turn.settings.plan)
    await show_slot(query, view, turn)


@router.message(Expecting(day_plan.REASON), F.text, flags=CHANGE)
async def own_reason(message: Message, expectation: Expectation, turn: Turn) -> None:
    seen, what = (expectation.subject_id, expectation.version), expectation.params
    text = message.text or ""
    view = await turn.run(day_plan_moves.because, *seen, what, text, now=turn.now, rules=turn.settings.plan)
    await show_slot(message, view, turn)


@router.message(Expecting(*day_plan.QUESTIONS), ~F.text, flags=CHANGE)
async def only_text(message: Message, turn: Turn) -> None:
    """A photo, a voice message…: not taken, and the text is still awaited."""
    await show(message, questions.only_text(turn.words))
