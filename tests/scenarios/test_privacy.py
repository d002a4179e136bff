"""People and their own data: a file of all of it, corrections, erasing."""

import json

import pytest

from bot import erasing
from domain.drafts import DraftState
from domain.people import PersonStatus, Role
from domain.privacy import NOBODY
from tests.drafting import approve
from tests.harness import Headquarters, Phone


async def test_privacy_says_what_is_stored_and_offers_what_one_can_do(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/privacy")
    assert "Имя: Анна" in anna.screen
    assert {"Мои данные", "Исправить", "Уйти", "Стереть меня"} <= set(anna.labels)
    boris = hq.stranger("Борис")
    boris.user.started = True
    await boris.send("/privacy")
    assert "О вас ничего не хранится" in boris.screen


def _documents(hq: Headquarters, phone: Phone) -> list[str]:
    """What the files on somebody's phone say, the oldest first."""
    found = []
    for message in phone.user.chat.messages:
        if "document" in message.content:
            stored = hq.telegram.world.files.find(message.content["document"]["file_id"])
            assert stored is not None
            assert stored.data is not None
            found.append(stored.data.decode())
    return found


async def test_my_data_holds_what_is_mine_and_nothing_of_others(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    pavel = await hq.join("Павел Пресс", Role.PRESS_SECRETARY, "kazan")
    await anna.send("Открыли площадку у школы 14")
    await pavel.send("Чужой черновик")
    await anna.send("/mydata")

    page, raw = _documents(hq, anna)
    for text in (page, raw):
        assert "Открыли площадку у школы 14" in text
        assert "Анна" in text
        assert "Чужой черновик" not in text
        assert "Павел" not in text
    assert json.loads(raw)["tables"]["telegram_account"][0]["telegram_id"] == anna.user.user_id
    assert "Всё, что о вас хранится" in page


async def test_a_name_is_corrected_alone_and_a_region_by_whoever_answers_for_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "omsk")
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Имя")
    await anna.send("Анна  Соколова")
    assert "Анна Соколова" in anna.screen
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Регион")
    await anna.press("Омск")
    await hq.advance(hours=3)
    assert "просит о переводе" in irina.screen
    await irina.press("Перевести")
    await hq.advance(minutes=1)

    assert "Теперь ваш регион" in anna.screen
    assert "Часовой пояс: Омск, UTC+6. У вас другой? /settings" in anna.screen
    person = await hq.read(lambda uow: uow.people.get(anna.id))
    assert (person.name, person.region) == ("Анна Соколова", "omsk")
    member = await hq.read(lambda uow: uow.people.find_actor(anna.user.user_id))
    assert [held.region for held in member.memberships] == ["omsk"]


async def test_whoever_was_asked_sees_that_a_colleague_has_settled_it(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "omsk")
    pavel = await hq.join("Павел", Role.COORDINATOR, "omsk")
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Регион")
    await anna.press("Омск")
    await hq.advance(hours=3)
    assert "Перевести" in pavel.labels
    await irina.press("Перевести")
    assert "Перевести" not in pavel.labels
    assert "Ирина" in pavel.find("просит о переводе").body


async def test_a_wish_in_own_words_is_answered_with_no_more_than_is_known(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Другое")
    await anna.send("Я больше не веду VK Казань")
    await hq.advance(minutes=1)
    assert "Сам бот здесь ничего не меняет" in irina.screen
    await irina.press("Уже исправлено")
    assert "✓ Ответ дан: «исправлено» (Ирина)." in irina.screen
    await hq.advance(minutes=1)
    assert "На вашу просьбу ответили: «исправлено» (Ирина).\nПроверьте, пожалуйста, так ли это." in anna.screen
    await anna.press("Исправить")
    assert "Что исправить?" in anna.screen


async def test_who_moves_to_another_region_keeps_what_is_open_and_that_is_said_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "omsk")
    await hq.run(lambda uow: uow.campaign.set_keeper("vk-kazan", anna.id))
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Регион")
    await anna.press("Омск")
    await hq.advance(minutes=1)
    asked = irina.find("просит о переводе").body
    assert "остаётся за ним и в прежнем регионе:\nВедёт страницы: VK Казань" in asked
    await irina.press("Перевести", irina.find("просит о переводе"))
    assert (await hq.read(lambda uow: uow.campaign.get_page("vk-kazan"))).keeper_id == anna.id


async def rename(anna: Phone, name: str) -> None:
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Имя")
    await anna.send(name)


async def test_a_new_name_is_told_to_the_coordinator_and_a_managers_cannot_be_taken(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    maria = await hq.join("Мария Ким", Role.MANAGER)
    await rename(anna, "Kим  Mария")
    assert "В вашем регионе так уже зовут коллегу (Мария Ким)" in anna.screen
    await anna.send("Мария Кимова")
    assert "Теперь коллеги видят вас как Мария Кимова" in anna.screen
    await hq.advance(minutes=1)
    assert "Имя изменилось: Анна → Мария Кимова." in irina.said
    assert "Имя изменилось" not in maria.said, "of a volunteer the coordinator hears"
    await irina.press("Показать человека", irina.find("Имя изменилось"))
    assert "Мария Кимова" in irina.screen
    await rename(anna, "Мария Кимова")
    await hq.advance(minutes=1)
    assert "Имя изменилось" not in irina.said, "the same name once more is no news"
    await rename(irina, "Ирина Белова")
    await hq.advance(minutes=1)
    assert "Имя изменилось: Ирина → Ирина Белова." in maria.said


async def test_a_link_or_an_office_is_no_name_and_the_question_stands(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await rename(anna, "t.me/zarabotok")
    assert "без ссылок" in anna.screen
    await anna.send("Штаб")
    assert "можно принять за должность или службу" in anna.screen
    await anna.send("Анна Штабная")
    assert "Теперь коллеги видят вас как Анна Штабная" in anna.screen


async def test_many_names_in_a_day_ring_once_and_stand_in_one_message(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    for name in ("Анна Первая", "Анна Вторая", "Анна Третья"):
        await rename(anna, name)
        await hq.advance(minutes=1)
    told = [message for message in irina.messages if "Имя изменилось" in message.body]
    assert len(told) == 1
    assert "Анна → Анна Первая → Анна Вторая → Анна Третья." in told[0].body
    await hq.advance(hours=25)
    await rename(anna, "Анна Четвёртая")
    await hq.advance(minutes=1)
    newer = irina.find("Имя изменилось")
    assert newer.message_id != told[0].message_id, "the next day it rings anew"
    assert "Анна Третья → Анна Четвёртая." in newer.body


POST = "Сегодня в парке прошёл субботник, пришли сорок человек. Спасибо всем, кто был!\n\nЖдём вас завтра"


async def test_a_post_sent_while_a_name_or_a_wish_is_awaited_is_a_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await rename(anna, POST)
    assert "Черновик" in anna.screen
    await anna.send("Анна\nСоколова")
    assert "Теперь коллеги видят вас как Анна Соколова" in anna.screen
    for text, turns_away in ((POST, False), ("Завтра открываем парк", True)):
        await anna.send("/privacy")
        await anna.press("Исправить")
        await anna.press("Другое")
        if turns_away:
            await anna.send("/today")
        await anna.send(text)
        assert "Черновик" in anna.screen
    await anna.send("/privacy")
    await anna.press("Исправить")
    await anna.press("Другое")
    await anna.send("Не та страница. " * 20)
    assert "Уложитесь" in anna.screen
    await hq.advance(minutes=1)
    assert "просит исправить" not in irina.said


async def test_an_old_name_leaves_with_whoever_is_erased_before_it_was_told(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await hq.advance(hours=15)  # into her quiet hours
    await rename(anna, "Мария Кимова")
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await anna.press("Да, стереть навсегда")
    await hq.advance(hours=12)
    assert "Имя изменилось" not in irina.said


async def test_who_erases_themselves_is_a_stranger_and_nobody_sees_their_name(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Черновик, который никто не увидит")
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    assert "Стереть всё о вас?" in anna.screen
    await anna.press("Да, стереть навсегда")
    assert "ваши данные стёрты" in anna.screen

    person = await hq.read(lambda uow: uow.people.get(anna.id))
    assert (person.name, person.status) == (NOBODY, PersonStatus.LEFT)
    assert await hq.read(lambda uow: uow.people.find_person(anna.user.user_id)) is None
    await anna.send("/privacy")
    assert "О вас ничего не хранится" in anna.screen


async def test_an_old_button_erases_nobody(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await hq.advance(minutes=30)
    await anna.press("Да, стереть навсегда")
    assert "больше десяти минут" in anna.toasts[-1]
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == "Анна"


async def test_the_only_owner_cannot_erase_themselves(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    await olga.send("/privacy")
    await olga.press("Стереть меня")
    await olga.press("Да, стереть навсегда")
    assert (await hq.read(lambda uow: uow.people.get(olga.id))).name == "Ольга"


async def test_who_has_left_can_still_take_and_erase_their_data(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(anna.id, status=PersonStatus.LEFT))
    await anna.send("/privacy")
    assert "Вы ушли из штаба" in anna.screen
    await anna.press("Мои данные")
    assert len(_documents(hq, anna)) == 2
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await anna.press("Да, стереть навсегда")
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == NOBODY


async def test_while_access_is_closed_nobody_takes_or_erases_anything(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await hq.run(lambda uow: uow.people.update(anna.id, status=PersonStatus.SUSPENDED))
    await anna.press("Да, стереть навсегда")
    await anna.send("/mydata")
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == "Анна"
    assert _documents(hq, anna) == []


async def test_what_was_approved_and_not_published_leaves_the_plan_with_its_author(hq: Headquarters) -> None:
    anna, pavel = await hq.join("Анна", Role.VOLUNTEER, "kazan"), await hq.join("Павел", Role.PRESS_SECRETARY, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    draft_id = await hq.run(approve, anna.id, pavel.id, "Текст, который уже одобрен", "vk-kazan", now=hq.now)
    await hq.advance(minutes=5)
    (slot,) = await hq.read(lambda uow: uow.plan.slots_of_draft(draft_id))
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await anna.press("Да, стереть навсегда")
    await hq.advance(hours=2)

    draft = await hq.read(lambda uow: uow.drafts.get(draft_id))
    assert (draft.state, draft.text) == (DraftState.WITHDRAWN, "")
    assert (await hq.read(lambda uow: uow.plan.get_slot(slot.id))).draft_id != draft_id
    assert "Анна" not in boris.screen
    assert "Данные одного из коллег стёрты" in irina.screen
    assert "остаётся как есть" not in irina.screen, "its drafts are gone"


async def test_the_operator_erases_somebody_through_the_running_program(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    whom = await erasing.find(hq.app.settings, f"telegram:{anna.user.user_id}")
    assert (whom.person, whom.name) == (anna.id, "Анна")
    await erasing.erase(hq.app.settings, anna.id, hq.now)
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == NOBODY
    with pytest.raises(erasing.CannotErase):
        await erasing.find(hq.app.settings, str(anna.id))
    with pytest.raises(erasing.CannotErase):
        await erasing.find(hq.app.settings, "@nobody")
