"""/journal: who did what and when, in plain words, within one's rights; its head; the evidence about a post as one file."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from domain.exports import ExportFormat
from domain.people import Role
from domain.privacy import NOBODY
from domain.record import Kind
from handlers.screens.exports import ExportButton
from handlers.screens.journal_button import JournalButton
from handlers.screens.status import PeriodButton, StatusButton
from storage.tables import export, journal, person, slot
from storage.uow import SqlUnitOfWork
from tests.harness import Headquarters, Phone
from tests.rows import rows_of
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_assignments import MORNING, posted
from tests.scenarios.test_exports import sent

TEXT = "Открыли площадку & <b>двор</b> «Лес»"


async def tap(phone: Phone, data: CallbackData) -> None:
    """A button of an older message, or one made by hand."""
    message = phone.messages[-1]
    await phone.act(lambda user: user.press_raw(message, data.pack()))


async def lived(hq: Headquarters) -> tuple[Phone, Phone, int]:
    """A text that Anna wrote, Boris approved and Anna published; their phones and the post's number."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna, TEXT)
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await hq.advance(minutes=2)
    await hq.move_to(MORNING - timedelta(minutes=5))
    await posted(anna)
    await hq.run(lambda uow: uow.journal.seal())
    (row,) = await hq.read(rows_of(select(slot.c.id).where(slot.c.posted_at.is_not(None))))
    return anna, boris, row.id


@pytest.mark.slow  # a process of its own makes the file
async def test_from_the_status_to_a_posts_journal_and_its_evidence(hq: Headquarters) -> None:
    _, boris, number = await lived(hq)
    await boris.send("/status")
    await tap(boris, PeriodButton(verb="post", n=number))
    await boris.press("Журнал")
    assert f"Журнал: пост {number} · VK Казань" in boris.screen
    assert "10:25 · Анна: публикация подтверждена" in boris.screen
    assert "08:00 · Борис: версия 1 одобрена" in boris.screen
    assert "08:00 · Анна: версия 1 отправлена на согласование" in boris.screen
    assert "Бот: " not in boris.screen, "what the program does by itself needs no name"
    await boris.press("Материалы о посте")
    assert "Собираю всё, что известно о посте" in boris.find("Собираю").body
    name, data, caption = sent(boris)
    assert name.startswith("Материалы-Пробная-кампания-VK-Казань-2026-09-07")
    assert f"Материалы о посте {number}" in caption
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        files = {one: bundle.read(one) for one in bundle.namelist()}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, _, member = line.partition("  ")
        assert hashlib.sha256(files.pop(member)).hexdigest() == digest
    assert set(files) == {"SHA256SUMS"}, "nothing lies in it that its sums do not cover"


@pytest.mark.slow  # a process of its own makes the file
async def test_the_bundle_tells_the_story_and_its_seals_can_be_computed_anew(hq: Headquarters) -> None:
    _, boris, number = await lived(hq)
    await tap(boris, JournalButton(verb="bundle", kind=Kind.POST, key=str(number)))
    _, data, _ = sent(boris)
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        page = bundle.read("index.html").decode()
        told = json.loads(bundle.read("journal.json"))
        post = json.loads(bundle.read("post.json"))
        assert bundle.read("versions/1.txt").decode() == TEXT
    assert "Открыли площадку &amp; &lt;b&gt;двор&lt;/b&gt; «Лес»" in page
    assert "Борис: версия 1 одобрена" in page
    assert "https://vk.com/wall-123_77" in page
    assert "сохранённый текст ему соответствует" in page
    assert [one["matches_digest"] for one in post["stored"]["versions"]] == [True]
    assert set(post["people"].values()) == {"Анна", "Борис"}
    sealed = [one for one in told["entries"] if one["seal"]]
    assert {"draft_submit", "draft_decide", "assignment.posted"} <= {one["sealed"][4] for one in sealed}
    for one in sealed:
        assert hashlib.sha256(json.dumps(one["sealed"]).encode()).hexdigest() == one["seal"]
    for one in told["entries"]:
        if one["details"] is not None:
            details = one["salt"] + json.dumps(one["details"], sort_keys=True, ensure_ascii=False)
            assert hashlib.sha256(details.encode()).hexdigest() == one["digest"] == one["sealed"][7]


@pytest.mark.slow  # takes seconds
async def test_it_is_journalled_who_took_the_evidence(hq: Headquarters) -> None:
    _, boris, number = await lived(hq)
    await tap(boris, JournalButton(verb="bundle", kind=Kind.POST, key=str(number)))
    await tap(boris, JournalButton(verb="see", kind=Kind.POST, key=str(number)))
    assert "Борис: собраны материалы о посте" in boris.screen


async def test_a_coordinator_reads_but_takes_no_evidence_and_another_region_reads_nothing(hq: Headquarters) -> None:
    anna, _, number = await lived(hq)
    olga = await hq.join("Ольга", Role.COORDINATOR, "kazan")
    await olga.send("/status")
    await tap(olga, JournalButton(verb="see", kind=Kind.POST, key=str(number)))
    assert "Анна: публикация подтверждена" in olga.screen
    assert not [label for label in olga.labels if "Материалы" in label]
    before = await hq.read(rows_of(select(journal.c.seq)))
    await tap(olga, JournalButton(verb="bundle", kind=Kind.POST, key=str(number)))
    igor = await hq.join("Игорь", Role.PRESS_SECRETARY, "omsk")
    await igor.send("/status")
    for kind, key in (
        (Kind.POST, str(number)),
        (Kind.PAGE, "vk-kazan"),
        (Kind.PERSON, str(anna.id)),
        (Kind.DRAFT, "1"),
    ):
        await tap(igor, JournalButton(verb="see", kind=kind, key=key))
    await tap(igor, JournalButton(verb="bundle", kind=Kind.POST, key=str(number)))
    assert len(igor.toasts) == 5
    assert "Журнал" not in igor.said
    assert await hq.read(rows_of(select(journal.c.seq))) == before


