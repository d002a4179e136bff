"""Changing a slot by hand: the questions on the way."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from domain.day_plan import MOVE_CAUSES, SKIP_CAUSES, Cause, Doubt, Doubtful
from domain.day_plan_people import ASKABLE, Candidate, Why
from domain.pages import Page, page_key
from domain.ports.day_plan import DayRow
from domain.usecases import day_plan_people as people_of
from domain.usecases.day_plan import Sheet
from domain.usecases.day_plan_moves import Choice
from domain.usecases.day_plan_texts import CHOICE, TextChoice
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.day_plan import CAUSES, PlanButton, sign, slot_head
from handlers.screens.keyboards import choices, pager
from texts.words import Words, Zone, mark, mark_plain

_NAMES = 22
"""Characters of a name beside what speaks against it."""
WHY: dict[Why, str] = {
    Why.UNREACHABLE: mark_plain("cannot be reached"),
    Why.AWAY: mark_plain("away"),
    Why.DAY_OFF: mark_plain("day off"),
    Why.BUSY: mark_plain("busy then"),
    Why.CAP: mark_plain("enough that day"),
    Why.DECLINED: mark_plain("passed it on"),
    Why.QUIET: mark_plain("quiet hours"),
    Why.HOURS: mark_plain("not their hours"),
}
_DOUBTS: dict[Doubt, str] = {
    Doubt.WINDOW: mark("It is outside the hours of this page."),
    Doubt.GAP: mark("It is closer to another post of the page than the norm wants."),
    Doubt.CAP: mark("It is more than the page's limit for a day."),
}


def minutes(at: datetime) -> str:
    """A moment in a button."""
    return str(int(at.timestamp()) // 60)


def _back(slot_id: int, w: Words) -> Row:
    return (button(w.plain("‹ Back"), PlanButton(verb="back", id=slot_id)),)


# -- moments ----------------------------------------------------------------------------------------------------------


def moments(view: Choice, w: Words, now: datetime) -> Screen:
    """Where a slot could go, or an extra one lie; another moment is typed."""
    page = view.page
    day = Markup("<b>{}</b>, {}").format(page.title, w.day(view.day))
    at = None if view.at is None else w.time(view.at, page.zone)
    head = w("When is the extra post?") if at is None else w("Now at {time}. Where to?", time=at)
    hint = (
        w("Choose, or send another time like 18:40.")
        if view.moments
        else w("No time of this day fits the norm. Send one like 18:40, if it has to be.")
    )
    zone = w("Times of the page: {zone}", zone=w.zone_name(page.zone, now))
    return Screen(paragraphs(lines(day, head), lines(hint, zone)), (*_times(view, w), _leave(view, w)))


def _times(view: Choice, w: Words) -> tuple[Row, ...]:
    def data(at: datetime) -> PlanButton:
        if view.slot_id:
            return PlanButton(verb="at", id=view.slot_id, version=view.version, arg=minutes(at))
        return PlanButton(verb="addat", arg=f"{minutes(at)}.{page_key(view.page.code)}")

    return grid([button(w.time(at, view.page.zone), data(at)) for at in view.moments], 4)


def _leave(view: Choice, w: Words) -> Row:
    if view.slot_id:
        return _back(view.slot_id, w)
    return (button(w.plain("‹ The day"), PlanButton(verb="day", id=view.day.toordinal())),)


def doubtful(found: Doubtful, slot_id: int, version: int, key: str, w: Words) -> Screen:
    """The norm speaks against a moment: a reason is the confirming tap. `key`: the page's, for an extra slot."""
    at = minutes(found.at)
    head = w("<b>{time}</b>: are you sure?", time=w.time(found.at, found.zone))
    why = [w(_DOUBTS[doubt]) for doubt in found.doubts]  # texts: dynamic
    ask = w("If it has to be, say why; the reason is kept.")

    def data(cause: str) -> PlanButton:
        if key:
            return PlanButton(verb="addwhy", arg=f"{at}.{key}.{cause}")
        return PlanButton(verb="atwhy", id=slot_id, version=version, arg=f"{at}.{cause}")

    rows = [(button(_cause(cause, w), data(cause.value)),) for cause in MOVE_CAUSES]
    own = button(w.plain("In my own words"), data("own"))
    again = (
        button(w.plain("Another time"), PlanButton(verb="move", id=slot_id, version=version))
        if slot_id
        else button(w.plain("Cancel"), PlanButton(verb="day"))
    )
    return Screen(paragraphs(lines(head, *why), ask), (*rows, (own,), (again,)))


