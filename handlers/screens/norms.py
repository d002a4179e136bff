"""/norm: the list, a page's norm, setting it step by step, and the preview that both ways lead to."""

from collections.abc import Callable, Sequence
from datetime import time, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.norm_settings import NormSetting, SettingState
from domain.norms import Norm
from domain.pages import page_key
from domain.usecases import norm_peaks
from domain.usecases.norms import NormLine, NormView
from handlers.screens import norm_words as words
from handlers.screens import peaks
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.words import Words, mark, mark_plain

MOST = 6
"""Posts a day that have a button; more is typed."""
GAPS = (60, 90, 120, 180, 240)
HOURS = ("9-12,18-21", "8-10,12-14,19-22", "9-21", "10-20")
PEAKS = ((8, 10), (12, 14), (18, 20), (19, 22))


class NormButton(CallbackData, prefix="no"):
    """`verb`: list, page, begin, steps, step, say, week, see, when, over, save, drop, back, worked. `arg`: what is said, or the step."""

    verb: str
    id: int = 0
    version: int = 0
    key: str = ""
    arg: str = ""
    at: int = 0


STEPS = {
    "posts": mark_plain("Posts a day"),
    "days": mark_plain("Days"),
    "hours": mark_plain("Hours"),
    "gap": mark_plain("Gap"),
    "cap": mark_plain("Most a day"),
    "peak": mark_plain("Best hours"),
    "dates": mark_plain("From and until"),
    "mix": mark_plain("Rubrics"),
}
_QUESTIONS = {
    "posts": mark("<b>How many posts a day?</b> Different ones for some days: type “Mon-Fri 2, Sat-Sun 1”."),
    "days": mark("<b>On which days?</b> Tap a day to switch it on or off."),
    "hours": mark("<b>At which hours, on the page's own clock?</b> Or type them: “9-12, 18-21:30”."),
    "gap": mark("<b>How much time between two posts, at least?</b> Or type it: “1 h 30 min”."),
    "cap": mark("<b>How many posts on one day at most</b>, urgent ones included? Or type a number."),
    "peak": mark("<b>When do people read most?</b> Posts go there first, as far as they fit. Or type: “18-20”."),
    "dates": mark("<b>From when, until when?</b> Or type: “from 1 Oct until 31 Oct”, “except 4 Nov”, “no holidays”."),
    "mix": mark("<b>Which rubrics, how much of each?</b> Type for example “{example}”. The rest may be anything."),
}


def _do(view: NormView, verb: str, arg: str = "") -> NormButton:
    setting = view.setting
    number, version = (0, 0) if setting is None else (setting.id, setting.version)
    return NormButton(verb=verb, id=number, version=version, arg=arg)


# -- looking ----------------------------------------------------------------------------------------------------------


def norm_list(found: Sequence[NormLine], at: int, w: Words) -> Screen:
    """Pages whose norm the reader may set."""
    if not found:
        return Screen(w("There are no pages in your regions yet."), (home(w),))
    rows = choices(
        found,
        lambda line: button(_label(line, w), NormButton(verb="page", key=page_key(line.page.code))),
        at,
        lambda to: NormButton(verb="list", at=to),
    )
    text = lines(w("<b>Norms: how often each page publishes</b>"), _hint(found[0].page.code, w))
    days = (button(w.plain("Days off"), Go(to="days")),)
    return Screen(text, (*rows, days, home(w)))


def _hint(code: str, w: Words) -> Markup:
    return w("In one line: <code>/norm {page} 2 daily 09-12,18-21 Mon-Sat</code>", page=code)


def _label(line: NormLine, w: Words) -> str:
    told = "–" if line.norm is None else words.count(line.norm, w)
    return label(line.page.title, f" · {told}")


def card(view: NormView, w: Words) -> Screen:
    """A page's norm as it stands, with its week."""
    key = page_key(view.page.code)
    if view.old is None:
        told = w("No norm is set")
    else:
        # What holds until the new norm begins is what people see happen now.
        now = view.old.norm.on(view.today)
        then = view.old.norm if now is not view.old.norm else None
        told = paragraphs(
            words.parts(now, view.today, view.rubrics, w),
            lines(w("<b>Then:</b>"), words.parts(then, view.today, view.rubrics, w)) if then is not None else None,
        )
    days = (
        words.week(view.effect, view.page.zone, view.today, w, as_it_stands=True) if view.effect is not None else None
    )
    by_hand = view.old is not None and view.old.by_hand
    note = w("Set in chat: the plan file changes it only when its own norm of this page changes.") if by_hand else None
    found = norm_peaks.worked(view)
    hours = None if found is None else peaks.offer(found, w)
    text = paragraphs(_head(view), told, days, hours, note, _hint(view.page.code, w))
    change = (button(w.plain("Change it"), NormButton(verb="begin", key=key)),)
    take = () if found is None else ((button(peaks.use(found, w), NormButton(verb="worked", key=key)),),)
    return Screen(text, (*take, change, (button(w.plain("‹ Norms"), NormButton(verb="list")),)))


