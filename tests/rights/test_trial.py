"""The trial itself: what is dealt out, and the tables that are watched and put back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.rights_live import Harvest
from bench.rights_matrix import CHATS, ROLES, cases, deal, ways
from bench.rights_tables import Tables

TRIES = ways(Harvest())
"""What can be tried without any play: made buttons and commands."""


def test_in_full_every_action_meets_every_case_and_every_role_tries_every_way() -> None:
    dealt = deal(TRIES, 1, 1)
    met = {(one.action, case) for case, some in dealt.items() for one in some}
    assert met == {(action, case) for action in TRIES for case in cases()}
    tried = {(one, case.role) for case, some in dealt.items() for one in some}
    assert tried == {(one, role) for some in TRIES.values() for one in some for role in ROLES}


def test_a_way_is_tried_in_private_and_in_a_group() -> None:
    dealt = deal(TRIES, 1, 1)
    met = {(one, case.chat) for case, some in dealt.items() for one in some}
    assert met == {(one, chat) for some in TRIES.values() for one in some for chat in CHATS}


def test_the_same_seed_deals_the_same() -> None:
    assert deal(TRIES, 5, 0.1) == deal(TRIES, 5, 0.1)
    assert deal(TRIES, 5, 0.1) != deal(TRIES, 6, 0.1)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else's connection."""
    with closing(sqlite3.connect(tmp_path / "db", isolation_level=None)) as opened:
        opened.execute("create table thing (id integer primary key, name text unique)")
        opened.execute("create table inbox (id integer primary key)")
        opened.executemany("insert into thing (id, name) values (?, ?)", [(1, "a"), (2, "b")])
        yield opened


@pytest.fixture
def tables(other: sqlite3.Connection, tmp_path: Path) -> Iterator[Tables]:
    with closing(Tables(tmp_path / "db")) as watching:
        watching.keep()
        yield watching


def test_what_others_change_is_seen_once(other: sqlite3.Connection, tables: Tables) -> None:
    other.execute("update thing set name = 'c' where id = 1")
    other.execute("delete from thing where id = 2")
    other.execute("insert into thing (id, name) values (3, 'd')")
    assert tables.changed() == [
        ("thing", {"id": 1, "name": "a"}, {"id": 1, "name": "c"}),
        ("thing", {"id": 2, "name": "b"}, None),
        ("thing", None, {"id": 3, "name": "d"}),
    ]
    assert tables.changed() == []
    assert not tables.as_kept


def test_a_row_that_was_written_as_it_was_has_not_changed(other: sqlite3.Connection, tables: Tables) -> None:
    other.execute("update thing set name = 'a' where id = 1")
    other.execute("insert into inbox values (1)")
    assert tables.changed() == []
    assert tables.as_kept


def test_everything_is_put_back_even_what_has_changed_places(other: sqlite3.Connection, tables: Tables) -> None:
    before = tables.contents()
    other.execute("delete from thing")
    other.executemany("insert into thing (id, name) values (?, ?)", [(2, "a"), (1, "b"), (7, "x")])
    tables.put_back()
    assert tables.contents() == before
    assert tables.as_kept
    assert tables.changed() == []
