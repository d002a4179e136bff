"""The talk at the desk on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.appeals import Appeal, FirstDecider, SecondAppeal
from domain.claims import Claim, Claimed
from domain.drafts import Decision, DraftChanged, DraftState, Reason, Verdict
from domain.edits import Edit, EditGone
from domain.errors import NotFound
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.usecases import appeals, approvals, claims, comments, edits, undo
from storage.database import Database
from tests.harness import load_campaign
from tests.storage.test_drafts import NOW, person, waiting_draft

MINUTE = timedelta(minutes=1)


async def desk(uow: UnitOfWork) -> tuple[Actor, Actor, Actor, int]:
    """Anna's draft waits for Boris or Vera."""
    await load_campaign(uow)
    anna = await person(uow, "Анна", Role.VOLUNTEER)
    boris, vera = [await person(uow, name, Role.PRESS_SECRETARY) for name in ("Борис", "Вера")]
    return anna, boris, vera, (await waiting_draft(uow, anna)).id


async def test_of_two_who_are_on_it_at_once_one_is(db: Database) -> None:
    _, boris, vera, number = await db.run(desk)
    await db.run(claims.claim, boris, number, 1, minutes=15, now=NOW)
    with pytest.raises(Claimed):
        await db.run(claims.claim, vera, number, 1, minutes=15, now=NOW + 14 * MINUTE)
    assert not await db.run(lambda uow: uow.talk.claim(number, vera.id, until=NOW + 15 * MINUTE, now=NOW))
    sheet = await db.read(lambda uow: uow.drafts.get_sheet(number))
    assert sheet.claim == Claim(boris.id, "Борис", NOW + 15 * MINUTE)
    await db.run(claims.claim, vera, number, 1, minutes=15, now=NOW + 15 * MINUTE)
    assert not await db.run(claims.let_go, boris, number, now=NOW)
    assert await db.run(claims.let_go, vera, number, now=NOW)


async def test_a_claim_that_was_taken_anew_does_not_lapse_with_the_old_one(db: Database) -> None:
    _, boris, _, number = await db.run(desk)
    await db.run(claims.claim, boris, number, 1, minutes=15, now=NOW)
    await db.run(claims.claim, boris, number, 1, minutes=15, now=NOW + MINUTE)
    first = await db.read(lambda uow: uow.tasks.first_due(NOW + 15 * MINUTE))
    assert first is not None
    assert first.kind == "claim.lapsed"
    await db.run(claims.lapsed, first, now=NOW + 15 * MINUTE)
    assert (await db.read(lambda uow: uow.drafts.get_sheet(number))).claim is not None


async def test_comments_come_back_newest_last_and_name_their_version(db: Database) -> None:
    anna, boris, _, number = await db.run(desk)
    for minute, (who, words) in enumerate(((boris, "Раз"), (anna, "Два"), (boris, "Три"))):
        await db.run(comments.say, who, number, 99, words, now=NOW + minute * MINUTE)

    async def story(uow: UnitOfWork) -> None:
        talk = await uow.talk.talk(number)
        assert [(c.name, c.text, c.version) for c in talk.last] == [("Анна", "Два", 1), ("Борис", "Три", 1)]
        assert talk.total == 3
        assert [c.text for c in await uow.talk.comments(number, 2, 1)] == ["Два", "Раз"]
        assert await uow.talk.commenters(number) == {anna.id, boris.id}
        assert (await uow.talk.talk(number + 1)).total == 0
        with pytest.raises(NotFound):
            await uow.talk.get_comment(99)

    await db.read(story)


async def test_an_appeal_keeps_the_content_and_keeps_the_first_decider_out(db: Database) -> None:
    anna, boris, vera, number = await db.run(desk)
    await db.run(approvals.decide, boris, number, 1, Verdict.REJECT, reason=Reason.TONE, now=NOW)
    done = await db.run(appeals.appeal, anna, number, 1, hours=3, now=NOW + MINUTE)
    assert done.asked == ("Вера",)

    async def waits(uow: UnitOfWork) -> None:
        sheet = await uow.drafts.get_sheet(number)
        assert (sheet.draft.state, sheet.draft.version, sheet.draft.text) == (DraftState.SUBMITTED, 2, "Текст")
        assert sheet.appeal == Appeal(number, 1, 2, boris.id, NOW + MINUTE)
        assert len(sheet.draft.media) == 1
        assert [w.id for w in await uow.drafts.waiting(["kazan"], boris.id)] == []
        assert [w.id for w in await uow.drafts.waiting(["kazan"], vera.id)] == [number]

    await db.read(waits)
    with pytest.raises(FirstDecider):
        await db.run(approvals.decide, boris, number, 2, Verdict.APPROVE, now=NOW)
    await db.run(approvals.decide, vera, number, 2, Verdict.RETURN, reason=Reason.TONE, now=NOW)
    for version in (1, 2):
        with pytest.raises(SecondAppeal):
            await db.run(appeals.appeal, anna, number, version, hours=3, now=NOW)


