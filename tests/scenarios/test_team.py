"""Coordinators and press secretaries see who is here, inside their own regions."""

from domain.people import Role
from tests.harness import Headquarters


async def test_a_coordinator_sees_the_people_of_the_region_and_nobody_else(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Олег", Role.VOLUNTEER, "omsk")
    await anna.send("/start")
    await anna.act(lambda user: user.block())
    await irina.send("/team")
    assert "Команда: 2 человека" in irina.screen
    assert "⚠ До 1 человека не доходят сообщения" in irina.screen
    assert "Казань: координаторы 1, волонтёры 1" in irina.screen
    assert "Омск" not in irina.screen
    await irina.press("Люди")
    assert irina.labels[0].startswith("⚠ Анна")
    assert not any("Олег" in label for label in irina.labels)
    await irina.press("Анна")
    assert "Сообщения не доходят" in irina.screen
    assert "Там сейчас 08:00" in irina.screen


async def test_a_manager_sees_every_region_in_pages_of_people(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    for number in range(12):
        await hq.join(f"Волонтёр {number:02}", Role.VOLUNTEER, "omsk")
    await maria.send("/team")
    assert "вся кампания: руководители 1" in maria.screen
    assert "Омск: волонтёры 12" in maria.screen
    await maria.press("Люди")
    await maria.press("›")
    assert any("Мария" in label or "Волонтёр 11" in label for label in maria.labels)


async def test_requests_and_invites_stand_one_tap_away(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    boris = hq.stranger("Борис")
    await boris.start()
    await boris.press("Попросить доступ")
    await boris.press("Казань")
    await boris.press("Отправить запрос")
    await maria.send("/team")
    assert "⚠ Ждёт 1 запрос на доступ" in maria.screen
    await maria.press("Запросы: 1")
    await maria.press("Борис")
    await maria.press("Впустить")
    assert "Доступ открыт (Мария)" in maria.screen
    assert "Доступ открыт (Мария)" in maria.find("Просят доступ").body
    await maria.send("/team")
    await maria.press("Приглашения: 1")
    await maria.press("волонтёр, Казань")
    await maria.press("Отозвать")
    await boris.press("Дальше")
    assert "отозвали" in boris.screen


async def test_a_volunteer_may_not_look_at_the_team(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/team")
    assert "нет прав" in anna.screen


async def test_the_old_card_of_somebody_who_has_left_says_so_and_not_that_a_right_is_missing(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await irina.send("/team")
    await irina.press("Найти по имени")
    await irina.send("Анна")
    await anna.send("/leave")
    await anna.press("Да, ухожу")
    await irina.press("Анна")
    assert irina.toasts == ["Этого здесь больше нет. Откройте список заново."]
