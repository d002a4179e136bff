"""A day of the plan: the board, and one of its slots with everything that can be done to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.day_plan import AHEAD, BACK, Cause, Kind
from domain.people import EVERYWHERE
from domain.plan import EmptyReason, Excuse, Slot, SlotState
from domain.ports.day_plan import DayRow
from domain.usecases.day_plan import Board, Sheet
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.campaign_line import not_running
from handlers.screens.keyboards import choices, pager
from handlers.screens.nav import home
from texts.names import platform_name
from texts.words import Words, Zone, mark, mark_plain

_DAY = timedelta(days=1)
_WHO = 40
"""Characters of a title on the board."""


class PlanButton(CallbackData, prefix="pd"):
    """`id`: a slot, a change (undo), or a day as its ordinal; `version`: the slot's, or which page of a list.

    `verb`: day, days, regions, region, only, personal, see, back; move, at, atwhy, skip, skipwhy, restore; give, to, sure; texts, take,
    off; swap, swapp, swapt, withp, witht; add, addp, addat, addwhy; undo, dry. `arg`: what the verb needs, in parts set off by points.
    """

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


CAUSES: dict[Cause, str] = {
    Cause.EVENT: mark_plain("It belongs to an event"),
    Cause.NEWS: mark_plain("Other news matters more"),
    Cause.ASKED: mark_plain("Somebody asked for it"),
    Cause.NO_TEXT: mark_plain("There is no good text"),
    Cause.NO_PERSON: mark_plain("Nobody can post it"),
    Cause.PAGE: mark_plain("The page cannot be used"),
}
_DONE: dict[Kind, str] = {
    Kind.MOVE: mark("✓ Moved. Whoever knew of it hears the new time."),
    Kind.SKIP: mark("✓ Taken out. It counts apart, not as missed."),
    Kind.BACK: mark("✓ Back in the plan: now it needs a text and a person."),
    Kind.ADD: mark("✓ Added: now it needs a text and a person."),
    Kind.GIVE: mark("✓ Given."),
    Kind.ASK: mark("✓ Asked. It is theirs as soon as they say yes."),
    Kind.TEXT: mark("✓ The text is chosen."),
    Kind.TEXT_OFF: mark("✓ The text is off. The planner may put another one here, never this one."),
    Kind.SWAP_PEOPLE: mark("✓ The two have swapped."),
    Kind.SWAP_TEXTS: mark("✓ The texts have swapped."),
    Kind.UNDO: mark("✓ Undone: everything is as it was."),
}
_LAST: dict[Kind, str] = {
    Kind.MOVE: mark("{when}: {name} moved it"),
    Kind.SKIP: mark("{when}: {name} took it out"),
    Kind.BACK: mark("{when}: {name} brought it back"),
    Kind.ADD: mark("{when}: {name} added it"),
    Kind.GIVE: mark("{when}: {name} gave it to somebody"),
    Kind.ASK: mark("{when}: {name} asked somebody"),
    Kind.TEXT: mark("{when}: {name} chose the text"),
    Kind.TEXT_OFF: mark("{when}: {name} took the text off"),
    Kind.SWAP_PEOPLE: mark("{when}: {name} let two people swap"),
    Kind.SWAP_TEXTS: mark("{when}: {name} swapped two texts"),
    Kind.UNDO: mark("{when}: {name} undid the last change"),
}


# -- pieces -----------------------------------------------------------------------------------------------------------


def sign(slot: Slot, now: datetime, *, held: bool = True) -> str:
    """How a slot stands, in one character. `held`: somebody has it."""
    match slot.state:
        case SlotState.POSTED:
            return "✓"
        case SlotState.MISSED:
            return "✗"
        case SlotState.CANCELLED:
            return "⏭"
        case SlotState.EMPTY:
            return "○"
    return "◐" if not held else "⏰" if slot.at < now else "●"


def reason_words(reason: str, w: Words) -> str:
    """A reason as it is stored: one of the buttons', or own words."""
    return w.plain(CAUSES[Cause(reason)]) if reason in set(Cause) else reason  # texts: dynamic


def region_name(code: str, name: str, w: Words) -> str:
    """The pages of the whole campaign have no region."""
    return w.plain("Pages of the whole campaign") if code == EVERYWHERE else name


def _who(row: DayRow, w: Words) -> str | None:
    if row.assignee:
        return row.assignee
    return w.plain("asked: {names}", names=w.list(row.asked)) if row.asked else None


def _held(row: DayRow) -> bool:
    return row.assignee_id is not None


def clocks(rows: Sequence[DayRow], w: Words, zone: Zone, now: datetime) -> Markup | None:
    """Whose clock the times are of, where that is not the reader's."""
    zones = {row.zone for row in rows} - {str(zone)}
    if not zones:
        return None
    if len({row.zone for row in rows}) == 1:
        return w("Times of the page: {zone}", zone=w.zone_name(next(iter(zones)), now))
    return w("Times are those of each page.")


# -- the board --------------------------------------------------------------------------------------------------------


