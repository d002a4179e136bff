"""Campaign tags: an approver is told, whoever posts it gets the tagged link, the approved text stays as it is."""

from pathlib import Path

from domain.people import Role
from tests.drafting import approve
from tests.harness import headquarters
from tests.scenarios.test_assignments import LINK, posted, states

TEXT = "Программа: https://kandidat.example.org/program. Группа: https://vk.com/kazan_hq"
TAGGED = (
    "https://kandidat.example.org/program?utm_source=vk&utm_medium=social&utm_campaign=autumn&utm_content=vk-kazan."
)
TAGS = {"domains": ["example.org"], "campaign": "autumn"}


async def test_the_approver_is_told_and_the_poster_gets_tagged_links(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path, tags=TAGS) as hq:
        anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
        vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
        await anna.send(TEXT)
        await anna.press("VK Казань")
        await anna.press("Отправить")
        await vera.press("Открыть очередь")
        assert "🏷 К ссылкам на kandidat.example.org при выдаче текста добавятся метки" in vera.screen
        assert "utm_" not in vera.said
        await vera.press("Одобрить")
        await hq.advance(minutes=2)
        card = anna.find("utm_source")
        assert card.body == f"Программа: {TAGGED} Группа: https://vk.com/kazan_hq\n\nШтаб кандидата"
        draft = await hq.read(lambda uow: uow.drafts.get(1))
        assert draft.text == TEXT
        await posted(anna, LINK)
        assert hq.troubles() == []


async def test_once_they_are_switched_off_links_are_handed_out_as_approved(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path, tags=TAGS):
        pass
    async with headquarters(sqlite_url, tmp_path) as hq:
        anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
        press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
        await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
        assert anna.find("Программа").body.startswith(TEXT)
        assert len(await states(hq)) == 1
        assert hq.troubles() == []
