"""Proof in depth: several links, screenshots, and the published text compared with the approved one."""

from sqlalchemy import select

from domain.lanes import Lane
from domain.people import Role
from domain.plan import AssignmentState, Slot
from domain.ports import UnitOfWork
from storage.tables import rollup
from tests.drafting import approve
from tests.harness import PAGES, Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted, tap_posted, text_for
from tests.scenarios.test_drafts import png

OK_LINK = "https://m.ok.ru/group/5123/topic/99?utm=1"
ON_PAGE = f"{TEXT}\n\nШтаб кандидата"


async def measures(hq: Headquarters, page: str = "vk-kazan") -> dict[str, int]:
    """What is counted of today on a page; zeros left out."""

    async def read(uow: UnitOfWork) -> dict[str, int]:
        rows = await uow.session.execute(  # type: ignore[attr-defined]  # a test looks into the tables
            select(rollup.c.measure, rollup.c.value).where(rollup.c.page == page, rollup.c.day == MORNING.date())
        )
        return {row.measure: row.value for row in rows if row.value}

    return await hq.read(read)


async def given(hq: Headquarters, page: str = "vk-kazan") -> list[AssignmentState]:
    """How today's assignments of a page stand, whichever of its slots they are for."""
    found = [await hq.read(lambda uow, n=slot.id: uow.plan.assignments_of(n)) for slot in await slots(hq, page)]
    return [assignment.state for some in found for assignment in some]


async def slots(hq: Headquarters, page: str = "vk-kazan") -> list[Slot]:
    found: list[Slot] = await hq.read(lambda uow: uow.plan.slots_of_pages([page], [MORNING.date()]))
    return found


async def in_lane(hq: Headquarters, lane: Lane, page: str = "vk-kazan") -> None:
    strict = next(one for one in PAGES if one.code == page).in_lane(lane)
    await hq.run(lambda uow: uow.campaign.save_pages([strict]))


# -- several links --------------------------------------------------------------------------------------------------------------


