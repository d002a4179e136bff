"""The emergency stop: what is stopped, what could be, why, and how it goes on."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.halts import HaltReason
from domain.pages import Page, page_key
from domain.people import EVERYWHERE
from domain.ports.halts import HeldWork
from domain.usecases.halts import Desk, HaltView
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from texts.words import Words, mark_plain

FEW_REGIONS = 5
"""So many regions have a button each on the first screen."""
SHOWN = 8
REASONS: dict[HaltReason, str] = {
    HaltReason.MISTAKE: mark_plain("A mistake in a text"),
    HaltReason.ATTACK: mark_plain("An attack, a hacked page"),
    HaltReason.MOURNING: mark_plain("Mourning, a tragedy"),
    HaltReason.LEGAL: mark_plain("A legal demand"),
    HaltReason.OTHER: mark_plain("Another reason"),
}


class HaltButton(CallbackData, prefix="ha"):
    """`verb`: open, regions, pages, pick, why, see, resume, no. `scope`: "*", "r" or "p" with a key. `arg`: a reason, a page."""

    verb: str
    id: int = 0
    scope: str = ""
    arg: str = ""


# -- pieces -----------------------------------------------------------------------------------------------------------


def place(title: str, region_name: str, w: Words) -> str:
    """What is stopped: a page by its title, a region by its name, the whole campaign."""
    return title or region_name or w.plain("the whole campaign")


def _place(view: HaltView, w: Words) -> str:
    return place(view.title, view.region_name, w)


def _why(view: HaltView, w: Words) -> Markup:
    return w("Why: {reason}", reason=view.halt.note or w.plain(REASONS[view.halt.reason]))  # texts: dynamic


def _facts(view: HaltView, w: Words, zone: str, now: datetime) -> Markup:
    """Since when, by whom, why, what it holds, who wants it to go on."""
    return lines(
        w("⛔ <b>Stopped: {place}</b>", place=_place(view, w)),
        w("Since {when}, by {name}", when=w.moment(view.halt.at, zone, now), name=view.by),
        _why(view, w),
        w.n("It holds {n} assignment", "It holds {n} assignments", view.work),
        w("{name} wants it to go on: one more person is needed.", name=view.resume_by) if view.resume_by else None,
        _who_resumes(w) if view.halt.region == EVERYWHERE and not view.may_resume else None,
    )


def _who_resumes(w: Words) -> Markup:
    """Whoever may stop anything may stop everything; going on again is not theirs, and they read so before and after."""
    return w("Only people whose role holds for the whole campaign can let everything go on again, two of them.")


def _resume(view: HaltView, w: Words) -> InlineKeyboardButton:
    text = label(w.plain("▶ Resume: {place}", place=_place(view, w)))
    return button(text, HaltButton(verb="resume", id=view.halt.id))


# -- what is stopped, and what could be -------------------------------------------------------------------------------


def desk(view: Desk, w: Words, zone: str, now: datetime) -> Screen:
    """/stop."""
    if view.halts:
        parts = [_facts(halt, w, zone, now) for halt in view.halts[:SHOWN]]
        head = w("<b>Stopped now</b>")
    else:
        parts, head = [], w("<b>Emergency stop</b>\nNothing is stopped now.")
    ask = w("What shall stop? Nothing is handed out to be posted there until two people let it go on.")
    resume = [(_resume(halt, w),) for halt in view.halts[:4] if halt.may_resume]
    rows: list[Row] = [*resume, (button(w.plain("⛔ Everything"), HaltButton(verb="pick", scope=EVERYWHERE)),)]
    if len(view.regions) <= FEW_REGIONS:
        rows += [(_region(code, name),) for code, name in view.regions.items()]
    else:
        rows.append((button(w.plain("⛔ A region ›"), HaltButton(verb="regions")),))
    if view.pages:
        rows.append((button(w.plain("⛔ One page ›"), HaltButton(verb="pages")),))
    return Screen(paragraphs(head, *parts, ask), (*rows, nav.home(w)))


def _region(code: str, name: str) -> InlineKeyboardButton:
    return button(label(f"⛔ {name}"), HaltButton(verb="pick", scope=f"r{page_key(code)}"))


def regions(view: Desk, at: int, w: Words) -> Screen:
    """Which region."""
    rows = choices(
        list(view.regions.items()), lambda item: _region(*item), at, lambda to: HaltButton(verb="regions", arg=str(to))
    )
    return Screen(w("Which region shall stop?"), (*rows, _back(w)))


def pages(view: Desk, at: int, w: Words) -> Screen:
    """Which page."""

    def one(page: Page) -> InlineKeyboardButton:
        return button(label(f"⛔ {page.title}"), HaltButton(verb="pick", scope=f"p{page_key(page.code)}"))

    rows = choices(list(view.pages), one, at, lambda to: HaltButton(verb="pages", arg=str(to)))
    return Screen(w("Which page shall stop?"), (*rows, _back(w)))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ Back"), HaltButton(verb="open")),)


def why(scope: str, title: str, region_name: str, work: int, w: Words) -> Screen:
    """The one question: the tap on a reason is the stop."""
    text = paragraphs(
        w("Stop <b>{place}</b>? Choose why: <b>this tap stops it at once.</b>", place=place(title, region_name, w)),
        w.n("{n} assignment is open there.", "{n} assignments are open there.", work),
        _who_resumes(w) if scope == EVERYWHERE else None,
    )
    rows = [
        (button(w.plain(words), HaltButton(verb="why", scope=scope, arg=reason.value)),)  # texts: dynamic
        for reason, words in REASONS.items()
    ]
    return Screen(text, (*rows, _back(w)))


# -- stopped, and on again --------------------------------------------------------------------------------------------


def stopped(view: HaltView, w: Words, zone: str, now: datetime) -> Screen:
    """The answer to the tap."""
    ask = (
        w("Write the reason in one line, or leave it as it is: it is stopped already.")
        if view.halt.reason is HaltReason.OTHER and not view.halt.note
        else None
    )
    told = w("Everybody who has something to post there is being told. To go on it takes two different people.")
    return Screen(paragraphs(w("<b>It is stopped.</b>"), _facts(view, w, zone, now), told, ask), _after(view, w))


def _after(view: HaltView, w: Words) -> tuple[Row, ...]:
    stops = (button(w.plain("What is stopped"), HaltButton(verb="open")), *nav.home(w))
    return ((_resume(view, w),), stops) if view.may_resume and view.halt.in_force else (stops,)


def state(view: HaltView, reader: int, w: Words, zone: str, now: datetime) -> Screen:
    """A stop as it stands: waiting for a second person, going on again, or simply stopped."""
    if not view.halt.in_force:
        return ended(view, w)
    if view.halt.resume_by == reader:
        text = paragraphs(
            _facts(view, w, zone, now),
            w("Your yes is noted. The others are being asked: the second yes lets it go on."),
        )
        return Screen(
            text, ((button(w.plain("Take my yes back"), HaltButton(verb="no", id=view.halt.id)),), nav.home(w))
        )
    return Screen(_facts(view, w, zone, now), _after(view, w))


def ended(view: HaltView, w: Words) -> Screen:
    """It goes on; two people said so."""
    text = lines(
        w("▶ <b>It goes on: {place}</b>", place=_place(view, w)),
        w("Resumed by {first} and {second}.", first=view.resume_by, second=view.lifted_by),
        w("What was held comes back in its order; what passed meanwhile is planned again."),
    )
    return Screen(text, ((button(w.plain("What is stopped"), HaltButton(verb="open")), *nav.home(w)),))


# -- what others are told ---------------------------------------------------------------------------------------------


def stop(view: HaltView, work: Sequence[HeldWork], w: Words, zone: str, now: datetime) -> Screen:
    """To somebody with something to post there whose text has not come yet."""
    shown = [Markup("{} {}").format(w.moment(one.assignment.at, zone, now), one.page_title) for one in work[:SHOWN]]
    more = len(work) - SHOWN
    return Screen(
        paragraphs(
            w("⛔ <b>Stop: please do not post</b> until you hear from us."),
            lines(*shown, w.n("and {n} more", "and {n} more", more) if more > 0 else None),
            w("Stopped: {place}. I will write as soon as it goes on.", place=_place(view, w)),
        )
    )


def told(view: HaltView, w: Words, zone: str, now: datetime) -> Screen:
    """To keepers and to those who may let it go on."""
    hint = w("Nothing is handed out to be posted there. To go on it takes two different people.")
    return Screen(paragraphs(w("<b>Publishing is stopped</b>"), _facts(view, w, zone, now), hint), _told_rows(view, w))


def _told_rows(view: HaltView, w: Words) -> tuple[Row, ...]:
    return ((button(w.plain("What is stopped"), HaltButton(verb="open")),),) if view.may_resume else ()


def resume_asked(view: HaltView, w: Words, zone: str, now: datetime) -> Screen:
    """To everybody who could be the second."""
    ask = w("{name} wants it to go on. Do you agree? Your tap lets it.", name=view.resume_by)
    row = (_resume(view, w),)
    return Screen(
        paragraphs(_facts(view, w, zone, now), ask),
        (row, (button(w.plain("See"), HaltButton(verb="see", id=view.halt.id)),)),
    )


def over(view: HaltView, w: Words) -> Screen:
    """To those who had something to post there."""
    text = w("▶ <b>It goes on: {place}</b>", place=_place(view, w))
    return Screen(lines(text, w("You may post again. Your texts come back to you now.")))
