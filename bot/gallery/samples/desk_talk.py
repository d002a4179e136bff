"""The talk at the desk: claims, comments, second opinions, an approver's wording, the weekly card."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    HTML_TEXT,
    LONG_NAME,
    NOW,
    OWN,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    files,
    minutes,
    sheet,
    text_of,
)
from domain.appeals import Appeal
from domain.claims import Claim, Claimed
from domain.comments import Comment, Talk
from domain.diff import word_diff
from domain.drafts import Decision, Draft, DraftState, Reason, Variant, Verdict
from domain.edits import Edit
from domain.patterns import Pattern
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from domain.usecases.appeals import Appealed
from domain.usecases.approvals import CardFacts
from domain.usecases.card_extras import CardExtras
from domain.usecases.comments import PAGE, Begun, Said, Thread
from domain.usecases.draft_steps import Panel
from domain.usecases.edits import Proposal
from handlers.screens import appeals, approvals, comments, desk_talk, drafts, edits, lessons, patterns
from handlers.screens.desk_talk import TalkButton
from texts.words import Words

chapter = Chapter("Talk at the desk")

READER = 2
WAITING = draft(state=DraftState.SUBMITTED)
MENDED = SHORT.replace("спортивную площадку", "две спортивные площадки")


def _comment(number: int, text: str, *, by: int = 1, name: str = "Анна Соколова", version: int = 1) -> Comment:
    return Comment(number, 12, version, by, name, text, minutes(-20 + number))


ASKED = _comment(1, "Площадка одна или две?", by=READER, name="Вера Лебедева")
ANSWERED = _comment(2, "Две: для малышей и для подростков.")
LONG = _comment(3, text_of(500), name=LONG_NAME)


def _facts(extra: CardExtras, of: Draft = WAITING, about: DraftSheet | None = None) -> CardFacts:
    return CardFacts(about or sheet(of, pages=(VK,)), of.version, "Казань", {}, (), None, extra=extra)


@chapter.shows(desk_talk.card_lines, desk_talk.card_rows, desk_talk.second_opinion_elsewhere)
def on_the_card(w: Words) -> Iterator[Take]:
    returned = decision(Verdict.RETURN, Reason.TONE, by=3, name="Глеб Орлов")
    rejected = decision(Verdict.REJECT, Reason.OTHER, "Звучит <резко> & громко.", by=3, name=LONG_NAME)
    bare = replace(returned, reason=None)
    for title, facts in (
        ("The reader is on it", _facts(CardExtras(claim=Claim(READER, "Вера Лебедева", minutes(10))))),
        ("A colleague is on it", _facts(CardExtras(claim=Claim(3, LONG_NAME, minutes(10))))),
        ("Two comments", _facts(CardExtras(talk=Talk((ASKED, ANSWERED), 2)))),
        ("Five comments, on older versions", _facts(
            CardExtras(talk=Talk((ANSWERED, LONG), 5)), replace(WAITING, version=4))),
        ("A second opinion on changes wanted", _facts(CardExtras(first_opinion=returned))),
        ("A second opinion on a no with a line", _facts(CardExtras(first_opinion=rejected))),
        ("A second opinion, no reason given", _facts(CardExtras(first_opinion=bare))),
        ("A personal page: nobody else words it", _facts(CardExtras(), WAITING, sheet(WAITING, pages=(OWN,)))),
    ):  # fmt: skip
        yield title, approvals.control(facts, READER, ZONE, NOW, w)
    again = DraftSheet(WAITING, HTML_NAME, ZONE, (VK,), (), appeal=Appeal(12, 1, 1, READER, NOW))
    yield (
        "The reader gave the first opinion",
        approvals.control(_facts(CardExtras(), about=again), READER, ZONE, NOW, w),
    )
    changed = replace(
        _facts(CardExtras(), replace(WAITING, version=2, text=MENDED, edited_by=3)),
        seen=1, changes=tuple(word_diff(SHORT, MENDED)),
    )  # fmt: skip
    yield "A colleague changed it", approvals.control(changed, READER, ZONE, NOW, w)
    yield "The reader changed it and undid the approval", approvals.control(changed, 3, ZONE, NOW, w)


@chapter.shows(desk_talk.confirm_claimed)
def confirm(w: Words) -> Iterator[Take]:
    error = Claimed(LONG_NAME, minutes(10), ZONE)
    yield (
        "Approving what another is on",
        desk_talk.confirm_claimed(
            error, TalkButton(verb="edit!", id=12, version=1), TalkButton(verb="unedit", id=12, version=1), w
        ),
    )


@chapter.shows(comments.ask_comment, comments.not_a_comment, comments.said)
def asking(w: Words) -> Iterator[Take]:
    yield "An approver asks", comments.ask_comment(Begun(sheet(WAITING, author=LONG_NAME), False), w)
    yield "The author writes first", comments.ask_comment(Begun(sheet(WAITING), True), w)
    yield "A photo instead", comments.not_a_comment(12, 1, w)
    yield "The question is on its way", comments.said(Said(sheet(WAITING), ASKED, False, ("Анна Соколова",)), w)
    yield (
        "The answer is on its way",
        comments.said(Said(sheet(WAITING), ANSWERED, True, ("Вера Лебедева", LONG_NAME)), w),
    )
    yield "Nobody takes part yet", comments.said(Said(sheet(WAITING), ANSWERED, True, ()), w)


@chapter.shows(comments.heard)
def heard(w: Words) -> Iterator[Take]:
    picture = draft("", DraftState.SUBMITTED, media=files("photo"))
    closed = draft(state=DraftState.APPROVED)
    yield "To the author", comments.heard(sheet(WAITING), ASKED, 1, ZONE, NOW, w)
    yield "To who asked", comments.heard(sheet(WAITING), ANSWERED, READER, ZONE, NOW, w)
    yield "About a picture", comments.heard(sheet(picture), ASKED, 1, ZONE, NOW, w)
    yield "Decided meanwhile, to the author", comments.heard(sheet(closed), ASKED, 1, ZONE, NOW, w)
    yield "Decided meanwhile, to who asked", comments.heard(sheet(closed), LONG, READER, ZONE, NOW, w)


@chapter.shows(comments.all_comments)
def thread(w: Words) -> Iterator[Take]:
    of = draft(HTML_TEXT, DraftState.SUBMITTED)
    most = tuple(replace(LONG, id=n) for n in range(PAGE))
    yield "None", comments.all_comments(Thread(sheet(of), (), 0, 0, False), ZONE, NOW, w)
    yield "One", comments.all_comments(Thread(sheet(of), (ASKED,), 1, 0, True), ZONE, NOW, w)
    yield (
        "The longest, the first of several screens",
        comments.all_comments(Thread(sheet(of), most, 12, 0, False), ZONE, NOW, w),
    )
    yield "In the middle", comments.all_comments(Thread(sheet(of), (ANSWERED, ASKED), 12, 5, False), ZONE, NOW, w)
    closed = sheet(draft(state=DraftState.REJECTED))
    yield "Decided", comments.all_comments(Thread(closed, (ANSWERED, ASKED), 2, 0, True), ZONE, NOW, w)


@chapter.shows(drafts.panel)
def author_panel(w: Words) -> Iterator[Take]:
    yield (
        "Submitted, talked over",
        drafts.panel(Panel(WAITING, (VK,), deciders=("Вера Лебедева",), talk=Talk((ASKED, ANSWERED), 4)), ZONE, NOW, w),
    )
    yield (
        "Worded anew by an approver",
        drafts.panel(Panel(replace(WAITING, version=2, edited_by=2), (VK,), deciders=("Вера Лебедева",)), ZONE, NOW, w),
    )


@chapter.shows(drafts.news, lessons.lesson, lessons.rule, desk_talk.appeal_row, edits.what_changed)
def news(w: Words) -> Iterator[Take]:
    """Every reason teaches something."""
    for reason in Reason:
        made = decision(Verdict.RETURN, reason, "Посмотрите ещё раз." if reason is Reason.OTHER else "")
        back = sheet(draft(state=DraftState.RETURNED), made)
        yield f"Sent back: {reason.value}", drafts.news(back, made, NOW, w, appealable=True)
    no = decision(Verdict.REJECT, Reason.PRIVATE_DATA)
    yield "Declined", drafts.news(sheet(draft(state=DraftState.REJECTED), no), no, NOW, w, appealable=True)
    yield "Declined for the second time", drafts.news(sheet(draft(state=DraftState.REJECTED), no), no, NOW, w)
    yes = decision(Verdict.APPROVE)
    approved = sheet(draft(MENDED, DraftState.APPROVED, version=2), yes)
    approved = replace(approved, draft=replace(approved.draft, edited_by=READER))
    mended = word_diff(SHORT, MENDED)
    yield "Approved, a word was mended", drafts.news(approved, yes, NOW, w, changes=mended)
    yield (
        "Approved, hardly a word is left",
        drafts.news(approved, yes, NOW, w, changes=word_diff(text_of(3000), "А" * 3000)),
    )


@chapter.shows(appeals.appealed)
def appealed(w: Words) -> Iterator[Take]:
    yield "Somebody else is asked", appeals.appealed(Appealed(sheet(WAITING), ("Глеб Орлов", LONG_NAME)), w)


def _proposal(old: str, new: str, about: DraftSheet) -> Proposal:
    return Proposal(about, Edit(12, READER, 1, new, NOW), tuple(word_diff(old, new)))


@chapter.shows(edits.ask_edit, edits.not_an_edit, edits.proposal, edits.proposed_text, edits.edit_left)
def editing(w: Words) -> Iterator[Take]:
    yield "The new text is awaited", edits.ask_edit(sheet(WAITING), w)
    yield "The card did not show the text whole", edits.ask_edit(sheet(WAITING), w, below=True)
    yield "A photo instead", edits.not_an_edit(12, 1, w)
    yield "A word is changed", edits.proposal(_proposal(SHORT, MENDED, sheet(WAITING)), w)
    several: Draft = replace(WAITING, variants=(Variant(Platform.X, "Коротко"),))
    two: tuple[Decision, ...] = ()
    yield (
        "Two must agree, X has its own text",
        edits.proposal(_proposal(SHORT, MENDED, DraftSheet(several, LONG_NAME, ZONE, (VK, X), two)), w),
    )
    much = _proposal(text_of(6000), "А" * 4000, sheet(draft(text_of(6000), DraftState.SUBMITTED)))
    yield "A lot is changed: the text", edits.proposed_text(much)
    yield "A lot is changed", edits.proposal(much, w)
    yield "Left", edits.edit_left(w)


@chapter.shows(patterns.week, patterns.week_setting)
def weekly(w: Words) -> Iterator[Take]:
    good = Pattern(7, 7, 0, 0, 0)
    mixed = Pattern(8, 4, 2, 1, 1, Reason.FACTS, 3, Reason.TOO_LONG, (1, 4), (3, 4))
    yield "All well", patterns.week(good, w)
    yield "A habit, and what improved", patterns.week(mixed, w)
    for reason in Reason:
        yield f"Most often: {reason.value}", patterns.week(replace(mixed, reason=reason, times=1, gone=None), w)
    yield "In /settings", patterns.week_setting(mixed, False, w)
    yield "In /settings, switched off", patterns.week_setting(good, True, w)
    yield "In /settings, too little", patterns.week_setting(None, False, w)
