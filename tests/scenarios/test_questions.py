"""Questions about an assignment: what is sent, and how the card stands afterwards."""

from domain.links import recognise
from domain.people import Role
from domain.plan import SlotState
from tests.harness import Headquarters
from tests.scenarios.test_assignments import LINK, text_for
from tests.scenarios.test_drafts import png
from tests.scenarios.test_proof_in_depth import slots
from tests.scenarios.test_proofs import card_labels

NORMAL = recognise(LINK).normal


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


async def test_a_link_where_a_question_is_awaited_is_the_proof_once_its_person_says_so(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send(LINK)
    assert "Это ваш пост по этому заданию" in anna.screen
    assert "спрашивает" not in boris.said
    await anna.press("Да, опубликовано")
    assert "спасибо" in anna.screen
    assert (await slots(hq))[0].state is SlotState.POSTED
    await anna.send("Открыли площадку")
    assert "спрашивает" not in boris.said, "nothing is asked any more"


async def test_a_link_that_belongs_to_a_question_goes_with_it_and_may_still_be_the_proof(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send(LINK)
    which = anna.messages[-1]
    await anna.send("Так хорошо?")
    assert f"Так хорошо?\n{NORMAL}" in boris.find("спрашивает").body
    await anna.press("Да, опубликовано", which)
    assert (await slots(hq))[0].state is SlotState.POSTED


async def test_a_link_alone_can_be_the_question(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send(LINK)
    await anna.press("Это мой вопрос")
    assert "у пресс-секретаря" in anna.screen
    assert NORMAL in boris.find("спрашивает").body
    assert "Вопрос" in card_labels(anna)


async def test_a_link_to_somewhere_else_is_a_question_as_before(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await text_for(hq, "vk-kazan")
    await anna.press("Вопрос")
    await anna.send("https://vk.com/other_page?w=wall-5_7")
    assert "у пресс-секретаря" in anna.screen
    assert "wall-5_7" in boris.find("спрашивает").body
