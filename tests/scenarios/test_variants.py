"""An author writes for several networks: a text for each, files that fit, descriptions; the approver reads all of it."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from domain.drafts import Draft, DraftState, Variant
from domain.people import Role
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.usecases import drafts
from playground import Message
from tests.harness import Headquarters, Phone

LONG = ("Сегодня во дворе на улице Мира открыли площадку. " * 6).strip()


def png(color: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(buffer, "PNG")
    return buffer.getvalue()


async def two(hq: Headquarters) -> tuple[Phone, Phone]:
    """A manager, who may write for X too, and somebody else who decides."""
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    return await hq.join("Мария", Role.MANAGER), vera


async def version(hq: Headquarters) -> int:
    draft: Draft = await hq.read(lambda uow: uow.drafts.get(1))
    return draft.version


async def test_what_is_too_long_for_one_network_gets_a_text_of_its_own_there(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.send(LONG)
    for title in ("VK Казань", "Кандидат в X"):
        await maria.press(title)
    assert "✗ X (Твиттер): 309 из 280 знаков" in maria.screen
    await maria.press("Текст по сетям")
    assert maria.labels == ["ВКонтакте", "X (Твиттер)", "‹ Назад"]
    await maria.press("X (Твиттер)")
    assert maria.messages[-2].body == f"{LONG}\n\nШтаб кандидата"  # exactly as it would be read
    await maria.press("Свой текст")
    await maria.send("Во дворе на улице Мира открыли площадку.")
    assert maria.messages[-2].body == "Во дворе на улице Мира открыли площадку.\n\nШтаб кандидата"
    assert "✓ X (Твиттер): 56 из 280 ✂" in maria.screen
    assert len(maria.messages) == 2
    await maria.press("Назад")
    await maria.press("Назад")
    assert "✂ Свой текст: X (Твиттер)" in maria.screen
    await maria.press("Как это прочтут")
    assert [m.body for m in maria.messages[-5:-1]] == [
        "⬇ ВКонтакте",
        f"{LONG}\n\nШтаб кандидата",
        "⬇ X (Твиттер)",
        "Во дворе на улице Мира открыли площадку.\n\nШтаб кандидата",
    ]
    await maria.press("Отправить")
    await vera.send("/queue")
    assert vera.messages[-2].body == LONG
    assert "✂ Свой текст: X (Твиттер)" in vera.screen
    await vera.press("Показать все тексты")
    assert "Во дворе на улице Мира открыли площадку.\n\nШтаб кандидата" in [m.body for m in vera.messages]
    await vera.press("✓ Одобрить")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert draft.state is DraftState.APPROVED
    assert draft.variants == (Variant(Platform.X, "Во дворе на улице Мира открыли площадку."),)


async def test_a_common_text_that_no_network_takes_is_neither_read_nor_worded_by_who_decides(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.send("Общий текст")
    for label in ("VK Казань", "Текст по сетям", "ВКонтакте", "Свой текст"):
        await maria.press(label)
    await maria.send("Текст для ВКонтакте")
    for label in ("Назад", "Назад", "Отправить"):
        await maria.press(label)
    await vera.send("/queue")
    assert vera.messages[-2].body == "Текст для ВКонтакте\n\nШтаб кандидата"
    assert not any("Внести правку" in label for label in vera.labels)
    await _raw(vera, vera.messages[-1], "dt:edit:1:2:")
    assert "у каждой сети свой текст" in vera.toasts[-1]


async def test_while_it_waits_a_changed_text_of_a_network_is_marked_on_the_card(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.send("Общий текст")
    await maria.press("VK Казань")
    await maria.press("ОК Казань")
    await maria.press("Отправить")
    await vera.send("/queue")
    await maria.press("Текст по сетям")
    await maria.press("Одноклассники")
    await maria.press("Свой текст")
    await maria.send("Общий вопрос")
    assert "автор внёс изменения" in vera.screen
    card = vera.find("автор внёс изменения")
    assert "Одноклассники" in card.body
    assert "вопрос" in card.body
    await vera.press("✓ Одобрить")
    decided = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert [(d.version, d.approver_id) for d in decided] == [(2, vera.id)]


async def test_a_text_too_long_for_its_network_is_refused_while_it_waits_and_can_be_sent_again(
    hq: Headquarters,
) -> None:
    maria, _ = await two(hq)
    await maria.send("Коротко")
    await maria.press("Кандидат в X")
    await maria.press("Отправить")
    await maria.press("Текст по сетям")
    await maria.press("X (Твиттер)")
    await maria.press("Свой текст")
    await maria.send("а" * 300)
    assert "на 36 знаков больше" in maria.screen
    assert await version(hq) == 1
    await maria.send("Покороче")
    assert "так это прочтут в сети X (Твиттер)" in maria.screen
    assert await version(hq) == 2


async def test_the_common_text_comes_back_with_one_tap(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    await maria.send("Общий текст")
    await maria.press("VK Казань")
    await maria.press("Текст по сетям")
    await maria.press("ВКонтакте")
    await maria.press("Свой текст")
    await maria.act(lambda user: user.send_photo(png()))
    assert "может быть только текстом" in maria.screen
    await maria.send("Для ВК")
    await maria.press("Изменить этот текст")
    await maria.press("Назад")
    await maria.send("Это уже новый черновик")
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Это уже новый черновик"
    await maria.press("Вернуть общий текст", maria.find("У этой сети свой текст"))
    assert maria.messages[-2].body == "Общий текст\n\nШтаб кандидата"
    assert (await hq.read(lambda uow: uow.drafts.get(1))).variants == ()


async def test_a_text_for_a_draft_that_was_decided_meanwhile_becomes_a_new_draft(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.send("Общий текст")
    await maria.press("VK Казань")
    await maria.press("Отправить")
    await maria.press("Текст по сетям")
    await maria.press("ВКонтакте")
    await maria.press("Свой текст")
    await vera.send("/queue")
    await vera.press("✓ Одобрить")
    await maria.send("Слишком поздно, но не пропадёт")
    draft = await hq.read(lambda uow: uow.drafts.get(2))
    assert (draft.text, draft.state) == ("Слишком поздно, но не пропадёт", DraftState.WRITING)


async def test_joining_keeps_the_networks_texts_of_the_first_and_says_so(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    for text, own in (("Первая", "Первая для ВК"), ("Вторая", "Вторая для ВК")):
        await maria.send(text)
        if text == "Вторая":
            await maria.press("Это новый")
        await maria.press("VK Казань")
        await maria.press("Текст по сетям")
        await maria.press("ВКонтакте")
        await maria.press("Свой текст")
        await maria.send(own)
        await maria.press("Назад")
        await maria.press("Назад")
    await hq.run(_join, maria)
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.text, draft.variants) == ("Первая\n\nВторая", (Variant(Platform.VK, "Первая для ВК"),))


async def _join(uow: UnitOfWork, maria: Phone) -> None:
    assert maria.actor is not None
    part = await uow.drafts.get(2)
    view = await drafts.join(uow, maria.actor, 2, part.version, 1, now=part.updated_at)
    assert view.left_out == (Platform.VK,)


async def test_the_same_words_on_a_second_personal_page_are_found_in_texts_of_networks_too(hq: Headquarters) -> None:
    """H6: what counts is what the page will say."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan")

    async def personal_pages(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page("my-anna")
        await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.set_keeper("my-vera", vera.id)

    await hq.run(personal_pages)
    await anna.send("Рассказываю о субботнике совсем коротко и по-своему")
    await anna.press("Страница Анны")
    await anna.press("Текст по сетям")
    await anna.press("ВКонтакте")
    await anna.press("Свой текст")
    await anna.send("В субботу убирали берег Казанки, собрали сто сорок мешков мусора")
    await anna.press("Назад")
    await anna.press("Назад")
    await anna.press("Отправить")
    await vera.send("В субботу убирали берег Казанки, собрали сто сорок мешков мусора")
    await vera.press("Страница Веры")
    await vera.press("Отправить")
    assert "Скажите это своими словами" in vera.toasts[-1]


# --- files -----------------------------------------------------------------------------------------------------------


async def test_files_that_a_network_does_not_take_are_named_before_and_refused_at_the_end(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    await maria.act(lambda user: user.send_album([png(f"#00{n}{n}00") for n in range(5)], "Пять фото"))
    await maria.press("VK Казань")
    await maria.press("Кандидат в X")
    assert "✗ X (Твиттер): в одной публикации не больше 4 файлов, а здесь 5" in maria.screen
    await maria.press("Отправить")
    assert maria.toasts[-1] == "X (Твиттер): в одной публикации не больше 4 файлов, а здесь 5. Ничего не отправлено."
    await maria.press("Кандидат в X")
    await maria.press("Отправить")
    assert "Отправлено на одобрение" in maria.screen


async def test_a_voice_message_is_kept_for_the_approver_and_not_published(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.act(lambda user: user.send_voice(b"OggS voice"))
    await maria.press("VK Казань")
    await maria.press("Отправить")
    assert "не публикуются: добавьте текст" in maria.toasts[-1]
    await maria.press("Изменить текст")
    await maria.send("Текст к голосовому")
    assert "1 файл для пресс-секретаря: не публикуется" in maria.screen
    await maria.press("Как это прочтут")
    assert [m.body for m in maria.messages[-2:-1]] == ["Текст к голосовому\n\nШтаб кандидата"]
    await maria.press("Отправить")
    await vera.send("/queue")
    assert "не публикуется" in vera.screen
    assert any(m.kind == "voice" for m in vera.messages)


# --- descriptions ----------------------------------------------------------------------------------------------------


async def test_pictures_are_described_one_after_the_other_and_the_approver_reads_it(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.act(lambda user: user.send_album([png("red"), png("green"), png("blue")], "Три фото"))
    await maria.press("VK Казань")
    assert "3 фото без описания" in maria.screen
    await maria.press("Описать фото")
    assert "Фото 1 из 3" in maria.screen
    await maria.send("я" * 1001)
    assert "в описании помещается 1\u00a0000" in maria.screen
    await maria.send("Красный квадрат")
    assert "Фото 2 из 3" in maria.screen
    await maria.press("Пропустить")
    assert "Фото 3 из 3" in maria.screen
    await maria.send("Синий квадрат")
    assert "1 фото без описания" in maria.screen
    assert "С описанием: 2 из 3" in maria.screen
    await maria.press("Описать фото")
    assert "Фото 2 из 3" in maria.screen
    await maria.press("Назад")
    await maria.press("Отправить")
    await vera.send("/queue")
    assert "🖼 На фото 1: Красный квадрат\n\n🖼 На фото 3: Синий квадрат" in vera.said
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert [m.alt for m in draft.media] == ["Красный квадрат", "", "Синий квадрат"]


@pytest.mark.slow  # takes seconds
async def test_a_description_can_be_changed_and_a_file_is_none(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    await maria.send_photo(png(), "Одно фото")
    await maria.press("Описать фото")
    await maria.act(lambda user: user.send_photo(png("green")))
    assert "Опишите фото словами" in maria.screen
    await maria.send("Квадрат")
    assert "без описания" not in maria.screen
    await maria.press("Описания фото")
    assert "Квадрат" in maria.screen
    await maria.send("Красный квадрат")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).media[0].alt == "Красный квадрат"
    assert len(await hq.read(lambda uow: uow.drafts.of_author(maria.id))) == 1


async def test_the_assignment_hands_out_the_networks_text_and_then_what_the_picture_shows(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send_photo(png(), "Общий текст")
    await anna.press("Телеграм Казань")
    await anna.press("Описать фото")
    await anna.send("Дети на площадке")
    await anna.press("Текст по сетям")
    await anna.press("Телеграм")
    await anna.press("Свой текст")
    await anna.send("Текст для Телеграма")
    await anna.press("Назад")
    await anna.press("Назад")
    await anna.press("Отправить")
    await vera.send("/queue")
    await vera.press("✓ Одобрить")
    await hq.advance(hours=13)
    people = [anna, vera]
    handed_out = next(p for p in people if any("Копируйте" in m.body or "опубликуйте" in m.body for m in p.messages))
    bodies = [m.body for m in handed_out.messages]
    at = bodies.index("Текст для Телеграма\n\nШтаб кандидата")
    assert bodies[at + 1] == "🖼 На фото: Дети на площадке"


async def test_after_cancel_the_panel_asks_for_no_networks_text_any_more(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    await maria.send_photo(png(), "Общий текст")
    await maria.press("VK Казань")
    for label, question in (("Текст по сетям", "Пришлите текст для сети"), ("Описать фото", "Что на нём?")):
        await maria.press(label)
        if label == "Текст по сетям":
            await maria.press("ВКонтакте")
            await maria.press("Свой текст")
        panel = maria.find(question)
        await maria.send("/cancel")
        assert "Черновик, ещё не отправлен" in panel.body
        assert "Отменено" in maria.screen
        await hq.advance(minutes=1)
    await maria.send("Это уже новый черновик")
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Это уже новый черновик"


async def _raw(phone: Phone, message: Message, data: str) -> None:
    """Press what is not (any more) on the screen."""
    await phone.act(lambda user: user.press_raw(message, data))


async def test_a_button_of_an_older_version_only_shows_how_things_stand(hq: Headquarters) -> None:
    maria, _ = await two(hq)
    await maria.send("Общий текст")
    sent = maria.user.sent()
    await maria.press("VK Казань")
    await maria.act(lambda user: user.edit(sent, "Другой текст"))
    panel = maria.messages[-1]
    for data in ("v:own:1:1:vk", "v:master:1:1:vk", "d:alt:1:1:"):
        await _raw(maria, panel, data)
        assert maria.toasts[-1] == "Черновик с тех пор изменился. Вот как он выглядит сейчас."
    for data in ("v:net:1:2:ok", "v:own:1:2:mars", "v:own:1:2:x"):
        await _raw(maria, panel, data)
        assert "больше нет" in maria.toasts[-1]
    other = await hq.join("Глеб", Role.VOLUNTEER, "kazan")
    await other.send("Моё")
    for data in ("v:net:1:2:vk", "v:own:1:2:vk", "v:master:1:2:vk", "v:all:1:2:", "d:alt:1:2:"):
        await _raw(other, other.messages[-1], data)
        assert "нет прав" in other.toasts[-1], data
    assert await version(hq) == 2


async def test_a_network_whose_page_is_no_longer_chosen_is_not_spoken_of(hq: Headquarters) -> None:
    maria, vera = await two(hq)
    await maria.send("Общий текст")
    for title in ("VK Казань", "ОК Казань"):
        await maria.press(title)
    await maria.press("Текст по сетям")
    await maria.press("Одноклассники")
    await maria.press("Свой текст")
    await maria.send("Для ОК")
    await maria.press("Назад")
    await maria.press("Назад")
    await maria.press("ОК Казань")
    assert "Свой текст" not in maria.screen
    await maria.press("Отправить")
    await vera.send("/queue")
    assert "✂ Показать все тексты" not in vera.labels
    assert "Свой текст" not in vera.screen


async def test_all_of_it_in_english(hq: Headquarters) -> None:
    await two(hq)
    ann = await hq.join("Ann", Role.VOLUNTEER, "kazan", language="en")
    await ann.send_photo(png(), "For all networks")
    await ann.press("VK Казань")
    assert "1 picture has no description" in ann.screen
    await ann.press("Describe picture")
    await ann.send("A red square")
    assert "Described: 1 of 1" in ann.screen
    await ann.press("Text per network")
    await ann.press("VK")
    await ann.press("Own text for VK")
    await ann.send("For VK")
    assert "Above: exactly as it will be read on VK" in ann.screen
    assert ann.messages[-2].body == "For VK\n\nШтаб кандидата"
    await ann.press("Same text as everywhere")
    assert ann.messages[-2].body == "For all networks\n\nШтаб кандидата"
