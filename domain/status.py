"""Where the campaign stands, as its staff read it: problems first, numbers with their source."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from domain.commitments import CommitmentSummary
from domain.pages import Page
from domain.status_periods import Deciding
from domain.targets import Campaign, Outlook

NORM_DAYS = 7
"""Whole days over which a page is compared with its norm: every weekday once."""
SILENT_DAYS = 2
"""A page without a figure for longer than this is named: one forgotten evening is not worth a line."""
OVERDUE_AFTER = timedelta(minutes=30)
"""A slot unproven for longer is named: by then the assignee was reminded and a substitute has been asked."""
SITTING = timedelta(minutes=10)
"""Looks closer together than this are one look: going back and forth keeps "since you last looked"."""


class Severity(IntEnum):
    """How a region or page is marked, in lists and on its own screen alike."""

    WELL = 0
    UNEASY = 1
    BAD = 2


def severity(*, bad: bool, uneasy: bool) -> Severity:
    return Severity.BAD if bad else Severity.UNEASY if uneasy else Severity.WELL


@dataclass(frozen=True)
class Slots:
    """The slots of one local day. `filled`: somebody got the text and the task, whatever came of it later.

    `missed` is known when the day is closed; until then `overdue` counts what should be there and is not.
    """

    total: int = 0
    filled: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    overdue: int = 0
    silenced: int = 0
    """Empty ones whose moment lies in a silence: nothing was to be published."""
    excused: int = 0
    """Taken out or taken down through nobody's fault; besides `total`, unless the network removed what was posted."""

    @property
    def posted(self) -> int:
        return self.on_time + self.late

    @property
    def empty(self) -> int:
        """Slots without a text or a person."""
        return max(0, self.total - self.filled - self.silenced)

    @property
    def trouble(self) -> int:
        """Slots a manager should know of."""
        return self.missed + self.overdue + self.empty

    def __add__(self, other: "Slots") -> "Slots":
        return Slots(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Waiting:
    """Drafts that wait for a decision; `oldest`: when the oldest was handed in; `overdue`: past the promised time."""

    count: int = 0
    oldest: datetime | None = None
    overdue: int = 0

    def __add__(self, other: "Waiting") -> "Waiting":
        known = [at for at in (self.oldest, other.oldest) if at is not None]
        return Waiting(self.count + other.count, min(known, default=None), self.overdue + other.overdue)


@dataclass(frozen=True)
class PageWeek:
    """What a page posted and what its norm wanted over the last week."""

    code: str
    title: str
    region: str
    posted: int
    wanted: int

    @property
    def short(self) -> bool:
        return self.posted < self.wanted


@dataclass(frozen=True)
class Kept:
    """How the norms of `pages` were kept over the last week; `short`: how many were not, `worst` one of those by name."""

    pages: int = 0
    short: int = 0
    posted: int = 0
    wanted: int = 0
    worst: str = ""

    @property
    def share(self) -> float:
        """Posted of wanted, at most 1; only where something was wanted."""
        return min(1.0, self.posted / self.wanted)


@dataclass(frozen=True)
class SilentPage:
    """A page without a recent figure; `last` None: nobody has ever reported one."""

    code: str
    title: str
    region: str
    last: date | None


@dataclass(frozen=True)
class Since:
    """What happened since the reader looked at `at`."""

    at: datetime
    posted: int
    approved: int
    joined: int


@dataclass(frozen=True)
class Marks:
    """Where the counters stood when somebody looked. `day`: from which local day on `posted` was summed."""

    day: date
    posted: int
    decision: int
    membership: int


@dataclass(frozen=True)
class Seen:
    """A reader's row: the last look with its marks, the look before it, and the local hours they subscribed to.

    The week's summary comes on Mondays, the month's on the first. `pictured`: with their chart.
    """

    looked_at: datetime | None = None
    last: Marks | None = None
    before_at: datetime | None = None
    before: Marks | None = None
    daily_at: time | None = None
    weekly_at: time | None = None
    monthly_at: time | None = None
    pictured: bool = False

    def base(self, now: datetime) -> tuple[datetime, Marks] | None:
        """What "since you last looked" counts from: an earlier sitting, not the screen one minute ago."""
        if self.looked_at is not None and self.last is not None and now - self.looked_at >= SITTING:
            return self.looked_at, self.last
        if self.before_at is not None and self.before is not None:
            return self.before_at, self.before
        return None


@dataclass(frozen=True)
class RegionLine:
    """One region in a list. `code` "*" stands for pages of the whole campaign."""

    code: str
    name: str
    slots: Slots = Slots()
    waiting: Waiting = Waiting()
    short: int = 0
    silent: int = 0
    """Pages with a keeper and without fresh figures."""
    unreachable: int = 0
    unkept: int = 0
    undecidable: int = 0

    @property
    def trouble(self) -> int:
        pages = self.short + self.silent + self.unkept + self.undecidable
        return self.slots.trouble + pages + self.unreachable

    @property
    def severity(self) -> Severity:
        """Bad: something was to be out or decided today and is not."""
        bad = bool(self.slots.trouble or self.waiting.overdue)
        return severity(bad=bad, uneasy=bool(self.trouble or self.waiting.count))


@dataclass(frozen=True)
class Hush:
    """A silence that runs now. `until` None: nobody can tell. `regions`: names, empty when all the reader's are silent."""

    until: datetime | None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """The first screen. `regions`: the reader's own, empty for the whole campaign."""

    now: datetime
    zone: str
    regions: tuple[str, ...]
    slots: Slots
    waiting: Waiting
    kept: Kept
    """Norms over the last week; of no page in the campaign's first days."""
    silent: tuple[SilentPage, ...]
    unreachable: int
    """People; who they are and how to reach them stands in /team."""
    outlooks: tuple[Outlook, ...]
    since: Since | None
    marks: Marks
    unkept: frozenset[str] = frozenset()
    """Pages that nobody keeps."""
    undecidable: int = 0
    """Pages whose texts too few people may approve."""
    hush: Hush | None = None
    deciding: Deciding = field(default_factory=Deciding)
    """Of the last seven days to the hour."""
    promised: CommitmentSummary = field(default_factory=CommitmentSummary)
    """Commitments due in the last seven days and today, and all older ones that are still open."""
    not_running: Campaign | None = None
    """The campaign, when it has not begun or is over."""
    sees_team: bool = False
    """Whether the reader may open people's cards."""
    lost: tuple[str, ...] = ()
    """The name of the only one who cannot be reached, for readers who see their region's team."""

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell somebody who has not asked: nothing planned, waiting or new."""
        new = self.since is not None and (self.since.posted or self.since.approved or self.since.joined)
        return not (self.slots.total or self.slots.excused or self.waiting.count or new or self.promised.late)

    @property
    def forgotten(self) -> tuple[SilentPage, ...]:
        """Pages whose keeper does not report; of those without a keeper nothing else can be expected."""
        return tuple(page for page in self.silent if page.code not in self.unkept)


@dataclass(frozen=True)
class PageLine:
    """One page in a list, with its newest confirmed figure."""

    page: Page
    slots: Slots
    value: int | None
    day: date | None
    posted: int
    wanted: int

    @property
    def trouble(self) -> bool:
        return self.posted < self.wanted or self.slots.trouble > 0 or self.value is None

    @property
    def severity(self) -> Severity:
        return severity(bad=self.slots.trouble > 0, uneasy=self.trouble)


@dataclass(frozen=True)
class RegionView:
    """One region: its line, who cannot be reached, its pages with trouble first."""

    now: datetime
    line: RegionLine
    unreachable: tuple[str, ...]
    """Names, for readers who see the region's team."""
    pages: tuple[PageLine, ...]
