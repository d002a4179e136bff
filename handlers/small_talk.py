"""“Ok”, “thanks”, “done”: answered in a line, and never a draft."""

from aiogram import Router
from aiogram.types import Message

from domain.rights import Action
from domain.small_talk import SmallTalk, is_small_talk, small_talk
from domain.usecases import team
from handlers.access import needs
from handlers.drafts import CouldBePost
from handlers.filters import Fits
from handlers.screens import home as screens
from handlers.show import show
from handlers.turn import Turn

router = Router(name="small_talk")


@router.message(CouldBePost(), Fits(is_small_talk), flags=needs(Action.START))
async def answered(message: Message, turn: Turn) -> None:
    view = await turn.read(team.home, now=turn.now)
    has_posts = bool(view.overdue or view.next_at)
    done = small_talk(message.text or "") is SmallTalk.DONE
    await show(message, screens.how_posted(turn.words) if done and has_posts else screens.no_draft(turn.words))
