"""What a plan file may say, entry by entry: pydantic models, each mistake with its key."""

from datetime import date, datetime, time
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from domain.errors import DomainError
from domain.lanes import Lane
from domain.links import page_address
from domain.norms import Window
from domain.pages import PageKind
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.silence import Blackout, SilenceKind, voting
from domain.typed_figures import Metric

WEEK = 7
LONGEST_REGION, LONGEST_PAGE = 32, 40
"""Characters of a code: with these it still fits into a button (64 bytes; a contract test holds it)."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a zone name such as Europe/Moscow") from error
    return name


def _naive(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise ValueError("is meant by each region's own clock: write it without a zone")
    return moment


def _window(text: str) -> str:
    parse_window(text)
    return text


def parse_window(text: str) -> Window:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a window such as 09:00-12:00") from error
    if start >= end:
        raise ValueError(f"{text!r} must end after it starts (a window over midnight is two windows)")
    return Window(start, end)


Zone = Annotated[str, AfterValidator(_zone)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=LONGEST_REGION)]
Where = Annotated[str, Field(pattern=r"^(\*|[a-z0-9][a-z0-9_-]*)$", max_length=LONGEST_REGION)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Local = Annotated[datetime, AfterValidator(_naive)]


class Entry(BaseModel):
    """A key that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CampaignEntry(Entry):
    name: Title
    starts: date
    phase_end: date
    ends: date
    zone: Zone

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.starts <= self.phase_end <= self.ends:
            raise ValueError("starts, phase_end and ends must follow each other")
        return self


class RegionEntry(Entry):
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=128)]
    zone: Zone
    zones: tuple[Zone, ...] = ()


class NormEntry(Entry):
    """Either `per_day` or `per_weekday`, Monday to Sunday. `mix`: percent by rubric. `exceptions`: posts by date."""

    per_day: int | None = Field(default=None, ge=0, le=48)
    per_weekday: tuple[Annotated[int, Field(ge=0, le=48)], ...] | None = None
    windows: tuple[Annotated[str, AfterValidator(_window)], ...] = Field(min_length=1)
    gap_minutes: int = Field(ge=0, le=1440)
    daily_cap: int = Field(ge=0, le=48)
    peaks: tuple[Annotated[str, AfterValidator(_window)], ...] = ()
    starts: date | None = None
    ends: date | None = None
    mix: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    exceptions: dict[date, Annotated[int, Field(ge=0, le=48)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_frequency(self) -> Self:
        if (self.per_day is None) == (self.per_weekday is None):
            raise ValueError("needs either per_day or per_weekday")
        if self.per_weekday is not None and len(self.per_weekday) != WEEK:
            raise ValueError("per_weekday needs seven numbers, Monday to Sunday")
        most = max(*self.week, *self.exceptions.values())
        if most > self.daily_cap:
            raise ValueError(f"wants {most} posts on a day, above its daily_cap of {self.daily_cap}")
        return self

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.starts is not None and self.ends is not None and self.starts > self.ends:
            raise ValueError("ends must not come before starts")
        if sum(self.mix.values()) > 100:
            raise ValueError("mix adds up to more than 100 percent")
        windows = [parse_window(text) for text in self.windows]
        for text in self.peaks:
            peak = parse_window(text)
            if not any(one.start < peak.end and peak.start < one.end for one in windows):
                raise ValueError(f"peak {text} lies in none of the windows")
        return self

    @property
    def week(self) -> tuple[int, int, int, int, int, int, int]:
        a, b, c, d, e, f, g = self.per_weekday or (self.per_day or 0,) * WEEK
        return a, b, c, d, e, f, g


class PageEntry(Entry):
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=LONGEST_PAGE)]
    platform: Platform
    kind: PageKind
    title: Title
    region: Where
    zone: Zone | None = None
    addresses: tuple[str, ...] = Field(min_length=1)
    imprint: str | None = Field(default=None, max_length=500)
    label: str = Field(default="", max_length=100)
    approvals: int | None = Field(default=None, ge=1, le=2)
    lane: Lane | None = None
    norm: NormEntry | None = None

    @model_validator(mode="after")
    def _label_has_a_line(self) -> Self:
        if self.label and self.imprint is None:
            raise ValueError("label stands beside an imprint of the page's own: a rule says it in its line")
        return self

    @model_validator(mode="after")
    def _one_lane(self) -> Self:
        if self.lane is not None and self.approvals is not None and self.approvals != self.lane.needed:
            raise ValueError(f"approvals = {self.approvals} does not go with lane = {self.lane} (lane is enough)")
        return self

    @model_validator(mode="after")
    def _addresses_are_pages(self) -> Self:
        for address in self.addresses:
            try:
                found = page_address(address)
            except DomainError as error:
                raise ValueError(f"{address!r} is not the address of a page or group") from error
            if found.platform is not self.platform:
                raise ValueError(f"{address!r} is on {found.platform}, the page on {self.platform}")
        return self


class TargetEntry(Entry):
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
    title: Title
    title_ru: Title
    metric: Metric
    platforms: tuple[Platform, ...] = Field(min_length=1)
    kinds: tuple[PageKind, ...] = Field(min_length=1)
    value: int = Field(gt=0)
    due: date


class VotingEntry(Entry):
    first: date
    days: int = Field(ge=1, le=3)
    day_of_silence: bool = False

    @property
    def span(self) -> tuple[datetime, datetime]:
        return voting(self.first, self.days, day_of_silence=self.day_of_silence)


class SilenceEntry(Entry):
    """Either `starts` and `ends`, or `voting`, from which they follow."""

    region: Where = EVERYWHERE
    kind: SilenceKind | None = None
    starts: Local | None = None
    ends: Local | None = None
    voting: VotingEntry | None = None
    reason: Title

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.voting is not None:
            if self.starts is not None or self.ends is not None:
                raise ValueError("voting says when it starts and ends: leave out starts and ends")
            if self.kind not in {None, SilenceKind.VOTING}:
                raise ValueError(f"kind = {self.kind} does not go with voting")
        elif self.starts is None or self.ends is None:
            raise ValueError("needs starts and ends, or voting")
        elif self.starts >= self.ends:
            raise ValueError("ends must come after starts")
        return self

    def as_domain(self) -> Blackout:
        if self.voting is not None:
            return Blackout(self.region, *self.voting.span, self.reason, SilenceKind.VOTING)
        if self.starts is None or self.ends is None:
            raise AssertionError  # the validator refuses it
        return Blackout(self.region, self.starts, self.ends, self.reason, self.kind or SilenceKind.MORATORIUM)


class RubricEntry(Entry):
    """`share`: percent of all posts."""

    code: Code
    title: Annotated[str, Field(min_length=1, max_length=60)]
    title_ru: Annotated[str, Field(min_length=1, max_length=60)]
    share: int = Field(ge=0, le=100)


class PlanFile(Entry):
    """The whole file; see `examples/two-month-campaign.toml`."""

    imprints: str | None = Field(default=None, max_length=200)
    campaign: CampaignEntry
    regions: tuple[RegionEntry, ...] = Field(min_length=1)
    pages: tuple[PageEntry, ...] = Field(min_length=1)
    targets: tuple[TargetEntry, ...] = ()
    silences: tuple[SilenceEntry, ...] = ()
    rubrics: tuple[RubricEntry, ...] = ()
