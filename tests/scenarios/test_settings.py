"""A person sets language, clock and hours; each result stands in the same message."""

from datetime import time

from domain.people import Person, Role
from tests.harness import Headquarters, Phone


async def person_of(hq: Headquarters, phone: Phone) -> Person:
    return await hq.read(lambda uow: uow.people.get(phone.id))


async def test_the_language_changes_at_once_and_nothing_else_does(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    before = await person_of(hq, anna)
    await anna.send("/settings")
    await anna.press("Язык")
    await anna.press("English")
    assert "I speak English" in anna.screen
    assert "Time zone: Moscow, UTC+3, now 08:00" in anna.screen
    after = await person_of(hq, anna)
    assert after.language == "en"
    assert (after.zone, after.digest_at, after.quiet_from, after.quiet_to) == (
        before.zone,
        before.digest_at,
        before.quiet_from,
        before.quiet_to,
    )
    assert len(anna.messages) == 1, "everything happened in one message"


async def test_the_zone_is_chosen_by_city_and_local_time(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/settings")
    await anna.press("Часовой пояс")
    assert any(label.startswith("✓ Москва, 08:00") for label in anna.labels)
    await anna.press("Владивосток, 15:00")
    assert "сейчас 15:00" in anna.screen
    assert (await person_of(hq, anna)).zone == "Asia/Vladivostok"


async def test_digest_and_quiet_hours_are_set_by_taps(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/settings")
    await anna.press("Утренняя сводка")
    await anna.press("07:30")
    assert "07:30" in anna.screen
    await anna.press("Тихие часы")
    await anna.press("20:00")
    await anna.press("09:00")
    assert "с 20:00 до 09:00" in anna.screen
    person = await person_of(hq, anna)
    assert (person.digest_at, person.quiet_from, person.quiet_to) == (time(7, 30), time(20), time(9))
    await anna.press("Без тихих часов")
    person = await person_of(hq, anna)
    assert not any(person.is_quiet(hq.now.replace(hour=hour)) for hour in range(24))


async def test_settings_are_not_for_strangers(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    boris.user.started = True
    await boris.send("/settings")
    assert "Попросить доступ" in boris.labels
