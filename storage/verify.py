"""`hq db verify`: does the database hold together? Reads one moment of it and changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Select, and_, case, func, select, text
from sqlalchemy.exc import DatabaseError

from domain.content_digest import content_digest
from domain.drafts import DraftState, Verdict
from domain.notices import NoticeStatus
from domain.plan import SlotState
from domain.rollups import Measure
from storage.journal_chain import journal_chain, journal_details
from storage.media import MediaFolder
from storage.migrate import known, newest, revision_of
from storage.portable import in_one_line, snapshot
from storage.repositories.draft_rows import fills_of, media_of, variants_of
from storage.tables import (
    content,
    decision,
    draft,
    inbox,
    media,
    metadata,
    outbox,
    proof,
    rollup,
    slot,
)

NAMED = 5
"""So many cases of one kind of problem are named, the others counted."""


@dataclass(frozen=True)
class Problem:
    """`name`: which check found it. `text`: what and where, without anybody's words."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


Check = Callable[[Connection], Iterable[str]]


async def verify(url: str, media_folder: Path | None) -> list[Problem]:
    """Everything that is wrong with the database at `url` (and with the media folder, if one is given)."""
    async with snapshot(url) as connection:
        return await connection.run_sync(_verify, media_folder)


def _verify(connection: Connection, media_folder: Path | None) -> list[Problem]:
    try:
        broken = list(_integrity(connection))
    except DatabaseError as error:
        broken = [in_one_line(error)]
    if broken:
        return [Problem("integrity", text) for text in _few(broken)]
    revision = revision_of(connection)
    if revision != newest():
        newer = revision is not None and revision not in known()
        what = "made by a newer version" if newer else "the next start of hq run brings it up to date"
        wanted = f"is at revision {revision}, this program's is {newest()}: {what}; the rest was not looked at"
        return [Problem("revision", wanted)]
    checks: dict[str, Check] = dict(CHECKS)
    if media_folder is not None:
        checks["media"] = lambda c: _media(c, MediaFolder(media_folder))
    return [Problem(name, text) for name, check in checks.items() for text in _few(_safely(check, connection))]


def _safely(check: Check, connection: Connection) -> Iterator[str]:
    try:
        yield from check(connection)
    except (DatabaseError, ValueError) as error:  # a damaged page or value; on PostgreSQL what follows fails as well
        yield f"cannot be read: {in_one_line(error)}"


def _few(texts: Iterable[str]) -> Iterator[str]:
    more = 0
    for number, found in enumerate(texts):
        if number < NAMED:
            yield found
        else:
            more += 1
    if more:
        yield f"and {more} more"


# --- the engine ----------------------------------------------------------------------------------------------------------------


def _integrity(connection: Connection) -> Iterator[str]:
    """The engine's own check. PostgreSQL has none to ask for: its indexes must be valid and every row must be readable."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        yield from (str(line) for line in found if line != "ok")
        return
    invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"
    yield from (f"index {name} is not valid" for name in connection.execute(text(invalid)).scalars())
    for name in metadata.tables:
        if connection.dialect.has_table(connection, name):
            connection.execute(text(f'SELECT count(t::text) FROM "{name}" t'))  # noqa: S608 - our own table names


def _schema(connection: Connection) -> Iterator[str]:
    """Tables as they are against tables as this program's migrations make them."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    for difference in compare_metadata(context, metadata):
        kind, *what = difference if isinstance(difference, tuple) else difference[0]
        named = next((thing for thing in what if hasattr(thing, "name")), None)
        yield f"{str(kind).replace('_', ' ')} {getattr(named, 'name', None) or ' '.join(map(str, what[1:4]))}".strip()


def _references(connection: Connection) -> Iterator[str]:
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            parent = key.column.table.alias()
            missing = (
                select(func.count())
                .select_from(table.outerjoin(parent, key.parent == parent.c[key.column.name]))
                .where(key.parent.is_not(None), parent.c[key.column.name].is_(None))
            )
            count = connection.execute(missing).scalar_one()
            if count:
                yield f"{table.name}.{key.parent.name}: {count} without their {key.column.table.name}"


# --- what ties tables together -------------------------------------------------------------------------------------------------


def _ids(connection: Connection, statement: Select[Any], words: str) -> Iterator[str]:
    yield from (words.format(*row) for row in connection.execute(statement))


def _decisions(connection: Connection) -> Iterator[str]:
    """A decided draft has its decision on exactly the version that stands, and its content."""
    for state, verdict in ((DraftState.APPROVED, Verdict.APPROVE), (DraftState.REJECTED, Verdict.REJECT)):
        made = select(decision.c.id).where(
            decision.c.draft_id == draft.c.id, decision.c.version == draft.c.version, decision.c.verdict == verdict
        )
        statement = select(draft.c.id, draft.c.version).where(draft.c.state == state, ~made.exists())
        yield from _ids(connection, statement, f"draft {{}} is {state} and nobody decided so on its version {{}}")
    whole = select(content.c.version).where(content.c.draft_id == draft.c.id, content.c.version == draft.c.version)
    yield from _ids(connection, select(draft.c.id).where(~whole.exists()), "draft {} has no content")


