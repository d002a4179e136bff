"""The approver's screens: a card to decide on, reasons, what was decided."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.drafts import Decision, DraftState, Reason, Verdict
from domain.ports.drafts import DraftSheet
from domain.queue import Facet, Only
from domain.readings import common_unread, previews
from domain.silence import Blackout
from domain.timing import is_expired
from domain.undo import may_undo
from domain.usecases.approvals import NOTE_LIMIT, CardFacts, Decided
from handlers.screens import desk_talk, recalls, urgent
from handlers.screens.base import NARROW_LABEL_LIMIT, Card, Row, Screen, button, grid, label, lines
from handlers.screens.card_changes import can_show, changed
from handlers.screens.card_extras import extra_facts, extra_rows
from handlers.screens.draft_parts import (
    attached,
    close_to_another,
    contents,
    descriptions,
    excerpt,
    files,
    imprints,
    origin,
    own_texts,
    readings,
    rooms,
    verdict_of,
    where,
    why,
)
from handlers.screens.evergreen_row import evergreen_row
from handlers.screens.master_lists import only_fills
from texts.names import reason_name
from texts.words import Words


class ApprovalButton(CallbackData, prefix="a"):
    """`arg`: a verdict, or verdict and reason joined by a dot."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


# --- the card --------------------------------------------------------------------------------------------------------


def card(
    facts: CardFacts, reader: int, zone: str, now: datetime, w: Words, bot_id: int, *, every: bool = False
) -> Card:
    """The text and files as the author wrote them (`every`: each text as its network will read it), then the control."""
    sheet, draft = facts.sheet, facts.sheet.draft
    if every or common_unread(draft, sheet.pages):
        material = contents("", draft.material, facts.media, bot_id) if draft.material else ()
        shown = (*readings(draft, sheet.pages, facts.media, bot_id, w), *material)
    elif only_fills(facts.extra.filled):
        shown = contents("", draft.media, facts.media, bot_id) if draft.media else ()
    else:
        shown = contents(draft.text, draft.media, facts.media, bot_id)
    return Card((*shown, *descriptions(draft.media, w)), control(facts, reader, zone, now, w))


def control(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words) -> Screen:
    """What there is to know besides the text, and the buttons; once decided: who decided what."""
    draft = facts.sheet.draft
    if draft.state is not DraftState.SUBMITTED or any(d.approver_id == reader for d in facts.sheet.decisions):
        return outcome(facts, reader, zone, now, w)
    if facts.sheet.appeal is not None and facts.sheet.appeal.against_id == reader:
        return desk_talk.second_opinion_elsewhere(facts, w)
    text = lines(
        *changed(facts, reader, w),
        *_facts(facts, zone, now, w),
        *extra_facts(facts, reader, zone, now, w),
        _narrowed(facts, w),
    )
    if facts.changed and not can_show(facts):
        show = button(w.plain("Show the new version"), _do(facts, "show"))
        return Screen(text, ((show,), (button(w.plain("Skip ›"), _do(facts, "skip")),)))
    return Screen(text, _buttons(facts, reader, now, w))


def _do(facts: CardFacts, verb: str, arg: str = "") -> ApprovalButton:
    draft = facts.sheet.draft
    return ApprovalButton(verb=verb, id=draft.id, version=draft.version, arg=arg)


def _buttons(facts: CardFacts, reader: int, now: datetime, w: Words) -> tuple[Row, ...]:
    """A text whose time is over can be given back, not approved."""
    approve = button(w.plain("✓ Approve"), _do(facts, "ok"))
    skip = button(w.plain("Skip ›"), _do(facts, "skip"))
    on = button(w.plain("✓ Approve and next ›"), _do(facts, "ok+"))
    deciding: tuple[Row, ...] = ((on,), (approve, skip)) if facts.more else ((approve,),)
    if is_expired(facts.sheet.draft, now):
        deciding = ((skip,),) if facts.more else ()
    return (
        *deciding,
        (
            button(w.plain("↩ Request changes"), _do(facts, "ask", Verdict.RETURN)),
            button(w.plain("✕ Reject"), _do(facts, "ask", Verdict.REJECT)),
        ),
        *extra_rows(facts, reader, w),
        *_walk(facts, skip, w),
    )


def _walk(facts: CardFacts, skip: InlineKeyboardButton, w: Words) -> tuple[Row, ...]:
    """What else the queue shows. Skipping stands beside [Approve] when there is something to go on to."""
    if facts.only is not None:
        name = label("☰ " + name_of(facts.only, w), limit=NARROW_LABEL_LIMIT)
        narrowed = (button(name, _do(facts, "filter")), button(w.plain("Show all"), _do(facts, "all")))
        return (narrowed,) if facts.more else ((skip,), narrowed)
    return ((button(w.plain("☰ Filter"), _do(facts, "filter")),),) if facts.more else ((skip,),)


