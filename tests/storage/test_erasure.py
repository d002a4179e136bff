"""Erasing a person: nothing of theirs is left in any column, the record stays whole."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bench.erasure_stage import NOW, PUBLIC, Planted, plant_all, planted
from domain.exports import ExportFormat, ExportState
from domain.people import PersonStatus
from domain.privacy import NOBODY
from storage.database import Database
from storage.media import MediaFolder
from storage.repositories.erasure import ErasureRepository
from storage.tables import content, export, journal_payload, metadata, person
from storage.uow import SqlUnitOfWork
from storage.verify import verify
from tests.rows import rows_of


@pytest.fixture
async def people(db: Database, tmp_path: Path) -> list[Planted]:
    """Two of them: what is erased of one must be left to the other."""
    both = [planted(1), planted(2)]
    await db.run(plant_all, both, MediaFolder(tmp_path / "media"))
    return both


async def _found(uow: SqlUnitOfWork, words: str) -> set[str]:
    """The columns in which these words stand."""
    found = set()
    for table in metadata.sorted_tables:
        rows = (await uow.session.execute(select(table))).all()
        found |= {f"{table.name}.{c.name}" for row in rows for c in table.columns if words in str(row._mapping[c.name])}
    return found


async def test_nothing_of_an_erased_person_is_left_in_any_column(db: Database, people: list[Planted]) -> None:
    anna, boris = people
    assert len(anna.columns) > 40
    assert await db.read(_found, anna.marker) >= anna.columns
    before = await db.read(_found, boris.marker)

    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    assert await db.read(_found, anna.marker) == set()
    assert await db.read(_found, str(anna.telegram_id)) == set()
    assert await db.read(_found, boris.marker) == before


async def test_what_was_published_stays_and_the_person_has_no_name(db: Database, people: list[Planted]) -> None:
    anna, _ = people

    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    async def look(uow: SqlUnitOfWork) -> None:
        texts = (await uow.session.execute(select(content.c.text).where(content.c.text != ""))).scalars().all()
        assert texts.count(PUBLIC) == 2
        row = (await uow.session.execute(select(person).where(person.c.id == anna.person_id))).one()
        assert (row.name, row.status, row.reachable) == (NOBODY, PersonStatus.LEFT, False)
        assert await uow.people.find_actor(anna.telegram_id) is None

    await db.read(look)


async def test_files_that_were_exported_go_at_once_whoever_asked_for_them(db: Database, people: list[Planted]) -> None:
    """They may name whoever is erased."""
    anna, boris = people
    asked = {"person_id": boris.person_id, "format": ExportFormat.CSV, "span": "all", "regions": ["*"], "comma": True}
    days = {"first": NOW.date(), "last": NOW.date(), "language": "ru", "asked_at": NOW}

    async def make(uow: SqlUnitOfWork) -> None:
        made = {"state": ExportState.MADE, "sha256": "e" * 64, "made_at": NOW}
        await uow.session.execute(insert(export).values(**asked, **days, **made))

    await db.run(make)
    erased = await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    assert "e" * 64 in erased.files
    [row] = await db.read(rows_of(select(export.c.state).where(export.c.sha256 == "e" * 64)))
    assert row.state == ExportState.GONE


@pytest.mark.slow  # takes seconds
async def test_the_journals_chain_and_the_drafts_hashes_hold_without_them(
    db: Database, db_url: str, people: list[Planted], tmp_path: Path
) -> None:
    anna, _ = people
    await db.run(lambda uow: uow.journal.seal())
    before = {str(problem) for problem in await verify(db_url, tmp_path / "media")}

    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    after = {str(problem) for problem in await verify(db_url, tmp_path / "media")}
    assert after <= before
    assert not [one for one in after if one.startswith(("journal", "contents", "references"))]
    details = await db.read(lambda uow: _count(uow, select(journal_payload)))
    assert details == 1


async def test_files_that_nobody_else_needs_are_named_for_deletion(db: Database, people: list[Planted]) -> None:
    anna, boris = people

    erased = await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="self", now=NOW))

    assert erased.files == (anna.keys["file"],)
    assert await db.read(lambda uow: uow.erasures.unsettled()) == [erased]
    await db.run(lambda uow: uow.erasures.settle([anna.person_id], NOW))
    assert await db.read(lambda uow: uow.erasures.unsettled()) == []
    assert await db.read(_found, boris.keys["file"])


async def test_the_list_of_the_erased_names_nobody_and_finds_them_again(db: Database, people: list[Planted]) -> None:
    anna, boris = people
    await db.run(lambda uow: uow.erasures.erase(anna.person_id, by_operator="operator", now=NOW))
    (mark,) = await db.read(lambda uow: uow.erasures.marks())

    async def find(uow: SqlUnitOfWork) -> int | None:
        return await ErasureRepository(uow.session).find_marked(mark)

    assert await db.read(find) == anna.person_id
    assert str(anna.telegram_id) not in str(mark)
    await db.run(lambda uow: uow.erasures.erase(boris.person_id, by_operator="self", now=NOW))
    assert len({one.salt for one in await db.read(lambda uow: uow.erasures.marks())}) == 1


async def _count(uow: SqlUnitOfWork, statement: object) -> int:
    return len((await uow.session.execute(statement)).all())  # type: ignore[arg-type]
