"""To a manager: a draft waits although everybody who decides was reminded."""

from collections.abc import Sequence
from datetime import datetime

from domain.people import EVERYWHERE
from domain.ports.drafts import DraftSheet
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Screen, button, lines
from handlers.screens.draft_parts import title
from texts.words import Words


def late(sheet: DraftSheet, region: str, asked: Sequence[str], zone: str, now: datetime, w: Words) -> Screen:
    """`region`: its name; `asked`: who was reminded in vain."""
    draft = sheet.draft
    where = w.plain("the whole campaign") if draft.region == EVERYWHERE else region
    text = lines(
        w(
            "⏰ <b>A draft waits for a decision</b> that was promised by {time}.",
            time=w.moment(draft.decide_by or now, zone, now),
        ),
        w("{author}, {region}: {title}", author=sheet.author_name, region=where, title=title(draft, w, 100)),
        w("Asked and reminded: {names}", names=w.list(asked)) if asked else w("There is nobody who could be asked."),
    )
    return Screen(
        text, ((button(w.plain("Decide on it"), ApprovalButton(verb="show", id=draft.id, version=draft.version)),),)
    )