def _cause(cause: Cause, w: Words) -> str:
    return w.plain(CAUSES[cause])  # texts: dynamic


def own_reason(slot_id: int, w: Words) -> Screen:
    """A reason in own words is awaited."""
    rows: tuple[Row, ...] = (_back(slot_id, w),) if slot_id else ((button(w.plain("Cancel"), PlanButton(verb="day")),),)
    return Screen(w("Why? Write it in one line; it is kept with the change."), rows)


def skip(view: Sheet, w: Words, zone: Zone) -> Screen:
    """Why a slot is taken out; the tap on the reason does it."""
    slot = view.slot
    rows = [
        (button(_cause(c, w), PlanButton(verb="skipwhy", id=slot.id, version=slot.version, arg=c.value)),)
        for c in SKIP_CAUSES
    ]
    own = button(w.plain("In my own words"), PlanButton(verb="skipwhy", id=slot.id, version=slot.version, arg="own"))
    text = w("Take this post out of the plan? It will count apart, not as missed. Why?")
    return Screen(paragraphs(slot_head(view, w, zone), text), (*rows, (own,), _back(slot.id, w)))


def pages(found: Sequence[Page], day: date, at: int, w: Words) -> Screen:
    """Which page gets an extra slot."""
    number = day.toordinal()
    rows = choices(
        found,
        lambda page: button(label(page.title), PlanButton(verb="addp", id=number, arg=page_key(page.code))),
        at,
        lambda to: PlanButton(verb="add", id=number, version=to),
    )
    back = button(w.plain("‹ The day"), PlanButton(verb="day", id=number))
    return Screen(w("An extra post on {day}. On which page?", day=w.day(day)), (*rows, (back,)))


# -- people -----------------------------------------------------------------------------------------------------------


def people(view: people_of.Choice, at: int, w: Words) -> Screen:
    """Who could have it: the freest first; the others with what speaks against it."""
    slot = view.row.slot
    head = Markup("<b>{}</b>, {}").format(view.row.page_title, w.time(slot.at, view.row.zone))
    rows = choices(
        view.people,
        lambda one: button(_person(one, w), PlanButton(verb="to", id=slot.id, version=slot.version, arg=_to(one))),
        at,
        lambda to: PlanButton(verb="give", id=slot.id, version=slot.version, arg=str(to)),
    )
    free = sum(one.why is None for one in view.people)
    if not view.people:
        said = w("Nobody else posts on this page.")
    elif free:
        said = w("Who gets it? In brackets: posts that day, in the week around it.")
    else:
        said = w("Nobody is free. Tap a name to see why, and whether you can ask.")
    return Screen(paragraphs(head, said), (*rows, _back(slot.id, w)))


def _to(one: Candidate) -> str:
    return f"{one.person.id}{'' if one.why is None else '.ask'}"


def _person(one: Candidate, w: Words) -> str:
    if one.why is None:
        return label(one.person.name, f" ({w.number(one.that_day)}, {w.number(one.week)})")
    return label(f"– {one.person.name}", f" · {w.plain(WHY[one.why])}")  # texts: dynamic


