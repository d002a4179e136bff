"""Silences: what holds where, announcing a mourning, and what two people may lift."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.silence import MOURNING_DAYS, SPANS, Blackout, Lift, LiftKind, SilenceKind
from domain.usecases.silence_desk import Desk, LiftView, MourningView, SilenceView
from domain.usecases.silence_lifts import Wish
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from texts.words import Words, mark_plain

SHOWN = 6
ZONES_SHOWN = 4
KINDS: dict[SilenceKind, str] = {
    SilenceKind.VOTING: mark_plain("Days of voting"),
    SilenceKind.MORATORIUM: mark_plain("Moratorium"),
    SilenceKind.MOURNING: mark_plain("Mourning"),
}


class SilenceButton(CallbackData, prefix="si"):
    """`verb`: open, where, when, days, span, announce, see, region, hours, lift, look, yes, no. `key`: "*" or a region's."""

    verb: str
    id: int = 0
    key: str = ""
    arg: str = ""


# -- pieces -----------------------------------------------------------------------------------------------------------


def _place(region_name: str, w: Words) -> str:
    return region_name or w.plain("all regions")


def _span(starts: datetime, ends: datetime, w: Words) -> str:
    """Wall-clock times; an end at midnight reads as 24:00 of the day before."""
    midnight = ends.time() == time(0)
    last = ends - timedelta(days=1) if midnight else ends
    until = "24:00" if midnight else f"{ends:%H:%M}"
    return f"{w.day(starts.date())}, {starts:%H:%M} – {w.day(last.date())}, {until}"


def _kind(silence: Blackout, w: Words) -> str:
    return w.plain(KINDS[silence.kind])  # texts: dynamic


def _inside(view: SilenceView, w: Words, now: datetime) -> Markup:
    if not view.inside:
        return w("Not yet anywhere.")
    if len(view.inside) == view.zones:
        return w("🔇 It holds now, in every zone.")
    names = [w.zone_name(zone, now) for zone in view.inside[:ZONES_SHOWN]]
    more = len(view.inside) - ZONES_SHOWN
    names += [w.plain_n("{n} more", "{n} more", more)] if more > 0 else []
    if view.silence.region == EVERYWHERE:
        return w("🔇 Inside now: {zones}. Regions with such a zone are silent as a whole.", zones=w.list(names))
    return w("🔇 Inside now: {zones}. That is enough: it holds for the whole region.", zones=w.list(names))


def _lifted(lift: Lift, names: Mapping[str, str], w: Words, zone: str) -> Markup:
    until = "" if lift.until is None else w.time(lift.until, zone)
    return w(
        "⚠ Lifted by two people until {time}: {place}. Why: {reason}",
        time=until,
        place=_place(names.get(lift.region, ""), w),
        reason=lift.reason,
    )


def _facts(view: SilenceView, names: Mapping[str, str], w: Words, zone: str, now: datetime) -> Markup:
    silence = view.silence
    return lines(
        w("<b>{kind}: {place}</b>", kind=_kind(silence, w), place=_place(view.region_name, w)),
        w("{span}, by each region's own clock", span=_span(silence.starts, silence.ends, w)),
        w("Why: {reason}", reason=silence.reason),
        _inside(view, w, now),
        *(_lifted(lift, names, w, zone) for lift in view.lifted),
    )


def _back(w: Words, verb: str = "open", **where: int | str) -> Row:
    return (button(w.plain("‹ Back"), SilenceButton(verb=verb, **where)),)


# -- what holds -------------------------------------------------------------------------------------------------------


def desk(view: Desk, w: Words, zone: str, now: datetime) -> Screen:
    """/silence."""
    shown = view.silences[:SHOWN]
    rest = len(view.silences) - len(shown)
    parts = [_facts(one, view.regions, w, zone, now) for one in shown]
    none = w("None holds and none is planned.") if not shown else None
    more = w.n("and {n} later one", "and {n} later ones", rest) if rest > 0 else None
    waiting = [_waiting(one, w, zone) for one in view.waiting]
    rule = w("In a silence nothing is handed out to be posted. Decisions, figures, recalls and stops go on.")
    rows: list[Row] = [(_look(one, w),) for one in view.waiting[:3]]
    rows += [(_see(one, w),) for one in shown]
    rows.append((button(w.plain("🕯 Announce mourning"), SilenceButton(verb="where")),))
    head = w("<b>Silences</b>")
    return Screen(paragraphs(head, none, *parts, more, *waiting, rule), (*rows, nav.home(w)))


def _see(view: SilenceView, w: Words) -> InlineKeyboardButton:
    name = f"{_kind(view.silence, w)}: {_place(view.region_name, w)}"
    return button(label(name), SilenceButton(verb="see", id=view.silence.id))


def _look(view: LiftView, w: Words) -> InlineKeyboardButton:
    name = label(_place(view.region_name, w), "", 20)
    return button(w.plain("⚠ Asked to lift: {place}", place=name), SilenceButton(verb="look", id=view.lift.id))


