"""Drafts on both engines."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.drafts import Decision, Draft, DraftState, MediaRef, Reason, Verdict, submitted, with_content
from domain.errors import DomainError, NotFound
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.usecases import approvals
from storage.database import Database
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
PHOTO = MediaRef("a" * 64, "photo")


async def person(uow: UnitOfWork, name: str, role: Role, region: str = "kazan") -> Actor:
    return await joined(uow, name, role, region, now=NOW)


async def waiting_draft(uow: UnitOfWork, author: Actor, text: str = "Текст", after: int = 4) -> Draft:
    draft = await uow.drafts.add(
        author_id=author.id,
        region="kazan",
        text=text,
        media=(PHOTO,),
        source="Канал",
        message_id=7,
        album="13",
        now=NOW,
    )
    await uow.drafts.set_page(draft.id, "vk-kazan", chosen=True)
    await uow.drafts.set_page(draft.id, "ok-kazan", chosen=True)
    new = submitted(draft, NOW, NOW + timedelta(hours=after))
    assert await uow.drafts.set_state(new, {DraftState.WRITING})
    return new


async def test_a_draft_comes_back_with_content_pages_and_decisions(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.PRESS_SECRETARY)
        made = await waiting_draft(uow, anna)
        await uow.drafts.set_page(made.id, "ok-kazan", chosen=False)
        await uow.drafts.set_page(made.id, "vk-kazan", chosen=True)
        draft = await uow.drafts.get(made.id)
        assert draft == replace(made, pages=("vk-kazan",))
        said = Decision(made.id, 1, boris.id, "Борис", Verdict.RETURN, Reason.FACTS, "12 или 13?", NOW)
        assert await uow.drafts.decide(said, DraftState.RETURNED)
        sheet = await uow.drafts.get_sheet(made.id)
        assert (sheet.author_name, sheet.author_zone) == ("Анна", "Europe/Moscow")
        assert [page.title for page in sheet.pages] == ["VK Казань"]
        assert sheet.decisions == (said,)
        assert await uow.drafts.decisions(made.id) == [said]
        with pytest.raises(NotFound):
            await uow.drafts.get(99)

    await db.run(story)


async def test_a_change_is_a_new_version_and_the_old_one_stays_readable(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        draft = await waiting_draft(uow, anna)
        new = with_content(draft, "Иначе", (), NOW)
        assert await uow.drafts.save_content(new, 1)
        assert not await uow.drafts.save_content(new, 1)
        assert (await uow.drafts.get(draft.id)).text == "Иначе"
        assert await uow.drafts.content(draft.id, 1) == ("Текст", (PHOTO,))
        old = Decision(draft.id, 1, anna.id, "Анна", Verdict.APPROVE, None, "", NOW)
        assert not await uow.drafts.decide(old, DraftState.APPROVED)
        assert (await uow.drafts.get(draft.id)).state is DraftState.SUBMITTED

    await db.run(story)


async def test_the_queue_is_ordered_by_promise_and_leaves_out_the_readers_own(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.PRESS_SECRETARY)
        late = await waiting_draft(uow, anna, "Поздний", after=8)
        soon = await waiting_draft(uow, anna, "Скорый", after=2)
        own = await waiting_draft(uow, boris, "Свой", after=1)
        assert [d.id for d in await uow.drafts.waiting({"kazan"})] == [own.id, soon.id, late.id]
        assert [d.id for d in await uow.drafts.waiting({EVERYWHERE}, boris.id)] == [soon.id, late.id]
        assert await uow.drafts.waiting({"omsk"}) == []
        assert await uow.drafts.waiting(set()) == []
        assert await uow.drafts.count_waiting({"kazan"}, boris.id) == (2, NOW)
        assert await uow.drafts.count_waiting({"omsk"}) == (0, None)
        half = Decision(soon.id, 1, boris.id, "Борис", Verdict.APPROVE, None, "", NOW)
        assert await uow.drafts.decide(half, DraftState.SUBMITTED)
        assert await uow.drafts.count_waiting({"kazan"}, boris.id) == (1, NOW)

    await db.run(story)


async def test_approved_texts_are_offered_to_their_pages_oldest_first(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await person(uow, "Анна", Role.VOLUNTEER), await person(uow, "Борис", Role.PRESS_SECRETARY)
        for n, text in enumerate(("Первый", "Второй")):
            draft = await waiting_draft(uow, anna, text)
            at = NOW - timedelta(minutes=n)
            yes = Decision(draft.id, 1, boris.id, "Борис", Verdict.APPROVE, None, "", at)
            assert await uow.drafts.decide(yes, DraftState.APPROVED)
        assert [d.draft_id for d in await uow.drafts.approved_for_page("vk-kazan")] == [2, 1]
        assert await uow.drafts.approved_for_page("vk-omsk") == []

    await db.run(story)


async def test_drafts_are_found_by_author_message_and_album(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        draft = await waiting_draft(uow, anna)
        found = await uow.drafts.find_by_message(anna.id, 7)
        assert found is not None
        assert found.id == draft.id
        assert await uow.drafts.find_by_message(anna.id, 8) is None
        assert await uow.drafts.find_by_album(anna.id, "13") == found
        assert await uow.drafts.find_unfinished(anna.id) is None
        assert [d.id for d in await uow.drafts.of_author(anna.id)] == [draft.id]

    await db.run(story)


async def test_a_message_that_is_followed_no_longer_is_still_known(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        draft = await waiting_draft(uow, anna)
        for _ in range(2):
            assert await uow.drafts.save_content(replace(draft, version=draft.version + 1), draft.version, message_id=0)
            draft = await uow.drafts.get(draft.id)
            assert await uow.drafts.find_by_message(anna.id, 7) is None
            assert await uow.drafts.find_made_from(anna.id, 7) == draft
        assert await uow.drafts.find_made_from(anna.id, 8) is None
        assert await uow.drafts.find_made_from(anna.id + 1, 7) is None

    await db.run(story)


async def test_media_are_known_by_their_hash(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        facts = {"size": 5, "mime": "image/png", "kind": "photo", "name": "x.png", "stored": True, "now": NOW}
        await uow.media.add(sha256="b" * 64, bot_id=1, file_id="one", file_unique_id="u", **facts)  # type: ignore[arg-type]
        await uow.media.add(sha256="b" * 64, bot_id=1, file_id=None, file_unique_id="u", **facts)  # type: ignore[arg-type]
        assert (await uow.media.get_many(["b" * 64, "c" * 64]))["b" * 64].file_id == "one"
        assert await uow.media.get_many([]) == {}

    await db.run(story)


async def test_of_two_simultaneous_decisions_one_stands(db: Database) -> None:
    async def prepare(uow: UnitOfWork) -> tuple[Draft, list[Actor]]:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        press = [await person(uow, name, Role.PRESS_SECRETARY) for name in ("Борис", "Вера", "Глеб", "Дина")]
        return await waiting_draft(uow, anna), press

    draft, press = await db.run(prepare)

    async def tap(actor: Actor, verdict: Verdict) -> str:
        try:
            await db.run(approvals.decide, actor, draft.id, 1, verdict, now=NOW)
        except DomainError as error:
            return type(error).__name__
        return "decided"

    verdicts = [Verdict.APPROVE, Verdict.REJECT, Verdict.APPROVE, Verdict.RETURN]
    results = await asyncio.gather(*(tap(actor, verdict) for actor, verdict in zip(press, verdicts, strict=True)))
    assert sorted(results) == ["AlreadyDecided", "AlreadyDecided", "AlreadyDecided", "decided"]
    assert len(await db.read(lambda uow: uow.drafts.decisions(draft.id))) == 1


async def test_a_decision_takes_six_statements_of_its_own(db: Database) -> None:
    async def prepare(uow: UnitOfWork) -> tuple[Draft, Actor]:
        await load_campaign(uow)
        anna = await person(uow, "Анна", Role.VOLUNTEER)
        return await waiting_draft(uow, anna), await person(uow, "Борис", Role.PRESS_SECRETARY)

    draft, boris = await db.run(prepare)
    before = db.cost.statements
    await db.run(approvals.decide, boris, draft.id, 1, Verdict.APPROVE, now=NOW)
    assert db.cost.statements - before <= 6
