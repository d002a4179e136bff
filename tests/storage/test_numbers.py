"""Rows that are deleted take their number with them: an old button, or a key of a notice, never means a new row."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from domain.exports import ExportFormat, ExportWish, Span
from domain.people import Actor, Role
from domain.platforms import Platform
from domain.silence import Blackout
from storage.database import Database
from storage.tables import account_block, blackout, card_copy, export, master_list
from storage.uow import SqlUnitOfWork
from tests.harness import load_campaign
from tests.joining import joined

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
Make = Callable[[SqlUnitOfWork, Actor, datetime], Awaitable[Any]]


async def _card(uow: SqlUnitOfWork, anna: Actor, now: datetime) -> None:
    await uow.cards.add(
        person_id=anna.id,
        chat_id=7,
        message_id=1,
        content_ids=(),
        subject="draft:1",
        purpose="card",
        version=1,
        fingerprint="",
        now=now,
    )


async def _export(uow: SqlUnitOfWork, anna: Actor, now: datetime) -> None:
    span = Span("m1", date(2026, 9, 1), date(2026, 9, 7))
    await uow.exports.add(anna.id, ExportWish(ExportFormat.XLSX, "m1"), span, ("kazan",), "ru", now)


async def _block(uow: SqlUnitOfWork, anna: Actor, now: datetime) -> None:
    await uow.proofs.add_block(anna.id, Platform.VK, "vk-kazan", now)


async def _list(uow: SqlUnitOfWork, anna: Actor, now: datetime) -> None:
    made = await uow.masters.add(author_id=anna.id, region="kazan", text="В районе {район}", now=now)
    await uow.masters.put_list(person_id=anna.id, master_id=made.id, wording=1, screens=[[(1, 1)]], now=now)


async def _silence(uow: SqlUnitOfWork, _: Actor, __: datetime) -> None:
    starts = NOW.replace(tzinfo=None)  # on the region's own clocks
    await uow.silences.add(Blackout("kazan", starts, starts + timedelta(days=1), "Траур", by_hand=True))


@pytest.mark.parametrize(
    ("table", "make"),
    [(card_copy, _card), (export, _export), (account_block, _block), (master_list, _list), (blackout, _silence)],
    ids=lambda one: getattr(one, "name", ""),
)
async def test_a_removed_rows_number_is_never_given_again(db: Database, table: Any, make: Make) -> None:
    await db.run(load_campaign)
    anna = await db.run(lambda uow: joined(uow, "Анна", Role.PRESS_SECRETARY, "kazan", now=NOW))
    numbers = []
    for at in (NOW, NOW, NOW + timedelta(seconds=1), NOW):  # one moment twice, and a clock that is set back
        await db.run(make, anna, at)
        rows = await db.read(lambda uow: _all(uow, select(table.c.id)))
        numbers.append(max(row.id for row in rows))
        await db.run(lambda uow: uow.session.execute(delete(table)))
    assert len(set(numbers)) == len(numbers), numbers


async def _all(uow: SqlUnitOfWork, statement: Any) -> list[Any]:
    return list((await uow.session.execute(statement)).all())