def board(view: Board, w: Words, zone: Zone, now: datetime) -> Screen:
    """A day of a region, eight slots at a time."""
    name = region_name(view.region, view.region_name, w)
    title = w("{region}, personal pages", region=name) if view.personal else name
    head = Markup("<b>{}</b> · {}").format(title, w.day(view.day))
    listed = [_line(number, row, w, now) for number, row in enumerate(view.rows, 1)]
    body = paragraphs(*listed) if listed else _nothing(view, w, now)
    numbers = [
        button(f"{n} · {w.time(row.slot.at, row.zone)}", PlanButton(verb="see", id=row.slot.id))
        for n, row in enumerate(view.rows, 1)
    ]
    day = view.day.toordinal()
    turn = pager(view.at, view.pages, lambda to: PlanButton(verb="day", id=day, version=to))
    text = paragraphs(lines(head, _counted(view, w), clocks(view.rows, w, zone, now)), body)
    return Screen(text, (*grid(numbers, 4), *turn, *_below(view, w), home(w)))


def _line(number: int, row: DayRow, w: Words, now: datetime) -> Markup:
    mark_ = sign(row.slot, now, held=_held(row))
    who = _who(row, w)
    head = Markup("{}. {} {} {}").format(
        number, mark_, w.time(row.slot.at, row.zone), label(row.page_title, limit=_WHO)
    )
    return lines(
        head if who is None else Markup("{} · {}").format(head, who),
        Markup("<i>{}</i>").format(row.words) if row.words else None,
    )


def _nothing(view: Board, w: Words, now: datetime) -> Markup:
    if view.only_empty and any(view.counts.values()):
        return w("Nothing is empty on this day.")
    if view.day < view.today or not view.wanted:
        why = not_running(view.not_running, now, w) if view.not_running is not None else None
        return paragraphs(w("There is nothing in the plan for this day."), why)
    if view.day == view.today:
        return w.n(
            "Nothing is planned for today: days are laid out the evening before. The norm wants {n} post.",
            "Nothing is planned for today: days are laid out the evening before. The norm wants {n} posts.",
            view.wanted,
        )
    return w.n(
        "Not planned yet. The norm wants {n} post; it is laid out the evening before.",
        "Not planned yet. The norm wants {n} posts; they are laid out the evening before.",
        view.wanted,
    )


def _counted(view: Board, w: Words) -> Markup | None:
    parts = [
        w.plain(text, n=w.number(view.counts[state]))  # texts: dynamic
        for state, text in _COUNTS.items()
        if view.counts.get(state)
    ]
    return Markup(" · ").join(parts) if parts else None


_COUNTS: dict[SlotState, str] = {
    SlotState.POSTED: mark_plain("✓ posted {n}"),
    SlotState.FILLED: mark_plain("● given {n}"),
    SlotState.EMPTY: mark_plain("○ empty {n}"),
    SlotState.MISSED: mark_plain("✗ missed {n}"),
    SlotState.CANCELLED: mark_plain("⏭ taken out {n}"),
}


def _below(view: Board, w: Words) -> tuple[Row, ...]:
    day = view.day.toordinal()
    steps = (
        button(f"‹ {view.day - _DAY:%d.%m}", PlanButton(verb="day", id=day - 1)),
        button(f"{view.day:%d.%m} ▾", PlanButton(verb="days", id=day)),
        button(f"{view.day + _DAY:%d.%m} ›", PlanButton(verb="day", id=day + 1)),
    )
    shown = (
        (steps[0], view.day > view.today - BACK * _DAY),
        (steps[1], True),
        (steps[2], view.day < view.today + AHEAD * _DAY),
    )
    only = (
        button(w.plain("Show everything"), PlanButton(verb="only", id=day, arg="0"))
        if view.only_empty
        else button(w.plain("Only empty"), PlanButton(verb="only", id=day, arg="1"))
    )
    extra = button(w.plain("＋ A place"), PlanButton(verb="add", id=day))
    dry = button(w.plain("Dry run"), PlanButton(verb="dry", id=day))
    there = button(w.plain("Another region"), PlanButton(verb="regions", id=day))
    able = [only, *([extra, dry] if view.may_change and view.day >= view.today else [])]
    more = [*([_aside(view, w)] if view.aside or view.personal else []), *([there] if len(view.regions) > 1 else [])]
    return (tuple(one for one, is_shown in shown if is_shown), *grid([*able, *more], 2))


def _aside(view: Board, w: Words) -> InlineKeyboardButton:
    """Volunteers' own pages are many, so they have a list of their own."""
    day = view.day.toordinal()
    if view.personal:
        return button(
            w.plain("Shared pages: {n}", n=w.number(view.aside)), PlanButton(verb="personal", id=day, arg="0")
        )
    return button(w.plain("Personal: {n}", n=w.number(view.aside)), PlanButton(verb="personal", id=day, arg="1"))


