"""Where the campaign stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.gallery.exhibits import Chapter, Picture, Take
from bot.gallery.samples.data import AHEAD, LONG_REGION, LONG_TITLE, NOW, OVER, REGIONS, TODAY, ZONE, minutes
from domain.commitments import CommitmentSummary
from domain.forecast import Forecast, Pace
from domain.platforms import Platform
from domain.status import Hush, Kept, Marks, Overview, SilentPage, Since, Slots, Waiting
from domain.status_periods import Deciding
from domain.targets import Outlook, Target
from domain.typed_figures import Metric
from handlers.screens import status
from texts.words import Words

chapter = Chapter("Status")

_GROUPS = Target(
    "members-month-1", "Group members on VK and OK", "Участники групп ВК и ОК", Metric.MEMBERS,
    (Platform.VK, Platform.OK), ("group",), 500_000, date(2026, 9, 30),
)  # fmt: skip
_X = Target(
    "x-month-1", "Followers on X", "Читатели в X", Metric.FOLLOWERS, (Platform.X,), ("official",), 20_000,
    date(2026, 9, 30),
)  # fmt: skip


def outlook(
    fact: int | None, forecast: Forecast | None = None, pace: Pace | None = None, *, target: Target = _GROUPS
) -> Outlook:
    needed = None if fact is None or fact >= target.value else (target.value - fact) / 23
    return Outlook(
        target,
        TODAY,
        60,
        3,
        fact,
        None if fact is None else TODAY - timedelta(days=3),
        target.value // 4,
        needed,
        pace,
        forecast,
    )


WEEK = Pace(4_213.7, 7)
SHORT_OF = outlook(134_200, Forecast(402_000, 31_000, 7), WEEK)
CLOSE = outlook(134_200, Forecast(489_000, 31_000, 7), Pace(15_400.0, 7))
WELL = outlook(14_900, Forecast(24_300, 900, 7), Pace(402.0, 7), target=_X)
WIDE = outlook(14_900, Forecast(18_000, 12_000, 3), Pace(130.0, 2), target=_X)
OUTLOOKS = (SHORT_OF, WELL)
MARKS = Marks(TODAY, 0, 0, 0)

_QUIET = Overview(
    now=NOW,
    zone=ZONE,
    regions=(),
    slots=Slots(total=84, filled=84, on_time=41),
    waiting=Waiting(),
    kept=Kept(9, 0, 189, 189),
    silent=(),
    unreachable=0,
    outlooks=OUTLOOKS,
    since=Since(minutes(-200), 12, 5, 1),
    marks=MARKS,
    deciding=Deciding(312, 25 * 60, 130 * 60),
    promised=CommitmentSummary(done_in_time=3, done_late=1, open=2),
)
_BUSY = replace(
    _QUIET,
    slots=Slots(total=84, filled=78, on_time=35, late=4, missed=2, overdue=3, excused=2),
    waiting=Waiting(40, minutes(-190), 7),
    kept=Kept(60, 14, 1_090, 1_260, "Страница 0"),
    silent=tuple(SilentPage(f"p{n}", f"Страница {n}", "kazan", None) for n in range(9)),
    unreachable=5,
    sees_team=True,
    unkept=frozenset({"p0", "p1"}),
    undecidable=2,
    outlooks=(SHORT_OF, CLOSE, WELL, outlook(None, target=_X)),
    promised=CommitmentSummary(done_in_time=3, done_late=1, open=2, late=2),
)


@chapter.shows(status.overview)
def overview(w: Words) -> Iterator[Take]:
    yield "A good afternoon", status.overview(_QUIET, w)
    yield "Trouble everywhere", status.overview(_BUSY, w)
    one = replace(
        _QUIET,
        regions=("Казань", "Омск"),
        waiting=Waiting(1, minutes(-25)),
        kept=Kept(9, 1, 180, 189, LONG_TITLE),
        unreachable=1,
        lost=("Борис Ежов",),
        since=Since(minutes(-30), 0, 0, 0),
    )
    yield "A coordinator of two regions", status.overview(one, w)
    first = replace(
        _QUIET, slots=Slots(), kept=Kept(), outlooks=(outlook(None), outlook(None, target=_X)), since=None,
        deciding=Deciding(), promised=CommitmentSummary(), silent=(SilentPage("p", "Наша Казань", "kazan", None),),
    )  # fmt: skip
    yield "The first day", status.overview(first, w)
    yield "Before the campaign", status.overview(replace(first, not_running=AHEAD), w)
    yield "After the campaign", status.overview(replace(_QUIET, slots=Slots(), not_running=OVER), w)
    yield "Slots without anything", status.overview(replace(first, slots=Slots(total=6)), w)
    hushed = replace(_QUIET, hush=Hush(minutes(580)), slots=Slots(total=6, silenced=6))
    yield "A silence everywhere", status.overview(hushed, w)
    some = Hush(minutes(580), ("Сахалин", REGIONS[LONG_REGION]))
    yield "A silence in some regions", status.overview(replace(_BUSY, hush=some), w)
    old = replace(_BUSY, waiting=Waiting(3, minutes(-50 * 60), 3), since=Since(minutes(-10 * 24 * 60), 310, 95, 14))
    yield "The last look was ten days ago", status.overview(old, w)
    just = replace(_QUIET, waiting=Waiting(1, minutes(0)))
    yield "Something has just come in", status.overview(just, w)
    yield "A silence without an end", status.overview(replace(_QUIET, hush=Hush(None)), w)


@chapter.shows(status.chart_caption, status.chart_buttons)
def chart(w: Words) -> Iterator[Take]:
    reached = outlook(512_300)
    overdue = replace(outlook(14_900, target=_X), today=date(2026, 10, 2))
    afterwards = replace(reached, today=date(2026, 10, 2), at_due=498_200)
    young = replace(outlook(14_900, target=_X), pace=None)
    yield "Two targets", Picture(status.chart_caption(OUTLOOKS, TODAY, w), status.chart_buttons(w))
    stale = replace(WELL, newest=WELL.today - timedelta(days=6))
    many = (SHORT_OF, CLOSE, WIDE, reached, overdue, afterwards, young, outlook(None), WELL, stale)
    yield "Eight targets", Picture(status.chart_caption(many, TODAY, w), status.chart_buttons(w))
