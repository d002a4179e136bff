"""Recalls: a public text is corrected or removed by everybody who posted it, with proof, and those outstanding are chased."""

from dataclasses import replace
from datetime import timedelta

from domain.people import Role
from domain.plan import SlotState
from domain.ports import UnitOfWork
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted, slot_states
from tests.scenarios.test_drafts import png

OK_LINK = "https://ok.ru/group/5123/topic/99"
BETTER = "Встреча во дворе перенесена на субботу, приходите!"


async def public(hq: Headquarters) -> tuple[Phone, Phone, Phone]:
    """A text that Vera approved, posted by Anna on VK and by Boris on Odnoklassniki."""
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    author = await hq.join("Автор", Role.VOLUNTEER, "omsk")
    await hq.run(approve, author.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    first, second = (anna, boris) if "ОК Казань" not in anna.said else (boris, anna)
    await posted(first)
    await posted(second, OK_LINK)
    return vera, first, second


async def choose(vera: Phone, what: str) -> None:
    await vera.send("/recall встреча")
    await vera.press("Завтра встреча")
    await vera.press(what)


async def test_a_correction_goes_to_everybody_who_posted_and_each_closes_it_with_proof(hq: Headquarters) -> None:
    vera, anna, boris = await public(hq)
    await choose(vera, "Исправить")
    await vera.send(TEXT)
    assert "тот самый текст" in vera.screen
    await vera.send(BETTER)
    assert "Нужно исправить 2 поста" in vera.screen
    assert BETTER not in anna.said, "nobody is asked before she says so"
    await vera.press("Разослать")
    assert "Осталось 2 из 2" in vera.screen
    assert "исправьте свой пост. Срок: 11:00" in anna.screen
    assert f"{BETTER}\n\nШтаб кандидата" in anna.said
    await anna.press("Готово")
    await anna.send("исправила")
    assert "нет ссылки" in anna.screen
    await anna.send(LINK)
    assert "✓ Готово, спасибо!" in anna.screen
    assert "Осталось 1 из 2" in vera.said
    await boris.press("Готово")
    await boris.send_photo(png())
    assert "✓ Готово, спасибо!" in boris.screen
    assert "Готово: 2 из 2" in vera.screen


async def test_a_removal_is_shown_by_a_picture_or_looked_at_and_a_word_alone_stays_outstanding(
    hq: Headquarters,
) -> None:
    vera, anna, boris = await public(hq)
    await choose(vera, "Убрать")
    await vera.press("Чьи-то личные данные")
    assert "удалите свой пост" in anna.screen
    await anna.press("Готово")
    await anna.send(LINK)
    assert "Пришлите его картинкой" in anna.screen
    await anna.send_photo(png())
    await boris.press("Готово")
    await boris.press("Подтвердить нечем")
    assert "Осталось 1 из 2" in vera.said
    assert "говорит, что готово, посмотрите" in vera.said
    await vera.press("ОК Казань", vera.find("Осталось 1 из 2"))
    await vera.press("поста нет")
    assert "Готово: 2 из 2" in vera.said
    assert "✓ Готово, спасибо!" in boris.screen


async def test_what_the_network_took_down_is_said_to_be_removed_and_somebody_looks(hq: Headquarters) -> None:
    vera, anna, _ = await public(hq)
    await choose(vera, "Убрать")
    await vera.press("Чьи-то личные данные")
    post = next(m for m in anna.messages if any("Сеть удалила" in button.label for button in m.all_buttons()))
    await anna.press("Сеть удалила", post)
    await anna.press("Да, его больше нет", post)
    assert "говорит, что готово, посмотрите" in vera.said
    heard = len(anna.messages)
    await hq.advance(minutes=31)
    assert len(anna.messages) == heard, "only those who said nothing are reminded"
    card = vera.find("Осталось 2 из 2")
    await vera.press("VK Казань", card)
    await vera.press("поста нет")
    assert "Осталось 1 из 2" in vera.said


async def test_those_outstanding_are_chased_and_at_the_deadline_others_hear_of_it(hq: Headquarters) -> None:
    vera, anna, boris = await public(hq)
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    await choose(vera, "Убрать")
    await vera.press("Ошибка в фактах")
    await anna.press("Готово")
    await anna.send_photo(png())
    await hq.advance(minutes=30)
    assert "Это ещё не сделано" in boris.screen
    assert "Это ещё не сделано" not in anna.said
    await hq.advance(hours=1, minutes=30)
    assert sum("Это ещё не сделано" in message.body for message in boris.messages) == 1, "the newer replaces the older"
    assert "Срок вышел" not in olga.said
    await hq.advance(hours=1)
    assert "Срок вышел" in olga.screen
    assert "Осталось 1 из 2" in olga.screen
    assert olga.labels == [], "she may not close it"
    assert "Срок вышел" in vera.screen


async def test_what_was_still_to_come_is_taken_back_at_once_and_never_planned_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "tg-kazan", now=hq.now)
    await anna.press("Опубликовано", anna.find("VK Казань"))
    await anna.press("Да, опубликовано")
    await anna.send(LINK)
    await vera.send("/stop")
    await vera.press("⛔ Казань")
    await vera.press("Ошибка")
    await choose(vera, "Убрать")
    await vera.press("Другая причина")
    await vera.send("Не то место <двор>")
    assert "Причина записана" in vera.screen
    assert "Текст отозван" in anna.said
    assert "удалите свой пост" in anna.said, "a stop does not hold a recall"
    assert SlotState.FILLED not in await slot_states(hq, "tg-kazan")
    await hq.move_to(MORNING + timedelta(days=1, hours=2))
    assert await hq.read(lambda uow: uow.drafts.approved_for_page("tg-kazan")) == []


