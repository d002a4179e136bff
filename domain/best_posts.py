"""Which posts did best: each against its own page's usual, at the same age, and only where the numbers carry it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import exp, log, sqrt
from statistics import median

from domain.figures import JUMP_SHARE, Figure, FigureSource, FigureState
from domain.pages import Page
from domain.platforms import Platform
from domain.typed_figures import Metric

PAGE_LEAST = 5
"""Posts with figures of one age that a page needs before it has a usual."""
USUAL_LEAST = 10
"""Below this usual one tap more or less decides: the page is not compared."""
GROUP_LEAST = 10
"""Compared posts that a network, a rubric or hours need before anything is said of them."""
AT_MOST = 8
"""Posts of a list."""
STEP = 50
"""Thousandths of the usual in one step of a spread: 5 %."""
ACTIONS = (Metric.LIKES, Metric.COMMENTS, Metric.REPOSTS)


class PostAge(StrEnum):
    """How old a post was when its figures were read; only equal ages are compared."""

    START = "start"
    DAY = "day"
    WEEK = "week"


AGES: Mapping[PostAge, tuple[timedelta, timedelta]] = {
    PostAge.START: (timedelta(hours=1), timedelta(hours=6)),
    PostAge.DAY: (timedelta(hours=12), timedelta(hours=48)),
    PostAge.WEEK: (timedelta(days=3, hours=12), timedelta(days=14)),
}
"""From when until when figures stand for +2 h, +24 h and +7 d."""
PREFERRED = (PostAge.DAY, PostAge.WEEK, PostAge.START)


class PostMeasure(StrEnum):
    """ACTIONS: likes, comments and reposts together, where all three were given."""

    VIEWS = "views"
    ACTIONS = "actions"


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def since(self, today: date, starts: date) -> date:
        """First day; `starts`: of the campaign."""
        days = {Period.WEEK: 7, Period.MONTH: 30}.get(self)
        return starts if days is None else today - timedelta(days=days - 1)


# -- what is stored, by page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Publication:
    """A proven post. `at`: the moment of its slot; `posted_at`: of its proof."""

    slot_id: int
    day: date
    at: datetime
    posted_at: datetime
    rubric: str = ""


@dataclass(frozen=True)
class Result:
    """What a post reached at an age. `score`: thousandths of its page's usual; None: there is nothing to compare it with.

    `hour`: of the page's clock; None: it was proven too long after its slot to know. `given_at`, `given_by`: of its last figure.
    """

    slot_id: int
    age: PostAge
    measure: PostMeasure
    day: date
    rubric: str
    hour: int | None
    value: int
    score: int | None
    given_at: datetime
    given_by: int
    source: FigureSource


@dataclass(frozen=True)
class Usual:
    """The median of a page's posts at an age, and of how many."""

    age: PostAge
    measure: PostMeasure
    value: int
    posts: int


HOUR_KNOWN = timedelta(hours=2)
"""A proof so near to its slot's moment shows that the post was made at that hour."""


def of_page(
    page: Page, posts: Iterable[Publication], figures: Iterable[Figure]
) -> tuple[tuple[Result, ...], tuple[Usual, ...]]:
    """Everything that can be compared of one page. `figures`: of its posts, replaced ones included (they tell earlier ages)."""
    by_post: dict[int, list[Figure]] = defaultdict(list)
    for one in sorted(figures, key=lambda f: (f.at, f.id)):
        if one.slot_id is not None and one.state is not FigureState.DOUBTFUL:
            by_post[one.slot_id].append(one)
    found: dict[tuple[PostAge, PostMeasure], list[Result]] = defaultdict(list)
    for post in posts:
        for age in PostAge:
            for made in _results(page, post, age, _at_age(post, age, by_post[post.slot_id])):
                found[age, made.measure].append(made)
    results, usuals = list[Result](), list[Usual]()
    for (age, measure), some in found.items():
        usual = Usual(age, measure, round(median(one.value for one in some)), len(some))
        usuals.append(usual)
        results += [_scored(one, usual) for one in some]
    return tuple(results), tuple(usuals)


def _at_age(post: Publication, age: PostAge, given: Sequence[Figure]) -> dict[Metric, Figure]:
    """The last figure of each metric read at that age, unless a later one shows that it was a slip."""
    early, late = AGES[age]
    found: dict[Metric, Figure] = {}
    for one in given:
        if early <= one.at - post.posted_at <= late:
            found[one.metric] = one
        elif one.metric in found and is_slip(found[one.metric].value, one.value):
            del found[one.metric]
    return found


def is_slip(before: int, later: int) -> bool:
    """Whether a later figure shows that the earlier one was wrong: networks count up. A few likes may be taken back."""
    return later < before * (1 - JUMP_SHARE)


def _results(page: Page, post: Publication, age: PostAge, given: Mapping[Metric, Figure]) -> Iterable[Result]:
    local = post.at.astimezone(page.tz)
    hour = local.hour if abs(post.posted_at - post.at) <= HOUR_KNOWN else None
    for measure, metrics in ((PostMeasure.VIEWS, (Metric.VIEWS,)), (PostMeasure.ACTIONS, ACTIONS)):
        if all(metric in given for metric in metrics):
            some = [given[metric] for metric in metrics]
            last = max(some, key=lambda f: (f.at, f.id))
            value = sum(f.value for f in some)
            told = (last.at, last.typed_by, last.source)
            yield Result(post.slot_id, age, measure, post.day, post.rubric, hour, value, None, *told)


