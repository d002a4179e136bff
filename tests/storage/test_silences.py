"""Silences on both engines: announced once, kept by plans, lifted by exactly two; the short run of the bench."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bench.silence import silence as the_seconds_around_both_ends
from domain.errors import DomainError, NotFound
from domain.people import EVERYWHERE, Actor, Role
from domain.plan_load import CampaignPlan
from domain.ports import UnitOfWork
from domain.silence import Blackout, LiftKind, SilenceKind
from domain.usecases import plan_load, silence_lifts
from domain.usecases.publishing import Gate
from domain.usecases.silences import Silences
from storage.database import Database
from storage.tables import blackout
from tests.harness import load_campaign
from tests.joining import joined
from tests.storage.test_plan import NOW

DAY = datetime(2026, 9, 7)  # noqa: DTZ001 - a wall-clock time
VOTE = Blackout(EVERYWHERE, DAY, DAY + timedelta(days=1), "Голосование", SilenceKind.VOTING)
GRIEF = Blackout("kazan", DAY, DAY + timedelta(days=2), "Траур", SilenceKind.MOURNING, by_hand=True)


async def test_a_plan_replaces_its_own_silences_and_leaves_those_by_hand(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        await uow.campaign.save_blackouts([VOTE])
        assert await uow.silences.add(GRIEF)
        assert not await uow.silences.add(GRIEF)
        numbers = {one.key: one.id for one in await uow.campaign.blackouts()}
        outcome = await plan_load.preview(uow, CampaignPlan(None, {}, {}, {}, {}, {}))
        assert [change.key for change in outcome.changes if change.thing.value == "silence"] == [
            "* 2026-09-07 00:00 – 2026-09-08 00:00"
        ]
        await uow.campaign.save_blackouts([VOTE])
        assert {one.key: one.id for one in await uow.campaign.blackouts()} == numbers, "buttons name them"
        await uow.campaign.save_blackouts([])
        assert await uow.campaign.blackouts() == [GRIEF]
        assert not await uow.silences.end(VOTE.key)
        assert await uow.silences.end(GRIEF.key)
        assert await uow.campaign.blackouts() == []

    await db.run(story)


async def test_a_moment_that_cannot_be_read_is_silent_everywhere(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        broken = {"region": EVERYWHERE, "starts": "soon", "ends": "later", "reason": "?"}
        await uow.session.execute(blackout.insert().values(**broken))  # type: ignore[attr-defined]
        gate = await Gate.load(uow)
        pages = (await uow.campaign.pages()).values()
        assert not any(gate.is_open(page, NOW + timedelta(days=days)) for page in pages for days in (-99, 0, 99))

    await db.run(story)


async def test_the_first_of_two_seconds_lifts_it_and_the_other_learns_that(db: Database) -> None:
    async def stage(uow: UnitOfWork) -> tuple[list[Actor], int]:
        await load_campaign(uow)
        await uow.campaign.save_blackouts([VOTE])
        people = [await joined(uow, name, Role.MANAGER, EVERYWHERE, now=NOW) for name in ("А", "Б", "В")]
        lift = await uow.silences.add_lift(LiftKind.OVERRIDE, VOTE.key, "kazan", 2, "Почему", people[0].id, NOW)
        assert [one.id for one in await uow.silences.waiting(NOW - timedelta(hours=1))] == [lift.id]
        assert await uow.silences.lifts() == []
        return people, lift.id

    people, lift = await db.run(stage)

    async def agree(actor: Actor) -> bool:
        try:
            await db.run(silence_lifts.confirm, actor, lift, now=NOW)
        except DomainError:
            return False
        return True

    assert sorted(await asyncio.gather(*map(agree, people))) == [False, False, True]
    known = await db.read(Silences.load)
    assert not known.hold("kazan", NOW)
    assert known.hold("omsk", NOW)
    with pytest.raises(NotFound):
        await db.read(lambda uow: uow.silences.get_lift(99))


@pytest.mark.slow
async def test_nothing_leaks_and_nothing_is_held_back_around_both_ends() -> None:
    """The short version of `python -m bench.silence`."""
    result = await the_seconds_around_both_ends(every=25)
    assert (result["inside_leaks"], result["false_blocks"]) == (0, 0)
    assert result["cases"] > 500
