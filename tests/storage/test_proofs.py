"""What the statements about proofs promise, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.people import EVERYWHERE
from domain.plan import Excuse, LinkUsed, Proof, Slot, SlotState
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.published import PublishedText, TextVerdict
from domain.spot_checks import CheckDecided, ProofEnd, SpotCheck, Why, WrongReason, disputed, share_of
from storage.database import Database
from tests.storage.test_plan import LINK, NOW, a_filled_slot

SINCE = NOW - timedelta(days=3)
STRANGER = 0
"""A reader who has posted nothing."""


async def a_proof(uow: UnitOfWork, *, media: str = "") -> tuple[Slot, Proof]:
    slot, assignment = await a_filled_slot(uow)
    proof = Proof(slot.id, assignment.id, assignment.person_id, LINK, "vk:-123_1", NOW, media)
    await uow.plan.add_proof(proof)
    return await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=NOW)), proof


def a_text(proof: Proof, verdict: TextVerdict = TextVerdict.DIFFERS) -> PublishedText:
    return PublishedText(
        proof.slot_id, proof.assignment_id, proof.person_id, proof.at, "Текст!", "", verdict, False, False, NOW
    )


async def a_check(uow: UnitOfWork, proof: Proof, *, fine: bool = False) -> SpotCheck:
    reason = None if fine else WrongReason.OTHER_TEXT
    return await uow.proofs.add_check(
        proof, fine=fine, reason=reason, note="", by_id=proof.person_id, now=NOW, deadline=None
    )


async def waiting(uow: UnitOfWork, percent: int = 0, reader: int = STRANGER) -> list[Why]:
    found = await uow.proofs.to_check({EVERYWHERE}, reader, SINCE, percent, 10)
    assert await uow.proofs.count_to_check({EVERYWHERE}, reader, SINCE, percent) == len(found)
    return [one.why for one in found]


async def test_the_sample_is_the_one_of_the_rule(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, proof = await a_proof(uow)
        share = share_of(slot.id)
        assert await waiting(uow, share) == []
        assert await waiting(uow, share + 1) == [Why.SAMPLE]
        assert await waiting(uow, 100, reader=proof.person_id) == [], "nobody looks at their own"
        for regions, count in (({"kazan"}, 1), ({"omsk"}, 0), ({"omsk", "kazan"}, 1)):
            assert await uow.proofs.count_to_check(regions, STRANGER, SINCE, 100) == count
        assert await uow.proofs.count_to_check({EVERYWHERE}, STRANGER, NOW + timedelta(seconds=1), 100) == 0

    await db.run(story)


async def test_what_needs_a_look_waits_whatever_the_sample_says(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        _, proof = await a_proof(uow, media="a" * 64)
        assert await waiting(uow) == [Why.PICTURE]
        await uow.proofs.put_text(a_text(proof))
        assert await waiting(uow) == [Why.DIFFERS]
        await uow.proofs.put_text(a_text(proof, TextVerdict.SAME))
        assert await waiting(uow) == [Why.PICTURE]
        await a_check(uow, proof, fine=True)
        assert await waiting(uow, 100) == []
        with pytest.raises(CheckDecided):
            await a_check(uow, proof)

    await db.run(story)


async def test_a_proof_that_ends_is_kept_and_its_link_is_free_again(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, proof = await a_proof(uow)
        with pytest.raises(LinkUsed):
            await uow.plan.add_proof(proof)
        await uow.proofs.put_text(a_text(proof))
        await uow.proofs.end(slot.id, ProofEnd.NOT_RIGHT, NOW)
        assert (await uow.proofs.find(slot.id), await uow.proofs.find_text(slot.id)) == (None, None)
        past = await uow.proofs.last_past(slot.id)
        assert past is not None
        assert (past.url, past.at, past.ended) == (LINK, NOW, ProofEnd.NOT_RIGHT)
        assert await uow.proofs.proven_by(proof.normal) is None
        await uow.proofs.end(slot.id, ProofEnd.UNDONE, NOW)  # there is none: nothing happens
        await uow.plan.add_proof(replace(proof, at=NOW + timedelta(hours=1)))
        assert await uow.proofs.proven_by(proof.normal) == proof.person_id
        assert await waiting(uow) == [Why.AGAIN]

    await db.run(story)


async def test_a_check_is_saved_on_its_version_and_found_while_its_slot_is_open(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, proof = await a_proof(uow)
        check = await a_check(uow, proof)
        assert await uow.proofs.given_back(slot.day) == []
        await uow.proofs.end(slot.id, ProofEnd.NOT_RIGHT, NOW)
        await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, posted_at=None))
        assert await uow.proofs.given_back(slot.day) == [check]
        saved = await uow.proofs.save_check(disputed(check))
        assert await uow.proofs.find_check(slot.id) == saved
        for regions, found in (({"kazan"}, [saved]), ({"omsk"}, []), ({EVERYWHERE}, [saved]), (set(), [])):
            assert await uow.proofs.disputed(regions) == found
        with pytest.raises(CheckDecided):
            await uow.proofs.save_check(disputed(check))
        with pytest.raises(NotFound):
            await uow.proofs.get_check(check.id + 1)

    await db.run(story)


async def test_an_account_is_blocked_once_per_network_until_it_works_again(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, proof = await a_proof(uow)
        first = await uow.proofs.add_block(proof.person_id, Platform.VK, slot.page, NOW)
        assert await uow.proofs.add_block(proof.person_id, Platform.VK, slot.page, NOW) == first
        other = await uow.proofs.add_block(proof.person_id, Platform.OK, slot.page, NOW)
        assert await uow.proofs.blocks() == await uow.proofs.blocks(proof.person_id) == [first, other]
        assert await uow.proofs.end_block(first.id, NOW)
        assert not await uow.proofs.end_block(first.id, NOW)
        assert await uow.proofs.blocks() == [other]
        again = await uow.proofs.add_block(proof.person_id, Platform.VK, slot.page, NOW)
        assert again.id not in {first.id, other.id}
        with pytest.raises(NotFound):
            await uow.proofs.get_block(again.id + 1)

    await db.run(story)


async def test_what_rested_for_somebody_is_found_while_it_lies_ahead(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        before = slot.at - timedelta(hours=1)
        assert await uow.proofs.rested(assignment.person_id, before) == []
        rested = await uow.plan.save_slot(replace(slot, state=SlotState.CANCELLED, excuse=Excuse.BLOCKED))
        assert await uow.proofs.rested(assignment.person_id, before) == [rested]
        assert await uow.proofs.rested(assignment.person_id, slot.at) == []
        assert await uow.proofs.rested(assignment.person_id + 1, before) == []

    await db.run(story)


async def test_of_two_looks_at_the_same_proof_one_counts(db: Database) -> None:
    async def prepare(uow: UnitOfWork) -> Proof:
        return (await a_proof(uow))[1]

    proof = await db.run(prepare)

    async def look(uow: UnitOfWork) -> bool:
        try:
            await a_check(uow, proof, fine=True)
        except CheckDecided:
            return False
        return True

    assert sorted(await asyncio.gather(*(db.run(look) for _ in range(8)))) == [*[False] * 7, True]
