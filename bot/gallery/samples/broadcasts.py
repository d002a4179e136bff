"""Messages to the team: writing, whom it goes to, on the way, how it ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Alert, Chapter, Take
from bot.gallery.samples.data import (
    ALBUM,
    BOT_ID,
    HTML_NAME,
    LONG_NAME,
    MANY_REGIONS,
    NOW,
    REGIONS,
    ZONE,
    files,
    minutes,
    stored,
    text_of,
)
from domain.broadcasts import Audience, Broadcast, BroadcastState, Missed, Tally
from domain.people import EVERYWHERE, Role
from domain.usecases.broadcasts import View
from handlers.screens import broadcasts
from handlers.screens.base import Card, Content
from texts.words import Words

chapter = Chapter("Messages to the team")

RATE = 25.0
TEXT = "Коллеги, завтра в 19:00 общий созвон. Ссылка придёт утром."
BOLD = {"type": "bold", "offset": 9, "length": 14}
WRITTEN = Broadcast(
    3, 1, BroadcastState.WRITING, 1, TEXT, (BOLD,), (), "", (), (), 0, minutes(-20), None, None
)  # fmt: skip
GOING = replace(WRITTEN, state=BroadcastState.SENDING, people=10_200, started_at=minutes(-3))
ENDED = replace(GOING, state=BroadcastState.DONE, ended_at=minutes(-1))
MISSED = (
    Missed(LONG_NAME, "kazan", "unreachable"),
    Missed(HTML_NAME, "omsk", "failed"),
    Missed("Ким", EVERYWHERE, "uncertain"),
)


def _view(
    of: Broadcast, people: int = 83, unreachable: int = 0, tally: Tally | None = None, missed: tuple[Missed, ...] = ()
) -> View:
    return View(of, REGIONS, Audience(people, unreachable), tally or Tally(), missed)


@chapter.shows(broadcasts.ask, broadcasts.ask_new_text)
def ask(w: Words) -> Iterator[Take]:
    yield "/broadcast", broadcasts.ask(w)
    yield "[Another text] was tapped", broadcasts.ask_new_text(WRITTEN, w)


@chapter.shows(broadcasts.message, broadcasts.panel)
def panel(w: Words) -> Iterator[Take]:
    chosen = replace(WRITTEN, roles=(Role.VOLUNTEER, Role.COORDINATOR), regions=("kazan", "omsk"))
    for title, view in (
        ("To everybody", _view(WRITTEN)),
        ("Two roles, two regions, five unreachable", _view(chosen, 41, 5)),
        ("An album of 10 to 10,200 people", _view(replace(WRITTEN, media=ALBUM), 10_200, 41)),
        ("1,500 characters with a photo", _view(replace(WRITTEN, text=text_of(1500), media=files("photo")))),
        ("Eight regions", replace(_view(replace(WRITTEN, regions=tuple(MANY_REGIONS)[:8])), regions=MANY_REGIONS)),
        ("Nobody is there", _view(chosen, 0, 2)),
    ):
        content = broadcasts.message(view.broadcast, stored(view.broadcast.media), BOT_ID)
        yield title, Card(content, broadcasts.panel(view, RATE, w, ZONE, NOW))
    yield "Dropped", broadcasts.panel(_view(replace(WRITTEN, state=BroadcastState.DROPPED)), RATE, w, ZONE, NOW)


@chapter.shows(broadcasts.roles, broadcasts.regions)
def whom(w: Words) -> Iterator[Take]:
    yield "Roles", broadcasts.roles(_view(replace(WRITTEN, roles=(Role.VOLUNTEER,))), RATE, w)
    yield "Six regions", broadcasts.regions(_view(replace(WRITTEN, regions=("kazan",))), 0, RATE, w)
    many = replace(_view(WRITTEN, 10_200), regions=MANY_REGIONS)
    yield "89 regions", broadcasts.regions(many, broadcasts.page_of(many, "?"), RATE, w)


@chapter.shows(broadcasts.confirm, broadcasts.dropped, broadcasts.stale_toast)
def confirm(w: Words) -> Iterator[Take]:
    yield "The last question", broadcasts.confirm(_view(WRITTEN, 10_200), RATE, w)
    yield "One person", broadcasts.confirm(_view(WRITTEN, 1), RATE, w)
    yield "[Do not send] was tapped", broadcasts.dropped(w)
    yield "An old button", Alert(broadcasts.stale_toast(w), toast=True)


@chapter.shows(broadcasts.panel, broadcasts.confirm_stop)
def going(w: Words) -> Iterator[Take]:
    tally = Tally(delivered=4_300, left=5_893, unreachable=7)
    yield "On the way", broadcasts.panel(_view(GOING, tally=tally), RATE, w, ZONE, NOW)
    just = replace(GOING, started_at=NOW - timedelta(seconds=1))
    yield "Just begun", broadcasts.panel(_view(just, tally=Tally(left=10_200)), RATE, w, ZONE, NOW)
    yield "[Stop] was tapped", broadcasts.confirm_stop(_view(GOING, tally=tally), w)
    stopping = replace(GOING, state=BroadcastState.STOPPING)
    yield "Stopping", broadcasts.panel(_view(stopping, tally=Tally(4_310, 12, 7)), RATE, w, ZONE, NOW)


@chapter.shows(broadcasts.panel, broadcasts.missed_file)
def ended(w: Words) -> Iterator[Take]:
    yield "Everybody got it", broadcasts.panel(_view(ENDED, tally=Tally(delivered=83)), RATE, w, ZONE, NOW)
    partly = Tally(delivered=10_152, unreachable=41, failed=5, uncertain=2)
    yield "48 did not", broadcasts.panel(_view(ENDED, tally=partly, missed=MISSED), RATE, w, ZONE, NOW)
    few = Tally(delivered=80, unreachable=1, failed=1, uncertain=1)
    yield "Three did not", broadcasts.panel(_view(ENDED, tally=few, missed=MISSED), RATE, w, ZONE, NOW)
    stopped = replace(ENDED, state=BroadcastState.STOPPED)
    cut = replace(partly, delivered=4_310, cancelled=5_842)
    yield "Stopped", broadcasts.panel(_view(stopped, tally=cut, missed=MISSED), RATE, w, ZONE, NOW)
    inside = broadcasts.missed_file(MISSED, REGIONS, w)
    yield "What stands in the file", (Content(f"{broadcasts.missed_file_name(w)}\n\n{inside}"),)
