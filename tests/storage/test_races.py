"""Decisions that race each other, on both engines; longer runs: `python -m bench.races --rounds 1000`."""

import json

import pytest

from bench.races import ENGINES, races


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
async def test_whoever_is_faster_the_outcome_is_right(engine: str) -> None:
    result = await races(25, engine)
    assert result["wrong_outcomes"] == 0, json.dumps(result)
    assert result["races_with_one_winner"] == 0, json.dumps(result)
