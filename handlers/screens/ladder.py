"""A page's ladder of reminders: what it is, and each step set by a tap."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from domain.ladder import TEXT_LIMIT, PageLadder, Step
from domain.pages import Page, page_key
from domain.usecases.ladder_settings import LadderView
from domain.usecases.reminders import Live
from handlers.screens import reminders
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.ladder_button import AS_USUAL, OFF, LadderButton
from handlers.screens.nav import home
from handlers.screens.pages import PageButton
from texts.words import Words, mark, mark_plain

TIMES = {
    Step.BEFORE: (10, 15, 30, 45, 60, 90, 120, 180),
    Step.SUBSTITUTE: (10, 15, 20, 30, 45, 60, 90, 120),
    Step.PRESS: (20, 30, 45, 60, 90, 120, 180, 240),
}
"""Minutes to choose from."""
_NAMES = {
    Step.BEFORE: mark_plain("Before the post"),
    Step.AT: mark_plain("At its moment"),
    Step.SUBSTITUTE: mark_plain("A colleague is asked"),
    Step.PRESS: mark_plain("Press secretary is told"),
}
_QUESTIONS = {
    Step.BEFORE: mark("How long before a post is its person reminded? Who has chosen a time of their own keeps it."),
    Step.AT: mark("Is its person reminded when the moment has come?"),
    Step.SUBSTITUTE: mark("No link came: how long after the moment is a colleague asked to step in?"),
    Step.PRESS: mark("Still nothing: how long after the moment does the press secretary hear of it?"),
}


def page_list(found: Sequence[tuple[Page, PageLadder | None]], at: int, w: Words) -> Screen:
    """/ladder: those with something of their own are marked."""
    if not found:
        return Screen(w("There are no pages in your regions yet."), (home(w),))
    rows = choices(
        found,
        lambda one: button(
            label(("✎ " if one[1] is not None and not one[1].is_usual else "") + one[0].title),
            LadderButton(verb="page", key=page_key(one[0].code)),
        ),
        at,
        lambda to: LadderButton(verb="list", n=to),
    )
    text = w("<b>Reminders of a page</b>: when people are reminded of a post, and who hears when it does not come.")
    return Screen(paragraphs(text, w("✎ marks pages with times of their own.")), (*rows, home(w)))


def page_ladder(view: LadderView, w: Words) -> Screen:
    """The four steps; a tap changes one."""
    own, key = view.own, page_key(view.page.code)
    text = paragraphs(
        w("<b>{page}</b>: its reminders", page=view.page.title),
        lines(*(_line(view, step, w) for step in Step), w("In the evening the manager hears of what is missing.")),
        w("Its own line: <i>{text}</i>", text=own.text) if own.text else None,
    )
    steps = [button(_name(step, w), _to("step", view, step)) for step in Step]
    rows: list[Row] = [(one,) for one in steps]
    rows.append(
        (button(w.plain("Own line"), _to("text", view)), button(w.plain("What it looks like"), _to("preview", view))),
    )
    if not own.is_usual:
        rows.append((button(w.plain("All as usual"), _to("usual", view)),))
    rows.append((button(w.plain("‹ Page"), PageButton(verb="card", key=key)),))
    return Screen(text, tuple(rows))


def choose_time(view: LadderView, step: Step, w: Words) -> Screen:
    """Minutes, without it, or as the campaign has it."""
    own, chosen = view.own, view.own.time_of(step)

    def choice(text: str, n: int, *, now: bool) -> tuple[str, LadderButton]:
        return ("✓ " if now else "") + text, _to("set", view, step, n)

    off = step in own.off
    times = [
        choice(w.ago(timedelta(minutes=n)), n, now=not off and chosen == timedelta(minutes=n))
        for n in TIMES.get(step, ())
    ]
    usual = _usual(view, step)
    on = w.plain("Yes") if usual is None else w.plain("As usual: {time}", time=w.ago(usual))
    rest = (
        choice(on, AS_USUAL, now=not off and chosen is None),
        choice(w.plain("Without this step"), OFF, now=off),
    )
    rows = grid([button(*one) for one in times], 3)
    return Screen(
        paragraphs(
            w("<b>{page}</b>", page=view.page.title),
            w(_QUESTIONS[step]),  # texts: dynamic
            w("Without it nobody is told: only the manager, in the evening.") if step is Step.PRESS else None,
        ),
        (*rows, *((button(*one),) for one in rest), _back(view, w)),
    )


def ask_text(view: LadderView, w: Words) -> Screen:
    """The next message is the line."""
    own = view.own
    text = paragraphs(
        w("Write one line that stands in the reminders of <b>{page}</b>, at most {n} characters.",
          page=view.page.title, n=TEXT_LIMIT),
        w("For example: please answer the first comments too."),
        w("Now: <i>{text}</i>", text=own.text) if own.text else None,
    )  # fmt: skip
    without: tuple[Row, ...] = ((button(w.plain("Leave the line out"), _to("notext", view)),),) if own.text else ()
    return Screen(text, (*without, (button(w.plain("‹ Back"), _to("back", view)),)))


def preview(view: LadderView, live: Live, w: Words, now: datetime) -> Screen:
    """The reminder as its person would get it; its buttons do nothing here."""
    shown = reminders.reminder(live, w, now)
    head = w("So a reminder of this page looks:")
    return Screen(paragraphs(head, Markup("<blockquote>{}</blockquote>").format(shown.text)), (_back(view, w),))


# --- pieces ----------------------------------------------------------------------------------------------------------


def _name(step: Step, w: Words) -> str:
    return w.plain(_NAMES[step])  # texts: dynamic


def _usual(view: LadderView, step: Step) -> timedelta | None:
    rules = view.usual
    return {Step.BEFORE: rules.lead, Step.SUBSTITUTE: rules.substitute_after, Step.PRESS: rules.press_after}.get(step)


def _line(view: LadderView, step: Step, w: Words) -> Markup:
    rules = view.rules
    if step in view.own.off:
        return w("○ {step}: no", step=_name(step, w))
    match step:
        case Step.BEFORE:
            return w("● {step}: {time} earlier", step=_name(step, w), time=w.ago(rules.lead))
        case Step.AT:
            return w("● {step}", step=_name(step, w))
        case Step.SUBSTITUTE:
            return w("● {step}: {time} later", step=_name(step, w), time=w.ago(rules.substitute_after))
        case Step.PRESS:
            return w("● {step}: {time} later", step=_name(step, w), time=w.ago(rules.press_after))


def _to(verb: str, view: LadderView, step: Step | None = None, n: int = 0) -> LadderButton:
    chosen = "" if step is None else step.value
    return LadderButton(verb=verb, key=page_key(view.page.code), step=chosen, version=view.own.version, n=n)


def _back(view: LadderView, w: Words) -> Row:
    return (button(w.plain("‹ Back"), _to("page", view)),)
