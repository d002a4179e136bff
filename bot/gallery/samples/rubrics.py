"""Rubrics: the choice of a draft's, what its pages lack, and the mix."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_TITLE, NOW, OK, REGIONS, VK, ZONE, draft
from domain.pages import Region
from domain.rubrics import Need, Rubric, needs
from domain.usecases.drafts import Panel
from domain.usecases.rubrics import Mix
from handlers.screens import drafts, rubric_lines, rubrics
from handlers.screens.base import Screen, lines
from texts.words import Words

chapter = Chapter("Rubrics")

KNOWN = (
    Rubric("history", "Local history", "История края", 20, 0),
    Rubric("deeds", "What was done", "Что сделано", 40, 1),
    Rubric("people", "People", "Люди", 20, 2),
    Rubric("odd", HTML_TITLE[:60], HTML_TITLE[:60], 5, 3),
)
NEEDS = needs(KNOWN, {"history": 1, "deeds": 9, "people": 2}, 20)
MANY = tuple(Need(Rubric(f"r{n}", "Long " * 12, "Длинная " * 7, 4, n), 0, 7) for n in range(24))


def _view(found: tuple[Need, ...], rubric: str = "") -> Panel:
    return Panel(replace(draft(), rubric=rubric), (VK, OK), (VK, OK), rubrics=found)


@chapter.shows(rubric_lines.on_panel, rubric_lines.panel_row, rubric_lines.needed, drafts.panel)
def on_panel(w: Words) -> Iterator[Take]:
    yield "The panel says what is lacking", drafts.panel(_view(NEEDS), ZONE, NOW, w)
    yield "One is chosen", drafts.panel(_view(NEEDS, "deeds"), ZONE, NOW, w)
    told = (rubric_lines.on_panel(_view(MANY), w), rubric_lines.needed(NEEDS[0], w))
    yield "24 rubrics with long names", Screen(lines(*told), (rubric_lines.panel_row(_view(MANY), w),))


@chapter.shows(rubrics.choose)
def choose(w: Words) -> Iterator[Take]:
    yield "[Rubric] was tapped", rubrics.choose(_view(NEEDS, "people"), w)
    yield "Nothing is lacking", rubrics.choose(_view(needs(KNOWN, {}, 0)), w)


@chapter.shows(rubric_lines.on_card, rubric_lines.name)
def on_card(w: Words) -> Iterator[Take]:
    yield "On the approver's card", Screen(lines(rubric_lines.on_card(KNOWN[3], w), rubric_lines.name(KNOWN[0], w)))


@chapter.shows(rubrics.mix)
def mix(w: Words) -> Iterator[Take]:
    known = {code: Region(code, name, ZONE, (ZONE,)) for code, name in REGIONS.items()}
    one = next(iter(known.values()))
    yield "/mix of a manager", rubrics.mix(Mix(NEEDS, 20, 8, None, known), 0, w)
    yield "One region, nothing published", rubrics.mix(Mix(needs(KNOWN, {}, 0), 0, 0, one, known), 0, w)
    many = {f"r{n}": Region(f"r{n}", f"{HTML_TITLE} {n}", ZONE, (ZONE,)) for n in range(85)}
    yield "85 regions, the third page", rubrics.mix(Mix(MANY, 900, 0, one, many), 2, w)
    yield "No rubrics in the plan", rubrics.mix(Mix((), 20, 20, None, {}), 0, w)
