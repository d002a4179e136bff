"""The imprint line (H3): no text goes out without the line of its day, and a changed line is approved anew in one tap."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.drafts import DraftState
from domain.imprints import BoundLine, ImprintRule, Pack, as_planned
from domain.pages import BY_RULES
from domain.people import Role
from domain.plan import SlotState
from domain.plan_load import CampaignPlan
from domain.ports import UnitOfWork
from domain.usecases import plan_load
from tests.harness import Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of

PACK = Pack("ru-2026", "Н. Н. Юристова", "юрист", "Договорённость штаба", date(2026, 9, 1))
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 9)  # today is Monday the 7th
OLD = ImprintRule("ru-1", "Штаб кандидата, правило первое", FIRST, LAST)
NEW = ImprintRule("ru-2", "Штаб кандидата, правило второе", FIRST)
NEXT = replace(NEW, valid_from=date(2026, 9, 8))
BY_PACK = ("vk-kazan", "ok-kazan")


async def stored(uow: UnitOfWork) -> CampaignPlan:
    """The campaign as it is, without rules."""
    return CampaignPlan(
        campaign=await uow.campaign.find_campaign(),
        regions=await uow.campaign.regions(),
        pages={code: as_planned(page) for code, page in (await uow.campaign.pages()).items()},
        norms=await uow.campaign.norms(),
        targets={target.code: target for target in await uow.campaign.targets()},
        silences={},
    )


async def load(hq: Headquarters, *rules: ImprintRule, pages: tuple[str, ...] = BY_PACK) -> None:
    """Load the plan with these rules; `pages` get their line from them."""

    async def plan(uow: UnitOfWork) -> CampaignPlan:
        now = await stored(uow)
        follow = {code: replace(now.pages[code], imprint="", imprint_rule=BY_RULES) for code in pages}
        known = {**now.pages, **follow}
        return replace(now, pages=known, packs={PACK.name: PACK}, imprints={rule.id: rule for rule in rules})

    await hq.run(plan_load.apply, None, await hq.read(plan), now=hq.now)


async def approved(hq: Headquarters, author: Phone, press: Phone, text: str, page: str = "VK Казань") -> None:
    await submitted(hq, author, text, page)
    await press.act(lambda user: user.send("/queue"))
    await press.press("Одобрить")
    await hq.advance(minutes=2)  # nothing can be undone any more


async def team(hq: Headquarters) -> tuple[Phone, Phone]:
    return await hq.join("Анна", Role.VOLUNTEER, "kazan"), await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")


async def slot_texts(hq: Headquarters, page: str, day: date) -> list[tuple[SlotState, int | None]]:
    views = await hq.read(lambda uow: uow.plan.slots_of_day(day, [page]))
    return [(view.slot.state, view.slot.draft_version) for view in views]


async def test_the_card_says_which_rule_gave_the_line_and_the_decision_is_bound_to_it(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await submitted(hq, anna, "Открыли площадку")
    assert "Штаб кандидата, правило первое" in anna.screen
    await vera.press("Открыть очередь")
    assert "по правилу ru-1, правило проверено: Н. Н. Юристова, 1 сентября" in vera.screen
    assert "действует до 9 сентября" in vera.screen
    await vera.press("Одобрить")
    (decision,) = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert decision.imprints == (BoundLine("vk-kazan", "ru-1", OLD.line),)
    await hq.advance(minutes=2)
    assert f"Открыли площадку\n\n{OLD.line}" in anna.said


async def test_without_a_line_a_text_may_be_handed_in_but_not_approved_and_it_is_said_whom_to_ask(
    hq: Headquarters,
) -> None:
    anna, vera = await team(hq)
    await hq.join("Ольга", Role.MANAGER)
    await load(hq, replace(OLD, region="omsk"))
    await submitted(hq, anna, "Открыли площадку")
    assert "Нет подписи для: VK Казань" in anna.screen
    await vera.press("Открыть очередь")
    assert "Нет подписи для: VK Казань" in vera.screen
    await vera.press("Одобрить")
    assert vera.toasts[-1] == "Не одобрено: нет подписи для VK Казань. Спросите: Ольга."
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    await load(hq, NEW)
    await vera.act(lambda user: user.send("/queue"))
    await vera.press("Одобрить")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED


async def test_a_text_is_planned_only_on_days_on_which_its_line_holds(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, replace(OLD, expires=date(2026, 9, 7)))
    await hq.move_to(datetime(2026, 9, 7, 17, 0, tzinfo=UTC))  # today's slots are past
    await approved(hq, anna, vera, "Открыли площадку")
    await hq.advance(hours=1)
    assert await slot_texts(hq, "vk-kazan", date(2026, 9, 8)) == [(SlotState.EMPTY, None)] * 2
    assert "Подпись не действует, поэтому ничего не запланировано" in vera.said
    await hq.move_to(datetime(2026, 9, 7, 21, 0, tzinfo=UTC) + timedelta(hours=8))
    assert "Подпись не действует на страницах: " in vera.said
    assert await slot_texts(hq, "vk-kazan", date(2026, 9, 8)) == [(SlotState.EMPTY, None)] * 2
    await load(hq, replace(OLD, expires=None))
    assert (SlotState.FILLED, 1) in await slot_texts(hq, "vk-kazan", date(2026, 9, 8)), "the same line: no new approval"


async def test_a_changed_line_takes_texts_out_of_the_plan_and_one_tap_approves_them_all(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await approved(hq, anna, vera, "Открыли площадку")
    await approved(hq, anna, vera, "Субботник в пятницу", "ОК Казань")
    assert (SlotState.FILLED, 1) in await slot_texts(hq, "vk-kazan", date(2026, 9, 7))
    await load(hq, NEW)
    assert "Подпись изменилась, поэтому текст одобряют заново" in anna.said
    assert (SlotState.FILLED, 1) not in await slot_texts(hq, "vk-kazan", date(2026, 9, 7))
    told = vera.find("Подпись изменилась: 2 текста ждут одобрения с новой")
    assert f"Было: {OLD.line}" in told.body
    assert f"Стало: {NEW.line}" in told.body
    await vera.press("Одобрить все снова", told)
    assert "Снова одобрены с новой подписью 2 текста" in vera.said
    await hq.advance(minutes=2)
    assert (SlotState.FILLED, 2) in await slot_texts(hq, "vk-kazan", date(2026, 9, 7))
    assert f"Открыли площадку\n\n{NEW.line}" in anna.said
    decisions = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert [d.imprints[0].line for d in decisions if d.imprints] == [OLD.line, NEW.line]


async def test_a_line_that_changes_within_the_minute_of_undo_takes_the_approval_back_and_says_so(
    hq: Headquarters,
) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await submitted(hq, anna, "Открыли площадку")
    await vera.press("Открыть очередь")
    await vera.press("Одобрить")
    card = vera.messages[-1]
    undo = data_of(card, "Отменить решение")
    await load(hq, NEW)
    await vera.act(lambda user: user.press_raw(card, undo))
    assert vera.toasts[-1] == "Отменять уже нечего: подпись изменилась, и текст снова ждёт решения."
    await hq.advance(minutes=2)
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    assert "Одобрено" not in anna.said


async def test_at_the_last_moment_nothing_goes_out_with_a_line_that_is_not_in_force(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await hq.move_to(datetime(2026, 9, 7, 17, 0, tzinfo=UTC))  # today's slots are past
    await approved(hq, anna, vera, "Открыли площадку")
    assert (SlotState.FILLED, 1) in await slot_texts(hq, "vk-kazan", date(2026, 9, 8))
    # As if the midnight's work had not been done: only the rules themselves know.
    await hq.app.db.run(lambda uow: uow.imprints.save(PACK, [replace(OLD, expires=date(2026, 9, 7)), NEXT]))
    await hq.move_to(datetime(2026, 9, 8, 9, 0, tzinfo=UTC))
    assert "Открыли площадку\n\n" not in anna.said
    assert "Пора" not in anna.said
    await hq.app.db.run(lambda uow: uow.imprints.save(PACK, [OLD]))
    await hq.advance(hours=1)
    assert f"Открыли площадку\n\n{OLD.line}" in anna.said


async def test_a_line_of_the_plan_itself_that_is_changed_brings_texts_back_too(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await approved(hq, anna, vera, "Открыли площадку")

    async def other_line(uow: UnitOfWork) -> CampaignPlan:
        pages = await uow.campaign.pages()
        pages["vk-kazan"] = replace(pages["vk-kazan"], imprint="Штаб, новая подпись")
        return replace(await stored(uow), pages=pages)

    await hq.run(plan_load.apply, None, await hq.read(other_line), now=hq.now)
    assert "Стало: Штаб, новая подпись" in vera.find("Подпись изменилась: 1 текст").body
    await vera.press("Одобрить все снова")
    await hq.advance(minutes=2)
    assert "Открыли площадку\n\nШтаб, новая подпись" in anna.said


async def test_a_tap_on_a_list_with_another_line_approves_nothing(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await approved(hq, anna, vera, "Открыли площадку")
    await load(hq, NEW)
    stale = vera.find("Подпись изменилась: 1 текст")
    button = data_of(stale, "Одобрить все снова")
    await load(hq, replace(NEW, line="Третья подпись"))
    await vera.act(lambda user: user.press_raw(vera.find("Подпись изменилась: 1 текст"), button))
    assert vera.toasts[-1].startswith("Список с тех пор изменился")
    told = vera.find("Стало: Третья подпись")
    assert f"Было: {OLD.line}" in told.body, "the line that was approved last"
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED


async def test_ones_own_text_is_not_approved_in_passing_and_each_can_be_looked_at(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await load(hq, OLD)
    await approved(hq, anna, vera, "Открыли площадку")
    await approved(hq, vera, boris, "Пишет сама Вера", "ОК Казань")
    await load(hq, NEW)
    assert "1 текст" in vera.find("Подпись изменилась: ").body
    assert "2 текста" in boris.find("Подпись изменилась: ").body
    await boris.press("Просмотреть", boris.find("Подпись изменилась: "))
    await boris.press("Анна: Открыли площадку")
    assert "Изменилась только подпись" in boris.screen
    await boris.press("Одобрить")
    await vera.press("Одобрить все снова", vera.find("Подпись изменилась: "))
    assert (await hq.read(lambda uow: uow.drafts.get(2))).state is DraftState.SUBMITTED
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED


async def test_a_card_read_with_the_old_line_cannot_be_approved_with_the_new_one(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await submitted(hq, anna, "Открыли площадку")
    await vera.press("Открыть очередь")
    control = vera.messages[-1]
    button = data_of(control, "Одобрить")
    await load(hq, NEW)
    assert f"Стало: {NEW.line}" in vera.screen, "the open card shows what changed"
    await vera.act(lambda user: user.press_raw(control, button))
    assert vera.toasts[-1] == "Не засчитано: подпись изменилась. Посмотрите на новую."
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    await vera.press("Одобрить", control)
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED


@pytest.mark.slow  # takes seconds
async def test_a_line_that_ends_is_announced_14_7_and_1_days_before_and_only_where_nothing_follows(
    hq: Headquarters,
) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    omsk = await hq.join("Пётр", Role.PRESS_SECRETARY, "omsk")
    ends = date(2026, 9, 25)
    follows = ImprintRule("ru-2", "Дальше", ends + timedelta(days=1), kind=None, platform=None, page="ok-kazan")
    await load(hq, replace(OLD, expires=ends), follows)
    seen = []
    for days in range(20):
        await hq.move_to(datetime(2026, 9, 7, 9, tzinfo=UTC) + timedelta(days=days))
        count = len([m for m in vera.messages if "Подпись по правилу ru-1" in m.body])
        seen.append((hq.now.date(), count))
    first = [next(day for day, count in seen if count == n) for n in (1, 2, 3)]
    assert first == [ends - timedelta(days=n) for n in (14, 7, 1)]
    last = vera.find("Подпись по правилу ru-1").body
    assert "закончится через 1 день" in last
    assert "на страницах: VK Казань" in last
    assert "ОК Казань" not in last
    assert "Подпись по правилу ru-1" in olga.said
    assert "Подпись по правилу" not in omsk.said


async def test_the_rules_are_a_command_away_for_those_who_decide(hq: Headquarters) -> None:
    anna, vera = await team(hq)
    await load(hq, OLD)
    await vera.act(lambda user: user.send("/imprints"))
    assert "Правила ru-2026: Н. Н. Юристова (юрист), дата проверки 1 сентября" in vera.screen
    assert "ru-1: с 1 сентября" in vera.screen
    await anna.act(lambda user: user.send("/imprints"))
    assert "ru-2026" not in anna.said
    await vera.act(lambda user: user.send("/pages"))
    await vera.press("VK Казань")
    assert f"Подпись: {OLD.line}" in vera.screen
    assert "Подпись по правилу ru-1" in vera.screen
