"""A campaign's plan as a whole, and what loading it would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from domain.imprints import ImprintRule, Pack
from domain.norms import Norm
from domain.pages import Page, Region
from domain.rubrics import Rubric
from domain.silence import Blackout
from domain.targets import Campaign, Target


class Thing(StrEnum):
    """What a plan is made of, in the order in which changes are shown."""

    CAMPAIGN = "campaign"
    REGION = "region"
    PAGE = "page"
    NORM = "norm"
    TARGET = "target"
    SILENCE = "silence"
    PACK = "imprint pack"
    IMPRINT = "imprint rule"
    RUBRIC = "rubric"


class Effect(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class CampaignPlan:
    """Everything one plan file says; also everything the database holds, which makes the two comparable."""

    campaign: Campaign | None
    regions: Mapping[str, Region]
    pages: Mapping[str, Page]
    norms: Mapping[str, Norm]
    targets: Mapping[str, Target]
    silences: Mapping[str, Blackout]
    open_lanes: frozenset[str] = frozenset()
    """Pages whose lane the file leaves open: as it was set in chat."""
    packs: Mapping[str, Pack] = field(default_factory=dict)
    imprints: Mapping[str, ImprintRule] = field(default_factory=dict)
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)

    def of(self, thing: Thing) -> Mapping[str, Any]:
        """The things of one kind by key."""
        by_thing: dict[Thing, Mapping[str, Any]] = {
            Thing.CAMPAIGN: {} if self.campaign is None else {"campaign": self.campaign},
            Thing.REGION: self.regions,
            Thing.PAGE: self.pages,
            Thing.NORM: self.norms,
            Thing.TARGET: self.targets,
            Thing.SILENCE: self.silences,
            Thing.PACK: self.packs,
            Thing.IMPRINT: self.imprints,
            Thing.RUBRIC: self.rubrics,
        }
        return by_thing[thing]


@dataclass(frozen=True)
class FieldChange:
    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One difference; `fields` are filled for CHANGED."""

    thing: Thing
    key: str
    effect: Effect
    fields: tuple[FieldChange, ...] = ()


_NOT_OF_THE_PLAN: Mapping[Thing, frozenset[str]] = {
    Thing.PAGE: frozenset({"keeper_id", "approvals_needed", "authority_from", "authority_until"}),
    Thing.NORM: frozenset({"before"}),
    Thing.SILENCE: frozenset({"id"}),
}
"""Set in chat, kept by loading; or said by another field: a page's lane says how many approvals it needs."""


def diff(before: CampaignPlan, after: CampaignPlan) -> list[Change]:
    """What turns `before` into `after`; nothing when they say the same."""
    return [change for thing in Thing for change in _differences(thing, before.of(thing), after.of(thing))]


def _differences(thing: Thing, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    for key, new in after.items():
        if key not in before:
            yield Change(thing, key, Effect.ADDED)
        elif changed := _fields(thing, before[key], new):
            yield Change(thing, key, Effect.CHANGED, changed)
    for key in before:
        if key not in after:
            yield Change(thing, key, Effect.REMOVED)


def _fields(thing: Thing, before: Any, after: Any) -> tuple[FieldChange, ...]:
    ignored = _NOT_OF_THE_PLAN.get(thing, frozenset())
    return tuple(
        FieldChange(f.name, getattr(before, f.name), getattr(after, f.name))
        for f in fields(before)
        if f.name not in ignored and getattr(before, f.name) != getattr(after, f.name)
    )


def silence_key(silence: Blackout) -> str:
    """Silences have no code: region, start and end name one (and are unique in the database)."""
    starts, ends = (at.isoformat(" ", "minutes") for at in (silence.starts, silence.ends))
    return f"{silence.region} {starts} – {ends}"
