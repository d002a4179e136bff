"""Lanes: a page's, sources, the checklist, whom to appoint, and what waits too long."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    HTML_NAME,
    HTML_TITLE,
    LONG,
    LONG_NAME,
    NOW,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    sheet,
    stored,
    text_of,
)
from domain.drafts import Draft, DraftState, Verdict
from domain.lanes import Check, Lane, Risk, Shortage
from domain.people import EVERYWHERE
from domain.usecases.approvals import CardFacts
from domain.usecases.card_extras import CardExtras
from domain.usecases.draft_steps import Panel
from domain.usecases.lanes import Checklist
from handlers.screens import approvals, deadlines, drafts, lanes, page_lanes, risks
from texts.words import Words

chapter = Chapter("Lanes and deadlines")

BOLD = VK.in_lane(Lane.BOLD)
STRICT = replace(VK, title=HTML_TITLE).in_lane(Lane.STRICT)
SOURCES = "https://kazan.example.org/decree/214\n«О благоустройстве дворов», № 214"
SOME = (Check(Risk.DEFAMATION), Check(Risk.MINORS, "Родители <согласны> & подписали"))
ALL = tuple(Check(risk, "б" * 300 if risk is Risk.POLLS else "") for risk in Risk)
SHORT_HERE, SHORT_EVERYWHERE = Shortage("kazan", 1, "Казань"), Shortage(EVERYWHERE, 2)


def _waiting(sources: str = SOURCES) -> Draft:
    return replace(draft(SHORT, DraftState.SUBMITTED, pages=(BOLD,)), sources=sources)


def _card(of: Draft, extra: CardExtras, lane: Lane = Lane.BOLD) -> CardFacts:
    about = sheet(of, pages=(VK.in_lane(lane),))
    return CardFacts(about, of.version, "Казань", stored(of.media), (), None, extra=extra)


@chapter.shows(page_lanes.choose_lane, page_lanes.confirm_loosening, lanes.lane_name)
def pages(w: Words) -> Iterator[Take]:
    yield "An ordinary page", page_lanes.choose_lane(VK, w)
    yield "A strict page with a long title", page_lanes.choose_lane(LONG.in_lane(Lane.STRICT), w)
    yield "Loosening an official one", page_lanes.confirm_loosening(X, Lane.ORDINARY, w)


@chapter.shows(lanes.on_panel, lanes.panel_rows, lanes.sources_line)
def panels(w: Words) -> Iterator[Take]:
    writing = draft(SHORT, pages=(BOLD,))
    yield "Bold, without sources", drafts.panel(Panel(writing, (BOLD,), (BOLD,)), ZONE, NOW, w)
    yield "Bold, with sources", drafts.panel(Panel(replace(writing, sources=SOURCES), (BOLD,), (BOLD,)), ZONE, NOW, w)
    yield "Strict", drafts.panel(Panel(draft(SHORT), (STRICT,), (STRICT,)), ZONE, NOW, w)
    handed = Panel(_waiting(), (BOLD,), deciders=("Вера Лебедева",), short=SHORT_HERE)
    yield "Handed in, one approver is missing", drafts.panel(handed, ZONE, NOW, w)
    yield "The same for a manager", drafts.panel(replace(handed, may_appoint=True), ZONE, NOW, w)


@chapter.shows(lanes.ask_sources)
def sources(w: Words) -> Iterator[Take]:
    yield "None yet", lanes.ask_sources(draft(SHORT), w)
    yield "Some", lanes.ask_sources(replace(draft(SHORT), sources=SOURCES), w)
    yield "1,000 characters", lanes.ask_sources(replace(draft(SHORT), sources=text_of(1000)), w)


@chapter.shows(lanes.on_card, lanes.card_rows, lanes.appoint_row)
def cards(w: Words) -> Iterator[Take]:
    for title, facts in (
        ("Bold, nothing looked at", _card(_waiting(), CardExtras())),
        ("Bold, all looked at", _card(_waiting(), CardExtras(checks=ALL))),
        ("Bold since it was handed in, no sources", _card(_waiting(""), CardExtras())),
        ("Strict, somebody is missing", _card(_waiting(""), CardExtras(short=SHORT_HERE), Lane.STRICT)),
        (
            "Strict, two are missing, the reader may appoint",
            _card(_waiting(""), CardExtras(short=SHORT_EVERYWHERE, may_appoint=True), Lane.STRICT),
        ),
    ):
        yield title, approvals.control(facts, 2, ZONE, NOW, w)


@chapter.shows(risks.checklist, risks.ask_because)
def checklists(w: Words) -> Iterator[Take]:
    about = sheet(_waiting(), pages=(BOLD,))
    for title, checks in (("Nothing yet", ()), ("Some, one permitted", SOME), ("All", ALL)):
        yield title, risks.checklist(Checklist(about, checks), w)
    for risk in Risk:
        yield f"Why it is permitted: {risk}", risks.ask_because(Checklist(about, ()), risk, w)


@chapter.shows(lanes.short_told)
def short(w: Words) -> Iterator[Take]:
    yield "To the manager: one is missing", lanes.short_told(SHORT_HERE, "Анна Соколова", SHORT[:40], w)
    yield "Two, everywhere", lanes.short_told(SHORT_EVERYWHERE, HTML_NAME, HTML_TITLE, w)


@chapter.shows(deadlines.late)
def late(w: Words) -> Iterator[Take]:
    waiting = draft(SHORT, DraftState.SUBMITTED, due=-120)
    yield "To the manager: one was asked", deadlines.late(sheet(waiting), "Казань", ["Вера Лебедева"], ZONE, NOW, w)
    federal = replace(draft("", DraftState.SUBMITTED, due=-24 * 60), region=EVERYWHERE)
    agreed = sheet(federal, decision(Verdict.APPROVE), author=LONG_NAME)
    yield "Nobody could be asked", deadlines.late(agreed, "", [], ZONE, NOW, w)
