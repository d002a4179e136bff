"""Own words: a text may stand on one personal page only, and what was made from it is recognised."""

from dataclasses import dataclass, replace

import pytest

from domain.drafts import Draft, DraftState
from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import Headquarters, Phone


@dataclass(frozen=True)
class Story:
    """What Anna wrote, what others made of it or wrote themselves, and the words on their screens."""

    language: str
    anna: str
    copy: str
    close: str
    own: str
    submit: str
    submitted: str
    refused: str
    note: str
    own_words: str
    as_it_is: str
    open_queue: str
    skip: str


STORIES = (
    Story(
        "ru",
        "В субботу убирали берег Казанки. Собрали сто сорок мешков мусора, нашли два велосипеда и диван. "
        "Пришли семьями, с термосами и пирогами. Спасибо всем соседям!",
        "Пришли семьями, с термосами и пирогами 🔥 В субботу чистили берег Казанки: собрали 140 мешков мусора, "
        "нашли два велосипеда и диван! #казань",
        "В субботу мы с дочкой тоже были на реке. Собрали сто сорок мешков мусора, нашли два велосипеда и диван, "
        "а потом пили чай у костра и пели. Руки болят до сих пор, зато теперь не стыдно.",
        "Три часа, грязные сапоги и отличное настроение. Столько стекла у воды я ещё не видела. "
        "Дочка теперь каждому объясняет, почему бутылки нельзя бросать в реку.",
        "Отправить на одобрение",
        "Отправлено на одобрение",
        "Скажите это своими словами",
        "Похоже на текст другого человека",
        "Скажу своими словами",
        "Отправить как есть",
        "Открыть очередь",
        "Пропустить",
    ),
    Story(
        "en",
        "On Saturday we cleaned the river bank. A hundred and forty bags of rubbish, two bicycles and a sofa. "
        "Whole families came with flasks and pies. Thank you, dear neighbours!",
        "Whole families came with flasks and pies 🔥 On Saturday we tidied the river bank: a hundred and forty bags "
        "of litter, two bicycles and a sofa! #kazan",
        "My daughter and I were at the river too. A hundred and forty bags of rubbish, two bicycles and a sofa came "
        "out, then we drank tea by the fire and sang. My arms still ache, but it was worth it.",
        "Three hours, muddy boots and a splendid mood. I have never seen so much broken glass in one place. "
        "My girl now tells everybody why bottles do not belong in the water.",
        "Submit ›",
        "Submitted",
        "Say it in your own words",
        "Close to another person's text",
        "Say it in my own words",
        "Hand it in as it is",
        "Open the queue",
        "Skip",
    ),
)
both_languages = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)


async def three_people(hq: Headquarters, language: str) -> tuple[Phone, Phone, Phone]:
    """Anna and Vera with a page of their own each, and Boris who decides."""
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan", language)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language)
    vera = await hq.join("Вера", Role.VOLUNTEER, "kazan", language)

    async def personal_pages(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page("my-anna")
        await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
        await uow.campaign.set_keeper("my-anna", anna.id)
        await uow.campaign.set_keeper("my-vera", vera.id)

    await hq.run(personal_pages)
    return anna, vera, boris


async def hand_in(phone: Phone, text: str, page: str, story: Story) -> None:
    await phone.send(text)
    await phone.press(page)
    await phone.press(story.submit)


async def state(hq: Headquarters, number: int) -> DraftState:
    draft: Draft = await hq.read(lambda uow: uow.drafts.get(number))
    return draft.state


@both_languages
async def test_a_rewritten_text_is_refused_and_nothing_of_the_first_is_told(hq: Headquarters, story: Story) -> None:
    anna, vera, _ = await three_people(hq, story.language)
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.copy, "Страница Веры", story)
    assert story.refused in vera.toasts[-1]
    assert "Анн" not in vera.toasts[-1]
    assert await state(hq, 2) is DraftState.WRITING


@both_languages
async def test_own_words_about_the_same_day_pass(hq: Headquarters, story: Story) -> None:
    anna, vera, boris = await three_people(hq, story.language)
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.own, "Страница Веры", story)
    assert story.submitted in vera.screen
    assert story.note not in vera.screen
    assert await state(hq, 2) is DraftState.SUBMITTED
    await boris.press(story.open_queue)
    await boris.press(story.skip)
    assert story.own in boris.messages[-2].body
    assert story.note not in boris.screen


@both_languages
async def test_a_close_text_is_handed_in_after_a_second_thought_and_the_approver_knows(
    hq: Headquarters, story: Story
) -> None:
    anna, vera, boris = await three_people(hq, story.language)
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.close, "Страница Веры", story)
    assert story.note in vera.screen
    assert await state(hq, 2) is DraftState.WRITING
    await vera.press(story.as_it_is)
    assert story.submitted in vera.screen
    assert story.note in vera.screen
    assert await state(hq, 2) is DraftState.SUBMITTED
    await boris.press(story.open_queue)
    assert story.note not in boris.screen  # Anna was first: hers is not like somebody's earlier text
    await boris.press(story.skip)
    assert story.note in boris.screen


@both_languages
async def test_who_is_warned_can_say_it_in_their_own_words(hq: Headquarters, story: Story) -> None:
    anna, vera, _ = await three_people(hq, story.language)
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.close, "Страница Веры", story)
    await vera.press(story.own_words)
    await vera.send(story.own)
    await vera.press(story.submit)
    assert story.submitted in vera.screen
    assert story.note not in vera.screen


async def test_a_submitted_text_cannot_be_turned_into_a_copy(hq: Headquarters) -> None:
    story = STORIES[0]
    anna, vera, _ = await three_people(hq, "ru")
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.own, "Страница Веры", story)
    await vera.press("Изменить текст")
    await vera.send(story.copy)
    assert story.refused in vera.said
    draft = await hq.read(lambda uow: uow.drafts.get(2))
    assert (draft.text, draft.version) == (story.own, 1)


async def test_a_submitted_text_that_comes_close_carries_the_note(hq: Headquarters) -> None:
    story = STORIES[0]
    anna, vera, _ = await three_people(hq, "ru")
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.own, "Страница Веры", story)
    await vera.press("Изменить текст")
    await vera.send(story.close)
    assert story.note in vera.screen
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == story.close


async def test_group_pages_may_carry_what_a_personal_page_carries(hq: Headquarters) -> None:
    story = STORIES[0]
    anna, vera, _ = await three_people(hq, "ru")
    await hand_in(anna, story.anna, "Страница Анны", story)
    await hand_in(vera, story.anna, "VK Казань", story)
    assert story.submitted in vera.screen
    assert story.note not in vera.screen
