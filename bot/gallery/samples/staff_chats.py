"""Groups: binding one, the queue card, a draft's own card, and what whoever bound it hears when it is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_NAME,
    HTML_TEXT,
    HTML_TITLE,
    LONG_NAME,
    LONG_TITLE,
    MANY_REGIONS,
    NOW,
    PAGES,
    REGIONS,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    minutes,
    stored,
    text_of,
)
from domain.drafts import Decision, Draft, DraftState, Reason, Variant, Verdict
from domain.pages import Page
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from domain.staff_chats import StaffChat, Trouble
from domain.usecases.staff_chats import GroupCard, Offer
from handlers.screens import group_cards, staff_chats
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("Groups")

BOT = "nash_kray_hq_bot"
CHAT = StaffChat(7, -1001, 0, "kazan", "Штаб Казань", "ru", time(22), time(8), 1, NOW, None)
EVERY = replace(CHAT, region=EVERYWHERE, title=HTML_TITLE)


@chapter.shows(staff_chats.choose, staff_chats.not_bound)
def choose(w: Words) -> Iterator[Take]:
    yield "/bind, one region", staff_chats.choose(Offer({"kazan": "Казань"}, None), 0, w)
    yield "All regions, bound already", staff_chats.choose(Offer({EVERYWHERE: "", **REGIONS}, CHAT, "Казань"), 0, w)
    yield "85 regions, everything is bound", staff_chats.choose(Offer({EVERYWHERE: "", **MANY_REGIONS}, EVERY), 3, w)
    yield "[Cancel]", staff_chats.not_bound(w)


@chapter.shows(staff_chats.bound, staff_chats.unbound, staff_chats.nothing_bound)
def bound(w: Words) -> Iterator[Take]:
    yield "A region was tapped", staff_chats.bound("Казань", HTML_NAME, w)
    yield "Everything", staff_chats.bound("", LONG_NAME, w)
    yield "/unbind", staff_chats.unbound("Казань", w)
    yield "/unbind of everything", staff_chats.unbound("", w)
    yield "/unbind, nothing was there", staff_chats.nothing_bound(w)


@chapter.shows(staff_chats.anonymous, staff_chats.cannot_write)
def refused(w: Words) -> Iterator[Take]:
    yield "/bind by an anonymous administrator", staff_chats.anonymous((w,))
    yield "In private: no right to write there", staff_chats.cannot_write(HTML_TITLE, w)


@chapter.shows(staff_chats.places)
def places(w: Words) -> Iterator[Take]:
    yield "/bind in private, nothing yet", staff_chats.places([], BOT, w)
    lost = [(replace(CHAT, trouble=trouble), "Казань") for trouble in Trouble]
    yield "Several, some are lost", staff_chats.places([(CHAT, "Казань"), (EVERY, ""), *lost], BOT, w)


@chapter.shows(group_cards.queue)
def queue(w: Words) -> Iterator[Take]:
    for count in (1, 3, 40):
        yield f"{count} waiting", group_cards.queue(CHAT, count, minutes(-190), "Казань", ZONE, BOT, NOW, w)
    yield "Since last week", group_cards.queue(EVERY, 5, minutes(-5 * 24 * 60), "", ZONE, BOT, NOW, w)
    yield (
        "A region's code that fits no link",
        group_cards.queue(replace(CHAT, region="казань"), 5, minutes(-5), LONG_TITLE, ZONE, BOT, NOW, w),
    )
    yield "All done", group_cards.queue(CHAT, 0, None, "Казань", ZONE, BOT, NOW, w)


def _facts(of: Draft, *made: Decision, pages: tuple[Page, ...] = (VK,), author: str = "Анна Соколова") -> GroupCard:
    about = DraftSheet(of, author, ZONE, pages, made)
    return GroupCard(about, of.version, "Казань", ZONE, stored(of.media), close=False)


def _waiting(text: str = SHORT) -> Draft:
    return draft(text, DraftState.SUBMITTED, due=-30)


@chapter.shows(group_cards.card, group_cards.control)
def card(w: Words) -> Iterator[Take]:
    for title, facts in (
        ("Overdue", _facts(_waiting())),
        ("9,000 characters", _facts(_waiting(text_of(9000)))),
        ("An album of 10", _facts(replace(_waiting(), media=ALBUM))),
        ("HTML in every name", _facts(_waiting(HTML_TEXT), author=HTML_NAME)),
        ("60 pages", _facts(_waiting(), pages=PAGES)),
        ("For the whole campaign", replace(_facts(_waiting(), pages=(X,)), region="")),
        ("Close to another person's text: only in private", replace(_facts(_waiting()), close=True)),
        (
            "A text of its own for VK: only in private",
            _facts(replace(_waiting(), variants=(Variant(Platform.VK, HTML_TEXT),))),
        ),
        ("Changed since", replace(_facts(replace(_waiting(), version=2)), seen=1)),
    ):
        yield title, group_cards.card(facts, BOT_ID, BOT, NOW, w)


@chapter.shows(group_cards.control)
def decided(w: Words) -> Iterator[Take]:
    fresh = replace(decision(Verdict.APPROVE, by=2, name=LONG_NAME), undo_until=minutes(1))
    old = replace(fresh, undo_until=None)
    no = decision(Verdict.RETURN, Reason.PRIVATE_DATA, note="Только автору", by=2, name="Вера Лебедева")
    for title, state, made in (
        ("Approved, can be undone", DraftState.APPROVED, fresh),
        ("Approved", DraftState.APPROVED, old),
        ("The first of two", DraftState.SUBMITTED, fresh),
        ("Returned: why is the author's to read", DraftState.RETURNED, no),
    ):
        of = replace(_waiting(), state=state)
        yield title, group_cards.control(_facts(of, made, pages=(X,)), BOT, NOW, w)
    for state in (DraftState.WITHDRAWN, DraftState.WRITING):
        yield f"When {state.value}", group_cards.control(_facts(replace(_waiting(), state=state)), BOT, NOW, w)


@chapter.shows(group_cards.approved_toast, group_cards.strangers_toast)
def toasts(w: Words) -> Iterator[Take]:
    yield "Approved", Alert(group_cards.approved_toast(minutes(1), ZONE, NOW, w), toast=True)
    yield "Approved for good", Alert(group_cards.approved_toast(None, ZONE, NOW, w), toast=True)
    yield "A stranger pressed", Alert(group_cards.strangers_toast(w))


@chapter.shows(group_cards.broken, group_cards.trouble_name)
def broken(w: Words) -> Iterator[Take]:
    for trouble in Trouble:
        yield f"When {trouble.value}", group_cards.broken(CHAT, trouble, "Казань", w)
    yield "Of everything, in a list", group_cards.broken(EVERY, Trouble.KICKED, "", w)
    yield "In one line", Screen(group_cards.trouble_name(Trouble.KICKED, w))
