"""A manager writes to the team: exactly as written, to those who were chosen, and to be stopped at any time."""

from pathlib import Path

import pytest

from bot.app import running
from bot.clock import MovableClock
from domain.people import PersonStatus, Role
from playground import LocalTelegram, Message
from tests.harness import START, TOKEN, Headquarters, Phone, load_campaign, settings_for

TEXT = "Коллеги, сбор в 18:00 & <b>без опозданий</b>!\n\nАдрес: ул. Мира, 5."


async def compose(maria: Phone, text: str = TEXT) -> None:
    await maria.send("/broadcast")
    await maria.send(text)


async def send_out(hq: Headquarters, maria: Phone, button: str = "Отправить", yes: str = "Да, отправить") -> None:
    await maria.press(button)
    await maria.press(yes)
    await hq.advance(seconds=3)


def heard(phone: Phone, text: str = TEXT) -> int:
    return sum(message.body == text for message in phone.messages)


async def test_a_manager_writes_to_everybody_exactly_as_written_and_learns_how_it_ended(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    people = [await hq.join(f"Анна {n}", Role.VOLUNTEER, region) for n, region in enumerate(("kazan", "omsk", "kazan"))]
    await compose(maria)
    assert heard(maria) == 1  # the preview
    assert "Кому: вся команда" in maria.screen
    assert "3 человека, займёт около 1 с" in maria.screen
    assert not any(heard(anna) for anna in people)
    await send_out(hq, maria)
    assert [heard(anna) for anna in people] == [1, 1, 1]
    assert heard(maria) == 1
    assert "Сообщение отправлено" in maria.screen
    assert "Доставлено: 3" in maria.screen


async def test_the_same_in_english(hq: Headquarters) -> None:
    maria = await hq.join("Maria", Role.MANAGER, language="en")
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await maria.send("/broadcast")
    assert "It goes out exactly as it is." in maria.screen
    await maria.send("Meeting at six")
    assert "1 person, about 1 s" in maria.screen
    await send_out(hq, maria, "Send to 1 person", "Yes, send")
    assert heard(anna, "Meeting at six") == 1
    assert "The message has gone out" in maria.screen
    assert "Delivered: 1" in maria.screen


async def test_the_audience_is_chosen_by_role_and_region(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    oleg = await hq.join("Олег", Role.COORDINATOR, "omsk")
    await compose(maria)
    await maria.press("Кому")
    await maria.press("координаторы")
    assert "2 человека" in maria.screen
    await maria.press("Назад")
    await maria.press("Где")
    await maria.press("Казань")
    await maria.press("Назад")
    assert "Кому: координаторы" in maria.screen
    assert "Где: Казань" in maria.screen
    await send_out(hq, maria)
    assert [heard(anna), heard(irina), heard(oleg)] == [0, 1, 0]


async def test_a_regional_manager_reaches_only_the_own_region(hq: Headquarters) -> None:
    regional = await hq.join("Пётр", Role.MANAGER, "omsk")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    oleg = await hq.join("Олег", Role.VOLUNTEER, "omsk")
    await compose(regional)
    assert "1 человек, займёт" in regional.screen
    await regional.press("Где")
    assert not any("Казань" in label for label in regional.labels)
    await regional.press("Назад")
    await send_out(hq, regional)
    assert [heard(anna), heard(oleg)] == [0, 1]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR, Role.PRESS_SECRETARY, Role.CANDIDATE])
async def test_nobody_but_leaders_may_write_to_all(hq: Headquarters, role: Role) -> None:
    anna = await hq.join("Анна", role, "kazan")
    await anna.send("/broadcast")
    assert "нет прав" in anna.screen


