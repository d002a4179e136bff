"""The checklist of a bold text: five risks, each looked for by whoever approves."""

from markupsafe import Markup

from domain.drafts import Draft
from domain.lanes import Risk
from domain.usecases.lanes import Checklist
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.lanes import LaneButton, sources_line
from texts.words import Words, mark, mark_plain

_SHORT = {
    Risk.DEFAMATION: mark_plain("Defamation"),
    Risk.HATE: mark_plain("Hate"),
    Risk.PRIVATE_DATA: mark_plain("Private details"),
    Risk.MINORS: mark_plain("Children"),
    Risk.POLLS: mark_plain("Poll figures"),
}
_ASKED = {
    Risk.DEFAMATION: mark("Defamation or an insult: somebody is accused without proof"),
    Risk.HATE: mark("Hate: people are attacked for their origin, faith or the like"),
    Risk.PRIVATE_DATA: mark("Private data: an address, a telephone, health, a face without consent"),
    Risk.MINORS: mark("Minors: children are shown, named or take part"),
    Risk.POLLS: mark("Figures of polls: who asked, when and how many must stand with them"),
}


def checklist(view: Checklist, w: Words) -> Screen:
    """In place of the card's control: what was looked for so far."""
    draft = view.sheet.draft
    head = w("<b>Did you look for these five?</b>")
    items = [_item(view, risk, w) for risk in Risk]
    hint = w("A tick: I looked, there is nothing of the kind. If there is and it is permitted, say why.")
    done = w("All five are looked at: you can approve it.") if view.complete else None
    return Screen(
        paragraphs(lines(head, sources_line(draft, w)), lines(*items), lines(done or hint)),
        (*(_row(view, risk, w) for risk in Risk), *_verbs(view, w)),
    )


def _item(view: Checklist, risk: Risk, w: Words) -> Markup:
    check, asked = view.of(risk), w(_ASKED[risk])  # texts: dynamic
    if check is None:
        return Markup("☐ {}").format(asked)
    if not check.because:
        return Markup("☑ {}").format(asked)
    return w("☑ {item}. <b>Permitted:</b> {because}", item=asked, because=check.because)


def _row(view: Checklist, risk: Risk, w: Words) -> Row:
    mark_ = "☑ " if view.of(risk) else "☐ "
    name = w.plain(_SHORT[risk])  # texts: dynamic
    return (
        button(mark_ + name, _do(view.sheet.draft, "tick", risk)),
        button(w.plain("Permitted…"), _do(view.sheet.draft, "why", risk)),
    )


def _verbs(view: Checklist, w: Words) -> tuple[Row, ...]:
    draft = view.sheet.draft
    ok = ApprovalButton(verb="ok", id=draft.id, version=draft.version)
    back = (button(w.plain("‹ Back"), _do(draft, "card")),)
    return ((button(w.plain("✓ Approve"), ok),), back) if view.complete else (back,)


def _do(draft: Draft, verb: str, risk: str = "") -> LaneButton:
    return LaneButton(verb=verb, id=draft.id, version=draft.version, arg=risk)


def ask_because(view: Checklist, risk: Risk, w: Words) -> Screen:
    """The approver's next message is the reason."""
    text = lines(
        Markup("<b>{}</b>").format(w(_ASKED[risk])),  # texts: dynamic
        w("Why is it permitted here? Write it in a line; it is kept with your decision."),
    )
    return Screen(text, ((button(w.plain("‹ Back"), _do(view.sheet.draft, "nowhy", risk)),),))
