"""What went over the wire: every request with its fate, and the refusals that a correct bot never meets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from playground.files import Upload

Json = dict[str, Any]

KEEP: Final = 200_000  # entries in memory; a longer run forgets its oldest half


@dataclass(frozen=True, slots=True)
class WireEntry:
    """One request and how it ended. `fault` names the injected fault that hit it, if any."""

    at: datetime
    method: str
    params: Json
    status: int
    description: str
    duration_ms: float
    fault: str | None = None
    result: Any = None

    @property
    def ok(self) -> bool:
        """Whether Telegram did it."""
        return self.status == 200

    @property
    def chat_id(self) -> int | None:
        """The chat the request was about, when it named one by number."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None

    def as_json(self) -> str:
        """One line of the wire log."""
        row = asdict(self)
        row["at"] = self.at.isoformat()
        return json.dumps(row, ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that no correct program sends: unknown parameter, broken markup, too long, not modelled."""

    at: datetime
    method: str
    params: Json
    description: str

    def __str__(self) -> str:
        return f"{self.method}: {self.description} {json.dumps(self.params, ensure_ascii=False, default=str)[:400]}"


def remember(log: list[WireEntry], entry: WireEntry) -> None:
    """Append to the log, forgetting the oldest half when it grows too long."""
    if len(log) >= KEEP:
        del log[: KEEP // 2]
    log.append(entry)


def readable(params: Mapping[str, Any]) -> Json:
    """Parameters without the bytes of uploads."""
    return {name: _readable(value) for name, value in params.items()}


def _readable(value: Any) -> Any:
    if isinstance(value, Upload):
        return f"<{value.name or 'file'}, {len(value.data)} bytes>"
    return value