async def test_who_lost_the_role_meanwhile_sends_nothing(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await compose(maria)
    await maria.press("Отправить")
    await hq.run(lambda uow: uow.people.remove_memberships(maria.id))
    await maria.press("Да, отправить")
    assert heard(anna) == 0
    assert "нет роли" in maria.toasts[-1]


async def test_confirming_twice_sends_once_and_another_leader_s_button_does_nothing(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    olga = await hq.join("Ольга", Role.OWNER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await compose(maria)
    await maria.press("Отправить")
    question = maria.messages[-1]
    data = _data(question, "Да, отправить")
    await maria.act(lambda user: user.press_raw(question, data))
    await maria.act(lambda user: user.press_raw(question, data))
    await hq.advance(seconds=3)
    assert heard(anna) == 1
    assert "С тех пор всё изменилось" in maria.toasts[-1]
    foreign = olga.messages[-1]
    await olga.act(lambda user: user.press_raw(foreign, data))
    assert "нет прав" in olga.toasts[-1]
    assert heard(anna) == 1


def _data(message: Message, label: str) -> str:
    return next(str(key.data) for row in message.buttons for key in row if label in key.label)


async def test_stopping_in_the_middle_cancels_what_has_not_left(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    people = [await hq.join(f"Анна {n}", Role.VOLUNTEER, "kazan") for n in range(3)]
    fault = hq.telegram.world.faults.add("502-html", chat_id=people[1].user.user_id, times=None)
    await compose(maria)
    await maria.press("Отправить")
    await maria.press("Да, отправить")
    await hq.advance(seconds=3)
    assert "2 из 3" in maria.screen
    await maria.press("Остановить")
    assert "не получит ещё 1 человек" in maria.screen
    await maria.press("Да, остановить")
    hq.telegram.world.faults.remove(fault)
    await hq.advance(minutes=10)
    assert [heard(anna) for anna in people] == [1, 0, 1]
    assert "Отправка остановлена" in maria.screen
    assert "Доставлено: 2" in maria.screen
    assert "Уже не отправлялось: 1" in maria.screen


async def test_the_progress_card_is_edited_in_place_and_at_most_every_three_seconds(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    people = [await hq.join(f"Анна {n}", Role.VOLUNTEER, "kazan") for n in range(4)]
    faults = [hq.telegram.world.faults.add("502-html", chat_id=p.user.user_id, times=n) for n, p in enumerate(people)]
    await compose(maria)
    await maria.press("Отправить")
    await maria.press("Да, отправить")
    card, before = maria.messages[-1], len(maria.messages)
    began = len(hq.telegram.world.wire)
    for _ in range(60):
        await hq.advance(seconds=1)
    edits = [
        entry
        for entry in list(hq.telegram.world.wire)[began:]
        if entry.method == "editMessageText" and entry.params["message_id"] == card.message_id
    ]
    assert 2 <= len(edits) <= 20
    assert len(maria.messages) == before
    assert "Доставлено: 4" in card.body
    assert [fault.hits for fault in faults] == [0, 1, 2, 3]
    assert all(heard(anna) == 1 for anna in people)


async def test_who_cannot_be_reached_is_named_the_rest_is_in_a_file(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    known = await hq.join("Яна", Role.VOLUNTEER, "omsk")
    await hq.run(lambda uow: uow.people.set_reachable(known.user.user_id, reachable=False))
    gone = [await hq.join(f"Борис {n:02}", Role.VOLUNTEER, "kazan") for n in range(11)]
    for boris in gone:
        boris.user.deactivate()
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await compose(maria)
    assert "12 человек, займёт" in maria.screen
    assert "Ещё до 1 человека сообщения не доходят" in maria.screen
    await send_out(hq, maria)
    assert heard(anna) == 1
    card = maria.find("Доставлено: 1")
    assert "Не доходят сообщения: 12" in card.body
    assert "Не дошло: Борис 00, Борис 01" in card.body
    assert "и ещё 2" in card.body
    await maria.press("Все одним файлом", card)
    file = _document(hq, maria)
    assert file.count("бот заблокирован") == 12
    assert "Яна; Омск" in file


def _document(hq: Headquarters, phone: Phone) -> str:
    sent = phone.messages[-1].content["document"]
    stored = hq.telegram.world.files.find(sent["file_id"])
    assert stored is not None
    return stored.data.decode()


async def test_who_has_left_or_comes_after_gets_nothing(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    left = await hq.join("Лев", Role.VOLUNTEER, "kazan")
    going = await hq.join("Глеб", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(left.id, status=PersonStatus.LEFT))
    hq.telegram.world.faults.add("502-html", chat_id=going.user.user_id)
    await compose(maria)
    await maria.press("Отправить")
    await maria.press("Да, отправить")
    await hq.run(lambda uow: uow.people.update(going.id, status=PersonStatus.LEFT))
    late = await hq.join("Зоя", Role.VOLUNTEER, "kazan")
    await hq.advance(minutes=5)
    assert [heard(left), heard(going), heard(late)] == [0, 0, 0]
    assert "Доставлено: 0" in maria.screen


async def test_at_night_it_comes_without_a_sound(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(anna.id, zone="America/New_York"))  # it is one at night there
    await compose(maria)
    await send_out(hq, maria)
    silent = {
        entry.chat_id: bool(entry.params.get("disable_notification"))
        for entry in hq.telegram.world.wire
        if entry.method == "sendMessage" and entry.params["text"] == TEXT
    }
    assert silent[anna.user.user_id] is True
    assert silent[boris.user.user_id] is False


async def test_a_photo_with_its_text_and_an_album_arrive_as_they_came(hq: Headquarters, picture: bytes) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await maria.send("/broadcast")
    await maria.send_photo(picture, "Так выглядит палатка")
    await send_out(hq, maria)
    assert anna.messages[-1].content.keys() == {"photo"}
    assert anna.messages[-1].body == "Так выглядит палатка"
    await maria.press("Ещё сообщение")
    await maria.act(lambda user: user.send_album([picture, picture], "Две палатки"))
    assert "Черновик" not in maria.said
    await send_out(hq, maria)
    album = [m for m in anna.messages if m.media_group_id]
    assert [message.body for message in album] == ["Две палатки", ""]


@pytest.fixture
def picture() -> bytes:
    import io

    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "JPEG")
    return data.getvalue()


async def test_the_text_can_be_replaced_and_the_message_dropped(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await compose(maria)
    await maria.press("Другой текст")
    await maria.send("Сбор в 19:00")
    assert heard(maria, "Сбор в 19:00") == 1
    await maria.press("Не отправлять")
    assert "Не отправлено" in maria.screen
    await hq.advance(minutes=5)
    assert not anna.messages
    await maria.send("/broadcast")
    assert "Пришлите то, что прочитают коллеги" in maria.screen


async def test_an_unfinished_one_is_offered_again(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await compose(maria)
    await maria.send("/broadcast")
    assert heard(maria) == 2
    assert "Отправить 1 человеку ›" in maria.labels


async def test_after_a_restart_it_goes_on_where_it_was(sqlite_url: str, tmp_path: Path) -> None:
    async with LocalTelegram(token=TOKEN) as telegram:
        clock = MovableClock(START)
        telegram.world.clock.move_to(START)
        settings = settings_for(sqlite_url, telegram, tmp_path)
        async with running(settings, clock=clock, scheduled=False) as app:
            await app.db.run(load_campaign)
            hq = Headquarters(app, telegram, clock)
            maria = await hq.join("Мария", Role.MANAGER)
            people = [await hq.join(f"Анна {n}", Role.VOLUNTEER, "kazan") for n in range(4)]
            faults = [telegram.world.faults.add("502-html", chat_id=p.user.user_id, times=None) for p in people[:2]]
            await compose(maria)
            await maria.press("Отправить")
            await maria.press("Да, отправить")
            assert [heard(anna) for anna in people] == [0, 0, 1, 1]
        for fault in faults:
            telegram.world.faults.remove(fault)
        async with running(settings, clock=clock, scheduled=False) as app:
            again = Headquarters(app, telegram, clock)
            await again.advance(minutes=2)
            assert [heard(anna) for anna in people] == [1, 1, 1, 1]
            assert "Доставлено: 4" in maria.screen
            assert again.troubles() == []


async def test_ten_thousand_rows_are_one_statement(hq: Headquarters) -> None:
    """Set-based: what starting costs does not depend on how many there are."""
    maria = await hq.join("Мария", Role.MANAGER)
    costs = []
    for count in (1, 30):
        for n in range(count):
            await hq.join(f"Анна {count}.{n}", Role.VOLUNTEER, "kazan")
        await compose(maria)
        await maria.press("Отправить")
        question, before = maria.messages[-1], hq.app.inbox.costs
        before.clear()
        await maria.act(lambda user, q=question: user.press_raw(q, _data(q, "Да, отправить")))  # type: ignore[misc]
        costs.append(hq.app.inbox.costs[-1].statements)
        await hq.advance(seconds=3)
    assert costs[0] == costs[1]
