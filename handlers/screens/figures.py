"""Figures: what is lacking, the question, and what was understood, read back with who typed it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from domain.figures import (
    Figure,
    FigureState,
    PageAsk,
    PageFigure,
    PageReported,
    PostAsk,
    PostReported,
    ToReport,
    is_odd_post,
    metric_of,
)
from domain.pages import Page, PageKind
from domain.typed_figures import Metric, Typed
from handlers.screens.base import Row, Screen, button, label, lines, link, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from texts.figures import counted
from texts.words import Words

ASKED_AT_ONCE = 8
"""Pages named in one question; more are one tap away."""


class FigureButton(CallbackData, prefix="f"):
    """`verb`: list, page, post, yes, right, change, later, shot, past, pic, draft.

    `key`: a page's code, else the number of a slot or figure.
    """

    verb: str
    key: str = ""
    day: str = ""
    """ISO date the figure was asked for."""
    n: int = 0


def _followed(page: Page) -> bool:
    """Whether a page has followers: a network's word for them, and everybody's for those of a person."""
    return metric_of(page.platform) is Metric.FOLLOWERS or page.kind is PageKind.PERSONAL


def _people_of(page: Page, figure: Figure, w: Words) -> Markup:
    return counted(Metric.FOLLOWERS if _followed(page) else figure.metric, figure.value, w)


def counted_all(figures: Sequence[Figure], w: Words) -> Markup:
    return Markup("").join([w.list([counted(f.metric, f.value, w) for f in figures])])


def _question(page: Page, w: Words) -> Markup:
    """What one line of a list asks."""
    return escape(f"{page.title}: {_asked(page, w)}")


def _asked(page: Page, w: Words) -> str:
    return w.plain("followers?") if _followed(page) else w.plain("members?")


def _page_button(text: str, code: str, day: date) -> InlineKeyboardButton:
    return button(text, FigureButton(verb="page", key=code, day=day.isoformat()))


def _post_button(ask: PostAsk, w: Words) -> InlineKeyboardButton:
    post = w.plain("post of {day}", day=w.day(ask.post.day))
    return button(label(ask.page.title, f": {post}"), FigureButton(verb="post", key=str(ask.post.slot_id)))


def _later(w: Words) -> Row:
    return (button(w.plain("Not now"), FigureButton(verb="later")),)


# -- asking ----------------------------------------------------------------------------------------------------------


def evening(pages: Sequence[Page], day: date, today: date, w: Words, *, awaited: bool = True) -> Screen:
    """The evening's question to a keeper: every page that lacks the figure of `day`; `awaited`: a plain number is that of the one."""
    said = w.day(day)
    title = w("<b>Today's figures</b>, {day}", day=said) if day == today else w("<b>Figures for {day}</b>", day=said)
    shown = pages[:ASKED_AT_ONCE]
    rest = len(pages) - len(shown)
    if len(pages) == 1 and awaited:
        hint = w("Type the number here, for example <code>12.4k</code>.")
    else:
        hint = w("Tap a page and type the number, for example <code>12.4k</code>.")
    more = w.n("and {n} more page", "and {n} more pages", rest) if rest else None
    rows = [(_page_button(label(page.title), page.code, day),) for page in shown]
    if rest:
        rows.append((button(w.plain("All pages"), FigureButton(verb="list")),))
    return Screen(paragraphs(lines(title, *(_question(page, w) for page in shown), more), hint), tuple(rows))


def a_day_later(asks: Sequence[PostAsk], w: Words) -> Screen:
    """The question about publications of a day ago: one message for all that wait."""
    example = w("Type for example: <code>340 views 12 likes 3 comments 1 repost</code>")
    if len(asks) == 1:
        ask = asks[0]
        text = w("Your post of {day} in <b>{page}</b>: how did it do?", day=w.day(ask.post.day), page=ask.page.title)
        typing = button(w.plain("Type the figures"), FigureButton(verb="post", key=str(ask.post.slot_id)))
        return Screen(paragraphs(text, example), ((link(w.plain("Open the post"), ask.post.url),), (typing,)))
    text = w.n("{n} of your posts needs fresh figures.", "{n} of your posts need fresh figures.", len(asks))
    rows = tuple((_post_button(ask, w),) for ask in asks[:ASKED_AT_ONCE])
    if len(asks) > ASKED_AT_ONCE:
        rows += ((button(w.plain("Show all"), FigureButton(verb="list")),),)
    return Screen(paragraphs(lines(text, w("Tap one to answer.")), example), rows)


