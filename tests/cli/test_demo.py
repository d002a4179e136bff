"""The played day: the whole of a campaign day through the real bot, with a restart in the middle."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

MUST_HAPPEN = (
    "people",
    "drafts_submitted",
    "drafts_approved",
    "drafts_returned",
    "slots_planned",
    "slots_filled",
    "posted_on_time",
    "posted_late",
    "substitutes_used",
    "reminders_sent",
    "figures_reported",
    "restarts",
)


@pytest.mark.slow
async def test_a_played_day_leaves_nothing_undone(tmp_path: Path) -> None:
    """Every kind of thing happens at least once, nothing that was due is undone, Telegram refused nothing."""
    counts = tmp_path / "counts.json"
    command = [sys.executable, "-m", "bot", "demo", "--play", "day", "--json", str(counts)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()[-3000:]
    result = json.loads(await asyncio.to_thread(counts.read_text, "utf-8"))
    assert [name for name in MUST_HAPPEN if result[name] <= 0] == []
    assert (result["due_but_undone"], result["telegram_violations"], result["undone"]) == (0, 0, {})
