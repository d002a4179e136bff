"""Masters, fills and lists on both engines."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.drafts import Decision, DraftState, Verdict
from domain.errors import NotFound
from domain.masters import FillState, Master, MasterChanged, MasterState, NothingChosen
from domain.notices import DueTask
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.ports.masters import FillList
from domain.usecases import drafts, master_fills, master_lists, masters
from storage.database import Database
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)
TEXT = "В районе {район} открыли {место}"


async def person(uow: UnitOfWork, name: str, role: Role, region: str = "kazan") -> Actor:
    return await joined(uow, name, role, region, now=NOW)


async def open_master(uow: UnitOfWork, author: Actor, *pages: str) -> Master:
    made = await uow.masters.add(author_id=author.id, region=EVERYWHERE, text=TEXT, now=NOW)
    opened = replace(made, state=MasterState.OPEN, pages=pages or ("ok-kazan", "vk-kazan", "vk-omsk"), sent_at=NOW)
    return await uow.masters.save(opened, NOW)


async def _sheet(uow: UnitOfWork, number: int) -> DraftSheet:
    return await uow.drafts.get_sheet(number)


async def fill_in(uow: UnitOfWork, actor: Actor, master: Master, *answers: str) -> int:
    """Through the use cases; returns the draft's id."""
    key = (await master_fills.choose(uow, actor, master.id, now=NOW)).targets[0].key
    view = await master_fills.begin(uow, actor, master.id, key, now=NOW)
    for answer in answers:
        view = await master_fills.answer(uow, actor, view.fill.id, answer, now=NOW)
    view = await master_fills.keep(uow, actor, view.fill.id, view.fill.version, now=NOW)
    panel: drafts.Panel = await master_fills.hand_in(uow, actor, view.fill.id, view.fill.version, hours=3, now=NOW)
    return panel.draft.id


