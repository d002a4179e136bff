"""Imprint lines: which rule gives one, what a changed one brings back, what ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    BOT_ID,
    HTML_NAME,
    HTML_TEXT,
    HTML_TITLE,
    LONG_NAME,
    LONG_TITLE,
    NOW,
    OK,
    PAGES,
    SHORT,
    TODAY,
    VK,
    ZONE,
    draft,
    stored,
)
from bot.gallery.samples.slots import NO_TEXT
from domain.drafts import DraftState
from domain.imprints import Expired, ImprintRule, Missing, Pack, Reworded
from domain.pages import BY_RULES, Page, PageKind
from domain.ports.drafts import DraftSheet
from domain.ports.imprints import Relined, WaitingRelined
from domain.ports.plan import Kept
from domain.usecases.approvals import CardFacts
from domain.usecases.card_extras import CardExtras
from domain.usecases.drafts import Panel
from domain.usecases.imprints import CardImprint, Overview, PageImprint, Unlined
from domain.usecases.pages import PageCard
from domain.usecases.relining import Reapproved
from handlers.screens import approvals, drafts, imprint_lines, imprints, pages, slots
from texts.words import Words

chapter = Chapter("Imprint lines")

PACK = Pack("ru-2026", "Н. Н. Юристова", "юрист штаба", "Договорённость штаба от 1 сентября", date(2026, 9, 1))
RULE = ImprintRule("ru-2026-3", "Штаб «Наш край», Казань", date(2026, 9, 1), date(2026, 9, 21), region="kazan")
OPEN = ImprintRule(
    "ru-2026-1", "Материал штаба <b>«Наш край»</b> & друзей", date(2026, 9, 1), reworded=Reworded.ALLOWED
)
MANY = tuple(replace(RULE, id=f"ru-2026-{n}", line=f"{HTML_TITLE} {LONG_TITLE} {n}") for n in range(30))
LINED = replace(VK, imprint_rule=RULE.id, imprint=RULE.line)
BARE = replace(OK, imprint_rule=BY_RULES, imprint="")
RELINED = Relined(12, 2, approved=True, old="Штаб «Наш край»", new=RULE.line, at=NOW)
UNLINED = (
    Unlined(BARE, Missing()),
    Unlined(BARE, Missing(date(2026, 9, 20))),
    Unlined(replace(BARE, title=LONG_TITLE), Expired(RULE)),
)


def waiting(number: int, author: str = "Анна Соколова", text: str = SHORT, old: str = RELINED.old) -> WaitingRelined:
    return WaitingRelined(number, 2, approved=True, old=old, new=RULE.line, at=NOW, author_name=author, text=text)


TEXTS = (waiting(12), waiting(13, HTML_NAME, HTML_TEXT), waiting(14, LONG_NAME, ""))
MANY_TEXTS = tuple(waiting(n, LONG_NAME, SHORT, old=f"{LONG_TITLE} {n}") for n in range(1, 41))


def _card(imprint: CardImprint, *of: Page) -> CardFacts:
    about = draft(SHORT, DraftState.SUBMITTED, version=2)
    facts = CardFacts(DraftSheet(about, "Анна Соколова", ZONE, of, ()), 2, "Казань", stored(()), (), None)
    return replace(facts, extra=CardExtras(imprint=imprint))


@chapter.shows(imprint_lines.on_card, imprint_lines.applied, imprint_lines.pair, imprint_lines.without)
def on_card(w: Words) -> Iterator[Take]:
    for title, facts in (
        ("Which rule gave the line", _card(CardImprint((RULE,), PACK), LINED)),
        ("Several rules, one without an end", _card(CardImprint((RULE, OPEN), PACK), LINED)),
        ("Only the line has changed", _card(CardImprint((RULE,), PACK, RELINED), LINED)),
        ("A line where none was", _card(CardImprint((RULE,), PACK, replace(RELINED, old="")), LINED)),
        ("None where one was", _card(CardImprint((), None, replace(RELINED, new="")), VK)),
        ("A rule whose pack is gone", _card(CardImprint((RULE,)), LINED)),
        ("A page without a line", _card(CardImprint(), LINED, BARE)),
        ("60 pages without", _card(CardImprint(), *(replace(page, imprint_rule=BY_RULES) for page in PAGES))),
    ):
        yield title, approvals.card(facts, 2, ZONE, NOW, w, BOT_ID)
    yield "Its author is told before handing in", drafts.panel(Panel(draft(), (LINED, BARE)), ZONE, NOW, w)


@chapter.shows(imprint_lines.of_page, imprint_lines.unlined)
def of_page(w: Words) -> Iterator[Take]:
    for title, view in (
        ("By a rule", PageImprint(LINED, RULE, PACK)),
        ("It may be said in other words", PageImprint(replace(VK, imprint=OPEN.line), OPEN, PACK)),
        ("Said by the plan", PageImprint(VK)),
        ("None is due", PageImprint(replace(VK, imprint=""))),
        *((f"Lacking: {type(one.why).__name__}", PageImprint(one.page, why=one)) for one in UNLINED),
    ):
        card = PageCard(view.page, "Казань", None, Kept(0, 0), None, (), (), False, imprint=view)
        yield title, pages.page_card(card, w, ZONE, NOW)


@chapter.shows(imprints.changed, imprints.look, imprints.reapproved)
def changed(w: Words) -> Iterator[Take]:
    yield "One text", imprints.changed(TEXTS[:1], w)
    yield "40 texts with 40 lines before", imprints.changed(MANY_TEXTS, w)
    yield "Done meanwhile", imprints.changed((), w)
    yield "One by one", imprints.look(TEXTS, 0, w)
    yield "One by one, in the middle", imprints.look(MANY_TEXTS, 8, w)
    yield "Nothing to look through any more", imprints.look((), 0, w)
    yield "Approved again", imprints.reapproved(Reapproved(12, 0), w)
    yield "Some need a look of their own", imprints.reapproved(Reapproved(11, 3), w)


@chapter.shows(imprints.overview)
def overview(w: Words) -> Iterator[Take]:
    yield "No rules", imprints.overview(Overview(None, (), (), (), 12), TODAY, w)
    yield "Two rules", imprints.overview(Overview(PACK, (RULE, OPEN), (), (), 0), TODAY, w)
    wordy = replace(PACK, reviewer=LONG_NAME, role=HTML_TITLE, source=f"{HTML_TEXT} " * 10)
    lacking = Overview(wordy, (*MANY, OPEN), UNLINED * 4, TEXTS, 3)
    yield "30 rules, pages without a line, texts that wait", imprints.overview(lacking, TODAY, w)


@chapter.shows(imprints.ending, imprints.none_left)
def ending(w: Words) -> Iterator[Take]:
    for days in (14, 1, 0, -1):
        rule = replace(RULE, expires=TODAY + timedelta(days=days), kind=PageKind.GROUP)
        yield f"{days} days before", imprints.ending(rule, [VK, OK], TODAY, w)
    yield "60 pages", imprints.ending(OPEN, PAGES, TODAY, w)
    yield "None in force any more", imprints.none_left([VK], w)
    yield "On 60 pages", imprints.none_left(PAGES, w)


@chapter.shows(slots.empty_slots)
def empty_slots(w: Words) -> Iterator[Take]:
    yield "No line tomorrow", slots.empty_slots(TODAY, [NO_TEXT], w, ZONE, frozenset({NO_TEXT.slot.page}))