def days(today: date, w: Words) -> Screen:
    """Any day of the board in one tap."""
    found = [today + n * _DAY for n in range(-BACK, AHEAD + 1)]
    buttons = [button(w.day(day), PlanButton(verb="day", id=day.toordinal())) for day in found]
    return Screen(w("Which day?"), grid(buttons, 2))


def regions(found: Sequence[tuple[str, str]], at: int, w: Words, day: int = 0) -> Screen:
    """Which region the board shows from now on; `day`: the one looked at, as its ordinal."""
    rows = choices(
        found,
        lambda one: button(label(region_name(one[0], one[1], w)), PlanButton(verb="region", id=day, arg=one[0])),
        at,
        lambda to: PlanButton(verb="regions", id=day, version=to),
    )
    return Screen(w("Which region?"), (*rows, (button(w.plain("‹ Back"), PlanButton(verb="day", id=day)),)))


# -- one slot ---------------------------------------------------------------------------------------------------------


def slot_head(view: Sheet, w: Words, zone: Zone) -> Markup:
    """Page and moment by the page's clock, and by the reader's where that is another."""
    row = view.row
    when = Markup("{}, {}").format(w.time(row.slot.at, row.zone), w.day(row.slot.day))
    if row.zone != str(zone):
        city, own = w.city(row.zone), w.time(row.slot.at, zone)
        when = w("{when} in {city}, {own} by your clock", when=when, city=city, own=own)
    return lines(Markup("<b>{}</b> · {}").format(row.page_title, platform_name(row.platform, w)), when)


def sheet(view: Sheet, w: Words, zone: Zone, now: datetime) -> Screen:
    """One slot: how it stands, who has it, its text, who changed it last, and what can be done."""
    done = w(_DONE[view.done]) if view.done is not None else None  # texts: dynamic
    words = Markup("<blockquote>{}</blockquote>").format(view.row.words) if view.row.words else None
    facts = lines(_state(view, w, zone, now), _extra(view, w), _last(view, w, zone, now))
    rows = _buttons(view, w) if view.may_change else ()
    back = button(w.plain("‹ The day"), PlanButton(verb="day", id=view.slot.day.toordinal()))
    return Screen(paragraphs(done, slot_head(view, w, zone), facts, words), (*rows, (back,)))


def _state(view: Sheet, w: Words, zone: Zone, now: datetime) -> Markup:
    slot, name = view.slot, view.row.assignee or ""
    char = sign(slot, now, held=_held(view.row))
    match slot.state:
        case SlotState.POSTED:
            said = w("Posted {time} by {name}", time=w.moment(slot.posted_at or slot.at, zone, now), name=name)
        case SlotState.MISSED:
            said = w("Missed: the day is over")
        case SlotState.CANCELLED:
            said = w("Taken out of the plan") if slot.excuse is Excuse.SKIPPED else w("No longer in the plan")
        case SlotState.EMPTY:
            has_text = slot.empty_reason is EmptyReason.NO_PERSON
            said = w("Empty: nobody to post it") if has_text else w("Empty: no approved text")
        case _ if name and slot.at < now:
            said = w("With {name}, {ago} late", name=name, ago=w.ago(now - slot.at))
        case _:
            said = w("With {name}", name=name) if name else w("Nobody has it yet")
    asked = w("Asked, no answer yet: {names}", names=w.list(view.row.asked)) if view.row.asked else None
    return lines(Markup("{} {}").format(char, said), asked)


def _extra(view: Sheet, w: Words) -> Markup | None:
    if view.slot.urgent_id is not None:
        return w("It belongs to an urgent call.")
    return w("Added by hand, beyond the norm.") if view.slot.extra else None


def _last(view: Sheet, w: Words, zone: Zone, now: datetime) -> Markup | None:
    change = view.change
    if change is None:
        return None
    said = w(_LAST[change.kind], when=w.moment(change.at, zone, now), name=view.by)  # texts: dynamic
    return Markup("{} ({})").format(said, reason_words(change.reason, w)) if change.reason else said


def _buttons(view: Sheet, w: Words) -> tuple[Row, ...]:
    slot = view.slot

    def to(text: str, verb: str) -> Row:
        return (button(text, PlanButton(verb=verb, id=slot.id, version=slot.version)),)

    undo: tuple[Row, ...] = ()
    if view.may_undo and view.change is not None:
        undo = ((button(w.plain("Undo the change"), PlanButton(verb="undo", id=view.change.id)),),)
    if slot.urgent_id is not None:
        return ()
    if slot.excuse is Excuse.SKIPPED and slot.state is SlotState.CANCELLED:
        return (*undo, to(w.plain("Bring it back"), "restore"))
    if slot.state not in {SlotState.EMPTY, SlotState.FILLED}:
        return undo
    first = (*to(w.plain("Move"), "move"), *to(w.plain("Give to…"), "give"))
    second = to(w.plain("Text"), "texts")
    if slot.state is SlotState.FILLED:
        second = (*second, *to(w.plain("Swap"), "swap"))
    return (*undo, first, second, to(w.plain("Take it out"), "skip"))
