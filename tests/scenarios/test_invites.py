"""Bringing many in: a line, a table, a shared link behind which everybody waits for a tap."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.people import Role
from domain.usecases import invites
from playground import Message
from storage import tables
from tests.harness import Headquarters, Phone
from tests.rows import rows_of

TABLE = (
    "Имя;Роль;Регион;Заметка\r\nАнна Соколова;волонтёр;Казань;со двора\r\nПётр <b>Жирный</b>;Координатор;omsk;=1+1\r\n"
)


def file_of(hq: Headquarters, message: Message) -> bytes:
    """What a person gets who opens the message's file."""
    file = hq.telegram.world.files.find(message.file_id or "")
    assert file is not None
    return file.data


def table_of(hq: Headquarters, phone: Phone) -> list[list[str]]:
    """The newest table, read as a spreadsheet would."""
    sent = [message for message in phone.messages if message.kind == "document"]
    return list(csv.reader(io.StringIO(file_of(hq, sent[-1]).decode("utf-8-sig")), delimiter=";"))


def code_in(text: str) -> str:
    found = re.search(r"\?start=([\w-]+)", text)
    assert found, text
    return found[1]


async def comes_in(hq: Headquarters, name: str, code: str) -> Phone:
    """Open the link and agree."""
    phone = hq.stranger(name)
    await phone.start(code)
    await phone.press("Даю согласие")
    return phone


async def shared_link(phone: Phone, line: str = "/invite 200 волонтёров в Казань") -> str:
    await phone.send(line)
    await phone.press("Одна общая ссылка")
    return code_in(phone.screen)


async def stored(hq: Headquarters, *names: str) -> str:
    """All rows of these tables, as text."""
    found: list[Sequence[Any]] = [await hq.read(rows_of(select(getattr(tables, name)))) for name in names]
    return repr(found)


