"""Silence: a mourning announced in chat, and lifting by two different people; nothing is handed out inside."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.people import EVERYWHERE, Role
from domain.plan import SlotState
from domain.silence import Blackout, SilenceKind
from domain.usecases import silence_cards
from storage.tables import journal
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import MORNING, TEXT, slot_states
from tests.scenarios.test_drafts import png

ASKS = "предлагает"


async def mourns(vera: Phone, where: str = "Казань", start: str = "Прямо сейчас", days: str = "1 день") -> None:
    await vera.send("/silence")
    await vera.press("Объявить траур")
    await vera.press(where)
    await vera.press(start)
    await vera.press(days)
    await vera.send("Авария на шахте")


async def voting(hq: Headquarters, region: str = EVERYWHERE) -> None:
    day = datetime.fromisoformat("2026-09-07")
    vote = Blackout(region, day, day + timedelta(days=1), "Голосование", SilenceKind.VOTING)
    await hq.run(lambda uow: uow.campaign.save_blackouts([vote]))


async def asked(hq: Headquarters, vera: Phone, hours: str = "2 часа") -> None:
    """Vera asks to lift the vote's silence in Kazan."""
    await voting(hq, "kazan")
    await vera.send("/silence")
    await vera.press("Дни голосования")
    await vera.press("Публиковать несмотря")
    await vera.press(hours)
    await vera.send("Сообщение об эвакуации")


async def actions(hq: Headquarters) -> list[str]:
    async def read(uow: object) -> list[str]:
        rows = await uow.session.execute(select(journal.c.action).order_by(journal.c.seq))  # type: ignore[attr-defined]
        return [row.action for row in rows if row.action.startswith("silence.")]

    return await hq.read(read)


