"""The approver's screens: the queue, a card to decide on, reasons, what was decided."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.diff import Change, Piece, shortened
from domain.drafts import DraftState, Reason, Verdict, previews
from domain.silence import Blackout
from domain.usecases.approvals import NOTE_LIMIT, CardFacts, Decided
from handlers.screens import nav
from handlers.screens.base import Card, Row, Screen, button, grid, lines
from handlers.screens.draft_parts import (
    REASONS,
    close_to_another,
    contents,
    excerpt,
    files,
    imprints,
    reason_name,
    rooms,
    verdict_of,
    where,
    why,
)
from texts.words import Words

DIFF_LIMIT = 2500
"""Characters of changes that a control shows; beyond, the new text is sent in full."""


class ApprovalButton(CallbackData, prefix="a"):
    """`arg`: a verdict, or verdict and reason joined by a dot."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


# --- the queue -------------------------------------------------------------------------------------------------------


def queue(count: int, oldest: datetime | None, zone: str, now: datetime, w: Words) -> Screen:
    """The one queue message. It stands for hours, so it says since when the oldest waits, not how long."""
    if not count or oldest is None:
        return Screen(w("✓ Nothing waits for your decision."))
    text = lines(
        w.n("📥 <b>{n} post waits</b> for your decision", "📥 <b>{n} posts wait</b> for your decision", count),
        w("The oldest is from {time}", time=w.moment(oldest, zone, now)),
    )
    return Screen(text, ((button(w.plain("Open the queue"), ApprovalButton(verb="open")),),))


def nothing_waits(w: Words) -> Screen:
    return Screen(w("✓ Nothing waits for your decision."), (nav.home(w),))


def end_of_queue(left: int, w: Words) -> Screen:
    """The queue was walked to its end with something skipped."""
    text = w.n("That was the last one. {n} skipped.", "That was the last one. {n} skipped.", left)
    return Screen(text, ((button(w.plain("From the beginning"), ApprovalButton(verb="open")), *nav.home(w)),))


# --- the card --------------------------------------------------------------------------------------------------------


def card(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words, bot_id: int) -> Card:
    """The text and files as the author wrote them, then the control."""
    draft = facts.sheet.draft
    return Card(contents(draft.text, draft.media, facts.media, bot_id), control(facts, reader, zone, now, w))


def control(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words) -> Screen:
    """What there is to know besides the text, and the buttons; once decided: who decided what."""
    draft = facts.sheet.draft
    if draft.state is not DraftState.SUBMITTED or any(d.approver_id == reader for d in facts.sheet.decisions):
        return outcome(facts, reader, zone, now, w)
    text = lines(*_changes(facts, w), *_facts(facts, zone, now, w))
    if facts.changed and not _can_show(facts):
        show = button(w.plain("Show the new version"), _do(facts, "show"))
        return Screen(text, ((show,), (button(w.plain("Skip ›"), _do(facts, "skip")),)))
    return Screen(text, _buttons(facts, w))


def _do(facts: CardFacts, verb: str, arg: str = "") -> ApprovalButton:
    draft = facts.sheet.draft
    return ApprovalButton(verb=verb, id=draft.id, version=draft.version, arg=arg)


def _buttons(facts: CardFacts, w: Words) -> tuple[Row, ...]:
    return (
        (button(w.plain("✓ Approve"), _do(facts, "ok")),),
        (
            button(w.plain("↩ Request changes"), _do(facts, "ask", Verdict.RETURN)),
            button(w.plain("✕ Reject"), _do(facts, "ask", Verdict.REJECT)),
        ),
        (button(w.plain("Skip ›"), _do(facts, "skip")),),
    )


def _facts(facts: CardFacts, zone: str, now: datetime, w: Words) -> list[Markup | str | None]:
    sheet = facts.sheet
    draft = sheet.draft
    readings = previews(draft.text, len(draft.media), sheet.pages)
    region = facts.region or w.plain("the whole campaign")
    by = w.moment(draft.decide_by or now, zone, now)
    late = draft.decide_by is not None and draft.decide_by <= now
    agreed = [d.approver_name for d in sheet.decisions]
    needed = sheet.approvals_needed
    return [
        w("⚠ Promised by {time}: <b>overdue</b>", time=by) if late else None,
        w("<b>{author}</b>, {region}", author=sheet.author_name, region=region),
        where(sheet.pages, w),
        *rooms(readings, w),
        *imprints(readings, w),
        w("Forwarded from: {source}", source=draft.source) if draft.source else None,
        close_to_another(w) if facts.close else None,
        w("Version {n}", n=draft.version) if draft.version > 1 else None,
        _approvals(agreed, needed, w),
        None if late else w("Decide by {time}", time=by),
        w("Also being read by: {names}", names=w.list(facts.others)) if facts.others else None,
        _silence(facts.silence, w),
    ]


