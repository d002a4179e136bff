"""The other side of `bench.backup`: people who hand in and approve drafts through the production use cases all the time.

`python -m bench.backup_side FOLDER` reads the database's address from standard input and works until it is ended.
"""

import asyncio
import itertools
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.play import EXAMPLE
from bot.plan_file import parse_plan
from domain.drafts import MediaRef, Verdict
from domain.pages import page_key
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import Database, UnitOfWork
from domain.usecases import approvals, drafts, plan_load
from storage.database import open_database
from storage.media import MediaFolder

PAGE = "vk-kazan"
AUTHOR, PRESS = 3001, 3002
PICTURE_EVERY, SEAL_EVERY = 10, 5
PICTURE_BYTES = 60_000
PAUSE = 0.25
"""Seconds between drafts, each of four transactions: what ten thousand people do at their busiest."""


async def prepare(url: str, media: Path) -> None:
    """The example campaign with an author, a press secretary and the first drafts."""
    db = await open_database(url)
    now = datetime.now(UTC)
    await db.run(plan_load.apply, None, parse_plan(EXAMPLE.read_text("utf-8")), now=now)
    for account, role, region in ((AUTHOR, Role.VOLUNTEER, "kazan"), (PRESS, Role.PRESS_SECRETARY, EVERYWHERE)):
        await db.run(_enrol, account, role, region, now)
    for number in range(PICTURE_EVERY):
        await _draft(db, MediaFolder(media), number)
    await db.close()


async def _enrol(uow: UnitOfWork, account: int, role: Role, region: str, now: datetime) -> None:
    person = await uow.people.add(
        telegram_id=account,
        username="",
        name=role.value,
        language="en",
        zone="Europe/Moscow",
        region=region,
        digest_at=datetime.min.time(),
        quiet_from=datetime.min.time(),
        quiet_to=datetime.min.time(),
        now=now,
    )
    await uow.people.add_membership(person.id, role, region, None, now)


async def _actor(db: Database, account: int) -> Actor:
    actor: Actor | None = await db.read(lambda uow: uow.people.find_actor(account))
    assert actor is not None  # noqa: S101 - enrolled in `prepare`
    return actor


async def _draft(db: Database, folder: MediaFolder, number: int) -> None:
    """One text, now and then with a picture, written, handed in and approved, each in its own transaction."""
    author, press, now = await _actor(db, AUTHOR), await _actor(db, PRESS), datetime.now(UTC)
    media = await _picture(db, folder, number, now) if number % PICTURE_EVERY == 0 else ()
    came = drafts.Incoming(f"Text number {number}", media, "", number + 1, "")
    draft = (await db.run(drafts.write, author, came, now=now)).draft
    await db.run(drafts.toggle_page, author, draft.id, draft.version, page_key(PAGE), now=now)
    handed = await db.run(drafts.submit, author, draft.id, draft.version, hours=3, now=now)
    await db.run(approvals.decide, press, draft.id, handed.draft.version, Verdict.APPROVE, now=now)
    if number % SEAL_EVERY == 0:
        await db.run(lambda uow: uow.journal.seal())


async def _picture(db: Database, folder: MediaFolder, number: int, now: datetime) -> tuple[MediaRef, ...]:
    data = random.Random(number).randbytes(PICTURE_BYTES)  # noqa: S311 - a stand-in for a picture
    digest = folder.keep(data)
    await db.run(
        lambda uow: uow.media.add(
            sha256=digest,
            size=len(data),
            mime="image/jpeg",
            kind="photo",
            name="",
            bot_id=None,
            file_id=None,
            file_unique_id=None,
            stored=True,
            now=now,
        )
    )
    return (MediaRef(digest, "photo"),)


def marks_of(path: Path) -> dict[int, float]:
    """When which draft was committed; a line that is being written is left out."""
    whole = path.read_text("ascii").rpartition("\n")[0]
    return {int(number): float(at) for number, at in (line.split() for line in whole.splitlines())}


async def work(url: str, folder: Path) -> None:
    """Until ended."""
    db = await open_database(url, migrate=False)
    with (folder / "marks").open("w", encoding="ascii") as marks:
        for number in itertools.count(PICTURE_EVERY):
            await _draft(db, MediaFolder(folder / "media"), number)
            marks.write(f"{number} {time.time()}\n")
            marks.flush()
            if number == PICTURE_EVERY:
                sys.stdout.write("begun\n")
                sys.stdout.flush()
            await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    asyncio.run(work(sys.stdin.readline().strip(), Path(sys.argv[1])))
