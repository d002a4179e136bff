"""The bot's process is really killed; longer runs: `python -m bench.crash --cycles 500`."""

import json
from typing import Any

import pytest

from bench.crash import crash

NOTHING = {
    "confirmed_but_missing": 0,
    "effects_twice": 0,
    "class_a_lost": 0,
    "class_b_duplicates": 0,
    "integrity_failures": 0,
    "telegram_violations": 0,
}


def _ensure_whole(result: dict[str, Any], cycles: int) -> None:
    """Confirmed updates take effect exactly once; a class A message arrives, with at most one extra copy for a kill."""
    assert {name: result[name] for name in NOTHING} == NOTHING, json.dumps(result)
    assert result["class_a_extra_copies_max_per_message"] <= 1
    assert result["cycles"] == cycles
    assert min(result["updates"], result["texts"], result["class_b_messages"]) > 0, "there was no load"


@pytest.mark.crash
async def test_three_kills_under_load_lose_nothing_and_repeat_nothing() -> None:
    _ensure_whole(await crash(cycles=3), 3)


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.parametrize(("engine", "cycles"), [("sqlite", 25), ("postgres", 10)])
async def test_many_kills_under_load_lose_nothing_and_repeat_nothing(engine: str, cycles: int) -> None:
    """The same, longer and with other moments."""
    result = await crash(cycles=cycles, seed=2, engine=engine)
    _ensure_whole(result, cycles)
    assert result["approved"] > 0
