"""Every refusal as the alert it is for a press. A test looks for errors that are missing."""

from collections.abc import Iterator

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import HTML_TITLE, LONG_NAME, LONG_TITLE, NOW, ZONE, minutes
from domain.broadcasts import BroadcastChanged, EmptyBroadcast, NobodyToTell
from domain.consent import DECLINED, GRANTED, AlreadyRequested, RequestDecided, Suspended
from domain.drafts import (
    AlreadyDecided,
    CloseText,
    DraftChanged,
    DraftClosed,
    DraftState,
    EmptyDraft,
    NoPages,
    NotYourPage,
    OwnDraft,
    SeveralPersonalPages,
    SharedText,
    TooLong,
)
from domain.errors import Conflict, DomainError, Forbidden, Invalid, NoRole, NotFound
from domain.figures import BadPostFigures, FigureSettled, FigureState
from domain.links import NotALink, NotAPage, NotAPost, SeveralLinks, UnknownPlatform
from domain.people import AlreadyJoined, BadZone, InviteInvalid, Role, Stranger
from domain.plan import (
    AlreadyAnswered,
    AssignmentClosed,
    AssignmentState,
    DoubleBooked,
    LinkUsed,
    SilenceHolds,
    TooLateToUndo,
    WrongPage,
)
from domain.platforms import Measure, Platform
from domain.settings import SameEnds, UnknownLanguage
from domain.typed_figures import BadFigure
from domain.usecases.pages import NotOfRegion
from domain.usecases.questions import NoText
from handlers.screens.plain import as_plain
from texts.errors import explain
from texts.words import Words

chapter = Chapter("Refusals")

ERRORS: tuple[DomainError, ...] = (
    DomainError(),
    NotFound("draft"),
    Forbidden("queue"),
    NoRole("queue"),
    Conflict(),
    Invalid(),
    Stranger(),
    Suspended("join"),
    AlreadyJoined(Role.VOLUNTEER, "kazan"),
    *(InviteInvalid(reason) for reason in ("unknown", "expired", "used", "revoked")),
    AlreadyRequested(),
    RequestDecided(GRANTED, LONG_NAME),
    RequestDecided(DECLINED, "Вера Лебедева"),
    BadZone("Europe/Atlantis"),
    SameEnds(),
    UnknownLanguage("tlh"),
    EmptyDraft(),
    NoPages(),
    TooLong(Platform.X, Measure(301, 280, 0, 4)),
    TooLong(Platform.OK, Measure(21, 16_384, 10, 4)),
    SeveralPersonalPages(),
    NotYourPage(LONG_TITLE),
    SharedText(),
    CloseText(),
    OwnDraft(),
    DraftChanged(12, 1, 2),
    *(AlreadyDecided(12, state, LONG_NAME, NOW) for state in DraftState),
    AlreadyDecided(12, DraftState.APPROVED, "", None),
    *(DraftClosed(state) for state in DraftState),
    *(AssignmentClosed(state) for state in AssignmentState),
    LinkUsed("https://vk.com/wall-1_1001"),
    WrongPage("https://vk.com/wall-1_1001", LONG_TITLE),
    DoubleBooked(),
    TooLateToUndo(),
    SilenceHolds(minutes(700), ZONE, NOW),
    SilenceHolds(None, ZONE, NOW),
    AlreadyAnswered("Вера Лебедева"),
    AlreadyAnswered(""),
    NoText(),
    NotOfRegion(),
    NotALink("вот"),
    UnknownPlatform("a-rather-long-address.example.org"),
    NotAPost(Platform.VK, "https://vk.com/nasha_kazan"),
    NotAPage(Platform.OK, "https://vk.com/wall-1_1001"),
    SeveralLinks(("https://vk.com/wall-1_1", "https://vk.com/wall-1_2")),
    BadFigure(""),
    BadFigure(HTML_TITLE * 5),
    BadPostFigures(""),
    BadPostFigures(HTML_TITLE * 5),
    FigureSettled(FigureState.REPLACED),
    EmptyBroadcast(),
    NobodyToTell(),
    BroadcastChanged(),
)


@chapter.shows(explain)
def refusals(w: Words) -> Iterator[Take]:
    for error in ERRORS:
        yield type(error).__name__, Alert(as_plain(explain(error, w)))
