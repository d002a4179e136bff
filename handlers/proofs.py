"""Proof of a publication: [Posted], links or a screenshot, and taking a mistaken one back."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from domain import links
from domain.links import NotALink, NotAPost, SeveralLinks, ShortLink, UnknownPlatform
from domain.notices import CardCopy
from domain.people import Actor
from domain.plan import OPEN_ASSIGNMENTS, LinkUsed, WrongPage, is_early
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.ports.record import Expectation
from domain.rights import Action
from domain.usecases import assignments, praise, proof_lists, proof_offers, proofs
from handlers.access import needs
from handlers.filters import Expecting
from handlers.live import make_live
from handlers.post import Poster
from handlers.screens import assignments as cards
from handlers.screens import proofs as screens
from handlers.screens.assignment_parts import AssignmentButton, ProofButton
from handlers.screens.praise import with_thanks
from handlers.show import send, show
from handlers.turn import Turn

router = Router(name="proofs")

SHORT = 60
"""Characters: an answer to "send the link" rather than a post."""
WITH_A_LINK = 200
_OURS = ("proof.offer", "out.late", proofs.TEXT, proofs.AGAIN)
_REFUSED = (NotALink, NotAPost, SeveralLinks, UnknownPlatform, WrongPage, LinkUsed)


class BareLink(Filter):
    """A message that is nothing but a link to a network, while something is to be posted today or it proved one, and nothing is asked.

    With a word or two beside it ("вот https://…") only when it fits what is to be posted: else it may be a post about something.
    """

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        text = message.text or ""
        alone = len(text.split()) == 1
        if "." not in text or not (alone or links.is_bare(text)):
            return False
        try:
            links.recognise(text)
        except (NotAPost, SeveralLinks, ShortLink):
            if not alone:
                return False  # else the handler says what is wrong with it
        except (NotALink, UnknownPlatform):
            return False
        asked = await turn.expectation()
        if await turn.find_actor() is None or (asked is not None and asked.kind not in _OURS):
            return False
        if alone:
            return await turn.read(_concerns_posts, text, turn)
        return await turn.read(proof_offers.would_prove, text, now=turn.now)


class CouldBeProof(Filter):
    """An own text message that has a link, or is too short for a post: everything else is left to the drafts.

    A longer text whose links lead to no post is a post about something, not a proof that went wrong.
    """

    async def __call__(self, message: Message) -> bool:
        text = message.text
        if text is None or message.forward_origin is not None:
            return False
        if len(text) <= SHORT or links.lists_posts(text):
            return True
        try:
            links.recognise(text)
        except (NotALink, NotAPost, SeveralLinks, UnknownPlatform) as error:
            return len(text) <= WITH_A_LINK and not isinstance(error, NotALink)
        return True


class ListOfLinks(Filter):
    """Links to several posts and hardly anything else, while the person has something to post today and nothing is asked."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        if message.forward_origin is not None or not links.lists_posts(message.text or ""):
            return False
        asked = await turn.expectation()
        if await turn.find_actor() is None or (asked is not None and asked.kind not in _OURS):
            return False
        return await turn.read(_concerns_posts, message.text or "", turn)


def picture_of(message: Message) -> tuple[str, PhotoSize | Document] | None:
    """A screenshot, sent as a photo or as a file, with its kind."""
    if message.photo:
        return "photo", message.photo[-1]
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return "document", document
    return None


async def fetch_picture(message: Message, turn: Turn) -> str:
    """The screenshot's SHA-256; fetched before the transaction."""
    found = picture_of(message)
    assert found is not None  # noqa: S101 - `Picture` let it through
    kind, file = found
    ref = await turn.media.fetch(
        file.file_id,
        kind,
        size=file.file_size,
        unique_id=file.file_unique_id,
        name=getattr(file, "file_name", None) or "",
        mime=getattr(file, "mime_type", None) or "image/jpeg",
    )
    return ref.sha256


class Picture(Filter):
    """A photo, or an image sent as a file."""

    async def __call__(self, message: Message) -> bool:
        return picture_of(message) is not None


async def _concerns_posts(uow: UnitOfWork, actor: Actor, text: str, turn: Turn) -> bool:
    """Something is open today, or what has been proven was sent once more (bad connections do that)."""
    if await proof_lists.counted(uow, actor, text):
        return True
    day = await assignments.my_day(uow, actor, now=turn.now)
    return any(view.assignment.state in OPEN_ASSIGNMENTS for view in day.today)