def ask(view: Sheet, one: Candidate, w: Words, zone: Zone) -> Screen:
    """Outside somebody's hours it takes their own yes."""
    slot, person = view.slot, one.person
    time = w.time(slot.at, person.zone)
    why = (
        w("{time} falls into the quiet hours of {name}.", time=time, name=person.name)
        if one.why in ASKABLE and person.is_quiet(slot.at)
        else w("{time} is not among the hours that {name} has named.", time=time, name=person.name)
    )
    hint = w("It becomes theirs only if they say yes. Until then it stays where it is.")
    yes = button(
        label(w.plain("Ask {name}", name=person.name)),
        PlanButton(verb="sure", id=slot.id, version=slot.version, arg=str(person.id)),
    )
    return Screen(paragraphs(slot_head(view, w, zone), lines(why, hint)), ((yes,), _back(slot.id, w)))


# -- texts ------------------------------------------------------------------------------------------------------------


def texts(view: TextChoice, w: Words, zone: Zone, now: datetime) -> Screen:
    """What could stand there instead; also what stands on the page later, which then changes places."""
    slot = view.row.slot
    head = Markup("<b>{}</b>, {}").format(view.row.page_title, w.time(slot.at, view.row.zone))
    found = [(one.words, one.author, "take", f"{one.draft_id}.{one.version}") for one in view.lines]
    found += [
        (row.words, w.moment(row.slot.at, zone, now), "witht", f"{row.slot.id}.{row.slot.version}")
        for row in view.later
    ]
    listed = [
        Markup("{}. <i>{}</i> · {}").format(n, words or w("a picture without words"), rest)
        for n, (words, rest, _, _) in enumerate(found, view.page * CHOICE + 1)
    ]
    numbers = [
        button(str(n), PlanButton(verb=verb, id=slot.id, version=slot.version, arg=arg))
        for n, (_, _, verb, arg) in enumerate(found, view.page * CHOICE + 1)
    ]
    turn = pager(
        view.page, view.pages, lambda to: PlanButton(verb="texts", id=slot.id, version=slot.version, arg=str(to))
    )
    said = w("Which text?") if found else w("No other approved text fits this page at this time.")
    hint = w("One with a time stands there: the two change places.") if view.later else None
    off = button(w.plain("Take the text off"), PlanButton(verb="off", id=slot.id, version=slot.version))
    rows = (*grid(numbers, 4), *turn, *(((off,),) if slot.draft_id is not None else ()), _back(slot.id, w))
    return Screen(paragraphs(head, lines(said, hint), lines(*listed)), rows)


# -- exchanging -------------------------------------------------------------------------------------------------------


def swap(view: Sheet, w: Words, zone: Zone) -> Screen:
    """People or texts?"""
    slot = view.slot
    row = (
        button(w.plain("The people"), PlanButton(verb="swapp", id=slot.id, version=slot.version)),
        button(w.plain("The texts"), PlanButton(verb="swapt", id=slot.id, version=slot.version)),
    )
    text = w("What changes places with another post of the day?")
    return Screen(paragraphs(slot_head(view, w, zone), text), (row, _back(slot.id, w)))


def partners(
    view: Sheet, found: Sequence[DayRow], at: int, w: Words, zone: Zone, now: datetime, *, texts: bool
) -> Screen:
    """With which one."""
    slot, verb, listing = view.slot, "witht" if texts else "withp", "swapt" if texts else "swapp"

    def line(row: DayRow) -> str:
        head = f"{sign(row.slot, now)} {w.time(row.slot.at, row.zone)} "
        rest = row.words if texts else row.assignee or ""
        return label(head + label(row.page_title, limit=_NAMES), f" · {label(rest, limit=10)}" if rest else "")

    rows = choices(
        found,
        lambda row: button(
            line(row),
            PlanButton(verb=verb, id=slot.id, version=slot.version, arg=f"{row.slot.id}.{row.slot.version}"),
        ),
        at,
        lambda to: PlanButton(verb=listing, id=slot.id, version=slot.version, arg=str(to)),
    )
    text = w("With which one?") if found else w("There is no other post that day to swap with.")
    return Screen(paragraphs(slot_head(view, w, zone), text), (*rows, _back(slot.id, w)))
