"""Which posts did best, and the hours that a norm takes over by a tap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bot.usecases import plan_rules
from domain.drafts import DraftState
from domain.norms import Norm, Window
from domain.people import Role
from domain.plan import SlotState
from domain.spot_checks import ProofEnd
from domain.usecases import best_posts
from domain.usecases.proofs import reopen
from storage.tables import journal, journal_payload
from tests.drafting import approve
from tests.harness import Headquarters
from tests.reporting import posted
from tests.rows import rows_of
from tests.storage.test_best_posts import figures

SIX = datetime(2026, 9, 1, 6, tzinfo=UTC)
"""Tuesday, 09:00 in Moscow, six days before the story begins."""
DAY = timedelta(days=1)


async def published(
    hq: Headquarters, person: int, page: str, views: Sequence[int], first: datetime = SIX, every: timedelta = DAY
) -> list[int]:
    """Posts with their views a day later; compared. Returns their slots."""

    async def write(uow: Any) -> list[int]:
        made = []
        for n, value in enumerate(views):
            at = first + n * every
            made.append(await posted(uow, page, person, at))
            await figures(uow, made[-1], page, person, at + DAY, views=value)
        await best_posts.touch(uow, page, hq.now)
        return made

    made: list[int] = await hq.run(write)
    await hq.advance(minutes=2)
    return made


async def test_a_press_secretary_sees_which_posts_did_best_why_and_lets_the_best_come_back(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    slots = await published(hq, anna.id, "vk-kazan", (4000, 4400, 4500, 12_400))
    await published(hq, anna.id, "vk-omsk", (9000, 9000, 9000, 9000, 99_000), SIX + timedelta(hours=1))

    async def with_text(uow: Any) -> None:
        number = await approve(uow, anna.id, boris.id, "Открыли спортивную площадку", "vk-kazan", now=SIX)
        slot = await uow.plan.get_slot(slots[3])
        assert await uow.drafts.settle(number, 1, DraftState.APPROVED, SIX)
        await uow.plan.save_slot(replace(slot, draft_id=number, draft_version=1, state=SlotState.POSTED))

    await hq.run(with_text)
    await boris.send("/best")
    assert "Сравнить можно только 0 постов" in boris.screen, "four posts have no usual"
    # The fifth post's figures are typed in chat; a minute later all are compared.
    at = hq.now - DAY
    await hq.run(posted, "vk-kazan", anna.id, at)
    await anna.send("/report")
    await anna.press("VK Казань")
    await anna.send("4200 просмотров")
    await hq.advance(minutes=2)
    await boris.send("/best")
    screen = boris.screen.replace("\u00a0", " ")
    assert "Вышло: 5, с такими цифрами: 5, сравнили: 5" in screen
    assert "1. 2,8× · Открыли спортивную площадку" in screen
    assert "12 400, обычно 4 400 (n=5) · Анна" in screen
    assert "Пока сравнили меньше 10 постов, особых не выделяем" in screen
    assert "Омск" not in screen, "his region alone"
    await boris.press("1")
    screen = boris.screen.replace("\u00a0", " ")
    assert "2,8× к обычному: просмотры через сутки — 12 400, обычно 4 400 (медиана по 5 постам)" in screen
    await boris.press("Использовать ещё раз")
    assert "Выходит на каждой странице один раз" in boris.screen
    await anna.send("/best")
    assert "мои страницы" in anna.screen
    assert "VK Омск" in anna.screen, "she has published there too"


async def test_somebody_without_pages_is_told_that_nothing_is_known_and_posts_without_figures_are_named(
    hq: Headquarters,
) -> None:
    ivan = await hq.join("Ivan", Role.VOLUNTEER, "omsk", language="en")
    vera = await hq.join("Vera", Role.COORDINATOR, "kazan", language="en")
    await ivan.send("/best")
    assert "No post has figures after a day: nothing can be said." in ivan.screen
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await published(hq, anna.id, "vk-kazan", (100, 120, 90, 110, 100))
    await hq.run(posted, "ok-kazan", anna.id, SIX + timedelta(hours=1))
    await vera.send("/best")
    assert "Published: 6, with these figures: 5, compared: 5." in vera.screen
    await vera.press("Without figures")
    assert "ОК Казань, Tue 1 Sept" in vera.screen
    assert "VK Казань" not in vera.screen
    await vera.press("‹ Best posts")
    await vera.press("By reactions")
    assert "No post has figures after a day" in vera.screen
    await vera.press("Rubrics")
    assert "nothing can be said" in vera.screen


async def test_hours_that_worked_enter_the_norm_by_a_tap_and_the_journal_keeps_their_number(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
    half, evening = timedelta(minutes=30), SIX + timedelta(hours=9)
    for n in range(3):
        await published(hq, anna.id, "vk-kazan", (95, 100, 105) * 2, SIX + n * DAY, half)
    await vera.send("/norm VK-Kazan")
    assert not any("Use what worked" in label for label in vera.labels)
    for n in range(3):
        await published(hq, anna.id, "vk-kazan", (195, 200, 210) * 2, evening + n * DAY, half)
    await vera.send("/best")
    await vera.press("Whole time")
    await vera.press("Peak hours")
    assert "9–12: 0.7×, mostly 0.6×–0.7× (n=18)" in vera.screen
    assert "▲ 18–21: 1.3×" in vera.screen
    await vera.send("/norm")
    await vera.press("VK Казань")
    assert "surely did better (this page, 18 posts of these hours)" in vera.screen
    await vera.press("Use what worked: 18–21 (n=18)")
    assert "the new norm" in vera.screen
    assert (await norm_of(hq)).peaks == (), "nothing holds before it is saved"
    await vera.press("Save")
    assert (await norm_of(hq)).peaks == (Window(time(18), time(21)),)
    rows = await hq.read(
        rows_of(
            select(journal_payload.c.payload)
            .join(journal, journal.c.seq == journal_payload.c.seq)
            .where(journal.c.action == "norm.peaks")
        )
    )
    assert [row.payload for row in rows] == [{"peaks": ["18:00-21:00"], "n": 18, "of": "page", "pages": 1}]
    await vera.send("/norm")
    await vera.press("VK Казань")
    assert not any("Use what worked" in label for label in vera.labels), "they are preferred already"


async def norm_of(hq: Headquarters) -> Norm:
    found = await hq.read(lambda uow: uow.norms.own(["vk-kazan"]))
    norm: Norm = found["vk-kazan"].norm
    return norm


async def test_a_post_whose_proof_is_taken_back_leaves_the_comparison_at_once(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    slots = await published(hq, anna.id, "vk-kazan", (4000, 4400, 4500, 5000, 12_400))
    await boris.send("/best")
    assert "сравнили: 5" in boris.screen
    there = await hq.read(lambda uow: uow.plan.assignments_of(slots[-1]))

    async def not_right(uow: Any) -> None:
        await reopen(uow, await uow.plan.view(there[0].id), ProofEnd.NOT_RIGHT, hq.now, plan_rules(hq.app.settings))

    await hq.run(not_right)
    await hq.advance(minutes=2)
    await boris.send("/best")
    assert "Вышло: 4, с такими цифрами: 4" in boris.screen
