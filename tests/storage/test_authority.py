"""Page authority on both engines: one in force for a page, saved on the version seen, links found by their hash alone."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from domain.errors import Conflict, NotFound
from domain.ports import UnitOfWork
from storage.database import Database
from tests.storage.test_plan import NOW, a_filled_slot

PAGE = "vk-kazan"


async def test_one_is_in_force_and_the_page_knows_its_days(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, held = await a_filled_slot(uow)
        begun = await uow.authorities.add(PAGE, held.person_id, NOW)
        assert await uow.authorities.current(PAGE) is None
        first, last = date(2026, 9, 1), date(2026, 10, 1)
        said = replace(begun, owner_name="Мария", scope="Новости", token_hash="t", owner_id=held.person_id)
        said = replace(said, valid_from=first, expires=last)
        saved = await uow.authorities.save(replace(said, confirmed_at=NOW))
        assert await uow.authorities.current(PAGE) == saved == await uow.authorities.get(saved.id)
        with pytest.raises(Conflict):
            await uow.authorities.save(said)
        await uow.authorities.put_in_force(PAGE, saved)
        page = await uow.campaign.get_page(PAGE)
        assert (page.authority_from, page.authority_until) == (first, last)
        assert (await uow.plan.view(held.id)).page.authority_until == last
        await uow.campaign.save_pages([replace(page, authority_from=None, authority_until=None)])
        assert (await uow.campaign.get_page(PAGE)).authority_until == last, "a plan does not know of it"
        assert await uow.authorities.owners([PAGE, "ok-kazan"]) == {PAGE: held.person_id}
        assert await uow.authorities.find_by_token("t") == saved
        await uow.authorities.add_veto(slot, held.person_id, NOW)
        await uow.authorities.add_veto(slot, held.person_id, NOW)
        assert await uow.authorities.vetoed([PAGE]) == {(PAGE, slot.draft_id)}
        await uow.authorities.save(replace(saved, ended_at=NOW))
        assert await uow.authorities.current(PAGE) is None
        assert await uow.authorities.owners([PAGE]) == {}
        assert await uow.authorities.find_by_token("t") is None
        await uow.authorities.put_in_force(PAGE, None)
        assert (await uow.campaign.get_page(PAGE)).authority_until is None
        with pytest.raises(NotFound):
            await uow.authorities.get(99)

    await db.run(story)


async def test_two_cannot_be_in_force_side_by_side(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        _, held = await a_filled_slot(uow)
        for _ in range(2):
            begun = await uow.authorities.add(PAGE, held.person_id, NOW)
            await uow.authorities.save(replace(begun, confirmed_at=NOW))

    with pytest.raises(IntegrityError):
        await db.run(story)
