"""/journal: who did what and when, in plain words; the head of its chain; the evidence about a post."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import assert_never

from markupsafe import Markup

from domain.exports import Export
from domain.record import HeadView, Kind, Line, View, Who
from domain.team import Group
from handlers.screens.base import Content, MediaFile, Row, Screen, button, lines, paragraphs
from handlers.screens.journal_button import JournalButton, journal_button
from handlers.screens.keyboards import pager
from handlers.screens.my_drafts_button import MyButton
from handlers.screens.nav import Go, home
from handlers.screens.status import PeriodButton, StatusButton
from handlers.screens.team_lists import CrewButton
from texts.journal import sentence
from texts.words import Words

NAME, TITLE = 48, 40
"""Characters of a name and of a page's title in a line: ten lines fit one message."""


def view(found: View, w: Words, zone: str, now: datetime) -> Screen:
    """One line for each entry, newest first."""
    count = w.n("{n} entry, the newest first", "{n} entries, the newest first", found.total)
    told = lines(*_folded(_line(one, w, zone, now) for one in found.lines)) if found.lines else w("Nothing yet.")
    head = lines(_title(found, w, zone, now), count if found.total else None)
    hint = None
    if found.mine and found.leads and found.kind is Kind.PERSON:
        hint = w(
            "Others’ journals: of a page or a post through its screen in /status, of a person through their card in /team."
        )
    turn = pager(found.page, found.pages, lambda n: JournalButton(verb="see", kind=found.kind, key=found.key, n=n))
    bundle: Row = ()
    if found.may_bundle:
        bundle = (button(w.plain("📦 Evidence"), JournalButton(verb="bundle", kind=found.kind, key=found.key)),)
    return Screen(paragraphs(head, told, hint), tuple(row for row in (*turn, bundle, _back(found, w)) if row))


def _folded(told: Iterable[Markup]) -> Iterator[Markup]:
    """What was done several times in the same minute is one line, with how often."""
    for line, same in groupby(told):
        often = sum(1 for _ in same)
        yield line if often == 1 else Markup("{} ×{}").format(line, often)


def _title(found: View, w: Words, zone: str, now: datetime) -> Markup:
    match found.kind:
        case Kind.POST:
            when = w.moment(found.at, zone, now) if found.at is not None else ""
            title = _cut(found.title, TITLE)
            return w("<b>Journal</b>: post {n} · {page} · {when}", n=found.key, page=title, when=when)
        case Kind.DRAFT:
            return w("<b>Journal</b>: draft {n}", n=found.key)
        case Kind.PAGE:
            return w("<b>Journal</b>: {title}", title=found.title)
        case Kind.PERSON:
            if found.mine:
                return w("<b>Journal</b>: what you did and what concerned you")
            return w("<b>Journal</b>: {title}", title=found.title or w.plain("somebody erased"))
    assert_never(found.kind)


def _line(one: Line, w: Words, zone: str, now: datetime) -> Markup:
    by = one.by if one.by.who is not Who.PERSON else type(one.by)(one.by.who, _cut(one.by.name, NAME))
    told = w("{when} · {what}", when=w.moment(one.entry.at, zone, now), what=sentence(one.entry, by, w))
    about = one.about
    if about is None:
        return told
    if about.draft_id is not None:
        return w("{line} · draft {n}", line=told, n=str(about.draft_id))
    title = _cut(about.title, TITLE)
    if about.at is None:
        return w("{line} · {page}", line=told, page=title)
    return w("{line} · {page}, {when}", line=told, page=title, when=w.moment(about.at, zone, now))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _back(found: View, w: Words) -> Row:
    back = w.plain("‹ Back")
    match found.kind:
        case Kind.POST:
            return (button(back, PeriodButton(verb="post", n=int(found.key))),)
        case Kind.PAGE:
            return (button(back, StatusButton(verb="page", key=found.key)),)
        case Kind.DRAFT if found.mine:
            return (button(back, MyButton(verb="story", id=int(found.key))),)
        case Kind.PERSON if not found.mine:
            return (button(back, CrewButton(verb="one", id=int(found.key), of=Group.ALL)),)
    return home(w)


def head_line(found: HeadView, w: Words) -> Markup:
    """Journal: 12,345 entries, head 3f9a12cd 88e077aa …"""
    if not found.seal:
        return w("Journal: nothing is sealed yet.")
    return w.n(
        "Journal: {n} entry, head <code>{head}</code>",
        "Journal: {n} entries, head <code>{head}</code>",
        found.entries,
        head=found.groups,
    )


def head(found: HeadView, w: Words) -> Screen:
    """With what it is for."""
    why = w(
        "Every entry is sealed over the one before it. Whoever keeps this head outside the bot can tell later, with"
        " <code>hq journal verify --head</code>, whether somebody rewrote what lies before it."
    )
    return Screen(paragraphs(head_line(found, w), why), ((button(w.plain("‹ Journal"), Go(to="journal")),), home(w)))


# -- evidence ----------------------------------------------------------------------------------------------------------


def preparing(one: Export, w: Words) -> Screen:
    """The file comes as a message of its own."""
    text = w(
        "⏳ Collecting what is known about the post. Usually it takes less than a minute. The file comes here as a message;"
        " you need not wait."
    )
    return Screen(text, ((journal_button(Kind.POST, one.span.rpartition(":")[2], w),), home(w)))


def bundle(one: Export, w: Words) -> Content:
    """The finished file, with a plain caption."""
    text = w.plain(
        "Evidence about post {n} of {day}: texts, decisions, proof, files and the journal with its seals."
        " Open index.html; SHA256SUMS tells whether anything was changed.\nIt holds names of people: pass it on with care.",
        n=one.span.rpartition(":")[2],
        day=w.day(one.first),
    )
    return Content(text, (MediaFile(one.sha256, "document", None, one.name),))


def not_made(one: Export, w: Words) -> Screen:
    """There is no file."""
    text = w("The evidence about post {n} could not be collected. Please try again.", n=one.span.rpartition(":")[2])
    return Screen(text, ((journal_button(Kind.POST, one.span.rpartition(":")[2], w),), home(w)))
