"""A database with drafts from before undo, variants and lanes, brought to the newest version: everything stands as it stood."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from domain.content_digest import content_digest
from domain.drafts import DraftState, MediaRef, Verdict
from domain.lanes import Lane
from storage.database import open_database
from storage.migrate import ForeignDatabase, current, migrate_to
from storage.tables import content, decision, draft, draft_page, media, page, person
from storage.verify import verify

AT = datetime(2026, 9, 7, 5, tzinfo=UTC)
PHOTO = MediaRef("ab" * 32, "photo")


def human(number: int) -> dict[str, Any]:
    names = {"name": f"Person {number}", "language": "ru", "zone": "UTC", "region": "kazan", "status": "active"}
    hours = {"digest_at": time(8), "quiet_from": time(22), "quiet_to": time(8), "consent_at": AT}
    return {"id": number, "number": 10 + number, **names, **hours}


def handed_in(number: int, state: str) -> dict[str, Any]:
    moments = {"updated_at": AT, "submitted_at": AT, "decide_by": AT}
    return {"id": number, "author_id": 1, "region": "kazan", "state": state, "version": 1, **moments}


def written(number: int, words: str, *files: MediaRef) -> dict[str, Any]:
    stored, digest = [[file.sha256, file.kind] for file in files], content_digest(words, files)
    return {"draft_id": number, "version": 1, "text": words, "media": stored, "digest": digest, "created_at": AT}


PAGE = {"code": "vk", "platform": "vk", "kind": "group", "title": "VK", "region": "kazan", "zone": "UTC"}
FILE = {"sha256": PHOTO.sha256, "size": 3, "mime": "image/png", "kind": "photo", "stored": False, "added_at": AT}
ROWS: tuple[tuple[Table, dict[str, Any]], ...] = (
    (person, human(1)),
    (person, human(2)),
    (page, {**PAGE, "addresses": (), "imprint": "HQ", "approvals_needed": 2}),
    (media, FILE),
    (draft, handed_in(1, "approved")),
    (draft, handed_in(2, "submitted")),
    (content, written(1, "Hello", PHOTO)),
    (content, written(2, "Wait")),
    (draft_page, {"draft_id": 1, "page": "vk"}),
    (decision, {"draft_id": 1, "version": 1, "approver_id": 2, "verdict": "approve", "at": AT}),
)
"""As versions 0001 to 0003 stored them."""


@pytest.mark.slow  # takes seconds
@pytest.mark.parametrize(
    ("engine_name", "revision"),
    [("sqlite", "0001"), ("sqlite", "0002"), ("sqlite", "0003"), ("postgresql", "0001"), ("postgresql", "0003")],
)
async def test_drafts_from_before_the_desk_stand_as_they_stood(
    empty: dict[str, str], engine_name: str, revision: str
) -> None:
    url = empty[engine_name]
    if engine_name == "sqlite":
        Path(url.removeprefix("sqlite+aiosqlite:///")).parent.mkdir(parents=True)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate_to, revision)
        for table, row in ROWS:
            await connection.execute(insert(table).inline().values(**row))
    await engine.dispose()

    db = await open_database(url)
    approved = await db.read(lambda uow: uow.drafts.get_sheet(1))
    waiting = await db.read(lambda uow: uow.drafts.get_sheet(2))
    planned = await db.read(lambda uow: uow.drafts.approved_for_page("vk"))
    await db.close()

    assert (approved.draft.state, approved.draft.settled_at) == (DraftState.APPROVED, AT)
    assert approved.draft.media == (PHOTO,)
    assert [made.verdict for made in approved.decisions] == [Verdict.APPROVE]
    assert [meant.lane for meant in approved.pages] == [Lane.STRICT]  # two approvals were needed
    assert [ready.draft_id for ready in planned] == [1]
    assert (waiting.draft.state, waiting.draft.settled_at) == (DraftState.SUBMITTED, None)
    assert [problem.text for problem in await verify(url, None) if "hash" in problem.text] == []


async def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(db_url: str) -> None:
    engine = create_async_engine(db_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()

    with pytest.raises(ForeignDatabase, match="revision 9999, which this program does not know"):
        await open_database(db_url)
    assert await current(db_url) == "9999"
