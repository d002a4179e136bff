"""Port: silences announced in chat, and what two people lifted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.silence import Blackout, Key, Lift, LiftKind, Mourning


class SilenceStore(Protocol):
    async def get(self, silence_id: int) -> Blackout: ...

    async def find(self, key: Key) -> Blackout | None: ...

    async def add(self, silence: Blackout) -> bool:
        """False when exactly this is a silence already."""

    async def end(self, key: Key) -> bool:
        """Take away a silence that was announced by hand; False when there is none."""

    async def add_mourning(
        self, region: str, starts: datetime, ends: datetime, reason: str, by_id: int, now: datetime
    ) -> Mourning: ...

    async def get_mourning(self, mourning_id: int) -> Mourning: ...

    async def confirm_mourning(self, mourning_id: int, now: datetime) -> bool:
        """False when it was confirmed before."""

    async def add_lift(
        self, kind: LiftKind, of: Key, region: str, hours: int, reason: str, by_id: int, now: datetime
    ) -> Lift: ...

    async def get_lift(self, lift_id: int) -> Lift: ...

    async def save_lift(self, lift: Lift) -> Lift:
        """Save with `lift.version` as the seen one; returns it with the next version, or raises Conflict."""

    async def lifts(self) -> Sequence[Lift]:
        """Confirmed overrides, oldest first, whether they still hold or not."""

    async def waiting(self, since: datetime) -> Sequence[Lift]:
        """Proposed after `since`, neither confirmed nor taken back."""
