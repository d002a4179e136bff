"""/checks: press secretaries look at proofs; whoever posted may say that it is right."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.awaited import could_be_wish
from domain.ports.record import Expectation
from domain.rights import Action
from domain.spot_checks import WrongReason
from domain.usecases import disputes, spot_checks
from handlers.access import needs
from handlers.filters import Expecting, Fits, Private, chosen
from handlers.post import Poster
from handlers.screens import spot_checks as screens
from handlers.screens.base import Content, MediaFile
from handlers.screens.nav import Go
from handlers.screens.spot_checks import CheckButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="spot_checks")
router.message.filter(Private())

CHECK = needs(Action.SPOT_CHECK)
ALONE = "alone"


@router.message(Command("checks"), flags=CHECK)
@router.callback_query(Go.filter(F.to == "checks"), flags=CHECK)
@router.callback_query(CheckButton.filter(F.verb == "next"), flags=CHECK)
async def begin(event: Message | CallbackQuery, turn: Turn) -> None:
    await _next(event, turn)


async def _next(event: Message | CallbackQuery, turn: Turn) -> None:
    found = await turn.read(spot_checks.next_one, now=turn.now, rules=turn.settings.proof)
    if found is None:
        await show(event, screens.nothing(turn.words, await turn.read(disputes.of_reader)))
    else:
        await show(event, screens.card(found, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(CheckButton.filter(F.verb == "card"), flags=CHECK)
async def card(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    if callback_data.value != ALONE:
        await _next(query, turn)
        return
    found = await turn.read(spot_checks.look_at, callback_data.id)
    await show(query, screens.card(found, turn.words, turn.actor.person.zone, turn.now, alone=True))


@router.callback_query(CheckButton.filter(F.verb == "fine"), flags=CHECK)
async def fine(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    view = await turn.run(spot_checks.fine, callback_data.id, callback_data.version, now=turn.now)
    if callback_data.value == ALONE:
        await show(query, screens.done(view, turn.words))
    else:
        await _next(query, turn)


@router.callback_query(CheckButton.filter(F.verb == "wrong"), flags=CHECK)
async def wrong(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    found = await turn.read(spot_checks.look_at, callback_data.id)
    await show(query, screens.reasons(found, turn.words, callback_data.value))


@router.callback_query(CheckButton.filter(F.verb == "why"), flags=CHECK)
async def because(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    """A reason in own words is asked for in a line."""
    cb, reason = callback_data, chosen(WrongReason, callback_data.value)
    if reason is WrongReason.NOTE:
        view = await turn.run(spot_checks.ask_note, cb.id, cb.version, now=turn.now)
        await show(query, screens.ask_note(view, turn.words))
        return
    found = await turn.run(spot_checks.not_right, cb.id, cb.version, reason, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.given_back(found, turn.words))


@router.message(Expecting(spot_checks.NOTE), Fits(could_be_wish), flags=CHECK)
async def in_own_words(message: Message, expectation: Expectation, turn: Turn) -> None:
    found = await turn.run(
        spot_checks.not_right,
        expectation.subject_id,
        expectation.version,
        WrongReason.NOTE,
        now=turn.now,
        rules=turn.settings.plan,
        note=message.text or "",
    )
    await show(message, screens.given_back(found, turn.words))


@router.callback_query(CheckButton.filter(F.verb.in_({"shot", "shown"})), flags=CHECK)
async def screenshot(_: CallbackQuery, callback_data: CheckButton, turn: Turn, post: Poster) -> None:
    """The picture that was sent as proof, or as the published text, below."""
    found = await turn.read(spot_checks.look_at, callback_data.id)
    wanted = found.proof.media if callback_data.verb == "shot" else found.text.media if found.text else ""
    await _send_picture(turn, post, wanted)


@router.callback_query(CheckButton.filter(F.verb == "past"), flags=CHECK)
async def past_screenshot(_: CallbackQuery, callback_data: CheckButton, turn: Turn, post: Poster) -> None:
    await _send_picture(turn, post, await turn.read(spot_checks.past_picture, callback_data.id))


async def _send_picture(turn: Turn, post: Poster, wanted: str) -> None:
    stored = await turn.db.read(lambda uow: uow.media.get_many([wanted]))
    pictures = [
        MediaFile(file.sha256, file.kind, file.file_id if file.bot_id == turn.bot.id else None, file.name)
        for file in stored.values()
    ]
    await post.content(turn.visitor.telegram_id, [Content("", (picture,)) for picture in pictures])


# -- disputes -----------------------------------------------------------------------------------------------------------------


@router.callback_query(CheckButton.filter(F.verb == "sure"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def dispute(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    found = await turn.run(spot_checks.dispute, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.asked_others(found, turn.words, turn.now))


@router.callback_query(CheckButton.filter(F.verb == "dispute"), flags=CHECK)
async def see_dispute(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    found, past = await turn.read(disputes.look, callback_data.id)
    await show(query, screens.dispute(found, past, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(CheckButton.filter(F.verb.in_({"right", "redo"})), flags=CHECK)
async def settle(query: CallbackQuery, callback_data: CheckButton, turn: Turn) -> None:
    cb = callback_data
    found = await turn.run(
        spot_checks.settle, cb.id, cb.version, right=cb.verb == "right", now=turn.now, rules=turn.settings.plan
    )
    await show(query, screens.decided(found, turn.words))
