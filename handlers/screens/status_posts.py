"""One page with its posts and figures, and one post with everybody who had a hand in it."""

from collections.abc import Mapping
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from domain.drafts import Verdict
from domain.figures import FigureState
from domain.plan import AssignmentState, Excuse, SlotState
from domain.privacy import NOBODY
from domain.status_periods import Place
from domain.status_posts import FigureLine, Holder, PageView, PostLine, PostView, Verdicts
from handlers.screens.base import Row, Screen, button, grid, lines, link, paragraphs
from handlers.screens.status import PeriodButton, back_to_top, go, period_rows, slot_troubles, today_line
from handlers.screens.status_periods import key_of
from texts.figures import counted
from texts.words import Words, mark, mark_plain

EXCERPT = 300
"""Characters of a post's text: enough to know it by."""

_STATES: Mapping[SlotState, str] = {
    SlotState.EMPTY: mark_plain("empty"),
    SlotState.FILLED: mark_plain("not posted yet"),
    SlotState.POSTED: mark_plain("posted"),
    SlotState.MISSED: mark_plain("missed"),
    SlotState.CANCELLED: mark_plain("cancelled"),
}
_SIGNS = {SlotState.POSTED: "✅", SlotState.MISSED: "🔴", SlotState.EMPTY: "⚪", SlotState.FILLED: "🟡"}


def page(view: PageView, w: Words, zone: str, more: Row = ()) -> Screen:
    """One page: keeper, today, week, recent posts with their numbers, figures with who typed them. `more`: further buttons."""
    line, shown, troubles = view.line, view.line.page, slot_troubles(view.line.slots, w)
    keeper = w("Keeper: {name}", name=view.keeper) if view.keeper else w("🟡 Nobody keeps this page")
    week = w("7 days: {posted} of {wanted} posts", posted=w.number(line.posted), wanted=w.number(line.wanted))
    head = lines(
        w("<b>{page}</b>", page=shown.title) + (w(" · {region}", region=view.region_name) if view.region_name else ""),
        keeper,
        w("🔴 Today: {troubles}", troubles=", ".join(troubles)) if troubles else None,
        today_line(line.slots, w),
        week if line.wanted else None,
    )
    posts = lines(w("<b>Posts</b>"), *(_post(post, w, zone, view.now) for post in view.posts)) if view.posts else None
    figures = (
        lines(w("<b>Figures</b>"), *(_figure(f, w) for f in view.figures)) if view.figures else w("No figures yet.")
    )
    opens = grid([_open(post, w, zone, view.now) for post in view.posts], 2)
    address: tuple[Row, ...] = ((link(w.plain("Open the page"), shown.addresses[0]),),) if shown.addresses else ()
    periods = period_rows(None, key_of(Place(page=shown.code)), w)
    back = (go(w.plain("‹ Back"), "region", shown.region), *back_to_top(w))
    return Screen(paragraphs(head, posts, figures), (*opens, *periods, *address, *((more,) if more else ()), back))


def _open(post: PostLine, w: Words, zone: str, now: datetime) -> InlineKeyboardButton:
    when = w.moment(post.at, zone, now)
    return button(f"{_SIGNS.get(post.state, '·')} {when}", PeriodButton(verb="post", n=post.slot_id))


def _post(post: PostLine, w: Words, zone: str, now: datetime) -> Markup:
    when = w.moment(post.at, zone, now)
    state = w(_STATES[post.state])  # texts: dynamic
    if post.url:
        state = w('<a href="{url}">{state}</a>', url=post.url, state=state)
    rest = [escape(_who(post.who, w))] if post.who else []
    rest += [counted(metric, value, w) for metric, value in post.figures.items()]
    told = Markup(", ").join([state, *rest])
    return w("{sign} {when} – {told}", sign=_SIGNS.get(post.state, "·"), when=when, told=told)


_FIGURE_STATES: Mapping[FigureState, str] = {
    FigureState.DOUBTFUL: mark_plain("in doubt"),
    FigureState.REPLACED: mark_plain("updated later"),
}


