"""The campaign of `bench.status` at full size: what was lived at a tenth of it stands there ten times, by INSERT … SELECT.

Every copy has people, pages, texts, posts, figures and roll-ups of its own; staff and regions are the same for all.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import Column, Table

from bench.status_stage import STAFF
from storage import tables

STEP = 10_000_000
"""Between the numbers of two copies: more than any of them has."""
COPIED: tuple[Table, ...] = (
    tables.person,
    tables.telegram_account,
    tables.membership,
    tables.page,
    tables.norm,
    tables.draft,
    tables.content,
    tables.draft_page,
    tables.decision,
    tables.slot,
    tables.assignment,
    tables.proof,
    tables.proof_past,
    tables.spot_check,
    tables.day_off,
    tables.figure,
    tables.rollup,
    tables.post_result,
    tables.page_usual,
    tables.commitment,
    tables.journal,
    tables.journal_payload,
)
_PEOPLE = {"person.id", "person.number", "journal.actor"}
_NUMBERS = {"telegram_account.telegram_id", "journal.seq", "journal_payload.seq"}
_TEXTS = {"rollup.page", "proof.normal", "proof.url", "proof_past.normal", "proof_past.url"}
_OBJECT = "substr(object, 1, instr(object, ':')) || (CAST(substr(object, instr(object, ':') + 1) AS INTEGER) + :step)"
_ONLY = {"person": f"id > {STAFF}", "telegram_account": f"person_id > {STAFF}", "membership": f"person_id > {STAFF}"}


def copy(path: Path, times: int) -> None:
    """`times`: how often it stands there in the end."""
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000", "busy_timeout=5000"):
        db.execute(f"PRAGMA {pragma}")
    for table in COPIED:
        db.execute("BEGIN IMMEDIATE")
        names = ", ".join(column.name for column in table.columns)
        made = ", ".join(_made(table, column) for column in table.columns)
        only = _ONLY.get(table.name, "true")
        (last,) = db.execute(f"SELECT max(rowid) FROM {table.name}").fetchone()  # noqa: S608 - ours
        for n in range(1, times):
            db.execute(
                f"INSERT INTO {table.name} ({names}) SELECT {made} FROM {table.name} WHERE rowid <= :last AND {only}",  # noqa: S608 - ours
                {"step": n * STEP, "mark": f"-{n}", "last": last},
            )
        db.execute("COMMIT")
    db.execute("BEGIN IMMEDIATE")
    # An unsealed tail of millions is no everyday thing.
    db.execute("UPDATE journal SET seal = digest")
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _made(table: Table, column: Column[object]) -> str:
    """What stands in this column of a copy."""
    name, full = column.name, f"{table.name}.{column.name}"
    refers = {key.target_fullname for key in column.foreign_keys}
    if full == "journal.object":
        return f"CASE WHEN object GLOB '*:[0-9]*' THEN {_OBJECT} ELSE object END"
    if full in _PEOPLE or "person.id" in refers:
        return f"CASE WHEN {name} <= {STAFF} THEN {name} ELSE {name} + :step END"
    if full == "page.code" or "page.code" in refers or full in _TEXTS:
        return f"{name} || :mark"
    if full in _NUMBERS or any(target.endswith((".id", ".seq")) for target in refers):
        return f"{name} + :step"
    return f"{name} + :step" if name == "id" else name
