"""The plan keeps embargo and expiry, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.drafts import DraftState
from domain.notices import DueTask
from domain.people import Role
from domain.plan import AssignmentState, SlotState
from domain.ports import UnitOfWork
from domain.usecases import planning, timing
from storage.database import Database
from tests.drafting import approve
from tests.harness import load_campaign
from tests.storage.test_plan import AT, DAY, NOW, RULES, join


async def timed(
    uow: UnitOfWork, number: int, *, after: timedelta | None = None, until: timedelta | None = None
) -> None:
    """Ends of an approved text, counted from AT; the author sets them earlier."""
    draft = await uow.drafts.get(number)
    begins, ends = (None if end is None else AT + end for end in (after, until))
    new = replace(draft, not_before=begins, expires_at=ends)
    assert await uow.drafts.set_state(replace(new, state=DraftState.RETURNED), {DraftState.APPROVED})
    assert await uow.timing.save(new)
    assert await uow.drafts.set_state(new, {DraftState.RETURNED})


async def test_the_planner_takes_a_text_only_into_slots_between_its_ends(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await join(uow, 1), await join(uow, 2, role=Role.PRESS_SECRETARY)
        pages = await uow.campaign.pages(["vk-kazan"])
        early = await approve(uow, anna, boris, "До полудня", "vk-kazan", now=NOW)
        late = await approve(uow, anna, boris, "С полудня", "vk-kazan", now=NOW)
        gone = await approve(uow, anna, boris, "Вчерашнее", "vk-kazan", now=NOW)
        await timed(uow, late, after=timedelta(hours=2))
        await timed(uow, gone, until=timedelta(hours=-5))
        await planning.plan_days(uow, pages.values(), {"vk-kazan": [DAY]}, now=NOW, rules=RULES)
        slots = await uow.plan.slots_of_pages(["vk-kazan"], [DAY])
        assert [slot.draft_id for slot in slots] == [early, late]

    await db.run(story)


async def test_a_place_beyond_the_expiry_gets_another_text_and_both_sides_hear(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await join(uow, 1), await join(uow, 2, role=Role.PRESS_SECRETARY)
        old = await approve(uow, anna, boris, "Приходите утром", "vk-kazan", now=NOW)
        new = await approve(uow, anna, boris, "Приходите завтра", "vk-kazan", now=NOW)
        (slot,) = await uow.plan.add_slots([("vk-kazan", DAY, AT)])
        slot = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, draft_id=old, draft_version=1))
        task = await uow.plan.put_assignment(slot, anna, AssignmentState.ASSIGNED, substitute=False, now=NOW)
        await timed(uow, old, until=timedelta(hours=-2))
        over = AT - timedelta(hours=2)
        due = DueTask("k", timing.EXPIRED, f"draft:{old}", over, {"draft": old, "at": over.isoformat()})
        await timing.expired(uow, due, now=over, rules=RULES)
        assert await uow.plan.slots_of_draft(old) == []
        assert [one.at for one in await uow.plan.slots_of_draft(new)] == [AT]
        assert (await uow.plan.view(task.id)).text == "Приходите завтра"  # the same person has it again, with the other
        told = [n for n in await uow.outbox.claim(over + timedelta(hours=5), 20) if n.kind == timing.EXPIRED]
        assert {n.person_id for n in told} <= {anna, boris}
        assert told

    await db.run(story)


async def test_an_end_that_was_changed_since_expires_nothing(db: Database) -> None:
    async def story(uow: UnitOfWork) -> None:
        await load_campaign(uow)
        anna, boris = await join(uow, 1), await join(uow, 2, role=Role.PRESS_SECRETARY)
        number = await approve(uow, anna, boris, "Текст", "vk-kazan", now=NOW)
        await timed(uow, number, until=timedelta(hours=3))
        params = {"draft": number, "at": AT.isoformat()}
        await timing.expired(uow, DueTask("k", timing.EXPIRED, f"draft:{number}", AT, params), now=AT, rules=RULES)
        assert [n for n in await uow.outbox.claim(AT, 20) if n.kind == timing.EXPIRED] == []

    await db.run(story)
