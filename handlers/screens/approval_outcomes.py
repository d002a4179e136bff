"""What was decided: on the card, below what the approver wrote, in the toast of whoever came too late."""

from datetime import datetime

from markupsafe import Markup

from domain.drafts import Decision, DraftState, Verdict
from domain.ports.drafts import DraftSheet
from domain.undo import may_undo
from domain.usecases.approvals import CardFacts, Decided
from handlers.screens import recalls, urgent
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Row, Screen, button, lines
from handlers.screens.draft_parts import excerpt, files, verdict_of, why
from handlers.screens.evergreen_row import evergreen_row
from texts.words import Words


def outcome(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words) -> Screen:
    """A card that asks nothing (any more)."""
    sheet = facts.sheet
    shown: list[Markup | str | None] = []
    for decision in sheet.decisions:
        by = None if decision.approver_id == reader else decision.approver_name
        shown += [verdict_of(decision, by, w.moment(decision.at, zone, now), w), why(decision, w)]
    if sheet.draft.state in {DraftState.WRITING, DraftState.WITHDRAWN}:
        shown = [w("The author took it back.")]
    elif sheet.draft.state is DraftState.RETURNED and not sheet.decisions:
        shown = [w("↩ Sent back before: the author is working on it.")]
    elif sheet.draft.state is DraftState.SUBMITTED:
        shown += [lapsed(sheet, w), _more_needed(len(sheet.decisions), sheet.approvals_needed, w)]
    if sheet.decisions and sheet.draft.settled_at is None:
        shown.append(_until(sheet.decisions[-1], reader, zone, now, w))
    shown.append(_which(facts.sheet.author_name, sheet.draft.text, files(sheet.draft.media, w), w))
    undo = _undo(sheet.decisions[-1], w) if may_undo(sheet, reader, now) else ()
    settled = sheet.draft.state is DraftState.APPROVED and sheet.draft.settled_at is not None
    at_once: tuple[Row, ...] = (urgent.mark_row(sheet.draft.id, sheet.draft.version, w),) if settled else ()
    if settled:
        at_once = (
            *at_once,
            evergreen_row(sheet.draft.id, sheet.draft.version, w),
            recalls.recall_row(sheet.draft.id, w),
        )
    return Screen(lines(*shown), (*undo, *at_once, *(_next(sheet.draft.id, w) if facts.more else ())))


def _until(made: Decision, reader: int, zone: str, now: datetime, w: Words) -> Markup | None:
    """While it lasts; colleagues read it too, as somebody else's: the draft may come back to them."""
    if made.undo_until is None or now >= made.undo_until:
        return None
    time = w.moment(made.undo_until, zone, now)
    if made.approver_id != reader:
        return w("{name} can still undo this, until {time}", name=made.approver_name, time=time)
    return w("Can be undone until {time}", time=time)


def _undo(made: Decision, w: Words) -> tuple[Row, ...]:
    pressed = ApprovalButton(verb="undo", id=made.draft_id, version=made.version)
    return ((button(w.plain("↩ Undo"), pressed),),)


def told(done: Decided, zone: str, now: datetime, w: Words) -> Screen:
    """Below what the approver wrote; the card above shows the outcome and [Undo]."""
    author, until = done.sheet.author_name, done.decision.undo_until
    if until is None:
        text = w("✓ Your decision went to the author: {author}.", author=author)
    else:
        text = w(
            "✓ Unless you undo it, the author reads your decision at {time}: {author}.",
            author=author,
            time=w.moment(until, zone, now),
        )
    return Screen(text, _next(done.sheet.draft.id, w))


def not_yours(w: Words) -> Screen:
    """In place of a control whose reader may not decide (any more)."""
    return Screen(w("Others decide on this now."))


def decided(
    done: Decided, zone: str, now: datetime, w: Words, *, more: bool = True, skipped: int | None = None
) -> Screen:
    """The control just pressed. `more`: the way on; `skipped`: so many are left at the end of the queue (0: none)."""
    sheet = done.sheet
    text = lines(
        verdict_of(done.decision, None, w.moment(done.decision.at, zone, now), w),
        why(done.decision, w),
        lapsed(sheet, w),
        _more_needed(done.approvals, sheet.approvals_needed, w) if done.state is DraftState.SUBMITTED else None,
        _until(done.decision, done.decision.approver_id, zone, now, w),
        _which(sheet.author_name, sheet.draft.text, files(sheet.draft.media, w), w),
        None if skipped is None else _walked(skipped, w),
    )
    undo = () if done.decision.undo_until is None else _undo(done.decision, w)
    again = ((button(w.plain("From the beginning"), ApprovalButton(verb="open")),),) if skipped else ()
    return Screen(text, (*undo, *again, *(_next(sheet.draft.id, w) if more else ())))


def _walked(skipped: int, w: Words) -> Markup:
    if not skipped:
        return w("✓ Nothing else waits for your decision.")
    return w.n(
        "That was the last one. {n} still waits: skipped, or with a colleague.",
        "That was the last one. {n} still wait: skipped, or with a colleague.",
        skipped,
    )


def _more_needed(approvals: int, needed: int, w: Words) -> Markup:
    if approvals >= needed:  # a page's lane was loosened meanwhile
        return w("Its pages take fewer approvals now: the next one decides.")
    return w("{n} of {needed} approvals: somebody else must agree too.", n=approvals, needed=needed)


def _which(author: str, text: str, attached: str, w: Words) -> Markup:
    return w("{author}: {text}", author=author, text=excerpt(text, 120) or attached)


def _next(draft_id: int, w: Words) -> tuple[Row, ...]:
    return ((button(w.plain("Next ›"), ApprovalButton(verb="next", id=draft_id)),),)


def lapsed(sheet: DraftSheet, w: Words) -> Markup | None:
    """Approvals that are not counted."""
    if not sheet.lapsed:
        return None
    names = w.list([made.approver_name for made in sheet.lapsed])
    return w("⚠ {names}: this approval no longer counts, for the right to decide here is gone.", names=names)


# --- toasts ----------------------------------------------------------------------------------------------------------


def undone_toast(w: Words) -> str:
    return w.plain("Undone: it waits for a decision again.")


def done_toast(w: Words) -> str:
    """The second of two taps."""
    return w.plain("You have decided on it already.")


def changed_toast(w: Words, *, relined: bool = False) -> str:
    """`relined`: not by the author, its imprint line is another one."""
    if relined:
        return w.plain("Not decided: the imprint line has changed. Look at the new one.")
    return w.plain("Not decided: the author has changed the text. Look at what changed.")


def decided_toast(facts: CardFacts, zone: str, now: datetime, w: Words) -> str:
    """Somebody was faster: who and what."""
    if not facts.sheet.decisions:
        return w.plain("The author took it back.")
    last = facts.sheet.decisions[-1]
    name, time = last.approver_name, w.moment(last.at, zone, now)
    match last.verdict:
        case Verdict.APPROVE:
            return w.plain("{name} has already approved it, {time}.", name=name, time=time)
        case Verdict.RETURN:
            return w.plain("{name} has already asked for changes, {time}.", name=name, time=time)
        case _:
            return w.plain("{name} has already rejected it, {time}.", name=name, time=time)
