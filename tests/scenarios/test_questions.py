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
