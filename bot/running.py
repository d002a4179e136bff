"""`hq run` as a process: from its start to a signal, or to the supervisor's verdict that it cannot go on."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable

import structlog

from bot.app import running
from bot.clock import Clock
from bot.config import Settings

log = structlog.get_logger(__name__)

STOP_SECONDS = 9.5
"""From SIGTERM to the end at the latest, 10 s with what the interpreter needs; handlers get 6 of them, a send on the wire 2 more."""
FAILED = 1
ENDING = "headquarters ends: what is under way is finished"


def ends() -> tuple[signal.Signals, ...]:
    """The signals that ask a program to end."""
    deaf = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return (signal.SIGTERM, signal.SIGINT, *(() if deaf else (signal.SIGHUP,)))


class Signals:
    """The first signal ends the program cleanly, within `STOP_SECONDS`; the second at once.

    Ending at once loses nothing: it is what a power cut does, and what was taken in is stored.
    """

    def __init__(self, first: Callable[[], None]) -> None:
        self._first = first
        self._stopping = False

    def install(self) -> None:
        """Listen for SIGTERM, SIGINT and, unless `nohup` took care of it, the end of the terminal."""
        loop = asyncio.get_running_loop()
        for number in ends():
            loop.add_signal_handler(number, self._signalled)

    def _signalled(self) -> None:
        if self._stopping:
            log.warning("second signal: ending at once")
            at_once()
        self.stop()

    def stop(self) -> None:
        """Begin to end; a thread ends the process should the loop hang."""
        self._stopping = True
        log.info(ENDING)
        last = threading.Timer(STOP_SECONDS, at_once)
        last.daemon = True
        last.start()
        self._first()


def at_once() -> None:
    """The end, without waiting for anything."""
    sys.stderr.flush()
    os._exit(FAILED)


def spare_collector() -> None:
    """What was loaded so far lives for ever: looking through it again and again costs tail latency (DESIGN §9)."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


async def serve(settings: Settings, clock: Clock | None = None) -> None:
    """`hq run`: until a signal of `ends`. With a `clock` of its own (the demo) time is moved from outside.

    Raises the supervisor's verdict, such as `TelegramSilent`.
    """
    ended, started = asyncio.Event(), asyncio.Event()
    main = asyncio.current_task()

    def end() -> None:
        ended.set()
        if main is not None and not started.is_set():
            main.cancel()  # still waiting for Telegram or a lock: there is nothing to finish

    signals = Signals(end)
    signals.install()
    verdict: Exception | None = None
    try:
        async with running(settings, clock=clock, scheduled=clock is None) as app:
            started.set()
            spare_collector()
            waiting = [asyncio.ensure_future(event.wait()) for event in (ended, app.supervisor.ended)]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for waiter in waiting:
                waiter.cancel()
            verdict = app.supervisor.verdict
            if verdict is not None:
                signals.stop()
    except asyncio.CancelledError:
        if not ended.is_set():
            raise
    if verdict is not None:
        raise verdict
