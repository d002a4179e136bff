"""The author's texts for single networks and descriptions of pictures."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_TEXT,
    NOW,
    ODD,
    OK,
    VK,
    ZONE,
    X,
    draft,
    files,
    stored,
    text_of,
)
from domain.drafts import Draft, DraftState, Variant
from domain.pages import Page
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from domain.readings import own_changes
from domain.usecases.alts import Picture
from domain.usecases.approvals import CardFacts
from domain.usecases.drafts import Panel
from handlers.screens import alts, approvals, drafts, variants
from handlers.screens.base import Card
from handlers.screens.draft_parts import descriptions, readings
from texts.words import Words

chapter = Chapter("Text per network, descriptions")

SHORT_X = Variant(Platform.X, "Во дворе на улице Мира открыли площадку.")
LONG = replace(draft(text_of(400)), variants=(SHORT_X,))


def _view(of: Draft, *pages: Page) -> Panel:
    return Panel(of, pages or (VK, OK, X))


@chapter.shows(variants.listing)
def listing(w: Words) -> Iterator[Take]:
    yield "[Text per network] was tapped, X has too little room", variants.listing(_view(draft(text_of(400))), w)
    yield "X has a text of its own", variants.listing(_view(LONG), w)
    twin = replace(VK, code="vk-2", imprint="Штаб «Наш край», Омск")
    yield "Four networks, two imprints on VK", variants.listing(_view(LONG, VK, twin, OK, X, ODD), w)
    yield "Ten files, too many for X", variants.listing(_view(replace(LONG, media=ALBUM)), w)


@chapter.shows(variants.one, variants.content)
def one(w: Words) -> Iterator[Take]:
    twin = replace(VK, code="vk-2", title="Наш Омск", imprint="Штаб «Наш край», Омск")
    odd = replace(draft(media=files("photo")), variants=(Variant(Platform.VK, HTML_TEXT),))
    for title, view, network in (
        ("X, the draft's text", _view(draft()), Platform.X),
        ("X, its own text", _view(LONG), Platform.X),
        ("VK, two imprints, HTML, a photo", _view(odd, VK, twin), Platform.VK),
        ("It was decided meanwhile", _view(draft(state=DraftState.APPROVED)), Platform.X),
    ):
        content = variants.content(view, network, stored(view.draft.media), BOT_ID, w)
        yield title, Card(content, variants.one(view, network, w))


@chapter.shows(variants.ask)
def ask(w: Words) -> Iterator[Take]:
    yield "[Own text for X] was tapped", variants.ask(_view(draft(text_of(400))), Platform.X, w)
    yield "[Change this text] was tapped", variants.ask(_view(LONG), Platform.X, w)
    yield "9,000 characters", variants.ask(_view(draft(text_of(9000))), Platform.OK, w)


@chapter.shows(variants.no_text)
def no_text(w: Words) -> Iterator[Take]:
    yield "A photo came instead", variants.no_text(12, 1, Platform.TELEGRAM, w)


@chapter.shows(drafts.panel, drafts.link_note)
def panel(w: Words) -> Iterator[Take]:
    def drawn(view: Panel, **more: object) -> Card:
        return Card((), drafts.panel(replace(view, choice=(VK, OK, X)), ZONE, NOW, w, **more))  # type: ignore[arg-type]  # keyword arguments of several kinds

    yield "X has a text of its own", drawn(_view(LONG))
    yield "Another draft was added, without its texts", drawn(replace(_view(LONG), left_out=(Platform.VK, Platform.X)))
    photo = draft(media=files("photo"))
    yield "A photo without a description", drawn(_view(photo))
    two = replace(photo, media=(replace(photo.media[0], alt="Дети на качелях"), *files("voice", "photo")[1:]))
    yield "One of two described", drawn(_view(two))
    described = replace(two, media=(two.media[0], *files("voice", "document")))
    yield "All described, a voice message and a document", drawn(_view(described))
    linked = draft("Новый мост\n\nЕго открыли утром.\n\nhttps://example.org/bridge", source="example.org")
    yield "Made from a link", drawn(_view(linked), note=drafts.link_note(w, could_read=True))
    bare = draft("https://example.org/bridge", source="example.org")
    yield "The page could not be read", drawn(_view(bare), note=drafts.link_note(w, could_read=False))


@chapter.shows(approvals.card, readings, descriptions)
def card(w: Words) -> Iterator[Take]:
    """What whoever decides sees of it."""
    media = files("photo", "voice")
    of = replace(
        LONG, state=DraftState.SUBMITTED, media=(replace(media[0], alt="Дети на качелях"), media[1]), version=2
    )
    facts = CardFacts(DraftSheet(of, "Анна Соколова", ZONE, (VK, X), ()), 2, "Казань", stored(of.media), (), None)
    yield "Two texts, a described photo, a voice message", approvals.card(facts, 2, ZONE, NOW, w, BOT_ID)
    two = tuple(replace(file, alt=text_of(200)) for file in files("photo", "photo"))
    several = replace(facts, sheet=replace(facts.sheet, draft=replace(of, media=two)))
    yield "Two described photos", approvals.card(several, 2, ZONE, NOW, w, BOT_ID)
    yield "[Show all texts] was tapped", approvals.card(facts, 2, ZONE, NOW, w, BOT_ID, every=True)
    old = replace(of, version=1, variants=(replace(SHORT_X, text="Во дворе на улице Мира открыли парковку."),))
    changed = replace(facts, seen=1, own_changes=own_changes(old, of))
    yield "The text for X changed since it was seen", approvals.card(changed, 2, ZONE, NOW, w, BOT_ID)


@chapter.shows(alts.ask, alts.content)
def describe(w: Words) -> Iterator[Take]:
    shown = draft(media=files("photo", "photo", "photo"))
    for title, picture, every in (
        ("The only picture", Picture(draft(media=files("photo")), shown.media[0], 1, 1, stored(shown.media)), False),
        ("The second of three", Picture(shown, shown.media[1], 2, 3, stored(shown.media)), False),
        (
            "Described already",
            Picture(shown, replace(shown.media[0], alt=text_of(1000)), 1, 3, stored(shown.media)),
            True,
        ),
    ):
        yield title, Card(alts.content(picture, BOT_ID), alts.ask(picture, w, every=every))


@chapter.shows(alts.no_words)
def no_words(w: Words) -> Iterator[Take]:
    yield "A photo came instead of words", alts.no_words(12, 1, w)
