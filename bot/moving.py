"""Commands of the control socket with which a demo or a bench moves the time of a running program."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.clock import MovableClock
from bot.control import ControlServer


class _App(Protocol):
    """What they need of `bot.app.App`."""

    def wake(self) -> None: ...
    async def settle(self, up_to: int = 0) -> None: ...
    async def next_due(self) -> datetime | None: ...
    async def at_work(self) -> None: ...


def register(control: ControlServer, app: _App, clock: MovableClock, ready: asyncio.Event) -> None:
    """Teach the running program to be moved; each command waits until it is `ready`."""

    async def move(request: Mapping[str, Any]) -> None:
        await ready.wait()
        clock.move_to(datetime.fromisoformat(request["now"]))
        app.wake()

    async def settle(request: Mapping[str, Any]) -> None:
        await ready.wait()
        await app.settle(int(request.get("up_to", 0)))

    async def next_due(_: Mapping[str, Any]) -> str | None:
        await ready.wait()
        due = await app.next_due()
        return due.isoformat() if due else None

    async def at_work(_: Mapping[str, Any]) -> None:
        await app.at_work()

    control.register("at_work", at_work)
    control.register("clock", move)
    control.register("settle", settle)
    control.register("next_due", next_due)
