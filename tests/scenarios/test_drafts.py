"""A member writes: from a message to a text that waits for its decision."""

import io
from dataclasses import replace

from PIL import Image

from domain.drafts import DraftState
from domain.people import Role
from domain.ports import UnitOfWork
from playground import Message
from tests.harness import Headquarters, Phone


def png(color: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(buffer, "PNG")
    return buffer.getvalue()


def data_of(message: Message, label: str) -> str:
    """The callback data behind a button, to press it after it is gone from the screen."""
    data = next(b.data for row in message.buttons for b in row if label in b.label)
    assert data is not None
    return data


async def a_volunteer(hq: Headquarters) -> Phone:
    await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    return await hq.join("Анна", Role.VOLUNTEER, "kazan")


async def test_a_text_becomes_a_draft_and_is_submitted(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Субботник в парке в 12:00")
    assert "Черновик" in anna.screen
    assert "Выберите страницы" in anna.screen
    await anna.press("VK Казань")
    await anna.press("Телеграм Казань")
    assert "ВКонтакте: 41 из 16\u00a0384" in anna.screen
    assert "Телеграм: 41 из 4\u00a0096" in anna.screen
    assert "В конце добавится: Штаб кандидата" in anna.screen
    await anna.press("Как это прочтут")
    assert anna.messages[-2].body == "Субботник в парке в 12:00\n\nШтаб кандидата"
    await anna.press("Отправить")
    assert "Решение до 11:00. Решает: Борис" in anna.screen
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.state, draft.pages, draft.region) == (DraftState.SUBMITTED, ("tg-kazan", "vk-kazan"), "kazan")
    assert len(anna.messages) == 2  # the preview and one panel, edited in place


async def test_only_the_pages_of_the_authors_own_region_are_offered(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Текст")
    offered = [label for label in anna.labels if label.startswith("☐")]
    assert offered == ["☐ VK Казань", "☐ ОК Казань", "☐ Телеграм Казань"]
    await anna.send("/pages")
    shown = [label for label in anna.labels if "Казань" in label and "☐" not in label]
    assert [next(name for name in ("VK", "ОК", "Телеграм") if name in label) for label in shown] == [
        "VK",
        "ОК",
        "Телеграм",
    ]
    boss = await hq.join("Мария", Role.MANAGER)
    await boss.send("Текст штаба")
    assert "☐ Кандидат в X" in boss.labels


async def test_a_draft_without_pages_or_too_long_for_a_network_says_so(hq: Headquarters) -> None:
    await a_volunteer(hq)
    boss = await hq.join("Мария", Role.MANAGER)
    await boss.send("а" * 300)
    await boss.press("Отправить")
    assert boss.toasts[-1] == "Выберите хотя бы одну страницу для публикации."
    await boss.press("Кандидат в X")
    assert "✗ X (Твиттер): 316 из 280 знаков, лишних 36" in boss.screen
    await boss.press("Отправить")
    assert "на 36 знаков больше" in boss.toasts[-1]
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.WRITING


async def test_a_text_of_five_thousand_characters_is_a_draft(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("слово " * 660)
    await anna.send("ещё " * 300)
    await anna.press("Добавить к нему")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert len(draft.text) > 5000
    await anna.press("VK Казань")
    await anna.press("Как это прочтут")
    await anna.press("Отправить")
    assert "Отправлено на одобрение" in anna.screen


async def test_a_photo_with_a_caption_and_html_in_it_is_shown_as_it_stands(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send_photo(png(), "Кто <b>за</b> & против?")
    assert "Кто <b>за</b> & против?" in anna.screen
    assert "1 файл" in anna.screen
    await anna.press("VK Казань")
    await anna.press("Как это прочтут")
    assert anna.messages[-2].body == "Кто <b>за</b> & против?\n\nШтаб кандидата"


async def test_an_album_is_one_draft_with_one_panel(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.act(lambda user: user.send_album([png("red"), png("green"), png("blue")], "Три фото"))
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.text, len(draft.media)) == ("Три фото", 3)
    assert len(anna.messages) == 1
    assert "3 файла" in anna.screen
    await anna.press("VK Казань")
    await anna.press("Как это прочтут")
    assert len(anna.messages) == 4  # an album of three and the panel


async def test_a_forward_keeps_the_name_of_its_source(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.act(lambda user: user.forward_from("Новости Казани", "Открыли новый мост"))
    assert "Переслано от: Новости Казани" in anna.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).source == "Новости Казани"


async def test_an_edit_of_ones_own_message_edits_the_open_draft(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Встреча в 12:00")
    sent = anna.user.sent()
    await anna.act(lambda user: user.edit(sent, "Встреча в 13:00"))
    assert "Встреча в 13:00" in anna.screen
    assert len(anna.messages) == 1
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await anna.act(lambda user: user.edit(sent, "Встреча в 14:00"))
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.text, draft.state) == ("Встреча в 14:00", DraftState.SUBMITTED)


async def test_an_edit_that_comes_after_the_approval_is_answered_and_the_approved_text_stays(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Встреча в 12:00")
    sent = anna.user.sent()
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await boris.send("/queue")
    await boris.press("Одобрить")
    await anna.act(lambda user: user.edit(sent, "Встреча в 13:00"))
    assert "уже одобрен и остался прежним" in anna.screen
    assert "/drafts" in anna.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Встреча в 12:00"


async def test_an_edit_of_either_half_of_a_joined_draft_is_answered(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Первая часть")
    first = anna.user.sent()
    await anna.send("Вторая часть")
    second = anna.user.sent()
    await anna.press("Добавить к нему")
    for half in (first, second):
        before = len(anna.messages)
        await anna.act(lambda user, half=half: user.edit(half, "Иначе"))  # type: ignore[misc]  # half is bound
        assert "Правка ничего не изменила" in anna.screen
        assert len(anna.messages) == before + 1
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Первая часть\n\nВторая часть"


async def test_an_edit_of_a_message_that_no_text_was_made_from_stays_without_an_answer(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("/help")
    asked = anna.user.sent()
    before = len(anna.messages)
    await anna.act(lambda user: user.edit(asked, "просто слова"))
    assert len(anna.messages) == before


async def test_an_album_sent_as_the_new_text_joins_as_a_whole(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Первый")
    await anna.press("Изменить текст")
    await anna.act(lambda user: user.send_album([png("red"), png("green"), png("blue")], "Новый с альбомом"))
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.text, len(draft.media)) == ("Новый с альбомом", 3)
    assert [m.body.splitlines()[1] for m in anna.messages] == ["Новый с альбомом"]


async def test_a_forwarded_text_that_replaces_the_old_one_says_whose_it_is(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Первый")
    await anna.press("Изменить текст")
    await anna.act(lambda user: user.forward_from("Соседи & Co", "Второй"))
    assert "Второй\nПереслано от: Соседи & Co" in anna.screen


async def test_what_was_handed_in_meanwhile_takes_no_second_text_and_both_stay(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Первый")
    await anna.press("VK Казань")
    first = anna.messages[-1]
    await anna.send("Второй")
    second = anna.messages[-1]
    await anna.press("Отправить", first)
    await anna.press("Добавить к нему", second)
    assert "Оба остались как были" in anna.toasts[-1]
    assert "Это его продолжение?" not in second.body
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Второй"


async def test_a_second_text_is_kept_and_can_be_joined_to_the_first(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Первая часть")
    await anna.send("Вторая часть")
    assert "Есть ещё незаконченный черновик: Первая часть" in anna.screen
    await anna.press("Добавить к нему")
    assert "Первая часть\n\nВторая часть" in anna.screen
    states = [draft.state for draft in await hq.read(lambda uow: uow.drafts.of_author(anna.id))]
    assert states == [DraftState.WRITING]


async def test_a_second_text_can_stay_a_draft_of_its_own(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Первая")
    await anna.send("Вторая")
    await anna.press("Это новый")
    assert "Есть ещё" not in anna.screen
    await anna.send("/drafts")
    assert anna.labels[:2] == ["✎ Вторая", "✎ Первая"]
    await anna.press("Первая")
    assert "Выберите страницы" in anna.screen


async def test_an_unfinished_draft_is_offered_again(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("/draft")
    assert "Пришлите текст" in anna.screen
    await anna.send("Начало поста")
    await anna.send("/draft")
    assert "незаконченный черновик" in anna.screen
    await anna.press("Продолжить")
    assert "Начало поста" in anna.screen
    await anna.send("/draft")
    await anna.press("Написать новый")
    await anna.send("Совсем другой пост")
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Совсем другой пост"


async def test_the_text_can_be_changed_by_button(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Старый текст")
    await anna.press("Изменить текст")
    await anna.send("Новый текст")
    assert "Новый текст" in anna.screen
    await anna.press("Изменить текст")
    await anna.press("Назад")
    await anna.send("Не замена, а новый черновик")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Новый текст"


async def test_a_submitted_draft_can_be_taken_back_and_deleted(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Передумаю")
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await anna.press("Забрать назад")
    assert "ещё не отправлен" in anna.screen
    await anna.press("Удалить")
    await anna.press("Да, удалить")
    assert "Удалено" in anna.screen
    assert "Куда: VK Казань" in anna.screen
    await anna.send("/drafts")
    assert "Черновиков пока нет" in anna.screen


async def test_a_deleted_draft_asks_nothing_any_more(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Передумаю")
    await anna.press("Удалить")
    await anna.press("Да, удалить")
    assert anna.screen == "🗑 Удалено\nПередумаю"


async def test_after_cancel_the_panel_no_longer_asks_for_a_text(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Старый текст")
    await anna.press("Изменить текст")
    panel = anna.find("Пришлите новый текст")
    await anna.send("/cancel")
    assert "Черновик сохранён: /drafts" in anna.screen
    assert "Черновик, ещё не отправлен" in panel.body
    await anna.press("Изменить текст", panel)
    await anna.send("Новый текст")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Новый текст"


async def test_cancel_speaks_of_a_draft_only_when_there_is_one(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("/draft")
    await anna.press("Отмена")
    assert anna.screen.startswith("Отменено.")
    assert "сохранён" not in anna.screen


async def test_a_press_on_an_outdated_panel_only_shows_how_things_stand(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    await anna.send("Раз")
    await anna.press("VK Казань")
    panel = anna.messages[-1]
    submit = data_of(panel, "Отправить")
    sent = anna.user.sent()
    await anna.act(lambda user: user.edit(sent, "Два"))
    await anna.act(lambda user: user.press_raw(panel, submit))
    assert anna.toasts[-1] == "Черновик с тех пор изменился. Вот как он выглядит сейчас."
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.WRITING


async def test_other_peoples_drafts_are_out_of_reach(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    other = await hq.join("Вера", Role.VOLUNTEER, "kazan")
    await anna.send("Личное")
    await other.send("Моё")
    await other.act(lambda user: user.press_raw(other.messages[-1], "d:submit:1:1:"))
    assert "нет прав" in other.toasts[-1]


async def test_the_same_words_never_go_to_a_second_personal_page(hq: Headquarters) -> None:
    anna = await a_volunteer(hq)
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan")

    async def personal_pages(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page("my-anna")
        await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.set_keeper("my-vera", vera.id)

    await hq.run(personal_pages)
    for phone, title in ((anna, "Страница Анны"), (vera, "Страница Веры")):
        await phone.send("Одинаковые слова")
        assert sum("Страница" in label for label in phone.labels) == 1
        await phone.press(title)
        await phone.press("Отправить")
    assert "Скажите это своими словами" in vera.toasts[-1]
    assert (await hq.read(lambda uow: uow.drafts.get(2))).state is DraftState.WRITING