async def test_several_links_in_one_message_prove_each_their_own_page(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await anna.send(f"Готово!\nВК {LINK}\nОК {OK_LINK}\nX https://x.com/other/status/5")
    assert "Приняты 2 ссылки" in anna.screen
    assert "✗ https://x.com/i/status/5" in anna.screen
    assert "у вас сейчас нет заданий" in anna.screen
    assert [*await given(hq), *await given(hq, "ok-kazan")] == [AssignmentState.POSTED] * 2
    await anna.press("VK Казань · снять")
    assert await given(hq) == [AssignmentState.ASSIGNED]


async def test_taking_one_of_several_back_leaves_the_others_their_buttons(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await anna.send(f"{LINK}\n{OK_LINK}")
    several = anna.screen
    await anna.press("VK Казань · снять")
    assert several in anna.said, "the answer to the others stays"
    assert "задание снова открыто" in anna.screen
    await anna.press("ОК Казань · снять")
    assert await given(hq, "ok-kazan") == [AssignmentState.ASSIGNED]


async def test_a_post_of_several_that_came_back_by_another_way_is_told_at_the_tap(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    card = anna.find("VK Казань")
    await anna.send(f"{LINK}\n{OK_LINK}")
    several = anna.screen
    await anna.press("Снять отметку", card)
    await anna.press("VK Казань · снять")
    assert "открыто" in anna.toasts[-1]
    assert several in anna.said


async def test_what_was_asked_for_comes_with_the_others_and_a_used_link_is_said(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    await text_for(hq, "vk-kazan", "ok-kazan", text="Второй текст о встрече")
    await tap_posted(anna, anna.find("ОК Казань"))
    await anna.send(f"{LINK} {OK_LINK} https://vk.com/kazan_hq")
    assert "Принята 1 ссылка" in anna.screen
    assert "✗ vk.com/kazan_hq\nСсылка ведёт на сайт «ВКонтакте», но не на публикацию" in anna.screen
    assert "Эту ссылку уже присылали" in anna.screen
    assert await given(hq, "ok-kazan") == [AssignmentState.POSTED]


async def test_among_several_the_text_of_a_strict_page_is_asked_for(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await in_lane(hq, Lane.STRICT, "ok-kazan")
    await anna.send(f"{LINK}\n{OK_LINK}")
    assert "текст со страницы ОК Казань" in anna.screen
    await anna.send(ON_PAGE)
    assert "Слово в слово" in anna.screen


async def test_english_speakers_send_several_links_too(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await anna.send(f"{LINK}\n{OK_LINK}")
    assert "2 links taken, thank you!" in anna.screen


async def test_links_of_somebody_with_nothing_to_post_are_a_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send(f"{LINK}\n{OK_LINK}")
    assert "Черновик" in anna.screen


# -- screenshots ------------------------------------------------------------------------------------------------------------------


async def by_picture(anna: Phone, data: bytes) -> None:
    await tap_posted(anna)
    await anna.press("Ссылки нет")
    await anna.send_photo(data)


async def test_a_screenshot_proves_what_has_no_link_once_and_is_always_looked_at(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await tap_posted(anna, anna.find("VK Казань"))
    await anna.send("https://vk.com/kazan_hq")
    await anna.press("Ссылки нет")
    await anna.send("нету")
    assert "снимок экрана картинкой" in anna.screen
    await anna.send_photo(png())
    assert "Показано снимком экрана" in anna.screen
    assert await given(hq) == [AssignmentState.POSTED]
    await tap_posted(anna, anna.find("ОК Казань"))
    await anna.press("Ссылки нет")
    await anna.send_photo(png())
    assert "уже присылали" in anna.screen
    await anna.send(OK_LINK)  # there was one after all
    assert await given(hq, "ok-kazan") == [AssignmentState.POSTED]
    await vera.send("/checks")
    assert "Есть снимок экрана" in vera.screen
    await vera.press("Показать снимок экрана")
    assert vera.messages[-1].photo
    await vera.press("Всё верно")
    assert "Есть снимок экрана" not in vera.screen


# -- what was published -----------------------------------------------------------------------------------------------------------


async def test_the_published_text_is_compared_word_for_word(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await posted(anna)
    await anna.press("Сверить текст")
    await anna.send(f"{TEXT}")
    assert "Не хватает подписи" in anna.screen
    await anna.press("Исправлено")
    await anna.send(ON_PAGE.replace("Завтра", "Сегодня"))
    assert "слова отличаются" in anna.screen
    assert "ЗавтраСегодня" in anna.screen
    await hq.advance(minutes=10)
    await anna.press("Исправлено")
    await anna.send(ON_PAGE)
    assert "Слово в слово" in anna.screen
    await hq.advance(hours=1)
    assert "немного иначе" not in vera.said, "it was put right in time"


async def test_what_stays_different_is_told_and_looked_at(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await posted(anna)
    await anna.press("Сверить текст")
    await anna.send(ON_PAGE.replace("приходите", "ждём вас"))
    assert "немного иначе" not in vera.said
    await hq.advance(minutes=30)
    assert "немного иначе" in vera.screen
    assert "приходитеждём вас" in vera.screen
    await anna.press("Останется так")
    assert "«Останется так»" in vera.screen
    assert sum("немного иначе" in message.body for message in vera.messages) == 1, "the newer in place of the older"
    await vera.press("Всё верно")
    assert "Отмечено" in vera.screen
    await vera.send("/checks")
    assert "Всё просмотрено" in vera.screen


async def test_on_a_strict_page_the_text_is_asked_for_and_may_wait(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await in_lane(hq, Lane.STRICT)
    await posted(anna)
    assert "скопируйте текст со страницы" in anna.screen
    await anna.send("Сегодня открыли новую школу на улице Ленина, смотрите фотографии")
    assert "мало похоже" in anna.screen
    await anna.press("Нет, это другое")
    await anna.send("Сегодня открыли новую школу на улице Ленина, смотрите фотографии")
    assert "Черновик" in anna.screen
    await anna.press("Позже")
    assert "скопируйте текст" not in anna.said


async def test_a_quite_different_text_is_compared_when_it_stands_on_the_page(hq: Headquarters) -> None:
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await text_for(hq, "vk-kazan")
    await anna.press("Posted")
    if "Is it posted already?" in anna.said:
        await anna.press("Yes, posted")
    await anna.send(LINK)
    await anna.press("Check the text")
    await anna.send("Открыли школу")
    await anna.press("Yes, it is on the page")
    assert "The imprint line is missing" in anna.screen
    assert "These words differ" in anna.screen
    await anna.press("It stays so")
    assert "told the press secretary" in anna.screen
