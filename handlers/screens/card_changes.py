"""What has changed on an approver's card since the text above its control was read."""

from markupsafe import Markup

from domain.diff import Change, shortened
from domain.usecases.approvals import CardFacts
from handlers.screens.changes import DIFF_LIMIT, marked
from texts.names import platform_name
from texts.words import Words


def can_show(facts: CardFacts) -> bool:
    """Whether the control can show everything that changed; a decision needs it all seen."""
    every = (facts.changes, *(changes for _, changes in facts.own_changes))
    return not facts.media_changed and sum(len(p.text) for one in every for p in shortened(one)) <= DIFF_LIMIT


def changed(facts: CardFacts, reader: int, w: Words) -> list[Markup | str | None]:
    """Since the reader read it; nothing when nothing did, or when it is said elsewhere on the card."""
    if not facts.changed:
        return []
    if facts.sheet.draft.edited_by is None:
        head = w("⚠ <b>The author has changed it since you read it.</b>")
    elif facts.sheet.draft.edited_by == reader:
        head = w("⚠ <b>You have changed it yourself since you read it.</b>")
    else:
        head = w("⚠ <b>An approver has changed it since you read it.</b>")
    if not can_show(facts):
        return [head, w("Open the new version to decide on it."), "\u00a0"]
    master = any(piece.change is not Change.SAME for piece in facts.changes)
    if not master and not facts.own_changes:
        if facts.extra.imprint.relined is not None:  # said with its two lines below
            return []
        if facts.extra.first_opinion is not None:
            return []
        return [w("⚠ <b>The author has submitted it again, unchanged.</b>"), "\u00a0"]
    shown: list[Markup | str | None] = [head]
    if master:
        shown.append(marked(facts.changes))
    for network, changes in facts.own_changes:
        name = platform_name(network, w)
        shown.append(Markup("✂ <b>{}</b>{}").format(name, marked(changes)))
    return [*shown, "\u00a0"]
