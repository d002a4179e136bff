"""Silence periods (H8): by local time, for a region as soon as any of its zones is inside, fail-closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import Conflict, Invalid
from domain.people import EVERYWHERE

REASON_LIMIT = 200
SPANS = (1, 2, 3, 6)
"""Hours for which an override may hold; never longer."""
CONFIRM_WITHIN = timedelta(minutes=60)
MOURNING_DAYS = (1, 2, 3)


class SilenceKind(StrEnum):
    """Why nothing is published: the days of voting, a ban on campaigning, mourning."""

    VOTING = "voting"
    MORATORIUM = "moratorium"
    MOURNING = "mourning"


Key = tuple[str, datetime, datetime]
"""Region, start and end: what names a silence for as long as nobody changes it."""


@dataclass(frozen=True)
class Blackout:
    """`starts` and `ends` are naive wall-clock times, meant in each zone of the region. `region` may be `EVERYWHERE`."""

    region: str
    starts: datetime
    ends: datetime
    reason: str
    kind: SilenceKind = SilenceKind.MORATORIUM
    by_hand: bool = False
    """Announced in chat: loading a plan leaves it alone."""
    id: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        return self.region, self.starts, self.ends

    def covers(self, region: str) -> bool:
        """A silence of one region also holds for what is published to all regions."""
        return EVERYWHERE in {self.region, region} or self.region == region

    def contains(self, at: datetime, zone: str) -> bool:
        """Whether the wall clock of `zone` is inside at `at` (aware). An unknown zone counts as inside: fail-closed.

        In an hour that the clock repeats it begins with the first pass of its start and ends with the second pass of its end.
        """
        try:
            tz = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return True
        local = at.astimezone(tz).replace(tzinfo=None)
        return self.starts <= local < self.ends or _instant(self.starts, tz, 0) <= at < _instant(self.ends, tz, 1)

    def over(self, at: datetime, zones: Iterable[str]) -> bool:
        """Whether every zone has left it behind."""
        return not any(
            self.contains(at, zone) or at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < self.ends for zone in zones
        )


def _instant(wall: datetime, tz: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=tz, fold=fold).astimezone(UTC)


def silence_at(at: datetime, region: str, zones: Iterable[str], blackouts: Iterable[Blackout]) -> Blackout | None:
    """The silence that holds for `region` (with all its `zones`) at `at`, or None."""
    known = tuple(zones)
    return next((b for b in blackouts if b.covers(region) and any(b.contains(at, zone) for zone in known)), None)


def voting(first: date, days: int, *, day_of_silence: bool) -> tuple[datetime, datetime]:
    """Wall-clock start and end of a vote of `days` days, the day of silence before it included when there is one."""
    begins = datetime.combine(first, time(0))
    return begins - timedelta(days=int(day_of_silence)), begins + timedelta(days=days)


# -- mourning, announced in chat --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mourning:
    """A mourning as it is being announced; a silence once `confirmed_at` is set."""

    id: int
    region: str
    starts: datetime
    ends: datetime
    reason: str
    by_id: int
    at: datetime
    confirmed_at: datetime | None

    @property
    def subject(self) -> str:
        return f"mourning:{self.id}"

    @property
    def silence(self) -> Blackout:
        return Blackout(self.region, self.starts, self.ends, self.reason, SilenceKind.MOURNING, by_hand=True)


def mourning_span(
    now: datetime, zones: Collection[str], own_zone: str, days: int, *, tomorrow: bool
) -> tuple[datetime, datetime]:
    """Wall-clock start and end. From now on: every zone is inside at once, and the last day is the easternmost one's."""
    if days not in MOURNING_DAYS:
        raise MourningTooLong(days)
    if tomorrow:
        begins = datetime.combine(now.astimezone(ZoneInfo(own_zone)).date() + timedelta(days=1), time(0))
        return begins, begins + timedelta(days=days)
    clocks = [now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) for zone in zones]
    return min(clocks), datetime.combine(max(clocks).date(), time(0)) + timedelta(days=days)


# -- what two people may lift -----------------------------------------------------------------------------------------


class LiftKind(StrEnum):
    """OVERRIDE: publishing is allowed for some hours in spite of it. END: a mourning announced in chat ends early."""

    OVERRIDE = "override"
    END = "end"


@dataclass(frozen=True)
class Lift:
    """Two people's decision about the silence that `of` names. An override holds in `region` from `confirmed_at` to `until`."""

    id: int
    kind: LiftKind
    of: Key
    region: str
    hours: int
    reason: str
    by_id: int
    at: datetime
    confirmed_by: int | None
    confirmed_at: datetime | None
    until: datetime | None
    dropped_at: datetime | None
    version: int

    @property
    def subject(self) -> str:
        return f"lift:{self.id}"

    def waits(self, now: datetime) -> bool:
        """Whether the second person can still say yes."""
        return self.dropped_at is None and self.confirmed_at is None and now < self.at + CONFIRM_WITHIN

    def holds(self, now: datetime) -> bool:
        return (
            self.kind is LiftKind.OVERRIDE
            and self.confirmed_at is not None
            and self.until is not None
            and self.confirmed_at <= now < min(self.until, self.confirmed_at + timedelta(hours=max(SPANS)))
        )

    def frees(self, silence: Blackout, region: str, at: datetime) -> bool:
        """Whether `silence` does not count for `region` at `at`: exactly this one, exactly there, exactly then."""
        return self.of == silence.key and self.region in {EVERYWHERE, region} and self.holds(at)


def confirmed(lift: Lift, person_id: int, now: datetime) -> Lift:
    """The second of two, never the same, in time; it holds from now on."""
    if lift.by_id == person_id:
        raise SecondToLift
    if lift.dropped_at is not None or lift.confirmed_at is not None:
        raise LiftOver
    if not lift.waits(now):
        raise LiftLapsed
    until = now + timedelta(hours=lift.hours) if lift.kind is LiftKind.OVERRIDE else now
    return replace(lift, confirmed_by=person_id, confirmed_at=now, until=until)


@dataclass(eq=False)
class SameSilence(Conflict):
    """Exactly this is announced already."""


@dataclass(eq=False)
class MourningTooLong(Invalid):
    """Only a few days by hand; more belongs into the plan."""

    days: int


@dataclass(eq=False)
class SilenceReason(Invalid):
    """The reason is empty or longer than `limit` characters."""

    length: int
    limit: int


@dataclass(eq=False)
class NotSilentNow(Conflict):
    """Only what holds at this moment can be lifted."""


@dataclass(eq=False)
class SilenceGone(Conflict):
    """The silence was changed or ended meanwhile."""


@dataclass(eq=False)
class SecondToLift(Invalid):
    """Nobody lifts a silence alone."""


@dataclass(eq=False)
class LeaderToLift(Invalid):
    """One of the two has to be a manager or an owner."""


@dataclass(eq=False)
class NobodyToLift(Invalid):
    """There is nobody who could be the second. `leader`: it would have to be a manager or an owner."""

    leader: bool


@dataclass(eq=False)
class LiftOver(Conflict):
    """It was decided or taken back before."""


@dataclass(eq=False)
class LiftLapsed(Conflict):
    """The second yes came too late."""


def ensure_reason(text: str) -> str:
    """The reason as it is kept; raise `SilenceReason`."""
    said = " ".join(text.split())
    if not said or len(said) > REASON_LIMIT:
        raise SilenceReason(len(said), REASON_LIMIT)
    return said
