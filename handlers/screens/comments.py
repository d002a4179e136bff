"""Comments: asking for one, what was said, all of them, the news of one."""

from datetime import datetime

from markupsafe import Markup

from domain.comments import COMMENT_LIMIT, Comment
from domain.drafts import OPEN_STATES, Draft
from domain.ports.drafts import DraftSheet
from domain.usecases.comments import PAGE, Begun, Said, Thread
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.desk_talk import TalkButton, comment_line, do
from handlers.screens.draft_parts import excerpt, title
from handlers.screens.drafts import DraftButton
from texts.words import Words


def ask_comment(begun: Begun, w: Words) -> Screen:
    """The next message is a comment."""
    draft = begun.sheet.draft
    if begun.mine:
        head = w("<b>Write to those who decide on it</b>")
    else:
        head = w("<b>Write to the author: {name}</b>", name=begun.sheet.author_name)
    limit = w("Your next message is the comment, at most {n} characters.", n=COMMENT_LIMIT)
    return Screen(lines(head, _which(draft, w), limit), (_back(draft, w),))


def not_a_comment(draft_id: int, version: int, w: Words) -> Screen:
    """A picture, a forward: the comment is still awaited."""
    text = lines(
        w("A comment is a text in your own words: no pictures, nothing forwarded."),
        w("I am still waiting for it."),
    )
    back = TalkButton(verb="leave", id=draft_id, version=version)
    return Screen(text, ((button(w.plain("‹ Back"), back),),))


def said(done: Said, w: Words) -> Screen:
    """Below what was written."""
    draft = done.sheet.draft
    if done.told:
        text = w("✓ Sent to: {names}.", names=w.list(done.told))
    else:
        text = w("✓ Written. Whoever opens your draft to decide on it will read this.")
    return Screen(text, (_to_draft(draft, w) if done.mine else _to_card(draft, w),))


def heard(sheet: DraftSheet, comment: Comment, reader: int, zone: str, now: datetime, w: Words) -> Screen:
    """The news of a comment, with the draft's first line."""
    draft, mine = sheet.draft, sheet.draft.author_id == reader
    text = lines(comment_line(comment, draft, zone, now, w), _which(draft, w))
    if draft.state not in OPEN_STATES:
        return Screen(text, (_to_draft(draft, w),) if mine else ())
    answer = button(w.plain("Answer"), do(draft, "reply"))
    return Screen(text, ((answer, *(_to_draft(draft, w) if mine else _to_card(draft, w))),))


def all_comments(view: Thread, zone: str, now: datetime, w: Words) -> Screen:
    """Newest first, `PAGE` at a time."""
    draft = view.sheet.draft
    if not view.comments:
        text = lines(_which(draft, w), w("Nobody has written a comment yet."))
        return Screen(text, (_to_draft(draft, w) if view.mine else _to_card(draft, w),))
    head = w.n("<b>{n} comment</b>, newest first", "<b>{n} comments</b>, newest first", view.total)
    shown = paragraphs(*(comment_line(comment, draft, zone, now, w) for comment in view.comments))
    pager = []
    if view.first:
        pager.append(button("‹", do(draft, "all", str(max(0, view.first - PAGE)))))
    if view.first + PAGE < view.total:
        pager.append(button(w.plain("Older ›"), do(draft, "all", str(view.first + PAGE))))
    say = (button(w.plain("💬 Write"), do(draft, "ask")),) if draft.state in OPEN_STATES else ()
    rows = (*([tuple(pager)] if pager else []), (*say, button(w.plain("‹ Back"), do(draft, "leave"))))
    return Screen(paragraphs(lines(head, _which(draft, w)), shown), rows)


def _which(draft: Draft, w: Words) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(excerpt(draft.text, 120) or title(draft, w))


def _back(draft: Draft, w: Words) -> Row:
    return (button(w.plain("‹ Back"), do(draft, "leave")),)


def _to_card(draft: Draft, w: Words) -> Row:
    return (button(w.plain("Open the card"), ApprovalButton(verb="show", id=draft.id, version=draft.version)),)


def _to_draft(draft: Draft, w: Words) -> Row:
    return (button(w.plain("Open the draft"), DraftButton(verb="open", id=draft.id, version=draft.version)),)