async def test_a_mourning_is_announced_step_by_step_and_what_was_planned_is_withdrawn(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    await mourns(vera)
    assert "08:00 – пн, 7 сентября, 24:00" in vera.screen
    assert "Авария на шахте" in vera.screen
    assert "Траур" not in anna.said, "nothing holds before the last tap"
    await vera.press("Объявить")
    assert "Объявлено" in vera.screen
    assert "Траур: Казань" in anna.said
    assert "период тишины" in anna.said
    assert TEXT not in anna.screen
    assert SlotState.FILLED not in await slot_states(hq)
    await hq.run(approve, vera.id, vera.id, "Второй текст", "vk-kazan", now=hq.now)
    await hq.move_to(MORNING + timedelta(hours=10))
    assert "Второй текст" not in anna.said
    await hq.move_to(datetime(2026, 9, 8, 16, tzinfo=UTC))
    assert "Второй текст" in anna.said, "it ends by itself"


async def test_from_tomorrow_today_goes_on_and_the_same_is_announced_once(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await mourns(vera, start="С завтрашнего дня", days="2 дня")
    assert "вт, 8 сентября, 00:00 – ср, 9 сентября, 24:00" in vera.screen
    card = vera.find("Авария на шахте")
    await vera.press("Объявить")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    await mourns(vera, start="С завтрашнего дня", days="2 дня")
    await vera.press("🕯 Объявить")
    assert "уже объявлено" in vera.toasts[-1]
    assert "Объявлено" in card.text or "Объявлено" in vera.said


async def test_a_press_secretary_announces_for_her_region_only_and_a_bad_reason_loses_nothing(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await vera.send("/silence")
    await vera.press("Объявить траур")
    assert not any("Все регионы" in label or "Омск" in label for label in vera.labels)
    await vera.press("Казань")
    await vera.press("Прямо сейчас")
    await vera.press("1 день")
    await vera.send("а" * 201)
    assert "помещается 200" in vera.screen
    await vera.send("Траур в республике")
    assert "Объявить?" in vera.screen
    await anna.send("/silence")
    assert "Объявить траур" not in "".join(anna.labels)


async def test_a_mourning_survives_a_plan_and_ends_early_by_two_people_only(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await mourns(vera)
    await vera.press("Объявить")
    await hq.run(lambda uow: uow.campaign.save_blackouts([]))  # what loading a plan without silences does
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT not in anna.said
    await vera.send("/silence")
    await vera.press("Траур: Казань")
    await vera.press("Закончить траур раньше")
    assert "спросить некого" in vera.toasts[-1], "whom to appoint is said"
    olga = await hq.join("Ольга", Role.MANAGER)
    await vera.press("Закончить траур раньше")
    await vera.send("Все спасены")
    assert f"{ASKS.capitalize()}: Вера" in olga.screen
    await olga.press("Да, снимаем")
    assert "Закончили двое: Вера и Ольга" in olga.screen
    await hq.run(approve, vera.id, vera.id, "Второй текст", "vk-kazan", now=hq.now)
    assert "Второй текст" in anna.said, "the rest of the day is planned again"


async def test_an_override_takes_two_different_people_and_ends_by_itself(hq: Headquarters) -> None:
    owner = await hq.join("Ирина", Role.OWNER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await asked(hq, vera, "3 часа")
    assert "Ваше «да» записано" in vera.screen
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT not in anna.said, "one yes lifts nothing"
    await olga.press("Да, снимаем")
    assert "Разрешено до 11:00" in olga.screen
    assert "Разрешено до 11:00" in owner.screen
    await hq.run(approve, vera.id, vera.id, "Эвакуация", "vk-kazan", now=hq.now)
    assert "Эвакуация" in anna.said
    assert await actions(hq) == ["silence.lift_wanted", "silence.lifted"]
    await olga.send("/silence")
    assert "разрешили публиковать до 11:00" in olga.screen
    await hq.move_to(datetime(2026, 9, 7, 8, 1, tzinfo=UTC))
    await hq.run(approve, vera.id, vera.id, "Второй текст", "vk-kazan", now=hq.now)
    assert "Второй текст" not in anna.said
    assert "снова тишина" in owner.screen
    assert SlotState.FILLED not in await slot_states(hq)


async def test_two_press_secretaries_are_not_enough_and_nobody_agrees_with_herself(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    await asked(hq, vera)
    assert ASKS not in maria.said.lower(), "only a manager or an owner can be the second"
    assert "Да, снимаем" not in "".join(vera.labels)
    await maria.send("/silence")
    await maria.press("Просят снять")
    await maria.press("Да, снимаем")
    assert "руководителем или владельцем" in maria.toasts[-1]
    await olga.press("Нет, тишина остаётся")
    assert "тишина остаётся" in olga.screen
    assert await actions(hq) == ["silence.lift_wanted", "silence.lift_dropped"]


async def test_after_an_hour_the_second_yes_comes_too_late(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    await asked(hq, vera)
    await hq.advance(minutes=60)
    await olga.press("Да, снимаем")
    assert "Час на второе «да» прошёл" in olga.toasts[-1]


async def test_an_override_ends_at_once_by_one_tap(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await asked(hq, vera, "6 часов")
    await olga.press("Да, снимаем")
    await vera.send("/silence")
    await vera.press("Дни голосования")
    await vera.press("Снова тишина")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT not in anna.said


async def short_silence(hq: Headquarters, region: str = "kazan") -> None:
    """From noon to two, with the task that loading a plan lays out."""
    noon = datetime.fromisoformat("2026-09-07T12:00")
    vote = Blackout(region, noon, noon + timedelta(hours=2), "Прощание", SilenceKind.MOURNING)
    await hq.run(lambda uow: uow.campaign.save_blackouts([vote]))
    await hq.run(lambda uow: silence_cards.lay_out(uow, now=hq.now))


async def test_a_text_handed_out_before_a_silence_leaves_the_chat_and_comes_back_without_a_sound(
    hq: Headquarters,
) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await short_silence(hq)
    for text in (TEXT, "Второй текст"):
        await hq.run(approve, vera.id, vera.id, text, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 8, 59, tzinfo=UTC))
    place = next(n for n, message in enumerate(anna.messages) if message.text.startswith("Второй текст"))
    card, before = anna.messages[place + 1], len(anna.messages)
    await hq.move_to(datetime(2026, 9, 7, 9, 0, tzinfo=UTC))
    assert "Второй текст" not in anna.said
    assert TEXT not in anna.said, "what is late is not to be posted either"
    assert len(anna.messages) == before - 2, "the texts are deleted, the cards are edited, nothing new comes"
    assert "Траур: до 14:00 ничего не публикуем" in card.text
    assert not any("Скопировать" in one.label for row in card.buttons for one in row)
    await hq.move_to(datetime(2026, 9, 7, 11, 0, tzinfo=UTC))
    back = [message for message in anna.messages if message.text.startswith((TEXT, "Второй текст"))]
    assert [message.silent for message in back] == [True, True]
    assert "ничего не публикуем" not in anna.said


async def test_an_override_brings_the_text_back_and_its_end_takes_it_away_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await short_silence(hq)
    for text in (TEXT, "Второй текст"):
        await hq.run(approve, vera.id, vera.id, text, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 9, 10, tzinfo=UTC))
    assert "Второй текст" not in anna.said
    await vera.send("/silence")
    await vera.press("Траур")
    await vera.press("Публиковать несмотря")
    await vera.press("1 час")
    await vera.send("Сообщение об эвакуации")
    await olga.press("Да, снимаем")
    assert "Второй текст" in anna.said
    await olga.send("/silence")
    await olga.press("Траур")
    await olga.press("Снова тишина")
    assert "Второй текст" not in anna.said


async def test_above_a_card_that_a_mourning_cancels_no_text_stays(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for text in (TEXT, "Второй текст", "Третий, на завтра"):
        await hq.run(approve, vera.id, vera.id, text, "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    await mourns(vera)
    await vera.press("Объявить")
    assert "Касается 2 открытых заданий" in vera.screen
    assert "Касается 2 ваших постов" in anna.said, "tomorrow's stays"
    assert "Задание отменено" in anna.said
    assert TEXT not in anna.said


async def test_files_that_were_asked_for_leave_with_the_text_and_the_button_brings_them_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await short_silence(hq)
    await anna.act(lambda user: user.send_album([png(), png("blue")], "Новый двор готов"))
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await vera.press("Открыть очередь")
    await vera.press("Одобрить")
    await hq.advance(minutes=1)
    await anna.press("Файлами")
    assert len([message for message in anna.messages if message.document]) == 2
    await hq.move_to(datetime(2026, 9, 7, 9, 0, tzinfo=UTC))
    assert not [message for message in anna.messages if message.document]
    assert not [message for message in anna.messages if message.photo]
    assert "до 14:00 ничего не публикуем" in anna.said
    await hq.move_to(datetime(2026, 9, 7, 11, 0, tzinfo=UTC))
    assert not [message for message in anna.messages if message.document]
    await anna.press("Файлами")
    assert len([message for message in anna.messages if message.document]) == 2


async def test_what_was_missed_in_the_evening_cannot_be_copied_in_the_silence_from_midnight_on(
    hq: Headquarters,
) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    day = datetime.fromisoformat("2026-09-08")
    vote = Blackout("kazan", day, day + timedelta(days=1), "Голосование", SilenceKind.VOTING)
    await hq.run(lambda uow: uow.campaign.save_blackouts([vote]))
    await hq.run(lambda uow: silence_cards.lay_out(uow, now=hq.now))
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 20, 59, tzinfo=UTC))
    assert "День закончился" in anna.said
    await hq.move_to(datetime(2026, 9, 7, 21, 0, tzinfo=UTC))
    assert TEXT not in anna.said
    await hq.move_to(datetime(2026, 9, 8, 21, 0, tzinfo=UTC))
    assert TEXT not in anna.said, "its day is over: it does not come back"