def _waiting(view: LiftView, w: Words, zone: str) -> Markup:
    return w(
        "⚠ {name} asks to lift it ({place}, since {time}): a second person is needed.",
        name=view.by,
        place=_place(view.region_name, w),
        time=w.time(view.lift.at, zone),
    )


# -- announcing -------------------------------------------------------------------------------------------------------


def where(view: Desk, at: int, w: Words) -> Screen:
    """Which region mourns."""
    rows: list[Row] = []
    if view.everywhere:
        rows.append((button(w.plain("All regions"), SilenceButton(verb="when", key=EVERYWHERE)),))

    def one(item: tuple[str, str]) -> InlineKeyboardButton:
        return button(label(item[1]), SilenceButton(verb="when", key=page_key(item[0])))

    rows += choices(list(view.regions.items()), one, at, lambda to: SilenceButton(verb="where", arg=str(to)))
    return Screen(w("Step 1 of 4. Where is the mourning?"), (*rows, _back(w)))


def when(key: str, region_name: str, w: Words) -> Screen:
    """From when on."""
    text = w("Step 2 of 4. Mourning: <b>{place}</b>. From when?", place=_place(region_name, w))
    now = button(w.plain("From now on"), SilenceButton(verb="days", key=key, arg="now"))
    tomorrow = button(w.plain("From tomorrow, 00:00"), SilenceButton(verb="days", key=key, arg="tomorrow"))
    return Screen(text, ((now,), (tomorrow,), _back(w, "where")))


def days(key: str, region_name: str, start: str, w: Words) -> Screen:
    """For how many days; `start`: "now" or "tomorrow"."""
    text = lines(
        w("Step 3 of 4. Mourning: <b>{place}</b>. For how many days?", place=_place(region_name, w)),
        w("Whole days count: one day from now on ends tonight at 24:00."),
    )
    spans = [
        button(w.plain_n("{n} day", "{n} days", n), SilenceButton(verb="span", key=key, arg=f"{start}-{n}"))
        for n in MOURNING_DAYS
    ]
    return Screen(text, (tuple(spans), _back(w, "when", key=key)))


def ask_reason(region_name: str, starts: datetime, ends: datetime, w: Words) -> Screen:
    """The next message is the reason."""
    text = lines(
        w("Step 4 of 4. Mourning: <b>{place}</b>", place=_place(region_name, w)),
        _span(starts, ends, w),
        w("Write the reason in one message: people will read it."),
    )
    return Screen(text, (nav.cancel(w),))


def mourning(view: MourningView, w: Words) -> Screen:
    """Everything before the last tap; after it, what was announced."""
    made = view.mourning
    facts = lines(
        w("<b>Mourning: {place}</b>", place=_place(view.region_name, w)),
        w("{span}, by each region's own clock", span=_span(made.starts, made.ends, w)),
        w("Why: {reason}", reason=made.reason),
        w.n("It concerns {n} open assignment", "It concerns {n} open assignments", view.work),
    )
    if made.confirmed_at is None:
        ask = w(
            "<b>Announce it?</b> Everybody with something to post there is told at once. Ending it early takes two."
        )
        yes = button(w.plain("🕯 Announce"), SilenceButton(verb="announce", id=made.id))
        return Screen(paragraphs(facts, ask), ((yes,), (button(w.plain("Rather not"), SilenceButton(verb="open")),)))
    done = w("Announced. What was planned inside leaves the plan; everybody concerned is being told.")
    return Screen(paragraphs(facts, done), ((button(w.plain("Silences"), SilenceButton(verb="open")),), nav.home(w)))


def told(view: MourningView, mine: int, w: Words) -> Screen:
    """To whoever has something to post there, and to those who decide there."""
    made = view.mourning
    own = w.n("It concerns {n} post of yours.", "It concerns {n} posts of yours.", mine) if mine else None
    return Screen(
        paragraphs(
            w("🕯 <b>Mourning: {place}</b>. Please do not post anything there.", place=_place(view.region_name, w)),
            lines(
                w("{span}, by each region's own clock", span=_span(made.starts, made.ends, w)),
                w("Why: {reason}", reason=made.reason),
                w("Announced by {name}", name=view.by),
            ),
            own,
        )
    )


# -- lifting ----------------------------------------------------------------------------------------------------------


def silence(view: SilenceView, names: Mapping[str, str], w: Words, zone: str, now: datetime) -> Screen:
    """One silence with what can be done about it."""
    rows: list[Row] = []
    if view.may_lift and view.inside:
        everywhere = view.silence.region == EVERYWHERE
        key = "" if everywhere else page_key(view.silence.region)
        step = SilenceButton(verb="region" if everywhere else "hours", id=view.silence.id, key=key)
        rows.append((button(w.plain("Publish in spite of it ›"), step),))
    if view.may_lift and view.silence.by_hand:
        end = SilenceButton(verb="lift", id=view.silence.id, key=EVERYWHERE, arg="0")
        rows.append((button(w.plain("End the mourning early ›"), end),))
    for lift in view.lifted:
        place = label(_place(names.get(lift.region, ""), w), "", 18)
        rows.append((button(w.plain("🔇 Silence again: {place}", place=place), SilenceButton(verb="no", id=lift.id)),))
    law = (
        w(
            "Whether publishing is allowed in spite of it is your campaign's responsibility. It takes two different people."
        )
        if view.may_lift
        else None
    )
    return Screen(paragraphs(_facts(view, names, w, zone, now), law), (*rows, _back(w)))


