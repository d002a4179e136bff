"""The network took a post down, or has blocked an account."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.rights import Action
from domain.usecases import accounts, assignments, mishaps
from handlers.access import needs
from handlers.screens import assignments as cards
from handlers.screens import mishaps as screens
from handlers.screens import proofs as proof_screens
from handlers.screens.assignment_parts import ProofButton
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="mishaps")

ANSWER = needs(Action.ASSIGNMENT_ANSWER)
CHECK = needs(Action.SPOT_CHECK)


@router.callback_query(ProofButton.filter(F.verb == "gone"), flags=ANSWER)
async def sure_gone(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    cb = callback_data
    view = await turn.read(
        mishaps.look_posted, cb.id, now=turn.now
    )  # an older message asks about the post as it is now
    await show(query, screens.sure_gone(view, turn.words, turn.now, cb.value))


@router.callback_query(ProofButton.filter(F.verb == "took"), flags=ANSWER)
async def gone(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.run(mishaps.removed, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.gone(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "fine"), flags=ANSWER)
async def still_there(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.read(assignments.look, callback_data.id)
    screen = proof_screens.proved if callback_data.value == "below" else cards.control
    await show(query, screen(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb.in_({"again", "leave"})), flags=CHECK)
async def answer(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    cb = callback_data
    found = await turn.run(
        mishaps.answer, cb.id, cb.version, again=cb.verb == "again", now=turn.now, rules=turn.settings.plan
    )
    await show(query, screens.answered(found.view, found.again, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "blocked"), flags=ANSWER)
async def sure_blocked(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.read(assignments.look_open, callback_data.id, callback_data.version)
    await show(query, screens.sure_blocked(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "block"), flags=ANSWER)
async def blocked(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    cb = callback_data
    found = await turn.run(accounts.block, cb.id, cb.version, now=turn.now, rules=turn.settings.plan)
    await send(query, screens.blocked(found, turn.words))  # the card itself is redrawn: somebody else has it


@router.callback_query(ProofButton.filter(F.verb == "still"), flags=ANSWER)
async def still_blocked(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    found = await turn.run(accounts.still, callback_data.id, now=turn.now)
    await show(query, screens.blocked(found, turn.words))


@router.callback_query(ProofButton.filter(F.verb == "works"), flags=ANSWER)
async def works_again(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    found = await turn.run(accounts.works_again, callback_data.id, now=turn.now, rules=turn.settings.plan)
    await show(query, screens.works(found, turn.words))
