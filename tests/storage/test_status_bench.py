"""Roll-ups against the facts they were written with: a lived week with everything that corrects them, and its copies."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from bench.status import ON_TIME, Campaign, lived
from bench.status_copies import copy
from bench.status_scan import counts, differences
from domain.rollups import Measure

pytestmark = pytest.mark.slow  # a week is lived first

TIMES = 3
_HAPPENED = {
    "proofs taken back": "SELECT count(*) FROM proof_past WHERE ended = 'undone'",
    "proofs found wrong": "SELECT count(*) FROM proof_past WHERE ended = 'not_right'",
    "removed by the network": "SELECT count(*) FROM slot WHERE excuse = 'removed'",
    "days off": "SELECT count(*) FROM slot WHERE excuse = 'day_off'",
    "figures corrected": "SELECT count(*) FROM figure WHERE state = 'replaced'",
    "figures in doubt": "SELECT count(*) FROM figure WHERE state = 'doubtful'",
    "commitments kept": "SELECT count(*) FROM commitment WHERE state = 'done'",
    "texts returned": "SELECT count(*) FROM decision WHERE verdict = 'return'",
}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    path = tmp_path_factory.mktemp("week") / "hq.sqlite3"
    return asyncio.run(lived(path, regions=8, pages=30, people=300, days=7))


def test_after_a_lived_week_every_kind_of_correction_has_happened_and_the_roll_ups_equal_the_facts(
    week: Campaign,
) -> None:
    with sqlite3.connect(week.path) as db:
        happened = {what: db.execute(statement).fetchone()[0] for what, statement in _HAPPENED.items()}
        measured = {row[0] for row in db.execute("SELECT DISTINCT measure FROM rollup WHERE value > 0")}
    assert [what for what, times in happened.items() if not times] == []
    assert measured == {measure.value for measure in Measure}
    assert differences(week.path, ON_TIME, week.today) == []


def test_a_roll_up_that_says_something_else_is_found(week: Campaign, tmp_path: Path) -> None:
    path = tmp_path / "off.sqlite3"
    shutil.copy(week.path, path)
    with sqlite3.connect(path) as db:
        (page, day) = db.execute("SELECT page, day FROM rollup WHERE measure = 'missed' AND value > 0").fetchone()
        db.execute("UPDATE rollup SET value = value + 1 WHERE page = ? AND day = ? AND measure = 'missed'", (page, day))
        db.execute("DELETE FROM rollup WHERE page = ? AND day = ? AND measure = 'slots'", (page, day))
    apart = differences(path, ON_TIME, week.today)
    assert [line.partition(":")[0] for line in apart] == [f"{page}/{day}/missed", f"{page}/{day}/slots"]


def test_the_copies_stand_beside_it_with_roll_ups_of_their_own(week: Campaign, tmp_path: Path) -> None:
    path = tmp_path / "copies.sqlite3"
    shutil.copy(week.path, path)
    copy(path, TIMES)
    assert counts(path) == {name: TIMES * number for name, number in counts(week.path).items()}
    assert differences(path, ON_TIME, week.today) == []
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
