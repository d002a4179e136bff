"""The tour of `make demo` in a browser, walked by somebody who knows nothing but the README and what the page says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from playground import LocalTelegram
from tests.browser.conftest import ROOT, Demo
from tests.playground.browsing import browsing

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.async_api").expect

MOST_ACTIONS = 25
"""From the page's opening to a posted, proven assignment; one click, one typed text or one key each."""

SAID: dict[str, dict[str, Any]] = {
    "en": {
        "tour": "Tour",
        "next": "Next",
        "type": "Type it for me",
        "anna": "Anna",
        "vera": "Vera",
        "gleb": "Gleb",
        "submit": "Submit ›",
        "queue": "Open the queue",
        "approve": "✓ Approve",
        "time": "to the next post",
        "posted": "Posted ✓",
        "thanks": "Posted 10:30, thank you",
        "on time": "1 posted on time",
        "skip": "Skip the tour",
        "back at": "Tour, step 2",
        "step": "Step 2 of 8",
        "group": "Staff · Kazan",
        "topics": ["General", "On duty", "Ideas for posts"],
        "private": "I work in a private chat",
        "morning": "to tomorrow morning",
        "readme": "README.md",
    },
    "ru": {
        "tour": "Экскурсия",
        "next": "Дальше",
        "type": "Набрать за меня",
        "anna": "Анна",
        "vera": "Вера",
        "gleb": "Глеб",
        "submit": "Отправить на одобрение ›",
        "queue": "Открыть очередь",
        "approve": "✓ Одобрить",
        "time": "к следующему посту",
        "posted": "Опубликовано ✓",
        "thanks": "Опубликовано 10:30, спасибо",
        "on time": "вышло вовремя 1",
        "skip": "Пропустить экскурсию",
        "back at": "Экскурсия, шаг 2",
        "step": "Шаг 2 из 8",
        "group": "Штаб · Казань",
        "topics": ["Общая", "Дежурство", "Идеи для постов"],
        "private": "Я работаю в личном чате",
        "morning": "к завтрашнему утру",
        "readme": "README.ru.md",
    },
}
PAGE = "Наш край, Казань · ВК"


class Newcomer:
    """Does only what was written down for them, finds things as people do (by names and labels), and counts what they do."""

    def __init__(self, page: Any, language: str, pictures: Path) -> None:
        self.page = page
        self.said = SAID[language]
        self.actions = 0
        self.pictures = pictures / f"tour-{language}"
        self.pictures.mkdir(exist_ok=True)
        self._readme = (ROOT / self.said["readme"]).read_text("utf-8")

    @property
    def tour(self) -> Any:
        return self.page.get_by_role("region", name=self.said["tour"], exact=True)

    def phone(self, who: str) -> Any:
        return self.page.get_by_role("article", name=self.said[who])

    async def told(self, label: str) -> None:
        """It stands in the README of this language or in the present step."""
        assert label in self._readme or label in await self.tour.inner_text(), f"nobody told them of {label!r}"

    async def click(self, label: str, where: Any = None) -> None:
        """The newest button of that name."""
        await self.told(label)
        await (where or self.page).get_by_role("button", name=label).last.click()
        self.actions += 1

    async def key(self, name: str) -> None:
        await self.told(name)
        await self.page.keyboard.press(name)
        self.actions += 1

    async def send_suggestion(self) -> None:
        await self.click(self.said["type"], self.tour)
        await self.key("Enter")

    async def next(self) -> None:
        await self.click(self.said["next"], self.tour)

    async def picture(self, name: str) -> None:
        await self.page.screenshot(path=self.pictures / f"{name}.png")


def opened(demo: Demo, **context: Any) -> Any:
    locale = {"en": "en-US", "ru": "ru-RU"}[demo.language]
    return browsing(cast(LocalTelegram, SimpleNamespace(url=demo.url)), **{"locale": locale, **context})


async def walk(me: Newcomer) -> None:
    """The eight steps."""
    said, anna, vera, gleb = me.said, me.phone("anna"), me.phone("vera"), me.phone("gleb")
    await me.picture("1")
    await me.send_suggestion()
    await me.next()
    await me.click(PAGE, anna)
    await expect(anna.get_by_role("button", name=f"☑ {PAGE}")).to_be_visible()
    await me.picture("2")
    await me.next()
    await me.click(said["submit"], anna)
    await me.next()
    await me.click(said["queue"], vera)
    await me.next()
    await me.click(said["approve"], vera)
    await me.picture("5")
    await me.next()
    await me.click(said["time"])
    await expect(anna.get_by_role("button", name=said["posted"])).to_have_count(
        2
    )  # the card, and the reminder of its hour
    await me.picture("6")
    await me.next()
    await me.click(said["posted"], anna)
    await me.send_suggestion()
    await expect(anna.get_by_text(said["thanks"]).last).to_be_visible()
    await me.picture("7")
    proven_after = me.actions
    await me.next()
    await me.send_suggestion()
    await expect(gleb.get_by_text(said["on time"])).to_be_visible()
    await me.picture("8")
    assert proven_after <= MOST_ACTIONS


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_readme_alone_leads_to_a_posted_and_proven_assignment(
    request: pytest.FixtureRequest, pictures: Path, language: str
) -> None:
    """In both languages, by what is written on buttons; what came on the way carries its own time."""
    demo = request.getfixturevalue({"ru": "russian", "en": "english"}[language])
    async with opened(demo) as page:
        me = Newcomer(page, language, pictures)
        await walk(me)
        await expect(me.phone("vera").get_by_text("10:00", exact=True)).to_be_visible()


