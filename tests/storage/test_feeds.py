"""Calendar feeds on both engines: one address a person and region, and the events they show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.feeds import Event, EventState, digest, fresh_token
from domain.people import Role
from domain.plan import AssignmentState, Slot, SlotState
from domain.platforms import Platform
from storage.database import Database
from storage.tables import feed
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def two_people(uow: SqlUnitOfWork) -> tuple[int, int]:
    await load_campaign(uow)
    people = [
        await joined(uow, name, Role.VOLUNTEER, "kazan", now=NOW, telegram_id=number)
        for number, name in enumerate(("Анна", "Борис"), 1001)
    ]
    return people[0].id, people[1].id


async def slots(uow: SqlUnitOfWork, *moments: datetime, page: str = "vk-kazan") -> list[Slot]:
    return await uow.plan.add_slots([(page, NOW.date(), at) for at in moments])


async def test_a_new_address_takes_the_place_of_the_old_one(db: Database) -> None:
    anna, boris = await db.run(two_people)
    first = await db.run(lambda uow: uow.feeds.put(anna, "", digest("one"), NOW))
    await db.run(lambda uow: uow.feeds.put(anna, "kazan", digest("region"), NOW))
    second = await db.run(lambda uow: uow.feeds.put(anna, "", digest("two"), NOW))
    assert second.id != first.id
    assert await db.read(lambda uow: uow.feeds.find(digest("one"))) is None
    assert await db.read(lambda uow: uow.feeds.find(digest("two"))) == second
    assert [one.region for one in await db.read(lambda uow: uow.feeds.of_person(anna))] == ["", "kazan"]
    assert await db.run(lambda uow: uow.feeds.remove(second.id, boris)) is False
    assert await db.run(lambda uow: uow.feeds.remove(second.id, anna)) is True
    assert await db.read(lambda uow: uow.feeds.find(digest("two"))) is None


async def test_the_token_itself_is_nowhere_in_the_database(db: Database) -> None:
    anna, _ = await db.run(two_people)
    token = fresh_token()
    assert len(token) >= 32
    assert fresh_token() != token
    await db.run(lambda uow: uow.feeds.put(anna, "", digest(token), NOW))

    async def stored(uow: SqlUnitOfWork) -> str:
        return repr((await uow.session.execute(select(feed))).all())

    assert token not in await db.read(stored)


async def test_the_events_of_a_person_are_theirs_alone_with_how_they_stand(db: Database) -> None:
    anna, boris = await db.run(two_people)

    async def fill(uow: SqlUnitOfWork) -> list[int]:
        made = await slots(uow, *(NOW + n * HOUR for n in range(1, 5)))
        ids = []
        for slot, person, state in zip(
            made,
            (anna, anna, boris, anna),
            (AssignmentState.ASSIGNED, AssignmentState.OFFERED, AssignmentState.ASSIGNED, AssignmentState.ASSIGNED),
            strict=True,
        ):
            one = await uow.plan.put_assignment(slot, person, state, substitute=False, now=NOW)
            ids.append(one.id)
        last = await uow.plan.get_assignment(ids[3])
        await uow.plan.save_assignment(replace(last, state=AssignmentState.DECLINED))
        await uow.journal.add(
            at=NOW + HOUR, actor=1, action="assignment.declined", object_=last.subject, version=last.version
        )
        return ids

    ids = await db.run(fill)
    found = await db.read(lambda uow: uow.feeds.events_of_person(anna, NOW, NOW + 24 * HOUR))
    assert [(event.uid, event.state) for event in found] == [
        (f"assignment-{ids[0]}", EventState.PLANNED),
        (f"assignment-{ids[1]}", EventState.ASKED),
        (f"assignment-{ids[3]}", EventState.CANCELLED),
    ]
    assert (found[0].changed_at, found[2].changed_at) == (NOW, NOW + HOUR)
    assert found[2].sequence == found[0].sequence + 1
    assert (found[0].page_title, found[0].platform, found[0].zone) == ("VK Казань", Platform.VK, "Europe/Moscow")
    earlier = await db.read(lambda uow: uow.feeds.events_of_person(anna, NOW, NOW + 2 * HOUR))
    assert [event.uid for event in earlier] == [f"assignment-{ids[0]}"]


async def test_the_events_of_a_region_are_its_slots_without_names(db: Database) -> None:
    await db.run(two_people)

    async def fill(uow: SqlUnitOfWork) -> list[Slot]:
        made = await slots(uow, NOW + HOUR, NOW + 2 * HOUR)
        await slots(uow, NOW + HOUR, page="vk-omsk")
        await uow.plan.save_slot(replace(made[1], state=SlotState.CANCELLED))
        return made

    made = await db.run(fill)
    found: list[Event] = await db.read(lambda uow: uow.feeds.events_of_region("kazan", NOW, NOW + 24 * HOUR))
    assert [(event.uid, event.state, event.assignment_id) for event in found] == [
        (f"slot-{made[0].id}", EventState.OPEN, None),
        (f"slot-{made[1].id}", EventState.CANCELLED, None),
    ]
    again = await db.read(lambda uow: uow.feeds.events_of_region("kazan", NOW, NOW + 24 * HOUR))
    assert again == found
