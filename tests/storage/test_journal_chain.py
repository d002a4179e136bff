"""Whatever somebody with the database does to the journal is found."""

import pytest

from bench.journal import PLANTS, journal_tried
from storage.database import open_database
from storage.journal_chain import look
from storage.uow import SqlUnitOfWork
from tests.storage.backing import NOW


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest) -> str:
    name: str = request.getfixturevalue(f"{request.param}_url")
    return name


async def test_every_kind_of_plant_is_found_and_an_untouched_journal_is_whole(url: str) -> None:
    tried = await journal_tried(url, plants=2 * len(PLANTS), entries=60, seed=3)
    assert (tried["found"], tried["missed"], tried["false_alarms"]) == (2 * len(PLANTS), {}, 0)
    assert tried["found_without_head"] < tried["found"], "a rewriting shows only against a noted head"


async def add(uow: SqlUnitOfWork, number: int) -> None:
    await uow.journal.add(at=NOW, actor=0, action="tested", object_=f"x:{number}")


async def test_the_head_moves_on_and_older_heads_stay_in_the_chain(url: str) -> None:
    db = await open_database(url, migrate=False)
    heads = []
    for number in range(3):
        await db.run(add, number)
        await db.run(lambda uow: uow.journal.seal())
        heads.append(await db.read(lambda uow: uow.journal.head()))
    await db.close()

    assert [head.place for head in heads if head] == [1, 2, 3]
    for head in heads:
        assert head is not None
        grouped = " ".join(head.seal[at : at + 8] for at in range(0, 32, 8)).upper()
        seen = await look(url, grouped)
        assert (seen.wrong, seen.noted, seen.entries) == ((), head.place, 3)
    assert (await look(url, "0" * 16)).wrong == (
        "the noted head is nowhere in this journal: it was rewritten or cut since",
    )
    with pytest.raises(ValueError, match="16 to 64"):
        await look(url, "12ab")


async def test_an_empty_journal_is_whole(sqlite_url: str) -> None:
    seen = await look(sqlite_url)
    assert (seen.wrong, seen.entries, seen.head) == ((), 0, "")
