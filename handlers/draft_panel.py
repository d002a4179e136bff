"""The author's panel on the screen: edited where it is, sent anew at the end of the chat, never twice."""

from collections.abc import Awaitable, Sequence

from aiogram.types import CallbackQuery
from markupsafe import Markup

from domain.drafts import DraftChanged, DraftClosed
from domain.pages import page_key
from domain.ports import UnitOfWork
from domain.usecases import drafts
from domain.usecases.drafts import Panel
from handlers.live import make_live
from handlers.post import Poster
from handlers.screens import drafts as screens
from handlers.screens.base import Content, Screen
from handlers.screens.drafts import DraftButton
from handlers.screens.plain import as_plain
from handlers.show import show, toast
from handlers.turn import Turn
from texts.errors import explain


def panel(turn: Turn, view: Panel, first: int = 0, *, previewed: bool = False, note: Markup | None = None) -> Screen:
    return screens.panel(view, turn.actor.person.zone, turn.now, turn.words, first, previewed=previewed, note=note)


async def then_panel(query: CallbackQuery, turn: Turn, cb: DraftButton, act: Awaitable[Panel]) -> None:
    """The panel after a press; a button drawn for an older version or state only shows how things stand now."""
    try:
        view = await act
    except DraftChanged:
        await stale(query, turn, cb.id)
    except DraftClosed as error:
        await toast(query, as_plain(explain(error, turn.words)), alert=True)
        await here(query, turn, await turn.read(drafts.panel, cb.id, now=turn.now))
    else:
        await show(query, panel(turn, view, first=_page_shown(view, cb.arg)))


async def stale(query: CallbackQuery, turn: Turn, draft_id: int) -> None:
    """The pressed button was drawn for an older version."""
    await toast(query, screens.stale_toast(turn.words))
    await here(query, turn, await turn.read(drafts.panel, draft_id, now=turn.now))


async def here(
    query: CallbackQuery,
    turn: Turn,
    view: Panel,
    first: int = 0,
    *,
    screen: Screen | None = None,
    without_content: Poster | None = None,
) -> None:
    """The pressed message becomes the draft's panel (or another `screen` of the same draft).

    `without_content`: who takes away what was shown above it.
    """
    shown = screen or panel(turn, view, first)
    await show(query, shown)
    if query.message is not None:
        gone = await _remember(turn, view, query.message.message_id, None if without_content else [], shown)
        if without_content is not None:
            await without_content.delete(turn.visitor.telegram_id, gone)


async def below(
    turn: Turn,
    post: Poster,
    view: Panel,
    content: Sequence[Content] = (),
    *,
    screen: Screen | None = None,
    note: Markup | None = None,
) -> None:
    """A new panel (or `screen`) at the end of the chat, with content above it; the older one goes away."""
    chat_id = turn.visitor.telegram_id
    shown = screen or panel(turn, view, previewed=bool(content), note=note)
    content_ids = await post.content(chat_id, content)
    message_id = await post.screen(chat_id, shown)
    gone = await _remember(turn, view, message_id, content_ids, shown)
    await post.delete(chat_id, gone)


async def redraw(turn: Turn, post: Poster, view: Panel) -> None:
    """The panel that is on the screen follows its draft; without one it is sent."""
    person = turn.actor.id
    copies = await turn.db.read(lambda uow: uow.cards.of_person(person, "panel", view.draft.subject))
    if not copies or not await post.redraw(copies[0].chat_id, copies[0].message_id, panel(turn, view)):
        await below(turn, post, view)


def _page_shown(view: Panel, key: str) -> int:
    """The first page of the choice's screen on which a key stands, so that a toggle does not turn the page."""
    keys = [page_key(page.code) for page in view.choice]
    return keys.index(key) // screens.PAGES_SHOWN * screens.PAGES_SHOWN if key in keys else 0


async def _remember(
    turn: Turn, view: Panel, message_id: int, content_ids: list[int] | None, screen: Screen
) -> list[int]:
    """Bookkeeping: this message is the draft's panel now; returns the messages of older ones.

    `content_ids`: what stands above it; empty: what did so before, None: nothing any more.
    """
    draft = view.draft

    async def keep(uow: UnitOfWork) -> list[int]:
        before = await uow.cards.find(turn.visitor.telegram_id, message_id)
        above = before.content_ids if before is not None else ()
        older = await make_live(
            uow,
            turn,
            message_id,
            screen,
            subject=draft.subject,
            purpose="panel",
            version=draft.version,
            content_ids=() if content_ids is None else content_ids or above,
        )
        gone = [number for copy in older for number in (*copy.content_ids, copy.message_id)]
        return [*gone, *above] if content_ids is None else gone

    return await turn.db.run(keep)
