"""One pacer owns the order of everything that is sent, and one request middleware asks it before each request that counts.

Limits are settings because Telegram does not publish them. Sends and edits count, each item of an album too; answers to presses,
deletions, look-ups and downloads are free, but nothing at all goes to a chat during its `retry_after`. Time is the loop's.
"""

import asyncio
import contextlib
import heapq
import itertools
import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import SendChatAction, SendMediaGroup, TelegramMethod

from domain.notices import Priority

Chat = int | str

priority_of_send: ContextVar[int] = ContextVar("priority_of_send", default=int(Priority.REPLY))
"""What the current task's sends are worth; a handler's reply goes first."""
patience_of_send: ContextVar[float] = ContextVar("patience_of_send", default=60.0)
"""Seconds that the current task waits for a chat that Telegram holds; longer: `TelegramRetryAfter` at once."""
guard_of_send: ContextVar[Callable[[], bool] | None] = ContextVar("guard_of_send", default=None)
"""Asked in the very moment before a request leaves: may this process still send? No: `NotAllowed`."""

MAX_ATTEMPTS: Final = 5
LOWER_BY: Final = 0.9
RAISE_BY: Final = 0.01
RAISE_EVERY: Final = 30.0
"""After a refusal the rate goes down by a tenth, then up again by a hundredth of what is configured every so many seconds."""
SAME_MOMENT: Final = 1.0
"""Two chats refused within so many seconds: it was the overall rate, whatever Telegram's answer names."""
_MINUTE: Final = 60.0
_TICK: Final = 0.001
"""uvloop counts in milliseconds: called for less, it would ask again and again until the moment has come."""
_COUNTED: Final = ("send", "edit", "copy", "forward", "stop")


class NotAllowed(Exception):
    """This process may not send any more; nothing left."""


@dataclass(eq=False)
class Waiting:
    """One request in the queue. A refused one asks again with its old `rank`, which puts it before all that came later."""

    rank: tuple[int, int]
    chat: Chat
    cost: int
    turn: asyncio.Future[None]
    granted_at: float = 0.0

    def __lt__(self, other: "Waiting") -> bool:
        return self.rank < other.rank


@dataclass(eq=False)
class _Line:
    """One chat: what waits for it, from when it is free, until when Telegram holds it, and (groups) its last sends."""

    chat: Chat
    waiting: list[Waiting] = field(default_factory=list)
    free_at: float = -math.inf
    held_until: float = -math.inf
    minute: deque[float] = field(default_factory=deque)
    shown: Waiting | None = None
    """Which of its requests stands among the ready ones."""
    parked: bool = False
    """Whether it stands among the later ones."""
    refused: bool = False


