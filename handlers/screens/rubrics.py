"""Choosing a draft's rubric, and /mix: what is wanted against what was published."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.rubrics import Need, most_lacking
from domain.usecases.draft_steps import Panel
from domain.usecases.rubrics import Mix
from handlers.screens import nav
from handlers.screens.base import Row, Screen, button, grid, label, lines, paragraphs
from handlers.screens.drafts import DraftButton
from handlers.screens.keyboards import choices
from handlers.screens.rubric_lines import RubricButton, do, name, needed
from texts.words import Words

SHOWN = 12
"""Rubrics whose figures stand in the text; every one has its button."""
ROWS = 6


def choose(view: Panel, w: Words) -> Screen:
    """What the chosen pages need, the most lacking first and marked."""
    draft, lacking = view.draft, most_lacking(view.rubrics)
    told = [Markup("• {}").format(needed(need, w)) for need in view.rubrics[:SHOWN]]
    text = lines(
        w("<b>What kind of text is it?</b>"),
        w("On the chosen pages, in the last 14 days and in the plan:"),
        *told,
        w("▲ is wanted most.") if lacking else None,
    )
    buttons = [_choice(view, need, lacking, w) for need in view.rubrics]
    none = button(w.plain("None of them"), do(draft, "set"))
    back = button(w.plain("‹ Back"), DraftButton(verb="open", id=draft.id, version=draft.version))
    return Screen(text, (*grid(buttons, 2), (none, back)))


def _choice(view: Panel, need: Need, lacking: tuple[Need, ...], w: Words) -> InlineKeyboardButton:
    sign = "✓ " if need.rubric.code == view.draft.rubric else "▲ " if need in lacking else ""
    return button(label(sign + name(need.rubric, w)), do(view.draft, "set", need.rubric.code))


def mix(view: Mix, page: int, w: Words) -> Screen:
    """/mix: per rubric its share wanted, its share in fact, and of how many posts."""
    where = view.region.name if view.region else w.plain("all regions")
    head = lines(w("<b>Rubrics: {where}</b>", where=where), w("Published in the last 14 days: {n}", n=view.total))
    if not view.needs:
        told = w("The plan names no rubrics.")
    elif not view.total:
        told = lines(w("No data yet: nothing was published."), *(_wanted(need, w) for need in view.needs))
    else:
        told = lines(*(_line(need, view.total, w) for need in view.needs), _other(view, w))
    return Screen(paragraphs(head, told), (*_regions(view, page, w), nav.home(w)))


def _wanted(need: Need, w: Words) -> Markup:
    share = w.percent(need.rubric.share / 100)
    return w("{rubric}: wanted {share}", rubric=name(need.rubric, w), share=share)


def _line(need: Need, total: int, w: Words) -> Markup:
    sign = "▲ " if need.lacking else "✓ "
    return w(
        "{sign}{rubric}: {fact} (n = {have}), wanted {share} (n = {wanted})",
        sign=sign,
        rubric=name(need.rubric, w),
        fact=w.percent(need.have / total),
        have=need.have,
        share=w.percent(need.rubric.share / 100),
        wanted=need.wanted,
    )


def _other(view: Mix, w: Words) -> Markup | None:
    if not view.other:
        return None
    return w("Without a rubric: {fact} (n = {n})", fact=w.percent(view.other / view.total), n=view.other)


def _regions(view: Mix, page: int, w: Words) -> tuple[Row, ...]:
    """One by one, where the reader has several."""
    if len(view.regions) < 2:
        return ()
    here = view.region.code if view.region else ""
    rows = choices(
        sorted(view.regions.values(), key=lambda one: one.name),
        lambda one: button(label(one.name, limit=18), RubricButton(verb="mix", arg=one.code, page=page)),
        page,
        lambda to: RubricButton(verb="mix", arg=here, page=to),
        width=2,
        size=2 * ROWS,
    )
    every = (button(w.plain("All regions"), RubricButton(verb="mix")),) if view.region else ()
    return (*rows, *((every,) if every else ()))
