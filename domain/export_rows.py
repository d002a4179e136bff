"""What an export's tables hold, row by row, and the sums of a month pack. Names are all that is in it of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median, quantiles

from domain.best_posts import Board
from domain.commitments import Commitment, CommitmentSummary
from domain.drafts import Reason, Verdict
from domain.figures import FigureSource, FigureState
from domain.people import Membership
from domain.plan import Excuse, SlotState
from domain.platforms import Platform
from domain.targets import Campaign, Outlook
from domain.typed_figures import Metric

PAGES_SHOWN = 40
"""Pages of a pack, the worst first; all of them stand in the workbook."""
NAMES_SHOWN = 12


@dataclass(frozen=True)
class NormRow:
    """One page on one local day; `slots` without those excused."""

    day: date
    page: str
    title: str
    region: str
    platform: Platform
    slots: int = 0
    filled: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0

    @property
    def posted(self) -> int:
        return self.on_time + self.late

    @property
    def kept(self) -> float | None:
        """Share of the norm; None where none was wanted."""
        return self.posted / self.slots if self.slots else None


@dataclass(frozen=True)
class PostRow:
    """One slot. `at`, `posted_at`: aware; `zone` is its page's. `figures`: the newest confirmed ones, read at `read_at`."""

    slot_id: int
    day: date
    page: str
    title: str
    region: str
    platform: Platform
    zone: str
    at: datetime
    state: SlotState
    excuse: Excuse | None
    posted_at: datetime | None
    who: str
    substitute: bool
    url: str
    rubric: str
    figures: Mapping[Metric, int] = field(default_factory=dict)
    read_at: datetime | None = None


@dataclass(frozen=True)
class FigureRow:
    """One reported number with its history; `slot_id` None: of the page itself."""

    id: int
    page: str
    title: str
    region: str
    slot_id: int | None
    metric: Metric
    value: int
    day: date
    state: FigureState
    source: FigureSource
    typed_by: str
    for_person: str
    at: datetime


@dataclass(frozen=True)
class ApprovalRow:
    """One decision. `submitted_at`: when the text was handed in before it; None: not known."""

    id: int
    draft_id: int
    version: int
    region: str
    author: str
    approver: str
    verdict: Verdict
    reason: Reason | None
    submitted_at: datetime | None
    at: datetime

    @property
    def waited(self) -> timedelta | None:
        return None if self.submitted_at is None else self.at - self.submitted_at


@dataclass(frozen=True)
class CommitmentRow:
    """With the name of who promised it."""

    commitment: Commitment
    person: str


@dataclass(frozen=True)
class PersonRow:
    """Nothing of a person but the name, the roles, and what they did."""

    id: int
    name: str
    memberships: tuple[Membership, ...]
    posted: int
    stepped_in: int
    """Of those published, how many for somebody else."""
    missed: int


# -- the pack ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NormSum:
    """A page, a region ("*": the campaign's own pages) or everything over the whole days of a period."""

    code: str
    title: str
    region: str
    slots: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0

    @property
    def posted(self) -> int:
        return self.on_time + self.late

    @property
    def unfilled(self) -> int:
        """Wanted, but nobody had a text for it or the hands."""
        return max(0, self.slots - self.posted - self.missed)

    @property
    def kept(self) -> float | None:
        return self.posted / self.slots if self.slots else None


@dataclass(frozen=True)
class Waits:
    """How long decisions took: of `count` decisions with a known beginning. `unknown`: the others."""

    code: str
    title: str
    count: int = 0
    unknown: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None


def waits(code: str, title: str, minutes: list[int], unknown: int) -> Waits:
    """`ninetieth`: nine of ten were faster; below ten decisions it would be the slowest one, and is not said."""
    if not minutes:
        return Waits(code, title, 0, unknown)
    high = timedelta(minutes=quantiles(minutes, n=10, method="inclusive")[-1]) if len(minutes) >= 10 else None
    return Waits(code, title, len(minutes), unknown, timedelta(minutes=median(minutes)), high)


@dataclass(frozen=True)
class Unmeasured:
    """What nobody counted: a pack names it, since "no data" is not 0."""

    pages: int
    silent: tuple[str, ...]
    """Titles of pages without a figure in the period, all of them."""
    posts: int
    posts_silent: int
    """Of `posts` published ones, how many without a figure."""
    linkless: int
    """Published and proven by a screenshot alone."""
    waits_unknown: int
    unplanned: int
    """Pages without a norm in the period."""


@dataclass(frozen=True)
class Pack:
    """Everything a month pack says. `days`: the whole days it counts norms by (last < first: none yet)."""

    campaign: Campaign
    span: str
    first: date
    last: date
    days: tuple[date, date]
    regions: tuple[str, ...]
    """Names; empty for the whole campaign."""
    made_at: datetime
    total: NormSum
    by_region: tuple[NormSum, ...]
    by_page: tuple[NormSum, ...]
    """The worst first."""
    by_day: tuple[tuple[date, int, int], ...]
    """Day, wanted, published."""
    waits: tuple[Waits, ...]
    """All of them first, then by region."""
    outlooks: tuple[Outlook, ...]
    """As of `asof`."""
    asof: date
    summary: CommitmentSummary
    troubled: tuple[CommitmentRow, ...]
    """Commitments that are late, were given up or kept late."""
    board: Board
    """Its best posts, or why nobody can say."""
    unmeasured: Unmeasured