def _contents(connection: Connection) -> Iterator[str]:
    """The hash that decisions are bound to is that of the text and media that stand there."""
    for row in connection.execute(select(content).execution_options(yield_per=500)):
        variants, fills = variants_of(row.variants), fills_of(row.fills)
        if content_digest(row.text, media_of(row.media), variants, fills, row.sources) != row.digest:
            yield f"version {row.version} of draft {row.draft_id} is not what its hash says"


def _slots(connection: Connection) -> Iterator[str]:
    """Only approved versions are planned; what counts as posted has its proof."""
    approved = select(decision.c.id).where(
        decision.c.draft_id == slot.c.draft_id,
        decision.c.version == slot.c.draft_version,
        decision.c.verdict == Verdict.APPROVE,
    )
    planned = slot.c.state.in_([SlotState.FILLED, SlotState.POSTED])
    statement = select(slot.c.id).where(planned, slot.c.draft_id.is_not(None), ~approved.exists())
    yield from _ids(connection, statement, "slot {} holds a text that nobody approved in this version")
    proven = select(proof.c.slot_id).where(proof.c.slot_id == slot.c.id).exists()
    yield from _ids(
        connection,
        select(slot.c.id).where(slot.c.state == SlotState.POSTED, ~proven),
        "slot {} is posted without a proof",
    )
    yield from _ids(
        connection,
        select(slot.c.id).where(slot.c.state != SlotState.POSTED, proven),
        "slot {} has a proof and is not posted",
    )


def _rollups(connection: Connection) -> Iterator[str]:
    """Counts of slots by page and day against the slots themselves."""
    held = [SlotState.FILLED, SlotState.POSTED, SlotState.MISSED]
    measures: dict[str, tuple[list[Measure], Any]] = {
        "slots": ([Measure.SLOTS], slot.c.state != SlotState.CANCELLED),
        "filled": ([Measure.FILLED], slot.c.state.in_(held)),
        "posted": ([Measure.ON_TIME, Measure.LATE], slot.c.state == SlotState.POSTED),
        "missed": ([Measure.MISSED], slot.c.state == SlotState.MISSED),
    }
    days = select(slot.c.page, slot.c.day)
    sums = select(rollup.c.page, rollup.c.day)
    for name, (kinds, condition) in measures.items():
        days = days.add_columns(func.sum(case((condition, 1), else_=0)).label(name))
        sums = sums.add_columns(func.sum(case((rollup.c.measure.in_(kinds), rollup.c.value), else_=0)).label(name))
    counted = {row[:2]: row for row in connection.execute(days.group_by(slot.c.page, slot.c.day))}
    for row in connection.execute(sums.group_by(rollup.c.page, rollup.c.day)):
        real = counted.pop(row[:2], (*row[:2], *(0 for _ in measures)))
        yield from _differences(row, real, measures)
    for real in counted.values():
        yield from _differences((*real[:2], *(0 for _ in measures)), real, measures)


def _differences(said: Sequence[Any], real: Sequence[Any], names: Iterable[str]) -> Iterator[str]:
    for name, one, other in zip(names, said[2:], real[2:], strict=True):
        if one != other:
            yield f"{said[0]} on {said[1]}: {name} says {one}, there are {other}"


def _inbox(connection: Connection) -> Iterator[str]:
    """What waits has its body, what was handled has none."""
    bodiless = and_(inbox.c.status == "new", inbox.c.body.is_(None))
    yield from _ids(
        connection, select(inbox.c.update_id).where(bodiless), "update {} waits to be handled without its body"
    )
    kept = and_(inbox.c.status.in_(["done", "shown"]), inbox.c.body.is_not(None))
    yield from _ids(
        connection, select(inbox.c.update_id).where(kept), "update {} was handled and its body is still there"
    )


def _outbox(connection: Connection) -> Iterator[str]:
    """What waits has an address, what was sent says when."""
    waits = outbox.c.status.in_([NoticeStatus.WAITING, NoticeStatus.SENDING])
    nobody = and_(waits, outbox.c.person_id.is_(None), outbox.c.chat_id.is_(None))
    yield from _ids(connection, select(outbox.c.id).where(nobody), "notice {} waits and is addressed to nobody")
    timeless = and_(outbox.c.status == NoticeStatus.SENT, outbox.c.sent_at.is_(None))
    yield from _ids(connection, select(outbox.c.id).where(timeless), "notice {} was sent, and nothing says when")


def _media(connection: Connection, folder: MediaFolder) -> Iterator[str]:
    """Every file that rows speak of is there, with the content it was approved with."""
    for sha256 in (
        connection.execute(select(media.c.sha256).where(media.c.stored).order_by(media.c.sha256)).scalars().all()
    ):
        if not folder.is_whole(sha256):
            yield f"{sha256}: the file is missing or altered"


CHECKS: dict[str, Check] = {
    "schema": _schema,
    "references": _references,
    "decisions": _decisions,
    "contents": _contents,
    "slots": _slots,
    "journal": journal_chain,
    "journal details": journal_details,
    "roll-ups": _rollups,
    "inbox": _inbox,
    "outbox": _outbox,
}
