"""One page, and choosing who keeps it and who posts; the list is in `page_list`."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.lanes import Lane
from domain.page_links import page_url
from domain.pages import PageKind, page_key
from domain.people import EVERYWHERE
from domain.plan import EmptyReason, SlotState
from domain.ports.plan import SlotView
from domain.record import Kind
from domain.usecases.pages import Candidates, PageCard
from handlers.screens import authority, imprint_lines, norm_words, page_strip
from handlers.screens.authority import AuthorityButton
from handlers.screens.base import Row, Screen, button, label, lines, paragraphs
from handlers.screens.journal_button import journal_button
from handlers.screens.keyboards import choices
from handlers.screens.ladder_button import LadderButton
from handlers.screens.lanes import LaneButton, lane_name
from handlers.screens.norms import NormButton
from handlers.screens.page_list import PagesButton
from texts.names import platform_name
from texts.words import Words, Zone


class PageButton(CallbackData, prefix="g"):
    """`verb`: card, keepers, keeper, posters, poster (list: on old screens). `key`: `page_key` of the page. `at`: which page of a list."""

    verb: str
    key: str = ""
    person: int = 0
    at: int = 0


# -- one page ---------------------------------------------------------------------------------------------------------------


def page_card(view: PageCard, w: Words, zone: Zone, now: datetime, back: PagesButton | None = None) -> Screen:
    """Platform, norm in words, keeper, posters, its two weeks, texts, next slots. `back`: the list it was opened from."""
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
        w("Norm: {norm}", norm=norm_words.in_line(view.norm.on(page.local_day(now)), w))
        if view.norm
        else w("No norm is set"),
        kept,
        w("Keeper: {name}", name=view.keeper) if view.keeper else w("⚠ Nobody keeps this page"),
        _who_posts(view, w),
        None if page.lane is Lane.ORDINARY else lane_name(page.lane, w),
        *(imprint_lines.of_page(view.imprint, w) if view.imprint else ()),
        authority.card_line(page, now, w) if page.kind is PageKind.DELEGATED else None,
    )
    health = None if view.health is None else page_strip.of_page(view.health, w)
    texts = None if view.health is None else page_strip.texts_last(view.health.runway, w)
    ahead = lines(w("Next:"), *(_slot_line(v, w, zone, now) for v in view.next_slots)) if view.next_slots else None
    head = lines(title, f"{platform}, {region}")
    pages = (button(w.plain("‹ Pages"), back or PagesButton(verb="list")),)
    return Screen(
        paragraphs(head, facts, health, lines(texts, ahead)), (*_helping(view, w), *_managing(view, w), pages)
    )


def _helping(view: PageCard, w: Words) -> tuple[Row, ...]:
    """What could be done about what the page lacks."""
    health, key = view.health, page_key(view.page.code)
    if health is None:
        return ()
    rows: list[Row] = []
    if view.may_write and health.runway is not None and health.runway.is_short:
        rows.append((button(w.plain("Write a text"), PagesButton(verb="write", key=key)),))
    if view.may_manage and health.unposted:
        rows.append((button(w.plain("Who could post"), PagesButton(verb="who", key=key)),))
    return tuple(rows)


def _managing(view: PageCard, w: Words) -> tuple[Row, ...]:
    page, key = view.page, page_key(view.page.code)
    keep = button(w.plain("Keeper"), PageButton(verb="keepers", key=key))
    post = button(w.plain("Who posts"), PageButton(verb="posters", key=key))
    row: Row = (keep,) if page.kind is PageKind.PERSONAL else (keep, post)
    reminders = (button(w.plain("Its reminders"), LadderButton(verb="page", key=key)),)
    manage = (row, reminders) if view.may_manage else ()
    if view.may_set_norm:
        manage = (*manage, (button(w.plain("The norm"), NormButton(verb="page", key=key)),))
    if view.may_set_lane:
        manage = (*manage, (button(lane_name(page.lane, w), LaneButton(verb="page", arg=key)),))
    if view.may_set_lane and page.kind is PageKind.DELEGATED:
        manage = (*manage, (button(w.plain("Authority"), AuthorityButton(verb="open", key=key)),))
    if view.may_manage or view.may_set_norm:
        manage = (*manage, (journal_button(Kind.PAGE, page.code, w),))
    return manage


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
            mark = "●" if view.accepted_at is not None else "○"  # they have said yes, or have only been asked
            return Markup("{} {} · {}").format(mark, when, view.assignee)
        return w("○ {when} · a substitute is being asked", when=when)
    if view.slot.empty_reason is EmptyReason.NO_PERSON:
        return w("⚠ {when} · nobody to post it", when=when)
    return w("⚠ {when} · no text", when=when)


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
