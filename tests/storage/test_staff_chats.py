"""Groups that show a region's queue, on both engines."""

from dataclasses import replace
from datetime import time, timedelta

from domain.notices import NoticeStatus
from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from domain.staff_chats import EVERY, StaffChat, Trouble
from domain.usecases import group_cards
from storage.database import Database
from storage.tables import outbox
from tests.harness import load_campaign
from tests.storage.test_drafts import NOW, person


async def a_chat(uow: UnitOfWork, chat_id: int = -1, thread_id: int = 0, region: str = "kazan") -> StaffChat:
    boris = await person(uow, "Борис", Role.COORDINATOR)
    wanted = StaffChat(0, chat_id, thread_id, region, "Штаб", "ru", time(22), time(8), boris.id, NOW, None)
    return await uow.staff_chats.bind(wanted)


async def kinds(uow: UnitOfWork) -> list[str]:
    waiting = outbox.select().where(outbox.c.status == NoticeStatus.WAITING).order_by(outbox.c.id)
    return [row.kind for row in await uow.session.execute(waiting)]  # type: ignore[attr-defined]


async def test_a_place_is_bound_once_and_bound_anew_keeps_its_number_and_is_healed(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        first, topic = await a_chat(uow), await a_chat(uow, thread_id=5, region=EVERYWHERE)
        assert first.id != topic.id
        await uow.staff_chats.set_trouble(first.id, Trouble.KICKED)
        assert await uow.staff_chats.showing("kazan") == [topic]
        assert await uow.staff_chats.showing("omsk") == [topic]
        anew = await uow.staff_chats.bind(replace(first, id=0, region="omsk", trouble=None))
        assert anew == replace(first, region="omsk")
        assert await uow.staff_chats.find_at(-1, 0) == anew
        assert await uow.staff_chats.showing("omsk") == [topic, anew]
        assert await uow.staff_chats.of_regions({"omsk"}) == [anew]
        assert await uow.staff_chats.of_regions({EVERYWHERE}) == [topic, anew]
        await uow.staff_chats.move(-1, -100)
        assert [chat.id for chat in await uow.staff_chats.of_chat(-100)] == [topic.id, anew.id]
        await uow.staff_chats.remove(anew.id)
        assert await uow.staff_chats.find(anew.id) is None

    await db.run(story)


async def test_changes_within_twenty_seconds_of_an_edit_are_one_notice(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        chat = await a_chat(uow)
        await uow.cards.add(
            person_id=chat.bound_by,
            chat_id=chat.chat_id,
            message_id=7,
            content_ids=(),
            subject=chat.subject,
            purpose=group_cards.QUEUE,
            version=0,
            fingerprint="",
            now=NOW,
        )
        for seconds in (1, 5, 19):
            await group_cards.redraw_queues(uow, "kazan", NOW + timedelta(seconds=seconds))
        await group_cards.redraw_queues(uow, "omsk", NOW + timedelta(seconds=19))
        assert await kinds(uow) == ["staff.queue"]
        assert await uow.outbox.next_due() == NOW + EVERY
        await group_cards.redraw_queues(uow, "kazan", NOW + timedelta(seconds=25))
        assert await kinds(uow) == ["staff.queue"] * 2

    await db.run(story)


async def test_a_lost_group_is_told_once_and_a_topic_of_it_alone(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        first, topic = await a_chat(uow), await a_chat(uow, thread_id=5)
        for _ in range(2):
            await group_cards.broke(uow, -1, Trouble.NO_TOPIC, only=topic.id, now=NOW)
        assert await kinds(uow) == ["staff.broken"]
        assert await uow.staff_chats.showing("kazan") == [first]
        await group_cards.broke(uow, -1, Trouble.KICKED, now=NOW)
        assert await kinds(uow) == ["staff.broken"] * 2
        troubles = {chat.id: chat.trouble for chat in await uow.staff_chats.of_chat(-1)}
        assert troubles == {first.id: Trouble.KICKED, topic.id: Trouble.NO_TOPIC}
        await group_cards.broke(uow, -2, Trouble.KICKED, now=NOW)
        assert await kinds(uow) == ["staff.broken"] * 2

    await db.run(story)


async def test_a_moved_group_forgets_its_old_messages_and_is_drawn_anew_once(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        chat = await a_chat(uow)
        for message_id, subject, purpose in (
            (7, chat.subject, group_cards.QUEUE),
            (8, "staff.draft:1", group_cards.CARD),
        ):
            await uow.cards.add(
                person_id=chat.bound_by,
                chat_id=-1,
                message_id=message_id,
                content_ids=(),
                subject=subject,
                purpose=purpose,
                version=1,
                fingerprint="",
                now=NOW,
            )
        for _ in range(2):
            await group_cards.moved(uow, -1, -100, now=NOW)
        assert await uow.cards.of_subject(chat.subject) == []
        assert await uow.cards.of_subject("staff.draft:1") == []
        assert await kinds(uow) == ["staff.queue"]

    await db.run(story)
