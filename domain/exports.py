"""Exports: a period of the campaign as a workbook, as tables or as a pack to hand on. Who may have what, and what a cell may hold."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.people import EVERYWHERE
from domain.targets import Campaign, campaign_clock

EVALUATED = timedelta(days=7)
"""How long after month 1 it is the one that is asked for first."""
KEPT = timedelta(days=1)
"""How long a finished file lies on the disk: it was sent, and can be made again at any time."""
AT_ONCE = 3
"""Files that one person may wait for: the fourth would only hold up the others'."""
TRIES = 3
"""After so many failures a file is given up, and its reader told."""
MOST_ROWS = 500_000
"""Rows of one table; a sheet of Excel takes 1,048,576 (Microsoft, Excel specifications and limits)."""
MOST_BYTES = 45_000_000
"""Bot API, sendDocument: files of at most 50 MB."""
CELL_LIMIT = 32_767
"""Characters in a cell (Microsoft, Excel specifications and limits)."""
NAME_LIMIT = 80


class ExportFormat(StrEnum):
    """The value is stored."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    EVIDENCE = "evidence"
    """All about one post, in a zip; asked for in its journal."""


PERIODIC = (ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.PDF)
"""Those of a period, which /export offers."""


class ExportSubject(StrEnum):
    """One table each. The value is stored and stands in file names."""

    NORM = "norm"
    POSTS = "posts"
    FIGURES = "figures"
    APPROVALS = "approvals"
    TARGETS = "targets"
    COMMITMENTS = "commitments"
    PEOPLE = "people"


class ExportState(StrEnum):
    """`gone`: the file was deleted after a day; the row stays as a record of who took what."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"
    GONE = "gone"


class ExportFailure(StrEnum):
    """Why there is no file. `rights`: the person may not have it any more."""

    TOO_BIG = "too_big"
    RIGHTS = "rights"
    BROKEN = "broken"


@dataclass(frozen=True)
class Span:
    """A period by whole days, both included. `code`: m1, m2, all, or a calendar month as 2026-09."""

    code: str
    first: date
    last: date


@dataclass(frozen=True)
class ExportWish:
    """What somebody asks for. `region`: a code, "*" the whole campaign, empty all that the person may see.

    `subject` empty: all tables. `comma`: decimal commas, as Russian Excel reads them; both count for CSV only.
    """

    format: ExportFormat
    span: str
    region: str = ""
    subject: str = ""
    comma: bool = True


@dataclass(frozen=True)
class Export:
    """A file that was asked for: a row, so that a restart makes it again. `regions`: what it covers, "*" for everything."""

    id: int
    person_id: int
    format: ExportFormat
    span: str
    first: date
    last: date
    regions: tuple[str, ...]
    subject: str
    comma: bool
    language: str
    state: ExportState
    failure: ExportFailure | None
    tries: int
    sha256: str
    name: str
    size: int
    asked_at: datetime
    made_at: datetime | None
    version: int

    @property
    def object(self) -> str:
        return f"export:{self.id}"


@dataclass(eq=False)
class TooManyExports(Conflict):
    """So many files of this person are being made already."""

    limit: int


@dataclass(eq=False)
class ExportPeriodBad(Invalid):
    """No such period in this campaign, or it has not begun."""

    code: str


# -- periods -----------------------------------------------------------------------------------------------------------


def spans(campaign: Campaign, today: date) -> tuple[Span, ...]:
    """The periods that have begun: the two months of the campaign, all of it, and calendar months that are none of these."""
    chosen = [
        Span("m1", campaign.starts, campaign.phase_end),
        Span("m2", campaign.phase_end + timedelta(days=1), campaign.ends),
        Span("all", campaign.starts, campaign.ends),
    ]
    day = campaign.starts.replace(day=1)
    while day <= campaign.ends:
        following = (day + timedelta(days=31)).replace(day=1)
        span = Span(f"{day:%Y-%m}", max(day, campaign.starts), min(following - timedelta(days=1), campaign.ends))
        if (span.first, span.last) not in {(known.first, known.last) for known in chosen}:
            chosen.append(span)
        day = following
    return tuple(span for span in chosen if span.first <= min(today, span.last))


def find_span(campaign: Campaign, code: str, today: date) -> Span:
    """By its code, or by a calendar month that is one of the campaign's own; raises `ExportPeriodBad`."""
    known = spans(campaign, today)
    for span in known:
        if span.code == code or (code == f"{span.first:%Y-%m}" == f"{span.last:%Y-%m}"):
            return span
    raise ExportPeriodBad(code)


def usual_span(campaign: Campaign, today: date) -> str:
    """The month that runs, month 1 also in the week after it, when it is evaluated; afterwards the whole campaign."""
    if campaign.phase_end < today <= min(campaign.phase_end + EVALUATED, campaign.ends):
        return "m1"
    return {0: "m1", 1: "m1", 2: "m2", 3: "all"}[campaign_clock(campaign, today).phase]


def whole_days(span: Span, today: date) -> tuple[date, date]:
    """The days of a period that are over, as first and last (last < first: none): today's posts are not missed yet."""
    return span.first, min(span.last, today - timedelta(days=1))


def is_everything(regions: frozenset[str] | tuple[str, ...]) -> bool:
    return EVERYWHERE in regions


# -- cells and names ---------------------------------------------------------------------------------------------------

_STARTS_FORMULA = frozenset("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")
"""What begins a formula somewhere; the last four are full-width signs, which eastern Excels take as well."""
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")
"""Characters that XML 1.0 cannot carry, and NUL, at which readers of CSV stop."""


def neutral(text: str) -> str:
    """Somebody's words as a cell that no program takes for a formula: an apostrophe goes before what could begin one."""
    risky = text[:1] in _STARTS_FORMULA or text.lstrip()[:1] in _STARTS_FORMULA
    clean = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    risky = risky or clean.lstrip()[:1] in _STARTS_FORMULA
    return ("'" + clean if risky else clean)[:CELL_LIMIT]


_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def safe_name(*parts: str, ending: str) -> str:
    """A file name for every system: letters, digits and dashes, at most 80 characters, none of the names Windows keeps."""
    words = (re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", part)).strip("-_") for part in parts)
    stem = "-".join(word for word in words if word)[: NAME_LIMIT - len(ending) - 1].strip("-_") or "export"
    if _RESERVED.fullmatch(stem):
        stem = f"hq-{stem}"
    return f"{stem}.{ending}"