async def test_a_volunteer_reads_about_themselves_and_their_drafts_and_nobody_else(hq: Headquarters) -> None:
    anna, boris, number = await lived(hq)
    await anna.send("/journal")
    assert "Журнал: что вы делали и что касалось вас" in anna.screen
    assert "Борис: версия 1 одобрена · черновик 1" in anna.screen
    assert "публикация подтверждена · VK Казань, 10:30" in anna.screen
    await tap(anna, JournalButton(verb="see", kind=Kind.DRAFT, key="1"))
    assert "Журнал: черновик 1" in anna.screen
    for kind, key in ((Kind.POST, str(number)), (Kind.PAGE, "vk-kazan"), (Kind.PERSON, str(boris.id))):
        await tap(anna, JournalButton(verb="see", kind=kind, key=key))
    assert len(anna.toasts) == 3
    assert "Журнал: черновик 1" in anna.screen


async def test_a_page_and_a_person_lead_to_their_journals(hq: Headquarters) -> None:
    _, boris, _ = await lived(hq)
    await boris.send("/status")
    await tap(boris, StatusButton(verb="page", key="vk-kazan"))
    await boris.press("Журнал")
    assert "Журнал: VK Казань" in boris.screen
    assert "Анна: публикация подтверждена · VK Казань, 10:30" in boris.screen
    await boris.send("/team")
    await boris.press("Люди")
    await boris.press("Анна")
    await boris.press("Журнал")
    assert "Журнал: Анна" in boris.screen
    assert "Анна: написана версия 1 · черновик 1" in boris.screen
    await boris.press("Назад")
    assert "Анна" in boris.screen
    assert "Моя заметка" in boris.labels


@pytest.mark.slow  # takes seconds
async def test_somebody_erased_stands_in_it_without_a_name(hq: Headquarters) -> None:
    anna, boris, number = await lived(hq)

    async def erase(uow: SqlUnitOfWork) -> None:
        await uow.session.execute(update(person).where(person.c.id == anna.id).values(name=NOBODY))

    await hq.run(erase)
    await boris.send("/status")
    await tap(boris, JournalButton(verb="see", kind=Kind.POST, key=str(number)))
    assert "кто-то (данные удалены): публикация подтверждена" in boris.screen
    assert "Анна" not in boris.screen
    await boris.press("Материалы о посте")
    _, data, _ = sent(boris)
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        assert "кто-то (данные удалены)" in bundle.read("index.html").decode()
        assert not [one for one in bundle.namelist() if "Анна".encode() in bundle.read(one)]


async def test_many_entries_come_in_pages_of_ten(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")

    async def much(uow: SqlUnitOfWork) -> None:
        for n in range(23):
            await uow.journal.add(at=hq.now, actor=0, action="norm.set", object_="page:vk-kazan", payload={"n": n})

    await hq.run(much)
    await boris.send("/status")
    await tap(boris, JournalButton(verb="see", kind=Kind.PAGE, key="vk-kazan"))
    assert "23 записи, новые сверху" in boris.screen
    assert "1 / 3" in boris.labels
    assert boris.screen.count("Бот: задана норма страницы · VK Казань ×10") == 1, "the same, over and over, is one line"
    await boris.press("‹")
    assert boris.screen.count("Бот: задана норма страницы · VK Казань ×3") == 1
    await tap(boris, JournalButton(verb="see", kind=Kind.PAGE, key="vk-kazan", n=2000))
    assert "3 / 3" in boris.labels


async def test_the_head_is_for_those_who_lead_and_comes_with_an_owners_daily_summary(hq: Headquarters) -> None:
    _, boris, _ = await lived(hq)
    owner = await hq.join("Глава", Role.OWNER)
    manager = await hq.join("Мария", Role.MANAGER)
    await owner.send("/journal head")
    end = await hq.read(lambda uow: uow.journal.head())
    shown = " ".join(end.seal[at : at + 8] for at in range(0, 32, 8))
    assert f"Журнал: {end.place} запис" in owner.screen
    assert shown in owner.screen
    await boris.send("/journal head")
    assert shown not in boris.said
    for phone in (owner, manager):
        await phone.send("/status")
        await tap(phone, StatusButton(verb="set", key="0900"))
    seen = len(owner.messages), len(manager.messages)
    await hq.advance(days=1)
    fresh = "\n".join(message.body for message in owner.messages[seen[0] :])
    assert "отметка" in fresh
    assert "отметка" not in "\n".join(message.body for message in manager.messages[seen[1] :])


async def test_buttons_made_by_hand_do_nothing(hq: Headquarters) -> None:
    _, boris, _ = await lived(hq)
    await boris.send("/journal")
    for kind, key in (
        ("x", "1"),
        (Kind.POST, "9" * 30),
        (Kind.POST, "-1"),
        (Kind.DRAFT, ""),
        (Kind.PERSON, "77"),
        (Kind.PAGE, "no"),
    ):
        await tap(boris, JournalButton(verb="see", kind=kind, key=key))
    await tap(boris, JournalButton(verb="bundle", kind=Kind.POST, key="٣"))
    await tap(boris, ExportButton(verb="make", fmt=ExportFormat.EVIDENCE, span="m1"))
    assert len(boris.toasts) == 8
    assert await hq.read(rows_of(export.select())) == []
    assert "что вы делали" in boris.screen
