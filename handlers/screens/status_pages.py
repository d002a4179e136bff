"""Below the first screen of the status: regions, one region, pages below their norm."""

from collections.abc import Mapping, Sequence

from domain.people import EVERYWHERE
from domain.status import PageLine, PageWeek, RegionLine, RegionView, Severity
from domain.status_periods import Place
from handlers.screens.base import Row, Screen, label, lines
from handlers.screens.keyboards import choices
from handlers.screens.status import (
    SIGNS,
    StatusButton,
    back_to_top,
    go,
    page_troubles,
    period_rows,
    slot_troubles,
    today_line,
    unreachable,
    waiting_line,
)
from handlers.screens.status_periods import key_of
from texts.words import Words


def _back(w: Words, verb: str, key: str = "") -> Row:
    return (go(w.plain("‹ Back"), verb, key), go(w.plain("‹ Status"), "top"))


def _region_name(line: RegionLine, w: Words) -> str:
    return w.plain("Pages of the whole campaign") if line.code == EVERYWHERE else line.name


def regions(found: Sequence[RegionLine], page: int, w: Words) -> Screen:
    """Regions as buttons, those with trouble first."""
    well = sum(line.severity is Severity.WELL for line in found)
    title = w("<b>Regions</b>")
    told = w("All well in {n} of {all}. Trouble comes first.", n=w.number(well), all=w.number(len(found)))
    rows = choices(
        found,
        lambda line: go(_region_label(line, w), "region", line.code),
        page,
        lambda to: StatusButton(verb="regions", n=to),
    )
    return Screen(lines(title, told), (*rows, back_to_top(w)))


def _region_label(line: RegionLine, w: Words) -> str:
    name = _region_name(line, w)
    posted = w.plain("{posted}/{total}", posted=w.number(line.slots.posted), total=w.number(line.slots.total))
    return label(f"{SIGNS[line.severity]} {name}", f" · {posted}" if line.slots.total else "")


def region(view: RegionView, page: int, w: Words) -> Screen:
    """One region: what is wrong there, then its pages."""
    line = view.line
    troubles = slot_troubles(line.slots, w)
    text = lines(
        w("<b>{region}</b>", region=_region_name(line, w)),
        w("🔴 Today: {troubles}", troubles=", ".join(troubles)) if troubles else None,
        waiting_line(line.waiting, view.now, w) if line.waiting.count else None,
        w.n("🟡 {n} page below its norm, 7 days", "🟡 {n} pages below their norm, 7 days", line.short)
        if line.short
        else None,
        *page_troubles(line.unkept, line.silent, line.undecidable, w),
        unreachable(view.unreachable, line.unreachable, w) if line.unreachable else None,
        today_line(line.slots, w),
        w("✅ All is well here") if line.severity is Severity.WELL else None,
    )
    rows = choices(
        view.pages,
        lambda found: go(_page_label(found, w), "page", found.page.code),
        page,
        lambda to: StatusButton(verb="region", key=line.code, n=to),
    )
    periods = period_rows(None, key_of(Place(region=line.code)), w)
    return Screen(text, (*rows, *periods, _back(w, "regions")))


def _page_label(line: PageLine, w: Words) -> str:
    value = "–" if line.value is None else w.short_number(line.value)
    return label(f"{SIGNS[line.severity]} {line.page.title}", f" · {value}")


def pages(found: Sequence[PageWeek], titles: Mapping[str, str], page: int, w: Words) -> Screen:
    """Pages below their norm, the worst first. `titles`: names of regions by code."""
    title = w("<b>Pages below their norm</b>, last 7 days")
    told = w("Posted of wanted; tap a page to see why.") if found else w("None. Every page kept its norm.")
    text = lines(title, told)
    rows = choices(
        found,
        lambda p: go(label(f"{p.posted}/{p.wanted} {p.title}" + _of_region(p, titles)), "page", p.code),
        page,
        lambda to: StatusButton(verb="pages", n=to),
    )
    return Screen(text, (*rows, (go(w.plain("All pages by region"), "regions"),), back_to_top(w)))


def _of_region(page: PageWeek, titles: Mapping[str, str]) -> str:
    name = titles.get(page.region, "")
    return f" · {name}" if name and name not in page.title else ""