async def two_people(uow: UnitOfWork) -> None:
    """From now on the page is a strict one."""
    pages = await uow.campaign.pages()
    await uow.campaign.save_pages([replace(pages["vk-kazan"], approvals_needed=2)])


async def test_on_a_strict_page_a_second_person_reads_the_correction_first(hq: Headquarters) -> None:
    vera, anna, _ = await public(hq)
    lena = await hq.join("Лена", Role.PRESS_SECRETARY, "kazan")
    await hq.run(two_people)
    await choose(vera, "Исправить")
    await vera.send(BETTER)
    assert "Сначала его прочтёт второй человек" in vera.screen
    await vera.press("Разослать")
    assert "читает второй человек" in vera.screen
    assert BETTER not in anna.said
    assert BETTER in lena.said
    await lena.press("Так нельзя")
    assert "Исправление не принято (Лена)" in vera.screen
    await vera.press("Другой текст")
    await vera.send(BETTER + " В 12:00.")
    await vera.press("Разослать")
    old = lena.find("Вашего «да» ждут 2 поста")
    await lena.press("✓ Разослать", old)
    assert f"{BETTER} В 12:00." in anna.said
    assert "Осталось 2 из 2" in vera.said


async def test_a_later_removal_takes_the_place_of_a_correction(hq: Headquarters) -> None:
    vera, anna, boris = await public(hq)
    await choose(vera, "Исправить")
    await vera.send(BETTER)
    await vera.press("Разослать")
    await anna.press("Готово")
    await anna.send(LINK)
    await choose(vera, "Убрать")
    await vera.press("Жалоба")
    assert "Это больше не нужно, спасибо." in boris.said
    assert "удалите свой пост" in anna.screen
    assert "удалите свой пост" in boris.screen
    assert "Осталось 2 из 2" in vera.screen


async def test_a_volunteer_recalls_nothing_and_english_reads_well(hq: Headquarters) -> None:
    vera, anna, _ = await public(hq)
    kate = await hq.join("Kate", Role.PRESS_SECRETARY, "kazan", language="en")
    await anna.send("/recall")
    assert "Отозвать" not in anna.screen
    await kate.send("/recall")
    await kate.press("Search by words")
    await kate.send("ничего такого")
    assert "Nothing found for “ничего такого”." in kate.screen
    await kate.press("Search by words")
    await kate.send("ДВОРЕ")
    await kate.press("Завтра встреча")
    await kate.press("Remove")
    await kate.press("Wrong facts")
    assert "Outstanding 2 of 2" in kate.screen
    assert "Осталось 2 из 2" in vera.screen


