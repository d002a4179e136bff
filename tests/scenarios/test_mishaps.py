"""Nobody's fault: posts that a network took down, accounts that it has blocked."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Role
from domain.plan import AssignmentState, Excuse, SlotState
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted
from tests.scenarios.test_proof_in_depth import OK_LINK, given, measures, slots


async def make_own(hq: Headquarters, keeper: Phone, page: str = "my-anna") -> None:
    """The personal page is kept by this person."""
    await hq.run(lambda uow: uow.campaign.set_keeper(page, keeper.id))


async def test_a_post_that_the_network_removed_counts_and_goes_out_again_when_wanted(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    await posted(anna)
    await hq.advance(hours=2)
    await anna.press("Сеть удалила")
    await anna.press("Да, его больше нет")
    first = (await slots(hq))[0]
    assert (first.state, first.excuse) == (SlotState.POSTED, Excuse.REMOVED)
    assert await measures(hq) == {"slots": 2, "filled": 1, "on_time": 1, "excused": 1}
    assert "Сеть удалила пост" in vera.screen
    await vera.press("Ещё раз")
    assert "выйдет ещё раз" in vera.screen
    assert "выйдет ещё раз" in olga.screen, "every copy shows what was decided"
    assert olga.labels == []
    assert sum(TEXT in message.body for message in anna.messages) == 2
    await olga.send("/status")
    assert "не в счёт 1" in olga.screen
    again = next(slot for slot in await slots(hq) if slot.extra)
    assert again.at == hq.now + timedelta(minutes=30)
    await posted(anna, "https://vk.com/wall-123_78")
    assert (await measures(hq))["on_time"] == 2
    assert await hq.read(lambda uow: uow.tasks.find(f"figures.post:{first.id}")) is None, "nothing is left to count"


@pytest.mark.slow  # takes seconds
async def test_a_post_is_left_gone_and_after_a_week_it_simply_counts(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await anna.send(f"{LINK}\n{OK_LINK}")
    card = anna.find("VK Казань · ВКонтакте")
    await anna.press("Сеть удалила", card)
    await anna.press("Да, его больше нет", card)
    await vera.press("Оставить так")
    assert "решено не повторять" in vera.screen
    other = anna.find("ОК Казань · Одноклассники")
    await hq.advance(days=8)
    await anna.press("Сеть удалила", other)
    assert "больше недели" in anna.toasts[-1]


# -- a blocked account ------------------------------------------------------------------------------------------------------------------


async def blocked(anna: Phone) -> None:
    await anna.press("Не получится")
    await anna.press("Мой аккаунт заблокирован")
    await anna.press("Да, заблокирован")


async def test_a_blocked_account_hands_on_to_others_and_is_never_asked_there(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    nina = await hq.join("Нина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await blocked(anna)
    assert "пароль" in anna.screen
    assert "аккаунт заблокирован" in vera.screen
    assert "аккаунт заблокирован" in nina.screen
    await boris.press("Возьмусь")
    await hq.run(approve, vera.id, vera.id, "Второй текст", "vk-kazan", now=hq.now)
    assert "Второй текст" not in anna.said
    assert "Второй текст" in boris.said
    await anna.press("Аккаунт снова работает")
    assert "снова работает" in nina.screen
    assert await hq.read(lambda uow: uow.proofs.blocks()) == []


async def test_a_personal_page_rests_excused_until_the_account_works_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await make_own(hq, anna)
    await hq.run(approve, anna.id, vera.id, TEXT, "my-anna", now=hq.now)
    assert TEXT in anna.said
    await blocked(anna)
    assert [slot.excuse for slot in await slots(hq, "my-anna")] == [Excuse.BLOCKED] * 2
    assert await measures(hq, "my-anna") == {"excused": 2}
    await hq.move_to(datetime(2026, 9, 7, 22, 0, tzinfo=UTC))
    tomorrow = await hq.read(lambda uow: uow.plan.slots_of_pages(["my-anna"], [MORNING.date() + timedelta(days=1)]))
    assert [slot.excuse for slot in tomorrow] == [Excuse.BLOCKED] * 2, "what is planned meanwhile rests too"
    assert (await measures(hq, "my-anna")) == {"excused": 2}, "nothing of it is missed or empty"
    await hq.move_to(datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    await anna.press("Аккаунт снова работает")
    back = await hq.read(lambda uow: uow.plan.slots_of_day(MORNING.date() + timedelta(days=1), ["my-anna"]))
    assert [view.slot.state for view in back] == [SlotState.FILLED, SlotState.EMPTY]


async def test_where_nobody_else_can_post_a_slot_is_excused_and_comes_back(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await blocked(anna)
    assert (await slots(hq))[0].excuse is Excuse.BLOCKED
    assert await measures(hq) == {"slots": 1, "excused": 1}
    assert "Замену не нашли" not in vera.said
    await hq.advance(minutes=30)
    await anna.press("Аккаунт снова работает")
    assert await measures(hq) == {"slots": 2, "filled": 1}
    assert AssignmentState.ASSIGNED in await given(hq)


@pytest.mark.slow  # takes seconds
async def test_after_some_days_it_is_asked_whether_the_account_works_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Can't do it")
    await anna.press("My account is blocked")
    await anna.press("Yes, it is blocked")
    assert "never asks for them" in anna.screen
    await hq.advance(days=3)
    assert "work again?" in anna.screen
    await anna.press("Not yet")
    await hq.advance(days=3)
    assert "work again?" in anna.screen
    await anna.press("My account works again")
    assert "Good news!" in anna.screen
    await hq.advance(days=7)
    assert "work again?" not in anna.said
