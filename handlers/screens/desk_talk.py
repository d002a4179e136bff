"""What the talk at the desk adds to an approver's card: who is on it, the newest comments, a first opinion."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.claims import Claim, Claimed
from domain.comments import SHOWN, Comment
from domain.drafts import Decision, Draft, Verdict
from domain.edits import may_edit
from domain.usecases.approvals import CardFacts
from handlers.screens.base import Row, Screen, button, lines
from texts.names import reason_name
from texts.words import Words


class TalkButton(CallbackData, prefix="dt"):
    """`verb`: claim, unclaim, ask, reply, leave, all, edit, edit!, unedit, so, second, week, mute, unmute.

    `arg`: the mark of a proposed wording, the first comment shown.
    """

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def do(draft: Draft, verb: str, arg: str = "") -> TalkButton:
    """About this version of a draft."""
    return TalkButton(verb=verb, id=draft.id, version=draft.version, arg=arg)


# --- on the card -----------------------------------------------------------------------------------------------------


def card_lines(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words) -> list[Markup | None]:
    """Below the facts of a card that can be decided on."""
    extra, draft = facts.extra, facts.sheet.draft
    newest = [comment_line(c, draft, zone, now, w) for c in extra.talk.last]
    return [*_first_opinion(facts, zone, now, w), _claim(extra.claim, reader, zone, now, w), *newest]


def _claim(claim: Claim | None, reader: int, zone: str, now: datetime, w: Words) -> Markup | None:
    if claim is None:
        return None
    until = w.moment(claim.until, zone, now)
    if claim.person_id == reader:
        return w("🙋 You are on it until {time}", time=until)
    return w("🙋 <b>{name}</b> is on it until {time}", name=claim.name, time=until)


def _first_opinion(facts: CardFacts, zone: str, now: datetime, w: Words) -> list[Markup | None]:
    first = facts.extra.first_opinion
    if first is None:
        return []
    name, time = first.approver_name, w.moment(first.at, zone, now)
    if first.verdict is Verdict.REJECT:
        said = w("⚖ <b>A second opinion is wanted.</b> {name} rejected it, {time}", name=name, time=time)
    else:
        said = w("⚖ <b>A second opinion is wanted.</b> {name} asked for changes, {time}", name=name, time=time)
    if first.reason is None:
        return [said]
    reason = reason_name(first.reason, w)
    why = w("Reason: {reason}. {note}", reason=reason, note=first.note) if first.note else None
    return [said, why or w("Reason: {reason}", reason=reason)]


def comment_line(comment: Comment, draft: Draft, zone: str, now: datetime, w: Words) -> Markup:
    """One comment with its name and time; about which version, when that is not the current one."""
    name, time = comment.name, w.moment(comment.at, zone, now)
    if comment.version == draft.version:
        return w("💬 <b>{name}</b>, {time}: {text}", name=name, time=time, text=comment.text)
    return w(
        "💬 <b>{name}</b>, {time}, on version {n}: {text}", name=name, time=time, n=comment.version, text=comment.text
    )


def card_rows(facts: CardFacts, reader: int, w: Words) -> tuple[Row, ...]:
    """Below [Request changes] [Reject]. On somebody's own page nobody else words anything (H6)."""
    draft, claim = facts.sheet.draft, facts.extra.claim
    ask = button(w.plain("💬 Ask the author"), do(draft, "ask"))
    edit = (button(w.plain("✎ Edit & approve"), do(draft, "edit")),) if may_edit(draft, facts.sheet.pages) else ()
    if claim is not None and claim.person_id == reader:
        on = button(w.plain("Let go"), do(draft, "unclaim"))
    else:
        on = button(w.plain("🙋 I'm on it"), do(draft, "claim"))
    return ((ask, *edit), (on, *all_comments(draft, facts.extra.talk.total, w)))


def all_comments(draft: Draft, total: int, w: Words) -> Row:
    """Once there are more than the card shows."""
    return (button(w.plain("💬 All ({n})", n=total), do(draft, "all")),) if total > SHOWN else ()


def second_opinion_elsewhere(facts: CardFacts, w: Words) -> Screen:
    """For whoever gave the first opinion."""
    text = w("⚖ {author} asked for a second opinion: somebody else decides on it.", author=facts.sheet.author_name)
    return Screen(text)


# --- for the author --------------------------------------------------------------------------------------------------


def appeal_row(decision: Decision, w: Words) -> tuple[Row, ...]:
    """On the news of a no; nothing on that of a yes."""
    if decision.verdict is Verdict.APPROVE:
        return ()
    ask = TalkButton(verb="second", id=decision.draft_id, version=decision.version)
    return ((button(w.plain("⚖ Ask another approver"), ask),),)


# --- somebody else is on it ------------------------------------------------------------------------------------------


def confirm_claimed(error: Claimed, yes: CallbackData, back: CallbackData, w: Words) -> Screen:
    """Deciding although somebody else is on it: possible, but not by accident."""
    until = w.time(error.until, error.zone)
    text = lines(w("🙋 <b>{name}</b> is on it until {time}.", name=error.name, time=until), w("Go on all the same?"))
    return Screen(text, ((button(w.plain("Yes, go on"), yes), button(w.plain("‹ Back"), back)),))
