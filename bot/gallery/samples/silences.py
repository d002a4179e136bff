"""Silences: what holds, a mourning step by step, and lifting by two people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, LONG_NAME, MANY_REGIONS, NOW, REGIONS, ZONE, minutes
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.silence import Blackout, Lift, LiftKind, Mourning, SilenceKind
from domain.usecases.silence_desk import Desk, LiftView, MourningView, SilenceView
from domain.usecases.silence_lifts import Wish
from handlers.screens import silences
from texts.words import Words

chapter = Chapter("Silences")

FROM, UNTIL = datetime(2026, 9, 7), datetime(2026, 9, 9)  # noqa: DTZ001 - wall-clock times
VOTE = Blackout(EVERYWHERE, FROM, UNTIL, "Единый день голосования", SilenceKind.VOTING, id=1)
GRIEF = Blackout(
    "kazan", FROM.replace(hour=11, minute=20), UNTIL, "Авария на <шахте> & спасатели " * 5, SilenceKind.MOURNING,
    by_hand=True, id=2,
)  # fmt: skip
ZONES = ("Asia/Kamchatka", "Asia/Vladivostok", "Asia/Yakutsk", "Asia/Irkutsk", "Asia/Omsk")


def _lift(kind: LiftKind = LiftKind.OVERRIDE, region: str = "kazan", hours: int = 2) -> Lift:
    return Lift(4, kind, VOTE.key, region, hours, "Сообщение об эвакуации", 2, minutes(-5), None, None, None, None, 1)


ASKED = _lift()
HOLDS = replace(ASKED, confirmed_by=3, confirmed_at=minutes(-2), until=minutes(118))
EVERYWHERE_VIEW = SilenceView(VOTE, "", ZONES[:1], 11, (), may_lift=True)
LIFTED_VIEW = replace(EVERYWHERE_VIEW, inside=ZONES, lifted=(HOLDS,))
GRIEF_VIEW = SilenceView(GRIEF, "Республика Татарстан", ("Europe/Moscow",), 1, (), may_lift=True)
LATER = SilenceView(replace(VOTE, kind=SilenceKind.MORATORIUM), "", (), 11, (), may_lift=False)


def _seen(lift: Lift, silence: SilenceView | None = EVERYWHERE_VIEW) -> LiftView:
    return LiftView(lift, silence, REGIONS.get(lift.region, ""), "Вера Лебедева", "Пётр Громов")


@chapter.shows(silences.desk)
def desk(w: Words) -> Iterator[Take]:
    yield "Nothing", silences.desk(Desk((), (), REGIONS, everywhere=True), w, ZONE, NOW)
    views = (LIFTED_VIEW, GRIEF_VIEW, LATER)
    yield "Three kinds, one lifted", silences.desk(Desk(views, (_seen(ASKED),), REGIONS, everywhere=True), w, ZONE, NOW)
    many = Desk((GRIEF_VIEW,) * 9, (_seen(ASKED),) * 4, MANY_REGIONS, everywhere=False)
    yield "Too many", silences.desk(many, w, ZONE, NOW)


@chapter.shows(silences.where, silences.when, silences.days, silences.ask_reason, silences.mourning)
def announcing(w: Words) -> Iterator[Take]:
    yield "Where", silences.where(Desk((), (), REGIONS, everywhere=True), 0, w)
    yield "One of 89 regions", silences.where(Desk((), (), MANY_REGIONS, everywhere=False), 3, w)
    yield "From when", silences.when(EVERYWHERE, "", w)
    yield "How many days", silences.days(page_key("kazan"), "Республика Татарстан", "tomorrow", w)
    yield "Why", silences.ask_reason("", GRIEF.starts, UNTIL, w)
    made = Mourning(5, "kazan", GRIEF.starts, UNTIL, GRIEF.reason, 2, NOW, None)
    yield "Before the last tap", silences.mourning(MourningView(made, "Казань", HTML_NAME, 12), w)
    done = replace(made, confirmed_at=NOW)
    yield "Announced", silences.mourning(MourningView(done, "", LONG_NAME, 0), w)


@chapter.shows(silences.told)
def told(w: Words) -> Iterator[Take]:
    made = Mourning(5, EVERYWHERE, GRIEF.starts, UNTIL, "Национальный траур", 2, NOW, NOW)
    yield "To whoever was to post", silences.told(MourningView(made, "", HTML_NAME, 12), 3, w)
    yield "To a press secretary", silences.told(MourningView(made, "Казань", LONG_NAME, 12), 0, w)


@chapter.shows(silences.silence, silences.region, silences.hours, silences.ask_lift_reason)
def lifting(w: Words) -> Iterator[Take]:
    yield "Some zones are inside", silences.silence(replace(EVERYWHERE_VIEW, inside=ZONES), REGIONS, w, ZONE, NOW)
    yield "Lifted in one region", silences.silence(LIFTED_VIEW, REGIONS, w, ZONE, NOW)
    some = replace(GRIEF_VIEW, inside=ZONES[:1], zones=3)
    yield "One zone of three is inside", silences.silence(some, REGIONS, w, ZONE, NOW)
    yield "A mourning by hand", silences.silence(GRIEF_VIEW, REGIONS, w, ZONE, NOW)
    yield "Nothing to be done", silences.silence(LATER, REGIONS, w, ZONE, NOW)
    yield "Where, of 89", silences.region(EVERYWHERE_VIEW, MANY_REGIONS, True, 1, w)
    yield "For how long", silences.hours(1, EVERYWHERE, "", w)
    yield "Why", silences.ask_lift_reason(Wish(VOTE, "kazan", "Казань", 6), w)
    yield "Why it ends", silences.ask_lift_reason(Wish(GRIEF, "kazan", LONG_NAME, 0), w)


@chapter.shows(silences.lift)
def lift(w: Words) -> Iterator[Take]:
    yield "My own wish", silences.lift(_seen(ASKED), 2, w, ZONE, NOW)
    yield "Another's wish", silences.lift(_seen(ASKED), 3, w, ZONE, NOW)
    yield "It holds", silences.lift(_seen(HOLDS), 3, w, ZONE, NOW)
    yield "It is over", silences.lift(_seen(replace(HOLDS, until=minutes(-1))), 3, w, ZONE, NOW)
    yield "Taken back", silences.lift(_seen(replace(ASKED, dropped_at=NOW)), 3, w, ZONE, NOW)
    yield "Nobody agreed", silences.lift(_seen(replace(ASKED, at=minutes(-61))), 3, w, ZONE, NOW)
    ended = replace(_lift(LiftKind.END, hours=0), confirmed_by=3, confirmed_at=NOW, until=NOW)
    yield "A mourning ended early", silences.lift(_seen(ended, None), 3, w, ZONE, NOW)
