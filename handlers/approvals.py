"""Deciding: one tap to approve, two to say why not, one to take it back."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.claims import Claimed
from domain.drafts import AlreadyDecided, DraftChanged, DraftClosed, Reason, Verdict
from domain.errors import DomainError, Forbidden, NotFound
from domain.ports.record import Expectation
from domain.rights import Action, ensure_may
from domain.undo import CannotUndo
from domain.usecases import approvals, undo
from domain.usecases.approvals import Decided
from handlers.access import needs
from handlers.cards import WithoutRights, card_elsewhere, control_of, facts_of, place, send_card
from handlers.filters import Expecting, Private
from handlers.post import Poster
from handlers.screens import approval_outcomes as outcomes
from handlers.screens import approvals as screens
from handlers.screens import desk_talk
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Screen
from handlers.show import show, toast
from handlers.turn import Turn

router = Router(name="approvals")
router.message.filter(Private())
router.callback_query.middleware(WithoutRights())

DECIDE = needs(Action.DRAFT_DECIDE)


# --- in one tap ------------------------------------------------------------------------------------------------------


@router.callback_query(ApprovalButton.filter(F.verb.in_({"ok+", "ok+!"})), flags=DECIDE)
async def approve_and_next(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """One tap per draft: the decided card shrinks to a line, the next one comes below."""
    cb = callback_data

    async def act() -> None:
        tapped = _tapped(place(query), turn)
        done = await turn.run(approvals.decide, cb.id, cb.version, Verdict.APPROVE, sure=_sure(cb), **tapped)
        facts = await turn.read(approvals.next_card, cb.id, now=turn.now)
        if facts is None:
            left = await turn.read(approvals.count)
            await show(query, _decided(turn, done, more=False, skipped=left))
        else:
            await show(query, _decided(turn, done, more=False))
            await send_card(turn, post, facts)

    await _or_redraw(query, turn, cb, act)


@router.callback_query(ApprovalButton.filter(F.verb.in_({"ok", "ok!"})), flags=DECIDE)
async def approve(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    await _decide(query, turn, callback_data, Verdict.APPROVE)


@router.callback_query(ApprovalButton.filter(F.verb == "undo"), flags=DECIDE)
async def undo_own(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    """The control asks again; an undo that comes too late is told why and sees how things stand."""
    cb = callback_data
    try:
        await turn.run(undo.undo, cb.id, cb.version, pressed=place(query), now=turn.now)
    except CannotUndo:
        await show(query, await control_of(query, turn, cb))
        raise
    await toast(query, outcomes.undone_toast(turn.words))
    await show(query, await control_of(query, turn, cb))


# --- reasons and lines -----------------------------------------------------------------------------------------------


@router.callback_query(ApprovalButton.filter(F.verb.in_({"ask", "ask+"})), flags=DECIDE)
async def ask_reason(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    cb = callback_data
    ensure_may(await turn.member(), Action.DRAFT_DECIDE)
    verdict = Verdict.REJECT if cb.arg == Verdict.REJECT else Verdict.RETURN
    await show(query, screens.reasons(cb.id, cb.version, verdict, line=cb.verb == "ask+", w=turn.words))


@router.callback_query(ApprovalButton.filter(F.verb.in_({"why", "why!"})), flags=DECIDE)
async def decide_with_reason(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    verdict, reason = _verdict_and_reason(callback_data)
    await _decide(query, turn, callback_data, verdict, reason)


@router.callback_query(ApprovalButton.filter(F.verb.in_({"line", "line!"})), flags=DECIDE)
async def ask_line(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    cb = callback_data
    verdict, reason = _verdict_and_reason(cb)
    ask = approvals.ask_note

    async def act() -> None:
        await turn.run(ask, cb.id, cb.version, verdict, reason, sure=_sure(cb), pressed=place(query), now=turn.now)
        await show(query, screens.ask_line(cb.id, cb.version, verdict, reason, turn.words))

    await _or_redraw(query, turn, cb, act)


@router.callback_query(ApprovalButton.filter(F.verb == "noline"), flags=DECIDE)
async def decide_without_line(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn) -> None:
    """On the card, or below a line that was refused: then the card above shows the outcome."""
    cb = callback_data
    verdict, reason = _verdict_and_reason(cb)

    async def act() -> None:
        decide = approvals.decide_with_note
        done = await turn.run(decide, cb.id, cb.version, verdict, reason=reason, **_tapped(place(query), turn))
        card = await card_elsewhere(query, turn, cb)
        await show(query, _told(turn, done) if card else _decided(turn, done))

    await _or_redraw(query, turn, cb, act)


@router.callback_query(ApprovalButton.filter(F.verb == "back"), flags=DECIDE)
async def back(query: CallbackQuery, callback_data: ApprovalButton, turn: Turn, post: Poster) -> None:
    """From the card itself, or from below a line that was refused: that message goes, the card is as before."""
    await turn.run(approvals.stop_asking)
    card = await card_elsewhere(query, turn, callback_data)
    if card is None:
        await show(query, await control_of(query, turn, callback_data))
        return
    facts = await turn.read(approvals.card, callback_data.id, card.version, now=turn.now)
    control = screens.control(facts, turn.actor.id, turn.actor.person.zone, turn.now, turn.words)
    await post.redraw(card.chat_id, card.message_id, control)
    await post.delete(card.chat_id, [place(query)[1]])


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
            **_tapped((chat_id, message_id), turn),
        )
    except DomainError as error:
        # Asked again, the line would only fail again; the card says how things stand.
        person = turn.actor.id
        await turn.db.run(lambda uow: uow.expectations.clear(person, approvals.QUESTION))
        if isinstance(error, Forbidden):
            await post.redraw(chat_id, message_id, outcomes.not_yours(turn.words))
        raise
    await post.redraw(chat_id, message_id, _decided(turn, done, more=False))
    await show(message, _told(turn, done))


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
    async def act() -> None:
        tapped = _tapped(place(query), turn)
        done = await turn.run(approvals.decide, cb.id, cb.version, verdict, reason=reason, sure=_sure(cb), **tapped)
        await show(query, _decided(turn, done))

    await _or_redraw(query, turn, cb, act)


async def _or_redraw(query: CallbackQuery, turn: Turn, cb: ApprovalButton, act: Callable[[], Awaitable[None]]) -> None:
    """A version that is no more or a faster colleague: the tap says so, the control shows how things stand."""
    try:
        await act()
    except Claimed as error:
        yes, no = cb.model_copy(update={"verb": f"{cb.verb}!"}), cb.model_copy(update={"verb": "back"})
        await show(query, desk_talk.confirm_claimed(error, yes, no, turn.words))
    except (DraftChanged, AlreadyDecided, DraftClosed) as error:
        facts = await facts_of(query, turn, cb)
        zone, w = turn.actor.person.zone, turn.words
        changed = isinstance(error, DraftChanged)
        relined = facts.extra.imprint.relined is not None
        text = (
            outcomes.changed_toast(w, relined=relined) if changed else outcomes.decided_toast(facts, zone, turn.now, w)
        )
        own = bool(facts.sheet.decisions) and facts.sheet.decisions[-1].approver_id == turn.actor.id
        if own and not changed:
            await toast(query, outcomes.done_toast(w))  # a double tap: nothing to be alarmed about
        else:
            await toast(query, text, alert=True)
        await show(query, screens.control(facts, turn.actor.id, zone, turn.now, w))


def _sure(cb: ApprovalButton) -> bool:
    """Although somebody else is on it."""
    return cb.verb.endswith("!")


def _tapped(pressed: tuple[int, int], turn: Turn) -> dict[str, Any]:
    """What every decision in private is told: where, when, and how long it can be undone."""
    return {"pressed": pressed, "undo_seconds": turn.settings.undo_seconds, "now": turn.now}


def _decided(turn: Turn, done: Decided, *, more: bool = True, skipped: int | None = None) -> Screen:
    return outcomes.decided(done, turn.actor.person.zone, turn.now, turn.words, more=more, skipped=skipped)


def _told(turn: Turn, done: Decided) -> Screen:
    return outcomes.told(done, turn.actor.person.zone, turn.now, turn.words)


def _verdict_and_reason(cb: ApprovalButton) -> tuple[Verdict, Reason]:
    verdict, _, reason = cb.arg.partition(".")
    try:
        return Verdict(verdict), Reason(reason)
    except ValueError:
        raise NotFound("button") from None
