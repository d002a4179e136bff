"""The control of a card as it stands, over the pressed message or elsewhere: for features that add to the card."""

from collections.abc import Awaitable, Callable

from aiogram.types import CallbackQuery

from domain.claims import Claimed
from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed
from domain.usecases import approvals, drafts
from handlers import draft_panel
from handlers.cards import place
from handlers.post import Poster
from handlers.screens import approvals as screens
from handlers.screens.base import Screen
from handlers.screens.plain import as_plain
from handlers.show import show, toast
from handlers.turn import Turn
from texts.errors import explain

Place = tuple[int, int]
NOWHERE: Place = (0, 0)


async def control(turn: Turn, at: Place, draft_id: int) -> Screen:
    """The card as of now, compared with the version whose text stands above the control there."""
    copy = await turn.db.read(lambda uow: uow.cards.find(*at))
    facts = await turn.read(approvals.card, draft_id, copy.version if copy else None, now=turn.now)
    return screens.control(facts, turn.actor.id, turn.actor.person.zone, turn.now, turn.words)


async def as_it_stands(query: CallbackQuery, turn: Turn, draft_id: int, act: Callable[[], Awaitable[None]]) -> None:
    """Do it; when the card was drawn for what is no more, say so and draw it anew."""
    try:
        await act()
    except (AlreadyDecided, Claimed, DraftChanged, DraftClosed) as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        await show(query, await control(turn, place(query), draft_id))


async def back(query: CallbackQuery, turn: Turn, post: Poster, draft_id: int, *, mine: bool) -> None:
    """Instead of a question: the card or the panel over which it was asked. A message below it goes away."""
    here = place(query)
    copy = await turn.db.read(lambda uow: uow.cards.find(*here))
    if copy is None:
        person, purpose = turn.actor.id, "panel" if mine else "card"
        shown = await turn.db.read(lambda uow: uow.cards.of_person(person, purpose, f"draft:{draft_id}"))
        for other in shown[:1]:
            await follow(turn, post, (other.chat_id, other.message_id), draft_id, mine=mine)
        await post.delete(here[0], [here[1]])
    elif mine:
        await draft_panel.here(query, turn, await turn.read(drafts.panel, draft_id, now=turn.now))
    else:
        await show(query, await control(turn, here, draft_id))


async def follow(turn: Turn, post: Poster, at: Place, draft_id: int, *, mine: bool) -> None:
    """What stands `at` a place after it was answered by a message; nothing when it was no card and no panel."""
    copy = None if at == NOWHERE else await turn.db.read(lambda uow: uow.cards.find(*at))
    if copy is None:
        return
    shown = draft_panel.panel(turn, await turn.read(drafts.panel, draft_id, now=turn.now)) if mine else None
    await post.redraw(*at, shown or await control(turn, at, draft_id))
