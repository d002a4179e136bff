"""From when and until when a text may be published: choosing both ends, and what others see of them."""

from datetime import date, datetime, time, timedelta

from aiogram.types import InlineKeyboardButton

from domain.drafts import Draft, DraftState
from domain.ports.drafts import DraftSheet
from domain.timing import Edge, local
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, grid, lines
from handlers.screens.draft_parts import excerpt, files, quote
from handlers.screens.drafts import DraftButton
from handlers.screens.timing_lines import TimingButton, do, ends
from texts.words import Words, local_date

DAYS = 14
HOURS = (time(9), time(12), time(18))
_AT, _DAY = "%Y%m%d%H%M", "%Y%m%d"


def moment_of(arg: str) -> datetime:
    """A button's wall-clock moment, naive; ValueError."""
    return datetime.strptime(arg, _AT)  # noqa: DTZ007 - a wall clock's reading; its zone is the author's


def day_of(arg: str) -> date:
    """A button's day; ValueError."""
    return datetime.strptime(arg, _DAY).date()  # noqa: DTZ007 - a calendar day


# --- choosing --------------------------------------------------------------------------------------------------------


def when(draft: Draft, zone: str, now: datetime, w: Words) -> Screen:
    """Both ends as they stand."""
    text = lines(
        w("<b>When may it be published?</b>"),
        *(ends(draft, zone, now, w) or [w("At any time.")]),
        w("By your clock: {zone}.", zone=w.zone_name(zone, now)),
    )
    rows: list[Row] = []
    for edge, name, set_ in (
        (Edge.AFTER, w.plain("Not before …"), draft.not_before),
        (Edge.UNTIL, w.plain("Not after …"), draft.expires_at),
    ):
        row = [button(name, do(draft, "edge", edge))]
        if set_ is not None:
            row.append(button(w.plain("✕ Remove"), do(draft, "none", edge)))
        rows.append(tuple(row))
    return Screen(text, (*rows, (button(w.plain("‹ Back"), DraftButton(verb="open", id=draft.id)),)))


def choose(draft: Draft, edge: Edge, zone: str, now: datetime, w: Words) -> Screen:
    """A quick choice, a day, or the next message."""
    head = w("<b>Not before …</b>") if edge is Edge.AFTER else w("<b>Not after …</b>")
    today = local_date(now, zone)
    evening, morning = datetime.combine(today, time(18)), datetime.combine(today + timedelta(days=1), time(9))
    shown = [_at(draft, edge, morning, w.plain("tomorrow {time}", time=f"{morning:%H:%M}"))]
    if local(evening, zone) > now:
        shown.insert(0, _at(draft, edge, evening, w.plain("today {time}", time=f"{evening:%H:%M}")))
    days = [today + timedelta(days=n) for n in range(DAYS)]
    picker = [button(w.day(day), do(draft, "day", edge, day.strftime(_DAY))) for day in days]
    text = lines(
        head, w("Tap, or write it: <code>12.10 15:00</code>. Your clock: {zone}.", zone=w.zone_name(zone, now))
    )
    return Screen(text, (*grid(shown, 2), *grid(picker, 2), _back(draft, w)))


def _at(draft: Draft, edge: Edge, at: datetime, shown: str) -> InlineKeyboardButton:
    return button(shown, do(draft, "at", edge, at.strftime(_AT)))


def hours(draft: Draft, edge: Edge, day: date, w: Words) -> Screen:
    """The hour of a day that was chosen."""
    text = lines(
        w("<b>{day}</b>: at what time?", day=w.day(day)),
        w("Tap, or write another one: <code>{example}</code>.", example=f"{day:%d.%m} 15:30"),
    )
    row = [_at(draft, edge, datetime.combine(day, at), f"{at:%H:%M}") for at in HOURS]
    return Screen(text, (tuple(row), (button(w.plain("‹ Back"), do(draft, "edge", edge)),)))


def no_moment(draft_id: int, version: int, w: Words) -> Screen:
    """A file came instead of a day and an hour; they are still awaited."""
    text = w("Write a day and an hour, for example <code>12.10 15:00</code>.")
    back = TimingButton(verb="back", id=draft_id, version=version)
    return Screen(text, ((button(w.plain("‹ Back"), back),),))


def _back(draft: Draft, w: Words) -> Row:
    return (button(w.plain("‹ Back"), do(draft, "back")),)


# --- news ------------------------------------------------------------------------------------------------------------


def expired(sheet: DraftSheet, posted: int, own: bool, zone: str, now: datetime, w: Words) -> Screen:
    """To the author (`own`) and the press secretaries: its time is over. `posted`: on how many pages it is public."""
    draft, all_ = sheet.draft, len(sheet.pages)
    time_ = w.moment(draft.expires_at or now, zone, now)
    if draft.state is DraftState.SUBMITTED:
        what = w("⌛ <b>Expired before anybody decided on it</b>, {time}", time=time_)
    elif posted:
        what = w("⌛ <b>Expired</b>, {time}: published on {n} of {all} pages", time=time_, n=posted, all=all_)
    else:
        what = w("⌛ <b>Expired unpublished</b>, {time}", time=time_)
    text = lines(
        what,
        None if own else w("By {author}", author=sheet.author_name),
        quote(excerpt(draft.text, 200)) or files(draft.media, w),
        w("It has left the plan: other texts take its places.") if draft.state is DraftState.APPROVED else None,
    )
    if not own:
        return Screen(text, (nav.home(w),))
    return Screen(text, ((button(w.plain("My drafts"), DraftButton(verb="list")),),))
