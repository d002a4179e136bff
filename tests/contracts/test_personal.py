"""Nothing that is stored of people is forgotten: not in their file, not when they are erased, not in what they are told."""

import re
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table
from sqlalchemy.types import TypeDecorator

from domain.privacy import Part
from storage.personal import (
    ACCOUNTS,
    ADDRESSED,
    CODES,
    LEAVES,
    MEDIA,
    NOT_SHOWN,
    ONLY,
    PERSON_IDS,
    TECHNICAL,
    VIA,
    WORDS,
    Fate,
    holds_words,
    name_of,
    people_in,
    shown_columns,
    shown_tables,
)
from storage.tables import metadata
from storage.types import ERASE
from texts.stored import STORED, TITLES

TABLES = list(metadata.tables.values())
COLUMNS = [column for table in TABLES for column in table.columns]
PEOPLE = [table for table in TABLES if people_in(table) or table.name in VIA]
_LOOKS_LIKE_A_PERSON = re.compile(r"(^|_)(by|by_id|person|person_id|owner_id|author_id|successor_id|deputy_id)$")
_ELSEWHERE = {
    "journal_payload.payload": "the row leaves",
    "journal_payload.salt": "the row leaves",
    "outbox.chat_id": "emptied by hand: numbers of Telegram",
    "person.digest_at": "set to what everybody begins with",
    "person.language": "the same",
    "person.quiet_from": "the same",
    "person.quiet_to": "the same",
    "person.zone": "the same",
}
"""Personal columns that `ErasureRepository` sees to outside the inventory; `tests/storage/test_erasure.py` looks."""


def _ids(column: "Column[Any]") -> bool:
    return isinstance(column.type, BigInteger | Integer) and not isinstance(column.type, DateTime | TypeDecorator)


def test_every_column_that_refers_to_a_person_is_known() -> None:
    unknown = {
        name_of(column)
        for column in COLUMNS
        if _LOOKS_LIKE_A_PERSON.search(column.name)
        and _ids(column)
        and column.name not in people_in(column.table)
        and not column.foreign_keys
    }
    assert unknown == set(), "list it in storage.personal.PERSON_IDS"


def test_every_number_of_telegram_has_its_treatment() -> None:
    found = {
        name_of(c) for c in COLUMNS if c.name in {"telegram_id", "chat_id", "lane"} and isinstance(c.type, BigInteger)
    }
    assert found == set(ACCOUNTS)


def test_every_column_with_words_says_whose_they_are_and_what_becomes_of_them() -> None:
    unclassified = {
        name_of(column)
        for table in PEOPLE
        if table.name not in LEAVES
        for column in table.columns
        if holds_words(column) and column.name not in CODES | TECHNICAL and name_of(column) not in WORDS
    }
    assert unclassified == set(), "classify it in storage.personal.WORDS"


def test_every_personal_column_leaves_with_its_person() -> None:
    kept = {
        name_of(column)
        for column in COLUMNS
        if column.info["retention"] == ERASE
        and column.table.name not in LEAVES
        and name_of(column) not in _ELSEWHERE
        and not (name_of(column) in WORDS and WORDS[name_of(column)].fate is not Fate.STAYS)
    }
    assert kept == set()


def test_what_stays_says_why() -> None:
    assert [name for name, words in WORDS.items() if (words.fate is Fate.STAYS) != bool(words.why)] == []


def test_the_inventory_names_only_what_exists() -> None:
    columns = {name_of(column) for column in COLUMNS}
    assert WORDS.keys() | MEDIA | PERSON_IDS | ACCOUNTS.keys() | ADDRESSED <= columns
    tables = {table.name for table in TABLES}
    assert LEAVES.keys() | VIA.keys() | NOT_SHOWN.keys() | ONLY.keys() <= tables


def test_every_column_that_names_a_file_is_asked_before_a_file_is_deleted() -> None:
    named = {"media", "picture", "screenshot", "document", "proof_media"}
    found = {name_of(column) for column in COLUMNS if column.name in named and holds_words(column)}
    assert found <= MEDIA


@pytest.mark.parametrize("table", PEOPLE, ids=lambda table: table.name)
def test_people_are_told_about_every_table_that_knows_them_once(table: Table) -> None:
    assert sum(table.name in group.tables for group in STORED) == 1, "name it in texts.stored.STORED"


def test_a_file_has_a_heading_for_every_table_in_it() -> None:
    more = {Part(name, ()).table for name in ("access_request", "journal")}
    assert {table.name for table in shown_tables()} | more == set(TITLES)


def test_no_hash_and_no_secret_stands_in_a_file() -> None:
    shown = {f"{table.name}.{name}" for table in shown_tables() for name in shown_columns(table)}
    assert not [name for name in shown if "hash" in name or "digest" in name.removesuffix("digest_at")]
