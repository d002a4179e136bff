"""Pages: the list, one page, and choosing who keeps it and who posts."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.lanes import Lane
from domain.norms import Norm
from domain.pages import PageKind, page_key
from domain.people import EVERYWHERE
from domain.plan import EmptyReason, SlotState
from domain.ports.plan import SlotView
from domain.usecases.pages import Candidates, PageCard, PageLine
from handlers.screens import authority, imprint_lines
from handlers.screens.assignments import page_url
from handlers.screens.authority import AuthorityButton
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.lanes import LaneButton, lane_name
from handlers.screens.nav import home
from texts.names import platform_name
from texts.words import Words, Zone


class PageButton(CallbackData, prefix="g"):
    """`verb`: list, card, keepers, keeper, posters, poster. `key`: `page_key` of the page. `at`: which page of a list."""

    verb: str
    key: str = ""
    person: int = 0
    at: int = 0


# -- the list ---------------------------------------------------------------------------------------------------------------


def page_list(found: Sequence[PageLine], at: int, w: Words) -> Screen:
    """Those that need help first; a page that keeps its norm is only a line."""
    if not found:
        return Screen(w("There are no pages in your regions yet."), (home(w),))
    below = sum(line.below for line in found)
    head = w("<b>Pages</b>, the last 7 days: posted of planned")
    if not any(line.kept.due for line in found):
        sum_up = w("Nothing has been planned yet.")
    elif below:
        sum_up = w.n("⚠ {n} page is below its norm", "⚠ {n} pages are below their norm", below)
    else:
        sum_up = w("✓ All keep their norm")
    rows = choices(
        found,
        lambda line: button(_label(line), PageButton(verb="card", key=page_key(line.page.code))),
        at,
        lambda to: PageButton(verb="list", at=to),
    )
    return Screen(lines(head, sum_up), (*rows, home(w)))


def _label(line: PageLine) -> str:
    count = f"{line.kept.posted}/{line.kept.due}" if line.kept.due else "–"
    return label(f"{'⚠ ' if line.below else ''}{line.page.title}", f" · {count}")


# -- one page ---------------------------------------------------------------------------------------------------------------


def page_card(view: PageCard, w: Words, zone: Zone, now: datetime) -> Screen:
    """Platform, norm in words, keeper, posters, next slots."""
    page, url = view.page, page_url(view.page)
    platform = platform_name(page.platform, w)
    title = (
        Markup('<a href="{}"><b>{}</b></a>').format(url, page.title) if url else Markup("<b>{}</b>").format(page.title)
    )
    region = w.plain("all regions") if view.region == EVERYWHERE else view.region
    kept = (
        w("Last 7 days: {posted} of {due} posted", posted=w.number(view.kept.posted), due=w.number(view.kept.due))
        if view.kept.due
        else w("Last 7 days: nothing was planned")
    )
    facts = lines(
        w("Norm: {norm}", norm=norm_in_words(view.norm, w)) if view.norm else w("No norm is set"),
        kept,
        w("Keeper: {name}", name=view.keeper) if view.keeper else w("⚠ Nobody keeps this page"),
        _who_posts(view, w),
        None if page.lane is Lane.ORDINARY else lane_name(page.lane, w),
        *(imprint_lines.of_page(view.imprint, w) if view.imprint else ()),
        authority.card_line(page, now, w) if page.kind is PageKind.DELEGATED else None,
    )
    ahead = lines(w("Next:"), *(_slot_line(v, w, zone, now) for v in view.next_slots)) if view.next_slots else None
    key = page_key(page.code)
    keep = button(w.plain("Keeper"), PageButton(verb="keepers", key=key))
    post = button(w.plain("Who posts"), PageButton(verb="posters", key=key))
    row: Row = (keep,) if page.kind is PageKind.PERSONAL else (keep, post)
    manage = (row,) if view.may_manage else ()
    if view.may_set_lane:
        manage = (*manage, (button(lane_name(page.lane, w), LaneButton(verb="page", arg=key)),))
    if view.may_set_lane and page.kind is PageKind.DELEGATED:
        manage = (*manage, (button(w.plain("Authority"), AuthorityButton(verb="open", key=key)),))
    head = lines(title, f"{platform}, {region}")
    back = (button(w.plain("‹ Pages"), PageButton(verb="list")),)
    return Screen(paragraphs(head, facts, ahead), (*manage, back))


def _who_posts(view: PageCard, w: Words) -> Markup:
    if view.page.kind is PageKind.PERSONAL:
        return w("Posts here: only the keeper")
    if not view.posters:
        return w("Posts here: every volunteer of the region")
    more = len(view.posters) - 5
    if more > 0:
        return w("Posts here: {names} and {n} more", names=", ".join(view.posters[:5]), n=w.number(more))
    return w("Posts here: {names}", names=w.list(view.posters))


def _slot_line(view: SlotView, w: Words, zone: Zone, now: datetime) -> Markup:
    when = w.moment(view.slot.at, zone, now)
    if view.slot.state is SlotState.FILLED:
        if view.assignee:
            return Markup("○ {} · {}").format(when, view.assignee)
        return w("○ {when} · a substitute is being asked", when=when)
    if view.slot.empty_reason is EmptyReason.NO_PERSON:
        return w("⚠ {when} · nobody to post it", when=when)
    return w("⚠ {when} · no text", when=when)


# -- the norm in words --------------------------------------------------------------------------------------------------------


def norm_in_words(norm: Norm, w: Words) -> str:
    """2 a day, 09–12 and 18–21, not more often than every 2 h."""
    windows = w.list([f"{_hour(one.start)}–{_hour(one.end)}" for one in norm.windows])
    gap = w.ago(timedelta(minutes=norm.gap_minutes))
    return w.plain("{count}, {windows}, at most once in {gap}", count=_per_day(norm, w), windows=windows, gap=gap)


def _hour(clock: time) -> str:
    return clock.strftime("%H:%M") if clock.minute else clock.strftime("%H")


def _per_day(norm: Norm, w: Words) -> str:
    counts = [min(count, norm.daily_cap) for count in norm.per_weekday]
    if len(set(counts)) == 1:
        return w.plain_n("{n} a day", "{n} a day", counts[0])
    names, parts, start = w.weekday_names, [], 0
    for day in range(1, 8):
        if day == 7 or counts[day] != counts[start]:
            days = names[start] if day - 1 == start else f"{names[start]}–{names[day - 1]}"
            parts.append(f"{days} {counts[start]}")
            start = day
    return ", ".join(parts)


# -- choosing people ----------------------------------------------------------------------------------------------------------


def choose_keeper(view: Candidates, at: int, w: Words) -> Screen:
    """One of the region's people; the chosen one again means nobody."""
    text = w("Who is responsible for <b>{page}</b>? The keeper is asked for its figures.", page=view.page.title)
    return _people(view, at, text, "keepers", "keeper", w)


def choose_posters(view: Candidates, at: int, w: Words) -> Screen:
    """A toggle per person."""
    text = w(
        "Who posts on <b>{page}</b>? While nobody is ticked, every volunteer of the region does.", page=view.page.title
    )
    return _people(view, at, text, "posters", "poster", w)


def _people(view: Candidates, at: int, text: Markup, paging: str, choosing: str, w: Words) -> Screen:
    key = page_key(view.page.code)
    rows = choices(
        view.people,
        lambda p: button(
            label(f"{'✓ ' if p.id in view.chosen else ''}{p.name}"),
            PageButton(verb=choosing, key=key, person=p.id, at=at),
        ),
        at,
        lambda to: PageButton(verb=paging, key=key, at=to),
    )
    return Screen(text, (*rows, (button(w.plain("‹ Back"), PageButton(verb="card", key=key)),)))


def keeper_told(title: str, w: Words) -> Screen:
    """For the new keeper."""
    return Screen(
        w("You are now responsible for <b>{page}</b>. In the evening I will ask you for its figures.", page=title)
    )


def keeper_relieved(title: str, w: Words) -> Screen:
    """For whoever kept the page until now."""
    return Screen(w("You are no longer responsible for <b>{page}</b>. Thank you for looking after it.", page=title))
