"""What went over the wire: every request with its fate, and the refusals that a correct bot never meets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from playground.files import Upload

Json = dict[str, Any]

_ATTACHED: Final = "attach://"
HIDDEN: Final = "<token>"
_IDS: Final = ("message_id", "chat", "update_id", "file_id", "message_thread_id", "id", "url", "invite_link", "status")
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
        """The whole entry as one line."""
        row = {name: getattr(self, name) for name in self.__slots__}
        row["at"] = self.at.isoformat()
        return json.dumps(row, ensure_ascii=False, default=str)

    def as_line(self) -> str:
        """One self-contained line of a log file: of the result only the ids of what it made."""
        row = {
            "at": self.at.isoformat(),
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "description": self.description,
            "duration_ms": self.duration_ms,
            "fault": self.fault,
            "result": ids_of(self.result),
        }
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


class WireFile:
    """The log as JSON lines in a file, written as it happens; the token is nowhere in it."""

    def __init__(self, path: Path, token: str) -> None:
        self._token = token
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def write(self, entry: WireEntry) -> None:
        """Add a line."""
        self._file.write(entry.as_line().replace(self._token, HIDDEN) + "\n")

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()


def ids_of(result: Any) -> Any:
    """What a result made, in brief: message ids, a file id, a thread, a count; True and texts as they are."""
    if isinstance(result, list):
        return [ids_of(item) for item in result]
    if not isinstance(result, dict):
        return result
    brief = {name: result[name] for name in _IDS if name in result}
    if isinstance(brief.get("chat"), dict):
        brief["chat_id"] = brief.pop("chat")["id"]
    return brief


def remember(log: list[WireEntry], entry: WireEntry) -> None:
    """Append to the log, forgetting the oldest half when it grows too long."""
    if len(log) >= KEEP:
        del log[: KEEP // 2]
    log.append(entry)


def readable(params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Json:
    """Parameters without the bytes of files: an upload, named or referred to, is shown by its name and size."""
    return {name: _readable(value, uploads or {}) for name, value in params.items()}


def _readable(value: Any, uploads: Mapping[str, Upload]) -> Any:
    if isinstance(value, str) and value.startswith(_ATTACHED):
        value = uploads.get(value.removeprefix(_ATTACHED), value)
    if isinstance(value, Upload):
        return f"<{value.name or 'file'}, {len(value.data)} bytes>"
    if not uploads:
        return value
    if isinstance(value, dict):
        return {name: _readable(item, uploads) for name, item in value.items()}
    return [_readable(item, uploads) for item in value] if isinstance(value, list) else value
