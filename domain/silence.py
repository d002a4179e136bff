"""Silence periods (H8): by local time, for a region as soon as any of its zones is inside, fail-closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.people import EVERYWHERE


@dataclass(frozen=True)
class Blackout:
    """`starts` and `ends` are naive wall-clock times, meant in each zone of the region. `region` may be `EVERYWHERE`."""

    region: str
    starts: datetime
    ends: datetime
    reason: str

    def covers(self, region: str) -> bool:
        """A silence of one region also holds for what is published to all regions."""
        return EVERYWHERE in {self.region, region} or self.region == region

    def contains(self, at: datetime, zone: str) -> bool:
        """Whether the wall clock of `zone` is inside at `at` (aware). An unknown zone counts as inside: fail-closed."""
        try:
            local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        except (ZoneInfoNotFoundError, ValueError):
            return True
        return self.starts <= local < self.ends


def silence_at(at: datetime, region: str, zones: Iterable[str], blackouts: Iterable[Blackout]) -> Blackout | None:
    """The silence that holds for `region` (with all its `zones`) at `at`, or None."""
    known = tuple(zones)
    return next((b for b in blackouts if b.covers(region) and any(b.contains(at, zone) for zone in known)), None)
