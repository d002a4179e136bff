"""People whose every word is a marker: one row of each table that knows people, written from the tables themselves.

A table or a column that is added later is planted too, so what erasure forgets is found without anybody thinking of it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Integer,
    Select,
    Table,
    Time,
    insert,
    select,
)
from sqlalchemy.types import TypeDecorator

from domain.content_digest import content_digest
from domain.drafts import DraftState, MediaRef
from domain.pages import Region
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.targets import Campaign
from storage.media import MediaFolder
from storage.personal import (
    ACCOUNTS,
    CODES,
    LEAVES,
    MEDIA,
    TECHNICAL,
    VIA,
    WORDS,
    Fate,
    holds_words,
    name_of,
    people_in,
)
from storage.repositories.journal import payload_digest
from storage.session import Session
from storage.tables import content, draft, journal, journal_payload, media, metadata, person, slot

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PUBLIC = "Открыли спортивную площадку"
_BESIDES = ("access_request", "inbox", "journal", "journal_payload", "outbox")
_LEFT_OUT = frozenset({"content", "erasure", "media", "lane_claim", "lease"})
"""Written by hand below, or the program's own."""
_FIXED: Mapping[str, object] = {"zone": "Europe/Moscow", "language": "ru", "region": "kazan", "approvals_needed": 1}
_SPECIAL: Mapping[str, object] = {
    "access_request.state": "granted",
    "inbox.status": "aside",
    "invite.max_uses": 1,
    "invite.uses": 0,
    "page.kind": "personal",
    "outbox.status": "sent",
    "media.stored": True,
}


@dataclass
class Planted:
    """One person with their marker (in no other person's row), the keys of their rows, and which columns carry the marker."""

    number: int
    marker: str
    person_id: int = 0
    keys: dict[str, Any] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)

    @property
    def telegram_id(self) -> int:
        return 7_000_000 + self.number


def planted(number: int) -> Planted:
    """Seven characters: they fit the shortest columns."""
    return Planted(number, f"Zq{number:04d}x")


def tables() -> Iterator[Table]:
    """Every table in which something of a person can lie, and what their rows refer to, parents first."""
    wanted = {t.name for t in metadata.sorted_tables if people_in(t) or t.name in VIA or t.name in _BESIDES}
    for table in reversed(metadata.sorted_tables):
        if table.name in wanted:
            wanted |= {key.column.table.name for key in table.foreign_keys}
    yield from (table for table in metadata.sorted_tables if table.name in wanted - _LEFT_OUT)


async def plant(uow: UnitOfWork, one: Planted, folder: MediaFolder) -> None:
    """The person, a row of each table, a file of theirs, and a text of theirs that was published."""
    session: Session = uow.session  # type: ignore[attr-defined]  # rows as no use case would write them
    one.keys["file"] = await _file(session, one, folder)
    for table in tables():
        await _row(session, table, one)
        if table is draft:
            await _content(session, one, one.keys["draft"], one.marker)
    await _published(session, one)


async def ground(uow: UnitOfWork) -> None:
    """The campaign, and the region that everybody lives in."""
    days = (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 30))
    await uow.campaign.save_campaign(Campaign("Пробная кампания", *days, "Europe/Moscow"))
    await uow.campaign.save_regions([Region("kazan", "Казань", "Europe/Moscow", ("Europe/Moscow",))])


async def plant_all(uow: UnitOfWork, people: Iterable[Planted], folder: MediaFolder) -> None:
    """A campaign with these people in it."""
    await ground(uow)
    for one in people:
        await plant(uow, one, folder)


async def _file(session: Session, one: Planted, folder: MediaFolder) -> str:
    sha256 = folder.keep(f"file of {one.marker}".encode())
    row = {"sha256": sha256, "size": 1, "mime": "image/jpeg", "kind": "photo", "name": one.marker, "stored": True}
    await session.execute(insert(media).values(added_at=NOW, file_id=one.marker, **row))
    return sha256


