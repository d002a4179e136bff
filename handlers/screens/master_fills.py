"""Filling a master in: for which pages, one question at a time, a photo, a last look."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.masters import Fill
from domain.readings import previews
from domain.usecases.master_fills import Choice, FillView, Target
from domain.wordings import filled, with_names
from handlers.screens import nav
from handlers.screens.base import Card, Row, Screen, button, label, lines, paragraphs
from handlers.screens.draft_parts import close_to_another, contents, excerpt, imprints, quote, rooms, where
from handlers.screens.keyboards import choices
from handlers.screens.masters import MasterButton
from texts.roles import place_name
from texts.words import Words, mark_plain

BACKGROUND = 800
"""Characters of the master that stand above a question."""
_OWN = {
    "happened": mark_plain("What happened where you live?"),
    "changes": mark_plain("What does it change for you?"),
    "neighbour": mark_plain("What would you say to a neighbour?"),
}


def _do(fill: Fill, verb: str) -> MasterButton:
    return MasterButton(verb=verb, id=fill.id, version=fill.version)


def invitation(choice: Choice, zone: str, now: datetime, w: Words) -> Screen:
    """The one notice: a new master, and the way in."""
    master = choice.master
    text = paragraphs(
        w("<b>New master from headquarters</b>"),
        quote(with_names(master.text), BACKGROUND),
        w("Open until {time}", time=w.moment(master.closes_at, zone, now)) if master.closes_at else None,
    )
    return Screen(text, ((button(w.plain("Fill in"), MasterButton(verb="fill", id=master.id)),),))


def targets(choice: Choice, page: int, w: Words) -> Screen:
    """For which pages; asked only where there are several possibilities, or when it is over."""
    master = choice.master

    def target(one: Target) -> InlineKeyboardButton:
        mark = "✎ " if one.key in choice.running else ""
        name = _target_name(one, choice, w)
        return button(label(mark + name), MasterButton(verb="begin", id=master.id, arg=one.key))

    offered = [one for one in choice.targets if choice.open or one.key in choice.running]
    rows = choices(offered, target, page, lambda to: MasterButton(verb="fill", id=master.id, arg=str(to)))
    text = paragraphs(
        quote(with_names(master.text), BACKGROUND),
        w("<b>For which pages?</b>") if offered else w("It is over: nobody begins to fill it in any more."),
    )
    back = (button(w.plain("‹ Masters"), MasterButton(verb="list")),)
    return Screen(text, (*rows, back))


def _target_name(one: Target, choice: Choice, w: Words) -> str:
    if one.page:
        return w.plain("My own page: {title}", title=one.pages[0].title)
    return place_name(one.region, choice.regions, w)


def question(view: FillView, w: Words) -> Screen:
    """The open question, or the photo. What is answered already stands in the text above it."""
    fill = view.fill
    if view.wants_photo:
        return _photo(view, w)
    asked = view.asked[fill.step]
    before = fill.answers[fill.step] if fill.step < len(fill.answers) else ""
    text = paragraphs(
        w("{n} of {all}", n=fill.step + 1, all=len(view.asked)),
        _background(view, w),
        _own_question(asked, w) if fill.own else w("<b>{field}</b>: what shall stand there?", field=asked),
        w("So far: {answer}", answer=excerpt(before, 200)) if before else None,
        _newer(view, w),
    )
    keep = ((button(w.plain("Leave it so ›"), _do(fill, "keep")),),) if before else ()
    return Screen(text, (*keep, *_anew(view, w), _ways_out(fill, w)))


def _own_question(asked: str, w: Words) -> Markup:
    return w("<b>{question}</b>", question=w.plain(_OWN[asked]))  # texts: dynamic


def _background(view: FillView, w: Words) -> Markup | None:
    """For the pages: the text as it grows. For one's own page: what headquarters says, to be told differently."""
    fill = view.fill
    if fill.own:
        return lines(
            w("What headquarters says, for you to know. On your page it is your own words that count:"),
            quote(with_names(view.text), BACKGROUND),
        )
    known = dict(zip(view.wording.fields, fill.answers, strict=False))
    so_far = {name: known.get(name, f"[{name}]") for name in view.wording.fields}
    text = filled(view.wording, so_far)
    gap = text.find(so_far[view.asked[fill.step]])
    return quote(text if gap < BACKGROUND // 2 else "… " + text[gap - BACKGROUND // 2 :], BACKGROUND)


def _newer(view: FillView, w: Words) -> Markup | None:
    if view.newest:
        return None
    return w("⚠ Headquarters has changed the wording since you began. You can go on, or start over with the new one.")


def _anew(view: FillView, w: Words) -> tuple[Row, ...]:
    return () if view.newest else ((button(w.plain("Start over with the new one"), _do(view.fill, "anew")),),)


def _ways_out(fill: Fill, w: Words) -> Row:
    back = (button(w.plain("‹ Back"), _do(fill, "back")),) if fill.step else ()
    return (*back, *nav.cancel(w))


def _photo(view: FillView, w: Words) -> Screen:
    fill = view.fill
    text = paragraphs(
        w("<b>Now a photo of your own</b>, if you have one: just send it."),
        w.n(
            "{n} photo is there. Another one takes its place.",
            "{n} photos are there. Another one takes their place.",
            len(fill.media),
        )
        if fill.media
        else None,
    )
    keep = ((button(w.plain("Leave it so ›"), _do(fill, "keep")),),) if fill.media else ()
    without = (button(w.plain("Without a photo ›"), _do(fill, "nophoto")),)
    return Screen(text, (*keep, without, _ways_out(fill, w)))


def preview(view: FillView, w: Words, bot_id: int) -> Card:
    """The text and the photo as they are, then where they go and the last button."""
    fill, draft = view.fill, view.draft
    readings = previews(draft, view.pages)
    text = paragraphs(
        w("<b>This is your text</b>. Is everything right?"),
        lines(where(view.pages, w) if view.pages else None, *rooms(readings, w), *imprints(readings, w)),
        _newer(view, w),
    )
    rows = (
        (button(w.plain("Hand in ›"), _do(fill, "hand")),),
        (button(w.plain("Keep as a draft"), _do(fill, "draft")),),
        *_anew(view, w),
        _ways_out(fill, w),
    )
    return Card(contents(draft.text, draft.media, view.stored, bot_id), Screen(text, rows))


def confirm_close_text(view: FillView, w: Words) -> Screen:
    """Own words that are close to another person's text."""
    text = lines(
        close_to_another(w),
        w("Say it in your own words, or hand it in as it is: the press secretary will see this note."),
    )
    own = button(w.plain("Say it in my own words"), _do(view.fill, "redo"))
    as_it_is = button(w.plain("Hand it in as it is"), _do(view.fill, "hand!"))
    return Screen(text, ((own,), (as_it_is,)))
