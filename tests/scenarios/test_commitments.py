"""/commit: a promise in one line, asked of somebody, moved, late, done; reminders that never come twice."""

from datetime import date

from sqlalchemy import select

from domain.people import Role
from storage.tables import commitment
from tests.harness import Headquarters, Phone
from tests.rows import rows_of
from tests.scenarios.test_drafts import png

DUE = date(2026, 9, 10)


async def promises(phone: Phone, line: str) -> None:
    await phone.send("/commit")
    await phone.press("Новое обещание")
    await phone.send(line)


async def test_one_line_becomes_a_promise_that_is_reminded_of_on_the_eve_and_on_the_day(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.COORDINATOR, "kazan")
    await promises(anna, "открыть группу в Арске до 10.09")
    assert "открыть группу в Арске" in anna.screen
    assert "Срок: чт, 10 сентября" in anna.screen
    assert "Для кого: Казань" in anna.screen
    await anna.press("Сохранить")
    assert "Записано. Напомню" in anna.screen
    await hq.advance(days=1, hours=12)
    assert "Напоминаю" not in anna.said
    await hq.advance(days=1)
    assert "Напоминаю: срок уже скоро" in anna.said
    await hq.advance(days=1)
    assert "Напоминаю: срок сегодня" in anna.said
    await anna.press("✓ Сделано")
    assert "Сделано чт, 10 сентября, в срок" in anna.said
    await anna.send("https://vk.com/arsk")
    assert "Подтверждение: https://vk.com/arsk" in anna.screen
    assert "Снимок" not in " ".join(anna.labels)
    await hq.advance(days=3)
    assert anna.said.count("Напоминаю") == 1, "the message whose button was pressed became the card"
    assert "Срок был вчера" not in anna.said


