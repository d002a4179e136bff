"""The queue in depth: one tap per draft, and only what one wants to see."""

from domain.lanes import Lane
from domain.people import Role
from domain.ports import UnitOfWork
from storage.tables import draft, page
from tests.harness import Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of


async def a_queue(hq: Headquarters) -> tuple[Phone, Phone]:
    """Three texts for Kazan (one for OK) and one for Omsk; Maria decides everywhere."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    oleg = await hq.join("Олег", Role.VOLUNTEER, "omsk")
    maria = await hq.join("Мария", Role.MANAGER)
    for text, title in (("Первый", "VK Казань"), ("Второй", "ОК Казань"), ("Третий", "VK Казань")):
        await submitted(hq, anna, text, title)
        await hq.advance(minutes=1)
    await submitted(hq, oleg, "Омский", "VK Омск")
    return anna, maria


async def test_approve_and_next_takes_one_tap_per_draft(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    card = maria.messages[-1]
    for text, following in (("Первый", "Второй"), ("Второй", "Третий"), ("Третий", "Омский")):
        assert maria.messages[-2].body == text
        await maria.press("Одобрить и дальше")
        assert f"Анна: {text}" in maria.messages[-3].body  # the decided one is a line with [Undo]
        assert maria.messages[-2].body == following
    assert "Одобрить и дальше" not in str(maria.messages[-1].buttons)  # nothing else waits
    await maria.press("✓ Одобрить", maria.messages[-1])
    await maria.press("Отменить решение", card)
    assert "Решить до" in card.body  # the first card asks again, where it stood
    await hq.advance(minutes=1)
    states = [(await hq.read(lambda uow, n=n: uow.drafts.get(n))).state.value for n in (1, 2, 3, 4)]
    assert states == ["submitted", "approved", "approved", "approved"]


async def test_the_end_of_the_walk_is_said_on_the_card_itself(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    await maria.press("Пропустить")
    await maria.press("Одобрить и дальше")
    await maria.press("Одобрить и дальше")
    await maria.press("Одобрить и дальше")
    assert "Это был последний. Ждёт ещё 1: пропущен или у коллеги." in maria.screen
    await maria.press("С начала")
    assert maria.messages[-2].body == "Первый"


async def test_the_queue_is_narrowed_down_to_a_page_and_remembers_it(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    await maria.press("Отбор")
    regions, pages = ["📍 Казань: 3", "📍 Омск: 1"], ["📄 VK Казань: 2", "📄 ОК Казань: 1", "📄 VK Омск: 1"]
    assert sorted(label for label in maria.labels if ": " in label) == sorted([*regions, *pages, "Все: 4"])
    await maria.press("VK Казань: 2")
    assert maria.messages[-2].body == "Первый"
    assert maria.screen.splitlines()[-1] == "☰ Только: VK Казань"
    await maria.press("Одобрить и дальше")
    assert maria.messages[-2].body == "Третий"
    await maria.press("Одобрить", maria.messages[-1])
    await maria.send("/queue")
    assert "Здесь больше ничего не ждёт: VK Казань" in maria.screen
    assert "В остальной очереди — 2 поста." in maria.screen
    await maria.press("Показать все")
    assert maria.messages[-2].body == "Второй"
    assert "Только" not in maria.screen


async def test_regions_and_rubrics_narrow_it_too_and_a_card_widens_it_again(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)

    async def rubric(uow: UnitOfWork) -> None:
        await uow.session.execute(draft.update().where(draft.c.id == 3).values(rubric="news"))  # type: ignore[attr-defined]  # set by another feature

    await hq.run(rubric)
    await maria.send("/queue")
    await maria.press("Отбор")
    await maria.press("Омск: 1")
    assert maria.messages[-2].body == "Омский"
    await maria.press("☰ Омск")
    await maria.press("news: 1")
    assert maria.messages[-2].body == "Третий"
    await maria.press("Показать все")
    assert maria.messages[-2].body == "Первый"


async def test_a_choice_that_ran_empty_meanwhile_says_so(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "omsk")
    await maria.send("/queue")
    await maria.press("Отбор")
    await boris.send("/queue")
    await boris.press("Одобрить")
    await maria.press("Омск: 1")
    assert maria.toasts[-1] == "Там уже ничего не ждёт."
    assert "📍 Омск: 1" not in maria.labels
    await maria.press("‹ Назад")
    assert "Что показывать" not in maria.said


async def test_approving_with_the_next_card_costs_the_decision_no_further_statement(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    await maria.press("Пропустить")
    walked = hq.app.inbox.costs[-1]
    await maria.press("Одобрить и дальше")
    cost = hq.app.inbox.costs[-1]
    assert cost.transactions <= 3  # the decision, the next card, its bookkeeping
    assert cost.statements <= walked.statements + 8


async def test_a_second_tap_on_the_same_button_is_no_reason_for_alarm(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    card = maria.messages[-1]
    again = data_of(card, "Одобрить и дальше")
    await maria.press("Одобрить и дальше")
    await maria.act(lambda user: user.press_raw(card, again))
    assert maria.toasts[-1] == "Вы уже решили."
    assert maria.messages[-2].body == "Второй"
    assert [len(await hq.read(lambda uow, n=n: uow.drafts.decisions(n))) for n in (1, 2)] == [1, 0]


async def test_two_who_work_at_once_do_not_meet_at_every_card(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await maria.send("/queue")
    await boris.send("/queue")
    assert (maria.messages[-2].body, boris.messages[-2].body) == ("Первый", "Второй")
    await maria.press("Одобрить и дальше")
    assert maria.messages[-2].body == "Третий", "Boris is on the second"
    await boris.press("Одобрить и дальше")
    assert boris.messages[-2].body == "Третий", "nothing else is left, so it is shown all the same"
    assert "Это же открыто у: Мария" in boris.screen
    await hq.advance(minutes=11)
    await boris.send("/queue")
    assert boris.messages[-2].body == "Третий", "a card that was only left open holds nobody up"


async def test_a_card_of_two_approvals_comes_at_once_to_whoever_still_has_to_agree(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")

    async def strict(uow: UnitOfWork) -> None:
        await uow.session.execute(page.update().where(page.c.code == "vk-kazan").values(lane=Lane.STRICT))  # type: ignore[attr-defined]  # set by another feature

    await hq.run(strict)
    await maria.send("/queue")
    await maria.press("✓ Одобрить", maria.messages[-1])
    await boris.send("/queue")
    assert boris.messages[-2].body == "Первый"
    assert "Одобрений: 1 из 2" in boris.screen


async def test_a_card_says_how_many_more_wait(hq: Headquarters) -> None:
    _, maria = await a_queue(hq)
    await maria.send("/queue")
    told = []
    for _ in range(3):
        told.append(next((line for line in maria.screen.splitlines() if "📥" in line), ""))
        await maria.press("Одобрить и дальше")
    assert told == ["📥 Вас ждут ещё 3 поста", "📥 Вас ждут ещё 2 поста", "📥 Вас ждёт ещё 1 пост"]
    assert "📥" not in maria.screen
