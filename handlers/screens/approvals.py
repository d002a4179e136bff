"""The approver's screens: a card to decide on, and the reasons."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.drafts import DraftState, Reason, Verdict
from domain.queue import Facet, Only
from domain.readings import common_unread, previews
from domain.silence import Blackout
from domain.timing import is_expired
from domain.usecases.approvals import NOTE_LIMIT, CardFacts
from handlers.screens import desk_talk
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.approval_outcomes import lapsed, outcome
from handlers.screens.base import NARROW_LABEL_LIMIT, Card, Row, Screen, button, grid, label, lines
from handlers.screens.card_changes import can_show, changed
from handlers.screens.card_extras import extra_facts, extra_rows
from handlers.screens.draft_parts import (
    attached,
    close_to_another,
    contents,
    descriptions,
    imprints,
    origin,
    own_texts,
    readings,
    rooms,
    where,
)
from handlers.screens.master_lists import only_fills
from texts.names import reason_name
from texts.words import Words

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
        lapsed(sheet, w),
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


def _instead_of_line(draft_id: int, version: int, verdict: Verdict, reason: Reason, w: Words) -> Row:
    without = ApprovalButton(verb="noline", id=draft_id, version=version, arg=f"{verdict}.{reason}")
    back = ApprovalButton(verb="back", id=draft_id, version=version)
    return (button(w.plain("Without a line"), without), button(w.plain("‹ Back"), back))
