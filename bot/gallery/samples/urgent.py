"""Urgent texts: the list, pages and people, the last question, the live card, whoever is asked."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_TEXT,
    LONG,
    NOW,
    ODD,
    OK,
    PAGES,
    SHORT,
    VK,
    ZONE,
    X,
    decision,
    draft,
    minutes,
    person,
    sheet,
    text_of,
)
from domain.drafts import DraftState, Verdict
from domain.pages import Page
from domain.plan import Slot, SlotState
from domain.ports.urgent import ApprovedText, RunningCall
from domain.urgent import (
    AskState,
    CallState,
    Candidate,
    Excess,
    PageFacts,
    PageProgress,
    Progress,
    Rule,
    Standing,
    UrgentAsk,
    UrgentCall,
    Why,
)
from domain.usecases.approvals import CardFacts
from domain.usecases.urgent import Listing, PeopleView, View
from handlers.screens import approval_outcomes, urgent, urgent_live
from texts.words import Words

chapter = Chapter("Urgent")

CALL = UrgentCall(
    id=4,
    draft_id=12,
    draft_version=2,
    started_by=2,
    state=CallState.PREPARING,
    version=3,
    pages=(VK.code, OK.code),
    minutes=10,
    over=(),
    why=None,
    note="",
    created_at=minutes(-2),
    started_at=None,
)
SENT = replace(CALL, state=CallState.ASKING, started_at=minutes(-2))
PLANNED = Slot(7, VK.code, NOW.date(), minutes(220), SlotState.FILLED, None, 12, 2, None, 2)
GAP = Excess(VK.code, Rule.GAP, 25, 120)
CAP = Excess(OK.code, Rule.CAP, 4, 3)
NAMES = ("Анна Соколова", "Иван Громов", "Ольга Белова 🌙")


def _page(page: Page = VK, standing: Standing = Standing.OPEN, *excesses: Excess, **changes: object) -> PageFacts:
    facts = PageFacts(
        page, chosen=True, standing=standing, until=None, planned=None, excesses=excesses, asked=NAMES, people=(1, 2, 3)
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # fields of one dataclass


@chapter.shows(urgent.listing)
def listing(w: Words) -> Iterator[Take]:
    texts = tuple(
        ApprovedText(n, 1, text, author, 9, left)
        for n, (text, author, left) in enumerate(
            [(SHORT, "Анна", 9), (HTML_TEXT, "<b>Петя</b>", 1), (text_of(900), "Ким", 60)]
        )
    )
    yield "Nothing is approved", urgent.listing(Listing((), (), 0, 0), w)
    yield "Three texts", urgent.listing(Listing((), texts, 3, 0), w)
    running = (RunningCall(4, SHORT, 9, 7, 4), RunningCall(5, HTML_TEXT, 2, 0, 0))
    yield "Two on their way, twenty texts", urgent.listing(Listing(running, texts * 2, 20, 1), w)


@chapter.shows(urgent.mark_row)
def card(w: Words) -> Iterator[Take]:
    approved = replace(draft(state=DraftState.APPROVED), settled_at=minutes(-1))
    facts = CardFacts(sheet(approved, decision(Verdict.APPROVE)), 1, "Казань", {}, (), None)
    yield "An approved text that can go out", approval_outcomes.outcome(facts, 2, ZONE, NOW, w)


@chapter.shows(urgent.panel)
def panel(w: Words) -> Iterator[Take]:
    yield "Two pages", urgent.panel(View(CALL, SHORT, (_page(), _page(OK))), 0, ZONE, NOW, w)
    every = (
        _page(LONG, asked=()),
        _page(ODD, chosen=False, asked=()),
        _page(X, Standing.SILENT, chosen=False, until=minutes(900)),
        _page(X, Standing.SILENT, chosen=False),
        _page(OK, Standing.HALTED, chosen=False),
        _page(OK, Standing.UNLINED, chosen=False),
        _page(VK, Standing.POSTED, chosen=False),
        _page(VK, Standing.UNDERWAY, chosen=False),
    )
    own_time = replace(CALL, minutes=7)
    yield "Every standing, seven minutes", urgent.panel(View(own_time, HTML_TEXT, every), 0, ZONE, NOW, w)
    yield "Nothing chosen", urgent.panel(View(CALL, "", (_page(chosen=False),)), 0, ZONE, NOW, w)
    many = View(CALL, SHORT, tuple(_page(page) for page in PAGES))
    yield "60 pages", urgent.panel(many, urgent.part_of(many, "?"), ZONE, NOW, w)


@chapter.shows(urgent.people, urgent.wake)
def people(w: Words) -> Iterator[Take]:
    view = View(CALL, SHORT, (_page(),))
    asleep = Candidate(person(9, "Ольга Белова", zone="Asia/Kamchatka"), quiet=True)
    some = (Candidate(person(), quiet=False, chosen=True), asleep)
    yield "Two", urgent.people(PeopleView(view, VK, some), w)
    crowd = tuple(Candidate(one, quiet=n % 3 == 2, chosen=n < 3) for n, one in enumerate(CROWD[:12]))
    yield "Twelve", urgent.people(PeopleView(view, LONG, crowd), w)
    yield "Nobody", urgent.people(PeopleView(view, VK, ()), w)
    off = Candidate(person(9, "Ольга Белова"), quiet=True)
    yield "Somebody on a day off was tapped", urgent.wake(PeopleView(view, VK, some), off, NOW, w)
    yield "Somebody in quiet hours was tapped", urgent.wake(PeopleView(view, VK, some), asleep, NOW, w)


@chapter.shows(urgent.confirm, urgent.reasons, urgent.ask_reason, urgent.no_reason, urgent.dropped, urgent.stale_toast)
def confirm(w: Words) -> Iterator[Take]:
    plain = View(CALL, SHORT, (_page(planned=PLANNED), _page(OK)))
    yield "Nothing is exceeded", urgent.confirm(plain, ZONE, NOW, w)
    yield "One person", urgent.confirm(View(CALL, SHORT, (_page(asked=NAMES[:1], people=(1,)),)), ZONE, NOW, w)
    yield "60 pages in one go", urgent.confirm(View(CALL, SHORT, tuple(_page(page) for page in PAGES)), ZONE, NOW, w)
    over = View(CALL, text_of(900), (_page(VK, Standing.OPEN, GAP), _page(OK, Standing.OPEN, CAP)))
    yield "A gap and a cap are exceeded", urgent.confirm(over, ZONE, NOW, w)
    covered = replace(CALL, over=(GAP.key, CAP.key), why=Why.SAFETY)
    yield "With a reason", urgent.confirm(replace(over, call=covered), ZONE, NOW, w)
    own = replace(covered, why=Why.OWN, note="Авария на насосной станции, <вода> будет к 18:00")
    yield "With a reason in own words", urgent.confirm(replace(over, call=own), ZONE, NOW, w)
    yield "Why", urgent.reasons(over, w)
    yield "In own words", urgent.ask_reason(over, w)
    yield "Too long for a line", urgent.no_reason(over, 1200, w)
    yield "A picture instead of a line", urgent.no_reason(over, 0, w)
    yield "[Do not send] was tapped", urgent.dropped(w)
    yield "An old button", Alert(urgent.stale_toast(w), toast=True)


@chapter.shows(urgent_live.live, urgent_live.nobody)
def live(w: Words) -> Iterator[Take]:
    every = (
        PageProgress(VK.title, Progress.POSTED, "Анна Соколова"),
        PageProgress(OK.title, Progress.ACCEPTED, "Иван Громов"),
        PageProgress(LONG.title, Progress.WAITING, waiting=tuple(p.name for p in CROWD[:6]), until=minutes(8)),
        PageProgress(ODD.title, Progress.WAITING, waiting=("Ким",), silent=NAMES[:2], until=minutes(8)),
        PageProgress(X.title, Progress.WAITING),
        PageProgress("Рыбаки", Progress.NOBODY, silent=NAMES[:1]),
        PageProgress("Садоводы", Progress.NOBODY),
        PageProgress("Соседи", Progress.ENDED),
    )
    yield "Every state", urgent_live.live(View(SENT, SHORT, progress=every), ZONE, NOW, w)
    stopped = replace(SENT, state=CallState.STOPPED)
    yield "Stopped", urgent_live.live(View(stopped, SHORT, progress=every[:2]), ZONE, NOW, w)
    many = tuple(PageProgress(p.title, Progress.WAITING, waiting=NAMES, silent=NAMES, until=minutes(8)) for p in PAGES)
    yield "60 pages on their way", urgent_live.live(View(SENT, text_of(900), progress=many), ZONE, NOW, w)
    dropped = replace(CALL, state=CallState.DROPPED)
    yield "Never sent", urgent_live.live(View(dropped, SHORT), ZONE, NOW, w)
    for why in ("nobody", "silence", "page"):
        yield f"Nobody: {why}", urgent_live.nobody(View(SENT, SHORT), LONG.title, why, w)


@chapter.shows(urgent_live.ask, urgent_live.answered, urgent_live.stopped)
def asked(w: Words) -> Iterator[Take]:
    one = UrgentAsk(8, 4, VK.code, 1, 7, AskState.ASKED, 0, False, NOW, minutes(10))
    yield "Asked", urgent_live.ask(one, VK, SHORT, ZONE, NOW, w)
    late = replace(one, deadline=minutes(-1), state=AskState.SILENT)
    yield "The time to answer is over", urgent_live.ask(late, LONG, text_of(2000), ZONE, NOW, w)
    yield "[I do it] was tapped", urgent_live.answered(replace(one, state=AskState.ACCEPTED), VK.title, "Анна", w)
    yield "[Not now] was tapped", urgent_live.answered(replace(one, state=AskState.DECLINED), VK.title, "", w)
    yield "The page is stopped", urgent_live.stopped(ODD, w)
    yield "Somebody has it", urgent_live.answered(one, ODD.title, "Иван Громов", w)
    yield "No longer needed", urgent_live.answered(one, VK.title, "", w)
