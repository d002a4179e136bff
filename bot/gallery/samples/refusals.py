"""Every refusal as the alert it is for a press. A test looks for errors that are missing."""

from collections.abc import Iterator

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.commitments import COMMITMENT_ERRORS
from bot.gallery.samples.data import HTML_TITLE, LONG_NAME, LONG_TITLE, NOW, ZONE, minutes
from bot.gallery.samples.figure_import import IMPORT_ERRORS
from bot.gallery.samples.invites import INVITE_ERRORS
from bot.gallery.samples.norm_refusals import NORM_ERRORS
from bot.gallery.samples.people import PEOPLE_ERRORS
from bot.gallery.samples.plan_refusals import PLAN_ERRORS
from bot.gallery.samples.sensitive import SENSITIVE_ERRORS
from bot.gallery.samples.targets import TARGET_ERRORS
from domain.appeals import FirstDecider, NobodyElse, NothingToAppeal, SecondAppeal
from domain.authority import (
    AuthorityChanged,
    BadAuthorityDays,
    BadAuthorityText,
    NoAuthority,
    NothingToStop,
    OwnerLinkInvalid,
)
from domain.away import AlreadyAway, BadAbsence, NotEligible
from domain.broadcasts import BroadcastChanged, EmptyBroadcast, NobodyToTell
from domain.claims import Claimed
from domain.comments import CommentTooLong, NoMoreComments
from domain.consent import DECLINED, GRANTED, AlreadyRequested, ConsentNeeded, RequestDecided, Suspended
from domain.corrections import (
    AlreadyAsked,
    BadName,
    CorrectionDecided,
    CorrectionState,
    NameOfColleague,
    NotAName,
    Unfit,
    WordsNeeded,
)
from domain.drafts import (
    AlreadyDecided,
    AltTooLong,
    CloseText,
    DraftChanged,
    DraftClosed,
    DraftState,
    EditLeftOut,
    EmptyDraft,
    MediaRefused,
    NoPages,
    NotYourPage,
    OnlyMaterial,
    OwnDraft,
    SeveralPersonalPages,
    SharedText,
    TooLong,
)
from domain.edits import BoldWords, EditGone, NothingChanged, OwnTextsOnly, OwnWordsOnly
from domain.errors import Conflict, DomainError, Forbidden, Invalid, NoRole, NotFound
from domain.evergreen import BadCoolDown, NotEvergreen, OnlyPersonal
from domain.exports import ExportPeriodBad, TooManyExports
from domain.figures import BadPostFigures, FigureSettled, FigureState
from domain.halts import AlreadyHalted, HaltHolds, HaltOver, NobodyToResume, SecondPersonNeeded
from domain.imprints import ImprintGone, NoImprint
from domain.lanes import BadBecause, BadSources, LaneChanged, LoosensOfficial, NoSources, UncheckedRisks
from domain.links import NotALink, NotAPage, NotAPost, Piece, SeveralLinks, ShortLink, UnknownPlatform
from domain.masters import BadAnswer, MasterChanged, MasterClosed, NothingChosen
from domain.media_rules import MEGABYTE, Fault, MediaFault
from domain.my_drafts import AlreadyPublished
from domain.people import AlreadyJoined, BadZone, InviteInvalid, Role, Stranger
from domain.plan import (
    AlreadyAnswered,
    SilenceHolds,
)
from domain.platforms import Measure, Platform
from domain.privacy import ButtonTooOld
from domain.recalls import (
    NobodyToRead,
    NotPublished,
    OwnCorrection,
    OwnLook,
    ProofNeeded,
    RecallChanged,
    RecallTaskClosed,
    SameText,
    TaskState,
    TextRecalled,
)
from domain.settings import SameEnds, UnknownLanguage
from domain.silence import (
    LeaderToLift,
    LiftLapsed,
    LiftOver,
    MourningTooLong,
    NobodyToLift,
    NotSilentNow,
    SameSilence,
    SecondToLift,
    SilenceGone,
    SilenceReason,
)
from domain.staff_chats import AskAnother
from domain.timing import BadMoment, EdgesCrossed, MomentPassed, TextExpired
from domain.typed_figures import BadFigure
from domain.undo import CannotUndo, TooLate
from domain.urgent import (
    NobodyChosen,
    NoPageChosen,
    NotApproved,
    NothingToPost,
    NotSettled,
    NotToday,
    ReasonNeeded,
    UrgentChanged,
    UrgentOver,
    UrgentSilent,
    UrgentTaken,
)
from domain.usecases.pages import NotOfRegion
from domain.usecases.questions import NoText
from domain.usecases.relining import OtherTexts
from domain.wordings import BadMaster
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
    ConsentNeeded(),
    *INVITE_ERRORS,
    AlreadyJoined(Role.VOLUNTEER, "kazan"),
    *(InviteInvalid(reason) for reason in ("unknown", "expired", "used", "revoked")),
    AlreadyRequested(),
    RequestDecided(GRANTED, LONG_NAME),
    RequestDecided(DECLINED, "Вера Лебедева"),
    BadZone("Europe/Atlantis"),
    BadName(),
    NameOfColleague(LONG_NAME),
    NotAName(Unfit.LINK),
    NotAName(Unfit.OFFICE),
    WordsNeeded(),
    AlreadyAsked(),
    CorrectionDecided(CorrectionState.OPEN),
    CorrectionDecided(CorrectionState.DONE),
    ButtonTooOld(),
    SameEnds(),
    UnknownLanguage("tlh"),
    NoImprint(("VK Казань",), ()),
    NoImprint((LONG_TITLE, LONG_TITLE, LONG_TITLE), (LONG_NAME, LONG_NAME, LONG_NAME)),
    ImprintGone(LONG_TITLE),
    OtherTexts(),
    EmptyDraft(),
    NoPages(),
    TooLong(Platform.X, Measure(301, 280, 0, 4)),
    OnlyMaterial(),
    *(
        MediaRefused(Platform.X, MediaFault(fault, kind, n, limit))
        for fault, kind, n, limit in (
            (Fault.TOO_MANY, "", 10, 4),
            (Fault.TOO_MANY_OF_KIND, "video", 2, 1),
            (Fault.TOO_MANY_OF_KIND, "animation", 2, 1),
            (Fault.NOT_TOGETHER, "video", 3, 4),
            (Fault.TOO_LARGE, "photo", 6_500_000, 5 * MEGABYTE),
        )
    ),
    AltTooLong(1234),
    SeveralPersonalPages(),
    NotYourPage(LONG_TITLE),
    SharedText(),
    CloseText(),
    OwnDraft(),
    DraftChanged(12, 1, 2),
    *(AlreadyDecided(12, state, LONG_NAME, NOW) for state in DraftState),
    AlreadyDecided(12, DraftState.APPROVED, "", None),
    *(DraftClosed(state) for state in DraftState),
    *(EditLeftOut(state) for state in (DraftState.APPROVED, DraftState.REJECTED, DraftState.WITHDRAWN)),
    NotEvergreen(),
    OnlyPersonal(),
    BadCoolDown(),
    AlreadyPublished((LONG_TITLE, LONG_TITLE, LONG_TITLE)),
    BadMoment(),
    MomentPassed(minutes(-900), ZONE, NOW),
    EdgesCrossed(),
    TextExpired(minutes(-900), ZONE, NOW),
    *(CannotUndo(why, LONG_NAME) for why in TooLate),
    SilenceHolds(minutes(700), ZONE, NOW),
    SilenceHolds(None, ZONE, NOW),
    AlreadyAnswered("Вера Лебедева"),
    AlreadyAnswered(""),
    NoText(),
    NotOfRegion(),
    NotALink("вот"),
    UnknownPlatform("a-rather-long-address.example.org"),
    ShortLink("vk.cc"),
    NotAPost(Platform.VK, "https://vk.com/nasha_kazan"),
    *(NotAPost(Platform.VK, "https://vk.com/clip-1_2", piece) for piece in Piece),
    NotAPage(Platform.OK, "https://vk.com/wall-1_1001"),
    SeveralLinks(("https://vk.com/wall-1_1", "https://vk.com/wall-1_2")),
    BadFigure(""),
    BadFigure(HTML_TITLE * 5),
    BadPostFigures(""),
    BadPostFigures(HTML_TITLE * 5),
    FigureSettled(FigureState.REPLACED),
    NotSettled(minutes(1), ZONE, NOW),
    NotApproved(),
    NotToday(minutes(700), ZONE, NOW),
    NotToday(None, ZONE, NOW),
    UrgentSilent(minutes(700), ZONE, NOW),
    UrgentSilent(None, ZONE, NOW),
    NothingToPost(),
    NoPageChosen(),
    NobodyChosen(LONG_TITLE),
    ReasonNeeded(),
    UrgentChanged(),
    UrgentTaken(LONG_NAME),
    UrgentOver(),
    Claimed("Вера Лебедева", minutes(10), ZONE),
    CommentTooLong(1234),
    NoMoreComments(DraftState.APPROVED),
    NoMoreComments(DraftState.WITHDRAWN),
    NothingToAppeal(),
    SecondAppeal(),
    NobodyElse("Казань"),
    NobodyElse("", (LONG_NAME,)),
    FirstDecider(),
    OwnTextsOnly(),
    OwnWordsOnly("Анна Соколова (личная)"),
    BoldWords(),
    NothingChanged(),
    EditGone(),
    EmptyBroadcast(),
    NobodyToTell(),
    BroadcastChanged(),
    *(BadMaster(reason) for reason in ("empty", "long", "no_fields")),
    *(BadMaster(reason, LONG_NAME[:40]) for reason in ("many", "unclosed", "unopened", "no_name", "name")),
    *(BadAnswer(reason, 1201) for reason in ("empty", "long", "lines", "words", "photo")),
    MasterChanged(),
    MasterClosed(),
    NothingChosen(),
    NoSources(),
    BadSources(),
    BadSources(1200),
    *(UncheckedRisks(left) for left in (1, 5)),
    BadBecause(),
    BadBecause(400),
    LaneChanged(),
    LoosensOfficial(),
    AlreadyAway(),
    BadAbsence(),
    NotEligible(),
    HaltHolds(minutes(-40), ZONE, NOW),
    AlreadyHalted("Вера Лебедева"),
    AlreadyHalted(""),
    HaltOver("Вера Лебедева"),
    HaltOver(""),
    SecondPersonNeeded(),
    NobodyToResume(""),
    NobodyToResume("Казань"),
    NoAuthority(("Наш дом",)),
    NoAuthority((LONG_TITLE, LONG_TITLE, LONG_TITLE)),
    BadAuthorityText(0, 300),
    BadAuthorityText(4096, 300),
    BadAuthorityDays(),
    AuthorityChanged(),
    OwnerLinkInvalid(),
    NothingToStop(),
    SameSilence(),
    MourningTooLong(9),
    SilenceReason(0, 200),
    SilenceReason(4096, 200),
    NotSilentNow(),
    SilenceGone(),
    SecondToLift(),
    LeaderToLift(),
    NobodyToLift(leader=True),
    NobodyToLift(leader=False),
    LiftOver(),
    LiftLapsed(),
    RecallChanged(),
    *(RecallTaskClosed(state) for state in TaskState),
    TextRecalled(),
    NotPublished(),
    SameText(),
    OwnCorrection(),
    OwnLook(),
    NobodyToRead(),
    ProofNeeded(picture=True),
    ProofNeeded(picture=False),
    *(
        AskAnother("draft_decide", region, (LONG_NAME,) * n, own)
        for region in ("", LONG_TITLE)
        for n in (0, 3)
        for own in (True, False)
    ),
    *PLAN_ERRORS,
    *NORM_ERRORS,
    *IMPORT_ERRORS,
    *COMMITMENT_ERRORS,
    *TARGET_ERRORS,
    *PEOPLE_ERRORS,
    TooManyExports(3),
    ExportPeriodBad("2027-01"),
    *SENSITIVE_ERRORS,
)


@chapter.shows(explain)
def refusals(w: Words) -> Iterator[Take]:
    for error in ERRORS:
        yield type(error).__name__, Alert(as_plain(explain(error, w)))
