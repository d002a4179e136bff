"""Imprint lines: the rules, what a changed line brought back, what ends."""

from collections.abc import Sequence
from datetime import date

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.imprints import ImprintRule
from domain.pages import Page
from domain.ports.imprints import WaitingRelined
from domain.usecases.imprints import Overview
from domain.usecases.relining import Reapproved, fingerprint
from handlers.screens import nav
from handlers.screens.approval_button import ApprovalButton
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.draft_parts import excerpt
from handlers.screens.imprint_lines import pair, unlined
from texts.words import Words

SHOWN = 8
"""Lines before "and N more"."""
_PAIRS = 3


class ImprintButton(CallbackData, prefix="im"):
    """`verb`: list, look, all. `seen`: what the button was drawn for (`domain.usecases.relining.fingerprint`). `at`: first shown."""

    verb: str
    seen: str = ""
    at: int = 0


# --- what a changed line brought back --------------------------------------------------------------------------------


def changed(texts: Sequence[WaitingRelined], w: Words) -> Screen:
    """The imprint changed: everything again in one tap, or one by one."""
    if not texts:
        return Screen(w("✓ Nothing waits because of its imprint line."), (nav.home(w),))
    head = w.n(
        "📎 <b>The imprint line has changed: {n} text</b> waits to be approved with the new one.",
        "📎 <b>The imprint line has changed: {n} texts</b> wait to be approved with the new one.",
        len(texts),
    )
    pairs = list(dict.fromkeys((one.old, one.new) for one in texts))
    shown = [lines(*pair(old, new, w)) for old, new in pairs[:_PAIRS]]
    more = w.n("and {n} more line", "and {n} more lines", len(pairs) - _PAIRS) if len(pairs) > _PAIRS else None
    same = w("The texts themselves are word for word as they were approved.")
    rows: tuple[Row, ...] = (
        (button(w.plain("✓ Approve all again"), ImprintButton(verb="all", seen=fingerprint(texts))),),
        (button(w.plain("Look through"), ImprintButton(verb="look")),),
    )
    return Screen(paragraphs(head, *shown, more, same), rows)


def look(texts: Sequence[WaitingRelined], at: int, w: Words) -> Screen:
    """One by one: each opens its card."""
    if not texts:
        return changed(texts, w)
    at = at if 0 <= at < len(texts) else 0
    rows: list[Row] = [
        (
            button(
                label(f"{one.author_name}: {excerpt(one.text, 60) or '📎'}"),
                ApprovalButton(verb="show", id=one.draft_id, version=one.version),
            ),
        )
        for one in texts[at : at + SHOWN]
    ]
    pager = [
        *([button("‹", ImprintButton(verb="look", at=max(0, at - SHOWN)))] if at else []),
        *([button("›", ImprintButton(verb="look", at=at + SHOWN))] if at + SHOWN < len(texts) else []),
    ]
    back = (button(w.plain("‹ Back"), ImprintButton(verb="list")),)
    text = w("Tap a text to see it with its new line.")
    return Screen(text, (*rows, *([tuple(pager)] if pager else []), back))


def reapproved(result: Reapproved, w: Words) -> Screen:
    """In place of the message with the button."""
    text = w.n(
        "✓ Approved again with the new line: {n} text", "✓ Approved again with the new line: {n} texts", result.done
    )
    left = (
        w.n(
            "{n} needs a look of its own: open it in the queue.",
            "{n} need a look of their own: open them in the queue.",
            result.left,
        )
        if result.left
        else None
    )
    rows: tuple[Row, ...] = ((button(w.plain("Open the queue"), ApprovalButton(verb="open")),),) if result.left else ()
    return Screen(lines(text, left), (*rows, nav.home(w)))


# --- /imprints -------------------------------------------------------------------------------------------------------


def overview(view: Overview, today: date, w: Words) -> Screen:
    """The pack, its rules and what is lacking."""
    rows: list[Row] = []
    if view.waiting:
        rows.append((button(w.plain("Imprint changed: {n}", n=len(view.waiting)), ImprintButton(verb="list")),))
    parts = [w("<b>Imprint lines</b>"), _pack(view, w)]
    if view.unlined:
        parts.append(lines(*(unlined(one, w) for one in view.unlined[:SHOWN]), _more(len(view.unlined) - SHOWN, w)))
    current = [rule for rule in view.rules if rule.expires is None or rule.expires >= today]
    parts += [_rule(rule, w) for rule in current[:SHOWN]]
    parts.append(_more(len(current) - SHOWN, w) or Markup(""))
    return Screen(paragraphs(*parts), (*rows, nav.home(w)))


def _pack(view: Overview, w: Words) -> Markup:
    own = w.n("{n} page has a line of its own in the plan.", "{n} pages have lines of their own in the plan.", view.own)
    if view.pack is None:
        return lines(w("No imprint rules are loaded."), own if view.own else None)
    pack = view.pack
    who = w(
        "Rules {name}: reviewed by {reviewer} ({role}) on {day}",
        name=pack.name,
        reviewer=pack.reviewer,
        role=pack.role,
        day=w.full_day(pack.reviewed_on),
    )
    return lines(who, w("Source: {source}", source=excerpt(pack.source, 300)), own if view.own else None)


def _rule(rule: ImprintRule, w: Words) -> Markup:
    start = w.full_day(rule.valid_from)
    span = (
        w("{rule}: from {start} to {end}", rule=rule.id, start=start, end=w.full_day(rule.expires))
        if rule.expires
        else w("{rule}: from {start}", rule=rule.id, start=start)
    )
    return lines(span, Markup("<i>{}</i>").format(excerpt(rule.line, 200)))


def _more(left: int, w: Words) -> Markup | None:
    return w.n("and {n} more", "and {n} more", left) if left > 0 else None


# --- news ------------------------------------------------------------------------------------------------------------


def ending(rule: ImprintRule, pages: Sequence[Page], today: date, w: Words) -> Screen:
    """14, 7 and 1 days before a line ends with none following."""
    left = (rule.expires - today).days if rule.expires else 0
    when = (
        w.n("ends in {n} day", "ends in {n} days", left)
        if left > 0
        else w("ends today")
        if left == 0
        else w("has ended")
    )
    head = w("⚠ <b>Imprint line of rule {rule}</b> {when}.", rule=rule.id, when=when)
    last = w("Last day: {day}", day=w.full_day(rule.expires)) if rule.expires else None
    after = w("After that nothing goes out on: {pages}", pages=_titles(pages, w))
    hint = w("Have the rules reviewed and load the plan again; other pages are not concerned.")
    quoted = Markup("<blockquote>{}</blockquote>").format(rule.line)
    return Screen(paragraphs(lines(head, last), quoted, after, hint), (_all_lines(w),))


def none_left(pages: Sequence[Page], w: Words) -> Screen:
    """Since today these pages have no line."""
    head = w("✗ <b>No imprint line is in force</b> for: {pages}", pages=_titles(pages, w))
    hint = w("Nothing goes out there until headquarters loads rules with a line. Texts stay where they are.")
    return Screen(paragraphs(head, hint), (_all_lines(w),))


def _titles(pages: Sequence[Page], w: Words) -> str:
    more = len(pages) - SHOWN
    named = [page.title for page in pages[:SHOWN]]
    return w.list([*named, w.plain("others")] if more > 0 else named)


def _all_lines(w: Words) -> Row:
    return (button(w.plain("Imprint lines"), nav.Go(to="imprints")),)
