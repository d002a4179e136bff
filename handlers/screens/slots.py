"""The plan as those who answer for it see it: empty slots, late posts, the evening."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.pages import page_key
from domain.plan import DeclineReason, EmptyReason, SlotState
from domain.ports.plan import Declined, SlotView
from domain.usecases.rounds import DayTroubles
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.day_plan import PlanButton
from handlers.screens.nav import Go
from handlers.screens.pages import PageButton
from texts.words import Words, Zone, mark

_EXCERPT = 300
SHOWN = 8
"""Lines before "and N more"."""
LATE_SHOWN = 20
"""The same of late posts, each of which somebody may have to see to."""


def _listed(views: Sequence[SlotView], w: Words, zone: Zone) -> Markup:
    shown = [
        Markup("{} {} · {}").format(w.time(v.slot.at, zone), v.page_title, v.assignee)
        if v.assignee
        else Markup("{} {}").format(w.time(v.slot.at, zone), v.page_title)
        for v in views[:SHOWN]
    ]
    more = len(views) - SHOWN
    return lines(*shown, w.n("and {n} more", "and {n} more", more) if more > 0 else None)


def _of_day(views: Sequence[SlotView], w: Words, zone: Zone) -> Markup:
    """Gaps by the clock of their page, whose day it is; named where it is not the reader's."""
    shown = []
    for view in views[:SHOWN]:
        hour = w.time(view.slot.at, view.zone)
        city = "" if hour == w.time(view.slot.at, zone) else f" ({w.city(view.zone)})"
        shown.append(Markup("{}{} {}").format(hour, city, view.page_title))
    more = len(views) - SHOWN
    return lines(*shown, w.n("and {n} more", "and {n} more", more) if more > 0 else None)


def empty_slots(
    day: date, views: Sequence[SlotView], w: Words, zone: Zone, unlined: frozenset[str] = frozenset()
) -> Screen:
    """Tomorrow's gaps, by what is lacking. `unlined`: pages without an imprint line on that day (H3)."""
    parts = []
    blocked = [v for v in views if v.slot.page in unlined]
    if blocked:
        parts.append(lines(w("No imprint line is in force, so nothing is planned:"), _of_day(blocked, w, zone)))
    for reason in (EmptyReason.NO_TEXT, EmptyReason.NO_PERSON):
        open_ = [v for v in views if v.slot.page not in unlined]
        some = [v for v in open_ if (v.slot.empty_reason or EmptyReason.NO_TEXT) is reason]
        if some:
            head = (
                w("No approved text:")
                if reason is EmptyReason.NO_TEXT
                else w("A text is there, but nobody to post it:")
            )
            parts.append(lines(head, _of_day(some, w, zone)))
    title = w.n("⚠ <b>{day}: {n} empty slot</b>", "⚠ <b>{day}: {n} empty slots</b>", len(views), day=w.day(day))
    row: Row = (
        button(w.plain("Write a post"), Go(to="draft")),
        button(w.plain("To approve"), Go(to="queue")),
    )
    plan = button(w.plain("The day's plan"), PlanButton(verb="day", id=day.toordinal()))
    return Screen(paragraphs(title, *parts), (row, (plan,)))


def _about(view: SlotView, w: Words, zone: Zone, now: datetime) -> Markup:
    return Markup("<b>{}</b>, {}").format(view.page_title, w.moment(view.slot.at, zone, now))


def _open_page(view: SlotView, w: Words) -> tuple[Row, ...]:
    return ((_page(view, w),),)


def _page(view: SlotView, w: Words) -> InlineKeyboardButton:
    return button(w.plain("Page"), PageButton(verb="card", key=page_key(view.slot.page)))


def _help(view: SlotView, w: Words) -> tuple[Row, ...]:
    """The post in the day's plan: from there it can be given to somebody else, moved or taken out."""
    give = button(w.plain("Give it, move it…"), PlanButton(verb="see", id=view.slot.id))
    return ((give,), (_page(view, w),))


_REASONS = {
    DeclineReason.BUSY: mark("{name} cannot: no time"),
    DeclineReason.SICK: mark("{name} cannot: ill"),
    DeclineReason.NO_ACCESS: mark("{name} cannot: no access to the page"),
    DeclineReason.TEXT: mark("{name} does not want to post this text"),
    DeclineReason.OTHER: mark("{name} cannot, without giving a reason"),
}


def _declined(declines: Sequence[Declined], w: Words) -> Markup:
    """Who handed it on and why: their own words where there are any."""
    return lines(
        *(
            w("{name} cannot: {note}", name=one.name, note=one.note)
            if one.note
            else w(_REASONS[one.reason], name=one.name)  # texts: dynamic
            for one in declines
        )
    )


