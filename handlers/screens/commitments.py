"""Commitments: lists, one of them, and what its people are told."""

from collections.abc import Sequence
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.commitments import Commitment, CommitmentState, Move, Step
from domain.people import EVERYWHERE
from domain.usecases.commitments import ALL, DUE_WEEK, LATE, MINE, SETTLED, Board, CommitmentView, Group, Names
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import cancel, home
from texts.words import Words, mark, mark_plain

MOVES_SHOWN = 5
SHOWN = 6
"""Commitments on one screen of a list."""
DAYS_OFFERED = (1, 2, 3, 7, 14, 30)
_FILTERS = (
    (MINE, mark_plain("My commitments")),
    (DUE_WEEK, mark_plain("Due this week")),
    (LATE, mark_plain("Late commitments")),
    (ALL, mark_plain("All that are open")),
    (SETTLED, mark_plain("Settled ones")),
)


class CommitButton(CallbackData, prefix="cm"):
    """`verb`: list, by, new, set, due, who, place, pages, save, see, yes, no, done, pic, move, day, drop. `arg`: a list, a day, a place.

    `v`: the version that was seen. `n`: a page of the list.
    """

    verb: str
    id: int = 0
    v: int = 0
    arg: str = ""
    n: int = 0


def place(region: str, page: str, names: Names, w: Words) -> str:
    """For whom it is: a page, a region, headquarters."""
    if page:
        return names.pages.get(page, page)
    return w.plain("headquarters") if region == EVERYWHERE else names.regions.get(region, region)


def _sign(one: Commitment, today: date) -> str:
    if one.is_late(today):
        return "🔴"
    return {
        CommitmentState.ASKED: "❔",
        CommitmentState.OPEN: "🤝",
        CommitmentState.DONE: "✅",
        CommitmentState.DROPPED: "✖",
        CommitmentState.DECLINED: "✖",
    }[one.state]


# -- lists ------------------------------------------------------------------------------------------------------------