def to_report(view: ToReport, page: int, w: Words) -> Screen:
    """Everything this person can report, what is lacking first."""
    lacking_mine = sum(not p.reported for p in view.mine)
    lacking_others = sum(not p.reported for p in view.others)
    buttons: list[InlineKeyboardButton] = [
        *(_post_button(ask, w) for ask in view.posts),
        *(_figure_button(p, w) for p in sorted((*view.mine, *view.others), key=lambda p: p.reported)),
    ]
    if not buttons:
        text = w("You keep no page and no post of yours waits for figures. Nothing to report.")
        return Screen(paragraphs(w("<b>Figures</b>"), text), (home(w),))
    facts = [
        w.n("{n} post lacks figures", "{n} posts lack figures", len(view.posts)) if view.posts else None,
        w.n("{n} of your pages lacks today's figures", "{n} of your pages lack today's figures", lacking_mine)
        if lacking_mine
        else None,
        w.n("{n} other page lacks today's figures", "{n} other pages lack today's figures", lacking_others)
        if lacking_others
        else None,
    ]
    hint = w("Tap what you want to report or correct.")
    told = lines(*facts) if any(facts) else w("All of today's figures are here. Thank you!")
    rows = choices(buttons, lambda b: b, page, lambda to: FigureButton(verb="list", n=to))
    return Screen(paragraphs(lines(w("<b>Figures</b>"), told), hint), (*rows, home(w)))


def _figure_button(view: PageFigure, w: Words) -> InlineKeyboardButton:
    if view.reported and view.value is not None:
        text = label(f"✅ {view.page.title}", f": {w.number(view.value)}")
    else:
        text = label(view.page.title, f": {_asked(view.page, w)}")
    return _page_button(text, view.page.code, view.today)


def page_question(ask: PageAsk, w: Words) -> Screen:
    rows = () if ask.figure_id is None else ((_past(ask.figure_id, w),),)
    return Screen(_page_question(ask, w), (*rows, _later(w)))


def _past(figure_id: int, w: Words) -> InlineKeyboardButton:
    return button(w.plain("History"), FigureButton(verb="past", key=str(figure_id)))


def not_read(refusal: Markup, w: Words) -> Screen:
    """What was typed is no answer; the question stays until they answer or put it off."""
    hint = w("Is it a text for a post? Tap “It is a post”, and it becomes a draft.")
    post = button(w.plain("It is a post"), FigureButton(verb="draft"))
    return Screen(paragraphs(refusal, hint), ((post,), _later(w)))


def _page_question(ask: PageAsk, w: Words, *, below_another: bool = False) -> Markup:
    """`below_another`: a figure that may still be wrong stands above, so it is said which one a number answers."""
    followed = _followed(ask.page)
    return lines(
        w("<b>{page}</b>, {day}", page=ask.page.title, day=w.day(ask.day)),
        w("How many followers are there now?") if followed else w("How many members are there now?"),
        None if ask.value is None else w("Noted so far: {value}.", value=w.number(ask.value)),
        w("Type the number here, for example <code>12.4k</code>."),
        w("It counts for this page; to correct the number above, tap “Change”.") if below_another else None,
    )


def post_question(ask: PostAsk, w: Words) -> Screen:
    return Screen(_post_question(ask, w), ((link(w.plain("Open the post"), ask.post.url),), _later(w)))


def _post_question(ask: PostAsk, w: Words, *, below_another: bool = False) -> Markup:
    return lines(
        w("<b>{page}</b>, post of {day}", page=ask.page.title, day=w.day(ask.post.day)),
        w("Type for example: <code>340 views 12 likes 3 comments 1 repost</code>"),
        w("They count for this post; to correct those above, tap “Change”.") if below_another else None,
    )


# -- reading back ----------------------------------------------------------------------------------------------------


def page_reported(view: PageReported, w: Words, zone: str, now: datetime, *, settled: bool = False) -> Screen:
    """What was understood. `settled`: the person has said that it is right."""
    figure = view.figure
    if figure.state is FigureState.DOUBTFUL:
        return _page_doubt(view, w, zone, now)
    facts = {"figure": _people_of(view.page, figure, w), "page": view.page.title, "day": w.day(figure.day)}
    told = w(
        "✅ <b>{figure}</b> of {page} for {day}." if settled else "<b>{figure}</b> of {page} for {day}. Right?", **facts
    )
    read = _read_as(view.typed, w) if view.typed is not None and not settled else None
    rows: list[Row] = [] if settled else [_right_or_change(figure, w)]
    rows += _origin(figure, w, corrected=view.corrected)
    ask = w("That was all. Thank you!") if settled else w("Not right? Just type the right number.")
    if view.then is not None:
        ask = lines(w("<b>Next</b>"), _page_question(view.then, w, below_another=not settled))
        rows.append(_later(w))
    return Screen(
        paragraphs(lines(told, read, _source(view.typed_by, view.for_person, figure, w, zone, now)), ask), tuple(rows)
    )


def pages_reported(done: Sequence[PageReported], then: PageAsk | None, w: Words, zone: str, now: datetime) -> Screen:
    """What was understood of figures of several pages in one message; each can be corrected on its own."""
    told = [
        w(
            "✅ <b>{figure}</b> of {page} for {day}.",
            figure=_people_of(one.page, one.figure, w),
            page=one.page.title,
            day=w.day(one.figure.day),
        )
        for one in done
    ]
    last = done[-1]
    source = _source(last.typed_by, last.for_person, last.figure, w, zone, now)
    rows: list[Row] = [
        (button(label(one.page.title, w.plain(" · change")), FigureButton(verb="change", key=str(one.figure.id))),)
        for one in done
    ]
    ask = None
    if then is not None:
        ask = lines(w("<b>Next</b>"), _page_question(then, w))
        rows.append(_later(w))
    return Screen(paragraphs(lines(*told, source), ask), tuple(rows))


