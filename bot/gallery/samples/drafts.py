"""The author: writing, pages, preview, handing in, what became of it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_TEXT,
    LONG,
    LONG_NAME,
    NOW,
    ODD,
    OK,
    OWN,
    PAGES,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    files,
    minutes,
    sheet,
    stored,
    text_of,
)
from domain.drafts import Draft, DraftState, Reason, Verdict
from domain.pages import Page
from domain.usecases.drafts import Panel
from handlers.screens import drafts
from handlers.screens.base import Card, Screen
from handlers.screens.draft_parts import contents
from texts.words import Words

chapter = Chapter("My drafts")

CHOICE = (VK, OK, X, OWN)
APPROVED = decision(Verdict.APPROVE)
RETURNED = decision(Verdict.RETURN, Reason.FACTS, "Площадок две, а не одна: проверьте, пожалуйста.")
REJECTED = decision(Verdict.REJECT, Reason.DUPLICATE)


def _panel(of: Draft, *pages: Page, choice: tuple[Page, ...] = CHOICE) -> Panel:
    return Panel(of, pages, choice, deciders=("Вера Лебедева",))


def _drawn(view: Panel, w: Words, first: int = 0) -> Screen:
    return drafts.panel(view, ZONE, NOW, w, first)


@chapter.shows(drafts.ask, drafts.unfinished)
def ask(w: Words) -> Iterator[Take]:
    yield "/draft", drafts.ask(w)
    yield "/draft, one is unfinished", drafts.unfinished(draft(), w)
    yield "The same, an album without words", drafts.unfinished(draft("", media=ALBUM), w)


@chapter.shows(drafts.panel)
def panel(w: Words) -> Iterator[Take]:
    yield "Just sent, no page chosen", _drawn(_panel(draft(pages=())), w)
    yield "Two pages chosen", _drawn(_panel(draft(), VK, OK), w)
    yield "An X page: 290 characters do not fit", _drawn(_panel(draft(text_of(290)), VK, X), w)
    yield "1,500 characters with a photo", _drawn(_panel(draft(text_of(1500), media=files("photo")), VK, OK), w)
    yield "9,000 characters", _drawn(_panel(draft(text_of(9000)), VK, OK), w)
    ten = draft("", media=ALBUM)
    yield "An album of 10 without words, for X too", _drawn(_panel(ten, VK, X), w)
    forwarded = draft(HTML_TEXT, source="Новости <района> & соседи", version=3)
    yield "Forwarded, with HTML", _drawn(_panel(forwarded, ODD, choice=(*CHOICE, ODD)), w)
    yield "60 pages to choose from", _drawn(_panel(draft(), PAGES[0], PAGES[1], choice=PAGES), w)
    yield "60 pages, the last", _drawn(_panel(draft(), choice=PAGES), w, 56)
    everywhere = _panel(draft(), *PAGES, choice=PAGES)
    yield "All 60 chosen", _drawn(everywhere, w)
    yield "No page to write for", _drawn(_panel(draft(pages=()), choice=()), w)
    other = replace(_panel(draft("И ещё: завтра субботник.", number=13)), other=draft())
    yield "Another one is unfinished", _drawn(other, w)


@chapter.shows(drafts.panel)
def panel_later(w: Words) -> Iterator[Take]:
    submitted = _panel(draft(state=DraftState.SUBMITTED), VK, OK)
    yield "Submitted", _drawn(submitted, w)
    yield "Close to another person's text", _drawn(replace(submitted, close=True, pages=(OWN,)), w)
    several = ("Вера Лебедева", "Глеб Орлов", LONG_NAME, "Ким")
    yield "Several may decide", _drawn(replace(submitted, deciders=several), w)
    yield "Nobody may decide", _drawn(replace(submitted, deciders=()), w)
    yield "One of two has agreed", _drawn(replace(submitted, decisions=(APPROVED,), pages=(X,)), w)
    for state, made in (
        (DraftState.APPROVED, (APPROVED,)),
        (DraftState.RETURNED, (RETURNED,)),
        (DraftState.REJECTED, (REJECTED,)),
        (DraftState.WITHDRAWN, ()),
    ):
        yield state.value.capitalize(), _drawn(replace(_panel(draft(state=state), VK, OK), decisions=made), w)


@chapter.shows(drafts.reading, contents, drafts.panel)
def reading(w: Words) -> Iterator[Take]:
    for title, of, pages in (
        ("The same everywhere", draft(), (VK, OK)),
        ("Two imprints", draft(), (VK, X)),
        ("An album of 10", draft(media=ALBUM), (VK,)),
        ("1,500 characters with a photo", draft(text_of(1500), media=files("photo")), (VK,)),
        ("9,000 characters", draft(text_of(9000)), (VK,)),
        ("A voice message, a document, photos", draft(media=files("voice", "document", "photo", "photo")), (VK,)),
    ):
        view = _panel(of, *pages)
        content = drafts.reading(view, stored(of.media), BOT_ID, w)
        yield f"Preview: {title[0].lower()}{title[1:]}", Card(content, drafts.panel(view, ZONE, NOW, w, previewed=True))


@chapter.shows(drafts.ask_new_text)
def ask_new_text(w: Words) -> Iterator[Take]:
    yield "[Change text] was tapped", drafts.ask_new_text(draft(), w)
    yield "9,000 characters", drafts.ask_new_text(draft(text_of(9000)), w)


@chapter.shows(drafts.confirm_delete)
def confirm_delete(w: Words) -> Iterator[Take]:
    yield "[Delete] was tapped", drafts.confirm_delete(draft(text_of(1500)), w)


@chapter.shows(drafts.confirm_close)
def confirm_close(w: Words) -> Iterator[Take]:
    yield "[Submit] was tapped, close to another's", drafts.confirm_close(draft(), w)
    yield "9,000 characters", drafts.confirm_close(draft(text_of(9000)), w)


@chapter.shows(drafts.stale_toast, drafts.not_joined_toast)
def stale_toast(w: Words) -> Iterator[Take]:
    yield "An old button", Alert(drafts.stale_toast(w), toast=True)
    yield "[Add to that draft], which was handed in meanwhile", Alert(drafts.not_joined_toast(w))


@chapter.shows(drafts.news)
def news(w: Words) -> Iterator[Take]:
    for title, made in (("Approved", APPROVED), ("Returned", RETURNED), ("Rejected", REJECTED)):
        yield f"{title}: to the author", drafts.news(sheet(draft()), made, NOW, w)
    yield "Approved, with an end", drafts.news(sheet(replace(draft(), expires_at=minutes(600))), APPROVED, NOW, w)
    yield (
        "Approved, no words, 60 pages",
        drafts.news(sheet(draft("", media=ALBUM), pages=(LONG, *PAGES)), APPROVED, NOW, w),
    )
    for reason in Reason:
        yield f"Returned: {reason.value}", drafts.news(sheet(draft(SHORT)), decision(Verdict.RETURN, reason), NOW, w)
