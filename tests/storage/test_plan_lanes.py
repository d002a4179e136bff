"""Lanes in plan files: old files keep their meaning, new ones make official pages strict, chat's choice is kept."""

import pytest

from bot.plan_file import PlanError, parse_plan
from domain.lanes import Lane
from domain.usecases import plan_load
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.storage.test_away import NOW

HEAD = """
[campaign]
name = "Проба"
starts = 2026-09-01
phase_end = 2026-09-30
ends = 2026-10-31
zone = "Europe/Moscow"

[[regions]]
code = "kazan"
name = "Казань"
zone = "Europe/Moscow"
"""


def plan(**pages: str) -> str:
    """Pages by code with what the file says of their lane; those named official… are."""
    kinds = {code: "official" if code.startswith("official") else "group" for code in pages}
    return HEAD + "".join(
        f'[[pages]]\ncode = "{code}"\nplatform = "vk"\nkind = "{kinds[code]}"\ntitle = "{code}"\nregion = "kazan"\n'
        f'addresses = ["https://vk.com/{code}"]\nimprint = ""\n{lane}\n'
        for code, lane in pages.items()
    )


def lanes_of(text: str) -> dict[str, Lane]:
    return {code: page.lane for code, page in parse_plan(text).pages.items()}


def test_an_old_file_keeps_its_meaning() -> None:
    assert lanes_of(plan(official1="", official2="approvals = 2", group1="approvals = 1")) == {
        "official1": Lane.ORDINARY,
        "official2": Lane.STRICT,
        "group1": Lane.ORDINARY,
    }


def test_in_a_file_with_lanes_official_pages_are_strict_unless_it_says_otherwise() -> None:
    assert lanes_of(plan(official1="", official2='lane = "ordinary"', official3='lane = "bold"', group1="")) == {
        "official1": Lane.STRICT,
        "official2": Lane.ORDINARY,
        "official3": Lane.BOLD,
        "group1": Lane.ORDINARY,
    }


def test_a_lane_and_a_number_that_contradict_are_named() -> None:
    with pytest.raises(PlanError, match=r"pages\[1\].*approvals = 1 does not go with lane = strict"):
        parse_plan(plan(group1='lane = "strict"\napprovals = 1'))
    with pytest.raises(PlanError, match=r"pages\[1\]\.lane"):
        parse_plan(plan(group1='lane = "brave"'))


async def in_chat(uow: SqlUnitOfWork, code: str) -> bool:
    return await uow.campaign.set_lane(code, Lane.BOLD, Lane.ORDINARY)


async def test_what_was_set_in_chat_stays_where_the_plan_is_silent_and_yields_where_it_speaks(db: Database) -> None:
    text = plan(group1="", group2='lane = "ordinary"')
    await db.run(plan_load.apply, None, parse_plan(text), now=NOW)
    for code in ("group1", "group2"):
        assert await db.run(in_chat, code)
    outcome = await db.run(plan_load.apply, None, parse_plan(text), now=NOW)
    assert [(c.key, c.fields[0].name, c.fields[0].after) for c in outcome.changes] == [
        ("group2", "lane", Lane.ORDINARY)
    ]
    pages = await db.read(lambda uow: uow.campaign.pages())
    assert {code: page.lane for code, page in pages.items()} == {"group1": Lane.BOLD, "group2": Lane.ORDINARY}
