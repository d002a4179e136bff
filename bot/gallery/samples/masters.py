"""Fill-in masters: written at headquarters, filled in by the regions, cleared on one list."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_NAME,
    HTML_TEXT,
    LONG,
    LONG_NAME,
    LONG_REGION,
    MANY_REGIONS,
    NOW,
    OK,
    OWN,
    REGIONS,
    VK,
    ZONE,
    X,
    draft,
    files,
    minutes,
    page,
    person,
    sheet,
    stored,
    text_of,
)
from domain.drafts import DraftState
from domain.masters import Fill, FillState, Master, MasterState
from domain.pages import Page, PageKind, page_key
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.ports.masters import FillList, Origin
from domain.usecases.approvals import CardFacts
from domain.usecases.card_extras import CardExtras
from domain.usecases.master_fills import Choice, FillView, Target
from domain.usecases.master_lists import Cleared, Line, LineState, ListView
from domain.usecases.master_origin import Filled
from domain.usecases.masters import Masters, Offer, View
from domain.wordings import filled, parse
from handlers.screens import approvals, master_fills, master_lists, masters
from texts.words import Words

chapter = Chapter("Fill-in masters")

TEXT = "В районе {район} мы открыли {место}. Приходите, места хватит всем!"
LONG_TEXT = " ".join(f"{{{name}}}" for name in ("район", "место", "кто открывал", "что дальше")) + " " + text_of(2500)
WRITING = Master(5, 1, "kazan", MasterState.WRITING, 3, 1, TEXT, (), None, None, minutes(-40))
SENT = replace(
    WRITING, region=EVERYWHERE, state=MasterState.OPEN, pages=(VK.code, OK.code), sent_at=minutes(-30)
)  # fmt: skip
TIMED = replace(SENT, closes_at=minutes(1300))
CLOSED = replace(SENT, state=MasterState.CLOSED, closes_at=minutes(-5))
CHOICE = (X, VK, OK, LONG, OWN)
NETWORKS = tuple(
    page(f"group-{region}-{network}", f"{name}: {network}", network, region=region)
    for region, name in MANY_REGIONS.items()
    for network in Platform
)


def _view(of: Master, choice: tuple[Page, ...] = CHOICE, fills: int = 0) -> View:
    return View(of, choice, MANY_REGIONS, fills)


# -- headquarters -----------------------------------------------------------------------------------------------------


@chapter.shows(masters.listing, masters.written)
def lists(w: Words) -> Iterator[Take]:
    offers = (Offer(SENT, False, False), Offer(TIMED, True, False), Offer(replace(SENT, text=LONG_TEXT), False, True))
    own = (WRITING, SENT, CLOSED)
    yield "A volunteer: nothing", masters.listing(Masters((), (), False), 0, w)
    yield "A volunteer: three", masters.listing(Masters(offers, (), False), 0, w)
    yield "Headquarters: the first one ever", masters.listing(Masters((), (), True), 0, w)
    yield "Headquarters: thirty to fill in", masters.listing(Masters(offers * 10, own * 6, True), 1, w)
    yield "What headquarters wrote", masters.written(Masters(offers, own * 6, True), 0, w)


@chapter.shows(masters.ask, masters.ask_new_text)
def ask(w: Words) -> Iterator[Take]:
    yield "[New master] was tapped", masters.ask(w)
    yield "Another text before it was sent", masters.ask_new_text(WRITING, w)
    yield "Another text of one that is with the regions", masters.ask_new_text(SENT, w)


@chapter.shows(masters.panel, masters.dropped)
def panel(w: Words) -> Iterator[Take]:
    for title, view in (
        ("Just written", _view(WRITING)),
        ("Three pages, an end", _view(replace(TIMED, state=MasterState.WRITING, sent_at=None))),
        ("3,000 characters for 360 pages", _view(replace(
            WRITING, text=LONG_TEXT, pages=tuple(p.code for p in NETWORKS)), NETWORKS)),
        ("Also for personal pages", _view(replace(WRITING, pages=(VK.code, OWN.code)))),
        ("With the regions, the second wording", _view(replace(TIMED, wording=2), fills=1)),
        ("With the regions without an end", _view(SENT, fills=34)),
        ("Its end has passed", _view(replace(SENT, closes_at=minutes(-60)), fills=2)),
        ("Closed", _view(CLOSED, fills=5)),
        ("Deleted", _view(replace(WRITING, state=MasterState.DROPPED))),
    ):  # fmt: skip
        yield title, masters.panel(view, ZONE, NOW, w)


@chapter.shows(masters.sets, masters.places, masters.place_pages, masters.place_of)
def pages(w: Words) -> Iterator[Take]:
    official = replace(X, code="x-official", kind=PageKind.OFFICIAL)
    yield "What can be chosen at once", masters.sets(_view(SENT, (official, *NETWORKS[:12], OWN)), w)
    yield "No page at all", masters.sets(_view(WRITING, ()), w)
    yield "One page chosen", masters.sets(_view(replace(WRITING, pages=(VK.code,))), w)
    yield "Six regions", masters.places(_view(SENT), 0, w)
    yield "89 regions", masters.places(_view(replace(WRITING, pages=(NETWORKS[0].code,)), NETWORKS), 0, w)
    view = _view(SENT)
    key, at = masters.place_of(view, page_key(VK.code))
    yield "The pages of one region", masters.place_pages(view, key, at, w)


@chapter.shows(masters.until, masters.confirm_send, masters.confirm_close, masters.confirm_drop, masters.stale_toast)
def sure(w: Words) -> Iterator[Take]:
    yield "Until when", masters.until(_view(WRITING), person(), NOW, w)
    yield "Until when, in the evening", masters.until(_view(WRITING), person(), minutes(7 * 60), w)
    yield (
        "To 356 pages of 89 regions",
        masters.confirm_send(_view(replace(WRITING, pages=tuple(p.code for p in NETWORKS)), NETWORKS), w),
    )
    yield "To one page", masters.confirm_send(_view(replace(WRITING, pages=(VK.code,))), w)
    yield "[Close] was tapped", masters.confirm_close(_view(SENT), w)
    yield "[Delete] was tapped", masters.confirm_drop(_view(WRITING), w)
    yield "An old button", Alert(masters.stale_toast(w), toast=True)


# -- the regions ------------------------------------------------------------------------------------------------------


def _fill(step: int, *answers: str, own: bool = False, photos: int = 0) -> Fill:
    media = files(*["photo"] * photos)
    return Fill(9, 5, 1, 1, "kazan", OWN.code if own else "", FillState.RUNNING, 4, step, answers, media, "", None, NOW)


def _asked(of: Fill, *, text: str = TEXT, newest: bool = True) -> FillView:
    return FillView(of, text, newest, (OWN,) if of.own else (VK, OK), REGIONS, stored(of.media))


@chapter.shows(master_fills.invitation, master_fills.targets)
def way_in(w: Words) -> Iterator[Take]:
    targets = (Target("kazan", "", (VK, OK)), Target(EVERYWHERE, "", (X,)), Target("kazan", OWN.code, (OWN,)))
    choice = Choice(TIMED, targets, REGIONS, frozenset({targets[0].key}), True)
    yield "The one notice", master_fills.invitation(choice, ZONE, NOW, w)
    long = replace(choice, master=replace(SENT, text=LONG_TEXT))
    yield "The one notice: 3,000 characters", master_fills.invitation(long, ZONE, NOW, w)
    yield "Several possibilities, one begun", master_fills.targets(choice, 0, w)
    yield "It is over", master_fills.targets(replace(choice, running=frozenset(), open=False), 0, w)
    many = tuple(Target(region, "", (VK,)) for region in MANY_REGIONS)
    yield "89 regions", master_fills.targets(replace(choice, targets=many, regions=MANY_REGIONS), 0, w)


@chapter.shows(master_fills.question)
def question(w: Words) -> Iterator[Take]:
    yield "The first field", master_fills.question(_asked(_fill(0)), w)
    yield "The second field", master_fills.question(_asked(_fill(1, "Советский")), w)
    yield "Back at the first", master_fills.question(_asked(_fill(0, HTML_NAME)), w)
    yield "The wording has changed since", master_fills.question(_asked(_fill(1, "Советский"), newest=False), w)
    yield (
        "200 characters in a long master",
        master_fills.question(_asked(_fill(1, "я" * 200, "я" * 200), text=LONG_TEXT), w),
    )
    for step in range(3):
        yield f"Own page, question {step + 1}", master_fills.question(_asked(_fill(step, own=True)), w)
    yield "The photo", master_fills.question(_asked(_fill(2, "Советский", "двор")), w)
    for count in (1, 3):
        there = _asked(_fill(2, "Советский", "двор", photos=count))
        yield f"The photo, {count} there already", master_fills.question(there, w)


@chapter.shows(master_fills.preview, master_fills.confirm_close_text)
def last_look(w: Words) -> Iterator[Take]:
    yield "With a photo", master_fills.preview(_asked(_fill(3, "Советский", "двор", photos=1)), w, BOT_ID)
    old = _asked(_fill(3, HTML_NAME, HTML_TEXT), newest=False)
    yield "The wording has changed, HTML in the answers", master_fills.preview(old, w, BOT_ID)
    own = _asked(_fill(4, "Открыли двор.", "Детям есть где играть.", "Приходите!", own=True))
    yield "Own words", master_fills.preview(own, w, BOT_ID)
    yield "Close to another person's", master_fills.confirm_close_text(own, w)


# -- the approver -----------------------------------------------------------------------------------------------------


def _line(
    number: int, state: LineState = LineState.WAITING, *, said: str = "двор", photos: int = 0, **more: str
) -> Line:
    fills = (("район", f"Район {number}"), ("место", said))
    text = filled(parse(TEXT), dict(fills))
    made = draft(text, DraftState.SUBMITTED, number=number, media=files(*["photo"] * photos))
    made = replace(made, fills=fills, master_id=5, region=more.get("region", "kazan"))
    return Line(number, sheet(made, author=more.get("author", "Анна Соколова")), state, state is LineState.AGREED)


def _list(*lines: Line, screens: int = 1, older: bool = False) -> ListView:
    listed = FillList(3, 2, 5, 1, 8, (tuple((line.draft_id, 1) for line in lines),) * screens, ())
    return ListView(listed, TEXT, older, 0, lines, REGIONS)


@chapter.shows(master_lists.fill_list, master_lists.cleared_note, master_lists.photos)
def clearing(w: Words) -> Iterator[Take]:
    ten = tuple(_line(n, photos=n % 3) for n in range(1, 11))
    yield "Ten regions of thirty", master_lists.fill_list(_list(*ten, screens=3), w)
    yield "One, from an older wording", master_lists.fill_list(_list(ten[0], older=True), w)
    full = tuple(_line(n, said="я" * 200, author=LONG_NAME, region=LONG_REGION) for n in range(1, 9))
    yield "As full as a screen gets", master_lists.fill_list(_list(*full), w)
    states = tuple(_line(n, state, author=HTML_NAME) for n, state in enumerate(LineState, 1))
    yield "Every state", master_lists.fill_list(_list(*states), w)
    for approved, failed in ((1, ()), (9, (3,)), (5, (1, 4, 7))):
        done = Cleared(_list(*states), approved, failed)
        note = master_lists.cleared_note(done, w)
        yield f"{approved} approved, {len(failed)} left alone", master_lists.fill_list(done.view, w, note)
    shown = _list(ten[0], ten[1], _line(11, photos=10))
    media = stored(ALBUM) | stored(shown.lines[2].sheet.draft.media)
    yield "The photos of a list", master_lists.photos(shown, media, BOT_ID, w)


@chapter.shows(
    approvals.card, master_lists.filled_facts, master_lists.filled_rows, master_lists.only_fills
)  # fmt: skip
def card(w: Words) -> Iterator[Take]:
    about = _line(1, photos=1).sheet
    origin = Origin(5, 1, TEXT, 1)
    for title, found in (
        ("Filled into a master, alone", Filled(origin, True, 1)),
        ("Ten of the same master wait", Filled(origin, True, 10)),
        ("Filled from an older wording", Filled(replace(origin, newest=2), True, 2)),
        ("Changed by hand since", Filled(origin, False, 3)),
        ("A master of 3,000 characters", Filled(replace(origin, text=LONG_TEXT), True, 2)),
    ):
        facts = CardFacts(about, 1, "Казань", stored(about.draft.media), (), None, extra=CardExtras(filled=found))
        yield title, approvals.card(facts, 2, ZONE, NOW, w, BOT_ID)
