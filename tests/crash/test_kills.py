"""The bot's process is really killed; longer runs: `python -m bench.crash --cycles 500`."""

import pytest

from bench.crash import crash


def _must_be_zero(result: dict[str, int]) -> dict[str, int]:
    return {
        name: number
        for name, number in result.items()
        if name not in {"cycles", "updates", "class_a_extra_copies_max_per_message"} and number
    }


@pytest.mark.crash
async def test_three_kills_under_load_lose_nothing_and_repeat_nothing() -> None:
    """Confirmed updates take effect exactly once; a decision's notice arrives, at most once too often."""
    result = await crash(cycles=3)
    assert _must_be_zero(result) == {}
    assert result["class_a_extra_copies_max_per_message"] <= 1
    assert result["updates"] >= 3 * 24


@pytest.mark.crash
@pytest.mark.slow
async def test_twenty_five_kills_under_load_lose_nothing_and_repeat_nothing() -> None:
    """The same, longer and with other moments."""
    result = await crash(cycles=25, seed=2)
    assert _must_be_zero(result) == {}
    assert result["class_a_extra_copies_max_per_message"] <= 1