def _figure(found: FigureLine, w: Words) -> Markup:
    figure = found.figure
    by = _who(found.typed_by, w)
    if found.for_person != found.typed_by:
        by = w.plain("{name} for {keeper}", name=by, keeper=_who(found.for_person, w))
    value = w("{day}: {value}, typed by {by}", day=w.day(figure.day), value=w.number(figure.value), by=by)
    if figure.state is FigureState.CONFIRMED:
        return value
    state = w(_FIGURE_STATES[figure.state])  # texts: dynamic
    return w("<s>{value}</s> ({state})", value=value, state=state)


# -- one post ----------------------------------------------------------------------------------------------------------

_VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVE: mark("✅ {name} approved version {n}, {when}"),
    Verdict.RETURN: mark("↩ {name} asked for changes to version {n}, {when}"),
    Verdict.REJECT: mark("✕ {name} rejected version {n}, {when}"),
}
_HOLDERS: Mapping[AssignmentState, str] = {
    AssignmentState.ASSIGNED: mark("🟡 {name}: to post it"),
    AssignmentState.OFFERED: mark("🟡 {name}: asked to step in"),
    AssignmentState.POSTED: mark("✅ {name}: posted it"),
    AssignmentState.DECLINED: mark("↩ {name}: passed it on"),
    AssignmentState.REPLACED: mark("↩ {name}: somebody else took over"),
    AssignmentState.MISSED: mark("🔴 {name}: missed it"),
    AssignmentState.CANCELLED: mark("✕ {name}: it was cancelled"),
}
_EXCUSES: Mapping[Excuse, str] = {
    Excuse.REMOVED: mark("⚪ Excused: the network took it down"),
    Excuse.BLOCKED: mark("⚪ Excused: the network blocked the account"),
    Excuse.SKIPPED: mark("⚪ Excused: taken out by hand"),
    Excuse.DAY_OFF: mark("⚪ Excused: a day off"),
}


def post(view: PostView, w: Words, zone: str, more: Row = ()) -> Screen:
    """How one post came about. `more`: further buttons about it, such as its journal."""
    trail = view.trail
    state = w("{sign} {state}", sign=_SIGNS.get(trail.state, "·"), state=w(_STATES[trail.state]))  # texts: dynamic
    if trail.posted_at is not None:
        state = w("{state}, {when}", state=state, when=w.moment(trail.posted_at, zone, view.now))
    numbers = Markup(", ").join(counted(metric, value, w) for metric, value in trail.figures.items())
    head = lines(
        w("<b>{page}</b> · {when}", page=view.page.title, when=w.moment(trail.at, zone, view.now)),
        state,
        w(_EXCUSES[trail.excuse]) if trail.excuse is not None else None,  # texts: dynamic
        numbers or (w("No figures of this post yet.") if trail.state is SlotState.POSTED else None),
    )
    short = trail.text if len(trail.text) <= EXCERPT else trail.text[:EXCERPT].rstrip() + "…"
    text = lines(w("<b>Text</b>, by {name}", name=_who(trail.author, w)), short) if short else w("No text.")
    people = lines(
        *(_verdict(one, view, zone, w) for one in trail.decisions), *(_holder(one, w) for one in trail.holders)
    )
    address: tuple[Row, ...] = ((link(w.plain("Open the post"), trail.url),),) if trail.url else ()
    rows = (*address, *((more,) if more else ()), (go(w.plain("‹ Back"), "page", view.page.code), *back_to_top(w)))
    return Screen(paragraphs(head, text, people), rows)


def _who(name: str | None, w: Words) -> str:
    """A dash of somebody who was erased says nothing to whoever reads it."""
    return w.plain("somebody erased") if name == NOBODY else name or "–"


def _verdict(one: Verdicts, view: PostView, zone: str, w: Words) -> Markup:
    when = w.moment(one.at, zone, view.now)
    return w(_VERDICTS[one.verdict], name=_who(one.name, w), n=w.number(one.version), when=when)  # texts: dynamic


def _holder(one: Holder, w: Words) -> Markup:
    return w(_HOLDERS[one.state], name=_who(one.name, w))  # texts: dynamic
