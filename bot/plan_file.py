"""The plan file: TOML in, domain values out. Every mistake is named by its key before anything is changed."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.config import ConfigError, first_problem
from domain.errors import DomainError
from domain.links import page_address
from domain.norms import Norm, Window
from domain.pages import Page, PageKind, Region
from domain.people import EVERYWHERE
from domain.plan_load import CampaignPlan, silence_key
from domain.platforms import Platform
from domain.silence import Blackout
from domain.targets import Campaign, Target
from domain.typed_figures import Metric

WEEK = 7
LONGEST_REGION, LONGEST_PAGE = 32, 40
"""Characters of a code: with these it still fits into a button (64 bytes; a contract test holds it)."""
T = TypeVar("T")


class PlanError(ConfigError):
    """The plan cannot be loaded; one line with the key and the reason."""


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
    _parse_window(text)
    return text


def _parse_window(text: str) -> Window:
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


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CampaignEntry(_Entry):
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


class RegionEntry(_Entry):
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=128)]
    zone: Zone
    zones: tuple[Zone, ...] = ()


class NormEntry(_Entry):
    """Either `per_day` or `per_weekday`, Monday to Sunday."""

    per_day: int | None = Field(default=None, ge=0, le=48)
    per_weekday: tuple[Annotated[int, Field(ge=0, le=48)], ...] | None = None
    windows: tuple[Annotated[str, AfterValidator(_window)], ...] = Field(min_length=1)
    gap_minutes: int = Field(ge=0, le=1440)
    daily_cap: int = Field(ge=0, le=48)

    @model_validator(mode="after")
    def _one_frequency(self) -> Self:
        if (self.per_day is None) == (self.per_weekday is None):
            raise ValueError("needs either per_day or per_weekday")
        if self.per_weekday is not None and len(self.per_weekday) != WEEK:
            raise ValueError("per_weekday needs seven numbers, Monday to Sunday")
        if max(self.week) > self.daily_cap:
            raise ValueError(f"wants {max(self.week)} posts on a day, above its daily_cap of {self.daily_cap}")
        return self

    @property
    def week(self) -> tuple[int, int, int, int, int, int, int]:
        a, b, c, d, e, f, g = self.per_weekday or (self.per_day or 0,) * WEEK
        return a, b, c, d, e, f, g


class PageEntry(_Entry):
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=LONGEST_PAGE)]
    platform: Platform
    kind: PageKind
    title: Title
    region: Where
    zone: Zone | None = None
    addresses: tuple[str, ...] = Field(min_length=1)
    imprint: str = Field(max_length=500)
    approvals: int = Field(default=1, ge=1, le=2)
    norm: NormEntry | None = None

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


class TargetEntry(_Entry):
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
    title: Title
    title_ru: Title
    metric: Metric
    platforms: tuple[Platform, ...] = Field(min_length=1)
    kinds: tuple[PageKind, ...] = Field(min_length=1)
    value: int = Field(gt=0)
    due: date


class SilenceEntry(_Entry):
    region: Where = EVERYWHERE
    starts: Local
    ends: Local
    reason: Title

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts >= self.ends:
            raise ValueError("ends must come after starts")
        return self


class PlanFile(_Entry):
    """The whole file; see `examples/two-month-campaign.toml`."""

    campaign: CampaignEntry
    regions: tuple[RegionEntry, ...] = Field(min_length=1)
    pages: tuple[PageEntry, ...] = Field(min_length=1)
    targets: tuple[TargetEntry, ...] = ()
    silences: tuple[SilenceEntry, ...] = ()


def read_plan(path: Path) -> tuple[str, CampaignPlan]:
    """The text at `path` and the plan it is; `PlanError` names the file, the first wrong key and why."""
    try:
        text = path.read_text("utf-8")
        return text, parse_plan(text)
    except OSError as error:
        raise PlanError(
            f"{path}: {'no such file' if isinstance(error, FileNotFoundError) else error.strerror}"
        ) from None
    except UnicodeDecodeError:
        raise PlanError(f"{path}: not UTF-8 text") from None
    except PlanError as error:
        raise PlanError(f"{path}: {error}") from None


def parse_plan(text: str) -> CampaignPlan:
    """The plan in a TOML text; `PlanError` without the file's name."""
    try:
        plan = PlanFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"not TOML: {error}") from None
    except ValidationError as error:
        raise PlanError(first_problem(error)) from None
    _ensure_distinct("regions", (r.code for r in plan.regions))
    _ensure_distinct("pages", (p.code for p in plan.pages))
    _ensure_distinct("targets", (t.code for t in plan.targets))
    _ensure_regions_known(plan)
    _ensure_addresses_of_one_page(plan)
    return _as_domain(plan)


def _ensure_distinct(where: str, keys: Iterable[str]) -> None:
    for key, times in Counter(keys).items():
        if times > 1:
            raise PlanError(f"{where}: {key!r} stands there {times} times")


def _ensure_regions_known(plan: PlanFile) -> None:
    known = {EVERYWHERE, *(region.code for region in plan.regions)}
    used = [(f"pages[{n}].region", page.region) for n, page in enumerate(plan.pages, 1)]
    used += [(f"silences[{n}].region", silence.region) for n, silence in enumerate(plan.silences, 1)]
    for key, region in used:
        if region not in known:
            raise PlanError(f"{key}: no region {region!r} in this plan")


def _ensure_addresses_of_one_page(plan: PlanFile) -> None:
    """A proof is matched by address: one address cannot belong to two pages."""
    owners: dict[tuple[Platform, str], str] = {}
    for page in plan.pages:
        for address in page.addresses:
            found = page_address(address)
            for key in found.keys:
                other = owners.setdefault((found.platform, key), page.code)
                if other != page.code:
                    raise PlanError(f"pages: {address} belongs to {other!r} and to {page.code!r}")


def _as_domain(plan: PlanFile) -> CampaignPlan:
    regions = {r.code: Region(r.code, r.name, r.zone, tuple(dict.fromkeys((r.zone, *r.zones)))) for r in plan.regions}
    zones = {EVERYWHERE: plan.campaign.zone, **{code: region.zone for code, region in regions.items()}}
    silences = [Blackout(s.region, s.starts, s.ends, s.reason) for s in plan.silences]
    c = plan.campaign
    return CampaignPlan(
        campaign=Campaign(c.name, c.starts, c.phase_end, c.ends, c.zone),
        regions=regions,
        pages={page.code: _page(page, zones) for page in plan.pages},
        norms={page.code: _norm(page.code, page.norm) for page in plan.pages if page.norm is not None},
        targets={t.code: _target(t) for t in plan.targets},
        silences={silence_key(silence): silence for silence in silences},
    )


def _page(entry: PageEntry, zones: dict[str, str]) -> Page:
    return Page(
        code=entry.code,
        platform=entry.platform,
        kind=entry.kind,
        title=entry.title,
        region=entry.region,
        zone=entry.zone or zones[entry.region],
        addresses=entry.addresses,
        imprint=entry.imprint,
        approvals_needed=entry.approvals,
        keeper_id=None,
        active=True,
    )


def _norm(page: str, entry: NormEntry) -> Norm:
    windows = tuple(_parse_window(text) for text in entry.windows)
    return Norm(page, entry.week, windows, entry.gap_minutes, entry.daily_cap)


def _target(entry: TargetEntry) -> Target:
    kinds = tuple(kind.value for kind in entry.kinds)
    return Target(entry.code, entry.title, entry.title_ru, entry.metric, entry.platforms, kinds, entry.value, entry.due)
