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
    """`verdict` is why the program must end, `ended` is set with it."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = False
        self.ended = asyncio.Event()
        self.verdict: Exception | None = None

    def start(self, name: str, child: Callable[[], Awaitable[None]]) -> None:
        """Run `child` until `stop`; when it fails or returns, that is logged and it starts again."""
        self._tasks.append(asyncio.create_task(self._keep(name, child), name=name))

    def end(self, verdict: Exception) -> None:
        """The program cannot go on: whoever serves it ends it with this error."""
        self.verdict = verdict
        self.ended.set()

    async def _keep(self, name: str, child: Callable[[], Awaitable[None]]) -> None:
        pause = FIRST_PAUSE
        while not self._ending:
            began = asyncio.get_running_loop().time()
            try:
                await child()
                log.error("child returned", child=name)
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                # Somebody else's cancellation that leaked into the child: without this it would be dead and nobody the wiser.
                log.error("child was cancelled from inside", child=name)  # noqa: TRY400 - the traceback says nothing
            except Exception as error:
                log.exception("child failed", child=name, error=type(error).__name__)
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        self._ending = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
