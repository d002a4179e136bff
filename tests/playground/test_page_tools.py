"""Around the phones: who is shown, the clock, faults and requests, the tour, languages, a narrow page, safety."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputPollOption

from playground import LocalTelegram, TourStep, User
from tests.playground.browsing import PATIENCE, box, browsing, phone, png, sent

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.async_api").expect

PAGE = Path(__file__).parents[2] / "playground" / "page"
EVIL = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
WIDTHS = "[document.documentElement.scrollWidth, document.body.scrollWidth].every(width => width <= innerWidth)"
BEYOND = """() => [...document.querySelectorAll(".phone *")].filter((node) => {
  const place = node.getBoundingClientRect(), phone = node.closest(".phone").getBoundingClientRect();
  const scrolls = node.parentElement.closest(".tabs, .code pre");
  return !scrolls && place.width > 0 && (place.right > phone.right + 1 || place.left < phone.left - 1);
}).map((node) => node.className)"""


def pressable(label: str, data: str) -> InlineKeyboardMarkup:
    """A keyboard of one key."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)]])


async def test_phones_are_taken_out_and_remembered(tg: LocalTelegram, anna: User) -> None:
    """The address keeps who is shown, through a reload; somebody new gets a phone at once."""
    tg.world.add_user(1002, "Boris", started=True)
    async with browsing(tg, "/#phones=1002") as page:
        await expect(page.locator(".phone")).to_have_count(1)
        await page.locator("#cast").get_by_role("button", name="Анна").first.click()
        await expect(phone(page, 1001)).to_be_visible()
        await phone(page, 1002).get_by_role("button", name="Put the phone away").click()
        await page.get_by_placeholder("Name of a new person").fill("Vera")
        await page.keyboard.press("Enter")
        await expect(phone(page, 1003)).to_contain_text("has not pressed START")
        await page.reload()
        await expect(page.locator(".phone")).to_have_count(2)
        assert page.url.endswith("#phones=1001,1003")
        await phone(page, 1001).locator(".who").click()
        await page.get_by_role("menuitem", name="Block the bot").click()
        await phone(page, 1001).get_by_role("button", name="Unblock and restart").click()
        await sent(tg.world, "/start")
        await phone(page, 1001).locator(".who").click()
        await page.get_by_role("menuitem", name="Switch to English").click()
        await tg.world.until(lambda: anna.language_code == "en", PATIENCE)

    assert not anna.blocked


async def test_the_clock_runs_sixtyfold_and_stops(tg: LocalTelegram, anna: User) -> None:
    """What the bar shows goes on with the world's clock; a pause holds both."""
    clock = tg.world.clock
    tg.hooks.zone = "Europe/Moscow"
    async with browsing(tg) as page:
        now = page.locator("#now")
        await expect(now).to_contain_text("12:00")
        await page.get_by_role("button", name="×60", exact=True).click()
        await expect(page.get_by_role("button", name="×60", exact=True)).to_have_attribute("aria-pressed", "true")
        assert clock.speed == 60
        await expect(now).to_contain_text(re.compile("12:0[1-9]"))
        await page.get_by_role("button", name="Pause").click()
        await tg.world.until(lambda: not clock.running, PATIENCE)
        await page.get_by_role("button", name="Go to a moment").click()
        await page.get_by_label("Go to a moment").locator("input").fill("2026-12-01T10:30")
        await page.keyboard.press("Enter")
        await expect(now).to_contain_text("10:30")

    assert clock.now() == datetime.fromisoformat("2026-12-01T10:30:00+03:00")


async def test_the_clock_may_tell_before_the_page_knows_anything(tg: LocalTelegram, anna: User) -> None:
    """News of the time that overtake the first answer about the world break nothing."""
    told = asyncio.Event()

    async def hold(route: Any) -> None:
        tg.world.clock.advance(timedelta(minutes=5))
        await asyncio.wait_for(told.wait(), PATIENCE)
        await route.continue_()

    async with browsing(tg, "/#phones=1001") as page:
        await page.expose_function("told", told.set)
        await page.add_init_script(
            "const Real = EventSource; window.EventSource = class extends Real {"
            " set onmessage(act) { super.onmessage = (event) => { setTimeout(told); act(event); }; } };"
        )
        await page.route("**/_admin/state", hold)
        await page.reload()
        await expect(phone(page, 1001)).to_be_visible()
        assert told.is_set()


