"""Periods of the status, and the summaries that come by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from bot.gallery.exhibits import Alert, Chapter, Picture, Take
from bot.gallery.samples.data import LONG_REGION, LONG_TITLE, NOW, REGIONS, TODAY, VK, ZONE, minutes
from domain.commitments import CommitmentSummary
from domain.people import EVERYWHERE
from domain.status import Seen
from domain.status_periods import Deciding, Growth, Period, PeriodView, Place, Span, Stretch, Tally, spans
from handlers.screens import status, status_digests, status_periods
from texts.words import Words

chapter = Chapter("Status: periods and summaries")

START = date(2026, 9, 1)
_DAY = timedelta(days=1)


def _stretch(span: Span, tally: Tally, gained: int | None, median: int = 25 * 60) -> Stretch:
    return Stretch(
        span,
        tally,
        Growth(53, 60, gained, span.last),
        Deciding(312, median, 130 * 60),
        CommitmentSummary(3, 1, 0, 2, 0, 1),
    )


WEEK, BEFORE = spans(Period.WEEK, TODAY, START)
DAYS = {WEEK.first + n * _DAY: Tally(60, 48 - n, 5, n, n % 2) for n in range(7)}
WENT = PeriodView(
    NOW, ZONE, Period.WEEK, Place(), (), _stretch(WEEK, Tally(420, 315, 35, 21, 3), 4_213),
    None if BEFORE is None else _stretch(BEFORE, Tally(410, 330, 35, 12), 5_100, 40 * 60), DAYS,
)  # fmt: skip


def _other(period: Period, **changes: object) -> PeriodView:
    here, before = spans(period, TODAY, START)
    then = None if before is None else _stretch(before, Tally(60, 40, 5, 2), 310, 20 * 60)
    return replace(WENT, period=period, here=_stretch(here, Tally(60, 44, 5, 0, ahead=9), 310), before=then, **changes)  # type: ignore[arg-type]  # fields by name


@chapter.shows(status_periods.period)
def period(w: Words) -> Iterator[Take]:
    yield "Seven days", status_periods.period(WENT, w)
    yield "Today so far", status_periods.period(_other(Period.TODAY), w)
    yield "The month so far", status_periods.period(_other(Period.MONTH), w)
    yield "All, with nothing to compare", status_periods.period(_other(Period.ALL), w)
    empty = Stretch(WEEK, Tally(), Growth(0, 60), Deciding(), CommitmentSummary())
    yield "Nothing happened", status_periods.period(replace(WENT, here=empty, before=empty), w)
    first = Stretch(
        WEEK, Tally(10, 2), Growth(4, 60, None, TODAY), Deciding(1, 7_200, 7_200), CommitmentSummary(open=1)
    )
    yield "The first week", status_periods.period(replace(WENT, here=first, before=empty), w)
    lost = replace(WENT.here, growth=Growth(53, 60, -12, TODAY))
    one = replace(WENT, place=Place(region="kazan"), names=("Казань",), here=lost)
    yield "A region that loses readers", status_periods.period(one, w)
    long = replace(WENT, place=Place(region=LONG_REGION), names=(REGIONS[LONG_REGION],))
    yield "A long name", status_periods.period(long, w)
    yield "Federal pages", status_periods.period(replace(WENT, place=Place(region=EVERYWHERE), names=("",)), w)
    page = replace(WENT, place=Place(page=VK.code), names=(LONG_TITLE,))
    bare = replace(WENT.here, deciding=None, promised=None)
    yield "One page", status_periods.period(replace(page, here=bare), w)


@chapter.shows(status_periods.summary)
def summary(w: Words) -> Iterator[Take]:
    yield "The week that ended", status_periods.summary(replace(WENT, period=None), w)
    yield "The month that ended", status_periods.summary(_month(), w)


def _month() -> PeriodView:
    return replace(
        _other(Period.MONTH),
        period=None,
        here=_stretch(Span(START, START + 29 * _DAY), Tally(1_800, 1_600, 90, 70), 41_213),
    )


@chapter.shows(status_periods.caption, status_periods.title)
def caption(w: Words) -> Iterator[Take]:
    yield "Under the chart", Picture(status_periods.caption(WENT, w), status.chart_buttons(w))
    none = replace(WENT, here=replace(WENT.here, tally=Tally()), days={})
    yield "An empty one", Picture(status_periods.caption(none, w), status.chart_buttons(w))


@chapter.shows(status_periods.has_picture)
def has_picture(w: Words) -> Iterator[Take]:
    yield "A second tap on [Chart]", Alert(status_periods.has_picture(w), toast=True)


@chapter.shows(status_digests.digests)
def digests(w: Words) -> Iterator[Take]:
    yield "None", status_digests.digests(Seen(), ZONE, NOW, w)
    yield (
        "All three",
        status_digests.digests(Seen(None, None, None, None, time(9), time(10), time(12), pictured=True), ZONE, NOW, w),
    )


@chapter.shows(status_digests.hours)
def hours(w: Words) -> Iterator[Take]:
    yield "Not subscribed", status_digests.hours(0, None, ZONE, NOW, w)
    yield "An hour was chosen", status_digests.hours(1, time(9), ZONE, NOW, w, minutes(1120))
    yield "Subscribed", status_digests.hours(2, time(9), ZONE, NOW, w)
