"""/drafts: the list, the search, one draft's story, its versions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_NAME,
    HTML_TEXT,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    PAGES,
    ZONE,
    decision,
    draft,
    sheet,
    stored,
    text_of,
)
from domain.diff import word_diff
from domain.drafts import DraftState, Reason, Verdict
from domain.my_drafts import DraftVersion, Publication
from domain.usecases.my_drafts import Found, Listing, OldVersion, Story
from handlers.screens import my_drafts, my_drafts_button
from handlers.screens.base import Card, Screen
from texts.words import Words

chapter = Chapter("My drafts: finding them again")

COUNTS = {
    DraftState.WRITING: 2,
    DraftState.RETURNED: 1,
    DraftState.SUBMITTED: 3,
    DraftState.APPROVED: 140,
    DraftState.REJECTED: 4,
}
RETURNED = decision(Verdict.RETURN, Reason.FACTS, "Площадок две, а не одна: проверьте, пожалуйста.")
LONG_NO = decision(Verdict.REJECT, Reason.OTHER, text_of(500))
VERSIONS = tuple(DraftVersion(n, NOW - timedelta(hours=4 - n), "") for n in (1, 2, 3))


@chapter.shows(my_drafts.listing, my_drafts.withdrawn_line)
def listing(w: Words) -> Iterator[Take]:
    yield "None yet", my_drafts.listing(Listing((), {}, None, 0), w)
    some = tuple(draft(state=state, number=n) for n, state in enumerate(COUNTS))
    odd = (draft("", media=ALBUM), draft(""), draft(HTML_TEXT))
    yield "Every state, the second page of 19", my_drafts.listing(Listing((*odd, *some), COUNTS, None, 1), w)
    one = {DraftState.APPROVED: 1}
    yield "One state only", my_drafts.listing(Listing(some[3:4], one, None, 0), w, my_drafts.withdrawn_line(w))
    yield "The approved ones", my_drafts.listing(Listing(some[3:4], COUNTS, DraftState.APPROVED, 17), w)


@chapter.shows(my_drafts.ask_words, my_drafts.no_words, my_drafts.found)
def search(w: Words) -> Iterator[Take]:
    yield "[Search] was tapped", my_drafts.ask_words(w)
    yield "A photo came instead", my_drafts.no_words(w)
    yield "Nothing found", my_drafts.found(Found("<b>нет такого</b>", (), 0), w)
    yield "One found", my_drafts.found(Found("площадка", (draft(),), 1), w)
    yield "40 found", my_drafts.found(Found(text_of(300), (draft(),) * 12, 40), w)


@chapter.shows(my_drafts.story, my_drafts_button.story_button)
def story(w: Words) -> Iterator[Take]:
    approved = replace(draft(state=DraftState.APPROVED), version=3)
    made = (RETURNED, replace(decision(Verdict.APPROVE), version=3))
    posted = tuple(
        Publication(title, "https://vk.com/wall-1_7", NOW) for title in ("VK Казань", LONG_TITLE, HTML_NAME) * 4
    )
    yield "Approved, not yet published", my_drafts.story(Story(sheet(approved), made, VERSIONS, ()), ZONE, NOW, w)
    everything = sheet(replace(approved, text=text_of(9000), media=ALBUM), pages=PAGES)
    yield (
        "9,000 characters on 60 pages",
        my_drafts.story(Story(everything, (LONG_NO,) * 4, VERSIONS, posted), ZONE, NOW, w),
    )
    no = replace(sheet(draft(state=DraftState.REJECTED)), author_name=LONG_NAME)
    yield "Rejected", my_drafts.story(Story(no, (LONG_NO,), VERSIONS[:1], (), appealable=True), ZONE, NOW, w)
    for state in (DraftState.WRITING, DraftState.SUBMITTED, DraftState.RETURNED, DraftState.WITHDRAWN):
        told = Story(sheet(draft(state=state)), (RETURNED,), VERSIONS, ())
        yield state.value.capitalize(), my_drafts.story(told, ZONE, NOW, w)
    yield "What leads to it", Screen(my_drafts.withdrawn_line(w), ((my_drafts_button.story_button(approved, w),),))


@chapter.shows(my_drafts.confirm_withdraw, my_drafts.copied)
def change(w: Words) -> Iterator[Take]:
    yield "[Withdraw] of an approved text", my_drafts.confirm_withdraw(draft(state=DraftState.APPROVED), w)
    waits = draft(text_of(9000), state=DraftState.SUBMITTED)
    yield "[Withdraw] of one that waits", my_drafts.confirm_withdraw(waits, w)
    yield "On a copy", Screen(my_drafts.copied(w))


@chapter.shows(my_drafts.version, my_drafts.whole)
def version(w: Words) -> Iterator[Take]:
    first, second, third = VERSIONS
    small = replace(draft(), version=1)
    changes = tuple(word_diff(small.text, small.text.replace("а", "о")))
    told = OldVersion(small, first, replace(second, edited_by=LONG_NAME), changes, last=3)
    yield "The first of three", my_drafts.version(told, ZONE, NOW, w)
    same = OldVersion(replace(small, version=2), replace(second, edited_by=HTML_NAME), third, last=3)
    yield "The same words, submitted again", my_drafts.version(same, ZONE, NOW, w)
    long = replace(small, text=text_of(9000), media=ALBUM)
    many = OldVersion(long, first, second, tuple(word_diff(long.text, HTML_TEXT)), media_changed=True, last=3)
    yield "9,000 characters became others", my_drafts.version(many, ZONE, NOW, w)
    screen = my_drafts.version(OldVersion(replace(long, version=3), third, last=3), ZONE, NOW, w)
    yield "[Show it in full]", Card(my_drafts.whole(many, stored(long.media), BOT_ID), screen)
