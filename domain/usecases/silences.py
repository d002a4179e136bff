"""The silences of the campaign, loaded once for many questions (H8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.pages import Region
from domain.people import EVERYWHERE
from domain.planning import silence_ends
from domain.ports import UnitOfWork
from domain.silence import Blackout, Lift, silence_at


@dataclass(frozen=True)
class Silences:
    """Fail-closed: a region nobody knows is silent as soon as there is any silence that could be meant.

    `lifts`: overrides that two people confirmed; each frees one silence in one place for some hours.
    """

    blackouts: Sequence[Blackout]
    regions: dict[str, Region]
    lifts: Sequence[Lift] = ()

    @classmethod
    async def load(cls, uow: UnitOfWork) -> "Silences":
        blackouts = await uow.campaign.blackouts()
        if not blackouts:
            return cls(blackouts, {})
        return cls(blackouts, await uow.campaign.regions(), await uow.silences.lifts())

    def zones(self, region: str) -> frozenset[str]:
        chosen = [r for r in self.regions.values() if region in {EVERYWHERE, r.code}]
        return frozenset(zone for r in chosen for zone in (r.zone, *r.zones)) or frozenset({"unknown"})

    def at(self, region: str, at: datetime) -> Blackout | None:
        """The silence that holds for `region` at `at` and is not lifted then."""
        if not self.blackouts:
            return None
        standing = [b for b in self.blackouts if not any(lift.frees(b, region, at) for lift in self.lifts)]
        return silence_at(at, region, self.zones(region), standing)

    def hold(self, region: str, at: datetime) -> bool:
        """Whether `region` is silent at `at`."""
        return self.at(region, at) is not None

    def end(self, region: str, at: datetime) -> datetime | None:
        """When the silence that holds at `at` is over, lifts apart; None when nobody can tell."""
        return silence_ends(at, region, self.zones(region), self.blackouts)
