"""The emergency stop: one tap halts, two different people let it go on, and nobody is blamed for what was held."""

from datetime import UTC, datetime, timedelta

from domain.people import Role
from domain.plan import SlotState
from domain.silence import Blackout
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted, slot_states

STOPPED = "Стоп: пожалуйста, не публикуйте это"


async def a_stop(vera: Phone, what: str = "Всё", reason: str = "Траур") -> None:
    await vera.send("/stop")
    await vera.press(what)
    await vera.press(reason)


async def test_one_tap_stops_everything_and_the_text_leaves_the_volunteers_chat(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    await a_stop(vera)
    assert "Остановлено." in vera.screen
    assert "Придержано 1 задание" in vera.screen
    assert STOPPED in anna.screen
    assert TEXT not in anna.said
    assert "Решение: Вера" in olga.screen
    assert "Траур" in olga.screen


async def test_while_stopped_no_text_is_shown_or_sent_not_even_for_an_old_button(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await anna.send("/today")
    await a_stop(vera)
    await anna.press("VK Казань")
    assert "не публикуйте" in anna.toasts[-1]
    await hq.run(approve, vera.id, vera.id, "Второй текст", "vk-kazan", now=hq.now)
    await hq.move_to(MORNING - timedelta(minutes=1))
    assert TEXT not in anna.said
    assert "Второй текст" not in anna.said
    assert "Через" not in anna.said, "nobody is reminded of what they may not do"


async def test_today_says_of_what_is_held_that_it_is_stopped_and_never_that_it_is_late(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING + timedelta(minutes=5))
    await anna.send("/today")
    assert "⚠" in anna.screen, "before the stop it is late"
    await a_stop(vera)
    await anna.send("/today")
    assert "⛔ 10:30 VK Казань: остановлено, пожалуйста, не публикуйте" in anna.screen
    assert "⛔ 10:30 VK Казань" in anna.labels
    assert "⚠" not in anna.screen
    await anna.send("/start")
    assert "⚠" not in anna.screen


async def test_whoever_can_stop_everything_but_not_resume_it_reads_so_before_and_after(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/stop")
    await vera.press("Всё")
    assert "Снова запустить всё смогут только двое" in vera.screen
    await vera.press("Траур")
    assert "Снова запустить всё смогут только двое" in vera.screen
    await vera.send("/stop")
    assert "Снова запустить всё смогут только двое" in vera.screen
    assert not any("Продолжить" in name for name in vera.labels)


async def test_it_goes_on_when_a_second_person_says_so_and_never_for_one_alone(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await a_stop(vera, "⛔ Казань", "Ошибка")
    await vera.press("Продолжить")
    assert "только вы" in vera.toasts[-1], "nobody else is there: whom to appoint is said"
    olga = await hq.join("Ольга", Role.MANAGER)
    await vera.press("Продолжить")
    assert "Ваше «да» записано" in vera.screen
    assert "Вера предлагает продолжить" in olga.screen
    await vera.send("/stop")
    await vera.press("Продолжить")
    assert "в одиночку никто" in vera.toasts[-1]
    assert STOPPED in anna.screen
    await olga.press("Продолжить")
    assert "Разрешили двое: Вера и Ольга" in olga.screen
    assert TEXT in anna.said
    assert STOPPED not in anna.said
    await posted(anna)
    assert "✓ Опубликовано" in anna.screen
    await vera.send("/stop")
    assert "ничего не остановлено" in vera.screen


async def test_what_passes_while_stopped_is_nobodys_fault_and_its_text_is_planned_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await a_stop(vera)
    await hq.move_to(MORNING + timedelta(minutes=1))
    assert SlotState.FILLED not in await slot_states(hq)
    lead = await hq.join("Пётр", Role.MANAGER)
    await olga.send("/stop")
    await olga.press("Продолжить")
    await lead.press("Продолжить")
    assert TEXT in anna.said, "it took the evening's slot"
    await hq.move_to(datetime(2026, 9, 7, 17, 30, tzinfo=UTC))
    assert "10:30 VK Казань" not in olga.said, "the evening blames nobody"


async def test_what_was_out_before_the_stop_counts_and_is_not_planned_a_second_time(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await a_stop(vera, "⛔ Казань", "Ошибка")
    await hq.move_to(MORNING + timedelta(minutes=1))
    await vera.press("Продолжить")
    await olga.press("Продолжить")
    assert "19:30" in anna.screen, "the text took the evening's slot"
    await anna.press("Уже опубликовано", anna.find("время прошло"))
    await anna.send(LINK)
    assert "✓ Опубликовано" in anna.said
    assert "Этот же текст на странице уже вышел" in anna.said
    assert await slot_states(hq) == [SlotState.POSTED]


async def test_a_stop_of_one_page_leaves_the_others_alone_and_a_proof_is_still_taken(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await vera.send("/stop")
    await vera.press("Одну страницу")
    assert "VK Омск" not in " ".join(vera.labels), "another region's page is not theirs to stop"
    await vera.press("VK Казань")
    await vera.press("Другая причина")
    assert "одной строкой" in vera.screen
    await vera.send("Взломали <админку>")
    assert "Взломали <админку>" in vera.screen
    await anna.press("Уже опубликовано")
    await anna.send(LINK)
    assert "✓ Опубликовано" in anna.screen
    await hq.run(approve, vera.id, vera.id, "Для ОК", "ok-kazan", now=hq.now)
    assert "Для ОК" in anna.said + boris.said, "another page goes on"
    await a_stop(vera, "⛔ Казань", "Ошибка")
    await vera.send("/stop")
    assert vera.screen.count("Вера") == 2, "both are listed"


async def test_the_same_is_not_stopped_twice_and_a_volunteer_stops_nothing(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    lena = await hq.join("Лена", Role.PRESS_SECRETARY, "kazan", language="en")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await lena.send("/stop")
    await lena.press("Everything")
    await a_stop(vera)
    await lena.press("A legal demand")
    assert "Вера has stopped this already." in lena.toasts[-1]
    await anna.send("/stop")
    assert "остановлено" not in anna.screen


async def test_a_silence_that_begins_while_stopped_goes_on_holding_and_nobody_is_told_otherwise(
    hq: Headquarters,
) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for text in (TEXT, "Второй текст"):
        await hq.run(approve, vera.id, vera.id, text, "vk-kazan", now=hq.now)
    await a_stop(vera, "⛔ Казань", "Ошибка")
    silent = Blackout("kazan", datetime(2026, 9, 7, 10, 0), datetime(2026, 9, 7, 16, 0), "траур")  # noqa: DTZ001 - wall clock
    await hq.run(lambda uow: uow.campaign.save_blackouts([silent]))
    await hq.move_to(MORNING + timedelta(minutes=30))
    await vera.press("Продолжить")
    await olga.press("Продолжить")
    assert "Разрешили двое" in olga.screen
    assert "Снова можно публиковать" not in anna.said, "the silence holds it now"
    assert "Второй текст" not in anna.said
    await hq.move_to(datetime(2026, 9, 7, 13, 0, tzinfo=UTC))
    assert "Снова можно публиковать" in anna.said
    assert "Второй текст" in anna.said
