"""Lanes: updates of one chat in order, chats side by side, nobody in anybody's way.

In memory are the numbers of what waits and the bodies of a few of them; the rest is read from the database when its turn comes.
A lane gives up its worker after each update and goes to the end of the queue, so one flooding chat costs the others one update each.
While much waits in a lane and others are at work it rests between its updates: a flood has a fifth of the time at most, and loses
nothing by it but patience.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import structlog

from bot.clock import Clock
from storage.repositories.inbox import StoredUpdate

log = structlog.get_logger(__name__)

BODIES = 1000
"""Bodies kept in memory; an update may be some kilobytes."""
NUMBERS = 100_000
"""Numbers kept in memory, about 15 MB; what was stored beyond that is listed again when half of them are done."""
READ_AHEAD = 10
LONGEST_PAUSE = 30.0
CROWD = 20
"""Updates waiting in one lane above which it rests after each: more than an album or a busy minute of one person."""
REST = 4
"""How much longer it rests than the update took."""
LONGEST_REST = 1.0
LATELY = 1.0
"""Seconds for which others count as being at work after an update of theirs; without them a crowded lane need not rest."""

Handle = Callable[[StoredUpdate], Awaitable[float | None]]
"""Returns None when the update needs nothing more, or the seconds after which it wants to be tried again."""
Load = Callable[[Sequence[int]], Awaitable[list[StoredUpdate]]]


@dataclass(slots=True)
class _Line:
    """One lane: the numbers that wait in it, oldest first."""

    lane: int
    numbers: list[int] = field(default_factory=list)
    at: int = 0
    troubles: int = 0
    lost: bool = False
    resting: bool = False
    timer: asyncio.TimerHandle | None = None
    due: datetime | None = None

    def __len__(self) -> int:
        return len(self.numbers) - self.at

    def next(self, count: int) -> list[int]:
        return self.numbers[self.at : self.at + count]

    def pop(self) -> int:
        number = self.numbers[self.at]
        self.at += 1
        if self.at > 64 and self.at * 2 > len(self.numbers):
            del self.numbers[: self.at]
            self.at = 0
        return number


class Lanes:
    """Runs `handle` for every update that was added, at most `side_by_side` at a time, and `refill` after each."""

    def __init__(
        self,
        handle: Handle,
        load: Load,
        clock: Clock,
        *,
        side_by_side: int,
        refill: Callable[[], Awaitable[None]],
        may_work: Callable[[int], bool] = lambda _: True,
        bodies: int,
        numbers: int,
    ) -> None:
        self._handle = handle
        self._load = load
        self._clock = clock
        self._side_by_side = side_by_side
        self._refill = refill
        self._may_work = may_work
        self._most_bodies = bodies
        self._most_numbers = numbers
        self._lines: dict[int, _Line] = {}
        self._ready: deque[_Line] = deque()
        self._known: set[int] = set()
        self._bodies: dict[int, StoredUpdate] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._at_work = 0
        self._resting = 0
        self._others_at = float("-inf")
        self._stepped = asyncio.Event()
        self.closing = False

    # -- what waits --------------------------------------------------------------------------------------------------

    def add(self, lane: int, number: int, row: StoredUpdate | None = None) -> None:
        """The next update of a lane; one that is known is left out. `row` spares reading it when there is room for it."""
        if number in self._known:
            return
        line = self._lines.get(lane)
        if line is None:
            line = self._lines[lane] = _Line(lane)
            self._ready.append(line)
        line.numbers.append(number)
        self._known.add(number)
        if row is not None and len(self._bodies) < self._most_bodies:
            self._bodies[number] = row
        self._staff()

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, number: int) -> bool:
        return number in self._known

    @property
    def bodies(self) -> int:
        return len(self._bodies)

    @property
    def has_room(self) -> bool:
        """What is added now is kept in memory with its body."""
        return not self.full and len(self._bodies) < self._most_bodies

    @property
    def full(self) -> bool:
        """No more numbers may be added."""
        return len(self._known) >= self._most_numbers

    @property
    def half_empty(self) -> bool:
        return len(self._known) * 2 <= self._most_numbers

    @property
    def active(self) -> list[int]:
        """The lanes in which something waits or is worked on."""
        return list(self._lines)

    def is_active(self, lane: int) -> bool:
        return lane in self._lines

    def is_free(self, lane: int) -> bool:
        """Whether what is added now is handled next: nothing waits in the lane but what is being worked on."""
        line = self._lines.get(lane)
        return line is None or (len(line) == 1 and line.timer is None)

    def is_last(self, lane: int) -> bool:
        """Whether what is being worked on in this lane is all it has."""
        line = self._lines.get(lane)
        return line is not None and len(line) == 1

    def forget(self, lanes: Iterable[int]) -> None:
        """Somebody else works on these now."""
        for lane in lanes:
            line = self._lines.get(lane)
            if line is not None:
                line.lost = True  # its worker, if it has one, finds this after its step
                if line.timer is not None:
                    self._unpark(line)

    # -- waiting for it ----------------------------------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        """Nothing is worked on or could be: what is left waits for another try."""
        return not self._ready and not self._at_work and not self._resting

    @property
    def stepped(self) -> asyncio.Event:
        """Set whenever something was done; whoever waits clears it."""
        return self._stepped

    def next_try(self) -> datetime | None:
        """When the first of those that failed is tried again."""
        return min((line.due for line in self._lines.values() if line.due is not None), default=None)

    def wake_due(self) -> None:
        """For a clock that is moved by hand: try again what is due by it."""
        now = self._clock.now()
        for line in [line for line in self._lines.values() if line.due is not None and line.due <= now]:
            self._unpark(line)

    async def close(self, seconds: float) -> None:
        """Take up nothing more; what is being worked on may finish."""
        self.closing = True
        for line in self._lines.values():
            if line.timer is not None:
                line.timer.cancel()
        if self._workers:
            await asyncio.wait(list(self._workers), timeout=seconds)

    # -- work --------------------------------------------------------------------------------------------------------

    def _staff(self) -> None:
        while len(self._workers) < min(self._side_by_side, self._at_work + len(self._ready)) and not self.closing:
            # A context of its own: whoever adds an update must not lend it his priorities.
            worker = asyncio.create_task(self._work(), context=contextvars.Context())
            self._workers.add(worker)

    async def _work(self) -> None:
        try:
            await self._work_on()
        finally:
            # Here and not in a callback: a line that becomes ready in between would find a worker that has gone home.
            self._workers.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _work_on(self) -> None:
        while self._ready and not self.closing:
            line = self._ready.popleft()
            self._at_work += 1
            began = asyncio.get_running_loop().time()
            try:
                pause = await self._step(line)
                line.troubles = 0
            except Exception as error:
                # Not the update's fault (that is counted with it): the database. Nothing is lost, it is tried again.
                line.troubles += 1
                pause = min(LONGEST_PAUSE, 0.5 * 2**line.troubles)
                log.exception("lane stopped", error=type(error).__name__, again_in=pause)
            finally:
                self._at_work -= 1
            self._put_back(line, pause, began)
            self._stepped.set()

    async def _step(self, line: _Line) -> float | None:
        if not self._may_work(line.lane):
            line.lost = True
        if line.lost:
            return None
        number = line.next(1)[0]
        if number not in self._bodies:
            room = len(self._bodies) < self._most_bodies
            for row in await self._load(line.next(READ_AHEAD if room else 1)):
                self._bodies[row.update_id] = row
        row_or_none = self._bodies.pop(number, None)  # None: finished elsewhere meanwhile
        pause = None if row_or_none is None else await self._handle(row_or_none)
        await self._refill()
        return pause

    def _put_back(self, line: _Line, pause: float | None, began: float) -> None:
        now = asyncio.get_running_loop().time()
        if line.lost:
            self._drop(line)
        elif pause is not None:
            line.due = self._clock.now() + timedelta(seconds=pause)
            line.timer = asyncio.get_running_loop().call_later(pause, self._unpark, line)
        else:
            self._known.discard(line.pop())
            crowded = len(line) > CROWD
            if crowded and now - self._others_at < LATELY:
                self._rest(line, min(REST * (now - began), LONGEST_REST))
            elif line:
                self._ready.append(line)
            else:
                del self._lines[line.lane]

            if not crowded:
                self._others_at = now

    def _rest(self, line: _Line, seconds: float) -> None:
        line.resting = True
        self._resting += 1
        line.timer = asyncio.get_running_loop().call_later(seconds, self._unpark, line)

    def _drop(self, line: _Line) -> None:
        del self._lines[line.lane]
        for number in line.next(len(line)):
            self._known.discard(number)
            self._bodies.pop(number, None)

    def _unpark(self, line: _Line) -> None:
        if line.timer is None:
            return
        line.timer.cancel()
        line.timer = line.due = None
        self._resting -= line.resting
        line.resting = False
        self._ready.append(line)
        self._staff()
