"""Commitments: lists, writing one down, one in every state, and what its people are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_NAME,
    HTML_TITLE,
    LONG_NAME,
    LONG_REGION,
    LONG_TITLE,
    NOW,
    REGIONS,
    TODAY,
)
from domain.commitments import (
    BadPromise,
    BadReasonGiven,
    Commitment,
    CommitmentChanged,
    CommitmentState,
    DueDayBad,
    Move,
    PersonCannotPromise,
    PreviewOver,
    PromiseIncomplete,
    PromiseUnreadable,
    SameDay,
    Step,
)
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.typed_commitments import Somebody
from domain.usecases.commitment_drafts import Draft, Places, Promise
from domain.usecases.commitments import ALL, DUE_WEEK, LATE, MINE, SETTLED, Board, CommitmentView, Group, Names
from handlers.screens import commitment_drafts as drafts
from handlers.screens import commitments
from texts.words import Words

chapter = Chapter("Commitments")

COMMITMENT_ERRORS = (
    BadPromise(0, 300),
    BadPromise(412, 300),
    BadReasonGiven(0, 300),
    BadReasonGiven(412, 300),
    DueDayBad(TODAY - timedelta(days=3)),
    PromiseIncomplete("due"),
    PromiseIncomplete("place"),
    PromiseIncomplete("person"),
    PromiseUnreadable(),
    SameDay(),
    PersonCannotPromise(),
    CommitmentChanged(),
    PreviewOver(),
)

NAMES = Names(
    {1: "Анна Соколова", 2: "Мария Белова", 3: HTML_NAME, 4: LONG_NAME},
    REGIONS,
    {"vk": "Наша Казань", "odd": HTML_TITLE},
)
DUE = TODAY + timedelta(days=8)
OPEN = Commitment(5, "открыть группу в Арске", "kazan", "", 1, 1, CommitmentState.OPEN, DUE, DUE, "", "", None, NOW, 1)
ASKED = replace(OPEN, id=6, by_id=2, state=CommitmentState.ASKED, title="договориться о зале на 300 мест")
LATE_ONE = replace(
    OPEN, id=7, due=TODAY - timedelta(days=1), by_id=2, person_id=3, page="odd", title="<обложка> & шапка"
)
DONE = replace(OPEN, state=CommitmentState.DONE, settled_on=TODAY, proof="https://vk.com/arsk")
DONE_LATE = replace(DONE, due=TODAY - timedelta(days=5), proof="")
DROPPED = replace(OPEN, state=CommitmentState.DROPPED, settled_on=TODAY, reason="зал нашли другие")
DECLINED = replace(ASKED, state=CommitmentState.DECLINED, settled_on=TODAY)
LONG = replace(OPEN, id=8, title=f"{LONG_TITLE}. " * 4, person_id=4, region=LONG_REGION)
MOVE = Move(NOW, 2, TODAY + timedelta(days=2), DUE, "ждём ключи от зала")


def view(one: Commitment, *moves: Move, mine: bool = True, may: bool = True) -> CommitmentView:
    return CommitmentView(one, moves, NAMES, TODAY, mine, may)


@chapter.shows(commitments.board)
def board(w: Words) -> Iterator[Take]:
    some = (LATE_ONE, OPEN, ASKED, LONG)
    yield "/commit, nothing yet", commitments.board(Board(MINE, "", (), NAMES, TODAY), 0, w)
    yield "Mine", commitments.board(Board(MINE, "", (OPEN, ASKED), NAMES, TODAY), 0, w)
    yield "All of them, long ones too", commitments.board(Board(ALL, "", some, NAMES, TODAY), 0, w)
    yield "Late", commitments.board(Board(LATE, "", (LATE_ONE,), NAMES, TODAY), 0, w)
    yield "This week", commitments.board(Board(DUE_WEEK, "", (OPEN,), NAMES, TODAY), 0, w)
    yield "Settled", commitments.board(Board(SETTLED, "", (DONE, DONE_LATE, DROPPED, DECLINED), NAMES, TODAY), 0, w)
    many = tuple(replace(LONG, id=100 + n, region=EVERYWHERE) for n in range(60))
    yield "Of one region, a great many", commitments.board(Board("rabc", LONG_TITLE, many, NAMES, TODAY), 3, w)
    yield "Of headquarters", commitments.board(Board("r*", "", (replace(OPEN, region="*"),), NAMES, TODAY), 0, w)


@chapter.shows(commitments.groups)
def groups(w: Words) -> Iterator[Take]:
    regions = [Group("rabc", "Казань", 7, 2), Group("rdef", REGIONS[LONG_REGION], 30, 1), Group("r*", "", 3, 0)]
    yield "By region", commitments.groups(regions, "r", 0, w)
    people = [Group(f"p{one.id}", one.name, 4, 1) for one in CROWD[:30]]
    yield "By person", commitments.groups(people, "p", 0, w)
    yield "Nothing open", commitments.groups([], "p", 0, w)


@chapter.shows(commitments.card, commitments.facts, commitments.place)
def card(w: Words) -> Iterator[Take]:
    yield "Open, one's own", commitments.card(view(OPEN), w)
    yield "Moved once", commitments.card(view(OPEN, MOVE), w, commitments.is_moved(w))
    yield "Late, seen by a manager", commitments.card(view(LATE_ONE, mine=False), w)
    yield "Late by five days", commitments.card(view(replace(OPEN, due=TODAY - timedelta(days=5))), w)
    yield "Asked, seen by the person", commitments.card(view(ASKED), w)
    yield "Asked, seen by who asked", commitments.card(view(ASKED, mine=False), w)
    yield "Done, with a proof", commitments.card(view(DONE), w, commitments.is_proven(w))
    yield "Done, with a picture", commitments.card(view(replace(DONE, picture="ab" * 32)), w)
    yield "Done late", commitments.card(view(DONE_LATE), w)
    yield "Given up", commitments.card(view(DROPPED), w)
    yield "Declined", commitments.card(view(DECLINED), w)
    yield "Long words, many moves", commitments.card(view(LONG, *[replace(MOVE, reason=LONG_TITLE * 3)] * 9), w)


@chapter.shows(
    commitments.is_saved,
    commitments.is_done,
    commitments.is_proven,
    commitments.is_answered,
    commitments.is_moved,
    commitments.is_dropped,
)
def happened(w: Words) -> Iterator[Take]:
    yield "Saved, one's own", commitments.card(view(OPEN), w, commitments.is_saved(view(OPEN), w))
    yield "Saved, asked of another", commitments.card(view(ASKED, mine=False), w, commitments.is_saved(view(ASKED), w))
    yield "Done", commitments.card(view(DONE), w, commitments.is_done(w))
    yield "Accepted", commitments.card(view(OPEN), w, commitments.is_answered(view(OPEN), w))
    yield "Declined", commitments.card(view(DECLINED), w, commitments.is_answered(view(DECLINED), w))
    yield "Given up", commitments.card(view(DROPPED), w, commitments.is_dropped(w))
    yield "Proven", commitments.card(view(DONE), w, commitments.is_proven(w))
    yield "Moved", commitments.card(view(OPEN, MOVE), w, commitments.is_moved(w))


@chapter.shows(commitments.ask_move, commitments.ask_drop)
def asking(w: Words) -> Iterator[Take]:
    yield "Another day", commitments.ask_move(view(OPEN), None, w)
    yield "The day is chosen", commitments.ask_move(view(LONG), DUE, w)
    yield "Giving up", commitments.ask_drop(view(LATE_ONE), w)


@chapter.shows(commitments.asked, commitments.handed, commitments.reminder, commitments.told)
def told(w: Words) -> Iterator[Take]:
    yield "A manager asks", commitments.asked(view(ASKED), w)
    yield "Taken over from a colleague", commitments.handed(view(ASKED), "Пётр Нилов", w)
    yield "The colleague is erased by now", commitments.handed(view(ASKED), "", w)
    yield "The day before", commitments.reminder(view(OPEN), Step.EVE, w)
    yield "On the day", commitments.reminder(view(replace(OPEN, due=TODAY)), Step.DAY, w)
    yield "The day after, to the person", commitments.reminder(view(LATE_ONE), Step.AFTER, w)
    yield "The day after, to the manager", commitments.reminder(view(LATE_ONE, mine=False), Step.AFTER, w)
    states = {"accepted": OPEN, "declined": DECLINED, "done": DONE, "moved": OPEN, "dropped": DROPPED}
    for event, one in states.items():
        yield f"To the other one: {event}", commitments.told(view(one, mine=False), event, HTML_NAME, w)


@chapter.shows(drafts.ask_line, drafts.preview)
def writing(w: Words) -> Iterator[Take]:
    yield "Asked for the line, a manager", drafts.ask_line(True, w)
    yield "Asked for the line", drafts.ask_line(False, w)
    whole = Promise("открыть группу в Арске", DUE.isoformat(), 1, "kazan")
    yield "Understood", drafts.preview(Draft(whole, NAMES, TODAY, mine=True, may_ask=False), w)
    other = Draft(replace(whole, person_id=3, page="odd", title=LONG_TITLE * 3), NAMES, TODAY, mine=False, may_ask=True)
    yield "For somebody else", drafts.preview(other, w)
    bare = Promise(HTML_TITLE, called=LONG_NAME)
    yield "Nothing but words and a name nobody has", drafts.preview(Draft(bare, NAMES, TODAY, False, True), w)
    yield "A name, of somebody who cannot ask others", drafts.preview(Draft(bare, NAMES, TODAY, False, False), w)


@chapter.shows(drafts.days, drafts.people, drafts.places, drafts.pages)
def parts(w: Words) -> Iterator[Take]:
    yield "By when", drafts.days(TODAY, w)
    yield "Who", drafts.people([Somebody(one.id, one.name) for one in CROWD[:40]], 0, w)
    found = Places(REGIONS, [(page_key(str(n)), title) for n, title in enumerate((LONG_TITLE, HTML_TITLE, "Рыбаки"))])
    yield "For whom", drafts.places(found, 0, w)
    yield "For whom, no pages", drafts.places(Places({}, ()), 0, w)
    yield "For which page", drafts.pages(found, 0, w)
