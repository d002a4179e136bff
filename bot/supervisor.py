"""Children of the program: each a loop that is restarted with a backoff; only the supervisor's verdict ends the program.

A bare TaskGroup would cancel all of them at the first failure.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


class Supervisor:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = False

    def start(self, name: str, child: Callable[[], Awaitable[None]]) -> None:
        """Run `child` until `stop`; a failure is logged and it starts again."""
        self._tasks.append(asyncio.create_task(self._keep(name, child), name=name))

    async def _keep(self, name: str, child: Callable[[], Awaitable[None]]) -> None:
        pause = FIRST_PAUSE
        while not self._ending:
            began = asyncio.get_running_loop().time()
            try:
                await child()
            except Exception as error:
                log.exception("child failed", child=name, error=type(error).__name__)
            else:
                return
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        self._ending = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
