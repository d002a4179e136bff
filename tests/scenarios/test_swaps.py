"""Asking a named colleague to take a post, or to exchange it."""

from datetime import UTC, datetime, timedelta

from domain.people import Role
from domain.plan import AssignmentState
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, states, tap_posted
from tests.scenarios.test_drafts import data_of

EVENING = MORNING + timedelta(hours=9)  # 19:30


async def anna_has_it(hq: Headquarters) -> tuple[Phone, Phone]:
    """Anna has the post of 10:30 on VK Kazan; Boris has nothing."""
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    return anna, await hq.join("Борис", Role.VOLUNTEER, "kazan")


async def both_have_one(hq: Headquarters) -> tuple[Phone, Phone]:
    """Anna has the post of 10:30, Boris that of 19:30."""
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await hq.run(approve, press.id, press.id, "Второй пост", "vk-kazan", now=hq.now)
    assert TEXT in anna.said
    assert "Второй пост" in boris.said
    return anna, boris


async def asked(anna: Phone, what: str = "Взять мой пост") -> None:
    await anna.press("Попросить коллегу")
    await anna.press("Борис")
    await anna.press(what)


async def test_a_colleague_takes_it_and_both_know(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    await asked(anna)
    assert "Спрашиваю: Борис" in anna.screen
    assert "Анна</b>" not in boris.screen
    assert "Анна просит взять этот пост" in boris.screen
    assert TEXT not in boris.said, "nothing to be posted before a yes"
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await boris.press("Да, возьму")
    assert "Спасибо, пост ваш" in boris.said
    assert TEXT in boris.said
    assert "Борис берёт этот пост" in anna.screen
    assert await states(hq) == [AssignmentState.REPLACED, AssignmentState.ASSIGNED]
    await hq.move_to(MORNING)
    assert "⏰" not in anna.said
    await tap_posted(boris, boris.find("Скопируйте"))
    await boris.send(LINK)
    assert await states(hq) == [AssignmentState.REPLACED, AssignmentState.POSTED]


async def test_two_exchange_their_posts(hq: Headquarters) -> None:
    anna, boris = await both_have_one(hq)
    await asked(anna, "⇄ 19:30 VK Казань")
    assert "Взамен вам достанется 19:30 VK Казань" in anna.screen
    assert "предлагает обмен" in boris.screen
    await boris.press("Да, возьму")
    found = await hq.read(lambda uow: uow.plan.slots_of_day(MORNING.date(), ["vk-kazan"]))
    assert [(view.slot.at, view.assignee) for view in found] == [(MORNING, "Борис"), (EVENING, "Анна")]
    assert TEXT in boris.find("Штаб кандидата").body
    assert "Взамен у вас 19:30 VK Казань" in anna.said
    assert "Второй пост" in anna.said


async def test_a_no_is_no_harm_and_somebody_else_can_be_asked(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    await asked(anna)
    await boris.press("Не могу")
    assert "Спасибо за ответ" in boris.screen
    assert "Борис в этот раз не может, так что пост пока за вами" in anna.screen
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await anna.press("Попросить другого")
    assert "Кого попросить?" in anna.screen


async def test_who_took_the_request_back_keeps_the_post_and_a_late_yes_changes_nothing(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    await asked(anna)
    offer = boris.messages[-1]
    data = data_of(offer, "Да")
    await anna.press("оставлю себе")
    assert "Скопируйте текст" in anna.screen
    assert "Уже не нужно" in boris.screen
    await boris.act(lambda user: user.press_raw(offer, data))
    assert "отозвал" in boris.toasts[-1]
    assert await states(hq) == [AssignmentState.ASSIGNED]


async def test_without_an_answer_it_stays_and_the_asker_is_told_in_time(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    card = anna.find("Скопируйте")
    data = data_of(card, "Попросить коллегу")
    await asked(anna)
    await hq.move_to(MORNING - timedelta(minutes=30))
    assert "Борис пока не отвечает, так что пост за вами" in anna.said
    assert "Уже не нужно" in boris.said
    assert "Попросить другого" not in anna.labels
    assert "Попросить коллегу" not in anna.labels
    await anna.act(lambda user: user.press_raw(card, data))
    assert "слишком мало" in anna.toasts[-1]


async def test_a_post_that_changed_hands_meanwhile_is_not_swapped(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    await asked(anna)
    offer = boris.messages[-1]
    data = data_of(offer, "Да")
    await anna.press("Назад")
    await anna.press("Не получится")
    await anna.press("Болею")
    assert "Уже не нужно" in boris.said, "the request is over with the post"
    await boris.act(lambda user: user.press_raw(offer, data))
    assert "изменились" in boris.toasts[-1]
    assert await states(hq) == [AssignmentState.DECLINED, AssignmentState.OFFERED]


async def test_the_asker_hears_when_what_was_to_be_exchanged_is_gone(hq: Headquarters) -> None:
    anna, boris = await both_have_one(hq)
    await asked(anna, "⇄")
    await boris.send("/hours")
    await boris.press("Сегодня не могу")
    assert "Борис в этот раз не может" in anna.screen
    assert "Спрашиваю" not in anna.said
    assert (await states(hq))[0] is AssignmentState.ASSIGNED, "hers still"


async def test_nobody_is_asked_for_a_page_that_is_not_theirs(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Дина", Role.VOLUNTEER, "omsk")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await anna.press("Попросить коллегу")
    assert "больше никто не может" in anna.screen
    assert "Дина" not in anna.labels


async def test_in_a_large_region_a_colleague_is_found_by_name(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    for number in range(9):
        await hq.join(f"Гость {number}", Role.VOLUNTEER, "kazan")
    await hq.join("Алёна", Role.VOLUNTEER, "kazan")
    await anna.press("Попросить коллегу")
    await anna.press("Найти по имени")
    await anna.send("Пётр")
    assert "С таким именем никто" in anna.screen
    await anna.send("алена")
    assert "Алёна" in anna.labels
    await anna.press("Все коллеги")
    await anna.press("Найти по имени")
    await anna.send("бор")
    assert "Борис" in anna.labels
    assert "Гость 1" not in anna.labels
    await anna.press("Борис")
    await anna.press("Взять мой пост")
    assert "Анна просит взять этот пост" in boris.screen


async def test_a_press_secretary_sees_who_has_it_after_a_swap(hq: Headquarters) -> None:
    anna, boris = await anna_has_it(hq)
    await asked(anna)
    await boris.press("Да, возьму")
    found = await hq.read(lambda uow: uow.plan.slots_of_day(MORNING.date(), ["vk-kazan"]))
    assert found[0].assignee == "Борис"
    assert found[0].accepted_at == datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


async def test_english_speakers_swap_in_english(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    boris = await hq.join("Boris", Role.VOLUNTEER, "kazan", language="en")
    await anna.press("Ask a colleague")
    await anna.press("Boris")
    await anna.press("Please take it")
    assert "Anna asks whether you can take this post" in boris.screen
    await boris.press("Yes, gladly")
    assert "Boris takes this post" in anna.screen
