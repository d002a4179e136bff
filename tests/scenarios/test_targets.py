"""/targets: the campaign clock, a target of one's own by line and by buttons, that survives a plan and is closed."""

from datetime import UTC, date, datetime

from domain.people import Role
from domain.rollups import Measure
from storage.uow import SqlUnitOfWork
from tests.harness import Headquarters, load_campaign


async def test_a_target_in_one_line_is_shown_saved_changed_and_closed_with_a_reason(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/targets")
    assert "День 7 из 61, первый месяц кончается через 23 дня" in maria.screen
    await maria.send("/targets казань вк участники 20 000 до 15 октября")
    assert "Казань · ВКонтакте · участники" in maria.screen
    assert "20 000" in maria.screen.replace("\u00a0", " ")
    assert "Считает 1 страницу" in maria.screen
    assert [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == []
    await maria.press("Сохранить")
    assert "Цель действует" in maria.screen
    await hq.run(load_campaign)
    kept = [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand]
    assert [(t.value, t.region) for t in kept] == [(20_000, "kazan")]
    await maria.press("Изменить")
    await maria.send("25к 20.10")
    assert "Было: 20 000" in maria.screen.replace("\u00a0", " ")
    await maria.press("Сохранить")
    await maria.press("Закрыть")
    await maria.send("считаем иначе")
    assert "Казань · ВКонтакте" not in maria.screen
    assert "Участники ВК и ОК" in maria.screen
    assert [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == []


async def test_an_older_preview_sets_nothing_of_the_newer_line(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/targets казань вк участники 20 000 до 15 октября")
    older = maria.messages[-1]
    await maria.send("/targets казань вк участники 30 000 до 15 октября")
    newer = maria.messages[-1]
    await maria.press("Сохранить", older)
    assert [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == []
    await maria.press("Сохранить", newer)
    assert [t.value for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == [30_000]


async def test_by_buttons_a_manager_of_one_region_sets_one_there_and_nowhere_else(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await maria.send("/targets")
    await maria.press("Поставить цель")
    assert "Вся кампания" not in maria.labels
    await maria.press("Казань")
    await maria.press("VK Казань")
    await maria.send("12,5 тыс к 30.09")
    assert "VK Казань · участники" in maria.screen
    await maria.press("Сохранить")
    assert "Цель действует" in maria.screen
    await maria.send("/targets омск вк 20000 15.10")
    assert [t.page for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == ["vk-kazan"]
    assert "Считает" not in maria.screen


async def test_in_english_and_without_a_right_to_set_any(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.COORDINATOR, "kazan", language="en")
    await anna.send("/targets")
    assert "Day 7 of 61, month 1 ends in 23 days" in anna.screen
    assert "Set a target" not in " ".join(anna.labels)
    await anna.send("/targets kazan vk members 20000 15 Oct")
    assert await hq.read(lambda uow: uow.campaign.targets()) != []
    assert [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == []


async def test_a_negative_number_is_refused_and_a_post_or_a_command_is_no_target(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/targets казань вк -5 до 15 октября")
    assert "Цель — целое число от 1, а «-5» не подходит" in maria.screen
    await maria.send("/targets")
    await maria.press("Поставить цель")
    await maria.press("Казань")
    await maria.press("ВКонтакте")
    post = "Сегодня в Казани 200 человек вышли на субботник 15 октября"
    await maria.send(post)
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(maria.id))] == [post]
    await maria.send("12,5 тыс к 30.09")
    assert "Было" not in maria.screen
    preview = maria.messages[-1]
    assert "12 500" in maria.screen.replace("\u00a0", " ")
    await maria.send("/today")
    await maria.send("25к 20.10")
    assert len(await hq.read(lambda uow: uow.drafts.of_author(maria.id))) == 2
    await maria.press("Сохранить", preview)
    assert [t.value for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == [12_500]


async def test_a_line_that_is_nearly_right_says_what_is_wrong_and_shows_a_right_one(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/targets казань вк 5000")
    assert "Не вижу, к какому дню. Можно, например, так: /targets казань вк 5000 07.10" in maria.screen
    await maria.send("/targets казонь вк 5000 до 15 октября")
    assert "Не понимаю «казонь»" in maria.screen
    right = maria.screen.partition("так: ")[2]
    assert right == "/targets Казань вк 5000 15.10"
    await maria.send(right)
    assert "Казань · ВКонтакте" in maria.screen
    assert "✓ Сохранить" in maria.labels


async def test_who_leads_two_regions_is_shown_a_line_that_names_one(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await hq.run(lambda uow: uow.people.add_membership(maria.id, Role.MANAGER, "omsk", None, hq.now))
    await maria.send("/targets вк 5000 до 15.10")
    assert "У вас несколько регионов" in maria.screen
    assert "/targets Казань вк 5000 до 15.10" in maria.screen


async def test_once_its_day_is_over_a_target_says_by_how_much_it_was_missed_also_weeks_later(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)

    async def figures(uow: SqlUnitOfWork) -> None:
        for day, members, followers in ((29, 300_000, 19_000), (30, 310_000, 20_100)):
            await uow.rollups.set("vk-kazan", "kazan", date(2026, 9, day), {Measure.MEMBERS: members})
            await uow.rollups.set("x-main", "*", date(2026, 9, day), {Measure.FOLLOWERS: followers})
        for day in (5, 20):
            await uow.rollups.set("vk-kazan", "kazan", date(2026, 10, day), {Measure.MEMBERS: 490_000 + day * 1_000})

    await hq.run(figures)
    hq.clock.move_to(datetime(2026, 10, 25, 9, tzinfo=UTC))
    await maria.send("/targets")
    told = maria.said.replace("\u00a0", " ")
    assert "🟡 Достигнута позже: в день срока было 310 000, не хватало 190 000" in told
    assert "Сейчас 510 000" in told
    assert "✅ Достигнута: в день срока было 20 100" in told
    assert "Последние данные: вт, 20 октября" in told
    await maria.send("/status")
    assert "↳ достигнута позже срока (ср, 30 сентября)" in maria.said.replace("\u00a0", " ")
