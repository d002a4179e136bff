"""Rubrics on other features' screens: the author's panel, the approver's card."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.drafts import Draft
from domain.rubrics import Need, Rubric, most_lacking
from domain.usecases.draft_steps import Panel
from handlers.screens.base import Row, button
from texts.words import Words


class RubricButton(CallbackData, prefix="ru"):
    """`verb`: choose, set, mix. `arg`: a rubric's code ("": none), a region's code ("": all). `page`: of the regions."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""
    page: int = 0


def do(draft: Draft, verb: str, arg: str = "") -> RubricButton:
    """About this version of a draft."""
    return RubricButton(verb=verb, id=draft.id, version=draft.version, arg=arg)


def name(rubric: Rubric, w: Words) -> str:
    return rubric.name(w.language)


def on_panel(view: Panel, w: Words) -> Markup | None:
    """The rubric chosen, else what the chosen pages lack most."""
    chosen = next((need.rubric for need in view.rubrics if need.rubric.code == view.draft.rubric), None)
    if chosen is not None:
        return w("🏷 {rubric}", rubric=name(chosen, w))
    lacking = [
        w.plain("“{rubric}” {have} of {wanted}", rubric=name(need.rubric, w), have=need.have, wanted=need.wanted)
        for need in most_lacking(view.rubrics)
    ]
    return w("🏷 Lacking most on these pages: {rubrics}", rubrics=", ".join(lacking)) if lacking else None


def needed(need: Need, w: Words) -> str:
    """ "Local history: 1 of 4 wanted"."""
    return w.plain(
        "{rubric}: {have} of {wanted} wanted", rubric=name(need.rubric, w), have=need.have, wanted=need.wanted
    )


def panel_row(view: Panel, w: Words) -> Row:
    """Nothing while the plan has no rubrics."""
    return (button(w.plain("🏷 Rubric"), do(view.draft, "choose")),) if view.rubrics else ()


def on_card(rubric: Rubric | None, w: Words) -> Markup | None:
    return None if rubric is None else w("🏷 {rubric}", rubric=name(rubric, w))
