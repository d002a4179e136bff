"""Figures that people read off pages and report, always with who, for whom and when (H5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Invalid
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Role
from domain.platforms import Platform
from domain.rollups import Measure
from domain.typed_figures import Metric, Typed

JUMP_SHARE = 0.30
"""A page that grows or shrinks by more than this since its last figure is rarer than a slip of the finger."""
JUMP_TIMES = 10
"""A digit too many or too few: always asked about, however small the page."""
JUMP_LEAST = 50
"""Below this difference no question is asked: a group of 40 that became 60 is ordinary."""

PAGE_METRICS = frozenset({Metric.MEMBERS, Metric.FOLLOWERS})
"""How many people a page has; everything else is counted by post, or as a day's sum of all its posts."""
POST_METRICS = (Metric.VIEWS, Metric.LIKES, Metric.COMMENTS, Metric.REPOSTS)
"""In the order in which the networks show them, and in which bare numbers are read."""
POST_ASK_AFTER = (timedelta(hours=2), timedelta(hours=24), timedelta(days=7))
"""How long after its proof a post's figures are asked for: how it started, its first day, what became of it."""
POST_ASK_DAYS = 8
"""Older posts are no longer offered: nobody remembers them."""
POST_JUMP_FROM = 100
"""Below so many a post may well grow tenfold between two looks."""

MEASURES: Mapping[Metric, Measure] = {metric: Measure(metric.value) for metric in Metric}


class FigureState(StrEnum):
    """DOUBTFUL: a jump that waits for "yes, it is right". REPLACED: corrected later; kept as history."""

    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"
    REPLACED = "replaced"


class FigureSource(StrEnum):
    TYPED = "typed"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Figure:
    """One number. `slot_id` names the publication (None: the page itself). `day`: the page's local date."""

    id: int
    page: str
    slot_id: int | None
    metric: Metric
    value: int
    day: date
    state: FigureState
    source: FigureSource
    typed_by: int
    for_person: int
    at: datetime
    screenshot: str = ""
    import_id: int | None = None


@dataclass(frozen=True)
class PostedSlot:
    """A publication whose figures are wanted. `day` is the page's local date of the slot."""

    slot_id: int
    page: str
    day: date
    posted_at: datetime
    person_id: int
    url: str
    read_at: datetime | None = None
    """When its newest figures were given."""


@dataclass(frozen=True)
class PageFigure:
    """A page in a list of what is to be reported, with its newest confirmed figure (`value` None: never reported)."""

    page: Page
    today: date
    value: int | None = None
    day: date | None = None

    @property
    def reported(self) -> bool:
        """Whether today's figure is there."""
        return self.day is not None and self.day >= self.today


@dataclass(frozen=True)
class PageAsk:
    """A page whose figure the person is now asked for; `left`: how many more of theirs lack one."""

    page: Page
    day: date
    value: int | None = None
    """What stands for the day."""
    left: int = 0
    figure_id: int | None = None
    """The figure that stands for the day: the way to its history."""


@dataclass(frozen=True)
class PostAsk:
    """A publication whose figures the person is now asked for."""

    post: PostedSlot
    page: Page
    left: int = 0


@dataclass(frozen=True)
class PageReported:
    """A figure as taken down. `before`: the newest confirmed one of an earlier day. `then`: the page asked for next."""

    figure: Figure
    page: Page
    typed_by: str
    for_person: str | None
    """The keeper's name when somebody else typed it."""
    before: Figure | None = None
    typed: Typed | None = None
    then: PageAsk | None = None
    corrected: bool = False
    """Whether it took the place of another."""


@dataclass(frozen=True)
class PostReported:
    """The figures of one publication as taken down, those typed and those that already stood."""

    post: PostedSlot
    page: Page
    figures: tuple[Figure, ...]
    typed_by: str
    for_person: str | None
    ambiguous: tuple[Typed, ...] = ()
    then: PostAsk | None = None
    corrected: bool = False
    """Whether some took the place of others."""
    before: Mapping[Metric, int] = field(default_factory=dict)
    """What stood until now where the new figure fell or jumped."""

    @property
    def doubtful(self) -> bool:
        return any(f.state is FigureState.DOUBTFUL for f in self.figures)


@dataclass(frozen=True)
class PastFigure:
    """A figure in the history of its page's day or its post. `file`: where it was imported from."""

    figure: Figure
    typed_by: str
    for_person: str | None
    file: str = ""


