"""Targets set in chat on both engines: they stay when a plan is loaded, and a closed one is counted no more."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import NotFound
from domain.platforms import Platform
from domain.targets import Target
from domain.typed_figures import Metric
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign

DUE = date(2026, 10, 15)
MINE = Target("", "Казань", "Казань", Metric.MEMBERS, (Platform.VK,), ("group",), 20_000, DUE, "kazan", by_hand=True)


async def test_a_target_set_in_chat_survives_loading_a_plan_and_is_changed_by_version(db: Database) -> None:
    await db.run(load_campaign)
    made = await db.run(lambda uow: uow.targets.add(MINE))
    await db.run(load_campaign)
    assert made == replace(MINE, code=made.code)
    assert "." in made.code, "no plan can have such a code"
    codes = [one.code for one in await db.read(lambda uow: uow.campaign.targets())]
    assert codes == ["members-1", "x-1", made.code]
    more = replace(made, value=25_000)
    assert await db.run(lambda uow: uow.targets.change(more)) is True
    assert await db.run(lambda uow: uow.targets.change(more)) is False
    assert await db.read(lambda uow: uow.targets.get(made.code)) == replace(more, version=2)


async def found(uow: SqlUnitOfWork, code: str) -> Target:
    return await uow.targets.get(code)


async def test_a_closed_target_is_gone_and_the_plans_own_are_not_touched(db: Database) -> None:
    await db.run(load_campaign)
    made = await db.run(lambda uow: uow.targets.add(MINE))
    assert await db.run(lambda uow: uow.targets.close("members-1", 1, DUE, "нет")) is False
    assert await db.run(lambda uow: uow.targets.close(made.code, 2, DUE, "нет")) is False
    assert await db.run(lambda uow: uow.targets.close(made.code, 1, DUE, "считаем иначе")) is True
    assert len(await db.read(lambda uow: uow.campaign.targets())) == 2
    for code in (made.code, "members-1"):
        with pytest.raises(NotFound):
            await db.read(found, code)
