"""Proof in depth: several links, screenshots, the published text, spot checks and disputes, posts taken down, blocked accounts."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import POSTED_VIEW, PROOF, view
from bot.gallery.samples.data import HTML_TEXT, LONG, LONG_NAME, NOW, ODD, OK, OWN, SHORT, VK, ZONE, minutes, text_of
from domain.links import NotALink
from domain.mishaps import AccountBlock
from domain.plan import AssignmentState, Excuse, LinkUsed, NothingOpenThere, Proof
from domain.platforms import Platform
from domain.ports.plan import AssignmentView
from domain.published import Comparison, PublishedText, TextVerdict, compare
from domain.spot_checks import CheckState, PastProof, ProofEnd, SpotCheck, Why, WrongReason
from domain.usecases.accounts import BlockFacts
from domain.usecases.disputes import Disputes
from domain.usecases.proof_lists import Several
from domain.usecases.published import Compared
from domain.usecases.spot_checks import CheckView, Looked
from handlers.screens import mishaps, proofs, published, spot_checks
from texts.words import Words

chapter = Chapter("Proof: links, screenshots, checks")

SHOT = "0" * 64
PICTURE_VIEW = replace(POSTED_VIEW, proof_media=SHOT)
GONE_VIEW = replace(POSTED_VIEW, slot=replace(POSTED_VIEW.slot, excuse=Excuse.REMOVED))
LONG_VIEW = replace(
    POSTED_VIEW, page=replace(LONG, imprint=VK.imprint), person=replace(POSTED_VIEW.person, name=LONG_NAME)
)
SAME = compare(SHORT, f"{SHORT}\n\n{VK.imprint}", VK.imprint)
MISSING = compare(SHORT, SHORT, VK.imprint)
OTHER = compare(SHORT, f"Друзья! {SHORT.upper()}", VK.imprint)
FAR = compare(text_of(6000), HTML_TEXT, VK.imprint)


# -- proving ------------------------------------------------------------------------------------------------------------------


@chapter.shows(proofs.several)
def several(w: Words) -> Iterator[Take]:
    used, nothing = (PROOF, LinkUsed(PROOF)), ("https://x.com/i/status/5", NothingOpenThere("https://x.com/i/status/5"))
    ok = replace(POSTED_VIEW, page=OK)
    yield "Two fit, two do not", proofs.several(Several((POSTED_VIEW, ok), (used, nothing)), w, NOW)
    yield "One fits", proofs.several(Several((LONG_VIEW,), ()), w, NOW)
    yield "A strict page among them", proofs.several(Several((LONG_VIEW, ok), (), LONG_VIEW), w, NOW)
    yield "None fits", proofs.several(Several((), (nothing,)), w, NOW)
    yield "Twelve and twelve", proofs.several(Several((LONG_VIEW,) * 12, (used,) * 12), w, NOW)


@chapter.shows(proofs.ask_picture, proofs.picture_please, proofs.picture_used)
def picture(w: Words) -> Iterator[Take]:
    yield "[There is no link] was tapped", proofs.ask_picture(view(), w, NOW)
    yield "Something else came", proofs.picture_please(view(), w)
    yield "The same screenshot twice", proofs.picture_used(view(page=LONG), w)
    yield "Proven by a screenshot", proofs.proved(PICTURE_VIEW, w, NOW)
    yield "Taken down by the network", proofs.posted(GONE_VIEW, w, NOW)
    yield "The link of what is out already", proofs.ask_link(view(), w, NOW, pictures=False)
    yield "While a screenshot is awaited: no link", proofs.link_refused(view(), NotALink("нет"), w)


# -- what was published ---------------------------------------------------------------------------------------------------------


@chapter.shows(proofs.paste_please, published.ask_text, published.unlike, published.something_else)
def asked(w: Words) -> Iterator[Take]:
    yield "After a proof on a strict page", proofs.proved(POSTED_VIEW, w, NOW, asks=True)
    yield "[Check the text] was tapped", published.ask_text(POSTED_VIEW, w, NOW)
    yield "Quite another text", published.unlike(LONG_VIEW, w)
    yield "It is something else", published.something_else(w)


@chapter.shows(published.compared, published.stays_so)
def compared(w: Words) -> Iterator[Take]:
    def one(found: Comparison | None, of: AssignmentView = POSTED_VIEW, *, unlike: bool = False) -> Take:
        return "", published.compared(Compared(of, found, unlike), w, NOW)

    yield "The same", one(SAME)[1]
    yield "Only the imprint line is missing", one(MISSING)[1]
    yield "Words differ, and no imprint line", one(OTHER, LONG_VIEW)[1]
    yield "Nearly all of it is different", one(FAR)[1]
    yield "Words differ, and the text may not be shown now", one(OTHER, replace(POSTED_VIEW, held=True))[1]
    yield "A screenshot of the text", one(None)[1]
    yield "Quite another text", one(None, unlike=True)[1]
    yield "[It stays so]", published.stays_so(POSTED_VIEW, w, NOW)


# -- spot checks ------------------------------------------------------------------------------------------------------------------


def _waiting(
    of: AssignmentView = POSTED_VIEW,
    why: Why = Why.SAMPLE,
    found: Comparison | None = None,
    *,
    media: str = "",
    left: int = 0,
    meant: bool = False,
    shown: str = "",
) -> CheckView:
    proof = Proof(5, 7, 1, PROOF, "vk:-1_1001", minutes(-200), media)
    text = None
    if found is not None:
        text = PublishedText(
            5, 7, 1, proof.at, "" if shown else SHORT, shown, TextVerdict.PICTURE if shown else found.verdict,
            found.imprint_missing, meant, minutes(-190),
        )  # fmt: skip
    return CheckView(of, proof, why, text, found.pieces if found else (), left)


@chapter.shows(spot_checks.card, spot_checks.nothing, spot_checks.done, spot_checks.waiting)
def check(w: Words) -> Iterator[Take]:
    for title, found in (
        ("Chosen by chance", _waiting(left=6)),
        ("The last one, pasted and the same", _waiting(found=SAME)),
        ("Words differ", _waiting(LONG_VIEW, Why.DIFFERS, OTHER, left=1)),
        ("Nearly all of it differs", _waiting(replace(POSTED_VIEW, text=text_of(6000)), Why.DIFFERS, FAR)),
        ("A screenshot", _waiting(PICTURE_VIEW, Why.PICTURE, media=SHOT, left=2)),
        ("A screenshot of the text", _waiting(replace(POSTED_VIEW, page=ODD), Why.PICTURE, SAME, shown=SHOT)),
        ("After it was put right", replace(_waiting(why=Why.AGAIN, left=21), before=looked().check)),
        ("A personal page with 9,000 characters", _waiting(replace(POSTED_VIEW, page=OWN, text=text_of(9000)))),
    ):
        yield title, spot_checks.card(found, w, ZONE, NOW)
    alone = _waiting(why=Why.DIFFERS, found=MISSING, meant=True)
    yield "It came by itself: on purpose", spot_checks.card(alone, w, ZONE, NOW, alone=True)
    yield "[Fine ✓] below it", spot_checks.done(POSTED_VIEW, w)
    yield "/checks with nothing left", spot_checks.nothing(w)
    yield "Two disputes to decide, one of one's own", spot_checks.nothing(w, Disputes((looked(), looked()), 1))
    yield "Twenty-one of one's own", spot_checks.nothing(w, Disputes((), 21))
    yield "In the evening: one waits", spot_checks.waiting(1, w)
    yield "Twelve wait", spot_checks.waiting(12, w)


def looked(
    state: CheckState = CheckState.WRONG, reason: WrongReason = WrongReason.IMPRINT, of: AssignmentView | None = None
) -> Looked:
    note = "На фото не наш двор, <b>посмотрите</b> сами" if reason is WrongReason.NOTE else ""
    found = SpotCheck(
        3, 5, 7, 1, minutes(-200), state, reason, note, 2, minutes(-20), minutes(160), None, None, 1
    )  # fmt: skip
    return Looked(found, of or view(at=-180), "Вера Лебедева")


@chapter.shows(spot_checks.reasons, spot_checks.ask_note, spot_checks.given_back)
def not_right(w: Words) -> Iterator[Take]:
    yield "[Not right…] was tapped", spot_checks.reasons(_waiting(LONG_VIEW), w)
    yield "[In my own words] was tapped", spot_checks.ask_note(POSTED_VIEW, w)
    yield "Given back", spot_checks.given_back(looked(of=LONG_VIEW), w)


@chapter.shows(spot_checks.reopened, spot_checks.asked_others, spot_checks.right_after_all)
def given_back(w: Words) -> Iterator[Take]:
    for reason in WrongReason:
        yield f"To whoever posted: {reason.value}", spot_checks.reopened(looked(reason=reason), w, NOW)
    yield "A second person agrees", spot_checks.reopened(looked(CheckState.UPHELD), w, NOW)
    yield "[It is right as it is]", spot_checks.asked_others(looked(CheckState.DISPUTED), w, NOW)
    yield "It was right", spot_checks.right_after_all(looked(CheckState.RIGHT, of=POSTED_VIEW), w, NOW)


@chapter.shows(spot_checks.dispute, spot_checks.decided, spot_checks.decided_by)
def dispute(w: Words) -> Iterator[Take]:
    found = looked(CheckState.DISPUTED, WrongReason.OTHER_TEXT)
    past = PastProof(5, 7, 1, PROOF, "vk:-1_1001", "", minutes(-200), ProofEnd.NOT_RIGHT, minutes(-20))
    yield "To a second person", spot_checks.dispute(found, past, w, ZONE, NOW)
    yield "A screenshot", spot_checks.dispute(found, replace(past, media=SHOT), w, ZONE, NOW)
    noted = looked(CheckState.DISPUTED, WrongReason.NOTE, replace(LONG_VIEW, text=text_of(9000)))
    yield "A reason in own words, a long text", spot_checks.dispute(noted, None, w, ZONE, NOW)
    yield "It is right", spot_checks.decided(looked(CheckState.RIGHT), w)
    yield "To be redone", spot_checks.decided(looked(CheckState.UPHELD), w)
    for state in (CheckState.RIGHT, CheckState.UPHELD):
        ended = replace(looked(state, of=LONG_VIEW), settled_by=LONG_NAME)
        yield f"To the others who were asked: {state.value}", spot_checks.decided_by(ended, w)
    yield "Nobody decided", spot_checks.decided_by(looked(CheckState.RIGHT), w)


@chapter.shows(proofs.proof_or_question)
def link_or_question(w: Words) -> Iterator[Take]:
    yield "A link where a question was awaited", proofs.proof_or_question(view(at=-180), 7, w, NOW)
    yield "Hours ahead, a long title", proofs.proof_or_question(view(at=300, page=LONG), 7, w, NOW)


@chapter.shows(proofs.answer, proofs.disputed)
def answer(w: Words) -> Iterator[Take]:
    yield "The proof stands again", proofs.answer(POSTED_VIEW, w, NOW)
    yield "It came back", proofs.answer(replace(view(at=-180), check=CheckState.WRONG), w, NOW)
    yield "While a dispute waits", proofs.answer(replace(view(at=-180), check=CheckState.DISPUTED), w, NOW)
    yield "It was taken back on the card", proofs.answer(view(at=-180), w, NOW)
    cancelled = replace(view(), assignment=replace(view().assignment, state=AssignmentState.CANCELLED))
    yield "It is over", proofs.answer(cancelled, w, NOW)


# -- nobody's fault -----------------------------------------------------------------------------------------------------------------


@chapter.shows(mishaps.sure_gone, mishaps.gone, mishaps.removed, mishaps.answered)
def removed(w: Words) -> Iterator[Take]:
    yield "[It was removed] was tapped", mishaps.sure_gone(POSTED_VIEW, w, NOW)
    yield "[Yes, it is gone]", mishaps.gone(GONE_VIEW, w, NOW)
    yield "To the press secretaries", mishaps.removed(GONE_VIEW, w, ZONE, NOW)
    yield "A long title and name", mishaps.removed(replace(LONG_VIEW, slot=GONE_VIEW.slot), w, ZONE, NOW)
    yield "It goes out again", mishaps.answered(GONE_VIEW, view(at=30), w, ZONE, NOW)
    yield "It is left", mishaps.answered(GONE_VIEW, None, w, ZONE, NOW)


@chapter.shows(
    mishaps.sure_blocked, mishaps.blocked, mishaps.ask_again, mishaps.works, mishaps.told, mishaps.told_works
)
def blocked(w: Words) -> Iterator[Take]:
    block = AccountBlock(2, 1, Platform.VK, VK.code, minutes(-5), None)
    found = BlockFacts(block, VK, "Анна Соколова", 2, 1)
    yield "[My account is blocked] was tapped", mishaps.sure_blocked(view(), w, NOW)
    yield "[Yes, it is blocked]", mishaps.blocked(found, w)
    yield "Three days later", mishaps.ask_again(found, w)
    yield "It works again", mishaps.works(found, w)
    yield "To press secretaries and coordinators", mishaps.told(found, w)
    yield "A long name, nothing was planned", mishaps.told(replace(found, name=LONG_NAME, excused=0, passed=0), w)
    yield "To the same when it is over", mishaps.told_works(found, w)
