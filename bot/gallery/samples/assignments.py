"""Posting: the card, the way to a link, handing it on, stepping in; and the day with all of them."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    LONG,
    NOW,
    ODD,
    OWN,
    SHORT,
    TODAY,
    VK,
    files,
    minutes,
    person,
    stored,
    text_of,
)
from domain.drafts import MediaRef
from domain.links import NotALink, NotAPost, Piece, SeveralLinks, UnknownPlatform
from domain.pages import Page
from domain.plan import Assignment, AssignmentState, LinkUsed, Slot, SlotState, WrongPage
from domain.platforms import Platform
from domain.ports.plan import AssignmentView
from domain.silence import SilenceKind
from domain.spot_checks import CheckState
from handlers.screens import assignments, proofs
from handlers.screens.base import Card
from texts.words import Words

chapter = Chapter("My day: posting by hand")

PROOF = "https://vk.com/wall-1_1001"


def view(
    state: AssignmentState = AssignmentState.ASSIGNED,
    *,
    at: int = 10,
    page: Page = VK,
    text: str | None = SHORT,
    media: tuple[MediaRef, ...] = (),
    proof: str | None = None,
) -> AssignmentView:
    """`at`: minutes until its moment."""
    posted = state is AssignmentState.POSTED
    slot = Slot(
        5, page.code, TODAY, minutes(at), SlotState.POSTED if posted else SlotState.FILLED, None, 12, 1,
        minutes(-3) if posted else None, 1,
    )  # fmt: skip
    assignment = Assignment(7, 5, 1, minutes(at), state, False, 2)
    return AssignmentView(assignment, slot, page, person(), text, media, proof)


OPEN_VIEW = view(at=-40)
POSTED_VIEW = view(AssignmentState.POSTED, proof=PROOF)
YESTERDAY, TOMORROW, FAR = -24 * 60, 24 * 60 + 25, 4 * 24 * 60


def _card(of: AssignmentView, w: Words) -> Card:
    return Card(assignments.content(of, stored(of.media), w), assignments.control(of, w, NOW))


@chapter.shows(assignments.content, assignments.control)
def card(w: Words) -> Iterator[Take]:
    yield "To be posted in ten minutes", _card(view(), w)
    yield "Tomorrow", _card(view(at=TOMORROW), w)
    yield "On Friday, a personal page", _card(view(at=FAR, page=OWN), w)
    yield "1,500 characters with a photo", _card(view(text=text_of(1500), media=files("photo")), w)
    yield "An album of 10", _card(view(media=ALBUM), w)
    yield "9,000 characters", _card(view(text=text_of(9000)), w)
    yield "A long title", _card(view(page=LONG), w)
    yield "A title with HTML and emoji, no address, no text", _card(view(page=ODD, text=None), w)
    yield "An emergency stop", assignments.control(replace(view(), halted=True), w, NOW)
    yield "While a dispute waits", assignments.control(replace(view(at=-180), check=CheckState.DISPUTED), w, NOW)
    said_yes = replace(view(at=90), assignment=replace(view(at=90).assignment, accepted_at=NOW))
    yield "Held: its imprint line has changed", assignments.control(replace(view(at=90), held=True), w, NOW)
    for kind in SilenceKind:
        silent = replace(view(at=90), held=True, silence=kind, silent_until=minutes(1000))
        yield f"In a silence: {kind.value}", assignments.control(silent, w, NOW)
    endless = replace(view(at=90), held=True, silence=SilenceKind.MORATORIUM)
    yield "In a silence whose end nobody can tell", assignments.control(endless, w, NOW)
    yield "They have said yes", assignments.control(said_yes, w, NOW)
    yield "Under embargo", assignments.control(replace(view(at=90), not_before=minutes(60)), w, NOW)
    yield "The page keeps another clock", assignments.control(view(page=replace(VK, zone="Asia/Omsk")), w, NOW)
    for state in AssignmentState:
        if state is not AssignmentState.ASSIGNED:
            of = POSTED_VIEW if state is AssignmentState.POSTED else view(state)
            yield f"Its control when {state.value}", assignments.control(of, w, NOW)


@chapter.shows(proofs.ask_link)
def ask_link(w: Words) -> Iterator[Take]:
    yield "[Posted ✓] was tapped", proofs.ask_link(view(), w, NOW)


@chapter.shows(proofs.early)
def early(w: Words) -> Iterator[Take]:
    yield "[Posted ✓] long before", proofs.early(view(at=300), w, NOW)


@chapter.shows(proofs.link_refused)
def link_refused(w: Words) -> Iterator[Take]:
    for title, error in (
        ("No link in it", NotALink("вот")),
        ("Another network", UnknownPlatform("example.org")),
        ("Not a post", NotAPost(Platform.VK, "https://vk.com/nasha_kazan")),
        *((f"Only the {piece}", NotAPost(Platform.VK, "vk.com/clip-1_2", piece)) for piece in Piece),
        ("Several links", SeveralLinks(("https://vk.com/wall-1_1", "https://vk.com/wall-1_2"))),
        ("Another page", WrongPage(PROOF, VK.title)),
        ("Sent before", LinkUsed(PROOF)),
    ):
        yield title, proofs.link_refused(view(), error, w)


@chapter.shows(proofs.found_for_link)
def found_for_link(w: Words) -> Iterator[Take]:
    yield "A link came by itself", proofs.found_for_link(view(), w, NOW)
    yield "The same, long before", proofs.found_for_link(view(at=300), w, NOW)


@chapter.shows(proofs.posted, proofs.proved, proofs.of_another)
def posted(w: Words) -> Iterator[Take]:
    yield "The link came", proofs.proved(POSTED_VIEW, w, NOW)
    other = proofs.of_another(proofs.proved(POSTED_VIEW, w, NOW), POSTED_VIEW, view(), w, NOW)
    yield "The link of another open post came", other
    yield "On a page with a long title", proofs.posted(replace(POSTED_VIEW, page=LONG), w, NOW)


@chapter.shows(proofs.undone)
def undone(w: Words) -> Iterator[Take]:
    yield "[Undo] was tapped", proofs.undone(view(), w, NOW)


@chapter.shows(assignments.documents)
def documents(w: Words) -> Iterator[Take]:
    of = view(media=files("photo", "video"))
    known = stored(of.media)
    yield "[As files]: a picture and a video", assignments.documents(of, known, w)
    large = known | {of.media[1].sha256: replace(known[of.media[1].sha256], stored=False)}
    yield "The video is too large for the bot", assignments.documents(of, large, w)


@chapter.shows(assignments.reasons)
def reasons(w: Words) -> Iterator[Take]:
    yield "[Can't do it] was tapped", assignments.reasons(view(), w, NOW)


@chapter.shows(assignments.ask_note)
def ask_note(w: Words) -> Iterator[Take]:
    yield "[Something else] was tapped", assignments.ask_note(view(), w, NOW)


@chapter.shows(assignments.offer)
def offer(w: Words) -> Iterator[Take]:
    yield "To a substitute", assignments.offer(view(AssignmentState.OFFERED), w, NOW)
    yield "The moment is past", assignments.offer(view(AssignmentState.OFFERED, at=-40), w, NOW)


@chapter.shows(assignments.offer_outcome)
def offer_outcome(w: Words) -> Iterator[Take]:
    for state in AssignmentState:
        if state is not AssignmentState.OFFERED:
            yield f"The offer's message when {state.value}", assignments.offer_outcome(view(state), w, NOW)


@chapter.shows(assignments.replaced)
def replaced(w: Words) -> Iterator[Take]:
    yield "A substitute took it", assignments.replaced(view(AssignmentState.REPLACED), w, NOW)
    yield "In good time before it", assignments.replaced(view(AssignmentState.REPLACED, at=180), w, NOW)


@chapter.shows(assignments.cancelled)
def cancelled(w: Words) -> Iterator[Take]:
    off = view(AssignmentState.CANCELLED, at=TOMORROW)
    yield "Silence", assignments.cancelled(off, "silence", w, NOW)
    yield "Its time passed in an emergency stop", assignments.cancelled(off, "halt", w, NOW)
    yield "The text is out there already", assignments.cancelled(off, "out", w, NOW)
    yield "The text was recalled", assignments.cancelled(off, "recall", w, NOW)
    yield "No written authority any more", assignments.cancelled(off, "authority", w, NOW)
    yield "The page's owner stopped it", assignments.cancelled(off, "owner", w, NOW)
    yield "The campaign's days have changed", assignments.cancelled(off, "campaign", w, NOW)
    yield "The page left the plan", assignments.cancelled(off, "page", w, NOW)
    yield "The page's norm or calendar has changed", assignments.cancelled(off, "norm", w, NOW)
    yield "Its imprint line has changed", assignments.cancelled(off, "imprint", w, NOW)
    yield "The text has expired", assignments.cancelled(off, "expired", w, NOW)
    yield "Its author has withdrawn the text", assignments.cancelled(off, "withdrawn", w, NOW)
    yield "It goes out as urgent", assignments.cancelled(off, "urgent", w, NOW)
