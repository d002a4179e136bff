"""Questions about an assignment: what is sent, and how the card stands afterwards."""

from domain.people import Role
from tests.harness import Headquarters
from tests.scenarios.test_assignments import text_for
from tests.scenarios.test_drafts import png
from tests.scenarios.test_proofs import card_labels


async def test_a_photo_is_no_question_and_the_words_are_still_awaited(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send_photo(png(), "Можно такое?")
    assert "Напишите, пожалуйста, текстом" in anna.screen
    await anna.send("Можно добавить фото?")
    assert "у пресс-секретаря" in anna.screen
    assert "Вопрос" in card_labels(anna), "the card has its buttons again"


async def test_any_command_ends_the_question_and_the_card_has_its_buttons_again(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send("/drafts")
    assert "Вопрос" in card_labels(anna)
    await anna.send("Открыли площадку")
    assert [d.text for d in await hq.read(lambda uow: uow.drafts.of_author(anna.id))] == ["Открыли площадку"]
    assert "Открыли площадку" not in boris.said
