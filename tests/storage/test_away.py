"""Absences, ticked risks and lanes on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.away import Absence, Absent
from domain.lanes import Check, Lane, Risk
from domain.people import Role
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DAY = timedelta(days=1)


async def two_people(uow: SqlUnitOfWork) -> tuple[int, int]:
    await load_campaign(uow)
    people = [
        await joined(uow, name, Role.PRESS_SECRETARY, "kazan", now=NOW, telegram_id=number)
        for number, name in enumerate(("Борис", "Вера"), 1001)
    ]
    return people[0].id, people[1].id


async def test_one_absence_a_person_and_one_that_is_over_makes_room(db: Database) -> None:
    boris, vera = await db.run(two_people)
    first = await db.run(lambda uow: uow.away.add(boris, NOW, NOW + DAY, vera, NOW))
    assert first == Absence(first.id, boris, NOW, NOW + DAY, vera)
    assert await db.run(lambda uow: uow.away.add(boris, NOW, NOW + 2 * DAY, None, NOW)) is None
    later = NOW + 3 * DAY
    assert await db.read(lambda uow: uow.away.of_person(boris, later)) is None
    again = await db.run(lambda uow: uow.away.add(boris, later, later + DAY, None, later))
    assert again.deputy_id is None
    assert await db.read(lambda uow: uow.away.find(first.id)) is None
    assert await db.run(lambda uow: uow.away.remove(again.id)) is True
    assert await db.run(lambda uow: uow.away.remove(again.id)) is False


async def test_who_is_away_at_a_moment(db: Database) -> None:
    boris, vera = await db.run(two_people)
    await db.run(lambda uow: uow.away.add(boris, NOW, NOW + DAY, vera, NOW))
    await db.run(lambda uow: uow.away.add(vera, NOW + DAY, NOW + 2 * DAY, None, NOW))
    moments = [NOW - DAY, NOW, NOW + DAY, NOW + 2 * DAY]

    async def absent(uow: SqlUnitOfWork, at: datetime) -> Absent:
        return await uow.away.absent(at)

    found = [await db.read(absent, at) for at in moments]
    assert found == [{}, {boris: vera}, {vera: None}, {}]
    ahead = await db.read(lambda uow: uow.away.open(NOW, [vera]))
    assert [one.person_id for one in ahead] == [vera]


async def test_risks_are_ticked_per_version_and_person(db: Database) -> None:
    boris, vera = await db.run(two_people)

    async def fill(uow: SqlUnitOfWork) -> int:
        draft = await uow.drafts.add(
            author_id=vera, region="kazan", text="Текст", media=(), source="", message_id=None, album="", now=NOW
        )
        await uow.risks.set(draft.id, 1, boris, Check(Risk.HATE), NOW)
        await uow.risks.set(draft.id, 1, boris, Check(Risk.HATE, "цитата из суда"), NOW)
        await uow.risks.set(draft.id, 1, boris, Check(Risk.MINORS), NOW)
        await uow.risks.clear(draft.id, 1, boris, Risk.MINORS)
        return draft.id

    number = await db.run(fill)
    assert await db.read(lambda uow: uow.risks.checks(number, 1, boris)) == [Check(Risk.HATE, "цитата из суда")]
    assert await db.read(lambda uow: uow.risks.checks(number, 2, boris)) == []
    assert await db.read(lambda uow: uow.risks.checks(number, 1, vera)) == []


async def test_a_lane_is_changed_only_from_the_one_that_was_seen(db: Database) -> None:
    await db.run(load_campaign)

    async def put(uow: SqlUnitOfWork, lane: Lane, seen: Lane) -> tuple[bool, Lane]:
        done = await uow.campaign.set_lane("vk-kazan", lane, seen)
        return done, (await uow.campaign.get_page("vk-kazan")).lane

    assert await db.run(put, Lane.BOLD, Lane.STRICT) == (False, Lane.ORDINARY)
    assert await db.run(put, Lane.BOLD, Lane.ORDINARY) == (True, Lane.BOLD)
    assert await db.run(put, Lane.ORDINARY, Lane.STRICT) == (False, Lane.BOLD)
    assert await db.run(put, Lane.STRICT, Lane.BOLD) == (True, Lane.STRICT)

    async def as_of_old(uow: SqlUnitOfWork) -> Lane:
        await uow.campaign.save_pages([replace(await uow.campaign.get_page("ok-kazan"), approvals_needed=2)])
        return (await uow.campaign.get_page("ok-kazan")).lane

    assert await db.run(as_of_old) is Lane.STRICT
