"""Headquarters writes a master, the regions fill it in, one approver clears them together."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.drafts import DraftState, MediaRef, Verdict
from domain.people import Role
from domain.ports import UnitOfWork
from domain.usecases import approvals
from tests.harness import Headquarters, Phone
from tests.scenarios.test_drafts import data_of, png

MASTER = "В районе {район} мы открыли {место}. Приходите!"


async def chief(hq: Headquarters) -> Phone:
    """The press secretary for all regions."""
    return await hq.join("Ольга", Role.PRESS_SECRETARY)


async def sent(olga: Phone, *sets: str, text: str = MASTER) -> None:
    """Olga writes a master for these sets of pages and sends it."""
    await olga.send("/masters")
    await olga.press("Новая заготовка")
    await olga.send(text)
    await olga.press("Страницы")
    for name in sets:
        await olga.press(name)
    await olga.press("Готово")
    await olga.press("Отправить в регионы")
    await olga.press("Отправить")


async def filled(phone: Phone, *answers: str) -> None:
    """From the invitation to the draft, without a photo."""
    await phone.press("Заполнить")
    for answer in answers:
        await phone.send(answer)
    await phone.press("Без фото")
    await phone.press("Отправить")


async def test_headquarters_writes_a_master_and_everybody_with_a_fitting_page_hears_once(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    oleg = await hq.join("Олег", Role.PRESS_SECRETARY, "omsk")
    vera = await hq.join("Вера", Role.VOLUNTEER, "primorye")
    await olga.send("/masters")
    assert "Сейчас заполнять нечего." in olga.screen
    await olga.press("Новая заготовка")
    assert "В районе {район} мы открыли {место}" in olga.screen
    await olga.send("В районе {район мы открыли {место}")
    assert olga.screen == "Скобка перед «район мы открыли место» не закрыта. Пришлите ещё раз."
    await olga.send_photo(png(), MASTER)
    assert olga.screen == "Пришлите текст заготовки сообщением."
    await olga.send(MASTER)
    assert "В районе [район] мы открыли [место]. Приходите!" in olga.screen
    assert "Поля: район и место" in olga.screen
    assert not any("Отправить" in label for label in olga.labels)  # it is for no page yet
    await olga.press("Страницы")
    await olga.press("Все группы регионов: ВКонтакте")
    assert "Выбраны 2 страницы" in olga.screen
    await olga.press("По одной")
    await olga.press("Казань")
    await olga.press("ОК Казань")
    await olga.press("Назад")
    await olga.press("Назад")
    await olga.press("Готово")
    assert "Куда: VK Казань, ОК Казань и VK Омск" in olga.screen
    await olga.press("До какого срока")
    await olga.press("Завтра 12:00")
    assert "Открыта до завтра 12:00" in olga.screen
    await olga.press("Отправить в регионы")
    assert "3 страницы, 2 региона" in olga.screen
    await olga.press("Отправить")
    assert "В регионах" in olga.screen
    for phone in (anna, oleg):
        assert [m.body.splitlines()[0] for m in phone.messages] == ["Новая заготовка от штаба"]
    assert vera.messages == []
    await anna.send("/start")
    assert "Заполнить: 1 заготовка штаба" in anna.labels
    await vera.send("/masters")
    assert "Сейчас заполнять нечего." in vera.screen
    await anna.send("/masters")
    assert not any("Новая" in label for label in anna.labels)


async def test_a_volunteer_fills_it_in_question_by_question_with_a_photo(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await sent(olga, "ВКонтакте", "Одноклассники")
    await anna.press("Заполнить")
    assert "1 из 2" in anna.screen
    assert "район: что сюда вписать?" in anna.screen
    await anna.send("Первая строка\nВторая")
    assert anna.screen.startswith("Одной строкой")
    await anna.send("я" * 201)
    assert "Здесь 201 знаков, а помещается 200" in anna.screen
    await anna.send_photo(png())
    assert "Здесь нужен ответ словами" in anna.screen
    await anna.send("Сове{т}ский")
    assert "2 из 2" in anna.screen
    assert "В районе Сове{т}ский мы открыли [место]" in anna.screen
    await anna.press("Назад")
    assert "Сейчас здесь: Сове{т}ский" in anna.screen
    await anna.send("Советский")
    await anna.send("/cancel")
    await anna.send("/masters")  # what was answered is kept
    await anna.press("✎")
    assert "В районе Советский мы открыли [место]" in anna.screen
    await anna.send("двор")
    assert "Теперь ваше фото" in anna.screen
    await anna.send_photo(png())
    assert anna.messages[-2].body == "В районе Советский мы открыли двор. Приходите!"
    assert "Куда: VK Казань и ОК Казань" in anna.screen
    await anna.press("Отправить")
    assert "Отправлено" in anna.screen
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert draft.state is DraftState.SUBMITTED
    assert draft.text == "В районе Советский мы открыли двор. Приходите!"
    assert draft.fills == (("район", "Советский"), ("место", "двор"))
    assert (draft.master_id, len(draft.media), set(draft.pages)) == (1, 1, {"vk-kazan", "ok-kazan"})
    await anna.send("/masters")
    assert any(label.startswith("✓") for label in anna.labels)


async def test_an_album_is_taken_as_a_whole_and_another_photo_takes_its_place(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await sent(olga, "ВКонтакте")
    await anna.press("Заполнить")
    await anna.send("Центр")
    await anna.send("двор")
    await anna.act(lambda user: user.send_album([png("red"), png("green"), png("blue")]))
    assert len(await _media_of_filling(hq, anna)) == 3
    await anna.press("Назад")
    assert "Есть 3 фото" in anna.screen
    await anna.send_photo(png("white"))
    assert len(await _media_of_filling(hq, anna)) == 1
    await anna.press("Назад")
    await anna.press("Без фото")
    assert await _media_of_filling(hq, anna) == ()


async def _media_of_filling(hq: Headquarters, phone: Phone) -> tuple[MediaRef, ...]:
    async def find(uow: UnitOfWork) -> tuple[MediaRef, ...]:
        (fill,) = await uow.masters.fills_of(phone.id, [1])
        return fill.media

    return await hq.read(find)


async def test_it_works_in_english_from_the_text_to_the_list(hq: Headquarters) -> None:
    olga = await hq.join("Olga", Role.MANAGER, language="en")
    people = [await hq.join(f"Author {n}", Role.VOLUNTEER, "kazan", language="en") for n in (1, 2)]
    await olga.send("/masters")
    await olga.press("New master")
    await olga.send("In {district we opened {place}")
    assert olga.screen == "The brace before “district we opened place” is not closed. Send it again."
    await olga.send("In {district} we opened {place}")
    await olga.press("Pages")
    await olga.press("All regional groups on VK")
    await olga.press("Done")
    await olga.press("Send to the regions")
    await olga.press("Send")
    for phone in people:
        await phone.press("Fill in")
        assert "1 of 2" in phone.screen
        await phone.send("the Centre")
        await phone.send("a park")
        await phone.press("Without a photo")
        await phone.press("Hand in")
    await olga.send("/queue")
    assert "district: the Centre\nplace: a park" in olga.screen
    await olga.press("Look through all 2")
    await olga.press("Approve these 2")
    assert "2 texts approved" in olga.screen


async def test_an_old_button_of_a_filling_changes_nothing_and_shows_the_open_question(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await sent(olga, "ВКонтакте")
    await anna.press("Заполнить")
    await anna.send("Центр")
    message = anna.messages[-1]
    back = data_of(message, "Назад")
    await anna.send("двор")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], back))
    assert "Теперь ваше фото" in anna.screen
    await anna.press("Без фото")
    hand = data_of(anna.messages[-1], "Отправить")
    await anna.press("Отправить")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], hand))
    assert len(await hq.read(lambda uow: uow.drafts.of_author(anna.id))) == 1


async def test_on_ones_own_page_three_questions_ask_for_own_words(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await sent(olga, "ВКонтакте", "Личные страницы")
    await anna.press("Заполнить")
    assert "Для каких страниц?" in anna.screen
    await anna.press("Моя страница: Страница Анны")
    assert "Вот что говорит штаб" in anna.screen
    assert "Что произошло там, где вы живёте?" in anna.screen
    await anna.send("У нас наконец-то сделали двор.")
    await anna.send("Дочка теперь гуляет\nрядом с домом.")
    await anna.send("Загляните, правда хорошо вышло.")
    await anna.press("Без фото")
    await anna.press("Отправить")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert draft.text == (
        "У нас наконец-то сделали двор.\n\nДочка теперь гуляет\nрядом с домом.\n\nЗагляните, правда хорошо вышло."
    )
    assert (draft.fills, draft.pages, draft.master_id) == ((), ("my-anna",), 1)
    await boris.press("Открыть очередь")
    assert draft.text in boris.said  # read whole, as every text in own words
    assert "Вписано в заготовку" not in boris.said


async def test_the_own_words_check_holds_for_what_was_answered(hq: Headquarters) -> None:
    """Two people paste the same answers: the second is refused, and loses nothing of what was answered."""
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan")

    async def two_pages(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page("my-anna")
        await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.set_keeper("my-vera", vera.id)

    await hq.run(two_pages)
    await sent(olga, "Личные страницы")
    words = (
        "Вчера у нашего дома открыли новую спортивную площадку с хорошим покрытием",
        "Теперь сыну не нужно ездить на другой конец города",
        "Приходите вечером, места там хватит всем соседям и друзьям",
    )
    await filled(anna, *words)
    await filled(vera, *words)
    assert len(await hq.read(lambda uow: uow.drafts.of_author(vera.id))) == 0
    await vera.send("/masters")
    await vera.press("✎")
    assert words[0] in vera.said


async def ten_regions(hq: Headquarters) -> tuple[Phone, list[Phone]]:
    """Olga's master, filled in by six people of two regions."""
    olga = await chief(hq)
    people = [await hq.join(f"Автор {n}", Role.VOLUNTEER, region) for n, region in enumerate(("kazan", "omsk") * 3, 1)]
    await sent(olga, "ВКонтакте")
    for n, phone in enumerate(people, 1):
        await filled(phone, f"Район {n}", f"двор {n}")
    return olga, people