async def test_a_manager_asks_somebody_who_accepts_is_late_and_moves_it_with_a_reason(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Аня", Role.COORDINATOR, "kazan")
    await maria.send("/commit найти зал до 09.09 @Аня")
    assert "Кто: Аня" in maria.screen
    await maria.press("Сохранить")
    assert "Кого спросили: Аня" in maria.screen
    assert "Мария просит вас это взять" in anna.screen
    await anna.press("Обещаю")
    assert "Аня: «Обещаю»" in maria.said
    await hq.advance(days=3, hours=4)
    assert "Уже сделано или нужен другой день?" in anna.said
    assert "Возможно, нужна помощь" in maria.said
    await maria.send("/commit")
    await maria.press("Просроченные")
    assert "найти зал" in maria.screen
    await anna.press("Другой день")
    await anna.send("15.09 ждём ключи")
    assert "Перенос: ср, 9 сентября → вт, 15 сентября (Аня): ждём ключи" in anna.screen
    assert "Срок перенесён: Аня" in maria.said
    period = (date(2026, 9, 1), date(2026, 9, 30))
    found = await hq.read(lambda uow: uow.commitments.summary(period, {"kazan"}, date(2026, 9, 10)))
    assert (found.open, found.late, found.moved, found.total) == (1, 0, 1, 1)


async def test_what_lacks_is_chosen_by_buttons_and_only_managers_ask_others(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Аня", Role.COORDINATOR, "kazan")
    await promises(maria, "провести встречу с авторами")
    assert "К какому дню?" in maria.screen
    assert "Сохранить" not in " ".join(maria.labels)
    await maria.press("Срок")
    await maria.press("пт, 11 сентября")
    await maria.press("Кто обещает")
    await maria.press("Аня")
    await maria.press("Для кого")
    await maria.press("Одна страница")
    await maria.press("VK Казань")
    assert "Для кого: VK Казань" in maria.screen
    await maria.press("Сохранить")
    await anna.press("Не смогу")
    assert "Отказ" in anna.screen
    assert "Аня: «Не смогу»" in maria.said
    await promises(anna, "сверстать макет до 11.09 @Мария")
    assert "Попросить другого («Мария») может только руководитель" in anna.screen
    await promises(maria, "сверстать макет до 11.09 @Никто")
    assert "Кто это: «Никто»? Нажмите «Кто обещает» и выберите." in maria.screen


async def test_somebody_of_another_region_does_not_see_it_and_a_stale_button_changes_nothing(hq: Headquarters) -> None:
    anna = await hq.join("Аня", Role.COORDINATOR, "kazan")
    oleg = await hq.join("Олег", Role.COORDINATOR, "omsk")
    await promises(anna, "найти зал до 12.09")
    await anna.press("Сохранить")
    card = anna.messages[-1]
    await oleg.send("/commit")
    await oleg.press("Все открытые")
    assert "Здесь пока пусто" in oleg.screen
    await anna.press("Снять", card)
    await anna.send("зал нашли другие")
    assert "Снято" in anna.screen
    assert "Почему: зал нашли другие" in anna.screen
    await hq.advance(days=6)
    assert "Напоминаю" not in anna.said


async def test_a_picture_shows_that_it_is_done(hq: Headquarters) -> None:
    anna = await hq.join("Аня", Role.COORDINATOR, "kazan")
    await promises(anna, "найти зал до 12.09")
    await anna.press("Сохранить")
    await anna.press("✓ Сделано")
    await anna.send_photo(png(), "наш зал")
    assert "Подтверждение: наш зал" in anna.screen
    before = len(anna.messages)
    await anna.press("Снимок")
    assert len(anna.messages) == before + 1
    assert await hq.read(lambda uow: uow.drafts.of_author(anna.id)) == []


async def test_in_english(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.COORDINATOR, "kazan", language="en")
    await anna.send("/commit open the Arsk group by 10 Sep")
    assert "By: " in anna.screen
    await anna.press("Save")
    assert "Noted. I will remind you" in anna.screen
    await anna.press("Commitments")
    assert "open the Arsk group" in anna.screen


async def test_a_post_sent_after_done_is_a_draft_and_no_proof(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.COORDINATOR, "kazan")
    await promises(anna, "открыть группу в Арске до 10.09")
    await anna.press("Сохранить")
    await anna.press("✓ Сделано")
    text = "Сегодня во дворе на улице Мира прошёл субботник: пришли 40 человек, собрали 12 мешков. Спасибо всем!"
    await anna.send(text)
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == [text]
    await anna.send("группа открыта, 40 участников")
    assert "Подтверждение: группа открыта, 40 участников" in anna.screen


async def test_an_older_preview_saves_nothing_of_the_newer_line(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await maria.send("/commit первое до 09.09")
    older = maria.messages[-1]
    await maria.send("/commit второе до 10.09")
    newer = maria.messages[-1]
    await maria.press("Сохранить", older)
    assert "заменено более новой строкой" in maria.toasts[-1]
    await maria.press("Сохранить", newer)
    assert "второе" in maria.screen
    assert await hq.read(rows_of(select(commitment.c.title))) == [("второе",)]


async def test_who_cannot_ask_others_is_told_so_in_the_preview(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/commit позвонить в газету до 10.09 @Ольга")
    assert "Попросить другого («Ольга») может только руководитель." in vera.screen
    assert "Сохранить" not in " ".join(vera.labels)
    await vera.send("позвонить в газету до 10.09")
    await vera.press("Сохранить")
    assert "Записано. Напомню" in vera.screen


async def test_who_is_away_is_not_reminded_but_whoever_leads_hears_that_it_is_late(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Аня", Role.COORDINATOR, "kazan")
    await promises(anna, "найти зал до 09.09")
    await anna.press("Сохранить")
    await anna.send("/away")
    await anna.press("С этой минуты")
    await anna.press("пт, 11 сентября")
    await hq.advance(days=3, hours=4)
    assert "Напоминаю" not in anna.said
    assert "Срок был вчера" not in anna.said
    assert maria.said.count("Возможно, нужна помощь") == 1


async def test_a_volunteer_of_whom_it_is_asked_accepts_and_finds_it_again(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    gleb = await hq.join("Глеб", Role.VOLUNTEER, "kazan")
    await maria.send("/commit снять ролик до 09.09 @Глеб")
    await maria.press("Сохранить")
    await gleb.press("Обещаю")
    await gleb.press("Обещания")
    assert "снять ролик" in gleb.screen
    assert "Новое обещание" not in " ".join(gleb.labels)


POST = "Сегодня в Арске прошёл субботник: пришли 40 человек. Спасибо всем, кто был с нами!"


async def test_a_post_sent_while_a_line_or_a_reason_is_awaited_becomes_a_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.COORDINATOR, "kazan")
    await anna.send("/commit")
    await anna.press("Новое обещание")
    await anna.send(POST)
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == [POST]
    await anna.send("найти зал до 09.09")
    assert "Срок: ср, 9 сентября" in anna.screen, "the line is still awaited"
    await anna.press("Сохранить")
    card = anna.messages[-1]
    await anna.press("Снять", card)
    await anna.send(f"{POST}\n\n#арск")
    assert len(await hq.read(lambda uow: uow.drafts.of_author(anna.id))) == 2
    await anna.send("зал нашли другие. Спасибо им.")
    assert "Почему: зал нашли другие. Спасибо им." in anna.screen


async def test_a_command_ends_the_question_and_the_preview_can_still_be_saved(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.COORDINATOR, "kazan")
    await promises(anna, "найти зал до 09.09")
    preview = anna.messages[-1]
    await anna.send("/today")
    await anna.send("Открыли площадку")
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == ["Открыли площадку"]
    await anna.press("Сохранить", preview)
    assert await hq.read(rows_of(select(commitment.c.title))) == [("найти зал",)]
