"""Own messages that are changed afterwards: figures and links were read when they came, and that is said."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from domain import links
from domain.figures import POST_METRICS
from domain.rights import Action
from domain.typed_figures import BadFigure, meant_as_figures, read_page_figure, read_typed_figures
from domain.usecases import drafts
from handlers.access import needs
from handlers.drafts import CouldBePost
from handlers.filters import Fits, Private
from handlers.screens import general as screens
from handlers.show import show
from handlers.turn import Turn

router = Router(name="read_once")
router.edited_message.filter(Private())
LONGEST = 200
"""Characters of figures or of a link with a word beside it; a longer text is about something."""


def figures_or_link(text: str) -> bool:
    """Whether a text is nothing but figures or a link to a post."""
    if len(text) > LONGEST:
        return False
    return bool(links.posts_in(text)) or meant_as_figures(text) or _is_figure(text)


def _is_figure(text: str) -> bool:
    try:
        read_page_figure(text)
    except BadFigure:
        pass
    else:
        return True
    try:
        return bool(read_typed_figures(text, POST_METRICS))
    except BadFigure:
        return False


class NoDraft(Filter):
    """No draft was made from the message: it would follow the change."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        return not await turn.read(drafts.is_made_from, message.message_id)


@router.edited_message(CouldBePost(), Fits(figures_or_link), NoDraft(), flags=needs(Action.ANYTHING_ELSE))
async def changed(message: Message, turn: Turn) -> None:
    """Which of the figures or posts it was about is not kept: they are put right where they are shown."""
    await show(message, screens.read_once(turn.words, link=bool(links.posts_in(message.text or ""))))
