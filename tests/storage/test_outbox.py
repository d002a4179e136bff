"""The outbox on both engines: who is next, what waits, what moves; and a message to many as rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.broadcasts import Audience, Missed, Tally
from domain.notices import UNREACHABLE, Guarantee, Notice, NoticeStatus, Priority
from domain.people import EVERYWHERE, Actor, PersonStatus, Role
from domain.ports import UnitOfWork
from domain.ports.broadcasts import Circle
from storage.database import Database
from storage.tables import outbox
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


async def people(db: Database, *places: str, role: Role = Role.VOLUNTEER) -> list[Actor]:
    async def enter(uow: UnitOfWork) -> list[Actor]:
        return [await joined(uow, f"p{n} {place}", role, place, now=NOW) for n, place in enumerate(places)]

    return await db.run(enter)


def note(person: Actor, text: str, priority: Priority = Priority.REMINDER, ahead: float = 0) -> Notice:
    at = NOW + timedelta(seconds=ahead)
    return Notice(
        "note", f"note:{text}", at, f"note:{text}", person_id=person.id, priority=priority, guarantee=Guarantee.A
    )


async def claim(db: Database, limit: int, busy: tuple[Actor, ...] = ()) -> list[str]:
    readers = [(person.id, None) for person in busy]
    claimed = await db.run(lambda uow: uow.outbox.claim(NOW, limit, readers))
    return [notice.subject.partition(":")[2] for notice in claimed]


async def rows(uow: Any) -> dict[str, Any]:
    return {row.subject.partition(":")[2]: row for row in await uow.session.execute(outbox.select())}


async def test_the_urgent_are_claimed_first_then_the_oldest_one_per_reader(db: Database) -> None:
    anna, boris, vera = await people(db, "kazan", "kazan", "omsk")
    notices = [
        note(anna, "bulk", Priority.BULK, ahead=-9),
        note(anna, "second", ahead=-5),
        note(anna, "first", ahead=-6),
        note(boris, "decision", Priority.DECISION),
        note(vera, "later", ahead=+1),
    ]
    await db.run(lambda uow: uow.outbox.add(*notices))
    assert await claim(db, 10) == ["decision", "first"]
    assert await claim(db, 10, busy=(anna,)) == []
    assert not await db.read(lambda uow: uow.outbox.any_due(NOW, [(anna.id, None)]))
    assert await db.read(lambda uow: uow.outbox.any_due(NOW, [(boris.id, None)]))
    assert await claim(db, 1) == ["second"]
    assert await claim(db, 10) == ["bulk"]


async def test_a_reader_with_many_keeps_nobody_else_waiting(db: Database) -> None:
    anna, boris = await people(db, "kazan", "kazan")
    crowd = [note(anna, f"n{n}", ahead=n - 60) for n in range(50)]
    await db.run(lambda uow: uow.outbox.add(*crowd, note(boris, "his")))
    assert await claim(db, 4) == ["n0", "his"]


async def test_what_was_postponed_is_no_attempt_and_comes_back_when_it_is_released(db: Database) -> None:
    (anna,) = await people(db, "kazan")
    await db.run(lambda uow: uow.outbox.add(note(anna, "kept")))
    (notice,) = await db.run(lambda uow: uow.outbox.claim(NOW, 1))
    await db.run(lambda uow: uow.outbox.postpone(notice.id, NOW + timedelta(days=7), UNREACHABLE))
    assert (await db.read(rows))["kept"].attempts == 0
    assert await claim(db, 1) == []
    assert await db.run(lambda uow: uow.outbox.release(anna.id, "something else", NOW)) == 0
    assert await db.run(lambda uow: uow.outbox.release(anna.id, UNREACHABLE, NOW)) == 1
    assert await claim(db, 1) == ["kept"]


async def test_a_group_that_moved_takes_its_notices_and_copies_along(db: Database) -> None:
    (anna,) = await people(db, "kazan")

    async def fill(uow: UnitOfWork) -> None:
        await uow.outbox.add(Notice("note", "note:group", NOW, "note:group", chat_id=-5))
        for chat, message in ((-5, 1), (-5, 2), (-1005, 2)):
            await uow.cards.add(
                person_id=anna.id,
                chat_id=chat,
                message_id=message,
                content_ids=[],
                subject="s",
                purpose="queue",
                version=1,
                fingerprint="",
                now=NOW,
            )

    async def move(uow: UnitOfWork) -> None:
        await uow.outbox.follow(-5, -1005)
        await uow.cards.follow(-5, -1005)

    await db.run(fill)
    await db.run(move)
    assert (await db.read(rows))["group"].chat_id == -1005
    copies = await db.read(lambda uow: uow.cards.of_subject("s"))
    assert sorted((c.chat_id, c.message_id) for c in copies) == [(-1005, 1), (-1005, 2), (-5, 2)]


async def test_copies_of_many_subjects_are_found_at_once_and_lose_what_stands_above_them(db: Database) -> None:
    (anna,) = await people(db, "kazan")

    async def fill(uow: UnitOfWork) -> None:
        for number in range(1, 4):
            await uow.cards.add(
                person_id=anna.id,
                chat_id=1,
                message_id=number,
                content_ids=[number + 10],
                subject=f"assignment:{number}",
                purpose="assignment" if number < 3 else "offer",
                version=1,
                fingerprint="",
                now=NOW,
            )

    await db.run(fill)
    wanted = [f"assignment:{number}" for number in range(1, 1200)]
    found = await db.read(lambda uow: uow.cards.of_subjects(wanted, "assignment"))
    assert [(copy.message_id, copy.content_ids) for copy in found] == [(1, (11,)), (2, (12,))]
    await db.run(lambda uow: uow.cards.bared(found[0].id))
    again = await db.read(lambda uow: uow.cards.of_subjects(wanted[:1], "assignment"))
    assert [copy.content_ids for copy in again] == [()]


async def test_a_message_to_many_becomes_a_row_each_for_those_it_is_meant_for(db: Database) -> None:
    (maria,) = await people(db, EVERYWHERE, role=Role.MANAGER)
    anna, boris, oleg, left = await people(db, "kazan", "kazan", "omsk", "kazan")
    await people(db, "kazan", role=Role.COORDINATOR)

    async def prepare(uow: UnitOfWork) -> None:
        await uow.people.set_reachable(boris.telegram_id, reachable=False)
        await uow.people.update(left.id, status=PersonStatus.LEFT)
        await uow.people.add_membership(anna.id, Role.COORDINATOR, "kazan", None, NOW)  # two roles, one message

    await db.run(prepare)
    circle = Circle(maria.id, (Role.VOLUNTEER, Role.COORDINATOR), frozenset({"kazan"}))
    assert await db.read(lambda uow: uow.broadcasts.audience(circle)) == Audience(2, 1)
    everybody = Circle(maria.id, (), None)
    assert await db.read(lambda uow: uow.broadcasts.audience(everybody)) == Audience(3, 1)

    async def send(uow: UnitOfWork) -> Tally:
        sending = await uow.broadcasts.add(author_id=maria.id, text="x", entities=(), media=(), album="", now=NOW)
        assert await uow.broadcasts.enqueue(sending, circle, NOW) == 2
        return await uow.broadcasts.tally(sending)

    assert await db.run(send) == Tally(left=2, unreachable=1)
    queued = await db.run(lambda uow: uow.outbox.claim(NOW, 10))
    assert {notice.params["broadcast"] for notice in queued} == {1}
    assert [notice.priority for notice in queued] == [Priority.BULK] * 2
    assert oleg.id not in {notice.person_id for notice in queued}

    async def fail(uow: UnitOfWork) -> list[Missed]:
        await uow.outbox.uncertain(queued[0].id, "lost")
        return await uow.broadcasts.missed(await uow.broadcasts.get(1))

    assert sorted(missed.why for missed in await db.run(fail)) == ["uncertain", "unreachable"]
    assert set(NoticeStatus) >= {row.status for row in (await db.read(rows)).values()}