def _approvals(agreed: list[str], needed: int, w: Words) -> Markup | None:
    if needed < 2:
        return None
    if not agreed:
        return w("Approvals needed: {needed}", needed=needed)
    return w("Approvals: {n} of {needed} ({names})", n=len(agreed), needed=needed, names=w.list(agreed))


def _silence(silence: Blackout | None, w: Words) -> Markup | None:
    if silence is None:
        return None
    until = f"{w.day(silence.ends.date())}, {silence.ends:%H:%M}"
    return w("🔇 Silence until {time}: you may decide, it will be published later.", time=until)


# --- what changed ----------------------------------------------------------------------------------------------------


def _can_show(facts: CardFacts) -> bool:
    """Whether the control can show everything that changed; a decision needs it all seen."""
    return not facts.media_changed and sum(len(p.text) for p in shortened(facts.changes)) <= DIFF_LIMIT


def _changes(facts: CardFacts, w: Words) -> list[Markup | str | None]:
    if not facts.changed:
        return []
    head = w("⚠ <b>The author has changed it since you read it.</b>")
    if not _can_show(facts):
        return [head, w("Open the new version to decide on it."), "\u00a0"]
    if not any(piece.change is not Change.SAME for piece in facts.changes):
        return [w("⚠ <b>The author has submitted it again, unchanged.</b>"), "\u00a0"]
    return [head, Markup("<blockquote>{}</blockquote>").format(_marked(facts.changes)), "\u00a0"]


def _marked(changes: tuple[Piece, ...]) -> Markup:
    marks = {Change.SAME: "{}", Change.REMOVED: "<s>{}</s>", Change.ADDED: "<u>{}</u>"}
    return Markup("").join(Markup(marks[piece.change]).format(piece.text) for piece in shortened(changes))  # noqa: S704 - three literals


# --- deciding --------------------------------------------------------------------------------------------------------


def reasons(draft_id: int, version: int, verdict: Verdict, *, line: bool, w: Words) -> Screen:
    """Why; with `line` the reason is followed by a line to the author."""
    verb = "line" if line else "why"
    choices = [
        button(reason_name(r, w), ApprovalButton(verb=verb, id=draft_id, version=version, arg=f"{verdict}.{r}"))
        for r in REASONS
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
    elif sheet.draft.state is DraftState.SUBMITTED:
        shown.append(_more_needed(len(sheet.decisions), sheet.approvals_needed, w))
    shown.append(_which(facts.sheet.author_name, sheet.draft.text, files(sheet.draft.media, w), w))
    return Screen(lines(*shown), _next(sheet.draft.id, w) if facts.more else ())


def told(done: Decided, w: Words) -> Screen:
    """Below what the approver wrote; the card above shows the outcome."""
    text = w("✓ Your decision went to the author: {author}.", author=done.sheet.author_name)
    return Screen(text, _next(done.sheet.draft.id, w))


def not_yours(w: Words) -> Screen:
    """In place of a control whose reader may not decide (any more)."""
    return Screen(w("Others decide on this now."))


def decided(done: Decided, zone: str, now: datetime, w: Words, *, more: bool = True) -> Screen:
    """The control just pressed."""
    sheet = done.sheet
    text = lines(
        verdict_of(done.decision, None, w.moment(done.decision.at, zone, now), w),
        why(done.decision, w),
        _more_needed(done.approvals, sheet.approvals_needed, w) if done.state is DraftState.SUBMITTED else None,
        _which(sheet.author_name, sheet.draft.text, files(sheet.draft.media, w), w),
    )
    return Screen(text, _next(sheet.draft.id, w) if more else ())


def _more_needed(approvals: int, needed: int, w: Words) -> Markup:
    return w("{n} of {needed} approvals: somebody else must agree too.", n=approvals, needed=needed)


def _which(author: str, text: str, attached: str, w: Words) -> Markup:
    return w("{author}: {text}", author=author, text=excerpt(text, 120) or attached)


def _next(draft_id: int, w: Words) -> tuple[Row, ...]:
    return ((button(w.plain("Next ›"), ApprovalButton(verb="next", id=draft_id)),),)


# --- toasts ----------------------------------------------------------------------------------------------------------


def changed_toast(w: Words) -> str:
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