async def test_a_line_asks_for_three_links_and_a_table_brings_them(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await irina.send("/invite 3 волонтёра в Казань")
    assert "3 × волонтёр, Казань" in irina.screen
    assert await hq.read(lambda uow: uow.people.open_invites(hq.now)) == []
    await irina.press("Сделать 3 ссылки")
    assert "Готовы 3 ссылки" in irina.said
    heads, *rows = table_of(hq, irina)
    assert heads == ["имя", "роль", "регион", "заметка", "ссылка", "действует до"]
    assert [row[:3] for row in rows] == [[str(n), "волонтёр", "Казань"] for n in (1, 2, 3)]
    codes = {code_in(row[4]) for row in rows}
    assert len(codes) == 3
    boris = await comes_in(hq, "Борис", codes.pop())
    assert "На каком языке" in boris.screen
    everything = await stored(hq, "invite", "invite_order", "journal_payload")
    assert not any(code in everything for code in codes), "codes are stored nowhere"


async def test_a_line_can_be_typed_after_the_question_and_mistakes_say_what_is_missing(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/invite")
    await maria.press("Сразу много")
    await maria.send("12 в Нарнию")
    assert "Не вижу роли" in maria.screen
    await maria.send("12 волонтёров в Нарнию")
    assert "Не вижу региона в «в нарнию»" in maria.screen
    await maria.send("1000 волонтёров Омск")
    assert "не больше 500" in maria.screen
    await maria.send("2 пресс-секретаря для Омска")
    assert "2 × пресс-секретарь, Омск" in maria.screen
    assert "Одна общая ссылка" not in maria.labels, "staff come in one by one"
    await maria.press("Отмена")
    assert "ссылок не появилось" in maria.screen
    await maria.send("Сегодня открыли парк")
    assert "Не вижу роли" not in maria.screen, "the question is answered: this is a draft"


async def test_a_post_sent_instead_of_the_line_becomes_a_draft(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/invite")
    await maria.press("Сразу много")
    await maria.send("Сегодня в Казани открыли новую детскую площадку")
    assert "Не вижу роли" not in maria.said
    assert "Отправить" in " ".join(maria.labels), "this is a draft"
    await maria.send("3 новые площадки открыли сегодня в Омске")
    assert "Если это пост, нажмите /draft" in maria.screen, "the question stands, and the way out is said"
    await maria.send("2 волонтёра Омск")
    assert "2 × волонтёр, Омск" in maria.screen


async def test_many_are_chosen_step_by_step_too(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await irina.send("/invite")
    await irina.press("Сразу много")
    await irina.press("Волонтёры")
    assert "Омск" not in irina.labels
    await irina.press("Казань")
    await irina.press("25")
    assert "25 × волонтёр, Казань" in irina.screen


async def test_nobody_invites_above_their_rank_or_outside_their_regions(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    for line in ("/invite 5 волонтёров Омск", "/invite 2 координатора Казань", "/invite 2 волонтёра везде"):
        await irina.send(line)
        assert "нет прав" in irina.screen, line
    await irina.act(lambda user: user.send_document(TABLE.encode(), "люди.csv"))
    assert "Строка 3: пригласить «Пётр <b>Жирный</b>» на эту роль в этот регион вы не можете" in irina.screen
    assert "Сделать" not in " ".join(irina.labels)


async def test_a_table_comes_back_with_a_link_in_each_line_and_its_names_are_stored_nowhere(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.act(lambda user: user.send_document(("\ufeff" + TABLE).encode(), "люди.csv"))
    assert "Приглашения по таблице: люди.csv" in maria.screen
    assert "волонтёр, Казань: 1" in maria.screen
    assert "координатор, Омск: 1" in maria.screen
    await maria.press("Сделать 2 ссылки")
    _, anna, petr = table_of(hq, maria)
    assert anna[:4] == ["Анна Соколова", "волонтёр", "Казань", "со двора"]
    assert petr[:4] == ["Пётр <b>Жирный</b>", "координатор", "Омск", "'=1+1"], "a formula comes back as text"
    names = [name for name, table in vars(tables).items() if hasattr(table, "c")]
    everything = await stored(hq, *names)
    assert "люди.csv" in everything
    assert "Соколова" not in everything
    await comes_in(hq, "Пётр", code_in(petr[4]))
    await maria.send("/invite")
    await maria.press("Приглашения")
    await maria.press("люди.csv")
    assert "2 ссылки, использовано: 1" in maria.screen
    assert "• Пётр" in maria.screen
    await maria.press("Отозвать")
    assert "Отозвана 1 ссылка" in maria.screen
    late = hq.stranger("Опоздавшая")
    await late.start(code_in(anna[4]))
    assert "отозвали" in late.screen


async def test_a_table_with_mistakes_names_their_lines_and_makes_nothing(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    wrong = TABLE.replace("волонтёр;", "повар;").replace("omsk", "Нарния") + ";волонтёр;Омск;\r\n"
    await maria.act(lambda user: user.send_document(wrong.encode(), "люди.csv"))
    assert "Есть 3 ошибки" in maria.screen
    for line in ("Строка 2: роли «повар» нет", "Строка 3: региона «Нарния» нет", "Строка 4: нет имени"):
        assert line in maria.screen
    assert await hq.read(lambda uow: uow.people.open_invites(hq.now)) == []


async def test_a_table_that_was_deleted_before_the_tap_is_asked_for_again(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.act(lambda user: user.send_document(TABLE.encode(), "люди.csv"))
    maria.messages[-1].reply_to = None  # Telegram leaves a deleted message out of the reply
    await maria.press("Сделать 2 ссылки")
    assert any("Таблицы больше нет" in toast for toast in maria.toasts)
    assert await hq.read(lambda uow: uow.people.open_invites(hq.now)) == []


async def test_behind_a_shared_link_everybody_waits_on_one_card_that_counts_up(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    ivan = await hq.join("Иван", Role.COORDINATOR, "kazan")
    oleg = await hq.join("Олег", Role.COORDINATOR, "omsk")
    code = await shared_link(irina)
    before = len(irina.messages)
    guests = [await comes_in(hq, f"Гость {n}", code) for n in range(1, 4)]
    assert "Теперь координатор посмотрит" in guests[0].screen
    assert len(irina.messages) == before + 1, "one card, not one message for each"
    assert len(ivan.messages) == 1
    assert oleg.messages == []
    for card in (irina.screen, ivan.screen):
        assert "Ждут 3 человека:" in card
        assert "3. Гость 3" in card
    assert await hq.read(rows_of(select(tables.person.c.id).where(tables.person.c.name.like("Гость%")))) == []

    await irina.press("✓ 1. Гость 1")
    assert "Ждут 2 человека:" in ivan.screen, "a colleague's card follows"
    assert "На каком языке" in guests[0].screen
    await ivan.press("✕ 1. Отказать")
    assert "В этот раз вас не впустили" in guests[1].screen
    assert "Ждёт 1 человек:" in irina.screen
    assert "Гость 2" not in await stored(hq, "invite_entry", "person")
    await guests[1].start(code)
    await guests[1].press("Даю согласие")
    assert any("вас не впустили" in toast for toast in guests[1].toasts)

    await irina.press("✓ 1. Гость 3")
    assert "Никто не ждёт" in irina.screen
    assert "Впустили: 2 из 200" in ivan.screen
    await guests[2].press("Русский")
    await guests[2].press("верно")
    assert "волонтёр: Казань" in guests[2].screen


async def test_all_lets_in_exactly_those_whom_the_card_showed(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    for n in (1, 2):
        await comes_in(hq, f"Гость {n}", code)
    shown = irina.messages[-1]
    data = next(b.data or "" for row in shown.buttons for b in row if b.label == "Впустить всех: 2")
    late = await comes_in(hq, "Опоздавший", code)
    await irina.act(lambda user: user.press_raw(shown, data))
    assert "Ждёт 1 человек:" in irina.screen
    assert "Опоздавший" in irina.screen
    assert "На каком языке" not in late.said
    assert "Впустили: 2 из 200" in irina.screen


async def test_a_card_rings_again_when_it_has_lain_still_or_nobody_was_waiting(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    await comes_in(hq, "Гость 1", code)
    first = irina.messages[-1].message_id
    await comes_in(hq, "Гость 2", code)
    assert irina.messages[-1].message_id == first
    await hq.advance(hours=2)
    await comes_in(hq, "Гость 3", code)
    second = irina.messages[-1]
    assert second.message_id != first
    assert "Ждут 3 человека" in second.body
    await irina.press("Впустить всех")
    await comes_in(hq, "Гость 4", code)
    assert irina.messages[-1].message_id != second.message_id


async def test_a_shared_link_cannot_be_used_to_walk_in_nor_taken_by_more_than_it_has_places_for(
    hq: Headquarters,
) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina, "/invite 2 волонтёра Казань")
    sly = hq.stranger("Хитрый")
    await sly.start(code)
    await sly.act(lambda user: user.press_raw(sly.messages[-1], f"j:agree:{code}:0"))
    assert "не подходит" in sly.screen
    assert await hq.read(lambda uow: uow.people.find_actor(sly.user.user_id)) is None
    for n in (1, 2):
        await comes_in(hq, f"Гость {n}", code)
    third = hq.stranger("Третий")
    await third.start(code)
    assert "уже воспользовались" in third.screen
    await irina.press("✕ 1. Отказать")
    await third.start(code)
    assert "вас впустит координатор" in third.screen, "the place of somebody refused is free again"


async def test_the_shared_link_has_a_picture_and_a_sheet_to_print(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    await irina.press("QR-картинка")
    picture = irina.messages[-1]
    assert picture.kind == "photo"
    assert code in picture.caption
    assert file_of(hq, picture).startswith(b"\x89PNG")
    await irina.press("Лист для печати")
    assert file_of(hq, irina.messages[-1]).startswith(b"%PDF")


async def test_whoever_came_by_a_link_that_is_taken_back_is_shown(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    await comes_in(hq, "Гость", code)
    await irina.press("✓ 1. Гость")
    await irina.press("О ссылке")
    await irina.press("Отозвать")
    assert "Приглашение отозвано" in irina.screen
    assert "По нему пришёл 1 человек" in irina.screen
    await irina.press("Гость")
    assert "Сообщения доходят" in irina.screen
    await irina.send("/invite")
    await irina.press("Приглашения")
    await irina.press("Прошлые")
    assert any(" 1/200, до " in label for label in irina.labels)


@pytest.mark.slow  # takes seconds
async def test_somebody_who_is_not_looked_at_is_forgotten_after_30_days(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    await comes_in(hq, "Гость Незваный", code)
    await hq.advance(days=30, minutes=1)
    assert "Незваный" not in await stored(hq, "invite_entry", "outbox", "inbox", "journal_payload")


async def test_links_end_after_72_hours(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina)
    await hq.advance(hours=72, minutes=1)
    late = hq.stranger("Опоздавший")
    await late.start(code)
    assert "Срок этого приглашения истёк" in late.screen


# --- consent first --------------------------------------------------------------------------------------------------------


async def agreed_to_an_earlier_text(hq: Headquarters, phone: Phone) -> None:
    async def older(uow: Any) -> None:
        mine = update(tables.person).where(tables.person.c.id == phone.id)
        await uow.session.execute(mine.values(consent_version=1))

    await hq.run(older)


async def test_a_newer_text_is_asked_about_at_the_next_tap_and_nothing_is_kept_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await agreed_to_an_earlier_text(hq, anna)
    await anna.send("Сегодня открыли парк")
    assert "Текст согласия изменился" in anna.screen
    assert await hq.read(lambda uow: uow.drafts.of_author(anna.id)) == []
    assert "парк" not in await stored(hq, "inbox", "draft", "content")
    await anna.send("/privacy")
    assert "Имя: Анна" in anna.screen, "what is stored can always be read"
    await anna.send("/today")
    await anna.press("Уйти")
    assert "Хотите уйти из кампании?" in anna.screen, "who does not agree need not look for the way out"
    await anna.press("Остаюсь")
    await anna.press("Даю согласие")
    assert "Спасибо! Повторите" in anna.said
    await anna.send("Сегодня открыли парк")
    assert len(await hq.read(lambda uow: uow.drafts.of_author(anna.id))) == 1


async def test_a_pressed_card_stays_while_the_newer_text_is_asked_about(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/settings")
    card = anna.messages[-1]
    before = card.body
    await agreed_to_an_earlier_text(hq, anna)
    await anna.act(lambda user: user.press_raw(card, "n:home"))
    assert card.body == before
    assert "Текст согласия изменился" in anna.screen


async def test_a_line_that_says_too_much_or_no_number_is_answered_clearly(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.MANAGER)
    for line, answer in (
        ("50 волонтёров казань омск", "Здесь два региона: Казань, Омск. Одна строка — один регион"),
        ("двадцать волонтёров казань", "«двадцать»: напишите число цифрами"),
        ("-5 волонтёров казань", "Сколько? Напишите одно число"),
    ):
        await irina.send(f"/invite {line}")
        assert answer in irina.screen, line
    await irina.send("/invite 1 координатор казань")
    await irina.press("Сделать 1 ссылку")
    assert "Готова 1 ссылка.\n\nОна в таблице ниже" in irina.said
    assert "Отправьте её своему человеку" in irina.said


async def test_what_a_stranger_sent_is_not_set_aside_when_something_breaks(hq: Headquarters, monkeypatch: Any) -> None:
    from handlers.screens import join as screens

    boris = hq.stranger("Борис")
    boris.user.started = True
    with monkeypatch.context() as broken:
        broken.setattr(screens, "answer_the_question", None)
        await boris.send("Мой тайный текст")
        await hq.advance(minutes=1)
    assert "ничего не сохранилось" in boris.screen
    assert await hq.read(lambda uow: uow.inbox.list_aside(hq.now)) == []
    assert "тайный" not in await stored(hq, "inbox")
    hq.app.inbox.failures.clear()


async def test_a_link_for_one_person_lets_in_exactly_one_of_fifty(hq: Headquarters) -> None:
    code = await hq.run(invites.create, None, Role.VOLUNTEER, "kazan", now=hq.now, hours=72)
    crowd = [hq.stranger(f"Гость {n}") for n in range(50)]
    for phone in crowd:
        phone.user.start(code)
    await hq.settle()
    for phone in crowd:
        phone.user.press("Даю согласие")
    await hq.settle()
    assert len(await hq.read(rows_of(select(tables.person.c.id)))) == 1
    assert sum("уже воспользовались" in phone.said for phone in crowd) == 49


async def test_an_order_waits_a_day_and_its_old_button_says_so(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await irina.send("/invite 3 волонтёра Казань")
    await hq.move_to(hq.now + timedelta(hours=25))
    await irina.press("Сделать 3 ссылки")
    assert any("прошло слишком много времени" in toast for toast in irina.toasts)


# --- who waits has a say too ------------------------------------------------------------------------------------------------


async def test_who_waits_is_told_so_sees_what_is_kept_and_can_take_it_back(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    code = await shared_link(irina, "/invite 1 волонтёр Казань")
    guest = await comes_in(hq, "Гость Незваный", code)
    for again in ("Когда впустите?", "/help", "/start", f"/start {code}"):
        await guest.send(again)
        assert "Ваша просьба в штабе" in guest.screen, again
    await guest.send("/mydata")
    assert "Вы попросились в штаб" in guest.screen
    assert "ничего не хранится" not in guest.screen
    await guest.press("Забрать просьбу и стереть")
    assert "О вас ничего не хранится" in guest.screen
    assert "Незваный" not in await stored(hq, "invite_entry", "outbox", "journal_payload")
    assert "Никто не ждёт" in irina.screen
    await hq.advance(minutes=1)
    await comes_in(hq, "Другой", code)
    assert "1. Другой" in irina.screen, "the place is free again"
    await guest.act(lambda user: user.press_raw(guest.messages[-1], "me:take_back::0"))
    assert "1. Другой" in irina.screen, "an old button takes nothing of others back"


@pytest.mark.slow  # takes seconds
async def test_a_months_old_card_lets_in_nobody_but_whom_it_names(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    boris, ivan = hq.stranger("Борис"), hq.stranger("Иван")
    for guest in (boris, ivan):
        await guest.start()
        for step in ("Попросить", "Казань", "Отправить"):
            await guest.press(step)
        if guest is boris:
            old = irina.find("Борис")
            data = next(b.data or "" for row in old.buttons for b in row if "Впустить" in b.label)
            await hq.advance(days=31)
    assert "Иван" in irina.screen, "the new request is told"
    await irina.act(lambda user: user.press_raw(old, data))
    assert irina.toasts[-1].startswith("Этого здесь больше нет")
    assert "Вам открыли доступ" not in ivan.said


async def test_a_request_without_an_invite_is_taken_back_from_the_coordinators_too(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    guest = hq.stranger("Гость Незваный")
    await guest.start()
    for step in ("Попросить", "Казань", "Отправить"):
        await guest.press(step)
    assert "Незваный" in irina.screen
    await guest.send("Когда впустите?")
    assert "Ваша просьба в штабе" in guest.screen
    await guest.send("/privacy")
    await guest.press("Забрать просьбу и стереть")
    assert irina.messages == []
    assert "Незваный" not in await stored(hq, "access_request", "outbox", "journal_payload")
