"""/export: a manager takes a month away as a file, a coordinator their own region's, and nobody else anything."""

import csv
import io
import zipfile

import pytest

from domain.people import Role
from domain.ports import UnitOfWork
from domain.rollups import Measure
from storage.tables import export, journal
from tests.harness import START, Headquarters, Phone
from tests.reporting import posted
from tests.rows import rows_of


def sent(phone: Phone) -> tuple[str, bytes, str]:
    """The newest document: its name, its bytes, its caption."""
    message = next(one for one in reversed(phone.messages) if one.document)
    document = message.document or {}
    file = phone.hq.telegram.world.files.find(document["file_id"])
    assert file is not None
    return document["file_name"], file.data, message.body


async def lived(hq: Headquarters, anna: Phone) -> None:
    """A post in Kazan, one in Omsk, and one that was missed."""

    async def live(uow: UnitOfWork) -> None:
        await posted(uow, "vk-kazan", anna.id, START)  # type: ignore[arg-type]  # the unit of work over a database
        await posted(uow, "vk-omsk", anna.id, START.replace(hour=4))  # type: ignore[arg-type]  # the same
        await uow.rollups.add("vk-kazan", "kazan", START.date(), {Measure.SLOTS: 1, Measure.MISSED: 1})

    await hq.run(live)
    await hq.advance(days=1)


@pytest.mark.slow  # a process of its own makes the file
async def test_a_manager_chooses_a_month_pack_and_it_comes_as_a_file(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await lived(hq, await hq.join("Анна", Role.VOLUNTEER, "kazan"))
    await maria.send("/export")
    assert "● Книга Excel" in maria.labels
    await maria.press("Итоги месяца")
    assert "Первый месяц: вт, 1 сентября – ср, 30 сентября" in maria.screen
    await maria.press("Период")
    await maria.press("Вся кампания")
    assert "Вся кампания: вт, 1 сентября – сб, 31 октября" in maria.screen
    await maria.press("Сделать файл")
    assert "Готовлю: Итоги месяца, Вся кампания" in maria.find("Готовлю").body
    name, data, caption = sent(maria)
    assert name == "Пробная-кампания-Вся-кампания-2026-09-08.pdf"
    assert data.startswith(b"%PDF-")
    assert "Где: вся кампания" in caption
    entries = await hq.read(rows_of(journal.select().where(journal.c.action.in_(["export", "export_made"]))))
    (made,) = await hq.read(rows_of(export.select()))
    assert [row.object for row in entries] == [f"export:{made.id}"] * 2


@pytest.mark.slow  # a process of its own makes the file
async def test_a_double_tap_makes_one_file(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/export")
    await maria.press("CSV")
    menu = maria.messages[-1]
    for _ in range(4):
        maria.user.press("Сделать файл", message=menu)
    await hq.settle()
    assert len([one for one in maria.messages if one.document]) == 1
    assert not [toast for toast in maria.toasts if "Уже готовятся" in toast]


@pytest.mark.slow  # takes seconds
async def test_a_coordinator_takes_one_table_of_their_own_region(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    await lived(hq, await hq.join("Анна", Role.VOLUNTEER, "kazan"))
    await olga.send("/export")
    assert "Где: Казань" in olga.screen
    assert not [label for label in olga.labels if label.startswith("Где")], "there is nothing to choose"
    await olga.press("CSV")
    await olga.press("Дробные числа: 1,5")
    assert "Дробные числа: 1.5" in olga.labels
    await olga.press("Таблица")
    await olga.press("Посты")
    await olga.press("Сделать файл")
    name, data, _ = sent(olga)
    assert name == "Пробная-кампания-Первый-месяц-Казань-Посты-2026-09-08.csv"
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {row[2] for row in rows[1:]} == {"Казань"}
    assert "Анна" in {row[9] for row in rows[1:]}
    assert str(olga.user.user_id) not in data.decode()


@pytest.mark.slow  # a process of its own makes the file
async def test_a_manager_takes_a_workbook_of_one_region_in_english(hq: Headquarters) -> None:
    maria = await hq.join("Maria", Role.MANAGER, language="en")
    await maria.send("/export")
    await maria.press("Place")
    await maria.press("Омск")
    assert "Place: Омск" in maria.screen
    await maria.press("Make the file")
    name, data, caption = sent(maria)
    assert name == "Пробная-кампания-Month-1-Омск-2026-09-07.xlsx"
    assert "It holds names of people: pass it on with care." in caption
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert "Norm by day" in book.read("xl/workbook.xml").decode()


async def test_a_volunteer_has_no_export(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/export")
    assert "На это у вас нет прав." in anna.screen
    assert [one for one in anna.messages if one.document] == []