def late(view: SlotView, w: Words, zone: Zone, now: datetime, declines: Sequence[Declined] = ()) -> Screen:
    """A slot long past without a link."""
    since = w("Nothing posted, {ago} late.", ago=w.ago(now - view.slot.at))
    if view.assignee and view.accepted_at is not None:
        who = w("It is with {name}, who said yes to it.", name=view.assignee)
    elif view.assignee:
        who = w("It is with {name}.", name=view.assignee)
    elif view.slot.state is SlotState.EMPTY:
        who = w("Nobody has this post now.")
    else:
        who = w("Nobody has it: a substitute is being asked.")
    return Screen(
        paragraphs(lines(w("⚠ Late:"), _about(view, w, zone, now)), lines(since, who, _declined(declines, w))),
        _help(view, w),
    )


def late_together(views: Sequence[SlotView], w: Words, zone: Zone, now: datetime) -> Screen:
    """Posts that turned late within minutes: those still missing first, then how the others ended."""
    missing = [view for view in views if view.slot.state is SlotState.FILLED]
    settled = [view for view in views if view.slot.state is not SlotState.FILLED]
    head = (
        w.n("⚠ <b>{n} post is late</b>", "⚠ <b>{n} posts are late</b>", len(missing))
        if missing
        else w("✓ <b>Nothing of this is late any more</b>")
    )
    listed = [_one_late(view, w, zone) for view in missing] + [_one_settled(view, w, zone, now) for view in settled]
    more = len(listed) - LATE_SHOWN
    rest = w.n("and {n} more", "and {n} more", more) if more > 0 else None
    rows = tuple(
        (button(label(view.page_title, f" · {w.time(view.slot.at, zone)}"), _below(view)),) for view in missing[:SHOWN]
    )
    return Screen(paragraphs(head, lines(*listed[:LATE_SHOWN], rest)), rows)


def _below(view: SlotView) -> PlanButton:
    """The post in a message of its own: the one pressed goes on to show the others."""
    return PlanButton(verb="see", id=view.slot.id, arg="below")


def _one_late(view: SlotView, w: Words, zone: Zone) -> Markup:
    who = view.assignee or w.plain("a substitute is being asked")
    return Markup("{} {} · {}").format(w.time(view.slot.at, zone), view.page_title, who)


def _one_settled(view: SlotView, w: Words, zone: Zone, now: datetime) -> Markup:
    about = Markup("{} {}").format(w.time(view.slot.at, zone), view.page_title)
    if view.slot.state is SlotState.POSTED and view.slot.posted_at is not None:
        return w("✓ {post}: posted {when}", post=about, when=w.moment(view.slot.posted_at, zone, now))
    if view.slot.state is SlotState.MISSED:
        return w("✗ {post}: missed", post=about)
    if view.slot.state is SlotState.CANCELLED:
        return w("– {post}: no longer in the plan", post=about)
    return w("○ {post}: nobody has it now", post=about)


def nobody(view: SlotView, w: Words, zone: Zone, now: datetime, declines: Sequence[Declined] = ()) -> Screen:
    """No substitute could be found."""
    who = w("{name} has not posted yet.", name=view.assignee) if view.assignee else w("Nobody has this post now.")
    head = lines(w("⚠ No substitute found:"), _about(view, w, zone, now))
    all_ = w("Everybody who may post there was asked or is busy.")
    return Screen(paragraphs(head, lines(who, _declined(declines, w), all_)), _help(view, w))


def ended(view: SlotView, w: Words, zone: Zone, now: datetime) -> Screen:
    """What became of a slot that was late or without a person."""
    about = _about(view, w, zone, now)
    if view.slot.state is SlotState.POSTED and view.slot.posted_at is not None:
        at = w.moment(view.slot.posted_at, zone, now)
        done = w("✓ Posted {time} after all. By {name}.", time=at, name=view.assignee or "")
        return Screen(lines(about, done))
    if view.slot.state is SlotState.MISSED:
        return Screen(lines(about, w("✗ Missed: the day is over.")))
    if view.slot.state is SlotState.CANCELLED:
        return Screen(lines(about, w("It is no longer in the plan: nothing to post.")))
    return late(view, w, zone, now)


def given_up(view: SlotView, text: str, w: Words) -> Screen:
    """A text that nobody posts is planned no more."""
    head = w("This text was missed twice on <b>{page}</b>, so I no longer plan it there:", page=view.page_title)
    cut = text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else "")
    hint = w("If it is still needed, send it as a new post or ask somebody to publish it.")
    return Screen(paragraphs(head, Markup("<blockquote>{}</blockquote>").format(cut), hint), _open_page(view, w))


def evening(day: date, found: DayTroubles, w: Words, zone: Zone, away: Markup | None = None) -> Screen:
    """The manager's evening: what was missed, late or empty; `away`: who was not there."""
    parts = [
        lines(head, _listed(views, w, zone))
        for head, views in (
            (w("✗ Missed the day before:"), found.before),
            (w("✗ Missed:"), found.missed),
            (w("⏰ Late:"), found.late),
            (w("○ Empty:"), found.empty),
        )
        if views
    ]
    return Screen(
        paragraphs(w("<b>{day}: not everything went out</b>", day=w.day(day)), *parts, away),
        ((button(w.plain("Status"), Go(to="status")), button(w.plain("Pages"), Go(to="pages"))),),
    )