def region(view: SilenceView, names: Mapping[str, str], everywhere: bool, at: int, w: Words) -> Screen:
    """Where a silence of all regions shall be lifted."""

    def one(item: tuple[str, str]) -> InlineKeyboardButton:
        return button(label(item[1]), SilenceButton(verb="hours", id=view.silence.id, key=page_key(item[0])))

    everything = SilenceButton(verb="hours", id=view.silence.id, key=EVERYWHERE)
    rows: list[Row] = [(button(w.plain("All regions"), everything),)] if everywhere else []
    rows += choices(
        list(names.items()), one, at, lambda to: SilenceButton(verb="region", id=view.silence.id, arg=str(to))
    )
    return Screen(w("Where shall publishing be allowed?"), (*rows, _back(w, "see", id=view.silence.id)))


def hours(silence_id: int, key: str, region_name: str, w: Words) -> Screen:
    """For how long; never longer than six hours."""
    text = w(
        "Publishing in spite of the silence: <b>{place}</b>. For how long, from the second yes on?",
        place=_place(region_name, w),
    )
    spans = [
        button(w.plain_n("{n} hour", "{n} hours", n), SilenceButton(verb="lift", id=silence_id, key=key, arg=str(n)))
        for n in SPANS
    ]
    return Screen(text, (*grid(spans, 2), _back(w, "see", id=silence_id)))


def ask_lift_reason(wish: Wish, w: Words) -> Screen:
    """The next message is the reason, and the first of the two yeses."""
    what = (
        w.n(
            "Publishing in spite of the silence for {n} hour: <b>{place}</b>",
            "Publishing in spite of the silence for {n} hours: <b>{place}</b>",
            wish.hours,
            place=_place(wish.region_name, w),
        )
        if wish.hours
        else w("Ending the mourning early: <b>{place}</b>", place=_place(wish.region_name, w))
    )
    ask = w("Write why, in one message: it goes on record, and a second person is asked at once.")
    return Screen(paragraphs(what, ask), (nav.cancel(w),))


def lift(view: LiftView, reader: int, w: Words, zone: str, now: datetime) -> Screen:
    """A wish as it stands; the same message asks whoever could be the second."""
    one, rows = view.lift, list[Row]()
    parts = [_wish(view, w), w("Why: {reason}", reason=one.reason), w("Asked by {name}", name=view.by)]
    if one.waits(now) and view.silence is not None:
        if one.by_id == reader:
            until = w.time(one.at + timedelta(hours=1), zone)
            parts.append(w("Your yes is noted. Another person has to agree until {time}.", time=until))
            rows.append((button(w.plain("Take my yes back"), SilenceButton(verb="no", id=one.id)),))
        else:
            parts.append(w("<b>Do you agree?</b> Then it holds at once. Both names go on record."))
            rows.append((button(w.plain("Yes, lift it"), SilenceButton(verb="yes", id=one.id)),))
            rows.append((button(w.plain("No, the silence stays"), SilenceButton(verb="no", id=one.id)),))
    elif one.confirmed_at is not None:
        parts.append(_outcome(view, w, zone, now))
        if one.holds(now):
            rows.append((button(w.plain("🔇 Silence again, at once"), SilenceButton(verb="no", id=one.id)),))
    elif one.dropped_at is not None:
        parts.append(w("Taken back or refused: the silence stays."))
    else:
        parts.append(w("Nobody agreed in time: the silence stays."))
    rows.append((button(w.plain("Silences"), SilenceButton(verb="open")),))
    return Screen(paragraphs(w("<b>Lifting a silence</b>"), lines(*parts)), tuple(rows))


def _wish(view: LiftView, w: Words) -> Markup:
    place = _place(view.region_name, w)
    of = _span(view.lift.of[1], view.lift.of[2], w)
    if view.lift.kind is LiftKind.END:
        return w("The mourning ({span}) ends early: <b>{place}</b>", span=of, place=place)
    return w.n(
        "Publishing for {n} hour in spite of the silence ({span}): <b>{place}</b>",
        "Publishing for {n} hours in spite of the silence ({span}): <b>{place}</b>",
        view.lift.hours,
        span=of,
        place=place,
    )


def _outcome(view: LiftView, w: Words, zone: str, now: datetime) -> Markup:
    one = view.lift
    if one.kind is LiftKind.END:
        return w("Ended by {first} and {second}.", first=view.by, second=view.confirmed_by)
    until = "" if one.until is None else w.time(one.until, zone)
    if one.holds(now):
        return w(
            "Allowed until {time} by {first} and {second}; then it is silent again by itself.",
            time=until,
            first=view.by,
            second=view.confirmed_by,
        )
    return w("It was allowed until {time}; the silence holds again.", time=until)
