"""What a norm means: the days as slots would lie, and what it does to slots that are planned already."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.norms import Norm
from domain.placing import Span, missing
from domain.plan import Slot, SlotState

_OPEN = frozenset({SlotState.EMPTY, SlotState.FILLED})
IsClosed = Callable[[date, datetime], bool]
"""Of a local day and a moment: nothing may be published then (a silence, no authority)."""


@dataclass(frozen=True)
class DayEffect:
    """One local day of a page. `fixed`: past, urgent and hand-placed slots, which stay; `moments`: all that will be there, in order.

    `wanted` may be more than there are: the windows cannot hold them, or it is too late today.
    """

    day: date
    wanted: int
    fixed: tuple[Slot, ...]
    kept: tuple[Slot, ...]
    withdrawn: tuple[Slot, ...]
    added: tuple[datetime, ...]
    excused: bool
    silent: bool = False
    """A silence touches the day."""
    closed: bool = False
    """Posts are missing because the page may not publish then: the campaign is over, there is no authority."""

    @property
    def moments(self) -> tuple[datetime, ...]:
        return tuple(sorted([*(slot.at for slot in (*self.fixed, *self.kept)), *self.added]))


def of_day(
    norm: Norm,
    day: date,
    zone: str,
    slots: Sequence[Slot],
    now: datetime,
    is_closed: IsClosed,
    closed: Sequence[Span] = (),
    moved: Collection[int] = (),
) -> DayEffect:
    """`slots`: the page's of that day; of cancelled ones the excused, in whose place nothing comes. `closed`: the day's silences.

    `moved`: slots that a hand has put, for a reason, where the norm would not have them: they stay there while the day wants them.
    """
    rested = [slot.at for slot in slots if slot.state is SlotState.CANCELLED]
    slots = [slot for slot in slots if slot.state is not SlotState.CANCELLED]
    extra = [slot for slot in slots if slot.urgent_id is not None or slot.extra]
    own = [slot for slot in slots if slot not in extra]
    fixed = [slot for slot in own if slot.at <= now or slot.state not in _OPEN]
    movable = [slot for slot in own if slot.at > now and slot.state in _OPEN]
    wanted = max(0, norm.wanted(day) - len(rested))
    kept = _kept(norm.on(day), wanted - len(fixed), movable, [*rested, *(slot.at for slot in fixed)], zone, moved)
    taken, urgent = [*rested, *(slot.at for slot in (*fixed, *kept))], [slot.at for slot in extra]
    added = missing(norm, day, zone, taken, urgent, closed=closed)
    return DayEffect(
        day,
        wanted,
        (*fixed, *extra),
        tuple(kept),
        tuple(slot for slot in movable if slot not in kept),
        tuple(at for at in added if at > now and not is_closed(day, at)),
        norm.is_excused(day),
        silent=bool(closed),
        closed=any(is_closed(day, at) for at in added),
    )


def _kept(
    norm: Norm, room: int, slots: Sequence[Slot], taken: Collection[datetime], zone: str, moved: Collection[int]
) -> list[Slot]:
    """Slots inside the windows that keep the gap, as many as are wanted; those moved by hand and those that somebody has come
    first."""
    gap, kept = timedelta(minutes=norm.gap_minutes), list[Slot]()
    for slot in sorted(slots, key=lambda one: (one.id not in moved, one.state is not SlotState.FILLED, one.at)):
        others = [*taken, *(one.at for one in kept)]
        fits = is_inside(norm, slot.at, zone) and all(abs(slot.at - other) >= gap for other in others)
        if len(kept) < room and (fits or slot.id in moved):
            kept.append(slot)
    return sorted(kept, key=lambda one: one.at)


def is_inside(norm: Norm, at: datetime, zone: str) -> bool:
    """Whether a moment lies in one of the windows, on the page's clock."""
    clock = at.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0, fold=0)
    return any(one.start <= clock <= one.end for one in norm.windows)
