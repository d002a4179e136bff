"""The evening before: tomorrow's empty slots are named once, kindly, to those who can fill them."""

from datetime import UTC, date, datetime, time, timedelta

from domain.notices import DueTask
from domain.people import Role
from domain.silence import Blackout
from domain.usecases import gaps
from tests.drafting import approve
from tests.harness import Headquarters, Phone

EVENING = datetime(2026, 9, 7, 16, 0, tzinfo=UTC)  # 19:00 in Moscow
ASKED = "есть место для текста"
NOBODY = "текст есть, а публиковать некому"


async def only(hq: Headquarters, *pages: str) -> None:
    """Norms for these pages alone, so that nothing else is empty."""
    every = ["vk-kazan", "ok-kazan", "tg-kazan", "vk-omsk", "my-anna", "x-main"]
    await hq.run(lambda uow: uow.campaign.remove_norms(code for code in every if code not in pages))
    await hq.move_to(datetime(2026, 9, 7, 6, 0, tzinfo=UTC))


def asked(*phones: Phone, text: str = ASKED) -> list[bool]:
    return [text in phone.said for phone in phones]


async def volunteers(hq: Headquarters, *names: str) -> list[Phone]:
    return [await hq.join(name, Role.VOLUNTEER, "kazan") for name in names]