@dataclass(frozen=True)
class History:
    """Everything that was ever said about a page's day, or about a post; oldest first."""

    page: Page
    day: date
    slot_id: int | None
    entries: tuple[PastFigure, ...]


@dataclass(frozen=True)
class ToReport:
    """What one person can report now."""

    posts: tuple[PostAsk, ...]
    mine: tuple[PageFigure, ...]
    others: tuple[PageFigure, ...]


@dataclass(eq=False)
class BadPostFigures(Invalid):
    """This part of what was typed about a post cannot be read; empty when there was nothing to read."""

    fragment: str


@dataclass(eq=False)
class FigureSettled(Invalid):
    """The figure was corrected or confirmed since the button was drawn."""

    state: FigureState


def metric_of(platform: Platform) -> Metric:
    """What the network calls the people of a page."""
    return Metric.FOLLOWERS if platform is Platform.X else Metric.MEMBERS


def is_jump(before: int, value: int) -> bool:
    """Whether `value` is so far from `before` that it is asked about once more."""
    low, high = sorted((before, value))
    if high >= JUMP_TIMES * low and high - low >= JUMP_TIMES:
        return True
    return high - low >= JUMP_LEAST and abs(value - before) > JUMP_SHARE * before


def is_odd_post(values: Mapping[Metric, int]) -> bool:
    """More reactions than views: two numbers were probably swapped."""
    views = values.get(Metric.VIEWS)
    return views is not None and any(values.get(metric, 0) > views for metric in POST_METRICS[1:])


def is_post_jump(before: int, value: int) -> bool:
    """Whether a post's figure fell, or grew tenfold: networks count up, so a fall is a slip of the finger."""
    if value < before:
        return before - value >= JUMP_LEAST and before - value > JUMP_SHARE * before
    return before >= POST_JUMP_FROM and value >= JUMP_TIMES * before


def ask_due(age: timedelta) -> int | None:
    """Which of the moments of asking (counted from 0) a post of this age has reached last."""
    return max((n for n, after in enumerate(POST_ASK_AFTER) if age >= after), default=None)


def is_wanted(post: PostedSlot, now: datetime) -> bool:
    """Whether a post's figures are to be asked for: its last moment has come and nobody has looked since.

    Figures given from half its age on answer a moment: those of the first hours say nothing of the day.
    """
    due = ask_due(now - post.posted_at)
    if due is None or now - post.posted_at > timedelta(days=POST_ASK_DAYS):
        return False
    return post.read_at is None or post.read_at - post.posted_at < POST_ASK_AFTER[due] / 2


def day_meant(asked: date | None, today: date) -> date:
    """The page's local day a figure stands for: the day it was asked for when that is yesterday or today.

    A keeper who answers after midnight, or with the morning tea, still answers last evening's question.
    """
    return asked if asked is not None and timedelta(0) <= today - asked <= timedelta(days=1) else today


MAY_ANSWER = frozenset({Role.COORDINATOR, Role.PRESS_SECRETARY})
"""Who may report a page of their regions that nobody keeps, besides those who lead people anyway."""


def concerns(page: Page, actor: Actor) -> bool:
    """Whether the page is this person's to report: they keep it, or nobody does and they answer for its region."""
    if page.keeper_id is not None:
        return page.keeper_id == actor.id
    return actor.holds(MAY_ANSWER, page.region)


def asked_instead(page: Page) -> tuple[Role, ...]:
    """Whose role in exactly the page's region makes them asked while nobody keeps it; the first that is held counts.

    Whoever leads many regions is not asked: they would get the pages of all of them every evening.
    """
    if page.kind is PageKind.PERSONAL:
        return ()
    return (Role.PRESS_SECRETARY,) if page.region == EVERYWHERE else (Role.COORDINATOR, Role.PRESS_SECRETARY)


def is_asked(page: Page, actor: Actor) -> bool:
    """Whether this person is asked for the page's figures without having chosen it."""
    if page.keeper_id is not None:
        return page.keeper_id == actor.id
    return any(m.role in asked_instead(page) and m.region == page.region for m in actor.memberships)


def sees(regions: frozenset[str], page: Page) -> bool:
    """Whether a page lies inside `regions`."""
    return EVERYWHERE in regions or page.region in regions
