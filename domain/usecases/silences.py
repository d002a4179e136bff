"""The silences of the campaign, loaded once for many questions (H8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.pages import Region
from domain.people import EVERYWHERE
from domain.planning import silence_ends
from domain.ports import UnitOfWork
from domain.silence import Blackout, Lift, silence_at

_HALF_AN_HOUR = timedelta(minutes=30)


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

    def spans(self, region: str, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """When between `start` and `end` the region is silent, to the minute."""
        zones = [tz for zone in self.zones(region) if (tz := _known(zone)) is not None]
        walls = [wall for b in self.blackouts for wall in (b.starts, b.ends)]
        edges = {
            wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for wall in walls for tz in zones for fold in (0, 1)
        }
        edges |= {at for lift in self.lifts for at in (lift.confirmed_at, lift.until) if at is not None}
        # Clocks that change inside may bring an edge forward: they do so at half hours.
        edges |= {start + n * _HALF_AN_HOUR for n in range(int((end - start) / _HALF_AN_HOUR))}
        points = [*sorted({start, *(edge for edge in edges if start < edge < end)}), end]
        found: list[tuple[datetime, datetime]] = []
        for first, last in pairwise(points):
            if self.hold(region, first):
                joined = found and found[-1][1] == first
                found[-1:] = [(found[-1][0], last)] if joined else [*found[-1:], (first, last)]
        return tuple(found)

    def end(self, region: str, at: datetime) -> datetime | None:
        """When the silence that holds at `at` is over, lifts apart; None when nobody can tell."""
        return silence_ends(at, region, self.zones(region), self.blackouts)


def _known(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
