"""Deciding: the queue, one card at a time, two taps at most."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed, Reason, Verdict
from domain.errors import DomainError, Forbidden, NotFound
from domain.notices import CardCopy
from domain.ports import UnitOfWork
from domain.ports.record import Expectation
from domain.rights import Action, ensure_may
from domain.usecases import approvals
from domain.usecases.approvals import CardFacts, Decided
from handlers.access import needs
from handlers.filters import Expecting, Private
from handlers.middleware import Handler
from handlers.post import Poster
from handlers.screens import approvals as screens
from handlers.screens.approvals import ApprovalButton
from handlers.screens.base import Screen
from handlers.screens.nav import Go
from handlers.show import send, show, toast
from handlers.turn import Turn

router = Router(name="approvals")
router.message.filter(Private())

DECIDE = needs(Action.DRAFT_DECIDE)


class WithoutRights(BaseMiddleware):
    """A control whose reader may not decide any more loses its buttons; why is said as everywhere."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Forbidden:
            if isinstance(event, CallbackQuery) and isinstance(data.get("callback_data"), ApprovalButton):
                turn: Turn = data["turn"]
                await show(event, screens.not_yours(turn.words))
            raise


router.callback_query.middleware(WithoutRights())


# --- walking the queue -----------------------------------------------------------------------------------------------