def _right_or_change(figure: Figure, w: Words) -> Row:
    key = str(figure.id)
    return (
        button(w.plain("Right"), FigureButton(verb="right", key=key)),
        button(w.plain("Change"), FigureButton(verb="change", key=key)),
    )


def _origin(figure: Figure, w: Words, *, corrected: bool) -> list[Row]:
    """Where the figure comes from: a screenshot can be kept with it, what stood before can be looked at."""
    shot = button(w.plain("📎 Screenshot"), FigureButton(verb="shot", key=str(figure.id)))
    row = ((shot,) if not figure.screenshot else ()) + ((_past(figure.id, w),) if corrected else ())
    return [row] if row else []


def _yes_or_correct(figure: Figure, w: Words) -> Row:
    key = str(figure.id)
    return (
        button(w.plain("Yes, right"), FigureButton(verb="yes", key=key)),
        button(w.plain("Correct it"), FigureButton(verb="change", key=key)),
    )


def _read_as(typed: Typed, w: Words) -> Markup | None:
    """Said only when it could be read otherwise."""
    if not typed.ambiguous:
        return None
    return w("You typed “{text}”, I read it as {value}.", text=typed.text, value=w.number(typed.value))


def _source(by: str, whom: str | None, figure: Figure, w: Words, zone: str, now: datetime) -> Markup:
    when = w.moment(figure.at, zone, now)
    if figure.screenshot:
        return w("<i>Typed by {name} off a screenshot, {when}</i>", name=by, when=when)
    if whom is None:
        return w("<i>Typed by {name}, {when}</i>", name=by, when=when)
    return w("<i>Typed by {name} for {keeper}, {when}</i>", name=by, keeper=whom, when=when)


def _page_doubt(view: PageReported, w: Words, zone: str, now: datetime) -> Screen:
    figure, before = view.figure, view.before
    facts = {"value": w.number(figure.value), "before": w.number(before.value) if before else ""}
    if before is None:
        question = w("It is <b>{value}</b> now. Is this right?", value=facts["value"])
    elif before.day == figure.day:
        question = w("Just now it was <b>{before}</b>, now <b>{value}</b>. Is this right?", **facts)
    elif figure.day - before.day == timedelta(days=1) and figure.day == view.page.local_day(now):
        question = w("Yesterday it was <b>{before}</b>, now <b>{value}</b>. Is this right?", **facts)
    else:
        question = w(
            "On {day} it was <b>{before}</b>, now <b>{value}</b>. Is this right?", day=w.day(before.day), **facts
        )
    text = lines(
        w("❓ <b>{page}</b>, {day}", page=view.page.title, day=w.day(figure.day)),
        question,
        None if view.typed is None else _read_as(view.typed, w),
        _source(view.typed_by, view.for_person, figure, w, zone, now),
    )
    rows = (_yes_or_correct(figure, w), *_origin(figure, w, corrected=view.corrected))
    return Screen(paragraphs(text, w("It counts once you say yes. Or type the right number.")), rows)


def post_reported(view: PostReported, w: Words, zone: str, now: datetime, *, settled: bool = False) -> Screen:
    """The figures of one publication as understood."""
    figure = next((f for f in view.figures if f.state is FigureState.DOUBTFUL), view.figures[0])
    title = w("<b>{page}</b>, post of {day}", page=view.page.title, day=w.day(view.post.day))
    told = counted_all(view.figures, w)
    source = _source(view.typed_by, view.for_person, figure, w, zone, now)
    read = [] if settled else [_read_as(typed, w) for typed in view.ambiguous]
    origin = _origin(figure, w, corrected=view.corrected)
    if view.doubtful:
        text = lines(title, told, *read, _post_doubt(view, w), source)
        hint = w("It counts once you say yes. Or type the right figures.")
        return Screen(paragraphs(text, hint), (_yes_or_correct(figure, w), *origin))
    said = w("✅ {figures}", figures=told) if settled else w("{figures}. Right?", figures=told)
    rows: list[Row] = [] if settled else [_right_or_change(figure, w)]
    rows += origin
    ask = w("That was all. Thank you!") if settled else w("Not right? Just type the right figures.")
    if view.then is not None:
        ask = lines(w("<b>Next</b>"), _post_question(view.then, w, below_another=not settled))
        rows += [(link(w.plain("Open the post"), view.then.post.url),), _later(w)]
    return Screen(paragraphs(lines(title, said, *read, source), ask), tuple(rows))


def _post_doubt(view: PostReported, w: Words) -> Markup:
    """Why the figures of a post wait for a yes."""
    if is_odd_post({f.metric: f.value for f in view.figures}):
        return w("There are more reactions than views. Is this right?")
    if view.before:
        stood = w.list([counted(metric, value, w) for metric, value in view.before.items()])
        return w("Last time it was {figures}. Is this right?", figures=Markup("").join([stood]))
    return w("Is this right?")