class Pacer:
    """Grants requests one after the other: an overall rate with absolute deadlines, a rate per chat, a count per group and minute.

    A heap per chat and a heap of the chats that are free: a grant costs O(log n), however many wait.
    """

    def __init__(self, overall: float, per_chat: float, per_group_minute: float) -> None:
        self._configured = self._rate = overall
        self._chat_gap = 1 / per_chat
        self._per_minute = max(1, int(per_group_minute))
        self._next = -math.inf
        self._paused_until = -math.inf
        self._lines: dict[Chat, _Line] = {}
        self._ready: list[Waiting] = []
        self._later: list[tuple[float, int, _Line]] = []
        self._order = itertools.count()
        self._queued = 0
        self._refusals: dict[Chat, float] = {}
        self._changed_at = -math.inf
        self._timer: asyncio.TimerHandle | None = None
        self._wakes: float | None = None
        self.refused = 0
        """How many requests Telegram has refused as too many."""

    @property
    def rate(self) -> float:
        """Requests a second at the moment: what is configured, or less after refusals."""
        return self._rate

    async def turn(self, chat: Chat, cost: int = 1, again: Waiting | None = None) -> Waiting:
        """Wait until one request to `chat` may leave; `again`: the turn of the same request that was refused."""
        rank = (priority_of_send.get(), next(self._order)) if again is None else again.rank
        waiting = Waiting(rank, chat, cost, asyncio.get_running_loop().create_future())
        line = self._line(chat)
        heapq.heappush(line.waiting, waiting)
        self._queued += 1
        self._offer(line)
        self._pump()
        await waiting.turn
        return waiting

    def held(self, chat: Chat) -> float:
        """Seconds for which Telegram wants no request to that chat."""
        line = self._lines.get(chat)
        return 0.0 if line is None else max(0.0, line.held_until - _now())

    def answered(self, waiting: Waiting) -> None:
        """Telegram has answered: it counted the request somewhere in between, so the chat's pause begins only now."""
        line, now = self._lines.get(waiting.chat), _now()
        if line is not None and now < line.free_at <= waiting.granted_at + self._chat_gap:
            line.free_at = now + self._chat_gap

    def refuse(self, chat: Chat, seconds: float) -> None:
        """Telegram said 429: nothing to that chat before; when two chats were refused at once, nothing to anybody."""
        now = _now()
        self.refused += 1
        line = self._line(chat)
        line.held_until = max(line.held_until, now + seconds)
        line.free_at = max(line.free_at, line.held_until)
        self._offer(line)
        self._refusals = {other: at for other, at in self._refusals.items() if now - at < SAME_MOMENT}
        if others := self._refusals.keys() - {chat}:
            self._paused_until = max(self._paused_until, now + seconds)
        first = (
            not self._refusals and not line.refused
        )  # a chat that is refused again and again says nothing of the others
        if first or (len(others) == 1 and chat not in self._refusals):
            # Once for a refusal, once more when it turns out to be the overall rate; those still on their way say nothing new.
            self._rate *= LOWER_BY
        self._refusals[chat], line.refused = now, True
        self._changed_at = now

    # -- inside ------------------------------------------------------------------------------------------------------

    def _line(self, chat: Chat) -> _Line:
        return self._lines.setdefault(chat, _Line(chat))

    def _offer(self, line: _Line) -> None:
        """Put the line where it belongs: among the free ones, among those that are free later, or away."""
        while line.waiting and line.waiting[0].turn.done():
            heapq.heappop(line.waiting)  # nobody waits for it any more
            self._queued -= 1
        if line.free_at > _now():
            if not line.parked:
                line.parked = True
                heapq.heappush(self._later, (line.free_at, next(self._order), line))
        elif line.waiting:
            if line.shown is not line.waiting[0]:
                line.shown = line.waiting[0]
                heapq.heappush(self._ready, line.shown)
        elif not (line.minute or line.parked or line.shown):
            self._lines.pop(line.chat, None)

    def _first(self) -> Waiting | None:
        """The most urgent and oldest of those whose chat is free."""
        now = _now()
        while self._later and self._later[0][0] <= now:
            line = heapq.heappop(self._later)[2]
            line.parked = False
            self._offer(line)
        while self._ready:
            waiting = self._ready[0]
            of_chat = self._lines.get(waiting.chat)
            if of_chat and of_chat.shown is waiting and not waiting.turn.done() and of_chat.free_at <= now:
                return waiting
            heapq.heappop(self._ready)  # granted, given up, overtaken inside its chat, or the chat is held meanwhile
            if of_chat is not None:
                of_chat.shown = None if of_chat.shown is waiting else of_chat.shown
                self._offer(of_chat)
        return None

    def _pump(self) -> None:
        """Grant whatever may leave now, and wake up when the next may."""
        while (waiting := self._first()) is not None:
            now = _now()
            opens = max(self._next, self._paused_until)
            if opens > now:
                self._wake_at(opens)
                return
            self._grant(waiting, now)
        if self._queued and self._later:
            self._wake_at(self._later[0][0])

    def _grant(self, waiting: Waiting, now: float) -> None:
        line = self._lines[waiting.chat]
        heapq.heappop(line.waiting)
        self._queued -= 1
        heapq.heappop(self._ready)
        line.shown = None
        self._raise_rate(now)
        gap = waiting.cost / self._rate
        # The deadline is absolute, so a late wake-up costs no rate; but what was not used in a pause is not made up for.
        late = now - max(self._next, self._paused_until)
        self._next = (now - late if late <= max(gap, 0.02) else now) + gap
        line.free_at = now + self._chat_gap
        if isinstance(waiting.chat, int) and waiting.chat < 0:  # Bot API: ids of groups are negative
            line.minute.extend([now] * waiting.cost)
            while len(line.minute) > self._per_minute:
                line.minute.popleft()
            if len(line.minute) == self._per_minute:
                line.free_at = max(line.free_at, line.minute[0] + _MINUTE)
        waiting.granted_at = now
        waiting.turn.set_result(None)
        self._offer(line)

    def _raise_rate(self, now: float) -> None:
        if self._rate < self._configured and now - self._changed_at >= RAISE_EVERY:
            self._rate = min(self._configured, self._rate + RAISE_BY * self._configured)
            self._changed_at = now

    def _wake_at(self, moment: float) -> None:
        # Kept here: a handle of uvloop does not know its moment when that is less than a millisecond away.
        if self._wakes == moment:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._wakes = moment
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(max(moment, loop.time() + _TICK), self._on_timer)

    def _on_timer(self) -> None:
        self._timer = self._wakes = None
        self._pump()


