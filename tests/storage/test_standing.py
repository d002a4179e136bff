"""Closing access, accounts, notes, load: what the statements promise, on both engines."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.account_move import MoveState
from domain.drafts import Decision, DraftState, Verdict
from domain.errors import NotFound
from domain.people import EVERYWHERE, Actor, PersonStatus, Role
from domain.plan import AssignmentState, SlotState
from domain.planning import PlanRules
from domain.team import AlreadySuspended, LastOwner, Span
from domain.two_people import Kind, WishOver, WishState
from domain.usecases import second_yes, suspension, two_people
from storage.database import Database
from storage.tables import suspension as suspensions
from storage.tables import telegram_account
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)


async def person(db: Database, name: str, role: Role, region: str = "kazan", account: int | None = None) -> Actor:
    found: Actor = await db.run(lambda uow: joined(uow, name, role, region, now=NOW, telegram_id=account))
    return found


async def close(db: Database, by: Actor, whom: Actor) -> suspension.Closing:
    done: suspension.Closing = await db.run(suspension.suspend, by, whom.id, 0, now=NOW, rules=RULES)
    return done


async def test_of_two_who_close_the_same_access_one_does(db: Database) -> None:
    await db.run(load_campaign)
    anna = await person(db, "Анна", Role.VOLUNTEER)
    leaders = [await person(db, f"Ведущий {n}", Role.COORDINATOR) for n in range(4)]
    results = await asyncio.gather(*(close(db, one, anna) for one in leaders), return_exceptions=True)
    assert sum(isinstance(one, suspension.Closing) for one in results) == 1
    assert sum(isinstance(one, AlreadySuspended) for one in results) == 3
    rows = await db.read(lambda uow: _all(uow, select(suspensions.c.person_id, suspensions.c.lifted_at)))
    assert [tuple(row) for row in rows] == [(anna.id, None)]


async def _all(uow: SqlUnitOfWork, statement: Any) -> list[Any]:
    return list((await uow.session.execute(statement)).all())


async def test_two_owners_cannot_close_each_others_access_at_the_same_time(db: Database) -> None:
    await db.run(load_campaign)
    one, two = [await person(db, name, Role.OWNER, EVERYWHERE) for name in ("Ольга", "Павел")]
    results = await asyncio.gather(close(db, one, two), close(db, two, one), return_exceptions=True)
    assert sum(isinstance(result, suspension.Closing) for result in results) == 1
    assert sum(isinstance(result, LastOwner) for result in results) == 1
    assert await db.read(lambda uow: uow.standing.owners()) == 1


async def test_closed_tells_apart_the_suspended_the_moved_and_those_who_left(db: Database) -> None:
    anna = await person(db, "Анна", Role.VOLUNTEER, account=7001)
    assert await db.read(lambda uow: uow.standing.closed(7001)) is None
    assert await db.read(lambda uow: uow.standing.closed(7999)) is None
    assert await db.run(lambda uow: uow.standing.suspend(anna.id, None, None, NOW))
    assert not await db.run(lambda uow: uow.standing.suspend(anna.id, None, None, NOW))
    found = await db.read(lambda uow: uow.standing.closed(7001))
    assert (found.person.id, found.moved) == (anna.id, False)
    assert await db.run(lambda uow: uow.standing.lift(anna.id, 1, NOW))
    assert not await db.run(lambda uow: uow.standing.lift(anna.id, 1, NOW))
    await db.run(lambda uow: uow.standing.link_account(anna.id, 7002, "new", NOW))
    old = await db.read(lambda uow: uow.standing.closed(7001))
    assert (old.person.id, old.moved) == (anna.id, True)
    assert await db.read(lambda uow: uow.people.find_actor(7001)) is None
    assert (await db.read(lambda uow: uow.people.find_actor(7002))).id == anna.id
    await db.run(lambda uow: uow.people.update(anna.id, status=PersonStatus.LEFT))
    assert await db.read(lambda uow: uow.standing.closed(7001)) is None


async def test_an_account_can_be_moved_back_and_never_to_somebody_elses(db: Database) -> None:
    anna = await person(db, "Анна", Role.VOLUNTEER, account=7001)
    boris = await person(db, "Борис", Role.VOLUNTEER, account=7003)
    await db.run(lambda uow: uow.standing.link_account(anna.id, 7002, "", NOW))
    await db.run(lambda uow: uow.standing.link_account(anna.id, 7001, "", NOW))
    assert (await db.read(lambda uow: uow.people.find_actor(7001))).id == anna.id
    await db.run(lambda uow: uow.standing.link_account(anna.id, 7003, "", NOW))
    assert (await db.read(lambda uow: uow.people.find_actor(7003))).id == boris.id, "the statement leaves it alone"
    rows = await db.read(lambda uow: _all(uow, select(telegram_account.c.telegram_id, telegram_account.c.person_id)))
    assert (7003, boris.id) in [tuple(row) for row in rows]


async def test_a_newer_link_for_an_account_kills_the_older_and_is_decided_once(db: Database) -> None:
    anna = await person(db, "Анна", Role.VOLUNTEER)
    irina = await person(db, "Ирина", Role.COORDINATOR)
    later = NOW + timedelta(hours=2)
    first = await db.run(lambda uow: uow.standing.add_move(anna.id, "a" * 64, irina.id, NOW, later))
    second = await db.run(lambda uow: uow.standing.add_move(anna.id, "b" * 64, irina.id, NOW, later))
    assert (await db.read(lambda uow: uow.standing.get_move(first.id))).state is MoveState.DECLINED
    assert not await db.run(lambda uow: uow.standing.claim_move(first.id, 9, "", "", later))
    assert await db.run(lambda uow: uow.standing.claim_move(second.id, 9, "Анна", "anna", later))
    assert not await db.run(lambda uow: uow.standing.claim_move(second.id, 10, "Чужой", "", later))
    done = MoveState.CLAIMED, MoveState.DONE
    assert await db.run(lambda uow: uow.standing.decide_move(second.id, *done, irina.id, NOW))
    assert not await db.run(lambda uow: uow.standing.decide_move(second.id, *done, irina.id, NOW))


async def test_a_second_yes_counts_once(db: Database) -> None:
    await db.run(load_campaign)
    owners = [await person(db, f"Владелец {n}", Role.OWNER, EVERYWHERE) for n in range(4)]
    maria = await person(db, "Мария", Role.MANAGER, EVERYWHERE)
    wish = await db.run(two_people.propose, owners[0], Kind.SUSPEND_LEADER, maria, now=NOW)
    again = await db.run(two_people.propose, owners[1], Kind.SUSPEND_LEADER, maria, now=NOW)
    assert again.id == wish.id, "what waits already is not asked twice"
    said = (db.run(second_yes.confirm, one, wish.id, now=NOW, rules=RULES) for one in owners[1:])
    results = await asyncio.gather(*said, return_exceptions=True)
    assert sum(isinstance(one, two_people.WishView) for one in results) == 1
    late = [one for one in results if not isinstance(one, two_people.WishView)]
    assert all(isinstance(one, WishOver | NotFound) for one in late)
    assert (await db.read(lambda uow: uow.standing.get_wish(wish.id))).state is WishState.DONE
    assert (await db.read(lambda uow: uow.people.get(maria.id))).status is PersonStatus.SUSPENDED


async def test_load_counts_what_is_ahead_and_what_was_late_within_its_days(db: Database) -> None:
    await db.run(load_campaign)
    anna = await person(db, "Анна", Role.VOLUNTEER)
    await person(db, "Свободный", Role.VOLUNTEER)
    hours = {
        "ahead": 5,
        "tomorrow": 29,
        "too far": 24 * 8,
        "late": -30,
        "on time": -54,
        "missed": -78,
        "long ago": -24 * 20,
    }

    async def plan(uow: SqlUnitOfWork) -> None:
        for name, after in hours.items():
            at = NOW + timedelta(hours=after)
            (slot,) = await uow.plan.add_slots([("vk-kazan", at.date(), at)])
            one = await uow.plan.put_assignment(slot, anna.id, AssignmentState.ASSIGNED, substitute=False, now=NOW)
            if after > 0:
                continue
            state = AssignmentState.MISSED if name == "missed" else AssignmentState.POSTED
            minutes = 90 if name in {"late", "long ago"} else 5
            ended = SlotState.MISSED if name == "missed" else SlotState.POSTED
            posted = None if name == "missed" else at + timedelta(minutes=minutes)
            await uow.plan.save_slot(replace(slot, state=ended, posted_at=posted))
            await uow.plan.save_assignment(replace(one, state=state))

    await db.run(plan)
    span = Span.around(NOW, timedelta(minutes=30))
    found = await db.read(lambda uow: uow.team.busy(None, NOW, span))
    assert [(one.person_id, one.ahead, one.late) for one in found] == [(anna.id, 2, 2)]
    one = await db.read(lambda uow: uow.team.busy_one(anna.id, NOW, span))
    assert (one.ahead, one.late) == (2, 2)
    assert await db.read(lambda uow: uow.team.busy(frozenset({"omsk"}), NOW, span)) == []


async def test_lists_keep_to_the_regions_and_the_status(db: Database) -> None:
    anna = await person(db, "Анна", Role.VOLUNTEER)
    oleg = await person(db, "Олег", Role.VOLUNTEER, "omsk")
    shut = await person(db, "Яков", Role.VOLUNTEER)
    await db.run(lambda uow: uow.standing.suspend(shut.id, anna.id, None, NOW))
    await db.run(lambda uow: uow.people.set_reachable(anna.telegram_id, reachable=False))
    kazan = frozenset({"kazan"})
    assert await db.read(lambda uow: uow.team.names(kazan)) == [(anna.id, "Анна"), (shut.id, "Яков")]
    assert await db.read(lambda uow: uow.team.unreachable(None)) == [anna.id]
    assert await db.read(lambda uow: uow.team.suspended(kazan)) == [shut.id]
    assert await db.read(lambda uow: uow.team.inside([anna.id, oleg.id, shut.id], None)) == [anna.id, oleg.id]
    members = await db.read(lambda uow: uow.team.members([shut.id, anna.id]))
    assert [one.person.name for one in members] == ["Яков", "Анна"]
    assert [one.role for one in members[0].memberships] == [Role.VOLUNTEER], "roles are kept for the day it is lifted"


async def test_only_open_drafts_change_hands_and_not_what_was_decided_on(db: Database) -> None:
    await db.run(load_campaign)
    anna, boris = await person(db, "Анна", Role.VOLUNTEER), await person(db, "Борис", Role.PRESS_SECRETARY)

    async def write(uow: SqlUnitOfWork) -> list[int]:
        ids = []
        for n in range(2):
            made = await uow.drafts.add(
                author_id=anna.id,
                region="kazan",
                text=f"Т{n}",
                media=(),
                source="",
                message_id=5 + n,
                album="",
                now=NOW,
            )
            ids.append(made.id)
        waiting = await uow.drafts.get(ids[1])
        await uow.drafts.set_state(replace(waiting, state=DraftState.SUBMITTED), [DraftState.WRITING])
        decision = Decision(ids[1], 1, boris.id, "", Verdict.APPROVE, None, "", NOW)
        await uow.drafts.decide(decision, DraftState.APPROVED)
        return ids

    open_, decided = await db.run(write)
    assert [one.id for one in await db.read(lambda uow: uow.standing.open_drafts(anna.id))] == [open_]
    assert await db.read(lambda uow: uow.standing.decided_on(boris.id, [open_, decided])) == frozenset({decided})
    assert not await db.run(lambda uow: uow.standing.set_author(decided, boris.id, anna.id))
    assert not await db.run(lambda uow: uow.standing.set_author(open_, boris.id, 999))
    assert await db.run(lambda uow: uow.standing.set_author(open_, boris.id, anna.id))
    assert await db.read(lambda uow: uow.drafts.find_by_message(boris.id, 5)) is None


@pytest.mark.parametrize("text", ["после 18:00", ""])
async def test_a_note_belongs_to_whoever_wrote_it(db: Database, text: str) -> None:
    anna, irina = await person(db, "Анна", Role.VOLUNTEER), await person(db, "Ирина", Role.COORDINATOR)
    await db.run(lambda uow: uow.team.set_note(anna.id, irina.id, "прежняя", NOW))
    await db.run(lambda uow: uow.team.set_note(anna.id, irina.id, text, NOW))
    assert await db.read(lambda uow: uow.team.note(anna.id, irina.id)) == text
    assert await db.read(lambda uow: uow.team.note(anna.id, anna.id)) == ""
    await db.run(lambda uow: uow.team.forget_notes(anna.id))
    assert await db.read(lambda uow: uow.team.note(anna.id, irina.id)) == ""
