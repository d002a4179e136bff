"""A table of figures sent to the bot: shown, taken in or put away."""

from sqlalchemy import select

from domain.people import Role
from storage.tables import figure
from tests.harness import Headquarters, Phone
from tests.rows import rows_of

TABLE = "\ufeffСтраница;Дата;Подписчики\r\nvk-kazan;06.09.2026;12 300\r\nvk-kazan;07.09.2026;12400\r\n"


async def send_file(phone: Phone, text: str, name: str = "август.csv") -> None:
    await phone.act(lambda user: user.send_document(text.encode(), name))


async def values(hq: Headquarters) -> list[int]:
    return [row.value for row in await hq.read(rows_of(select(figure.c.value).order_by(figure.c.id)))]


async def test_a_coordinator_sends_a_table_looks_at_it_and_takes_it_in(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.COORDINATOR, "kazan")
    await send_file(maria, TABLE)
    seen = maria.screen.replace("\u00a0", " ")
    assert "Цифры из файла: август.csv" in seen
    assert "2 цифры, 1 страница, вс, 6 сентября – пн, 7 сентября" in seen
    assert "vk-kazan, пн, 7 сентября: 12 400 участников" in seen
    assert await values(hq) == []
    await maria.press("Загрузить")
    assert "✅ Записаны 2 цифры." in maria.screen.replace("\u00a0", " ")
    assert "Загружено: Мария, из файла август.csv" in maria.screen
    assert await values(hq) == [12_300, 12_400]
    await maria.send("/report")
    await maria.press("✅ VK Казань")
    await maria.press("История")
    assert "Загружено: Мария, из файла август.csv, 08:00" in maria.screen


async def test_mistakes_are_named_by_line_and_column_and_nothing_is_taken(hq: Headquarters) -> None:
    maria = await hq.join("Maria", Role.COORDINATOR, "kazan", "en")
    await send_file(
        maria, "page,date,metric,value\nvk-kazan,2026-09-07,members,=1+1\nvk-omsk,2026-09-07,members,5\n", "a.CSV"
    )
    assert "2 mistakes, so nothing was taken in." in maria.screen
    assert "Line 2, “value”: “=1+1” is no whole number" in maria.screen
    assert "Line 3, “page”: the page “vk-omsk” is not of your region" in maria.screen
    assert "Import" not in maria.labels


async def test_a_table_is_put_away_and_its_old_button_says_so(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.MANAGER)
    await send_file(olga, TABLE)
    first = olga.messages[-1]
    data = next(b.data or "" for row in first.buttons for b in row if b.label == "Загрузить")
    await olga.press("Отмена")
    assert "Файл август.csv убран, ничего не записано." in olga.screen
    await olga.act(lambda user: user.press_raw(first, data))
    assert olga.toasts[-1] == "Этот файл убран. Чтобы загрузить его, пришлите ещё раз."
    assert await values(hq) == []


async def test_what_is_no_table_is_refused_and_a_volunteers_file_belongs_to_a_draft(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.COORDINATOR, "kazan")
    await maria.act(lambda user: user.send_document(b"\x89PNG\0\0", "фото.csv"))
    assert "Это не CSV." in maria.screen
    await maria.act(lambda user: user.send_document(b"a;b\n" * 300_000, "много.csv"))
    assert "Файл больше 1 МБ." in maria.screen
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan")
    await send_file(vera, TABLE)
    assert "Цифры из файла" not in vera.said
    assert len(await hq.read(lambda uow: uow.drafts.of_author(vera.id))) == 1
