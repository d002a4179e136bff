"""Verifies an archive of a campaign without the program that made it.

    python3 verify_archive.py ARCHIVE.zip [--seal SEAL] [--head HEAD]

Needs Python 3.9 or newer and nothing else; reads, and writes nothing. It looks whether every file is there and is what the manifest says,
whether no other is, whether every picture is what its name says, whether the journal's entries follow from one another, and whether its
details are those that were sealed. SEAL is what `hq archive` printed and HEAD what a daily digest showed (16 digits of it at least): only
they tell an archive from one that was made anew as a whole. Ends with 0 when everything holds, with 1 when something does not, with 2 when
the file is no such archive.
"""

from __future__ import annotations  # the oldest Python it runs on writes types differently

import argparse
import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

MANIFEST = "manifest.json"
PIECE = 1024 * 1024
NEIGHBOURS = 64
SHORTEST = 16


def verify(path: str, seal: str = "", head: str = "") -> tuple[list[str], dict[str, Any]]:
    """What is wrong, line by line, and what was looked at."""
    with zipfile.ZipFile(path) as archive:
        raw = archive.read(MANIFEST)
        manifest = json.loads(raw)
        wrong = []
        own = hashlib.sha256(raw).hexdigest()
        if seal and not same(own, seal):
            wrong.append(f"the archive's seal is {own}, not the one that was noted")
        wrong += files_wrong(archive, manifest["files"])
        entries = list(rows(archive, "journal"))
        wrong += chain_wrong(entries)
        wrong += details_wrong(archive, entries)
        last = max(entries, key=lambda one: (one.get("place") or 0, one["seq"] if one["seal"] else 0), default=None)
        said = (last or {}).get("seal") or ""
        if said != (manifest.get("head") or ""):
            wrong.append("the journal does not end where the manifest says")
        if head and not any(same(one["seal"] or "", head) for one in entries):
            wrong.append("the noted head is nowhere in the journal: it is not the one that the digest was taken from")
    looked = {"files": len(manifest["files"]), "journal_entries": len(entries), "seal": own, "head": said}
    return wrong, looked


def same(whole: str, noted: str) -> bool:
    """Whether the noted digits are the beginning of the whole."""
    digits = noted.replace(" ", "").lower()
    return len(digits) >= SHORTEST and whole.startswith(digits)


def files_wrong(archive: zipfile.ZipFile, files: dict[str, Any]) -> Iterator[str]:
    """Missing, foreign and altered files."""
    there = {info.filename for info in archive.infolist()} - {MANIFEST}
    yield from (f"{name}: is missing" for name in sorted(set(files) - there))
    yield from (f"{name}: is not in the manifest" for name in sorted(there - set(files)))
    if len(archive.namelist()) != len(there) + 1:
        yield "a file is there twice"
    for name in sorted(there & set(files)):
        digest = hashlib.sha256()
        try:
            with archive.open(name) as file:
                for piece in iter(lambda: file.read(PIECE), b""):
                    digest.update(piece)
        except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            yield f"{name}: cannot be read ({error})"
            continue
        found = digest.hexdigest()
        if found != files[name]["sha256"]:
            yield f"{name}: is not what the manifest says"
        if name.startswith("media/") and name.rpartition("/")[2] != found:
            yield f"{name}: is not what its name says"


def rows(archive: zipfile.ZipFile, table: str) -> Iterator[Any]:
    """A table's rows, as far as they can be read."""
    try:
        with archive.open(f"tables/{table}.jsonl") as file:
            for line in file:
                yield json.loads(line)
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
        return  # said of the file itself


def seal_of(previous: str, row: dict[str, Any]) -> str:
    """The hash of one entry over the one before."""
    names = ("seq", "at", "actor", "action", "object", "version", "digest")
    return hashlib.sha256(json.dumps([previous, *(row[name] for name in names)]).encode()).hexdigest()


def chain_wrong(entries: list[Any]) -> Iterator[str]:
    """Entries with a place follow strictly; those sealed before places were kept may stand a little out of order."""
    older = sorted((one for one in entries if one["seal"] and one.get("place") is None), key=lambda one: one["seq"])
    recent, previous = [""], ""
    for at, one in enumerate(older):
        after = [other["seal"] for other in older[at + 1 : at + NEIGHBOURS]]
        if not any(seal_of(seal, one) == one["seal"] for seal in (*recent[-NEIGHBOURS:], *after)):
            yield f"journal entry {one['seq']} does not follow from the one before it"
        recent.append(one["seal"])
        previous = one["seal"]
    placed = sorted((one for one in entries if one.get("place") is not None), key=lambda one: one["place"])
    for place, one in enumerate(placed, 1):
        if one["place"] != place:
            yield f"place {place} of the journal's chain is missing or there twice"
            return
        if seal_of(previous, one) != one["seal"]:
            yield f"journal entry {one['seq']} does not follow from the one before it"
        previous = one["seal"] or ""


def details_wrong(archive: zipfile.ZipFile, entries: list[Any]) -> Iterator[str]:
    """Details that are not those under the sealed hash."""
    digests = {one["seq"]: one["digest"] for one in entries}
    for one in rows(archive, "journal_payload"):
        told = one["salt"] + json.dumps(one["payload"], sort_keys=True, ensure_ascii=False)
        if hashlib.sha256(told.encode()).hexdigest() != digests.get(one["seq"]):
            yield f"the details of journal entry {one['seq']} are not those that were sealed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--seal", default="", help="what hq archive printed")
    parser.add_argument("--head", default="", help="what a daily digest showed")
    args = parser.parse_args()
    try:
        wrong, looked = verify(args.archive, args.seal, args.head)
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"not an archive that can be read: {error}\n")
        return 2
    for line in wrong:
        sys.stdout.write(f"wrong  {line}\n")
    for name, value in looked.items():
        sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.write("NOT WHOLE\n" if wrong else "whole\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
