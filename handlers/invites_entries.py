"""Letting in those who came by a shared link; the other copies of the card are redrawn by notices."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.rights import Action
from domain.usecases import invites_entries
from domain.usecases.invites_entries import EntryCard
from domain.usecases.join import Defaults
from handlers.access import needs
from handlers.screens import invites_entries as screens
from handlers.screens.invites_many import ManyButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="invites_entries")
_DECIDE = needs(Action.ACCESS_DECIDE)


def _defaults(turn: Turn) -> Defaults:
    return Defaults(turn.settings.digest_at, turn.settings.quiet_from, turn.settings.quiet_to)


async def _show(query: CallbackQuery, view: EntryCard, turn: Turn) -> None:
    await show(query, screens.card(view, turn.words, turn.actor.person.zone, turn.now))


@router.callback_query(ManyButton.filter(F.verb == "card"), flags=_DECIDE)
async def card(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await _show(query, await turn.read(invites_entries.card, callback_data.id), turn)


@router.callback_query(ManyButton.filter(F.verb == "in"), flags=_DECIDE)
async def let_in(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    view = await turn.run(invites_entries.let_in, callback_data.id, now=turn.now, defaults=_defaults(turn))
    await _show(query, view, turn)


@router.callback_query(ManyButton.filter(F.verb == "all"), flags=_DECIDE)
async def let_in_all(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    cb = callback_data
    view = await turn.run(invites_entries.let_in_all, cb.id, cb.n, now=turn.now, defaults=_defaults(turn))
    await _show(query, view, turn)


@router.callback_query(ManyButton.filter(F.verb == "no"), flags=_DECIDE)
async def refuse(query: CallbackQuery, callback_data: ManyButton, turn: Turn) -> None:
    await _show(query, await turn.run(invites_entries.refuse, callback_data.id, now=turn.now), turn)
