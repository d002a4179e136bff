"""Lists of people and passwords are not kept: the words, the deletion, and that nothing of it stays anywhere."""

from functools import partial
from pathlib import Path

from sqlalchemy import select

from domain.people import Role
from playground import User
from storage.tables import draft, inbox, journal, journal_payload
from storage.uow import SqlUnitOfWork
from tests.domain.test_file_guard import BOMBS, PEOPLE
from tests.harness import Headquarters

LIST = "Зеленцова Мария 89171234567\nПетрова Анна 89177654321\nСафин Ильдар 89271112233\nКим Юлия 89061234567"


def holding(folder: Path, what: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and what in path.read_bytes()]


async def rows(hq: Headquarters) -> str:
    """Everything that could hold a message's text."""

    async def read(uow: SqlUnitOfWork) -> str:
        found = []
        for table in (draft, inbox, journal, journal_payload):
            found += [str(row) for row in await uow.session.execute(select(table))]
        return "\n".join(found)

    return await hq.run(read)


async def test_a_list_of_people_is_refused_deleted_and_nowhere(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send(LIST)
    assert "Похоже на список людей" in anna.screen
    assert "здесь сообщение удалено" in anna.screen
    assert all("Зеленцова" not in message.body or message.deleted for message in anna.user.chat.messages)
    kept = await rows(hq)
    assert "Зеленцова" not in kept
    assert "sensitive.refused" in kept


async def test_a_password_is_refused_and_what_was_asked_stays_asked(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language="en")
    await anna.send("/draft")
    await anna.send("login kazan_hq password Winter2026")
    assert "looks like a password or a login code" in anna.screen
    assert "Headquarters never asks for passwords" in anna.screen
    assert "Winter2026" not in await rows(hq)
    await anna.send("The bridge is open again.")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "The bridge is open again."


async def test_a_message_that_is_edited_into_a_password_does_not_reach_the_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Мост открыт.")
    mine = next(message for message in anna.user.chat.messages if not message.from_bot)
    await anna.act(lambda user: user.edit(mine, "пароль: Qwerty123"))
    assert "Похоже на пароль" in anna.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Мост открыт."
    assert mine.deleted


async def test_a_file_with_a_list_is_not_kept(hq: Headquarters, tmp_path: Path) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.act(lambda user: user.send_document(PEOPLE.encode(), "список.txt"))
    assert "Похоже на список людей" in anna.screen
    assert holding(tmp_path, b"89171234567") == []


async def test_a_coordinator_who_may_import_figures_is_told_the_same(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.COORDINATOR, "kazan")
    await vera.act(lambda user: user.send_document(PEOPLE.encode(), "list.csv"))
    assert "Похоже на список людей" in vera.screen


async def test_files_that_unfold_get_a_clear_word_and_leave_nothing(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for data, _ in BOMBS.values():
        await anna.act(partial(User.send_document, data=data, name="file.dat"))
        assert "Ничего не сохранено" in anna.screen
    assert await hq.read(lambda uow: uow.drafts.find_unfinished(anna.id)) is None


async def test_a_password_in_a_group_is_deleted_and_said_in_one_line_that_does_not_repeat_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = hq.stranger("Борис")
    suspended = await hq.join("Олег", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.standing.suspend(suspended.id, None, None, hq.now))
    group = hq.telegram.world.add_group(-100777, "Штаб", members=[one.user for one in (anna, boris, suspended)])
    for author, told in ((anna, 1), (boris, 2), (suspended, 2)):
        await author.act(lambda user: user.send("ребята, пароль: Qwerty123", chat=group))
        said = [message.body for message in group.messages if message.from_bot]
        assert len(said) == told
    assert all(message.deleted for message in group.messages if not message.from_bot)
    assert "похожее на пароль или код для входа: оно удалено" in said[0]
    assert "Qwerty123" not in "".join(said)
    await anna.act(lambda user: user.send("Пароль от двери знает вахтёр", chat=group))
    await anna.act(lambda user: user.send("Кто сегодня дежурит?", chat=group))
    talk = [message for message in group.messages if not message.from_bot and not message.deleted]
    await anna.act(lambda user: user.edit(talk[-1], "код подтверждения ВК 483920"))
    assert [message.deleted for message in talk] == [False, True]
    kept = await rows(hq)
    assert "Qwerty123" not in kept
    assert "483920" not in kept
    assert kept.count("sensitive.refused") == 2, "of members only: nothing is noted of others"


async def test_where_the_bot_may_not_delete_it_asks_the_author_to(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language="en")
    group = hq.telegram.world.add_group(-100777, "Штаб", members=[anna.user], bot_status="member")
    await anna.act(lambda user: user.send("/bind login kazan_hq password Winter2026", chat=group))
    await anna.act(lambda user: user.send("login code for VK: 483920", chat=group))
    said = [message for message in group.messages if message.from_bot]
    assert all("Please delete it yourself" in message.body for message in said)
    assert said[0].reply_to is not None