async def test_the_tour_is_left_taken_up_again_and_survives_a_reload_and_a_change_of_language(
    russian: Demo, pictures: Path
) -> None:
    """Nothing is lost on the way: the step, the phones, what was typed into the chats."""
    ru, en = SAID["ru"], SAID["en"]
    async with opened(russian) as page:
        me = Newcomer(page, "ru", pictures)
        await me.send_suggestion()
        written = me.phone("anna").get_by_role("button", name=PAGE).last
        await expect(written).to_be_visible()
        await me.next()
        await me.tour.get_by_role("button", name=ru["skip"]).click()
        await expect(me.tour).to_have_count(0)  # hidden from everybody
        await page.reload()
        await expect(written).to_be_visible()
        await page.get_by_role("button", name=ru["back at"]).click()
        await expect(me.tour).to_contain_text(ru["step"])
        await page.reload()
        await expect(me.tour).to_contain_text(ru["step"])
        await page.get_by_role("button", name="English").click()
        tour = page.get_by_role("region", name=en["tour"], exact=True)
        await expect(tour).to_contain_text(en["step"])
        await expect(tour).to_contain_text("The bot asks where to publish it")
        await expect(tour).to_contain_text(PAGE)  # buttons are named as the phones name them
        await expect(written).to_be_visible()
        await page.get_by_role("button", name="Русский").click()
        await expect(me.tour).to_contain_text(ru["step"])


async def test_on_a_narrow_page_the_clock_is_behind_more_and_gives_the_room_back(russian: Demo, pictures: Path) -> None:
    """A phone's width, in the dark."""
    async with opened(russian, viewport={"width": 360, "height": 740}, color_scheme="dark") as page:
        time = page.get_by_role("button", name="+15 мин")
        await expect(time).to_have_count(0)
        await page.get_by_role("button", name="Ещё", exact=True).click()
        await expect(page.get_by_role("button", name=SAID["ru"]["time"])).to_be_visible()
        await page.screenshot(path=pictures / "narrow-clock.png")
        await time.click()
        await expect(time).to_have_count(0)
        await page.screenshot(path=pictures / "narrow.png")


async def test_in_the_group_the_bot_keeps_quiet_and_a_command_gets_one_line(russian: Demo, pictures: Path) -> None:
    """A forum with topics; work stays in the private chat, and a press on the answer leads there."""
    ru = SAID["ru"]
    async with opened(russian) as page:
        await page.get_by_role("button", name=ru["group"]).click()
        group = page.get_by_role("article", name=ru["group"])
        for topic in ru["topics"]:
            await expect(group.get_by_role("tab", name=topic)).to_be_visible()
        await group.get_by_role("tab", name="Дежурство").click()
        await expect(group.get_by_text("Приняла!")).to_be_visible()
        writing = group.get_by_role("textbox", name="Сообщение")
        await writing.fill("Скамейки покрасили, всем спасибо!")
        await writing.press("Enter")
        await writing.fill("/status")
        await writing.press("Enter")
        await expect(group.get_by_text(ru["private"])).to_have_count(1)
        await expect(group.get_by_text("Где опубликовать?")).to_have_count(0)
        await page.screenshot(path=pictures / "group.png")


async def test_a_night_is_lived_through_and_not_jumped_over(russian: Demo, pictures: Path) -> None:
    """What falls due between now and tomorrow morning comes at its own hours."""
    async with opened(russian) as page:
        me = Newcomer(page, "ru", pictures)
        await me.click(SAID["ru"]["morning"])
        await expect(page.get_by_role("button", name="Перейти к моменту")).to_contain_text("08:05", timeout=120_000)
        await me.picture("morning")
        await expect(
            me.phone("vera").get_by_text("19:00", exact=True)
        ).to_be_visible()  # tomorrow's empty places, of all zones
        await expect(me.phone("gleb").get_by_text("20:30", exact=True)).to_be_visible()  # what was not published