def _scored(one: Result, usual: Usual) -> Result:
    if usual.posts < PAGE_LEAST or usual.value < USUAL_LEAST:
        return one
    score = round(1000 * one.value / usual.value)
    return replace(one, score=score)


# -- what is said of many ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """Of `n` posts against their pages' usual: the middle one, and between what the middle half lies (1.0: as usual)."""

    n: int
    low: float
    middle: float
    high: float

    @property
    def enough(self) -> bool:
        return self.n >= GROUP_LEAST

    @property
    def outstanding(self) -> float:
        """From here on a post stands out: a whole spread above the middle half, on a scale of ratios."""
        return self.high * max(self.high / self.low, MIN_SPREAD)

    @property
    def surely(self) -> tuple[float, float]:
        """Between what the middle lies in spite of chance: 1.58 spreads over √n to both sides (McGill, Tukey, Larsen 1978)."""
        half = 1.58 * log(max(self.high / self.low, MIN_SPREAD)) / sqrt(self.n)
        return self.middle * exp(-half), self.middle * exp(half)


MIN_SPREAD = 1.1
"""Figures as alike as that are alike by rounding."""


def spread(counts: Mapping[int, int]) -> Spread | None:
    """`counts`: posts by step of their score (of `STEP` thousandths)."""
    n = sum(counts.values())
    if not n:
        return None
    return Spread(n, _quantile(counts, n, 0.25), _quantile(counts, n, 0.5), _quantile(counts, n, 0.75))


def _quantile(counts: Mapping[int, int], n: int, share: float) -> float:
    """The middle of the step in which that share of the posts is reached."""
    reached = 0
    for step in sorted(counts):
        reached += counts[step]
        if reached >= share * n:
            return (step + 0.5) * STEP / 1000
    raise ValueError("a share above 1")


def surely_better(one: Spread, other: Spread) -> bool:
    """Whether the difference is larger than chance and the spread make it."""
    return one.enough and other.enough and one.surely[0] > other.surely[1]


@dataclass(frozen=True)
class Group:
    """The posts of a rubric (`code`)."""

    code: str
    spread: Spread


def ranked(counts: Mapping[str, Mapping[int, int]]) -> tuple[Group, ...]:
    """The best middle first; those with too few posts last."""
    groups = [Group(code, found) for code, some in counts.items() if (found := spread(some)) is not None]
    return tuple(sorted(groups, key=lambda g: (not g.spread.enough, -g.spread.middle, g.code)))


def winner(groups: Sequence[Group]) -> Group | None:
    """The first of `ranked` groups when it is surely better than every other with enough posts; None: nobody can say."""
    enough = [group for group in groups if group.spread.enough]
    if len(enough) < 2 or not all(surely_better(enough[0].spread, other.spread) for other in enough[1:]):
        return None
    return enough[0]


# -- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BestPost:
    """`usual`: the page's, of `usual_posts` posts at the same age. `ratio`: 2.8 is 2.8 times as much."""

    slot_id: int
    page: str
    platform: Platform
    region: str
    day: date
    rubric: str
    text: str
    url: str
    value: int
    usual: int
    usual_posts: int
    ratio: float
    given_at: datetime
    given_by: str
    source: FigureSource
    draft_id: int | None
    stands_out: bool = False


@dataclass(frozen=True)
class Scope:
    """Which pages are looked at: these, or (None) all of the regions (`EVERYWHERE`: of all)."""

    regions: frozenset[str]
    pages: frozenset[str] | None = None


@dataclass(frozen=True)
class Bare:
    """A published post without figures."""

    slot_id: int
    page: str
    day: date
    url: str


@dataclass(frozen=True)
class Board:
    """Best posts of some pages in a time. `posts`: published, `measured`: with figures at `age`, `compared`: with a page's usual."""

    age: PostAge
    measure: PostMeasure
    since: date
    until: date
    posts: int
    measured: int
    compared: int
    best: tuple[BestPost, ...] = ()
    spread: Spread | None = None
    platforms: tuple[str, ...] = ()
    """Networks with compared posts. They are not ranked: each post is measured by its own page, so networks come out alike."""
    rubrics: tuple[Group, ...] = ()

    @property
    def without(self) -> int:
        """Published posts that have no figures at this age."""
        return max(0, self.posts - self.measured)

    @property
    def enough(self) -> bool:
        return self.compared >= self.least

    @property
    def least(self) -> int:
        return PAGE_LEAST


def age_to_show(counts: Mapping[PostAge, int]) -> PostAge:
    """A day after, as long as enough posts have such figures; else the age at which most have."""
    if counts.get(PostAge.DAY, 0) >= PAGE_LEAST:
        return PostAge.DAY
    return max(PREFERRED, key=lambda age: counts.get(age, 0))