async def test_an_appeal_goes_on_with_an_approvers_wording(db: Database) -> None:
    anna, boris, vera, number = await db.run(desk)
    await db.run(approvals.decide, boris, number, 1, Verdict.REJECT, reason=Reason.TONE, now=NOW)
    await db.run(appeals.appeal, anna, number, 1, hours=3, now=NOW)
    made = await db.run(edits.propose, vera, number, 2, "Иначе", now=NOW)
    await db.run(edits.approve, vera, number, 2, made.edit.mark, undo_seconds=60, now=NOW)
    assert (await db.read(lambda uow: uow.drafts.get_sheet(number))).appeal == Appeal(number, 1, 3, boris.id, NOW)
    await db.run(undo.undo, vera, number, 3, now=NOW)
    assert await db.read(lambda uow: uow.drafts.waiting(["kazan"], boris.id)) == []


async def test_an_edit_and_its_approval_are_one(db: Database) -> None:
    _, boris, vera, number = await db.run(desk)
    made = await db.run(edits.propose, boris, number, 1, "Иначе", now=NOW)
    with pytest.raises(EditGone):
        await db.run(edits.approve, vera, number, 1, made.edit.mark, now=NOW)
    with pytest.raises(EditGone):
        await db.run(edits.approve, boris, number, 1, "0123456789", now=NOW)
    assert (await db.read(lambda uow: uow.drafts.get(number))).version == 1
    await db.run(edits.approve, boris, number, 1, made.edit.mark, now=NOW)

    async def approved(uow: UnitOfWork) -> None:
        sheet = await uow.drafts.get_sheet(number)
        assert (sheet.draft.state, sheet.draft.text) == (DraftState.APPROVED, "Иначе")
        assert (sheet.draft.version, sheet.draft.edited_by) == (2, boris.id)
        assert [(d.version, d.approver_id) for d in sheet.decisions] == [(2, boris.id)]
        assert "".join(piece.text for piece in await edits.changes(uow, sheet)) == "ТекстИначе"
        assert await uow.talk.find_edit(number, boris.id) is None

    await db.read(approved)


async def test_an_edit_of_what_the_author_changed_meanwhile_is_none(db: Database) -> None:
    _, boris, _, number = await db.run(desk)
    made = await db.run(edits.propose, boris, number, 1, "Иначе", now=NOW)

    async def author(uow: UnitOfWork) -> None:
        old = await uow.drafts.get(number)
        assert await uow.drafts.save_content(replace(old, version=2, text="Новее"), 1)

    await db.run(author)
    with pytest.raises(DraftChanged):
        await db.run(edits.approve, boris, number, 1, made.edit.mark, now=NOW)
    assert (await db.read(lambda uow: uow.drafts.get(number))).text == "Новее"


async def test_a_newer_wording_replaces_the_older(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        _, boris, _, number = await desk(uow)
        for text in ("Раз", "Два"):
            await uow.talk.put_edit(Edit(number, boris.id, 1, text, NOW))
        found = await uow.talk.find_edit(number, boris.id)
        assert found is not None
        assert found.text == "Два"
        await uow.talk.drop_edit(number, boris.id)
        assert await uow.talk.find_edit(number, boris.id) is None

    await db.run(story)


async def test_who_hears_on_sunday_is_chosen_by_clock_number_and_wish(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        anna, boris, _, first = await desk(uow)
        for number in (first, *[(await waiting_draft(uow, anna)).id for _ in range(2)]):
            made = Decision(number, 1, boris.id, "", Verdict.APPROVE, None, "", NOW)
            assert await uow.drafts.decide(made, DraftState.APPROVED)
        since, zone = NOW - timedelta(days=28), "Europe/Moscow"
        assert [o.draft_id for o in await uow.talk.outcomes(anna.id, since)] == [first, first + 1, first + 2]
        assert await uow.talk.outcomes(boris.id, since) == []
        assert await uow.talk.outcomes(anna.id, NOW + MINUTE) == []
        assert list(await uow.talk.zones_decided(since)) == [zone]
        assert await uow.talk.authors_decided(zone, since, 3) == [anna.id]
        assert await uow.talk.authors_decided(zone, since, 4) == []
        assert await uow.talk.authors_decided("Asia/Omsk", since, 3) == []
        for _ in range(2):
            await uow.talk.mute(anna.id, muted=True, now=NOW)
        assert await uow.talk.is_muted(anna.id)
        assert await uow.talk.authors_decided(zone, since, 3) == []
        await uow.talk.mute(anna.id, muted=False, now=NOW)
        assert await uow.talk.authors_decided(zone, since, 3) == [anna.id]

    await db.run(story)
