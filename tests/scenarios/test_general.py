"""What is always there, and a kind, exact answer to everything nobody understands."""

from functools import partial

import pytest

from domain.notices import Notice, Priority
from domain.people import Role
from domain.ports import UnitOfWork
from playground import User
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
    assert "Отменять нечего" in anna.screen
    await hq.run(lambda uow: uow.expectations.set(anna.id, "posted.link", "slot:1", now=hq.now))
    await anna.send("/cancel")
    assert "Отменено." in anna.screen
    assert await hq.read(lambda uow: uow.expectations.find(anna.id, hq.now)) is None


async def test_thanks_and_done_become_no_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Спасибо! 🙏")
    assert "Черновик из этого не делаю" in anna.screen
    await anna.send("👍")
    await anna.send("готово")
    assert "Черновик из этого не делаю" in anna.screen
    await anna.send("/drafts")
    assert "Спасибо" not in anna.screen
    await anna.send("/draft")
    await anna.send("Привет!")
    assert "Черновик, ещё не отправлен\nПривет!" in anna.screen


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


@pytest.mark.parametrize("command", ["/team", "/status", "/pages", "/post", "/figures", "/start", "/status@BOT"])
async def test_in_a_group_talk_is_left_alone_and_a_command_is_sent_to_the_private_chat(
    hq: Headquarters, command: str
) -> None:
    """Whoever asks and whatever: nobody's tasks stand before everybody's eyes, and talk never becomes a draft."""
    irina = await hq.join("Ирина", Role.MANAGER, "kazan")
    world = hq.telegram.world
    group = world.add_group(-1001, "Штаб", members=[irina.user], forum=True)
    topic = irina.user.open_topic(group, "Дежурство").thread_id
    said = ["всем привет", "https://vk.com/wall-1_1", "/status@somebody_elses_bot", "12 500"]
    for text in said:
        await irina.act(partial(User.send, text=text, chat=group, thread_id=topic))
    await irina.act(lambda user: user.send_photo(b"\xff\xd8\xff", "наш двор", chat=group, thread_id=topic))
    await irina.act(lambda user: user.edit(user.sent(group), "наш сквер"))
    assert [message for message in group.messages if message.from_bot and not message.service] == []

    asked = command.replace("BOT", world.bot["username"].upper())
    await irina.act(lambda user: user.send(asked, chat=group, thread_id=topic))
    (answer,) = [message for message in group.messages if message.from_bot and not message.service]
    assert "личном чате" in answer.body
    assert answer.thread_id == topic
    assert [[one.url for one in row] for row in answer.buttons] == [[f"https://t.me/{world.bot['username']}"]]
    assert "Черновик" not in irina.screen

    await irina.act(lambda user: user.send(asked, chat=group, thread_id=topic))
    assert [message for message in group.messages if message.from_bot and not message.service] == [answer], (
        "said just now"
    )
    await hq.advance(minutes=11)
    await irina.act(lambda user: user.send(asked, chat=group, thread_id=topic))
    assert len([message for message in group.messages if message.from_bot and not message.service]) == 2


async def test_after_a_restart_a_person_is_shown_where_they_are(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")

    async def owe(uow: UnitOfWork) -> None:
        await uow.outbox.add(
            Notice("resume", f"person:{anna.id}", hq.now, "resume:1", person_id=anna.id, priority=Priority.DECISION)
        )

    await hq.run(owe)
    assert anna.screen.startswith("Я на связи. Всё, что вы делали, сохранилось.")
    assert "волонтёр: Казань" in anna.screen


@pytest.mark.parametrize(
    "data",
    [
        "a:ok:99999999999999999999:1:",  # no database can count so far
        "ha:why:0:*:nonsense",
        "rc:why:1:0:nonsense",
        "p:why:1:1:nonsense",
        "f:page::nonsense:0",
        "s:digest:999999999999:0",
    ],
)
async def test_a_press_made_by_hand_is_answered_and_nothing_fails(hq: Headquarters, data: str) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await boris.send("/start")
    before = len(boris.toasts)
    await boris.act(lambda user: user.press_raw(boris.messages[-1], data))
    assert len(boris.toasts) == before + 1
    assert boris.toasts[-1]
    assert await hq.read(lambda uow: uow.halts.in_force()) == []
