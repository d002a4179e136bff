"""/pages: which pages need help, by region or all."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.page_health import PageHealth
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.usecases.pages import PageList, RegionHealth
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from handlers.screens.page_strip import in_list, legend
from texts.words import Words

SHOWN = 8
_TITLE = 60


class PagesButton(CallbackData, prefix="rw"):
    """`verb`: list, card, regions, write, who. `key`: `page_key` of a page. `area`, `only`, `at`: the list as it was narrowed
    down (`page_key` of a region; 1: those that need help) and its page; for write and who `at` says nothing."""

    verb: str
    key: str = ""
    area: str = ""
    only: int = 0
    at: int = 0


def page_list(view: PageList, at: int, w: Words) -> Screen:
    """Those that need help first, each with its two weeks."""
    if not view.pages:
        return Screen(w("There are no pages in your regions yet."), (home(w),))
    region = page_key(view.chosen.code) if view.chosen else ""
    only = int(view.only)
    at = max(0, min(at, (len(view.found) - 1) // SHOWN))
    rows = choices(
        view.found,
        lambda one: button(
            _label(one), PagesButton(verb="card", key=page_key(one.page.code), area=region, only=only, at=at)
        ),
        at,
        lambda to: PagesButton(verb="list", area=region, only=only, at=to),
        size=SHOWN,
    )
    shown = view.found[at * SHOWN : (at + 1) * SHOWN]
    said = [in_list(one, _cut(one.page.title), w) for one in shown] or [w("✓ None of them needs help now.")]
    some = any(not one.strip.is_blank for one in shown)
    hint = lines(legend(w), w("On the buttons: posted of planned, the last 7 days")) if some else None
    return Screen(paragraphs(_head(view, w), *said, hint), (*rows, *_filters(view, w), home(w)))


def _head(view: PageList, w: Words) -> Markup:
    title = (
        Markup("<b>{}</b>, {}").format(w("Pages"), _name(view.chosen, w))
        if view.chosen
        else Markup("<b>{}</b>").format(w("Pages"))
    )
    if not view.only and all(one.strip.is_blank and not one.strip.today.wanted for one in view.found):
        sum_up = w("Nothing has been planned yet.")
    elif view.needing:
        sum_up = w("⚠ Need help: {needing} of {pages}", needing=w.number(view.needing), pages=w.number(view.pages))
    else:
        sum_up = w("✓ No page needs help now")
    short = (
        w.n("Texts for less than two days: {n} page", "Texts for less than two days: {n} pages", view.short)
        if view.short
        else None
    )
    own = (
        w.n(
            "{n} personal page: in the list of its region",
            "{n} personal pages: in the lists of their regions",
            view.left_out,
        )
        if view.left_out
        else None
    )
    return lines(title, sum_up, short, own)


def _filters(view: PageList, w: Words) -> tuple[Row, ...]:
    region = page_key(view.chosen.code) if view.chosen else ""
    rows: list[Row] = []
    if view.needing or view.only:
        what = w.plain("All pages") if view.only else w.plain("Only those that need help")
        rows.append((button(what, PagesButton(verb="list", area=region, only=int(not view.only))),))
    if len(view.regions) > 1:
        name = _name(view.chosen, w) if view.chosen else w.plain("all regions")
        choose = PagesButton(verb="regions", area=region, only=int(view.only))
        rows.append((button(label(w.plain("Region: {name}", name=name)), choose),))
    return tuple(rows)


def regions(view: PageList, at: int, w: Words) -> Screen:
    """Narrow the list down to one region; how many of its pages need help, and how many run out of texts."""
    only = int(view.only)
    text = lines(w("Which region?"), w("⚠ pages that need help, of all; ✍ pages with texts for less than two days"))
    rows = choices(
        view.regions,
        lambda one: button(_region_label(one, w), PagesButton(verb="list", area=page_key(one.code), only=only)),
        at,
        lambda to: PagesButton(verb="regions", only=only, at=to),
    )
    everywhere = (button(w.plain("All regions"), PagesButton(verb="list", only=only)),)
    return Screen(text, (everywhere, *rows, home(w)))


def _region_label(one: RegionHealth, w: Words) -> str:
    needing = f" · ⚠ {w.number(one.needing)}/{w.number(one.pages)}" if one.needing else " · ✓"
    return label(_name(one, w), needing + (f" · ✍ {w.number(one.short)}" if one.short else ""))


def _name(one: RegionHealth, w: Words) -> str:
    return w.plain("Pages of the whole campaign") if one.code == EVERYWHERE else one.name


def _label(one: PageHealth) -> str:
    count = f"{one.strip.posted}/{one.strip.due}" if one.strip.due else "–"
    return label(f"{'⚠ ' if one.needs else ''}{one.page.title}", f" · {count}")


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