async def test_what_was_out_before_it_was_taken_back_is_proven_and_recalled_too(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    first, second = (anna, boris) if "ОК Казань" not in anna.said else (boris, anna)
    await posted(first)
    await choose(vera, "Убрать")
    await vera.press("Ошибка в фактах")
    await first.press("Готово")
    await first.send_photo(png())
    assert "Готово: 1 из 1" in vera.screen
    await second.press("Уже опубликовано")
    await second.send(LINK)
    assert "другую страницу" in second.screen or "ОК Казань" in second.screen
    await second.send(OK_LINK)
    assert "✓ Опубликовано" in second.said
    assert "удалите свой пост" in second.screen
    assert "Осталось 1 из 2" in vera.said
    await hq.advance(minutes=30)
    assert "Это ещё не сделано" in second.screen


async def test_a_recalled_post_cannot_be_undone_into_one_that_is_to_be_posted_again(hq: Headquarters) -> None:
    vera, anna, _ = await public(hq)
    await choose(vera, "Убрать")
    await vera.press("Ошибка в фактах")
    await anna.press("Снять отметку", anna.find("✓ Опубликовано"))
    assert "Этот текст отозван" in anna.toasts[-1]


async def test_a_text_that_is_out_nowhere_is_not_counted_as_published(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await submitted(hq, anna)
    await vera.send("/queue")
    await vera.press("Одобрить")
    await hq.advance(minutes=2)
    await vera.press("Исправить или убрать")
    assert "Этот текст ещё нигде не вышел." in vera.screen
    assert "Вышел" not in vera.screen


async def test_nobody_alone_corrects_their_own_text(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    lena = await hq.join("Лена", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, lena.id, TEXT, "vk-kazan", now=hq.now)
    await posted(anna)
    await choose(vera, "Исправить")
    await vera.send(BETTER)
    assert "Сначала его прочтёт второй человек" in vera.screen
    await vera.press("Разослать")
    assert BETTER not in anna.said
    await lena.press("Разослать")
    assert BETTER in anna.said


async def test_a_correction_in_two_regions_ends_for_each_in_their_way_and_others_hear_at_the_deadline(
    hq: Headquarters,
) -> None:
    """One shows it, one's post is gone, one is silent: the silent one's region and the managers hear, then it ends."""
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    maria = await hq.join("Мария", Role.MANAGER)
    kolya = await hq.join("Коля", Role.COORDINATOR, "omsk")
    olga = await hq.join("Ольга", Role.COORDINATOR, "primorye")
    author = await hq.join("Автор", Role.VOLUNTEER, "primorye")
    people = [await hq.join(name, Role.VOLUNTEER, "kazan") for name in ("Анна", "Борис")]
    oleg = await hq.join("Олег", Role.VOLUNTEER, "omsk")
    await hq.run(approve, author.id, vera.id, TEXT, "vk-kazan", "ok-kazan", "vk-omsk", now=hq.now)
    boris, anna = people if "VK Казань" not in people[0].said else people[::-1]
    await posted(anna)
    await posted(boris, OK_LINK)
    await posted(oleg, "https://vk.com/omsk_hq?w=wall-456_5")
    await choose(vera, "Исправить")
    await vera.send(BETTER)
    await vera.press("Разослать")
    await anna.press("Готово")
    await anna.send(LINK)
    await boris.press("Готово")
    await boris.press("Поста уже нет")
    assert "Осталось 2 из 3" in vera.said
    await hq.advance(hours=6)
    for reader in (vera, maria, kolya):
        assert "Срок вышел" in reader.find("Осталось 2 из 3").body
    assert "Срок вышел" not in olga.said, "nobody of her region is outstanding"
    await maria.press("ОК Казань")
    assert "говорит, что пост исправлен или его уже нет" in maria.screen
    await maria.press("всё в порядке")
    await oleg.press("Готово", oleg.find("Замените его текст"))
    await oleg.send_photo(png())
    assert "Готово: 3 из 3" in vera.screen
