"""Page authority: somebody else's page needs their written word; its owner hears of every post and can stop it."""

from datetime import UTC, datetime, timedelta

from domain.norms import Norm
from domain.pages import PageKind
from domain.people import Role
from domain.plan import SlotState
from domain.platforms import Platform
from tests.drafting import approve
from tests.harness import WINDOWS, Headquarters, Phone, a_page
from tests.scenarios.test_assignments import TEXT
from tests.scenarios.test_drafts import png

PAGE = "vk-dom"
FIRST = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)  # 10:30 in Kazan


async def a_delegated_page(hq: Headquarters, *posters: Phone) -> None:
    page = a_page(PAGE, Platform.VK, PageKind.DELEGATED, "Наш дом", "kazan", "Europe/Moscow", "vk.com/nash_dom")
    await hq.run(lambda uow: uow.campaign.save_pages([page]))
    await hq.run(lambda uow: uow.campaign.save_norms([Norm(PAGE, (2,) * 7, WINDOWS, 120, 3)]))
    for one in posters:
        await hq.run(lambda uow, number=one.id: uow.campaign.set_poster(PAGE, number, may_post=True))


async def opened(olga: Phone) -> None:
    await olga.send("/pages")
    await olga.press("Наш дом")
    await olga.press("Согласие владельца")


async def recorded(olga: Phone, until: str = "31.10.2026") -> None:
    await opened(olga)
    await olga.press("Внести")
    await olga.send("Мария Ивановна")
    await olga.send("№ 12 от 01.09.2026")
    await olga.send("Новости двора")
    await olga.send(until)
    await olga.press("Да, внести")


async def states(hq: Headquarters) -> list[SlotState]:
    day = (hq.now + timedelta(hours=3)).date()
    return [view.slot.state for view in await hq.read(lambda uow: uow.plan.slots_of_day(day, [PAGE]))]


async def the_owner(hq: Headquarters, olga: Phone) -> Phone:
    """Maria comes in by the link and agrees."""
    await opened(olga)
    await olga.press("Ссылка для владельца")
    code = olga.screen.partition("start=")[2].split()[0]
    maria = hq.stranger("Мария")
    await maria.start(code)
    assert "Вы указаны как владелец" in maria.screen
    await maria.press("Да, пишите мне")
    assert "Спасибо" in maria.screen
    return maria


async def test_without_written_authority_nothing_is_handed_in_planned_or_shown(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await anna.send("Убрали двор")
    await hq.run(lambda uow: uow.drafts.set_page(1, PAGE, chosen=True))
    await anna.press("Отправить")
    assert "Без письменного согласия владельца" in anna.toasts[-1]
    assert "Наш дом" in anna.toasts[-1]
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    assert TEXT not in anna.said
    assert await states(hq) == []
    await olga.send("/pages")
    await olga.press("Наш дом")
    assert "Нет письменного согласия" in olga.screen


async def test_it_is_recorded_step_by_step_and_then_the_page_is_planned(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await opened(olga)
    await olga.press("Внести")
    await olga.send("Мария Ивановна")
    await olga.send_photo(png(), "Доверенность")
    assert "файл сохранён" in olga.screen
    await olga.send("а" * 301)
    assert "помещается 300" in olga.screen
    await olga.send("Новости двора")
    await olga.send("когда-нибудь")
    assert "Нужен последний день" in olga.screen
    await olga.send("01.09.2026 – 31.10.2026")
    await olga.press("Да, внести")
    assert "Владелец: Мария Ивановна" in olga.screen
    assert "Могут публиковать: Анна" in olga.screen
    await olga.press("Показать документ")
    assert olga.messages[-1].photo
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    assert TEXT in anna.said
    assert TEXT not in boris.said, "only its editors post there"


async def test_one_tap_revokes_it_and_what_was_planned_goes(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await recorded(olga)
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    assert TEXT in anna.said
    await opened(olga)
    await olga.press("Отозвать")
    assert "Его нет" in olga.screen
    assert "отозвано" in vera.screen
    assert "согласие владельца" in anna.screen
    assert SlotState.FILLED not in await states(hq)


async def test_at_the_last_moment_it_is_asked_again(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await recorded(olga)
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    await hq.run(lambda uow: uow.authorities.put_in_force(PAGE, None))  # over, and the plan has not heard of it
    await anna.send("/today")
    await anna.press("Наш дом")
    assert "Без письменного согласия" in anna.toasts[-1]
    await hq.move_to(FIRST)
    assert "⏰" not in anna.said
    assert SlotState.FILLED not in await states(hq)


async def test_its_last_day_ends_it_and_keeper_and_manager_are_warned_before(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await hq.run(lambda uow: uow.campaign.set_keeper(PAGE, anna.id))
    await recorded(olga, "08.09.2026")
    await hq.move_to(datetime(2026, 9, 7, 6, 30, tzinfo=UTC))
    for phone in (olga, anna):
        assert "закончится через 1 день" in phone.said
    await hq.move_to(datetime(2026, 9, 9, 4, tzinfo=UTC))
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    assert TEXT not in anna.said
    assert await states(hq) == []


async def test_the_owner_hears_an_hour_before_and_stops_it_for_good(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await recorded(olga)
    maria = await the_owner(hq, olga)
    await hq.run(approve, olga.id, olga.id, TEXT, PAGE, now=hq.now)
    await hq.move_to(FIRST - timedelta(minutes=61))
    assert "Публикуем" not in maria.said
    await hq.move_to(FIRST - timedelta(minutes=60))
    assert "Публикуем на странице Наш дом (10:30)" in maria.screen
    assert TEXT in maria.screen
    await maria.press("Стоп")
    assert "Остановлено" in maria.screen
    assert "остановил пост" in vera.screen
    assert "Владелец страницы остановил" in anna.screen
    await hq.move_to(FIRST + timedelta(hours=9))
    assert SlotState.FILLED not in await states(hq), "the same text does not come back"


async def test_only_the_owner_stops_and_a_link_works_once(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await a_delegated_page(hq, anna)
    await recorded(olga)
    await the_owner(hq, olga)
    code = next(m.text for m in reversed(olga.messages) if "start=" in m.text).partition("start=")[2].split()[0]
    other = hq.stranger("Чужой")
    await other.start(code)
    assert "уже сработала" in other.said