async def test_the_card_shows_only_what_was_filled_and_the_whole_text_on_request(hq: Headquarters) -> None:
    olga, _ = await ten_regions(hq)
    await olga.send("/queue")
    card = olga.find("Вписано в заготовку")
    assert "район: Район 1\nместо: двор 1" in card.body
    assert "В районе [район] мы открыли [место]" in card.body
    assert "ждут 6 текстов" in card.body
    assert not any(m.body == "В районе Район 1 мы открыли двор 1. Приходите!" for m in olga.messages)
    await olga.press("Показать весь текст", card)
    assert olga.messages[-1].body == "В районе Район 1 мы открыли двор 1. Приходите!"


@pytest.mark.slow  # takes seconds
async def test_all_regions_are_approved_on_one_list_but_those_left_out_and_changed(hq: Headquarters) -> None:
    olga, people = await ten_regions(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await olga.send("/queue")
    await olga.press("Просмотреть все 6")
    assert re.search(r"1\. Казань, Автор 1: район: Район 1; место: двор 1", olga.screen)
    await olga.press("☑ 2")
    assert "(отложено)" in olga.screen
    await people[0].press("Забрать назад")  # the first of the list is not as listed any more
    await boris.send("/queue")  # and the third is decided by somebody else
    await hq.run(_approve, boris, 5)
    await olga.press("Одобрить 5 текстов")
    assert "Одобрено 3 текста" in olga.screen
    states = [(await hq.read(lambda uow, n=n: uow.drafts.get(n))).state for n in range(1, 7)]
    approved = [n for n, state in enumerate(states, 1) if state is DraftState.APPROVED]
    assert len(approved) == 4
    assert states[0] is DraftState.WRITING
    for number in approved:
        decisions = await hq.read(lambda uow, n=number: uow.drafts.decisions(n))
        assert [d.verdict for d in decisions] == [Verdict.APPROVE]
    await hq.advance(minutes=2)
    for phone in (people[1], people[3]):
        assert "Одобрено: Ольга" in phone.said


@pytest.mark.slow  # takes seconds
async def test_what_a_colleague_is_on_waits_on_the_list_until_they_let_go(hq: Headquarters) -> None:
    olga, _ = await ten_regions(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await boris.send("/queue")
    await boris.press("Беру на себя")
    await olga.send("/queue")
    await olga.press("Просмотреть все 6")
    assert "(🙋 этим занимается коллега)" in olga.screen
    await olga.press("Одобрить 5 текстов")
    assert "Не тронуто" not in olga.screen
    await boris.press("Отпустить")
    await olga.press("Отменить эти одобрения")
    assert any("Одобрить 6 текстов" in label for label in olga.labels)


async def _approve(uow: UnitOfWork, phone: Phone, draft_id: int) -> None:
    assert phone.actor is not None
    now = phone.hq.now
    await approvals.decide(uow, phone.actor, draft_id, 1, Verdict.APPROVE, now=now)


@pytest.mark.slow  # takes seconds
async def test_in_a_strict_lane_the_list_counts_as_one_persons_approval(hq: Headquarters) -> None:
    async def strict(uow: UnitOfWork) -> None:
        pages = [await uow.campaign.get_page(code) for code in ("vk-kazan", "vk-omsk")]
        await uow.campaign.save_pages([replace(page, approvals_needed=2) for page in pages])

    await hq.run(strict)
    olga, _ = await ten_regions(hq)
    maria = await hq.join("Мария", Role.MANAGER)
    for phone, state in ((olga, DraftState.SUBMITTED), (maria, DraftState.APPROVED)):
        await phone.send("/queue")
        await phone.press("Просмотреть все 6")
        await phone.press("Одобрить 6 текстов")
        assert "Одобрено 6 текстов" in phone.screen
        assert (await hq.read(lambda uow: uow.drafts.get(1))).state is state


@pytest.mark.slow  # takes seconds
async def test_what_was_approved_on_the_list_can_be_undone_for_a_minute(hq: Headquarters) -> None:
    olga, people = await ten_regions(hq)
    await olga.send("/queue")
    await olga.press("Просмотреть все 6")
    await olga.press("Одобрить 6 текстов")
    assert "Одобрено 6 текстов" in olga.screen
    await olga.press("Отменить эти одобрения")
    assert any("Одобрить 6 текстов" in label for label in olga.labels)
    await hq.move_to(hq.now + timedelta(minutes=2))
    assert "Одобрено: Ольга" not in people[0].said
    for number in range(1, 7):
        assert (await hq.read(lambda uow, n=number: uow.drafts.get(n))).state is DraftState.SUBMITTED


@pytest.mark.slow  # takes seconds
async def test_a_text_changed_by_hand_is_read_whole_and_left_out_of_the_list(hq: Headquarters) -> None:
    olga, people = await ten_regions(hq)
    await people[0].press("Изменить текст")
    await people[0].send("В районе Район 1 мы открыли двор 1. И кое-что ещё!")
    await olga.send("/queue")
    assert "В районе Район 1 мы открыли двор 1. И кое-что ещё!" in olga.said
    assert "но потом изменено: прочтите целиком" in olga.said
    await olga.press("Просмотреть все 6")
    assert "нужно прочесть отдельно" in olga.screen
    await olga.press("Одобрить 5 текстов")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED


async def test_a_new_wording_leaves_the_old_fills_and_says_so(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    ivan = await hq.join("Иван", Role.VOLUNTEER, "omsk")
    await sent(olga, "ВКонтакте")
    await filled(anna, "Центр", "двор")
    await ivan.press("Заполнить")
    await olga.press("Изменить текст", olga.find("В регионах"))
    await olga.send("Теперь в районе {район} есть {что}")
    await ivan.send("Север")
    assert "штаб изменил текст" in ivan.screen
    await ivan.press("Начать заново с новым")
    assert "Теперь в районе [район] есть [что]" in ivan.screen
    await ivan.send("Север")
    await ivan.send("каток")
    await ivan.press("Без фото")
    await ivan.press("Отправить")
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Теперь в районе Север есть каток"
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "В районе Центр мы открыли двор. Приходите!"
    await olga.send("/queue")
    assert "Заполнено по прежней редакции." in olga.find("двор").body
    assert not any("Просмотреть" in label for label in olga.labels)  # another wording is another list


async def test_closing_stops_beginning_and_takes_nothing_back(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    ivan = await hq.join("Иван", Role.VOLUNTEER, "omsk")
    await sent(olga, "ВКонтакте")
    await anna.press("Заполнить")
    await anna.send("Центр")
    await olga.press("Закрыть", olga.find("В регионах"))
    await olga.press("Закрыть")
    assert "Закрыта" in olga.screen
    await ivan.press("Заполнить")
    assert "начать заполнять уже нельзя" in ivan.screen
    await anna.send("двор")
    await anna.press("Без фото")
    await anna.press("Отправить")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED


async def test_a_regions_press_secretary_writes_for_their_region_only_and_volunteers_for_none(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await boris.send("/masters")
    await boris.press("Новая заготовка")
    await boris.send(MASTER)
    await boris.press("Страницы")
    assert not any("Официальные" in label for label in boris.labels)
    await boris.press("По одной")
    assert [label for label in boris.labels if "Омск" in label] == []
    await boris.press("Назад")
    await boris.press("ВКонтакте")
    await boris.press("Готово")
    await boris.press("Отправить в регионы")
    send = data_of(boris.messages[-1], "Отправить")
    await anna.send("/masters")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], send))
    assert "нет прав" in anna.toasts[-1]
    await boris.press("Отправить")
    assert "Новая заготовка от штаба" in anna.screen


async def test_at_night_the_invitation_waits_for_the_morning(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.advance(hours=15)  # 23:00
    before = len(anna.messages)
    await sent(olga, "ВКонтакте")
    assert len(anna.messages) == before
    await hq.advance(hours=10)
    assert "Новая заготовка от штаба" in anna.said


async def test_who_words_a_fill_anew_gets_the_whole_text_to_start_from(hq: Headquarters) -> None:
    olga = await chief(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await sent(olga, "ВКонтакте")
    await filled(anna, "Центр", "двор")
    await olga.send("/queue")
    assert "В районе Центр мы открыли двор. Приходите!" not in olga.said
    await olga.press("Внести правку")
    assert "Скопируйте его ниже" in olga.messages[-2].body
    assert olga.messages[-1].body == "В районе Центр мы открыли двор. Приходите!"
