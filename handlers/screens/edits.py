"""Edit and approve: the approver's own wording, seen once more before it is approved; what the author sees of it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.diff import Piece
from domain.drafts import Draft
from domain.ports.drafts import DraftSheet
from domain.usecases.edits import Proposal
from handlers.screens.base import Content, Row, Screen, button, lines
from handlers.screens.changes import fits, marked
from handlers.screens.desk_talk import TalkButton, do
from texts.words import Words


def ask_edit(sheet: DraftSheet, w: Words, *, below: bool = False) -> Screen:
    """The next message is the new text. `below`: the text to start from comes below, the card did not show it whole."""
    how = (
        w(
            "Copy it from below, change what is needed, send it all. You will see the changes before anything is decided."
        )
        if below
        else w(
            "Copy it from above, change what is needed, send it all. You will see the changes before anything is decided."
        )
    )
    text = lines(
        w("<b>Send the text as it should be</b>"),
        how,
        w("The author sees what you have changed."),
    )
    return Screen(text, (_back(sheet.draft.id, sheet.draft.version, w),))


def not_an_edit(draft_id: int, version: int, w: Words) -> Screen:
    """A picture, a forward: the text is still awaited."""
    text = lines(
        w("Only a text can stand in for the author's: the pictures stay as they are."),
        w("I am still waiting for the new text."),
    )
    return Screen(text, (_back(draft_id, version, w),))


def proposal(made: Proposal, w: Words) -> Screen:
    """What would be approved; in full above when too much changed."""
    draft, edit = made.sheet.draft, made.edit
    shown = fits(made.changes)
    text = lines(
        w("<b>This is what you change</b>") if shown else w("⬆ <b>The new text stands above</b>: a lot has changed."),
        marked(made.changes) if shown else None,
        w("Texts of single networks stay as the author wrote them.") if draft.variants else None,
        w("One more person has to approve it after you.") if made.sheet.approvals_needed > 1 else None,
    )
    so = button(w.plain("✓ Approve so"), do(draft, "so", edit.mark))
    again = button(w.plain("✎ Again"), do(draft, "edit!"))
    back = button(w.plain("‹ Back"), do(draft, "unedit"))
    return Screen(text, ((so,), (again, back)))


def proposed_text(made: Proposal) -> tuple[Content, ...]:
    """The whole new text, when its changes cannot be shown."""
    return () if fits(made.changes) else (Content(made.edit.text),)


def edit_left(w: Words) -> Screen:
    """In place of a wording that was not approved."""
    return Screen(w("The text stays as the author wrote it."))


def what_changed(draft: Draft, changes: Sequence[Piece], w: Words) -> list[Markup]:
    """To the author: what somebody else changed before approving; nothing for their own words."""
    if draft.edited_by is None or not changes:
        return []
    if fits(changes):
        return [w("✎ Changed before it was approved:"), marked(changes)]
    return [w("✎ A lot was changed before it was approved: open the draft to read it.")]


def _back(draft_id: int, version: int, w: Words) -> Row:
    return (button(w.plain("‹ Back"), TalkButton(verb="unedit", id=draft_id, version=version)),)