async def test_a_moment_is_waited_for(tg: LocalTelegram, anna: User) -> None:
    """While one is under way nothing else moves the clock, and a spinner says so."""
    go, start = asyncio.Event(), tg.world.clock.now()

    async def due() -> datetime:
        await go.wait()
        return start + timedelta(hours=2)

    tg.moments["due"] = due
    tg.hooks.moment_labels["due"] = {"en": "to the next due moment", "ru": "к ближайшему делу"}
    async with browsing(tg) as page:
        moment = page.get_by_role("button", name="to the next due moment")
        await moment.click()
        await expect(moment).to_be_disabled()
        await expect(page.get_by_role("button", name="+15 min")).to_be_disabled()
        await expect(page.locator("#spinner")).to_be_visible()
        go.set()
        await expect(page.locator("#spinner")).to_be_hidden()
        await page.get_by_role("button", name="+15 min").click()
        await tg.world.until(lambda: tg.world.clock.now() > start + timedelta(hours=2), PATIENCE)

    assert tg.world.clock.now() == start + timedelta(hours=2, minutes=15)


async def test_a_fault_is_made_seen_and_removed(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The drawer adds it, the bot meets it, the requests show it in red with its parameters; malformed ones are counted."""
    async with browsing(tg) as page:
        await page.get_by_role("button", name="Faults and requests").click()
        drawer = page.locator("#drawer")
        await drawer.get_by_label("What goes wrong").select_option("403")
        await drawer.get_by_label("Method").fill("sendMessage")
        await drawer.get_by_role("button", name="Add").click()
        await expect(drawer).to_contain_text("struck 0 of 0")
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(1001, "hello there")
        await drawer.get_by_role("tab", name="Requests").click()
        await drawer.get_by_label("errors only").check()
        row = drawer.locator(".request.bad")
        await expect(row).to_contain_text("403")
        await row.click()
        await expect(drawer.locator(".detail")).to_contain_text("hello there")
        await drawer.get_by_role("tab", name="Faults").click()
        await expect(drawer).to_contain_text("struck 1 of 1")
        await drawer.get_by_role("button", name="Remove", exact=True).click()
        await expect(drawer).to_contain_text("Nothing goes wrong")
        await drawer.get_by_label("What goes wrong").select_option("random")
        await drawer.get_by_role("button", name="Add").click()
        await expect(drawer).to_contain_text("By chance")
        tg.world.sees_violation("sendMessage", {}, "unknown parameter")
        await expect(page.locator("#trouble")).to_contain_text("1 request of the bot")
        await page.get_by_role("button", name="Show", exact=True).click()
        await expect(drawer).to_contain_text("unknown parameter")
        await page.keyboard.press("Escape")
        await expect(drawer).to_be_hidden()


async def test_the_tour_points_waits_and_can_be_skipped(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """It opens by itself, writes for those who wish, marks the button, survives a reload, and does not insist."""
    boris = tg.world.add_user(1002, "Boris", started=True)
    tg.hooks.tour += [
        TourStep({"en": "Write", "ru": "Напишите"}, anna.user_id, "a text"),
        TourStep({"en": "Press", "ru": "Нажмите"}, boris.user_id, button="^ok:"),
    ]
    async with browsing(tg, "/#phones=1001") as page:
        tour = page.get_by_role("region", name="Tour")
        await expect(tour).to_contain_text("Step 1 of 2")
        await tour.get_by_role("button", name="Type it for me").click()
        await page.keyboard.press("Enter")
        await sent(tg.world, "a text")
        await tour.get_by_role("button", name="Next").click()
        await expect(phone(page, 1002)).to_have_class(re.compile("pointed"))
        await bot.send_message(1002, "Decide", reply_markup=pressable("Approve", "ok:1"))
        await expect(phone(page, 1002).locator(".key.pointed")).to_have_text("Approve")
        await page.reload()
        await expect(tour).to_contain_text("Step 2 of 2")
        await tour.get_by_role("button", name="Skip the tour").click()
        await expect(tour).to_be_hidden()
        await expect(phone(page, 1002).locator(".key.pointed")).to_have_count(0)
        await page.reload()
        await page.wait_for_selector(".phone")
        await expect(tour).to_be_hidden()
        await page.get_by_role("button", name="Tour, step 2").click()
        await expect(tour).to_contain_text("Press")


async def test_both_languages_are_complete(tg: LocalTelegram, anna: User) -> None:
    """The same words with the same holes in both, every word the page asks for exists, and the switch changes all at once."""
    asked = (
        "import('/_admin/page/words-en.js').then(({EN}) => import('/_admin/page/words-ru.js').then(({RU}) => [EN, RU]))"
    )
    async with browsing(tg) as page:
        english, russian = await page.evaluate(asked)
        await expect(box(phone(page, 1001))).to_be_visible()
        await page.get_by_role("button", name="Русский").click()
        await expect(phone(page, 1001).get_by_role("textbox", name="Сообщение")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "ru")
        await page.reload()
        await expect(page.locator("#banner")).to_contain_text("Это не Telegram")

    assert {name: _holes(text) for name, text in english.items()} == {
        name: _holes(text) for name, text in russian.items()
    }
    source = "".join(path.read_text("utf-8") for path in PAGE.iterdir() if not path.name.startswith("words-"))
    named = re.findall(r"""(?:word\(|iconButton\("\w+", |data-(?:word|title|label|placeholder)=)"(\w+)\"""", source)
    assert len(named) > 80
    assert set(named) - set(english) == set()


def _holes(text: str | dict[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text if isinstance(text, str) else text["other"]))


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
async def test_nothing_overflows_on_a_real_phone(tg: LocalTelegram, bot: Bot, anna: User, locale: str) -> None:
    """At 360 pixels one phone at a time is in view; long words, wide pictures, keyboards and polls stay inside it."""
    tg.world.add_user(1002, "Boris", started=True)
    forum = tg.world.add_group(-100, "A group with quite a long name", members=[anna], forum=True)
    keys = [
        [InlineKeyboardButton(text=text, callback_data=text) for text in ("Достопримечательности", "На доработку", "›")]
    ]
    await bot.send_message(1001, "x" * 400, reply_markup=InlineKeyboardMarkup(inline_keyboard=keys * 3))
    await bot.send_photo(1001, BufferedInputFile(png(900, 60), "p.png"), caption="wide")
    await bot.send_poll(1001, "When?", [InputPollOption(text="y" * 100), InputPollOption(text="Later")])
    tg.hooks.tour.append(TourStep({"en": "Write a text. " * 9, "ru": "Напишите текст. " * 9}, 1001, "a text"))
    size = {"width": 360, "height": 740}
    async with browsing(tg, "/#phones=1001,1002", viewport=size, locale=locale, has_touch=True, is_mobile=True) as page:
        await expect(phone(page, 1001).locator(".poll")).to_be_visible()
        await expect(phone(page, 1001)).to_be_in_viewport(ratio=0.9)
        await expect(phone(page, 1002)).not_to_be_in_viewport()
        assert await page.evaluate(WIDTHS)
        assert await page.evaluate(BEYOND) == []
        await page.locator("#cast").get_by_role("button", name="Boris").first.tap()
        await expect(phone(page, 1002)).to_be_in_viewport(ratio=0.9)
        await expect(phone(page, 1001)).not_to_be_in_viewport()
        await page.locator("#bar-more").tap()
        await page.locator("#tools-open").tap()
        await expect(page.locator("#drawer")).to_be_visible()
        assert await page.evaluate(WIDTHS)

    assert forum.forum


async def test_what_people_write_never_becomes_markup(tg: LocalTelegram, bot: Bot) -> None:
    """Names, texts, captions, file names, titles, buttons, alerts, the embedder's words: all of it is only text."""
    evil = tg.world.add_user(1001, EVIL[:64], started=True)
    group = tg.world.add_group(-100, EVIL[:40], members=[evil], forum=True)
    tg.hooks.captions[1001] = tg.hooks.banner = EVIL
    await bot.create_forum_topic(-100, EVIL[:40])
    evil.send(EVIL, chat=group)
    evil.send_document(b"x", f"{EVIL[:40]}.html", EVIL)
    evil.forward_from(EVIL, EVIL)
    await bot.send_message(1001, EVIL, reply_markup=pressable(EVIL[:40], "ok"))
    async with browsing(tg, "/#phones=1001,-100@1001") as page:
        await phone(page, 1001).locator(".key").click()
        await tg.world.until(lambda: bool(tg.world.unanswered()), PATIENCE)
        await bot.answer_callback_query(tg.world.unanswered()[0].query_id, EVIL, show_alert=True)
        await expect(page.get_by_role("alertdialog")).to_contain_text("<script>")
        await page.get_by_role("button", name="Faults and requests").click()
        await page.get_by_role("tab", name="Requests").click()
        await expect(page.locator(".request").first).to_be_visible()
        await expect(page.locator("body")).to_contain_text("<img src=x")
        assert await page.locator("img, body script").count() == 0
        assert await page.title() == "Playground"


async def test_the_policy_forbids_what_is_not_from_here(tg: LocalTelegram, anna: User) -> None:
    """No inline script, no script of another place, no frames, no forms that leave."""
    async with browsing(tg, expected="Content Security Policy") as page:
        blocked: Any = await page.evaluate(
            """() => new Promise((done) => {
              document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), {once: true});
              const frame = document.createElement("iframe");
              frame.src = "https://example.org/";
              document.body.append(frame);
            })"""
        )
        policy = await page.evaluate("fetch('/').then((answer) => answer.headers.get('content-security-policy'))")

    assert blocked == "frame-src"
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
