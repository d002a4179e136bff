"""Being away: from when, until when, who decides instead; and what others are told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.away import Absence, last_day
from domain.people import Actor, Person
from domain.usecases.away import AwayView
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.words import Words, local_date

DAYS = 8
"""Days offered one by one; weeks come after them."""
WEEKS = (2, 3, 4)
_NOBODY = 0


class AwayButton(CallbackData, prefix="aw"):
    """`verb`: from, day, page, set, back. `later`: 1: from tomorrow. `day`: the last day, ISO. `person`: the deputy."""

    verb: str
    later: int = 0
    day: str = ""
    person: int = 0
    id: int = 0


def start(view: AwayView, w: Words, line: Markup | None = None) -> Screen:
    """/away of somebody who is here. `line`: what has just happened."""
    what = (
        w("While you are away nothing is planned for you, and somebody else is asked to decide.")
        if view.decides
        else w("While you are away nothing is planned for you.")
    )
    now, later = AwayButton(verb="from"), AwayButton(verb="from", later=1)
    row = (button(w.plain("From now"), now), button(w.plain("From tomorrow"), later))
    return Screen(paragraphs(line, lines(w("<b>Going away?</b>"), what)), (row, home(w)))


def until(later: bool, today: date, w: Words) -> Screen:
    """The last day; what is chosen counts as a day away."""
    first = today + timedelta(days=later)
    days = [first + timedelta(days=n) for n in range(DAYS)] + [first + timedelta(weeks=n) for n in WEEKS]
    buttons = [button(w.day(day), AwayButton(verb="day", later=int(later), day=day.isoformat())) for day in days]
    back = (button(w.plain("‹ Back"), Go(to="away")),)
    return Screen(w("Until which day? You are back on the day after it."), (*grid(buttons, 2), back))


def deputy(people: Sequence[Actor], later: bool, day: str, page: int, w: Words) -> Screen:
    """Who is asked instead; only those who may decide all the same."""
    text = (
        w("Who decides in your place? These people may decide everywhere where you do.")
        if people
        else w("Nobody else may decide everywhere where you do. Drafts go to whoever comes next.")
    )
    rows = choices(
        people,
        lambda actor: button(label(actor.person.name), _set(later, day, actor.id)),
        page,
        lambda to: AwayButton(verb="page", later=int(later), day=day, id=to),
    )
    nobody = (button(w.plain("Nobody in particular"), _set(later, day, _NOBODY)),)
    back = (button(w.plain("‹ Back"), AwayButton(verb="from", later=int(later))),)
    return Screen(text, (*rows, nobody, back))


def _set(later: bool, day: str, person: int) -> AwayButton:
    return AwayButton(verb="set", later=int(later), day=day, person=person)


def current(view: AwayView, absence: Absence, person: Person, now: datetime, w: Words) -> Screen:
    """/away of somebody who is away, or will be from tomorrow."""
    day = w.day(last_day(absence, person))
    if absence.starts <= now:
        head = w("🏖 <b>You are away</b> up to and including {day}.", day=day)
    else:
        first = w.day(local_date(absence.starts, person.zone))
        head = w("🏖 <b>You will be away</b> from {first} up to and including {day}.", first=first, day=day)
    instead = w("{name} decides in your place.", name=view.deputy) if view.deputy else None
    if view.deputy_gone:
        instead = w("{name} cannot decide in your place now: others are asked.", name=view.deputy)
    rows: list[Row] = [(button(w.plain("I am back"), AwayButton(verb="back", id=absence.id)),)]
    planned = None
    if view.planned:
        planned = w.n(
            "⚠ {n} post is still planned for you in that time: hand it on.",
            "⚠ {n} posts are still planned for you in that time: hand them on.",
            view.planned,
        )
        rows.append((button(w.plain("My day"), Go(to="today")),))
    return Screen(lines(head, instead, planned), (*rows, home(w)))


def is_back(w: Words) -> Markup:
    return w("✓ Welcome back! Everything comes to you again.")


# --- what others and the person are told -------------------------------------------------------------------------------


def deputy_asked(name: str, absence: Absence, reader: Person, now: datetime, w: Words) -> Screen:
    """To the deputy."""
    day = w.day(last_day(absence, reader))
    if absence.starts <= now:
        text = w(
            "{name} is away up to and including {day}. In that time you are asked to decide instead.",
            name=name,
            day=day,
        )
    else:
        first = w.day(local_date(absence.starts, reader.zone))
        text = w(
            "{name} is away from {first} up to and including {day}. In that time you are asked to decide instead.",
            name=name,
            first=first,
            day=day,
        )
    return Screen(text, ((button(w.plain("To approve"), Go(to="queue")),),))


def deputy_done(name: str, w: Words) -> Screen:
    """To the deputy: it is over."""
    return Screen(w("{name} is back and decides again. Thank you for standing in.", name=name))


def welcome_back(w: Words) -> Screen:
    """To the person, on the day after the last one."""
    rows = ((button(w.plain("My day"), Go(to="today")), button(w.plain("‹ Menu"), Go(to="home"))),)
    return Screen(w("Welcome back! From today everything comes to you again."), rows)


def away_names(people: Sequence[tuple[str, Absence]], reader: Person, w: Words) -> Markup | None:
    """One line for a digest: who is away until when."""
    if not people:
        return None
    named = [w.plain("{name} (until {day})", name=name, day=w.day(last_day(one, reader))) for name, one in people]
    return w("🏖 Away: {names}", names=w.list(named))


def away_line(absence: Absence | None, person: Person, now: datetime, w: Words) -> Markup | None:
    """On a person's card in the team."""
    if absence is None:
        return None
    day = w.day(last_day(absence, person))
    if absence.starts <= now:
        return w("🏖 Away up to and including {day}.", day=day)
    return w("🏖 Will be away up to and including {day}.", day=day)
