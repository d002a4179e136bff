"""Open posts: what nobody has, or for what a substitute is asked; the first to claim one has it."""

from datetime import timedelta

import pytest

from bot.usecases import plan_rules
from domain.errors import Forbidden
from domain.people import Role
from domain.plan import AssignmentState, SlotState
from domain.usecases import open_slots
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, slot_states, states, tap_posted


async def a_text_and_nobody(hq: Headquarters) -> Phone:
    """Returns the press secretary."""
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    assert (await slot_states(hq))[0] is SlotState.EMPTY
    return press


async def test_the_first_to_claim_has_it_and_the_second_sees_that_it_is_taken(hq: Headquarters) -> None:
    await a_text_and_nobody(hq)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    for phone in (anna, boris):
        await phone.send("/open")
        assert "10:30 VK Казань: пока ни у кого" in phone.screen
        assert TEXT not in phone.said
    await anna.press("10:30 VK Казань")
    assert "Пост ваш" in anna.said
    assert TEXT in anna.said
    await boris.press("10:30 VK Казань")
    assert "успел раньше" in boris.screen
    assert TEXT not in boris.said
    assert await states(hq) == [AssignmentState.ASSIGNED]
    await hq.move_to(MORNING)
    await tap_posted(anna, anna.find("Скопируйте"))
    await anna.send(LINK)
    assert (await slot_states(hq))[0] is SlotState.POSTED


async def test_who_needs_a_substitute_is_helped_by_whoever_taps_first(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    clara = await hq.join("Клара", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await clara.send("/open")
    assert "всё разобрано" in clara.screen
    await anna.press("Не получится")
    await anna.press("Болею")
    assert "Сможете подменить" in boris.screen
    await clara.send("/open")
    await clara.press("10:30 VK Казань")
    assert TEXT in clara.said
    assert "Уже не нужно" in boris.screen
    assert await states(hq) == [AssignmentState.DECLINED, AssignmentState.CANCELLED, AssignmentState.ASSIGNED]


async def test_a_late_post_goes_to_whoever_claims_it_and_its_person_is_told(hq: Headquarters) -> None:
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, press.id, press.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING + timedelta(minutes=25))
    clara = await hq.join("Клара", Role.VOLUNTEER, "kazan")
    await clara.send("/open")
    assert "10:30 VK Казань: коллеге нужна замена" in clara.screen, "late, and still to be posted"
    await clara.press("10:30 VK Казань")
    assert TEXT in clara.said
    assert "Вас подменили" in anna.screen
    assert "Уже не нужно" in boris.screen


async def test_open_posts_are_those_of_ones_own_pages_only(hq: Headquarters) -> None:
    await a_text_and_nobody(hq)
    dina = await hq.join("Дина", Role.VOLUNTEER, "omsk")
    await dina.send("/open")
    assert "всё разобрано" in dina.screen
    slot = (await hq.read(lambda uow: uow.plan.slots_of_day(MORNING.date(), ["vk-kazan"])))[0].slot
    rules = plan_rules(hq.app.settings)
    with pytest.raises(Forbidden):
        await hq.run(open_slots.claim, dina.actor, slot.id, slot.version, now=hq.now, rules=rules)


async def test_two_posts_at_the_same_moment_are_not_for_one_person(hq: Headquarters) -> None:
    press = await a_text_and_nobody(hq)
    await hq.run(approve, press.id, press.id, "Другой текст", "ok-kazan", now=hq.now)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/open")
    await anna.press("VK Казань")
    await anna.send("/open")
    assert "19:30 ОК Казань" in anna.screen
    assert "\n10:30 ОК Казань" not in anna.screen


async def test_english_speakers_claim_in_english(hq: Headquarters) -> None:
    await a_text_and_nobody(hq)
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await anna.send("/open")
    assert "nobody has it yet" in anna.screen
    await anna.press("10:30 VK Казань")
    assert "It is yours" in anna.said
