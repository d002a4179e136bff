"""People, invites and requests on both engines."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from domain.consent import AlreadyRequested, Suspended
from domain.people import EVERYWHERE, Actor, AlreadyJoined, InviteInvalid, PersonStatus, Role
from domain.ports import UnitOfWork
from domain.usecases import access, invites, join
from storage import tables
from storage.database import Database
from tests.harness import load_campaign

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Visitor:
    telegram_id: int
    name: str = "Борис"
    username: str = "boris"
    language: str = "ru"


async def an_invite(db: Database, role: Role = Role.VOLUNTEER, region: str = "omsk", max_uses: int = 1) -> str:
    await db.run(load_campaign)
    return await db.run(invites.create, None, role, region, now=NOW, hours=72, max_uses=max_uses)


async def enter(db: Database, visitor: Visitor, role: Role, region: str) -> Actor:
    return await db.run(join.accept, visitor, await an_invite(db, role, region), now=NOW)


async def test_joining_takes_the_zone_of_the_region_and_the_default_hours(db: Database) -> None:
    code = await an_invite(db)
    defaults = join.Defaults(time(7, 30), time(21), time(9))
    actor = await db.run(join.accept, Visitor(1), code, now=NOW, language="en", defaults=defaults)
    person = actor.person
    assert (person.zone, person.region, person.language) == ("Asia/Omsk", "omsk", "en")
    assert (person.digest_at, person.quiet_from, person.quiet_to) == (time(7, 30), time(21), time(9))
    everywhere = await enter(db, Visitor(2), Role.MANAGER, EVERYWHERE)
    assert everywhere.person.zone == "Europe/Moscow"


async def test_of_many_who_open_one_invite_at_once_exactly_one_joins(db: Database) -> None:
    code = await an_invite(db)
    outcomes = await asyncio.gather(
        *(db.run(join.accept, Visitor(n), code, now=NOW) for n in range(1, 9)), return_exceptions=True
    )
    joined = [outcome for outcome in outcomes if isinstance(outcome, Actor)]
    assert len(joined) == 1
    assert all(isinstance(o, InviteInvalid) and o.reason == "used" for o in outcomes if o not in joined)
    assert (await db.read(lambda uow: uow.people.count_team())) == (1, 0)


async def test_an_invite_for_several_people_stops_at_its_limit(db: Database) -> None:
    code = await an_invite(db, max_uses=2)
    for number in (1, 2):
        await db.run(join.accept, Visitor(number), code, now=NOW)
    with pytest.raises(InviteInvalid):
        await db.run(join.accept, Visitor(3), code, now=NOW)


async def test_the_code_itself_is_stored_nowhere(db: Database) -> None:
    code = await an_invite(db)

    async def everything(uow: UnitOfWork) -> str:
        found = ""
        for table in (tables.invite, tables.journal, tables.journal_payload, tables.outbox):
            found += repr((await uow.session.execute(select(table))).all())  # type: ignore[attr-defined]
        return found

    stored = await db.read(everything)
    assert code not in stored
    assert invites.digest(code) in stored


async def test_somebody_who_left_comes_back_without_the_old_roles(db: Database) -> None:
    actor = await enter(db, Visitor(1), Role.MANAGER, EVERYWHERE)
    await db.run(lambda uow: uow.people.update(actor.id, status=PersonStatus.LEFT))
    assert await db.read(lambda uow: uow.people.find_actor(1)) is None
    again = await enter(db, Visitor(1), Role.VOLUNTEER, "kazan")
    assert again.id == actor.id
    assert [(m.role, m.region) for m in again.memberships] == [(Role.VOLUNTEER, "kazan")]


async def test_a_suspended_person_does_not_get_back_with_an_invite(db: Database) -> None:
    actor = await enter(db, Visitor(1), Role.VOLUNTEER, "kazan")
    await db.run(lambda uow: uow.people.update(actor.id, status=PersonStatus.SUSPENDED))
    code = await an_invite(db)
    with pytest.raises(Suspended):
        await db.run(join.accept, Visitor(1), code, now=NOW)
    assert (await db.run(invites.get_usable, code, now=NOW)).uses == 0, "the invite was not used up"


async def test_holding_the_role_already_costs_no_use(db: Database) -> None:
    await enter(db, Visitor(1), Role.VOLUNTEER, "kazan")
    code = await an_invite(db, region="kazan")
    with pytest.raises(AlreadyJoined):
        await db.run(join.accept, Visitor(1), code, now=NOW)
    assert (await db.run(invites.get_usable, code, now=NOW)).uses == 0


async def test_the_team_is_counted_and_listed_with_those_who_cannot_be_reached_first(db: Database) -> None:
    for number, name in enumerate(("Вера", "Анна", "Борис"), start=1):
        await enter(db, Visitor(number, name), Role.VOLUNTEER, "kazan")
    await enter(db, Visitor(9, "Олег"), Role.VOLUNTEER, "omsk")
    await db.run(lambda uow: uow.people.set_reachable(1, reachable=False))

    async def names(uow: UnitOfWork, regions: frozenset[str] | None, offset: int, limit: int) -> list[str]:
        return [member.person.name for member in await uow.people.team_page(regions, offset, limit)]

    kazan = frozenset({"kazan"})
    assert await db.read(names, kazan, 0, 2) == ["Вера", "Анна"]
    assert await db.read(names, kazan, 2, 2) == ["Борис"]
    assert await db.read(lambda uow: uow.people.count_team(kazan)) == (3, 1)
    assert await db.read(lambda uow: uow.people.count_team()) == (4, 1)
    counts = await db.read(lambda uow: uow.people.count_roles(kazan))
    assert [(c.role, c.region, c.people) for c in counts] == [(Role.VOLUNTEER, "kazan", 3)]
    member = await db.read(lambda uow: uow.people.find_member(1))
    assert member is not None
    assert (member.username, member.person.reachable) == ("boris", False)


async def test_one_account_has_one_open_request_and_it_is_forgotten_in_time(db: Database) -> None:
    await enter(db, Visitor(1), Role.COORDINATOR, "kazan")
    ask = {"now": NOW, "language": "ru"}
    request_id = await db.run(access.request, Visitor(50), "kazan", **ask)  # type: ignore[arg-type]
    with pytest.raises(AlreadyRequested):
        await db.run(access.request, Visitor(50), "omsk", **ask)  # type: ignore[arg-type]
    coordinator = await db.read(lambda uow: uow.people.find_actor(1))
    await db.run(access.decide, coordinator, request_id, grant=True, now=NOW, hours=72)
    later = NOW + timedelta(days=31)

    async def sent_and_due(uow: UnitOfWork) -> None:
        for notice in await uow.outbox.claim(NOW, 10):
            await uow.outbox.sent(notice.id, notice.chat_id, 1, NOW)
        task = await uow.tasks.find(f"access.forget:{request_id}")
        assert task is not None
        assert task.due_at <= later
        await access.forget(uow, task, now=later)

    await db.run(sent_and_due)

    async def left(uow: UnitOfWork) -> tuple[object, list[int | None]]:
        chats = select(tables.outbox.c.chat_id).where(tables.outbox.c.kind == "access.decided")
        found = await uow.people.find_request(request_id)
        return found, list((await uow.session.execute(chats)).scalars())  # type: ignore[attr-defined]

    assert await db.read(left) == (None, [None])