def _head(view: NormView) -> Markup:
    return Markup("<b>{}</b>").format(view.page.title)


# -- step by step -----------------------------------------------------------------------------------------------------


def steps(view: NormView, w: Words) -> Screen:
    """What is said so far, and every part that can be changed."""
    setting = view.setting
    if setting is None or setting.state is not SettingState.OPEN:
        return ended(view, w)
    text = paragraphs(
        _head(view),
        words.parts(setting.norm, view.today, view.rubrics, w),
        _from_when(view, setting, w),
        w("Tap what is to change, or write it: “2 daily 9-12, 18-21”."),
    )
    buttons = [button(w.plain(name), _do(view, "step", step)) for step, name in STEPS.items()]  # texts: dynamic
    see = (button(w.plain("See the week"), _do(view, "week")),)
    return Screen(text, (*grid(buttons, 2), see, _cancel(view, w)))


def _from_when(view: NormView, setting: NormSetting, w: Words) -> Markup | None:
    """Which norm is being changed, and from when on."""
    if setting.at_once:
        return w("It is to hold from today.")
    starts = setting.norm.starts
    if starts is None or starts <= view.today:
        return w("It is to hold from tomorrow; another day: “From and until”.")
    if view.old is None or view.later != starts:
        return None  # the first day stands among the parts
    present = words.count(view.old.norm.on(view.today), w)
    return w(
        "This is the norm that begins on {day}. Until then the present one holds: {norm}.",
        day=w.day(starts),
        norm=present,
    )


def _cancel(view: NormView, w: Words) -> Row:
    return (button(w.plain("Cancel"), _do(view, "drop")),)


def step(view: NormView, name: str, w: Words) -> Screen:
    """One part: what is usual on buttons, anything else typed."""
    setting = view.setting
    if setting is None or setting.state is not SettingState.OPEN:
        return ended(view, w)
    if name not in STEPS:
        return steps(view, w)
    example = ", ".join(f"{one.name(w.language).lower()} 40%" for one in view.rubrics[:1]) or "news 40%"
    text = w(_QUESTIONS[name], example=example)  # texts: dynamic
    rows = _choices(view, setting.norm, name, w)
    hours = peaks.evidence(view.peaks, norm_peaks.worked(view), w) if name == norm_peaks.STEP else None
    return Screen(paragraphs(_head(view), text, hours), (*rows, (button(w.plain("‹ Back"), _do(view, "steps")),)))


def _choices(view: NormView, norm: Norm, name: str, w: Words) -> tuple[Row, ...]:
    made: dict[str, Callable[[], tuple[Row, ...]]] = {
        "posts": lambda: grid([_say(view, str(n), str(n)) for n in range(1, MOST + 1)], 3),
        "days": lambda: (*grid(_days(view, norm, w), 4), *_day_sets(view, w)),
        "hours": lambda: grid([_say(view, _shown(hours), f"hours {hours}") for hours in HOURS], 2),
        "gap": lambda: _gaps(view, w),
        "cap": lambda: _caps(view, max(1, *norm.per_weekday)),
        "peak": lambda: _peaks(view, norm, w),
        "dates": lambda: _dates(view, w),
        "mix": lambda: ((_say(view, w.plain("As in the whole campaign"), "no rubrics"),),),
    }
    return made[name]()


def _gaps(view: NormView, w: Words) -> tuple[Row, ...]:
    buttons = [_say(view, w.ago(timedelta(minutes=one)), f"gap {one}m") for one in GAPS]
    return grid([*buttons, _say(view, w.plain("None"), "no gap")], 2)


def _caps(view: NormView, least: int) -> tuple[Row, ...]:
    return grid([_say(view, str(n), f"cap {n}") for n in range(least, least + MOST)], 3)


