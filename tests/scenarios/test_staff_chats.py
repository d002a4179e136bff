"""A region's group sees what waits; only those entitled press there, and everybody else reads why alone."""

from functools import partial

import pytest

from domain.drafts import DraftState, Verdict
from domain.people import Role
from domain.staff_chats import Trouble
from domain.usecases import approvals
from handlers.screens.base import Screen
from playground import Chat, Message
from tests.harness import Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of, png

GROUP = -1001


def written(group: Chat) -> list[Message]:
    """What the bot has written there and not deleted."""
    return [m for m in group.messages if m.from_bot and not m.service and not m.deleted]


async def bound(
    hq: Headquarters, irina: Phone, *more: Phone, region: str = "Казань", topic: str = "", supergroup: bool = True
) -> tuple[Chat, int | None]:
    """A group (or a topic of it) that Irina has bound; the question is still there, the queue card below it."""
    people = [irina.user, *(phone.user for phone in more)]
    group = hq.telegram.world.add_group(GROUP, "Штаб Казань", members=people, forum=bool(topic), supergroup=supergroup)
    thread = irina.user.open_topic(group, topic).thread_id if topic else None
    await irina.act(lambda user: user.send("/bind", chat=group, thread_id=thread))
    await press(irina, region, group)
    return group, thread


async def press(phone: Phone, label: str, group: Chat) -> None:
    await phone.act(lambda user: user.press(label, chat=group))


async def staff(hq: Headquarters) -> tuple[Phone, Phone, Phone]:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    return anna, boris, irina


