"""Page authority: what is written, recording it, and what the page's owner sees."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    BOT_ID,
    HTML_NAME,
    HTML_TITLE,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    VK,
    ZONE,
    files,
    minutes,
    stored,
    text_of,
)
from domain.authority import SCOPE_LIMIT, Authority
from domain.pages import Page, PageKind
from domain.usecases.authority import AuthorityView, OwnerOffer
from handlers.screens import authority
from texts.words import Words

chapter = Chapter("Page authority")

TODAY = NOW.date()
HOUSE = replace(VK, code="vk-dom", kind=PageKind.DELEGATED, title="Наш дом")
COVERED = replace(HOUSE, authority_from=TODAY, authority_until=TODAY + timedelta(days=50))
BEGUN = Authority(3, HOUSE.code, "", "", "", "", "", None, None, 2, NOW, None, None, None, "", 1)
NAMED = replace(BEGUN, owner_name="Мария Ивановна Лебедева")
SHOWN = replace(NAMED, reference="№ 12 от 01.09.2026")
SCOPED = replace(SHOWN, scope="Новости двора и объявления")
FULL = replace(SCOPED, valid_from=TODAY, expires=TODAY + timedelta(days=50))
HELD = replace(FULL, confirmed_at=NOW)
ODD = replace(HELD, owner_name=HTML_NAME, document="0" * 64, document_kind="photo", scope="<b>&</b> " * 33, owner_id=7)


def _view(current: Authority | None = None, writing: Authority | None = None, page: Page = HOUSE) -> AuthorityView:
    return AuthorityView(page, current, writing, "Вера Лебедева", ("Анна Соколова", HTML_NAME), TODAY)


@chapter.shows(authority.see)
def see(w: Words) -> Iterator[Take]:
    yield "None, and nobody to post", authority.see(replace(_view(), editors=()), w)
    yield "In force", authority.see(_view(HELD, page=COVERED), w)
    yield "Its days are over", authority.see(_view(HELD), w)
    long = replace(COVERED, title=LONG_TITLE)
    yield "The owner hears of posts", authority.see(replace(_view(ODD, page=long), by=LONG_NAME), w)


@chapter.shows(authority.step)
def step(w: Words) -> Iterator[Take]:
    for title, one in (("Owner", BEGUN), ("Document", NAMED), ("Scope", SHOWN), ("Days", SCOPED), ("Everything", FULL)):
        yield title, authority.step(_view(None, one), w)
    odd = replace(ODD, confirmed_at=None, scope="ы" * SCOPE_LIMIT)
    yield "A file, HTML, 300 characters", authority.step(_view(None, odd, replace(HOUSE, title=HTML_TITLE)), w)


@chapter.shows(authority.document)
def document(_: Words) -> Iterator[Take]:
    (ref,) = files("photo")
    yield "The document", (authority.document(stored((ref,))[ref.sha256], BOT_ID),)


@chapter.shows(authority.link)
def link(w: Words) -> Iterator[Take]:
    yield "To be passed on", authority.link(_view(HELD), "https://t.me/hq_demo_bot?start=own_" + "x" * 24, w)


@chapter.shows(authority.offer, authority.agreed, authority.declined)
def owner(w: Words) -> Iterator[Take]:
    found = OwnerOffer(COVERED, HELD)
    yield "Before consent", authority.offer(found, "x" * 24, w)
    yield "Agreed", authority.agreed(found, w)
    yield "No", authority.declined(w)


@chapter.shows(authority.posting, authority.stopped)
def posting(w: Words) -> Iterator[Take]:
    yield "An hour before", authority.posting(COVERED, "Убрали двор!", minutes(60), (4, 5), w, ZONE, NOW)
    long = replace(COVERED, title=HTML_TITLE)
    yield "9,000 characters", authority.posting(long, text_of(9000), minutes(60), (4, 5), w, ZONE, NOW)
    yield "Stopped", authority.stopped(long, w)


@chapter.shows(authority.told_stopped, authority.told_revoked, authority.ending)
def staff(w: Words) -> Iterator[Take]:
    yield "The owner has stopped a post", authority.told_stopped(COVERED, text_of(9000), w)
    yield "Revoked", authority.told_revoked(replace(HOUSE, title=LONG_TITLE), w)
    yield "Two weeks before its end", authority.ending(COVERED, HELD, 14, w)
    yield "A day before", authority.ending(COVERED, HELD, 1, w)
