"""Texts of networks and descriptions of pictures in rows, on both engines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.drafts import Draft, DraftState, MediaRef, Variant, with_alt, with_content, with_variant
from domain.errors import NotFound
from domain.people import Actor, Role
from domain.plan import AssignmentState, SlotState
from domain.platforms import Platform
from domain.ports import UnitOfWork
from storage.database import Database
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
PHOTO = MediaRef("a" * 64, "photo")


async def written(uow: UnitOfWork, author: Actor, text: str, *pages: str) -> Draft:
    draft = await uow.drafts.add(
        author_id=author.id, region="kazan", text=text, media=(PHOTO,), source="", message_id=None, album="", now=NOW
    )
    for page in pages:
        await uow.drafts.set_page(draft.id, page, chosen=True)
    return replace(draft, pages=tuple(sorted(pages)))


async def submit(uow: UnitOfWork, draft: Draft) -> None:
    new = replace(draft, state=DraftState.SUBMITTED, submitted_at=NOW, decide_by=NOW)
    assert await uow.drafts.set_state(new, [DraftState.WRITING])


async def test_every_version_keeps_its_texts_and_descriptions(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        first = await written(uow, anna, "Общий", "vk-kazan", "ok-kazan")
        steps = [first]
        changes: list[Callable[[Draft], Draft]] = [
            lambda d: with_variant(d, Platform.OK, "Для ОК", NOW),
            lambda d: with_alt(d, PHOTO.sha256, "Двор", NOW),
            lambda d: with_content(d, "Иначе", d.media, NOW),
            lambda d: with_variant(d, Platform.OK, "", NOW),
        ]
        for step in changes:
            steps.append(step(steps[-1]))
            assert await uow.drafts.save_content(steps[-1], steps[-2].version)
        assert await uow.drafts.get(first.id) == steps[-1]
        for version, made in enumerate(steps, 1):
            found = await uow.drafts.get_version(first.id, version)
            assert (found.version, found.text, found.variants, found.media) == (
                version,
                made.text,
                made.variants,
                made.media,
            )
            assert found.pages == ("ok-kazan", "vk-kazan")
        assert steps[3].variants == (Variant(Platform.OK, "Для ОК"),)
        with pytest.raises(NotFound):
            await uow.drafts.get_version(first.id, 6)

    await db.run(story)


async def test_a_personal_page_is_compared_by_what_its_network_will_read(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        page = await uow.campaign.get_page("my-anna")
        await uow.campaign.save_pages([replace(page, code="my-vera", title="Страница Веры")])
        anna, vera = [await joined(uow, name, Role.VOLUNTEER, "kazan", now=NOW) for name in ("Анна", "Вера")]
        draft = await written(uow, anna, "Общий", "my-anna", "ok-kazan")
        own = with_variant(with_variant(draft, Platform.VK, "Для ВК", NOW), Platform.OK, "Для ОК", NOW)
        assert await uow.drafts.save_content(with_variant(draft, Platform.VK, "Для ВК", NOW), 1)
        assert await uow.drafts.save_content(own, 2)
        await submit(uow, own)
        mine = await written(uow, vera, "Моё", "my-vera")
        same = uow.drafts.find_same_on_personal
        assert await same(mine.id, "Для ВК", "my-vera") == draft.id
        assert [await same(mine.id, text, "my-vera") for text in ("Общий", "Для ОК")] == [None, None]
        later = NOW + timedelta(hours=1)
        texts = await uow.drafts.texts_on_personal(mine, "my-vera", since=NOW, until=later, limit=10)
        assert texts == ["Для ВК"]

    await db.run(story)


async def test_an_assignment_carries_the_text_of_its_pages_network(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
        draft = await written(uow, anna, "Общий", "vk-kazan", "ok-kazan")
        described = replace(draft, media=(replace(PHOTO, alt="Двор"),))
        assert await uow.drafts.save_content(with_variant(described, Platform.OK, "Для ОК", NOW), 1)
        texts = {}
        for slot in await uow.plan.add_slots(
            [("vk-kazan", NOW.date(), NOW), ("ok-kazan", NOW.date(), NOW + timedelta(hours=1))]
        ):
            filled = replace(slot, state=SlotState.FILLED, draft_id=draft.id, draft_version=2)
            saved = await uow.plan.save_slot(filled)
            made = await uow.plan.put_assignment(saved, anna.id, AssignmentState.ASSIGNED, substitute=False, now=NOW)
            view = await uow.plan.view(made.id)
            texts[slot.page] = (view.text, view.media)
        assert texts == {
            "vk-kazan": ("Общий", (replace(PHOTO, alt="Двор"),)),
            "ok-kazan": ("Для ОК", (replace(PHOTO, alt="Двор"),)),
        }

    await db.run(story)