def _peaks(view: NormView, norm: Norm, w: Words) -> tuple[Row, ...]:
    inside = [
        f"{start}-{end}"
        for start, end in PEAKS
        if any(one.start < time(end) and time(start) < one.end for one in norm.windows)
    ]
    buttons = [_say(view, _shown(hours), f"peak {hours}") for hours in inside]
    found = norm_peaks.worked(view)
    take = () if found is None else ((button(peaks.use(found, w), _do(view, "worked")),),)
    return (*take, *grid(buttons, 2), (_say(view, w.plain("All hours alike"), "no peak"),))


def _say(view: NormView, text: str, said: str) -> InlineKeyboardButton:
    return button(text, _do(view, "say", said))


def _shown(hours: str) -> str:
    return hours.replace("-", "–").replace(",", ", ")


def _days(view: NormView, norm: Norm, w: Words) -> list[InlineKeyboardButton]:
    most = max(1, *norm.per_weekday)
    made = []
    for day, name in enumerate(w.weekday_names):
        counts = list(norm.per_weekday)
        counts[day] = 0 if counts[day] else most
        sign = "✓ " if norm.per_weekday[day] else ""
        made.append(button(f"{sign}{name}", _do(view, "days", ".".join(map(str, counts)))))
    return made


def _day_sets(view: NormView, w: Words) -> tuple[Row, ...]:
    every, work = _say(view, w.plain("Every day"), "every day"), _say(view, w.plain("Mon–Fri"), "mon-fri")
    return ((every, work, _say(view, w.plain("Mon–Sat"), "mon-sat")),)


def _dates(view: NormView, w: Words) -> tuple[Row, ...]:
    monday = view.today + timedelta(days=7 - view.today.weekday())
    made = [
        _say(view, w.plain("From today"), "from today"),
        _say(view, w.plain("From tomorrow"), "from tomorrow"),
        _say(view, w.plain("From {day}", day=w.day(monday)), f"from {monday.isoformat()}"),
    ]
    if view.ends is not None and view.ends > view.today:
        made.append(_say(view, w.plain("Until {day}", day=w.day(view.ends)), f"until {view.ends.isoformat()}"))
    made += [_say(view, w.plain("No end"), "no end"), _say(view, w.plain("No posts on holidays"), "no holidays")]
    return grid(made, 2)


# -- the preview --------------------------------------------------------------------------------------------------------


def preview(view: NormView, w: Words) -> Screen:
    """The norm, the week it means, what it does to planned slots; one tap is left."""
    setting, stored, effect = view.setting, view.stored, view.effect
    if setting is None or stored is None or effect is None or setting.state is not SettingState.OPEN:
        return ended(view, w)
    until = w("Until then the present norm holds.") if stored.before is not None else None
    stale = w("⚠ Somebody has set another norm for this page meanwhile. Look at it before yours replaces it.")
    text = paragraphs(
        lines(w("<b>{page}</b>: the new norm", page=view.page.title), stale if view.stale else None),
        lines(words.parts(stored, view.today, view.rubrics, w), until),
        lines(w("<b>A week of it</b>, on the page's clock:"), words.week(effect, view.page.zone, view.today, w)),
        words.what_changes(effect, w),
    )
    other = (
        button(w.plain("From tomorrow instead"), _do(view, "when", "later"))
        if setting.at_once
        else button(w.plain("From today instead"), _do(view, "when", "now"))
    )
    if view.stale:
        old = button(w.plain("The other one"), NormButton(verb="page", key=page_key(view.page.code)))
        return Screen(text, ((old,), (button(w.plain("Replace it by mine"), _do(view, "over")),), _cancel(view, w)))
    save = (button(w.plain("Save"), _do(view, "save")),)
    change = button(w.plain("Change it"), _do(view, "steps"))
    return Screen(text, (save, (other,), (change, *_cancel(view, w))))


def ended(view: NormView, w: Words) -> Screen:
    """Saved, or left."""
    setting = view.setting
    again = button(w.plain("The norm"), NormButton(verb="page", key=page_key(view.page.code)))
    rows: tuple[Row, ...] = ((again,), (button(w.plain("‹ Norms"), NormButton(verb="list")),))
    if setting is None or setting.state is not SettingState.SAVED:
        return Screen(paragraphs(_head(view), w("Left as it was.")), rows)
    effect = view.effect
    changed = None if effect is None else words.what_changes(effect, w)
    stored = view.stored
    said = None if stored is None else words.parts(stored, view.today, view.rubrics, w)
    if setting.replaced is not None:
        rows = ((button(w.plain("The old norm again"), _do(view, "back")),), *rows)
    return Screen(paragraphs(w("✓ <b>{page}</b>: the norm is saved.", page=view.page.title), said, changed), rows)
