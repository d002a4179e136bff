"""Status, close up: one page with its posts and figures, one post with how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.drafts import Verdict
from domain.figures import Figure
from domain.pages import Page
from domain.plan import AssignmentState, Excuse, SlotState
from domain.status import PageLine
from domain.typed_figures import Metric


@dataclass(frozen=True)
class PostLine:
    """One slot whose moment has passed: who had it, what became of it, how it did."""

    slot_id: int
    at: datetime
    state: SlotState
    posted_at: datetime | None
    who: str | None
    url: str | None
    figures: Mapping[Metric, int]


@dataclass(frozen=True)
class FigureLine:
    """A reported figure and the names of who typed it and for whom."""

    figure: Figure
    typed_by: str
    for_person: str


@dataclass(frozen=True)
class PageView:
    """One page: today, the week against its norm, recent posts and figures."""

    now: datetime
    line: PageLine
    region_name: str
    keeper: str | None
    posts: tuple[PostLine, ...]
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True)
class Holder:
    """Somebody who was asked to publish a post."""

    name: str
    state: AssignmentState
    substitute: bool


@dataclass(frozen=True)
class Verdicts:
    """A decision on the text of a post."""

    name: str
    verdict: Verdict
    version: int
    at: datetime


@dataclass(frozen=True)
class PostTrail:
    """One slot and how it came about. `text`: the approved words, empty without any; `excuse`: why it counts apart."""

    slot_id: int
    page: str
    at: datetime
    state: SlotState
    posted_at: datetime | None
    url: str | None
    excuse: Excuse | None
    draft_id: int | None
    text: str
    author: str | None
    holders: tuple[Holder, ...]
    decisions: tuple[Verdicts, ...]
    figures: Mapping[Metric, int]


@dataclass(frozen=True)
class PostView:
    """A post as a reader sees it; `region` is where its page lies."""

    now: datetime
    page: Page
    region_name: str
    trail: PostTrail
