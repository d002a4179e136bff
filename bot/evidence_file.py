"""`hq evidence`: written beside the running program, or without one. Only the line in the journal goes through its socket."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import ConfigError, Settings, ensure_language
from bot.control import ControlServer, ask
from bot.evidence_work import write_evidence
from bot.operations import Running, running_at
from domain.errors import DomainError
from domain.ports import Database
from domain.usecases import evidence
from storage.database import open_database
from storage.media import MediaFolder
from texts.words import words_for


def register(control: ControlServer, app: Running) -> None:
    """Teach the running program to journal what an operator takes."""

    async def begin(request: Mapping[str, Any]) -> dict[str, Any]:
        return {"post": await _begin(app.db, request["post"], app.clock.now())}

    control.register("evidence", begin)


async def evidence_file(settings: Settings, post: str, out: Path, language: str, now: datetime) -> Path:
    """Make it; returns where it lies. `ConfigError` for a post that does not exist."""
    ensure_language(language)
    target = _place(out)
    socket = await running_at(settings)
    db = await open_database(settings.storage.url, migrate=socket is None)
    try:
        if socket is not None:
            answer: dict[str, Any] = await ask(socket, "evidence", post=post)
            number = int(answer["post"])
        else:
            number = await _begin(db, post, now)
        with tempfile.TemporaryDirectory(prefix=".hq-evidence-", dir=target.parent) as scratch:
            made = Path(scratch) / "file"
            media = MediaFolder(settings.storage.media_dir)
            await db.read(write_evidence, number, None, media, made, words_for(language), now)
            made.chmod(0o600)  # names stand in it
            await asyncio.to_thread(shutil.move, made, target)
    finally:
        await db.close()
    return target


def _place(out: Path) -> Path:
    target = out.absolute()
    if not target.parent.is_dir():
        raise ConfigError(f"there is no folder {target.parent}")
    return target


async def _begin(db: Database, post: str, now: datetime) -> int:
    try:
        return await db.run(evidence.operator_asks, post, now=now)
    except DomainError:
        raise ConfigError(f"no post {post!r}: give its number, or the link that proves it") from None
