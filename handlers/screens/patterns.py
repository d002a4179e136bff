"""The weekly card about an author's own drafts, and whether it comes."""

from markupsafe import Markup

from domain.patterns import Pattern
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.desk_talk import TalkButton
from handlers.screens.lessons import lesson
from handlers.screens.nav import Go
from texts.names import reason_name
from texts.words import Words


def week(pattern: Pattern, w: Words) -> Screen:
    """On Sunday evening, for the author alone."""
    off = button(w.plain("Don't send me this"), TalkButton(verb="mute"))
    return Screen(_body(pattern, w), ((off,),))


def week_setting(pattern: Pattern | None, muted: bool, w: Words) -> Screen:
    """From /settings: the card as of now, and the switch."""
    if muted:
        state, switch = w("The weekly card is switched off."), _switch(w.plain("Send it again"), "unmute")
    else:
        state, switch = w("It comes on Sundays at 18:00, your time."), _switch(w.plain("Don't send me this"), "mute")
    back = (button(w.plain("‹ Back"), Go(to="settings")),)
    few = w("There is too little to tell yet: it begins with three decisions in four weeks.")
    return Screen(paragraphs(few if pattern is None else _body(pattern, w), state), (switch, back))


def _switch(text: str, verb: str) -> Row:
    return (button(text, TalkButton(verb=verb)),)


def _body(pattern: Pattern, w: Words) -> Markup:
    habit = None
    if pattern.reason is not None:
        times = w.n("{n} time", "{n} times", pattern.times)
        often = w("Most often: <b>{reason}</b>, {times}", reason=reason_name(pattern.reason, w), times=times)
        habit = lines(often, *lesson(pattern.reason, w))
    return paragraphs(
        w.n(
            "📈 <b>Your last four weeks</b>: {n} text decided on",
            "📈 <b>Your last four weeks</b>: {n} texts decided on",
            pattern.decided,
        ),
        lines(
            w("✓ Approved at once: {n}", n=pattern.at_once),
            w("✎ Approved after changes: {n}", n=pattern.after_changes) if pattern.after_changes else None,
            w("✕ Declined: {n}", n=pattern.declined) if pattern.declined else None,
            w("↩ Still with you: {n}", n=pattern.open) if pattern.open else None,
        ),
        habit,
        lines(*_better(pattern, w)),
        w("Only you see this."),
    )


def _better(pattern: Pattern, w: Words) -> list[Markup]:
    found = []
    if pattern.gone is not None:
        reason = reason_name(pattern.gone, w)
        found.append(w("👍 “{reason}” did not come up once in the last two weeks.", reason=reason))
    if pattern.better:
        once, decided = pattern.lately
        before, earlier = pattern.before
        found.append(
            w(
                "👍 Approved at once in the last two weeks: {once} of {decided}; before: {before} of {earlier}.",
                once=once,
                decided=decided,
                before=before,
                earlier=earlier,
            )
        )
    return found
