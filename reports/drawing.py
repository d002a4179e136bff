"""Pictures are drawn in a process of their own: in a thread each would hold up every tap for some 30 ms."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVarTuple

Arguments = TypeVarTuple("Arguments")
_WORKERS = 1
"""One picture at a time: it takes 0.1 s, and each process holds 100 MB of matplotlib."""
_PICTURES = 200
"""After so many the process is replaced: what matplotlib has piled up goes with it."""
_pool: list[Executor] = []


def _executor() -> Executor:
    """Made for the first picture; it ends with the program."""
    if not _pool:
        context = multiprocessing.get_context("spawn")  # a fork would copy open databases and a running loop
        _pool.append(
            ProcessPoolExecutor(_WORKERS, mp_context=context, max_tasks_per_child=_PICTURES, initializer=_undisturbed)
        )
    return _pool[0]


def _undisturbed() -> None:
    """Ctrl-C is for the program, which then ends this process in its own time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def use(executor: Executor) -> None:
    """Draw there from now on: tests do it in a thread."""
    _pool[:] = [executor]


def forget() -> None:
    """The next picture is drawn in a new process again."""
    _pool.clear()


async def draw(picture: Callable[[*Arguments], bytes], *args: *Arguments) -> bytes:
    """`picture(*args)`, elsewhere; everything must be picklable. Once more in a new process when the old one has died."""
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(_executor(), picture, *args)
    except BrokenProcessPool:
        forget()
        return await loop.run_in_executor(_executor(), picture, *args)
