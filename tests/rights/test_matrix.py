"""Every action × role × region × relation × state × chat through the running bot, sampled; the whole of it is `python -m bench.rights`."""

import pytest

from bench.rights import ZERO, bench
from bench.rights_judge import answers, commands, kind_of, presses
from bench.rights_live import live
from bench.rights_matrix import NOT_IN_CHAT, cases, made, ready, run, ways
from bench.rights_stage import HOME, stage
from domain import rights
from domain.people import Role
from domain.rights import Action


def test_every_action_has_something_that_tries_it() -> None:
    tried = {action for action, _ in made()} | set(commands().values()) | set(answers().values())
    assert set(Action) - NOT_IN_CHAT <= tried


def test_a_button_of_every_kind_can_be_made_and_is_recognised() -> None:
    known = {kind_of(data) for _, data in made()}
    assert None not in known
    assert {action for _, _, action in presses()} - {Action.ANYTHING_ELSE} <= {found[1] for found in known if found}


def test_the_cases_are_the_whole_product_without_what_cannot_be() -> None:
    all_of_them = cases()
    assert len(all_of_them) == len(set(all_of_them)) == (6 * 3 + 1) * 4 * 4 * 2 + 2
    assert {case.role for case in all_of_them} == {*Role, None}


@pytest.mark.slow
async def test_nobody_does_or_reads_what_is_not_theirs() -> None:
    found, wrong = await bench(share=0.004, forged=250, seed=8, steps=200)
    assert wrong == []
    assert not any(found[name] for name in ZERO)
    assert found["forged_changes"]
    assert found["with_effect"]


@pytest.mark.slow
async def test_a_bot_that_lets_everybody_through_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above could not fail if nothing were looked at."""
    async with stage() as made_:
        harvest = await live(made_, 40, 3)
        await ready(made_)
        monkeypatch.setattr(rights, "may", lambda *_, **__: True)
        found = await run(made_, ways(harvest), 3, 0.006)
    assert len({text.partition(":")[0] for text in found.allowed}) >= 5


@pytest.mark.slow
async def test_the_tables_are_put_back_as_they_were() -> None:
    async with stage() as made_:
        anna = await made_.somebody("Анна", Role.VOLUNTEER, HOME)
        await made_.keep()
        before = made_.tables.contents()
        outcome = await made_.say(anna, "Открыли площадку")
        assert {table for table, _, _ in outcome.changed} >= {"draft", "content"}
        await made_.put_back()
        assert made_.tables.contents() == before
