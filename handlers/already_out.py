"""[It is out already]: what was published before a stop, a recall or a colleague took it is proven all the same."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.links import NotALink, NotAPost, SeveralLinks, UnknownPlatform
from domain.plan import LinkUsed, WrongPage
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import already_out, assignments
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.proofs import CouldBeProof
from handlers.screens import proofs as screens
from handlers.screens.assignment_parts import AssignmentButton
from handlers.show import show
from handlers.turn import Turn

router = Router(name="already_out")
router.message.filter(Private())

_REFUSED = (NotALink, NotAPost, SeveralLinks, UnknownPlatform, WrongPage, LinkUsed)


@router.callback_query(AssignmentButton.filter(F.verb == "out"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def ask(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(already_out.ask_link, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.ask_link(view, turn.words, turn.now, pictures=False))


class OfPost(Filter):
    """A link to the post that a colleague has taken over meanwhile."""

    async def __call__(self, message: Message, expectation: Expectation, turn: Turn) -> bool:
        return await turn.read(already_out.is_of, expectation.subject_id, message.text or "")


@router.message(Expecting(already_out.LATE), CouldBeProof(), OfPost(), flags=needs(Action.ASSIGNMENT_ANSWER))
@router.message(Expecting(already_out.LINK), CouldBeProof(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def link_sent(message: Message, expectation: Expectation, turn: Turn) -> None:
    """A link that does not fit is refused with the way out; it is still awaited."""
    number, settings = expectation.subject_id, turn.settings
    try:
        view = await turn.run(
            already_out.prove,
            number,
            message.text or "",
            now=turn.now,
            rules=settings.plan,
            allowed=settings.recall_time,
        )
    except _REFUSED as error:
        await show(
            message, screens.link_refused(await turn.read(assignments.look, number), error, turn.words, pictures=False)
        )
    else:
        await show(message, screens.proved(view, turn.words, turn.now))
