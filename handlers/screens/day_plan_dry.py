"""A dry run of a day: what the planner would do, beside what stands."""

from markupsafe import Markup

from domain.plan import EmptyReason, Excuse
from domain.usecases.day_plan_dry import DryLine, DryRun
from handlers.screens.base import Screen, button, label, lines, paragraphs
from handlers.screens.day_plan import PlanButton, region_name
from handlers.screens.keyboards import pager
from texts.words import Words, mark

_TITLE = 40
_WHY: dict[EmptyReason | Excuse, str] = {
    EmptyReason.NO_TEXT: mark("no approved text"),
    EmptyReason.NO_PERSON: mark("nobody to post it"),
}


def dry_run(view: DryRun, w: Words) -> Screen:
    """Slots that would be filled or added; nothing of it has happened."""
    name = region_name(view.region, view.region_name, w)
    head = w("<b>Dry run: {region}, {day}</b>", region=name, day=w.day(view.day))
    note = w("What the planner would do now. Nothing has been changed.")
    counts = lines(
        w.n("{n} post stays as it is", "{n} posts stay as they are", view.kept) if view.kept else None,
        w.n("{n} post would get a text and a person", "{n} posts would get a text and a person", view.filled)
        if view.filled
        else None,
        w.n("{n} post would stay empty", "{n} posts would stay empty", view.empty) if view.empty else None,
        None if view.filled or view.empty else w("There is nothing left to plan."),
    )
    body = [_line(one, w) for one in view.lines]
    day = view.day.toordinal()
    turn = pager(view.at, view.pages, lambda to: PlanButton(verb="dry", id=day, version=to))
    back = (button(w.plain("‹ The day"), PlanButton(verb="day", id=day)),)
    return Screen(paragraphs(lines(head, note), counts, *body), (*turn, back))


def _line(one: DryLine, w: Words) -> Markup:
    sign = "＋" if one.is_new else "○"
    place = Markup("{} {} {}").format(sign, w.time(one.at, one.page.zone), label(one.page.title, limit=_TITLE))
    if one.reason is None:
        return lines(
            Markup("{} → {}").format(place, one.name), Markup("<i>{}</i>").format(one.words) if one.words else None
        )
    why = w(_WHY[one.reason]) if one.reason in _WHY else w("a day off")  # texts: dynamic
    return Markup("{}: {}").format(place, why)