@router.callback_query(ApprovalButton.filter(F.verb == "ok"), flags=DECIDE)
async def approve(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    await _decide(query, turn, callback_data, Verdict.APPROVE)


@router.message(Command("queue"), flags=needs(Action.QUEUE))
@router.callback_query(Go.filter(F.to == "queue"), flags=needs(Action.QUEUE))
@router.callback_query(ApprovalButton.filter(F.verb == "open"), flags=needs(Action.QUEUE))
async def open_queue(event: Message | CallbackQuery, turn: Turn, post: Poster) -> None:
    facts = await turn.read(approvals.next_card, now=turn.now)
    if facts is None:
        await show(event, screens.nothing_waits(turn.words))
    else:
        await _send_card(turn, post, facts)


@router.callback_query(ApprovalButton.filter(F.verb == "next"), flags=DECIDE)
async def next_card(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    facts = await turn.read(approvals.next_card, callback_data.id, now=turn.now)
    if facts is None:
        await send(query, await _end(turn))
    else:
        await _send_card(turn, post, facts)


@router.callback_query(ApprovalButton.filter(F.verb == "skip"), flags=DECIDE)
async def skip(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """The card leaves the chat, not the queue."""
    facts = await turn.read(approvals.next_card, callback_data.id, now=turn.now)
    copy = await turn.db.read(lambda uow: uow.cards.find(*_place(query)))
    if facts is None:
        await show(query, await _end(turn))
        gone = list(copy.content_ids) if copy else []
    else:
        await _send_card(turn, post, facts)
        gone = [*(copy.content_ids if copy else ()), _place(query)[1]]
    if copy is not None:
        await turn.db.run(lambda uow: uow.cards.remove(copy.id))
    await post.delete(turn.visitor.telegram_id, gone)


@router.callback_query(ApprovalButton.filter(F.verb == "show"), flags=DECIDE)
async def show_anew(_: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """The current version in full, in place of the card that showed an older one."""
    await _send_card(turn, post, await turn.read(approvals.card, callback_data.id, now=turn.now))


# --- reasons and lines -----------------------------------------------------------------------------------------------


@router.callback_query(ApprovalButton.filter(F.verb.in_({"ask", "ask+"})), flags=DECIDE)
async def ask_reason(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    cb = callback_data
    ensure_may(await turn.member(), Action.DRAFT_DECIDE)
    verdict = Verdict.REJECT if cb.arg == Verdict.REJECT else Verdict.RETURN
    await show(query, screens.reasons(cb.id, cb.version, verdict, line=cb.verb == "ask+", w=turn.words))


@router.callback_query(ApprovalButton.filter(F.verb == "why"), flags=DECIDE)
async def decide_with_reason(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    verdict, reason = _verdict_and_reason(callback_data)
    await _decide(query, turn, callback_data, verdict, reason)


@router.callback_query(ApprovalButton.filter(F.verb == "line"), flags=DECIDE)
async def ask_line(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    cb = callback_data
    verdict, reason = _verdict_and_reason(cb)
    ask = approvals.ask_note

    async def act() -> None:
        await turn.run(ask, cb.id, cb.version, verdict, reason, pressed=_place(query), now=turn.now)
        await show(query, screens.ask_line(cb.id, cb.version, verdict, reason, turn.words))

    await _or_redraw(query, turn, cb, act)


@router.callback_query(ApprovalButton.filter(F.verb == "noline"), flags=DECIDE)
async def decide_without_line(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    """On the card, or below a line that was refused: then the card above shows the outcome."""
    cb = callback_data
    verdict, reason = _verdict_and_reason(cb)
    place = _place(query)

    async def act() -> None:
        decide = approvals.decide_with_note
        done = await turn.run(decide, cb.id, cb.version, verdict, reason=reason, pressed=place, now=turn.now)
        card = await _card_elsewhere(query, turn, cb)
        await show(query, screens.told(done, turn.words) if card else _decided(turn, done))

    await _or_redraw(query, turn, cb, act)


@router.callback_query(ApprovalButton.filter(F.verb == "back"), flags=DECIDE)
async def back(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """From the card itself, or from below a line that was refused: that message goes, the card is as before."""
    await turn.run(approvals.stop_asking)
    card = await _card_elsewhere(query, turn, callback_data)
    if card is None:
        await show(query, await _control(query, turn, callback_data))
        return
    facts = await turn.read(approvals.card, callback_data.id, card.version, now=turn.now)
    control = screens.control(facts, turn.actor.id, turn.actor.person.zone, turn.now, turn.words)
    await post.redraw(card.chat_id, card.message_id, control)
    await post.delete(card.chat_id, [_place(query)[1]])


class CouldBeLine(Filter):
    """A short text in the approver's own words."""

    async def __call__(self, message: Message) -> bool:
        return 0 < len(message.text or "") <= approvals.NOTE_LIMIT and message.forward_origin is None


@router.message(Expecting(approvals.QUESTION), CouldBeLine(), flags=DECIDE)
async def line_written(message: Message, turn: Turn, expectation: Expectation, post: Poster) -> None:
    params = expectation.params
    chat_id, message_id = params["pressed"]
    try:
        done = await turn.run(
            approvals.decide_with_note,
            expectation.subject_id,
            expectation.version,
            Verdict(params["verdict"]),
            reason=Reason(params["reason"]),
            note=message.text or "",
            pressed=(chat_id, message_id),
            now=turn.now,
        )
    except DomainError as error:
        # Asked again, the line would only fail again; the card says how things stand.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, approvals.QUESTION))
        if isinstance(error, Forbidden):
            await post.redraw(chat_id, message_id, screens.not_yours(turn.words))
        raise
    await post.redraw(chat_id, message_id, _decided(turn, done, more=False))
    await show(message, screens.told(done, turn.words))


@router.message(Expecting(approvals.QUESTION), flags=DECIDE)
async def not_a_line(message: Message, turn: Turn, expectation: Expectation) -> None:
    """A picture, a forward, a long text: the line is still awaited."""
    length = 0 if message.forward_origin else len(message.text or "")
    verdict, reason = Verdict(expectation.params["verdict"]), Reason(expectation.params["reason"])
    about = (expectation.subject_id, expectation.version, verdict, reason)
    await show(message, screens.no_line(*about, length, turn.words))


# --- inside ----------------------------------------------------------------------------------------------------------


async def _decide(
    query: CallbackQuery,
    turn: Turn,
    cb: ApprovalButton,
    verdict: Verdict,
    reason: Reason | None = None,
) -> None:
    place = _place(query)

    async def act() -> None:
        done = await turn.run(approvals.decide, cb.id, cb.version, verdict, reason=reason, pressed=place, now=turn.now)
        await show(query, _decided(turn, done))

    await _or_redraw(query, turn, cb, act)


async def _or_redraw(query: CallbackQuery, turn: Turn, cb: ApprovalButton, act: Callable[[], Awaitable[None]]) -> None:
    """A version that is no more or a faster colleague: the tap says so, the control shows how things stand."""
    try:
        await act()
    except (DraftChanged, AlreadyDecided, DraftClosed) as error:
        facts = await _facts(query, turn, cb)
        zone, w = turn.actor.person.zone, turn.words
        changed = isinstance(error, DraftChanged)
        text = screens.changed_toast(w) if changed else screens.decided_toast(facts, zone, turn.now, w)
        await toast(query, text, alert=True)
        await show(query, screens.control(facts, turn.actor.id, zone, turn.now, w))


async def _facts(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> CardFacts:
    """The card as of now, compared with the version whose text stands above the pressed control."""
    copy = await turn.db.read(lambda uow: uow.cards.find(*_place(query)))
    return await turn.read(approvals.card, cb.id, copy.version if copy else cb.version, now=turn.now)


async def _control(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> Screen:
    facts = await _facts(query, turn, cb)
    return screens.control(facts, turn.actor.id, turn.actor.person.zone, turn.now, turn.words)


async def _card_elsewhere(query: CallbackQuery, turn: Turn, cb: ApprovalButton) -> CardCopy | None:
    """The person's card of this draft, when the pressed message is another one."""
    person = turn.actor.id
    copies = await turn.db.read(lambda uow: uow.cards.of_person(person, "card", f"draft:{cb.id}"))
    return None if any((c.chat_id, c.message_id) == _place(query) for c in copies) else next(iter(copies), None)


def _decided(turn: Turn, done: Decided, *, more: bool = True) -> Screen:
    return screens.decided(done, turn.actor.person.zone, turn.now, turn.words, more=more)


def _verdict_and_reason(cb: ApprovalButton) -> tuple[Verdict, Reason]:
    verdict, _, reason = cb.arg.partition(".")
    try:
        return Verdict(verdict), Reason(reason)
    except ValueError:
        raise NotFound("button") from None


def _place(query: CallbackQuery) -> tuple[int, int]:
    """Where the pressed control is."""
    return query.from_user.id, query.message.message_id if query.message else 0


async def _end(turn: Turn) -> Screen:
    left = await turn.read(approvals.count)
    return screens.end_of_queue(left, turn.words) if left else screens.nothing_waits(turn.words)


async def _send_card(turn: Turn, post: Poster, facts: CardFacts) -> None:
    """Content, control, bookkeeping; then a look whether it was decided or changed while in the air."""
    actor, chat_id = turn.actor, turn.visitor.telegram_id
    zone, draft = actor.person.zone, facts.sheet.draft
    card = screens.card(facts, actor.id, zone, turn.now, turn.words, turn.bot.id)
    content_ids = await post.content(chat_id, card.content)
    message_id = await post.screen(chat_id, card.control)

    async def keep(uow: UnitOfWork) -> tuple[list[CardCopy], CardFacts]:
        older = await uow.cards.of_person(actor.id, "card", draft.subject)
        for copy in older:
            await uow.cards.remove(copy.id)
        await uow.cards.add(
            person_id=actor.id,
            chat_id=chat_id,
            message_id=message_id,
            content_ids=content_ids,
            subject=draft.subject,
            purpose="card",
            version=draft.version,
            fingerprint=card.control.fingerprint,
            now=turn.now,
        )
        return older, await approvals.card(uow, actor, draft.id, draft.version, now=turn.now)

    older, current = await turn.db.run(keep)
    now_drawn = screens.control(current, actor.id, zone, turn.now, turn.words)
    if now_drawn.fingerprint != card.control.fingerprint:
        await post.redraw(chat_id, message_id, now_drawn)
    for copy in older:
        await post.delete(chat_id, [*copy.content_ids, copy.message_id])