async def test_a_volunteer_is_asked_for_a_text_and_writes_it_for_that_page(hq: Headquarters) -> None:
    await only(hq, "vk-kazan", "ok-kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    (anna,) = await volunteers(hq, "Анна")
    await hq.move_to(EVENING)
    assert "✍ вт, 8 сентября: есть место для текста" in anna.screen
    assert "VK Казань: 10:30 и 19:30" in anna.screen
    assert "Если нет — тоже хорошо" in anna.screen
    assert "4 пустых места" in vera.screen
    await vera.press("План дня")
    assert "Казань · вт, 8 сентября" in vera.screen, "the rest of the list is one tap away"
    await anna.press("✍ VK Казань")
    assert "Пришлите текст для страницы VK Казань" in anna.screen
    await anna.send("Завтра открываем площадку")
    assert "☑ VK Казань" in anna.labels
    assert "☐ ОК Казань" in anna.labels
    await anna.press("Отправить")
    assert "VK Казань" in anna.screen
    drafts = await hq.read(lambda uow: uow.drafts.of_author(anna.id))
    assert [draft.pages for draft in drafts] == [("vk-kazan",)]


async def test_it_is_asked_in_english_too_and_cancel_frees(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    john = await hq.join("John", Role.VOLUNTEER, "kazan", language="en")
    await hq.move_to(EVENING)
    assert "✍ Tue 8 Sept: there is room for a text\n\nVK Казань: 10:30 and 19:30" in john.screen
    await john.press("Write a text")
    assert "Send the text for VK Казань" in john.screen
    await john.press("Cancel")
    await john.send("Just a note")
    drafts = await hq.read(lambda uow: uow.drafts.of_author(john.id))
    assert [draft.pages for draft in drafts] == [()], "an ordinary draft, for whatever page"


async def test_at_most_three_are_asked_the_others_next_and_nobody_two_evenings_in_a_row(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    people = await volunteers(hq, "Анна", "Борис", "Вадим", "Галя", "Денис")
    await hq.move_to(EVENING)
    assert asked(*people) == [True, True, True, False, False]
    await hq.move_to(EVENING + timedelta(days=1))
    assert asked(*people) == [True] * 5
    assert [phone.said.count(ASKED) for phone in people] == [1] * 5
    await hq.move_to(EVENING + timedelta(days=2))
    assert [phone.said.count(ASKED) for phone in people] == [2, 2, 2, 1, 1]


async def test_whoever_is_away_or_has_the_day_off_is_left_alone(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    anna, boris, vadim = await volunteers(hq, "Анна", "Борис", "Вадим")
    until = EVENING + timedelta(days=3)
    await hq.run(lambda uow: uow.away.add(anna.id, hq.now, until, None, hq.now))
    await hq.run(lambda uow: uow.availability.add_day_off(boris.id, date(2026, 9, 7)))
    await hq.move_to(EVENING)
    assert asked(anna, boris, vadim) == [False, False, True]


async def test_nobody_is_asked_in_a_silence_in_a_stop_or_for_a_text_that_is_in_hand(hq: Headquarters) -> None:
    await only(hq, "vk-kazan", "ok-kazan", "vk-omsk")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    olya = await hq.join("Оля", Role.VOLUNTEER, "omsk")
    first, last = datetime.fromisoformat("2026-09-07T12:00"), datetime.fromisoformat("2026-09-08T06:00")
    silent = Blackout("omsk", first, last, "траур")
    await hq.run(lambda uow: uow.campaign.save_blackouts([silent]))
    for number in (1, 2):
        await anna.send(f"Текст {number}")
        await anna.press("VK Казань")
        await anna.press("Отправить")
    await vera.send("/stop")
    await vera.press("Одну страницу")
    await vera.press("ОК Казань")
    await vera.press("Траур")
    await hq.move_to(EVENING)
    assert asked(anna, olya) == [False, False]
    assert "пуст" in vera.said, "the press secretary knows all the same"


async def test_what_is_no_longer_wanted_when_quiet_hours_end_is_not_asked(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    (anna,) = await volunteers(hq, "Анна")
    await hq.run(lambda uow: uow.people.update(anna.id, quiet_from=time(18)))
    await hq.move_to(EVENING)
    assert asked(anna) == [False]
    for number in (1, 2):
        await hq.run(approve, vera.id, vera.id, f"Текст {number}", "vk-kazan", now=hq.now)
    await hq.move_to(EVENING + timedelta(hours=14))
    assert asked(anna) == [False]


async def test_a_manager_of_several_zones_has_one_message_that_rings_once_for_neighbouring_evenings(
    hq: Headquarters,
) -> None:
    await only(hq, "vk-kazan", "vk-omsk")
    olga = await hq.join("Ольга", Role.MANAGER)
    await hq.move_to(datetime(2026, 9, 7, 13, 30, tzinfo=UTC))  # 19:30 in Omsk, 16:30 in Moscow
    told = [message for message in olga.messages if "пуст" in message.body]
    assert len(told) == 1
    assert "VK Омск" in told[0].body
    await hq.move_to(EVENING + timedelta(minutes=30))
    again = [message for message in olga.messages if "пуст" in message.body]
    assert [message.message_id for message in again] == [told[0].message_id]
    assert "VK Омск" in again[0].body
    assert "VK Казань" in again[0].body


async def test_a_coordinator_learns_who_could_post_and_chooses(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    galya = await hq.join("Галя", Role.COORDINATOR, "kazan")
    anna, boris = await volunteers(hq, "Анна", "Борис")
    await hq.run(lambda uow: uow.campaign.set_poster("vk-kazan", anna.id, may_post=True))
    until = EVENING + timedelta(days=3)
    await hq.run(lambda uow: uow.away.add(anna.id, hq.now, until, None, hq.now))
    await hq.move_to(EVENING - timedelta(minutes=5))
    for number in range(4):
        await hq.run(approve, vera.id, vera.id, f"Текст {number}", "vk-kazan", now=hq.now)
    await hq.move_to(EVENING)
    assert NOBODY in galya.screen
    assert "VK Казань: 10:30 и 19:30" in galya.screen
    assert asked(boris) == [False], "texts are there"
    await galya.press("Кто мог бы")
    assert "VK Казань, 19:30" in galya.screen
    assert "В это время никто не свободен" in galya.screen
    assert "1 человек в это время не может" in galya.screen
    assert "Анна" not in galya.screen, "why somebody cannot is theirs to say"
    await galya.press("Кто публикует")
    await galya.press("Борис")
    await galya.press("Назад")
    assert "Публикуют: Анна и Борис" in galya.screen


async def test_telling_twice_sends_nothing_twice(hq: Headquarters) -> None:
    await only(hq, "vk-kazan")
    (anna,) = await volunteers(hq, "Анна")
    await hq.move_to(EVENING)
    task = DueTask("again", gaps.TELL, "zone:x", hq.now, {"zone": "Europe/Moscow", "day": "2026-09-08"})
    await hq.run(gaps.tell, task, now=hq.now)
    assert anna.said.count(ASKED) == 1


async def test_hours_of_another_clock_than_the_readers_are_the_pages_and_named(hq: Headquarters) -> None:
    await only(hq, "vk-omsk")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "omsk")
    oleg = await hq.join("Олег", Role.VOLUNTEER, "omsk")
    for phone in (vera, oleg):
        await hq.run(lambda uow, who=phone.id: uow.people.update(who, zone="Europe/Samara"))
    await hq.move_to(EVENING)
    assert "VK Омск: 10:30 и 19:30 (Омск)" in oleg.said
    assert "10:30 (Омск) VK Омск" in vera.said
