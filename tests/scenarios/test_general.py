"""What is always there, and a kind, exact answer to everything nobody understands."""

import pytest

from domain.notices import Notice, Priority
from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import Headquarters


@pytest.mark.parametrize(
    ("role", "has", "lacks"),
    [
        (Role.VOLUNTEER, {"Мой день", "Написать пост"}, {"На одобрении", "Статус", "Команда"}),
        (Role.PRESS_SECRETARY, {"На одобрении", "Статус", "Команда"}, {"Цифры"}),
        (Role.COORDINATOR, {"Команда", "Цифры", "Статус"}, {"На одобрении"}),
    ],
)
async def test_the_menu_offers_what_the_role_may_do(
    hq: Headquarters, role: Role, has: set[str], lacks: set[str]
) -> None:
    anna = await hq.join("Анна", role, "kazan")
    await anna.send("/start")
    assert has <= set(anna.labels)
    assert not lacks & set(anna.labels)


async def test_names_with_markup_are_shown_as_they_are(hq: Headquarters) -> None:
    anna = await hq.join("<b>Анна</b> & Co", Role.VOLUNTEER, "kazan")
    await anna.send("/start")
    assert "<b>Анна</b> & Co" in anna.screen


async def test_cancel_frees_whatever_was_being_asked(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/cancel")
    assert "вы свободны" in anna.screen
    await hq.run(lambda uow: uow.expectations.set(anna.id, "posted.link", "slot:1", now=hq.now))
    await anna.send("/cancel")
    assert "Отменено." in anna.screen
    assert await hq.read(lambda uow: uow.expectations.find(anna.id, hq.now)) is None


async def test_help_and_privacy_answer_members_and_strangers(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await irina.send("/help")
    assert "/invite" in irina.screen
    assert "/queue" not in irina.screen
    await irina.send("/privacy")
    assert "Имя: Ирина" in irina.screen
    boris = hq.stranger("Борис")
    boris.user.started = True
    await boris.send("/privacy")
    assert "О вас ничего не хранится" in boris.screen
    assert "Язык, часовой пояс, часы" in boris.screen
    assert "Журнал действий под номером" in boris.screen
    await boris.send("/help")
    assert "Попросить доступ" in boris.labels


async def test_a_stranger_gets_a_polite_dead_end_for_anything(hq: Headquarters) -> None:
    boris = hq.stranger("Boris", language="en")
    boris.user.started = True
    for act in (
        lambda user: user.send("let me in"),
        lambda user: user.send("/queue"),
        lambda user: user.send_sticker(),
    ):
        await boris.act(act)
        assert "People come in by a personal invite link" in boris.screen
    assert boris.labels == ["Request access"] * 3


async def test_an_unknown_command_and_a_sticker_get_an_exact_answer(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/frobnicate")
    assert "Такой команды нет" in anna.screen
    await anna.act(lambda user: user.send_sticker())
    assert len(anna.messages) == 2
    assert "голосовое" in anna.screen


async def test_a_button_that_nobody_recognises_leads_to_the_menu(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/start")
    old = ("zz:old:1", "s:digest:99xx:0", "tm:person:abc:0", "j:agree::0", "i:make:tsar:kazan:0:0", "ac:grant:404::0")
    for data in old:
        anna.user.press_raw(anna.messages[0], data)
        await hq.settle()
    assert "Эта кнопка больше не работает" in anna.said
    assert "Мой день" in anna.labels


async def test_an_edited_message_that_nothing_depends_on_is_left_alone(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    await boris.start()
    message = boris.user.sent()
    await boris.act(lambda user: user.edit(message, "иначе"))
    assert len(boris.messages) == 1


async def test_talk_in_a_group_is_left_alone_and_a_command_is_sent_to_the_private_chat(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    group = hq.telegram.world.add_group(-1001, "Штаб", members=[anna.user])
    await anna.act(lambda user: user.send("всем привет", chat=group))
    assert [message for message in group.messages if message.from_bot] == []
    await anna.act(lambda user: user.send("/team", chat=group))
    assert "личном чате" in [message for message in group.messages if message.from_bot][-1].body


async def test_after_a_restart_a_person_is_shown_where_they_are(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")

    async def owe(uow: UnitOfWork) -> None:
        await uow.outbox.add(
            Notice("resume", f"person:{anna.id}", hq.now, "resume:1", person_id=anna.id, priority=Priority.DECISION)
        )

    await hq.run(owe)
    assert anna.screen.startswith("Вот где вы сейчас.")
    assert "волонтёр: Казань" in anna.screen
