"""`hq db verify` finds what does not hold together, and calls it by its name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from domain.notices import Notice
from domain.people import EVERYWHERE, Role
from domain.plan import AssignmentState, Proof, SlotState
from domain.rollups import Measure
from storage.database import open_database
from storage.media import MediaFolder
from storage.repositories.journal import seal_of
from storage.tables import inbox, journal, media
from storage.uow import SqlUnitOfWork
from storage.verify import NAMED, verify
from tests.drafting import approve
from tests.harness import load_campaign
from tests.joining import joined

pytestmark = pytest.mark.slow  # each damage gets a database of its own

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DAY = date(2026, 9, 7)


async def fill(uow: SqlUnitOfWork, folder: Path) -> None:
    """A day on which everything is as it must be: one slot posted, one empty, a journal, a picture, updates and notices."""
    await load_campaign(uow)
    anna = await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW)
    press = await joined(uow, "Павел", Role.PRESS_SECRETARY, EVERYWHERE, now=NOW)
    draft = await approve(uow, anna.id, press.id, "Текст", "vk-kazan", now=NOW)
    first, _ = await uow.plan.add_slots([("vk-kazan", DAY, NOW + timedelta(hours=hour)) for hour in (2, 5)])
    filled = await uow.plan.save_slot(replace(first, state=SlotState.FILLED, draft_id=draft, draft_version=1))
    assignment = await uow.plan.put_assignment(filled, anna.id, AssignmentState.POSTED, substitute=False, now=NOW)
    await uow.plan.add_proof(Proof(filled.id, assignment.id, anna.id, "https://vk.com/wall-1_1", "vk:1_1", NOW))
    await uow.plan.save_slot(replace(filled, state=SlotState.POSTED, posted_at=NOW))
    await uow.rollups.add("vk-kazan", "kazan", DAY, {Measure.SLOTS: 2, Measure.FILLED: 1, Measure.ON_TIME: 1})
    for number in range(5):
        await uow.journal.add(at=NOW, actor=0, action="tested", object_=f"x:{number}", payload={"n": number})
    await uow.journal.seal()
    await uow.journal.add(at=NOW, actor=0, action="tested", object_="the tail")
    digest = MediaFolder(folder).keep(b"a picture")
    row = {"sha256": digest, "size": 9, "mime": "image/png", "kind": "photo", "stored": True, "added_at": NOW}
    await uow.session.execute(insert(media).values(**row))
    for number, status in enumerate(("new", "aside", "done", "shown"), 1):
        body = {"update_id": number} if status in {"new", "aside"} else None
        values = {"update_id": number, "lane": 5, "status": status, "body": body, "received_at": NOW}
        await uow.session.execute(insert(inbox).values(**values))
    await uow.outbox.add(Notice("resume", "person:1", NOW, "one", person_id=anna.id))
    await uow.outbox.add(Notice("resume", "person:1", NOW, "two", person_id=anna.id))
    sent = (await uow.outbox.claim(NOW, 1))[0]
    await uow.outbox.sent(sent.id, 5, 6, NOW)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database. Not asked for inside the async fixture: the templates are migrated in a loop of their own."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture
async def whole(url: str, tmp_path: Path) -> str:
    """Nothing is wrong there."""
    db = await open_database(url, migrate=False)
    await db.run(lambda uow: fill(uow, tmp_path / "media"))
    await db.close()
    return url


async def test_where_nothing_is_wrong_nothing_is_named(whole: str, tmp_path: Path) -> None:
    assert await verify(whole, tmp_path / "media") == []


async def break_it(url: str, *statements: str) -> None:
    db = await open_database(url, migrate=False)

    async def do(uow: SqlUnitOfWork) -> None:
        for statement in statements:
            await uow.session.execute(text(statement))

    await db.run(do)
    await db.close()


@pytest.mark.parametrize(
    ("name", "says", "statement"),
    [
        ("decisions", "draft 1 is approved and nobody decided so", "UPDATE decision SET version = 2"),
        ("contents", "version 1 of draft 1 is not what its hash says", "UPDATE content SET text = 'Тeкст'"),
        ("slots", "holds a text that nobody approved", "UPDATE slot SET draft_version = 7 WHERE draft_id = 1"),
        ("slots", "is posted without a proof", "DELETE FROM proof"),
        ("slots", "has a proof and is not posted", "UPDATE slot SET state = 'missed' WHERE draft_id = 1"),
        ("journal", "entry 3 does not follow", "UPDATE journal SET action = 'other' WHERE seq = 3"),
        (
            "journal details",
            "details of entry 2 are not",
            "UPDATE journal_payload SET payload = '{\"n\": 9}' WHERE seq = 2",
        ),
        ("roll-ups", "slots says 3, there are 2", "UPDATE rollup SET value = 3 WHERE measure = 'slots'"),
        ("roll-ups", "posted says 0, there are 1", "DELETE FROM rollup WHERE measure = 'on_time'"),
        ("roll-ups", "missed says 1, there are 0", "UPDATE rollup SET measure = 'missed' WHERE measure = 'on_time'"),
        ("inbox", "update 1 waits to be handled without its body", "UPDATE inbox SET body = NULL WHERE update_id = 1"),
        ("inbox", "update 3 was handled and its body", "UPDATE inbox SET body = '{}' WHERE update_id = 3"),
        ("outbox", "notice 1 was sent, and nothing says when", "UPDATE outbox SET sent_at = NULL WHERE id = 1"),
        ("outbox", "notice 2 waits and is addressed to nobody", "UPDATE outbox SET person_id = NULL WHERE id = 2"),
        ("schema", "ix_journal_object", "DROP INDEX ix_journal_object"),
        ("schema", "extra", "CREATE TABLE extra (x INTEGER)"),
        (
            "revision",
            "the next start of hq run brings it up to date",
            "UPDATE alembic_version SET version_num = '0005'",
        ),
        ("revision", "is at revision 0000", "UPDATE alembic_version SET version_num = '0000'"),
    ],
)
async def test_what_is_wrong_is_named(whole: str, tmp_path: Path, name: str, says: str, statement: str) -> None:
    await break_it(whole, statement)

    problems = await verify(whole, tmp_path / "media")

    assert name in {problem.name for problem in problems}
    assert says in "\n".join(problem.text for problem in problems if problem.name == name)


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("DELETE FROM journal_payload WHERE seq = 3", ""),
        ("DELETE FROM journal_payload; DELETE FROM journal WHERE seq = 3", "entry 4 does not follow"),
        ("DELETE FROM journal_payload; DELETE FROM journal WHERE seq = 1", "entry 2 does not follow"),
        ("UPDATE journal SET seal = 'x' WHERE seq = 4", "entry 5 does not follow"),
    ],
)
async def test_details_may_be_erased_but_no_entry_can_be_taken_out(whole: str, gone: str, says: str) -> None:
    await break_it(whole, *gone.split("; "))

    found = [problem.text for problem in await verify(whole, None)]

    assert bool(found) == bool(says)
    assert says in "\n".join(found)


async def test_an_entry_that_was_committed_late_is_no_break(url: str) -> None:
    """PostgreSQL gives numbers before the commit: entry 3 may be sealed after entry 5."""
    db = await open_database(url, migrate=False)
    for number in range(1, 7):
        await db.run(add_entry, number)
    await db.run(seal_in_order, [1, 2, 4, 5, 3, 6])
    fine = await verify(url, None)
    await db.run(lambda uow: uow.session.execute(text("UPDATE journal SET object = 'other' WHERE seq = 3")))
    await db.close()

    assert fine == []
    assert [problem.text.partition(":")[0] for problem in await verify(url, None)] == [
        "entry 3 does not follow from the one before it"
    ]


async def add_entry(uow: SqlUnitOfWork, number: int) -> None:
    await uow.journal.add(at=NOW, actor=0, action="tested", object_=f"x:{number}")


async def seal_in_order(uow: SqlUnitOfWork, order: list[int]) -> None:
    """As `Journal.seal` does when entries appear in this order."""
    rows = {row.seq: row for row in await uow.session.execute(select(journal))}
    seal = ""
    for seq in order:
        seal = seal_of(seal, rows[seq])
        await uow.session.execute(update(journal).where(journal.c.seq == seq).values(seal=seal))


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"another picture")])
async def test_a_picture_that_is_missing_or_altered_is_named(
    whole: str, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    (picture,) = (tmp_path / "media").glob("*/*")
    harm(picture)

    problems = await verify(whole, tmp_path / "media")

    assert [str(problem) for problem in problems] == [f"media: {picture.name}: the file is missing or altered"]


async def test_a_reference_to_nothing_is_named(sqlite_url: str) -> None:
    """Only a program that switches the engine's own check off can do this."""
    import sqlite3

    with sqlite3.connect(sqlite_url.partition(":///")[2]) as connection:
        connection.execute("INSERT INTO expectation VALUES (77, 'x', 'x', 1, '{}', '2026-01-01 00:00:00')")

    problems = await verify(sqlite_url, None)

    assert [str(problem) for problem in problems] == ["references: expectation.person_id: 1 without their person"]


async def test_a_damaged_file_is_named_first(sqlite_url: str, tmp_path: Path) -> None:
    db = await open_database(sqlite_url, migrate=False)
    await db.run(lambda uow: fill(uow, tmp_path / "media"))
    await db.close()
    spoil(Path(sqlite_url.partition(":///")[2]))

    problems = await verify(sqlite_url, None)

    assert {problem.name for problem in problems} == {"integrity"}


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)


async def test_many_of_a_kind_are_counted(whole: str) -> None:
    copied = "INSERT INTO inbox (update_id, lane, status, attempts, error, received_at) SELECT {}, 1, 'new', 0, '', received_at"
    await break_it(whole, *(f"{copied.format(number)} FROM inbox WHERE update_id = 1" for number in range(50, 60)))

    problems = await verify(whole, None)

    assert len(problems) == NAMED + 1
    assert str(problems[-1]) == "inbox: and 5 more"
