"""What other features show on an approver's card: lines below its facts, rows of buttons below those that decide."""

from datetime import datetime

from markupsafe import Markup

from domain.usecases.approvals import COUNTED, CardFacts
from handlers.screens import (
    campaign_tags,
    desk_talk,
    imprint_lines,
    lanes,
    master_lists,
    rubric_lines,
    timing_lines,
    variants,
)
from handlers.screens.base import Row
from texts.words import Words


def extra_facts(facts: CardFacts, reader: int, zone: str, now: datetime, w: Words) -> list[Markup | str | None]:
    """While it can be decided; None is left out."""
    shown: list[Markup | str | None] = [*desk_talk.card_lines(facts, reader, zone, now, w)]
    shown += [rubric_lines.on_card(facts.extra.rubric, w), *timing_lines.ends(facts.sheet.draft, zone, now, w)]
    shown += lanes.on_card(facts, w)
    if facts.extra.filled is not None:
        shown += master_lists.filled_facts(facts.extra.filled, facts.sheet.draft, w)
    shown.append(campaign_tags.on_card(facts.extra.tagged, w))
    shown += [*imprint_lines.on_card(facts.extra.imprint, w), imprint_lines.without(facts.sheet.pages, w)]
    shown.append(_left(facts.more, w))
    return shown


def _left(more: int, w: Words) -> Markup | None:
    """How much of the walk lies ahead."""
    if more > COUNTED:
        return w("📥 More than {n} others wait for you", n=COUNTED)
    return w.n("📥 {n} more waits for you", "📥 {n} more wait for you", more) if more else None


def extra_rows(facts: CardFacts, reader: int, w: Words) -> tuple[Row, ...]:
    """Below [Request changes] [Reject], above [Skip]."""
    filled = facts.extra.filled
    fills = () if filled is None else master_lists.filled_rows(filled, facts.sheet.draft, w)
    return (
        *lanes.card_rows(facts, w),
        *fills,
        *desk_talk.card_rows(facts, reader, w),
        *variants.on_card(facts.sheet, w),
    )
