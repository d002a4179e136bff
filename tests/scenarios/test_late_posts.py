"""Late posts, as press secretaries hear of them: together, in one message that changes in place."""

from datetime import timedelta

from domain.people import Role
from tests.drafting import approve
from tests.harness import Headquarters
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted
from tests.scenarios.test_inbox import LOST, Outage
from tests.scenarios.test_silences import mourns

LATE = timedelta(minutes=65)


async def test_posts_that_turn_late_together_are_one_message_that_shows_how_each_ends(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await hq.move_to(MORNING + LATE)
    assert "Опаздывают 2 поста" in vera.screen
    assert "10:30 VK Казань · Борис\n10:30 ОК Казань · Анна" in vera.screen
    told = [message for message in vera.messages if "паздыва" in message.body or "Замену не нашли" in message.body]
    assert len(told) == 1, "what was said of a missing substitute gave way to it"
    await posted(boris)
    assert "Опаздывает 1 пост" in told[0].body
    assert "✓ 10:30 VK Казань: опубликовано" in told[0].body
    await hq.move_to(MORNING + timedelta(hours=15))
    assert "Из этих постов больше ничего не опаздывает" in told[0].body
    assert "✗ 10:30 ОК Казань: пропущено" in told[0].body


async def test_in_english_one_that_is_late_alone_is_told_in_full(hq: Headquarters) -> None:
    vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING + LATE)
    assert "⚠ Late:" in vera.screen
    assert "Nothing posted" in vera.screen
    await posted(anna)
    assert "after all" in vera.screen


async def test_a_post_of_several_late_ones_opens_below_and_a_mourning_ends_the_message(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await hq.move_to(MORNING + LATE)
    told = vera.find("Опаздывают 2 поста")
    await vera.press("VK Казань", told)
    assert "Опаздывают 2 поста" in told.body, "the other one can still be opened"
    assert "Поручить" in "".join(vera.labels)
    await mourns(vera)
    await vera.press("Объявить")
    assert "Из этих постов больше ничего не опаздывает" in told.body
    assert "– 10:30 ОК Казань: больше не в плане" in told.body


async def test_what_was_out_before_a_mourning_is_told_as_posted_in_the_message_of_late_posts(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await hq.move_to(MORNING + LATE)
    told = vera.find("Опаздывают 2 поста")
    await mourns(vera)
    await vera.press("Объявить")
    assert "– 10:30 VK Казань: больше не в плане" in told.body
    await boris.press("Уже опубликовано")
    await boris.send(LINK)
    assert "✓ 10:30 VK Казань: опубликовано" in told.body
    assert "– 10:30 ОК Казань: больше не в плане" in told.body


async def test_after_an_outage_late_posts_are_offered_again_while_any_is_late(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    await hq.move_to(MORNING + LATE)
    told = vera.find("Опаздывают 2 поста")
    outage = Outage(hq)
    await outage.begin()
    await outage.end(minutes=10)
    assert LOST in told.body
    await posted(boris)
    assert "Опаздывает 1 пост" in told.body
    assert LOST not in told.body
