"""Norms set in chat and the campaign's own calendar, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.calendar_days import CalendarDay, DayGone, DayState
from domain.errors import NotFound
from domain.norm_settings import NormSettingChanged, SettingState
from domain.norms import Norm, Window
from domain.people import EVERYWHERE, Role
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
MORNING = Window(time(9), time(12))
PLAIN = Norm("vk-kazan", (1,) * 7, (MORNING,), 60, 2)
FULL = Norm(
    "vk-kazan",
    (2, 2, 2, 2, 2, 1, 0),
    (MORNING, Window(time(18), time(23, 59))),
    90,
    4,
    peaks=(Window(time(18), time(20)),),
    starts=TODAY,
    ends=TODAY + 30 * DAY,
    mix=(("news", 40), ("people", 30)),
    exceptions={TODAY + DAY: 0, TODAY + 2 * DAY: 3},
    before=PLAIN,
)


async def vera(uow: SqlUnitOfWork) -> int:
    await load_campaign(uow)
    return (await joined(uow, "Вера", Role.PRESS_SECRETARY, "kazan", now=NOW, telegram_id=1001)).id


async def test_a_norm_comes_back_as_it_was_stored(db: Database) -> None:
    await db.run(vera)
    await db.run(lambda uow: uow.campaign.save_norms([FULL]))
    assert (await db.read(lambda uow: uow.campaign.norms(["vk-kazan"]))) == {"vk-kazan": FULL}
    own = (await db.read(lambda uow: uow.norms.own(["vk-kazan"])))["vk-kazan"]
    assert (own.norm, own.by_hand, own.planned) == (FULL, False, None)


async def test_of_two_who_set_a_norm_the_first_wins_and_the_plans_is_remembered(db: Database) -> None:
    await db.run(vera)
    before = (await db.read(lambda uow: uow.norms.own()))["vk-kazan"]
    assert await db.run(lambda uow: uow.norms.set_by_hand(PLAIN, before.version))
    assert not await db.run(lambda uow: uow.norms.set_by_hand(FULL, before.version)), "another was first"
    assert not await db.run(lambda uow: uow.norms.set_by_hand(FULL, 0)), "there is one already"
    assert await db.run(lambda uow: uow.norms.set_by_hand(FULL, before.version + 1))
    after = (await db.read(lambda uow: uow.norms.own()))["vk-kazan"]
    assert (after.norm, after.by_hand, after.planned) == (FULL, True, before.norm), "the plan's, not the one in between"
    await db.run(lambda uow: uow.campaign.remove_norms(["vk-kazan"]))
    assert await db.run(lambda uow: uow.norms.set_by_hand(PLAIN, 0))
    assert (await db.read(lambda uow: uow.norms.own()))["vk-kazan"].planned is None


async def test_a_norm_being_set_is_one_row_a_person_and_saved_on_its_version(db: Database) -> None:
    person = await db.run(vera)
    first = await db.run(lambda uow: uow.norms.begin(person, FULL, 1, at_once=True, now=NOW))
    assert (first.norm, first.at_once, first.state) == (FULL, True, SettingState.OPEN)
    changed = await db.run(lambda uow: uow.norms.save_setting(replace(first, norm=PLAIN, replaced=FULL)))
    assert (await db.read(lambda uow: uow.norms.get_setting(first.id))) == changed
    with pytest.raises(NormSettingChanged):
        await db.run(lambda uow: uow.norms.save_setting(first))
    second = await db.run(lambda uow: uow.norms.begin(person, PLAIN, 1, at_once=False, now=NOW))
    dropped = await db.read(lambda uow: uow.norms.get_setting(first.id))
    assert dropped.state is SettingState.DROPPED
    with pytest.raises(NormSettingChanged):
        await db.run(lambda uow: uow.norms.save_setting(dropped))
    with pytest.raises(NotFound):
        await db.read(lambda uow: uow.norms.get_setting(second.id + 1))


async def test_the_calendar_changes_norms_once_it_is_saved(db: Database) -> None:
    person = await db.run(vera)
    open_ = CalendarDay(0, EVERYWHERE, None, TODAY, TODAY + DAY, 0, "День города", person)
    entry = await db.run(lambda uow: uow.norms.add_day(open_))

    async def wanted() -> dict[str, int]:
        norms = await db.read(lambda uow: uow.campaign.norms(["vk-kazan", "vk-omsk"]))
        return {code: norm.wanted(TODAY) for code, norm in norms.items()}

    assert await wanted() == {"vk-kazan": 2, "vk-omsk": 2}
    assert await db.read(lambda uow: uow.norms.calendar(TODAY)) == []
    saved = await db.run(lambda uow: uow.norms.save_day(replace(entry, state=DayState.SAVED)))
    assert await wanted() == {"vk-kazan": 0, "vk-omsk": 0}
    assert await db.read(lambda uow: uow.norms.calendar(TODAY + DAY)) == [saved]
    assert await db.read(lambda uow: uow.norms.calendar(TODAY + 2 * DAY)) == []
    assert (await db.read(lambda uow: uow.norms.own(["vk-kazan"])))["vk-kazan"].norm.exceptions == {}
    with pytest.raises(DayGone):
        await db.run(lambda uow: uow.norms.save_day(replace(entry, state=DayState.DROPPED)))
    one_page = CalendarDay(0, "kazan", "vk-kazan", TODAY, TODAY, 1, "", person, DayState.SAVED)
    await db.run(lambda uow: uow.norms.add_day(one_page))
    assert await wanted() == {"vk-kazan": 1, "vk-omsk": 0}
    with pytest.raises(DayGone):
        await db.read(lambda uow: uow.norms.get_day(99))
