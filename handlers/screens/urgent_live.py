"""An urgent text on its way: the live card of whoever started it, and the card of everybody who is asked."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.pages import Page
from domain.urgent import AskState, CallState, PageProgress, Progress, UrgentAsk
from domain.usecases.urgent import View
from handlers.screens import nav
from handlers.screens.base import Screen, button, lines, paragraphs
from handlers.screens.draft_parts import excerpt
from handlers.screens.urgent import UrgentButton, do, dropped
from texts.names import platform_name
from texts.words import Words

PAGES_NAMED = 25
PEOPLE_NAMED = 4


# --- the live card ---------------------------------------------------------------------------------------------------


def live(view: View, zone: str, now: datetime, w: Words) -> Screen:
    """How far it is, page by page; who has not answered."""
    call, found = view.call, view.progress
    if call.state is CallState.DROPPED:
        return dropped(w)
    posted = sum(one.progress is Progress.POSTED for one in found)
    accepted = sum(one.progress is Progress.ACCEPTED for one in found) + posted
    more = len(found) - PAGES_NAMED
    text = paragraphs(
        w("<b>⚡ Urgent: accepted {n} of {all}, posted {posted}</b>", n=accepted, all=len(found), posted=posted),
        Markup("<blockquote>{}</blockquote>").format(excerpt(view.text, 200) or "—"),
        lines(*(_line(one, zone, now, w) for one in found[:PAGES_NAMED])),
        w.n("… and {n} more page", "… and {n} more pages", more) if more > 0 else None,
        w("Nobody more is asked.") if call.state is CallState.STOPPED else None,
    )
    open_ = any(one.progress in {Progress.WAITING, Progress.NOBODY} for one in found)
    if call.state is CallState.ASKING and open_:
        return Screen(text, ((button(w.plain("Stop asking"), do(call, "stop")),),))
    return Screen(text, (nav.home(w),))


def _line(one: PageProgress, zone: str, now: datetime, w: Words) -> Markup:  # noqa: PLR0911 - one line per state
    match one.progress:
        case Progress.POSTED:
            return w("✓ {page}: posted, {name}", page=one.title, name=one.who)
        case Progress.ACCEPTED:
            return w("👍 {page}: {name} has it", page=one.title, name=one.who)
        case Progress.ENDED:
            return w("✕ {page}: not published as urgent", page=one.title)
        case Progress.NOBODY if one.silent:
            return w("⚠ {page}: nobody has it, no answer from {names}", page=one.title, names=_names(one.silent, w))
        case Progress.NOBODY:
            return w("⚠ {page}: nobody has it", page=one.title)
    if not one.waiting or one.until is None:
        return w("⏳ {page}: a substitute is asked", page=one.title)
    until, names = w.moment(one.until, zone, now), _names(one.waiting, w)
    if one.silent:
        return w(
            "⏳ {page}: asked {names}, until {time}; no answer from {silent}",
            page=one.title,
            names=names,
            time=until,
            silent=_names(one.silent, w),
        )
    return w("⏳ {page}: asked {names}, until {time}", page=one.title, names=names, time=until)


def _names(names: Sequence[str], w: Words) -> str:
    more = len(names) - PEOPLE_NAMED
    if more > 0:
        return w.plain("{names} and {n} more", names=", ".join(names[:PEOPLE_NAMED]), n=more)
    return w.list(names)


def nobody(view: View, page: str, why: str, w: Words) -> Screen:
    """To whoever started it. `why`: "nobody" is left to ask, a "silence" has begun, the "page" publishes nothing now."""
    texts = {
        "nobody": w("⚠ Urgent: nobody has said yes for <b>{page}</b>, and nobody is left to ask.", page=page),
        "silence": w("🔇 Urgent: a silence has begun, so nobody is asked for <b>{page}</b> any more.", page=page),
        "page": w("⏸ Urgent: nothing is published on <b>{page}</b> now, so nobody is asked any more.", page=page),
    }
    return Screen(texts[why], ((button(w.plain("See how it stands"), do(view.call, "show")),),))


# --- who is asked ----------------------------------------------------------------------------------------------------


def ask(one: UrgentAsk, page: Page, text: str, zone: str, now: datetime, w: Words) -> Screen:
    """Can you publish it right now?"""
    deadline = one.deadline or now
    by = (
        w("Please answer by {time}.", time=w.moment(deadline, zone, now))
        if deadline > now
        else w("Nobody has it yet: your yes still helps.")
    )
    return Screen(
        paragraphs(
            w("<b>⚡ Urgent: can you publish this right now?</b>"),
            Markup("<b>{}</b> · {}").format(page.title, platform_name(page.platform, w)),
            Markup("<blockquote>{}</blockquote>").format(excerpt(text, 300) or "—"),
            by,
        ),
        (
            (
                button(w.plain("✓ I do it"), UrgentButton(verb="yes", id=one.id)),
                button(w.plain("Not now"), UrgentButton(verb="no", id=one.id)),
            ),
        ),
    )


def stopped(page: Page, w: Words) -> Screen:
    """The same message while an emergency stop holds the page: its text leaves the chat."""
    return Screen(
        lines(
            w("<b>⛔ {page}: stopped. Please do not post anything there until you hear from us.</b>", page=page.title),
            w("If somebody is still needed for the urgent text afterwards, I'll ask you again."),
        )
    )


def answered(one: UrgentAsk, page: str, by: str, w: Words) -> Screen:
    """The same message once nothing is asked any more. `by`: who has the page, empty for nobody."""
    if one.state is AskState.ACCEPTED:
        text = w("⚡ {page}: thank you! The text and the buttons come in the next message.", page=page)
    elif one.state is AskState.DECLINED:
        text = w("⚡ {page}: all right, thank you for answering. Nothing more is needed from you.", page=page)
    elif by:
        text = w("⚡ {page}: {name} has it. Thank you for being there!", page=page, name=by)
    else:
        text = w("⚡ {page}: no longer needed, thank you.", page=page)
    return Screen(text)
