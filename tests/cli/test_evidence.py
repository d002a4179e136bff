"""`hq evidence`: one post as one file with or beside the running program, and a line in the journal."""

import stat
import zipfile

import pytest

from domain.people import Role
from storage.database import open_database
from storage.tables import journal
from storage.uow import SqlUnitOfWork
from tests.cli.conftest import Terminal
from tests.harness import load_campaign
from tests.reporting import NOW, join, posted
from tests.rows import rows_of

pytestmark = pytest.mark.slow  # each story starts the program anew


async def lived(uow: SqlUnitOfWork) -> int:
    await load_campaign(uow)
    anna = await join(uow, "Анна", Role.VOLUNTEER)
    return await posted(uow, "vk-kazan", anna.id, NOW)


async def stage(terminal: Terminal) -> tuple[str, int]:
    url = f"sqlite+aiosqlite:///{terminal.folder}/hq.sqlite3"
    terminal.env["HQ_STORAGE__URL"] = url
    db = await open_database(url)
    number = await db.run(lived)
    await db.close()
    return url, number


async def taken(url: str) -> list[tuple[str, int]]:
    db = await open_database(url, migrate=False)
    rows = await db.read(rows_of(journal.select().where(journal.c.action == "evidence")))
    await db.close()
    return [(row.object, row.actor) for row in rows]


async def test_the_file_lies_where_it_was_wanted_and_only_its_owner_may_read_it(terminal: Terminal) -> None:
    url, number = await stage(terminal)

    said = await terminal.hq("evidence", str(number), "post.zip", "--language", "en")

    assert (said.code, said.err) == (0, "")
    path = terminal.folder / "post.zip"
    assert said.out.strip() == str(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as bundle:
        assert "Анна: posted it" in bundle.read("index.html").decode()
    assert await taken(url) == [(f"slot:{number}", 0)]


async def test_a_post_that_does_not_exist_is_told_in_one_line_and_nothing_is_left(terminal: Terminal) -> None:
    url, _ = await stage(terminal)

    unknown = await terminal.hq("evidence", "999", "post.zip")
    typed = await terminal.hq("evidence", "что-то", "post.zip")
    nowhere = await terminal.hq("evidence", "1", "no/where/post.zip")

    assert (unknown.code, typed.code, nowhere.code) == (2, 2, 2)
    assert "no post '999': give its number, or the link that proves it" in unknown.err
    assert await taken(url) == []
    assert not [path for path in terminal.folder.iterdir() if path.suffix == ".zip" or path.name.startswith(".hq-")]
