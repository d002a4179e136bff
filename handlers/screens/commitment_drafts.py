"""Writing a commitment down: the line, the preview, and its parts by buttons."""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.typed_commitments import Somebody
from domain.usecases.commitment_drafts import Draft, Places
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.commitments import CommitButton, place
from handlers.screens.keyboards import choices
from handlers.screens.nav import cancel
from texts.words import Words

DAYS_OFFERED = (0, 1, 2, 3, 4, 5, 7, 14, 21, 30)


def ask_line(may_ask: bool, w: Words) -> Screen:
    """What to write; managers can name somebody."""
    example = (
        w("For example: <code>open the group in Arsk by 15.10 @Anna</code>")
        if may_ask
        else w("For example: <code>open the group in Arsk by 15.10</code>")
    )
    return Screen(
        lines(w("<b>What is promised?</b> One line is enough; the rest can be chosen."), example), (cancel(w),)
    )


def preview(draft: Draft, w: Words) -> Screen:
    """What was understood, part by part; it is saved when nothing lacks."""
    promise, names = draft.promise, draft.names
    day = promise.day
    text = lines(
        w("🤝 <b>{title}</b>", title=promise.title),
        _who(draft, w),
        w("By: {day}", day=w.day(day)) if day is not None else w("❔ By which day?"),
        w("For: {place}", place=place(promise.region, promise.page, names, w)) if promise.region else w("❔ For whom?"),
    )
    asks = None if draft.mine or not promise.person_id else w("The person is asked and has to accept.")
    rows: list[Row] = []
    if not promise.lacks:
        rows.append((button(w.plain("✓ Save"), CommitButton(verb="save", v=draft.mark)),))
    parts = [
        button(w.plain("By when"), CommitButton(verb="due")),
        button(w.plain("For what"), CommitButton(verb="place")),
    ]
    if draft.may_ask:
        parts.append(button(w.plain("Who promises"), CommitButton(verb="who")))
    hint = w("<i>To change the words, send the line again.</i>")
    return Screen(paragraphs(text, asks, hint), (*rows, *grid(parts, 2), cancel(w)))


def _who(draft: Draft, w: Words) -> Markup:
    if draft.promise.person_id:
        return w("Who: {name}", name=draft.names.people.get(draft.promise.person_id, ""))
    if not draft.may_ask:
        return w(
            "❔ “{called}” can be asked by a manager only. To promise it yourself, send the line again without the name.",
            called=draft.promise.called,
        )
    return w("❔ Who is “{called}”? Tap “Who promises” and choose.", called=draft.promise.called)


def days(today: date, w: Words) -> Screen:
    offered = [today + timedelta(days=n) for n in DAYS_OFFERED]
    buttons = [button(w.day(day), CommitButton(verb="set", arg=day.isoformat())) for day in offered]
    back = (button(w.plain("‹ Back"), CommitButton(verb="look")),)
    return Screen(w("By which day? Any other day can be written in the line itself."), (*grid(buttons, 2), back))


def people(found: Sequence[Somebody], page: int, w: Words) -> Screen:
    rows = choices(
        found,
        lambda one: button(label(one.name), CommitButton(verb="person", id=one.id)),
        page,
        lambda to: CommitButton(verb="who", n=to),
    )
    return Screen(w("Who promises it?"), (*rows, (button(w.plain("‹ Back"), CommitButton(verb="look")),)))


def places(found: Places, page: int, w: Words) -> Screen:
    """Headquarters first, then regions; pages are one tap further."""
    regions = sorted(found.regions.items(), key=lambda one: one[1])
    rows = choices(
        regions,
        lambda one: button(label(one[1]), CommitButton(verb="for", arg=f"r{page_key(one[0])}")),
        page,
        lambda to: CommitButton(verb="place", n=to),
    )
    whole = (button(w.plain("Headquarters"), CommitButton(verb="for", arg=EVERYWHERE)),)
    more = ((button(w.plain("One page…"), CommitButton(verb="pages")),),) if found.pages else ()
    back = (button(w.plain("‹ Back"), CommitButton(verb="look")),)
    return Screen(w("For whom is it?"), (whole, *rows, *more, back))


def pages(found: Places, page: int, w: Words) -> Screen:
    rows = choices(
        found.pages,
        lambda one: button(label(one[1]), CommitButton(verb="for", arg=f"p{one[0]}")),
        page,
        lambda to: CommitButton(verb="pages", n=to),
    )
    return Screen(w("For which page?"), (*rows, (button(w.plain("‹ Back"), CommitButton(verb="place")),)))