async def test_a_coordinator_binds_a_topic_and_the_card_there_leads_into_the_private_queue(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    vera = await hq.join("Вера", Role.MANAGER)
    group, topic = await bound(hq, irina, boris, vera, topic="Дежурство")
    said, card = written(group)
    assert "Теперь здесь видна очередь: Казань. Кто включил: Ирина." in said.body
    assert card.body == "✓ Казань: решения ничего не ждёт"
    assert {said.thread_id, card.thread_id} == {topic}

    await submitted(hq, anna)
    await submitted(hq, anna, "Второй")
    await hq.advance(seconds=20)
    assert card.body == "📥 Казань: ждут 2 поста, самый давний — 08:00"
    assert [[b.url for b in row] for row in card.buttons] == [["https://t.me/playground_bot?start=queue_kazan"]]

    await boris.act(lambda user: user.press("Открыть очередь", message=card))
    assert boris.messages[-2].body == "Субботник в 12:00"
    assert "Только: Казань" in boris.screen
    await irina.act(lambda user: user.press("Открыть очередь", message=card))
    assert irina.screen == "Здесь решаете не вы: Казань. Спросите: Борис."
    assert written(group) == [said, card]


async def test_many_changes_are_one_edit_in_twenty_seconds(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    group, _ = await bound(hq, irina)
    card = written(group)[-1]
    await hq.advance(minutes=1)
    before = len(hq.telegram.world.wire)
    for n in range(5):
        await submitted(hq, anna, f"Пост {n}")
    assert "1 пост" in card.body
    await hq.advance(seconds=20)
    assert "5 постов" in card.body
    edits = [e for e in hq.telegram.world.wire[before:] if e.chat_id == GROUP]
    assert [e.method for e in edits] == ["editMessageText"] * 2


async def overdue(hq: Headquarters, anna: Phone, group: Chat, text: str = "Субботник в 12:00") -> Message:
    """Nobody decided in the time that was promised: the draft has a card of its own in the group."""
    await submitted(hq, anna, text)
    await hq.advance(hours=4, seconds=20)
    card = written(group)[-1]
    assert "просрочено" in card.body
    return card


async def test_what_is_overdue_is_shown_in_the_group_and_approved_there(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    group, _ = await bound(hq, irina, boris)
    card = await overdue(hq, anna, group)
    assert written(group)[-2].body == "Субботник в 12:00"
    assert "Анна, Казань" in card.body
    await press(boris, "Одобрить", group)
    assert boris.toasts[-1] == "✓ Одобрено. Отменить можно до 12:01."
    assert "Одобрено: Борис, 12:00" in card.body
    assert [[b.label for b in row] for row in card.buttons] == [["↩ Отменить решение"]]
    await hq.advance(minutes=1)
    assert card.buttons == []
    assert "✓ Казань: решения ничего не ждёт" in written(group)[1].body
    assert "Одобрено: Борис" in anna.said
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED


async def test_an_album_and_a_long_text_come_into_the_topic_whole(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    group, topic = await bound(hq, irina, boris, topic="Дежурство")
    await anna.act(lambda user: user.send_album([png(), png()], caption="Наш двор"))
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await submitted(hq, anna, "Очень длинный текст. " * 190)
    await hq.advance(hours=4, seconds=20)
    shown = [m for m in written(group) if "очеред" not in m.body and "📥" not in m.body]
    assert {m.thread_id for m in shown} == {topic}
    assert sum(m.kind == "photo" for m in shown) == 2
    assert any(len(m.body) > 3000 for m in shown)
    assert sum("просрочено" in m.body for m in shown) == 2


async def test_others_who_press_read_alone_why_not_and_whom_to_ask(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    author = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    stranger = hq.stranger("Прохожий")
    group, _ = await bound(hq, irina, anna, boris, author, stranger)
    card = await overdue(hq, author, group)
    seen = len(written(group))
    for phone, answer in (
        (stranger, "Эта кнопка только для сотрудников штаба."),
        (anna, "Здесь решаете не вы: Казань. Спросите: Борис."),
        (irina, "Здесь решаете не вы: Казань. Спросите: Борис."),
        (author, "Это ваш собственный черновик, решает кто-то другой. Спросите: Борис."),
    ):
        await phone.act(lambda user: user.press("Одобрить", message=card))
        assert phone.toasts[-1] == answer
    assert stranger.messages == []
    assert len(written(group)) == seen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED


async def test_a_press_in_the_group_and_one_in_private_are_one_decision(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    group, _ = await bound(hq, irina, boris, vera)
    card = await overdue(hq, anna, group)
    await boris.press("Открыть очередь")
    private, old = boris.messages[-1], data_of(card, "Одобрить")
    vera.user.press("Одобрить", message=card)
    boris.user.press("✓ Одобрить", message=private)
    await hq.settle()
    decisions = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert len(decisions) == 1
    (winner,) = (phone for phone in (boris, vera) if phone.id == decisions[0].approver_id)
    (loser,) = {boris, vera} - {winner}
    assert "же одобр" in loser.toasts[-1]
    assert winner.user.first_name in card.body
    assert winner.user.first_name in private.body or "Вы одобрили" in private.body
    await irina.act(lambda user: user.press_raw(card, old))
    assert "Здесь решаете не вы" in irina.toasts[-1]
    await loser.act(lambda user: user.press("Отменить", message=card))
    assert "отмен" in loser.toasts[-1].lower()
    assert len(await hq.read(lambda uow: uow.drafts.decisions(1))) == 1
    await winner.act(lambda user: user.press("Отменить", message=card))
    assert await hq.read(lambda uow: uow.drafts.decisions(1)) == []
    assert data_of(card, "Одобрить") == old


async def test_a_text_that_changed_is_opened_in_private(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    group, _ = await bound(hq, irina, boris)
    card = await overdue(hq, anna, group)
    old = data_of(card, "Одобрить")
    await anna.act(lambda user: user.edit(user.sent(), "Субботник в 13:00"))
    assert "С тех пор текст изменился" in card.body
    await boris.act(lambda user: user.press_raw(card, old))
    assert "изменился" in boris.toasts[-1]
    await boris.act(lambda user: user.press("Открыть", message=card))
    assert boris.messages[-2].body == "Субботник в 13:00"
    await boris.press("Одобрить")
    assert "Одобрено: Борис" in card.body


async def test_the_group_becomes_a_supergroup_and_the_card_comes_along(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    group, _ = await bound(hq, irina, supergroup=False)
    successor = hq.telegram.world.migrate(group, -100500)
    await hq.settle()
    (card,) = written(successor)
    await hq.advance(minutes=1)
    await submitted(hq, anna)
    assert "1 пост" in card.body
    assert written(successor) == [card]


async def test_thrown_out_whoever_bound_it_hears_once_and_binds_it_again(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    group, _ = await bound(hq, irina)
    world = hq.telegram.world
    world.set_bot_status(group, "kicked", by=irina.user)
    await hq.settle()
    assert "очередь больше не видна в группе «Штаб Казань»" in irina.screen
    assert "Добавьте меня снова и напишите там /bind." in irina.screen
    await hq.advance(minutes=1)
    await submitted(hq, anna)
    await hq.advance(minutes=1)
    assert len(irina.messages) == 1
    await irina.send("/bind")
    assert "⚠ Казань: Штаб Казань. Меня больше нет в группе." in irina.screen

    world.set_bot_status(group, "administrator", by=irina.user)
    await irina.act(lambda user: user.send("/bind", chat=group))
    await press(irina, "Казань", group)
    assert "1 пост" in written(group)[-1].body
    await irina.send("/bind")
    assert "✓ Казань: Штаб Казань" in irina.screen


async def test_a_deleted_topic_is_told_and_a_deleted_card_is_sent_again(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    group, topic = await bound(hq, irina, topic="Дежурство")
    await hq.advance(minutes=1)
    written(group)[-1].deleted = True
    await submitted(hq, anna)
    assert "1 пост" in written(group)[-1].body
    await hq.app.bot.delete_forum_topic(GROUP, topic or 0)
    await hq.advance(minutes=1)
    await submitted(hq, anna, "Второй")
    await hq.advance(minutes=1)
    assert "Тему удалили." in irina.screen
    (chat,) = await hq.read(lambda uow: uow.staff_chats.of_chat(GROUP))
    assert chat.trouble is Trouble.NO_TOPIC


async def test_where_the_bot_may_not_write_whoever_asks_reads_so_in_private(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    group, topic = await bound(hq, irina, topic="Дежурство")
    await hq.advance(minutes=1)
    await hq.app.bot.close_forum_topic(GROUP, topic or 0)
    world = hq.telegram.world
    world.set_bot_status(group, "administrator", by=irina.user, granted={"can_pin_messages"})
    written(group)[-1].deleted = True
    await submitted(hq, anna)
    assert "Тема закрыта." in irina.screen
    group.members[irina.user.user_id] = "creator"
    await irina.act(lambda user: user.send("/bind", chat=group, thread_id=topic))
    assert irina.screen.startswith("В группе «Штаб Казань» мне нельзя писать.")


async def test_what_is_decided_while_its_card_is_in_the_air_shows_so(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, irina = await staff(hq)
    group, _ = await bound(hq, irina, boris)
    await submitted(hq, anna)
    post, reader = hq.app.post, boris.actor
    send = post.screen
    assert reader is not None

    async def decided_meanwhile(chat_id: int, screen: Screen) -> int:
        message_id = await send(chat_id, screen)
        if chat_id == GROUP and "просрочено" in screen.text:
            approve = partial(approvals.decide, draft_id=1, version=1, verdict=Verdict.APPROVE, now=hq.now)
            await hq.app.db.run(approve, reader)
            await hq.app.schedule.tick(hq.now)
        return message_id

    monkeypatch.setattr(post, "screen", decided_meanwhile)
    await hq.advance(hours=4, seconds=20)
    assert "Одобрено: Борис" in written(group)[-1].body
    assert written(group)[-1].buttons == []


async def test_unbind_takes_the_cards_away(hq: Headquarters) -> None:
    anna, boris, irina = await staff(hq)
    group, _ = await bound(hq, irina, boris)
    await overdue(hq, anna, group)
    await irina.act(lambda user: user.send("/unbind", chat=group))
    assert [m.body for m in written(group)][1:] == ["✓ Очередь здесь больше не видна: Казань"]
    await submitted(hq, anna, "Второй")
    await hq.advance(hours=5)
    assert len(written(group)) == 2
    await irina.act(lambda user: user.send("/unbind", chat=group))
    assert written(group)[-1].body == "Здесь нет очереди. Показать её: /bind."


async def test_only_those_who_may_bind_and_nobody_anonymously(hq: Headquarters) -> None:
    anna, _, irina = await staff(hq)
    omsk = await hq.join("Олег", Role.COORDINATOR, "omsk")
    stranger = hq.stranger("Прохожий")
    group = hq.telegram.world.add_group(GROUP, "Штаб", members=[anna.user, irina.user, omsk.user, stranger.user])
    for phone, answer in ((stranger, "личном чате"), (anna, "нет прав")):
        await phone.act(lambda user: user.send("/bind", chat=group))
        assert answer in written(group)[-1].body
    await irina.act(lambda user: user.send("/bind@playground_bot", chat=group))
    question = written(group)[-1]
    for phone in (anna, omsk, stranger):
        await phone.act(lambda user: user.press("Казань", message=question))
        assert phone.toasts[-1]
    assert await hq.read(lambda uow: uow.staff_chats.of_chat(GROUP)) == []
    await irina.act(lambda user: user.press("Отмена", message=question))
    assert question.body == "Всё осталось как было."

    somebody = {"id": 1087968824, "is_bot": True, "first_name": "Group"}  # how Telegram shows anonymous administrators
    sent = hq.telegram.world.new_message(group, somebody, body="/bind").payload()
    hq.telegram.world.deliver("message", {**sent, "sender_chat": group.payload()}, f"chat:{GROUP}")
    await hq.settle()
    assert "Вы пишете анонимно" in written(group)[-1].body


async def test_a_card_that_comes_at_night_makes_no_sound(hq: Headquarters) -> None:
    _, _, irina = await staff(hq)
    group, _ = await bound(hq, irina)
    await hq.advance(hours=15)  # 23:00
    await irina.act(lambda user: user.send("/bind", chat=group))
    await press(irina, "Казань", group)
    cards = [e for e in hq.telegram.world.wire if e.chat_id == GROUP and "решения ничего" in e.params.get("text", "")]
    assert [bool(e.params.get("disable_notification")) for e in cards] == [False, True]
    assert sum("решения ничего" in m.body for m in written(group)) == 1
