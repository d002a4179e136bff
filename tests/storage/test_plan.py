"""The plan's repository on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import Conflict, NotFound
from domain.norms import Norm
from domain.pages import Page, PageKind
from domain.people import Role
from domain.plan import (
    GIVEN_UP,
    Assignment,
    AssignmentState,
    DeclineReason,
    EmptyReason,
    LinkUsed,
    Proof,
    Slot,
    SlotState,
)
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.plan import Declined
from domain.usecases import planning
from storage.database import Database
from tests.drafting import approve
from tests.harness import WINDOWS, load_campaign
from tests.joining import joined

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 7, 16, tzinfo=UTC)
AT = datetime(2026, 9, 8, 7, 30, tzinfo=UTC)
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)
LINK = "https://vk.com/wall-123_1"


async def join(uow: UnitOfWork, telegram_id: int, region: str = "kazan", role: Role = Role.VOLUNTEER) -> int:
    actor = await joined(uow, f"p{telegram_id}", role, region, now=NOW, telegram_id=telegram_id)
    return actor.id


async def a_filled_slot(uow: UnitOfWork) -> tuple[Slot, Assignment]:
    await load_campaign(uow)
    anna = await join(uow, 1)
    draft = await approve(uow, anna, anna, "Текст", "vk-kazan", now=NOW)
    (slot,) = await uow.plan.add_slots([("vk-kazan", DAY, AT)])
    slot = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, draft_id=draft, draft_version=1))
    return slot, await uow.plan.put_assignment(slot, anna, AssignmentState.ASSIGNED, substitute=False, now=NOW)


async def test_slots_are_added_once_and_cancelled_ones_come_back_to_life(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        wanted = [("vk-kazan", DAY, AT), ("ok-kazan", DAY, AT)]
        added = await uow.plan.add_slots(wanted)
        assert {slot.page for slot in added} == {"vk-kazan", "ok-kazan"}
        assert await uow.plan.add_slots(wanted) == []
        await uow.plan.save_slot(replace(added[0], state=SlotState.CANCELLED))
        assert [view.slot.id for view in await uow.plan.slots_of_day(DAY)] == [added[1].id]
        (again,) = await uow.plan.add_slots(wanted)
        assert (again.id, again.state, again.version) == (added[0].id, SlotState.EMPTY, added[0].version + 2)

    await db.run(story)


async def test_saving_what_somebody_else_changed_is_a_conflict(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        await uow.plan.save_slot(replace(slot, state=SlotState.MISSED))
        with pytest.raises(Conflict):
            await uow.plan.save_slot(slot)
        await uow.plan.save_assignment(replace(assignment, state=AssignmentState.MISSED))
        with pytest.raises(Conflict):
            await uow.plan.save_assignment(assignment)

    await db.run(story)


async def test_views_carry_page_text_person_and_proof(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        view = await uow.plan.view(assignment.id)
        assert (view.page.code, view.text, view.person.name, view.proof_url) == ("vk-kazan", "Текст", "p1", None)
        assert (view.slot, view.assignment) == (slot, assignment)
        (mine,) = await uow.plan.views_of_person(assignment.person_id, AT, AT + timedelta(days=1))
        assert mine == view
        assert (
            await uow.plan.views_of_person(assignment.person_id, AT + timedelta(days=1), AT + timedelta(days=2)) == []
        )
        (listed,) = await uow.plan.slots_of_day(DAY, ["vk-kazan"])
        assert (listed.assignee, listed.page_title, listed.zone) == ("p1", "VK Казань", "Europe/Moscow")
        assert [v.slot.id for v in await uow.plan.open_slots_between(AT, AT + timedelta(seconds=1))] == [slot.id]
        assert await uow.plan.open_slots_between(AT + timedelta(seconds=1), AT + timedelta(days=1)) == []
        with pytest.raises(NotFound):
            await uow.plan.view(999)

    await db.run(story)


async def test_a_link_proves_one_slot_only_until_it_is_taken_back(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        proof = Proof(slot.id, assignment.id, assignment.person_id, LINK, "vk:-123_1", NOW)
        await uow.plan.add_proof(proof)
        await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=NOW))
        (other,) = await uow.plan.add_slots([("vk-kazan", DAY, AT + timedelta(hours=9))])
        with pytest.raises(LinkUsed):
            await uow.plan.add_proof(replace(proof, slot_id=other.id))
        await uow.plan.remove_proof(slot.id)
        await uow.plan.add_proof(replace(proof, slot_id=other.id))

    await db.run(story)


async def test_an_ended_assignment_is_opened_again_for_the_same_person(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        ended = await uow.plan.save_assignment(replace(assignment, state=AssignmentState.CANCELLED))
        assert await uow.plan.bookings([assignment.person_id], AT) == []
        again = await uow.plan.put_assignment(
            slot, assignment.person_id, AssignmentState.OFFERED, substitute=True, now=NOW
        )
        assert (again.id, again.version, again.substitute) == (assignment.id, ended.version + 1, True)
        (booking,) = await uow.plan.bookings([assignment.person_id], AT)
        assert (booking.slot_id, booking.state) == (slot.id, AssignmentState.OFFERED)

    await db.run(story)


async def test_kept_counts_what_is_past(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, _ = await a_filled_slot(uow)
        await uow.plan.add_slots([("vk-kazan", DAY, AT + timedelta(hours=3)), ("ok-kazan", DAY, AT)])
        await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=AT))
        kept = await uow.plan.kept(DAY, AT + timedelta(hours=1))
        assert {code: (k.posted, k.due) for code, k in kept.items()} == {"vk-kazan": (1, 1), "ok-kazan": (0, 1)}

    await db.run(story)


async def test_the_first_answer_counts(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        number = await uow.plan.add_question(slot.id, assignment.person_id, "Когда?", NOW)
        assert await uow.plan.answer_question(number, assignment.person_id, "Сейчас", NOW)
        assert not await uow.plan.answer_question(number, assignment.person_id, "Потом", NOW)
        assert (await uow.plan.get_question(number)).answer == "Сейчас"

    await db.run(story)


async def test_forty_pages_are_planned_in_few_statements_and_planning_again_moves_nothing(db: Database) -> None:
    pages = [
        Page(f"p{n}", Platform.VK, PageKind.GROUP, f"P{n}", "kazan", "Europe/Moscow", (), "", 1, None, active=True)
        for n in range(40)
    ]

    async def prepare(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        await uow.campaign.save_pages(pages)
        await uow.campaign.save_norms(Norm(page.code, (2,) * 7, WINDOWS, 120, 3) for page in pages)
        people = [await join(uow, n) for n in range(1, 41)]
        for n in range(2):
            await approve(uow, people[0], people[1], f"Текст {n}", *(page.code for page in pages), now=NOW)

    async def plan(uow: UnitOfWork) -> None:
        await planning.plan_days(uow, pages, {page.code: [DAY] for page in pages}, now=NOW, rules=RULES)

    await db.run(prepare)
    before_it = db.cost.statements
    await db.run(plan)
    # 0.3 s on two idle cores; what is counted does not depend on how busy they are.
    statements = db.cost.statements - before_it
    assert statements < 7 * 80
    views = await db.read(lambda uow: uow.plan.slots_of_day(DAY))
    assert len(views) == 80
    # Everybody has one slot at 10:30 or 19:30, none two at the same time: 40 people, two moments.
    assert sum(view.slot.state is SlotState.FILLED for view in views) == 80
    assert len({(view.assignee_id, view.slot.at) for view in views}) == 80
    before = [(view.slot.id, view.slot.version, view.assignee_id) for view in views]
    await db.run(plan)
    again = await db.read(lambda uow: uow.plan.slots_of_day(DAY))
    assert [(view.slot.id, view.slot.version, view.assignee_id) for view in again] == before


async def test_what_cannot_be_filled_says_why(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        press = await join(uow, 1, role=Role.PRESS_SECRETARY)
        pages = [await uow.campaign.get_page(code) for code in ("vk-kazan", "ok-kazan")]
        await approve(uow, press, press, "Текст", "vk-kazan", now=NOW)
        await planning.plan_days(uow, pages, {page.code: [DAY] for page in pages}, now=NOW, rules=RULES)
        views = await uow.plan.slots_of_day(DAY)
        reasons = [(view.slot.page, view.slot.empty_reason) for view in views]
        assert sorted(reasons) == [("ok-kazan", EmptyReason.NO_TEXT)] * 2 + [("vk-kazan", EmptyReason.NO_PERSON)] * 2

    await db.run(story)


async def test_a_text_missed_twice_in_its_version_is_no_longer_offered_to_its_page(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, _ = await a_filled_slot(uow)
        missed = await uow.plan.save_slot(replace(slot, state=SlotState.MISSED))
        assert await uow.plan.times_missed(missed) == 1
        assert len(await uow.drafts.approved_for_page("vk-kazan")) == 1
        (other,) = await uow.plan.add_slots([("vk-kazan", DAY, AT + timedelta(hours=9))])
        again = replace(other, state=SlotState.MISSED, draft_id=slot.draft_id, draft_version=slot.draft_version)
        assert await uow.plan.times_missed(await uow.plan.save_slot(again)) == GIVEN_UP
        assert await uow.drafts.approved_for_page("vk-kazan") == []

    await db.run(story)


async def test_why_somebody_handed_a_slot_on_is_read_from_the_journal(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        slot, assignment = await a_filled_slot(uow)
        assert await uow.plan.declines(slot.id) == []
        await uow.plan.save_assignment(replace(assignment, state=AssignmentState.DECLINED))
        payload = {"reason": "other", "note": "в поезде"}
        await uow.journal.add(
            at=NOW, actor=1, action="assignment.declined", object_=assignment.subject, payload=payload
        )
        assert await uow.plan.declines(slot.id) == [Declined("p1", DeclineReason.OTHER, "в поезде")]

    await db.run(story)