async def _row(session: Session, table: Table, one: Planted) -> None:
    values = {c.name: value for c in table.columns if (value := _value(c, one)) is not _LEAVE_OUT}
    if table is journal_payload:
        values["payload"] = {"note": one.marker}
        values["salt"] = "salt"
    if table is journal:
        values |= {"digest": payload_digest("salt", {"note": one.marker}), "actor": 10_000 + one.number, "seal": None}
        values["object"] = f"person:{one.person_id}"
    result = await session.execute(insert(table).values(**values))
    key = result.inserted_primary_key
    one.keys[table.name] = key[0] if key else None
    if table is person:
        one.person_id = one.keys["person"]


class _LeaveOut:
    """The database numbers it, or it stays empty."""


_LEAVE_OUT = _LeaveOut()


def _value(column: "Column[Any]", one: Planted) -> Any:
    """What a column of a person's row holds: references to their own rows, markers for words, anything else as it fits."""
    name = name_of(column)
    known = {**_SPECIAL, "person.number": 10_000 + one.number}
    if name in known or column.name in _FIXED:
        return known.get(name, _FIXED.get(column.name))
    parents = [key.target_fullname.partition(".")[0] for key in column.foreign_keys]
    if column.name in people_in(column.table) and column.table.name != "person":
        return one.person_id
    if parents or column.autoincrement is True:
        return one.keys.get(parents[0], _LEAVE_OUT) if parents else _LEAVE_OUT
    if name in MEDIA:
        return [[one.keys["file"], "photo", ""]] if _plain(column, JSON) else one.keys["file"]
    if holds_words(column):
        return _words(column, one)
    return _LEAVE_OUT if column.nullable and column.name != "decided_at" else _fact(column, one)


def _words(column: "Column[Any]", one: Planted) -> Any:
    name, listed = name_of(column), _plain(column, JSON)
    stays = name in WORDS and WORDS[name].fate is Fate.STAYS
    code = column.name in CODES | TECHNICAL - {"params", "last_error", "seen"} and column.table.name not in LEAVES
    if stays or code:
        return [] if listed else f"code{one.number}"
    one.columns.add(name)
    return [one.marker] if listed else one.marker


def _fact(column: "Column[Any]", one: Planted) -> Any:
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if name_of(column) in ACCOUNTS and column.table.name != "staff_chat":
        return one.telegram_id
    if column.name in {"ends", "until", "expires_at", "next_try_at"}:
        return NOW + timedelta(days=1)
    kinds: list[tuple[type[Any], object]] = [
        (DateTime, NOW),
        (Date, date(2026, 3, 2)),
        (Time, time(9)),
        (Boolean, False),
        (BigInteger, one.number + 1),
        (Integer, one.number + 1),
    ]
    return next(value for kind, value in kinds if _plain(column, kind))


def _plain(column: "Column[Any]", kind: type[Any]) -> bool:
    found = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(found, kind)


async def _content(session: Session, one: Planted, draft_id: int, text: str, *, files: bool = True) -> None:
    refs = (MediaRef(one.keys["file"], "photo", ""),) if files else ()
    values = {
        "text": text,
        "media": [[ref.sha256, ref.kind, ref.alt] for ref in refs],
        "digest": content_digest(text, refs),
        "created_at": NOW,
    }
    version = (await session.execute(_version(draft_id))).scalar_one()
    await session.execute(insert(content).values(draft_id=draft_id, version=version, **values))
    one.columns.add("content.text")


def _version(draft_id: int) -> Select[Any]:
    return select(draft.c.version).where(draft.c.id == draft_id)


async def _published(session: Session, one: Planted) -> None:
    """It is the campaign's, and stays."""
    values = {"author_id": one.person_id, "region": "kazan", "state": DraftState.APPROVED, "version": 1}
    made = await session.execute(insert(draft).values(updated_at=NOW, **values))
    number = made.inserted_primary_key[0]  # type: ignore[index]  # a single-row INSERT always has it
    await _content(session, one, number, PUBLIC, files=False)
    where = {"page": one.keys["page"], "day": date(2026, 3, 3), "at": NOW + timedelta(days=1)}
    await session.execute(
        insert(slot).values(state=SlotState.POSTED, draft_id=number, draft_version=1, posted_at=NOW, **where)
    )


def digest_of(path: Path) -> str:
    """Of a file, to see that it has not been touched."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