def board(view: Board, page: int, w: Words) -> Screen:
    """One list with its filters; a button for each commitment."""
    named = dict(_FILTERS)
    own = w.plain(named[view.chosen]) if view.chosen in named else ""  # texts: dynamic
    about = own or view.about or w.plain("headquarters")
    head = w("🤝 <b>Commitments</b>: {about}, {n}", about=about, n=w.number(len(view.items)))
    size = SHOWN
    start = max(0, min(page, max(0, -(-len(view.items) // size) - 1))) * size
    shown = [_line(one, view, w) for one in view.items[start : start + size]]
    empty = None if shown else w("There are none here.")
    rows = choices(
        view.items,
        lambda one: button(
            label(one.title, f" · {w.day(one.due)}"), CommitButton(verb="see", id=one.id, arg=view.chosen)
        ),
        page,
        lambda to: CommitButton(verb="list", arg=view.chosen, n=to),
        size=size,
    )
    filters = [
        button(w.plain(text), CommitButton(verb="list", arg=key))  # texts: dynamic
        for key, text in _FILTERS
        if key != view.chosen
    ]
    filters += [
        button(w.plain("By region"), CommitButton(verb="by", arg="r")),
        button(w.plain("By person"), CommitButton(verb="by", arg="p")),
    ]
    add = ((button(w.plain("＋ Promise something"), CommitButton(verb="new")),),) if view.may_add else ()
    return Screen(paragraphs(head, lines(*shown), empty), (*rows, *add, *grid(filters, 2), home(w)))


def _line(one: Commitment, view: Board, w: Words) -> Markup:
    who = view.names.people.get(one.person_id, "")
    short = one.title if len(one.title) <= 90 else one.title[:89].rstrip() + "…"
    return w(
        "{sign} {day}: {title} ({name}, {place})",
        sign=_sign(one, view.today),
        day=w.day(one.due),
        title=short,
        name=who,
        place=place(one.region, one.page, view.names, w),
    )


def groups(found: Sequence[Group], kind: str, page: int, w: Words) -> Screen:
    """Regions or people with what is open, those with late ones first."""
    text = w("Open commitments by region") if kind == "r" else w("Open commitments by person")
    empty = None if found else w("There are none here.")
    rows = choices(
        found,
        lambda one: button(_group(one, w), CommitButton(verb="list", arg=one.key)),
        page,
        lambda to: CommitButton(verb="by", arg=kind, n=to),
    )
    return Screen(lines(text, empty), (*rows, _to_list(MINE, w)))


def _group(one: Group, w: Words) -> str:
    late = w.plain(" · {n} late", n=w.number(one.late)) if one.late else ""
    return label(one.name or w.plain("headquarters"), f": {w.number(one.open)}{late}")


def _to_list(chosen: str, w: Words) -> Row:
    return (button(w.plain("‹ Commitments"), CommitButton(verb="list", arg=chosen)),)


# -- one of them ------------------------------------------------------------------------------------------------------


def card(view: CommitmentView, w: Words, line: Markup | None = None, back: str = MINE) -> Screen:
    """`line`: what has just happened."""
    return Screen(paragraphs(line, facts(view, w)), (*_actions(view, w), _to_list(back, w)))


def facts(view: CommitmentView, w: Words) -> Markup:
    one, names = view.commitment, view.names
    by = names.people.get(one.by_id, "")
    return lines(
        w("{sign} <b>{title}</b>", sign=_sign(one, view.today), title=one.title),
        w(
            "{name}, for {place}",
            name=names.people.get(one.person_id, ""),
            place=place(one.region, one.page, names, w),
        ),
        w("{name} follows it", name=by) if one.by_id != one.person_id else None,
        _state(one, view.today, w),
        *(_move(found, names, w) for found in view.moves[-MOVES_SHOWN:]),
        w("Why: {reason}", reason=one.reason) if one.reason else None,
        w("What shows it: {proof}", proof=one.proof) if one.proof else None,
    )


def _state(one: Commitment, today: date, w: Words) -> Markup:
    day, settled = w.day(one.due), w.day(one.settled_on) if one.settled_on else ""
    if one.state is CommitmentState.OPEN and one.due < today:
        return w.n("Was due {day}, {n} day ago", "Was due {day}, {n} days ago", (today - one.due).days, day=day)
    if one.state is CommitmentState.DONE:
        if one.settled_on is not None and one.settled_on > one.due:
            return w("Done on {settled}, was due {day}", settled=settled, day=day)
        return w("Done on {settled}, in time", settled=settled)
    return w(_STATES[one.state], day=day, settled=settled)  # texts: dynamic


_STATES = {
    CommitmentState.ASKED: mark("By {day}; not accepted yet"),
    CommitmentState.OPEN: mark("By {day}"),
    CommitmentState.DROPPED: mark("Given up on {settled}, was due {day}"),
    CommitmentState.DECLINED: mark("Declined on {settled}, was asked for by {day}"),
}


def _move(one: Move, names: Names, w: Words) -> Markup:
    return w(
        "↷ Moved from {before} to {after} by {name}: {reason}",
        before=w.day(one.due_before),
        after=w.day(one.due_after),
        name=names.people.get(one.by_id, ""),
        reason=one.reason,
    )


def _actions(view: CommitmentView, w: Words) -> tuple[Row, ...]:
    one = view.commitment

    def act(text: str, verb: str) -> InlineKeyboardButton:
        return button(text, CommitButton(verb=verb, id=one.id, v=one.version))

    if one.state is CommitmentState.ASKED:
        answers = (act(w.plain("I promise"), "yes"), act(w.plain("I cannot"), "no"))
        drop = (act(w.plain("Withdraw"), "drop"),)
        return (*((answers,) if view.mine else ()), *((drop,) if view.may_change and not view.mine else ()))
    if one.state is CommitmentState.OPEN and view.may_change:
        return (
            (act(w.plain("✓ Done"), "done"),),
            (act(w.plain("Another day"), "move"), act(w.plain("Give up"), "drop")),
        )
    return ((act(w.plain("🖼 Picture"), "pic"),),) if one.picture else ()


def ask_move(view: CommitmentView, chosen: date | None, w: Words) -> Screen:
    """A new day and the reason; the day can be chosen by a button."""
    one, today = view.commitment, view.today
    head = w("<b>{title}</b>, due {day}", title=one.title, day=w.day(one.due))
    if chosen is not None:
        return Screen(lines(head, w("New day: {day}. Why? Write it in a few words.", day=w.day(chosen))), (cancel(w),))
    ask = w("Write the new day and why: <code>20.10 the keys of the hall come later</code>. Or choose a day:")
    days = [today + timedelta(days=n) for n in DAYS_OFFERED]
    buttons = [
        button(w.day(day), CommitButton(verb="day", id=one.id, v=one.version, arg=day.isoformat()))
        for day in days
        if day != one.due
    ]
    return Screen(lines(head, ask), (*grid(buttons, 2), cancel(w)))


def ask_drop(view: CommitmentView, w: Words) -> Screen:
    one = view.commitment
    head = w("<b>{title}</b>, due {day}", title=one.title, day=w.day(one.due))
    return Screen(lines(head, w("Why is it given up? Write it in a few words.")), (cancel(w),))


def is_saved(view: CommitmentView, w: Words) -> Markup:
    if view.commitment.state is CommitmentState.ASKED:
        name = view.names.people.get(view.commitment.person_id, "")
        return w("✓ {name} is asked and answers in the bot.", name=name)
    return w("✓ Noted. I will remind you on the day before and on the day.")


def is_done(w: Words) -> Markup:
    return w("✓ Done, thank you! If there is a link or a picture that shows it, send it now.")


def is_proven(w: Words) -> Markup:
    return w("✓ Kept with the commitment.")


def is_answered(view: CommitmentView, w: Words) -> Markup:
    if view.commitment.state is CommitmentState.OPEN:
        return w("✓ Accepted. I will remind you on the day before and on the day.")
    return w("✓ Declined; whoever asked is told.")


def is_moved(w: Words) -> Markup:
    return w("✓ Moved.")


def is_dropped(w: Words) -> Markup:
    return w("✓ Given up; the reason is kept.")


# -- what people are told ---------------------------------------------------------------------------------------------


def asked(view: CommitmentView, w: Words) -> Screen:
    """To the person of whom a manager asks it."""
    name = view.names.people.get(view.commitment.by_id, "")
    return card(view, w, w("{name} asks you to take this on. It holds once you accept.", name=name))


def handed(view: CommitmentView, before: str, w: Words) -> Screen:
    """To who takes over from somebody: nobody named them for it. `before`: whose it was; empty once they are erased."""
    was = (
        w("{name} had promised this. Will you take it on? It holds once you accept.", name=before)
        if before
        else w("A colleague who is no longer here had promised this. Will you take it on? It holds once you accept.")
    )
    return card(view, w, was)


def reminder(view: CommitmentView, step: Step, w: Words) -> Screen:
    """To the person; on the day after also to whoever leads."""
    if step is Step.EVE:
        line = w("A reminder: this is due soon.")
    elif step is Step.DAY:
        line = w("A reminder: this is due today.")
    elif view.mine:
        line = w("This was due yesterday. Is it done, or does it need another day?")
    else:
        line = w("This was due yesterday and is still open. Maybe help is needed.")
    return card(view, w, line)


_EVENTS = {
    "accepted": mark("{name} accepts."),
    "declined": mark("{name} declines."),
    "done": mark("{name} marked this as done."),
    "moved": mark("{name} set another day."),
    "dropped": mark("{name} gave this up."),
}


def told(view: CommitmentView, event: str, name: str, w: Words) -> Screen:
    """To the other of the two whom it concerns."""
    return card(view, w, w(_EVENTS[event], name=name))  # texts: dynamic
