"""Many invites and shared links on both engines: what races for one place."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from domain.consent import CONSENT
from domain.invites import AlreadyAsked, EntryDecided, OrderOver, OrderState
from domain.people import EVERYWHERE, Actor, AlreadyJoined, InviteInvalid, Role
from domain.usecases import invites, invites_entries, invites_many, join
from storage.database import Database
from storage.tables import person
from tests.harness import load_campaign
from tests.joining import joined
from tests.rows import rows_of

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)
TRIES = 50


@dataclass(frozen=True)
class Visitor:
    telegram_id: int
    name: str = "Борис"
    username: str = "boris"
    language: str = "ru"


async def a_manager(db: Database) -> Actor:
    await db.run(load_campaign)
    return await db.run(lambda uow: joined(uow, "Мария", Role.MANAGER, EVERYWHERE, now=LONG_AGO))


async def a_shared_link(db: Database, maria: Actor, number: int) -> invites.Made:
    view = await db.run(invites_many.type_line, maria, f"{number} волонтёров Казань", now=NOW)
    assert view.order is not None
    return await db.run(invites_many.make_shared, maria, view.order.id, view.order.version, now=NOW, hours=72)


async def handled(db: Database, usecase: Any, *args: Any, **kwargs: Any) -> Any:
    """As the inbox does it: tried again when the database gave up on a crowd that wants the same row."""
    for _ in range(TRIES):
        try:
            return await db.run(usecase, *args, **kwargs)
        except DBAPIError:
            continue
    raise AssertionError("never got through")


async def race(db: Database, people: int, code: str) -> tuple[int, list[object]]:
    """How many came in of so many who agree at the same moment, and what the others were told."""
    outcomes = await asyncio.gather(
        *(handled(db, join.accept, Visitor(5000 + n), code, now=NOW) for n in range(people)), return_exceptions=True
    )
    came = sum(isinstance(outcome, Actor) for outcome in outcomes)
    return came, [outcome for outcome in outcomes if not isinstance(outcome, Actor)]


async def opened_by(db: Database, people: int) -> None:
    maria = await a_manager(db)
    code = await db.run(invites.create, maria, Role.VOLUNTEER, "kazan", now=NOW, hours=72)
    came, others = await race(db, people, code)
    assert came == 1
    assert all(isinstance(other, InviteInvalid) and other.reason == "used" for other in others), others
    assert (await db.read(lambda uow: uow.people.count_team()))[0] == 2


async def test_of_sixty_who_open_a_link_for_one_at_once_exactly_one_comes_in(db: Database) -> None:
    await opened_by(db, 60)


@pytest.mark.slow  # a thousand racing transactions; on PostgreSQL most are run again
async def test_of_a_thousand_who_open_a_link_for_one_at_once_exactly_one_comes_in(db: Database) -> None:
    await opened_by(db, 1000)


@pytest.mark.slow  # takes seconds
async def test_of_forty_who_agree_at_once_a_shared_link_takes_as_many_as_it_has_places_for(db: Database) -> None:
    maria = await a_manager(db)
    made = await a_shared_link(db, maria, 10)
    asking = [handled(db, invites_entries.ask, Visitor(5000 + n), made.code, now=NOW, language="ru") for n in range(40)]
    outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert sum(isinstance(outcome, str) for outcome in outcomes) == 10
    card = await db.read(invites_entries.card, maria, made.invite.id)
    assert (len(card.waiting), card.let_in) == (10, 0)


async def test_the_same_person_who_agrees_twice_takes_one_place(db: Database) -> None:
    maria = await a_manager(db)
    made = await a_shared_link(db, maria, 10)
    await db.run(invites_entries.ask, Visitor(1), made.code, now=NOW, language="ru")
    with pytest.raises(AlreadyAsked):
        await db.run(invites_entries.ask, Visitor(1), made.code, now=NOW, language="ru")
    assert (await db.read(lambda uow: uow.people.get_invite(made.invite.id))).uses == 1


async def test_of_two_coordinators_who_decide_at_once_one_does(db: Database) -> None:
    maria = await a_manager(db)
    made = await a_shared_link(db, maria, 10)
    await db.run(invites_entries.ask, Visitor(1), made.code, now=NOW, language="ru")
    [entry] = (await db.read(invites_entries.card, maria, made.invite.id)).waiting
    outcomes = await asyncio.gather(
        db.run(invites_entries.let_in, maria, entry.id, now=NOW),
        db.run(invites_entries.refuse, maria, entry.id, now=NOW),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, EntryDecided) for outcome in outcomes) == 1


async def test_somebody_who_came_in_another_way_meanwhile_gives_their_place_back(db: Database) -> None:
    maria = await a_manager(db)
    made = await a_shared_link(db, maria, 1)
    await db.run(invites_entries.ask, Visitor(1), made.code, now=NOW, language="ru")
    other = await db.run(invites.create, maria, Role.VOLUNTEER, "kazan", now=NOW, hours=72)
    await db.run(join.accept, Visitor(1), other, now=NOW)
    [entry] = (await db.read(invites_entries.card, maria, made.invite.id)).waiting
    card = await db.run(invites_entries.let_in, maria, entry.id, now=NOW)
    assert (card.waiting, card.let_in, card.invite.uses) == ((), 0, 0)
    with pytest.raises(AlreadyJoined):
        await db.run(invites_entries.ask, Visitor(1), made.code, now=NOW, language="ru")


async def test_an_order_tapped_twice_makes_its_links_once(db: Database) -> None:
    maria = await a_manager(db)
    view = await db.run(invites_many.type_line, maria, "20 волонтёров Омск", now=NOW)
    assert view.order is not None
    order = view.order
    taps = [
        db.run(invites_many.make_links, maria, order.id, order.version, None, "", now=NOW, hours=72) for _ in range(5)
    ]
    outcomes = await asyncio.gather(*taps, return_exceptions=True)
    made = [outcome for outcome in outcomes if isinstance(outcome, invites_many.Batch)]
    assert len(made) == 1
    assert all(isinstance(o, OrderOver) and o.state is OrderState.MADE for o in outcomes if o not in made)
    assert len(await db.read(lambda uow: uow.invites.of_order(order.id))) == 20


async def test_consent_is_kept_from_the_moment_they_agreed_not_from_the_tap_that_let_them_in(db: Database) -> None:
    maria = await a_manager(db)
    made = await a_shared_link(db, maria, 10)
    await db.run(invites_entries.ask, Visitor(1), made.code, now=LONG_AGO, language="ru")
    [entry] = (await db.read(invites_entries.card, maria, made.invite.id)).waiting
    await db.run(invites_entries.let_in, maria, entry.id, now=NOW)
    kept = select(person.c.consent_at, person.c.consent_version).where(person.c.name == "Борис")
    assert [tuple(row) for row in await db.read(rows_of(kept))] == [(LONG_AGO, CONSENT)]
