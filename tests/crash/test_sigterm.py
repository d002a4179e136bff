"""SIGTERM while handlers wait for Telegram; longer runs: `python -m bench.sigterm --runs 200`."""

import pytest

from bench.sigterm import sigterm


@pytest.mark.crash
@pytest.mark.slow
async def test_five_sigterms_under_slow_handlers_lose_nothing_and_a_second_signal_ends_at_once() -> None:
    found = await sigterm(runs=5)

    assert found["texts"] == 30
    assert (found["lost"], found["twice"], found["wrong_exit_codes"]) == (0, 0, 0)
    assert found["exit_s_max"] <= 10  # the promise; the program ends itself before that
    assert found["second_signal_s_max"] <= 1
