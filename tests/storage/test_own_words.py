"""Which earlier texts a new one is compared with, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.drafts import Draft, DraftState
from domain.likeness import Closeness
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.usecases.own_words import COMPARED, LOOKED_BACK, closeness
from storage.database import Database
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
TEXT = "В субботу убирали берег Казанки, собрали сто сорок мешков мусора и нашли два велосипеда."


async def handed_in(
    uow: UnitOfWork, author: Actor, text: str, page: str, at: datetime = NOW, state: DraftState = DraftState.SUBMITTED
) -> Draft:
    draft = await uow.drafts.add(
        author_id=author.id, region="kazan", text=text, media=(), source="", message_id=None, album="", now=at
    )
    await uow.drafts.set_page(draft.id, page, chosen=True)
    new = replace(draft, state=state, submitted_at=None if state is DraftState.WRITING else at, pages=(page,))
    assert await uow.drafts.set_state(new, [DraftState.WRITING])
    return new


async def two_people(uow: UnitOfWork) -> tuple[Actor, Actor]:
    await load_campaign(uow)
    page = await uow.campaign.get_page("my-anna")
    await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
    anna, vera = [await joined(uow, name, Role.VOLUNTEER, "kazan", now=NOW) for name in ("Анна", "Вера")]
    return anna, vera


async def test_only_what_others_handed_in_for_their_own_pages_lately_counts(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        anna, vera = await two_people(uow)
        for state in DraftState:
            await handed_in(uow, anna, state.value, "my-anna", state=state)
        await handed_in(uow, anna, "a group's", "vk-kazan")
        await handed_in(uow, anna, "for the same page", "my-vera")
        await handed_in(uow, vera, "her own", "my-vera")
        await handed_in(uow, anna, "long ago", "my-anna", NOW - timedelta(days=2))
        await handed_in(uow, anna, "later", "my-anna", NOW + timedelta(seconds=1))
        await handed_in(uow, anna, "yesterday", "my-anna", NOW - timedelta(days=1))
        mine = await handed_in(uow, vera, TEXT, "my-vera")
        look = uow.drafts.texts_on_personal
        found = await look(mine, "my-vera", since=NOW - timedelta(days=1), until=NOW, limit=10)
        assert found == ["returned", "approved", "submitted", "yesterday"]
        assert await look(mine, "my-vera", since=NOW - timedelta(days=1), until=NOW, limit=2) == found[:2]

    await db.run(story)


async def test_a_text_is_compared_for_sixty_days(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        anna, vera = await two_people(uow)
        rewritten = TEXT.replace("В субботу", "Вчера").replace("собрали", "набрали")
        mine = await handed_in(uow, vera, rewritten, "my-vera")
        pages = (await uow.campaign.get_page("my-vera"),)
        assert await closeness(uow, mine, pages, NOW) is Closeness.OWN
        await handed_in(uow, anna, TEXT, "my-anna", NOW - LOOKED_BACK - timedelta(seconds=1))
        assert await closeness(uow, mine, pages, NOW) is Closeness.OWN
        await handed_in(uow, anna, TEXT, "my-anna", NOW - LOOKED_BACK)
        assert await closeness(uow, mine, pages, NOW) is Closeness.COPY
        assert COMPARED >= 1000

    await db.run(story)


async def test_pictures_without_words_and_with_the_same_hashtag_are_nobodys_copy(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        anna, vera = await two_people(uow)
        pages = (await uow.campaign.get_page("my-vera"),)
        for text, expected in (("", Closeness.OWN), ("#казань 🎉", Closeness.OWN), ("С праздником!", Closeness.COPY)):
            await handed_in(uow, anna, text, "my-anna")
            mine = await handed_in(uow, vera, text, "my-vera")
            assert await closeness(uow, mine, pages, NOW) is expected

    await db.run(story)
