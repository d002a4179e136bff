"""A loop whose clock is moved: when nothing is left to do at this moment, it jumps to the next timer.

Work in other threads (a database, a file) takes no time on this clock; the loop waits for it before it jumps.
"""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any


class _Selector(selectors.BaseSelector):
    """The system's selector, but waiting for a timer moves the clock instead."""

    def __init__(self, jump: Callable[[float], bool]) -> None:
        self._real = selectors.DefaultSelector()
        self._jump = jump

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return self._real.select(timeout)
        return self._real.select(0) or ([] if self._jump(timeout) else self._real.select(None))

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def get_map(self) -> Any:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class MovedLoop(asyncio.SelectorEventLoop):
    """`busy` counts what is being done in other threads: as long as there is any, the clock stands still."""

    def __init__(self) -> None:
        self._moved = 0.0
        self.busy = 0
        super().__init__(_Selector(self._jump))

    def time(self) -> float:
        return self._moved

    def _jump(self, seconds: float) -> bool:
        if self.busy:
            return False
        self._moved += seconds
        return True


def run_moved(main: Callable[[], Any]) -> Any:
    """Run `main()` (a coroutine function) on a moved loop."""
    with asyncio.Runner(loop_factory=MovedLoop) as runner:
        return runner.run(main())