async def test_a_master_comes_back_with_its_wording_and_pages(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        first = await open_master(uow, olga)
        assert await uow.masters.get(first.id) == first
        second = await uow.masters.save(replace(first, text="{a}", pages=("vk-omsk",), closes_at=NOW), NOW)
        assert (second.version, second.wording) == (first.version + 1, 2)
        assert await uow.masters.get(first.id) == second
        assert await uow.masters.wording(first.id, 1) == TEXT
        with pytest.raises(MasterChanged):
            await uow.masters.save(replace(first, text="{b}"), NOW)
        for missing in (uow.masters.get(99), uow.masters.wording(first.id, 3), uow.masters.get_fill(9)):
            with pytest.raises(NotFound):
                await missing

    await db.run(story)


async def test_lists_know_what_is_open_and_whose_it_is(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        boris = await person(uow, "Борис", Role.PRESS_SECRETARY)
        endless, ends = await open_master(uow, olga), await open_master(uow, olga, "vk-kazan")
        ends = await uow.masters.save(replace(ends, region="kazan", closes_at=NOW + timedelta(hours=1)), NOW)
        draft = await uow.masters.add(author_id=boris.id, region="kazan", text=TEXT, now=NOW)
        dropped = await uow.masters.add(author_id=boris.id, region="kazan", text=TEXT, now=NOW)
        await uow.masters.save(replace(dropped, state=MasterState.DROPPED), NOW)
        assert await uow.masters.list_open(NOW) == [ends, endless]
        assert await uow.masters.list_open(NOW + timedelta(hours=1)) == [endless]
        assert await uow.masters.count_open(NOW, ["vk-kazan", "ok-kazan"]) == 2
        assert await uow.masters.count_open(NOW, ["vk-omsk"]) == 1
        assert await uow.masters.count_open(NOW, ["x-main"]) == 0
        assert await uow.masters.list_own(boris.id, ["kazan"], 9) == [draft, ends]
        assert await uow.masters.list_own(olga.id, [EVERYWHERE], 9) == [ends, endless]
        assert await uow.masters.list_own(olga.id, [EVERYWHERE], 1) == [ends]

    await db.run(story)


async def test_a_filling_is_kept_and_becomes_a_draft_that_knows_where_it_is_from(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        master = await open_master(uow, olga)
        number = await fill_in(uow, anna, master, "Центр", "двор")
        draft = await uow.drafts.get(number)
        assert (draft.text, draft.state) == ("В районе Центр открыли двор", DraftState.SUBMITTED)
        assert (draft.master_id, draft.fills) == (master.id, (("район", "Центр"), ("место", "двор")))
        (fill,) = await uow.masters.fills_of(anna.id, [master.id])
        assert (fill.state, fill.draft_id, fill.answers) == (FillState.DONE, number, ("Центр", "двор"))
        assert await uow.masters.get_fill(fill.id) == fill
        assert await uow.masters.find_running(master.id, anna.id, "kazan", "") is None
        assert await uow.masters.count_fills(master.id) == 1
        with pytest.raises(MasterChanged):
            await uow.masters.save_fill(replace(fill, version=fill.version - 1))
        origin = await uow.masters.find_origin(number)
        assert origin is not None
        assert (origin.text, origin.older) == (TEXT, False)
        await uow.masters.save(replace(await uow.masters.get(master.id), text="{a}"), NOW)
        origin = await uow.masters.find_origin(number)
        assert origin is not None
        assert (origin.text, origin.older) == (TEXT, True)
        assert await uow.masters.find_origin(99) is None

    await db.run(story)


async def test_what_waits_of_a_master_is_without_ones_own_and_without_what_one_agreed_to(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        boris = await person(uow, "Борис", Role.PRESS_SECRETARY)
        anna, ivan = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Иван", Role.VOLUNTEER, "omsk")
        master = await open_master(uow, olga)
        kazan, omsk = await fill_in(uow, anna, master, "А", "б"), await fill_in(uow, ivan, master, "В", "г")
        own = await fill_in(uow, boris, master, "Д", "е")

        async def waits(regions: set[str], reader: Actor, wording: int = 1) -> list[int]:
            found = await uow.masters.waiting_fills(master.id, wording, regions, reader.id)
            assert await uow.masters.count_waiting(master.id, wording, regions, reader.id) == len(found)
            return [draft for draft, version, size in found if version == 1 and size > 0]

        assert await waits({EVERYWHERE}, olga) == [kazan, own, omsk]
        assert await waits({"kazan"}, boris) == [kazan]
        assert await waits({EVERYWHERE}, olga, 2) == []
        half = Decision(kazan, 1, olga.id, "Ольга", Verdict.APPROVE, None, "", NOW)
        assert await uow.drafts.decide(half, DraftState.SUBMITTED)
        assert await waits({EVERYWHERE}, olga) == [own, omsk]

    await db.run(story)


async def test_a_list_is_made_anew_and_an_old_tap_finds_another_version(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        master = await open_master(uow, olga)
        put = {"person_id": olga.id, "master_id": master.id, "wording": 1, "now": NOW}
        first: FillList = await uow.masters.put_list(screens=(((1, 1), (2, 3)), ((4, 1),)), **put)  # type: ignore[arg-type]
        out = await uow.masters.save_left_out(replace(first, left_out=(2,)))
        assert await uow.masters.get_list(first.id) == out
        with pytest.raises(MasterChanged):
            await uow.masters.save_left_out(first)
        anew: FillList = await uow.masters.put_list(screens=(((7, 1),),), **put)  # type: ignore[arg-type]
        assert (anew.id, anew.version, anew.left_out) == (first.id, out.version + 1, ())

    await db.run(story)


async def test_two_approvers_clear_the_same_list_at_once_and_every_text_is_decided_once(db: Database) -> None:
    async def prepare(uow: UnitOfWork) -> tuple[list[int], list[Actor]]:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        press = [await person(uow, name, Role.PRESS_SECRETARY) for name in ("Борис", "Вера")]
        master = await open_master(uow, olga, "vk-kazan")
        authors = [await person(uow, f"Автор {n}", Role.VOLUNTEER) for n in range(10)]
        return [await fill_in(uow, author, master, "А", "б") for author in authors], press

    numbers, press = await db.run(prepare)
    listed = [await db.run(master_lists.look_through, actor, numbers[0], now=NOW) for actor in press]

    async def clear(actor: Actor, view: master_lists.ListView) -> int:
        try:
            done = await db.run(master_lists.approve, actor, view.list.id, view.list.version, 0, now=NOW)
        except NothingChosen:
            return 0
        return done.approved

    approved = await asyncio.gather(*(clear(actor, view) for actor, view in zip(press, listed, strict=True)))
    assert sorted(approved) == [0, 10]
    for number in numbers:
        sheet = await db.read(_sheet, number)
        assert (sheet.draft.state, len(sheet.decisions)) == (DraftState.APPROVED, 1)


async def test_sending_tells_everybody_with_a_fitting_page_once(db: Database) -> None:
    """The due task run twice adds nothing; the author and people of other regions are left alone."""

    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        olga = await person(uow, "Ольга", Role.PRESS_SECRETARY, EVERYWHERE)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.PRESS_SECRETARY)
        await person(uow, "Иван", Role.VOLUNTEER, "omsk")
        await person(uow, "Мария", Role.COORDINATOR)
        master = await open_master(uow, olga, "vk-kazan", "x-main")
        task = DueTask("k", masters.SEND, master.subject, NOW, {"master": master.id})
        for _ in range(2):
            await masters.spread(uow, task, now=NOW)
        claimed = [notice.person_id for notice in await uow.outbox.claim(NOW, 50) if notice.kind == "master.sent"]
        assert sorted(claimed, key=str) == sorted([anna.id, boris.id], key=str)

    await db.run(story)