def name_of(only: Only, w: Words) -> str:
    """How a region, page or rubric is called."""
    if only.title or only.facet is not Facet.REGION:
        return only.title or only.value
    return w.plain("the whole campaign")


def _narrowed(facts: CardFacts, w: Words) -> Markup | None:
    return None if facts.only is None else w("☰ Only: {name}", name=name_of(facts.only, w))


def _facts(facts: CardFacts, zone: str, now: datetime, w: Words) -> list[Markup | str | None]:
    sheet = facts.sheet
    draft = sheet.draft
    found = previews(draft, sheet.pages)
    region = facts.region or w.plain("the whole campaign")
    by = w.moment(draft.decide_by or now, zone, now)
    late = draft.decide_by is not None and draft.decide_by <= now
    agreed = [d.approver_name for d in sheet.decisions]
    needed = sheet.approvals_needed
    return [
        w("⚠ Promised by {time}: <b>overdue</b>", time=by) if late else None,
        w("<b>{author}</b>, {region}", author=sheet.author_name, region=region),
        where(sheet.pages, w),
        *rooms(found, w),
        *imprints(found, w),
        own_texts(draft, sheet.pages, w),
        *attached(draft, w),
        origin(draft, w),
        close_to_another(w) if facts.close else None,
        w("Version {n}", n=draft.version) if draft.version > 1 else None,
        _approvals(agreed, needed, w),
        _lapsed(sheet, w),
        None if late else w("Decide by {time}", time=by),
        w("Also being read by: {names}", names=w.list(facts.others)) if facts.others else None,
        _silence(facts.silence, w),
    ]


def _approvals(agreed: list[str], needed: int, w: Words) -> Markup | None:
    if needed < 2 and not agreed:
        return None
    if not agreed:
        return w("Approvals needed: {needed}", needed=needed)
    return w("Approvals: {n} of {needed} ({names})", n=len(agreed), needed=needed, names=w.list(agreed))


def _silence(silence: Blackout | None, w: Words) -> Markup | None:
    if silence is None:
        return None
    until = f"{w.day(silence.ends.date())}, {silence.ends:%H:%M}"
    return w("🔇 Silence until {time}: you may decide, it will be published later.", time=until)


# --- deciding --------------------------------------------------------------------------------------------------------


def reasons(draft_id: int, version: int, verdict: Verdict, *, line: bool, w: Words) -> Screen:
    """Why; with `line` the reason is followed by a line to the author."""
    verb = "line" if line else "why"
    choices = [
        button(reason_name(r, w), ApprovalButton(verb=verb, id=draft_id, version=version, arg=f"{verdict}.{r}"))
        for r in Reason
    ]
    back = button(w.plain("‹ Back"), ApprovalButton(verb="back", id=draft_id, version=version))
    add = button(w.plain("✍ Add a line"), ApprovalButton(verb="ask+", id=draft_id, version=version, arg=verdict))
    head = w("<b>What should change?</b>") if verdict is Verdict.RETURN else w("<b>Why not?</b>")
    more = w("Tap a reason, then write your line.") if line else w("One tap decides.")
    return Screen(lines(head, more), (*grid(choices, 2), (back,) if line else (add, back)))


def ask_line(draft_id: int, version: int, verdict: Verdict, reason: Reason, w: Words) -> Screen:
    """The approver's next message goes to the author."""
    text = lines(w("Reason: <b>{reason}</b>", reason=reason_name(reason, w)), w("Now write one line to the author."))
    return Screen(text, (_instead_of_line(draft_id, version, verdict, reason, w),))


def no_line(draft_id: int, version: int, verdict: Verdict, reason: Reason, length: int, w: Words) -> Screen:
    """What came cannot be the line; it is still awaited. `length`: of a text that is too long, else 0."""
    if length:
        text = w("That is {n} characters, and a line has at most {limit}.", n=w.number(length), limit=NOTE_LIMIT)
    else:
        text = w("Only a text in your own words can go to the author here: no pictures, nothing forwarded.")
    still = w("Nothing is decided yet: write a short line, or tap below.")
    return Screen(lines(text, still), (_instead_of_line(draft_id, version, verdict, reason, w),))


def _lapsed(sheet: DraftSheet, w: Words) -> Markup | None:
    """Approvals that are not counted."""
    if not sheet.lapsed:
        return None
    names = w.list([made.approver_name for made in sheet.lapsed])
    return w("⚠ {names}: this approval no longer counts, for the right to decide here is gone.", names=names)


def _instead_of_line(draft_id: int, version: int, verdict: Verdict, reason: Reason, w: Words) -> Row:
    without = ApprovalButton(verb="noline", id=draft_id, version=version, arg=f"{verdict}.{reason}")
    back = ApprovalButton(verb="back", id=draft_id, version=version)
    return (button(w.plain("Without a line"), without), button(w.plain("‹ Back"), back))


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
        shown += [_lapsed(sheet, w), _more_needed(len(sheet.decisions), sheet.approvals_needed, w)]
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
        _lapsed(sheet, w),
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