class PacedRequests(BaseRequestMiddleware):
    """Asks the pacer before each request that counts, and obeys `retry_after` to the second."""

    def __init__(self, pacer: Pacer, in_transaction: Callable[[], bool] = lambda: False) -> None:
        self._pacer = pacer
        self._in_transaction = in_transaction

    async def __call__(
        self, make_request: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        if self._in_transaction():
            raise AssertionError(f"{type(method).__name__} inside a transaction")
        chat = getattr(method, "chat_id", None)
        if chat is None:
            return await make_request(bot, method)
        cost, turn = cost_of(method), None
        for attempt in itertools.count(1):
            try:
                turn = await self._turn(method, chat, cost, turn)
            except asyncio.CancelledError:
                self._ensure_allowed()  # given up because the program stops: then it is certain that nothing has left
                raise
            self._ensure_allowed()
            try:
                return await make_request(bot, method)
            except TelegramAPIError as error:
                seconds = too_many(error, attempt)
                if seconds is None:
                    raise
                self._pacer.refuse(chat, seconds)
                if attempt == MAX_ATTEMPTS:
                    raise TelegramRetryAfter(method, error.message, math.ceil(seconds)) from error
            finally:
                if turn is not None:
                    self._pacer.answered(turn)
        raise AssertionError("unreachable")

    async def _turn(self, method: TelegramMethod[Any], chat: Chat, cost: int, again: Waiting | None) -> Waiting | None:
        while held := self._pacer.held(chat):
            if held > patience_of_send.get():
                raise TelegramRetryAfter(method, "held back: Telegram wants no request to this chat", math.ceil(held))
            if cost:
                break  # the queue knows
            await asyncio.sleep(held)
        return await self._pacer.turn(chat, cost, again) if cost else None

    @staticmethod
    def _ensure_allowed() -> None:
        guard = guard_of_send.get()
        if guard is not None and not guard():
            raise NotAllowed


def cost_of(method: TelegramMethod[Any]) -> int:
    """How many messages a request is in Telegram's eyes; 0: it does not count."""
    if isinstance(method, SendMediaGroup):
        return len(method.media)
    if isinstance(method, SendChatAction):
        return 0
    return int(method.__api_method__.startswith(_COUNTED))


def too_many(error: TelegramAPIError, attempt: int) -> float | None:
    """Seconds to wait when this is a 429, else None. Without `parameters` aiogram raises a plain error: then longer each time."""
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    if type(error) is TelegramAPIError and "Too Many Requests" in error.message:
        return float(2 ** (attempt - 1))
    return None


def _now() -> float:
    return asyncio.get_running_loop().time()


@contextlib.contextmanager
def sending_as(priority: int, patience: float, guard: Callable[[], bool] | None) -> Iterator[None]:
    """Everything sent inside has this priority, patience and guard."""
    tokens = (priority_of_send.set(priority), patience_of_send.set(patience), guard_of_send.set(guard))
    try:
        yield
    finally:
        priority_of_send.reset(tokens[0])
        patience_of_send.reset(tokens[1])
        guard_of_send.reset(tokens[2])