@router.callback_query(AssignmentButton.filter(F.verb == "posted"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def posted(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    """Long before its moment one more tap is asked for."""
    if callback_data.value != "sure":
        view = await turn.read(assignments.look_open, callback_data.id, callback_data.version)
        if is_early(view.assignment, turn.now):
            await show(query, screens.early(view, turn.words, turn.now))
            return
    view = await turn.run(proofs.ask_link, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.ask_link(view, turn.words, turn.now))


@router.callback_query(ProofButton.filter(F.verb == "nolink"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def no_link(query: CallbackQuery, callback_data: ProofButton, turn: Turn) -> None:
    view = await turn.run(proofs.ask_picture, callback_data.id, callback_data.version, now=turn.now)
    await show(query, screens.ask_picture(view, turn.words, turn.now))


@router.message(Expecting(proofs.PICTURE), Picture(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def screenshot(message: Message, expectation: Expectation, turn: Turn, post: Poster) -> None:
    sha256, settings = await fetch_picture(message, turn), turn.settings
    number = expectation.subject_id
    try:
        view = await turn.run(
            proofs.prove_by_picture, number, sha256, now=turn.now, rules=settings.plan, texts=settings.proof
        )
    except LinkUsed:
        view = await turn.read(assignments.look, number)
        await show(message, screens.picture_used(view, turn.words))
    else:
        await _proved(message, turn, post, view)


class HasPost(Filter):
    """A text with a link to a post: their own message put right, while its link is awaited."""

    async def __call__(self, message: Message) -> bool:
        return bool(links.posts_in(message.text or ""))


@router.edited_message(Expecting("proof.link"), HasPost(), CouldBeProof(), flags=needs(Action.ASSIGNMENT_ANSWER))
@router.message(Expecting("proof.link", proofs.PICTURE), CouldBeProof(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def link_sent(message: Message, expectation: Expectation, turn: Turn, post: Poster) -> None:
    """A link that does not fit is refused with the way out; it is still awaited. Several are matched one by one."""
    number, text, settings = expectation.subject_id, message.text or "", turn.settings
    if links.lists_posts(text):
        await _several(message, turn, number)
        return
    try:
        view = await turn.run(
            proof_lists.prove_awaited, number, text, now=turn.now, rules=settings.plan, texts=settings.proof
        )
    except NotALink as error:
        view = await turn.read(assignments.look, number)
        awaited = expectation.kind == proofs.PICTURE
        refused = screens.picture_please(view, turn.words) if awaited else screens.link_refused(view, error, turn.words)
        await show(message, refused)
    except _REFUSED as error:
        view = await turn.read(assignments.look, number)
        await show(message, screens.link_refused(view, error, turn.words))
    else:
        other = None if view.assignment.id == number else await turn.read(assignments.look, number)
        await _proved(message, turn, post, view, other)


async def _proved(
    event: Message | CallbackQuery,
    turn: Turn,
    post: Poster,
    view: AssignmentView,
    awaited: AssignmentView | None = None,
) -> None:
    """The answer is kept in mind: it loses its buttons when the proof stands no longer. `awaited`: another one's link was."""
    asks = bool(view.text) and turn.settings.proof.asks(view.page.lane)
    screen = screens.proved(view, turn.words, turn.now, asks=asks)
    screen = with_thanks(screen, await turn.read(praise.of_proof, view.assignment.id), turn.words)
    if awaited is not None:
        screen = screens.of_another(screen, view, awaited, turn.words, turn.now)
    if isinstance(event, CallbackQuery):
        await show(event, screen)
        message_id = event.message.message_id if event.message else 0
    else:
        sent = await send(event, screen)
        message_id = sent.message_id if sent else 0

    async def keep(uow: UnitOfWork) -> list[CardCopy]:
        subject = proofs.answer_subject(view.assignment.id)
        version = view.assignment.version
        return await make_live(uow, turn, message_id, screen, subject=subject, purpose=proofs.ANSWER, version=version)

    for copy in await turn.db.run(keep):
        await post.delete(copy.chat_id, [copy.message_id])


async def _several(message: Message, turn: Turn, awaited: int) -> None:
    text, settings = message.text or "", turn.settings
    done = await turn.run(
        proof_lists.prove_several, text, now=turn.now, rules=settings.plan, texts=settings.proof, awaited=awaited
    )
    await show(message, screens.several(done, turn.words, turn.now))


@router.message(ListOfLinks(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def list_of_links(message: Message, turn: Turn) -> None:
    await _several(message, turn, 0)


@router.message(BareLink(), flags=needs(Action.ASSIGNMENT_ANSWER))
async def bare_link(message: Message, turn: Turn) -> None:
    view = await turn.run(proof_offers.offer_proof, message.text or "", now=turn.now)
    await show(message, screens.found_for_link(view, turn.words, turn.now))


@router.callback_query(AssignmentButton.filter(F.verb == "linked"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def linked(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn, post: Poster) -> None:
    view = await turn.run(
        proof_offers.prove_offered,
        callback_data.id,
        callback_data.version,
        now=turn.now,
        rules=turn.settings.plan,
        texts=turn.settings.proof,
    )
    await _proved(query, turn, post, view)


@router.callback_query(AssignmentButton.filter(F.verb == "undo"), flags=needs(Action.ASSIGNMENT_ANSWER))
async def undo(query: CallbackQuery, callback_data: AssignmentButton, turn: Turn) -> None:
    view = await turn.run(proofs.undo, callback_data.id, callback_data.version, now=turn.now, rules=turn.settings.plan)
    if callback_data.value == screens.LIST:  # the others of the list keep their buttons
        await send(query, screens.undone(view, turn.words, turn.now))
        return
    # One live card: the message below it only says what happened.
    screen = screens.undone if callback_data.value == "below" else cards.control
    await show(query, screen(view, turn.words, turn.now))
