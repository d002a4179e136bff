"""The bill of materials lists every locked package; an audit that checked nothing never counts as passed."""

import re
from pathlib import Path

from bench.supply import LOCK, audit, bill, told, verdict

CLEAN = [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "2", "vulns": []}]
SKIPPED = [{"name": "c", "skip_reason": "not found"}]
FLAWED = [{"name": "d", "version": "3", "vulns": [{"id": "PYSEC-1"}]}]


def test_every_locked_package_is_in_the_bill_with_its_hashes() -> None:
    lock = LOCK.read_text("utf-8")
    components = bill(lock).components
    assert len(components) == len(re.findall(r"^[^\s#].*==", lock, re.MULTILINE)) > 40
    assert sum(len(one.properties) for one in components) == lock.count("--hash=sha256:")
    assert all(one.properties and one.version for one in components)


def test_what_was_skipped_was_not_checked() -> None:
    assert verdict(told(CLEAN)) == "nothing known"
    assert verdict(told(CLEAN + SKIPPED)) == "not checked"
    assert verdict(told([])) == "not checked"
    assert verdict(told(CLEAN + SKIPPED + FLAWED)) == "vulnerable"
    assert told(CLEAN + SKIPPED + FLAWED) == {"audited": 3, "skipped": 1, "vulnerable": {"d": ["PYSEC-1"]}}


def test_a_lock_that_is_not_there_audits_nothing(tmp_path: Path) -> None:
    assert audit(tmp_path / "none.lock") == {"audited": 0, "skipped": 0, "vulnerable": {}}
