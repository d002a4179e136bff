"""Files that unfold: how long the guard takes to refuse them, and how much memory, against an ordinary file.

    python -m bench.bombs --json -

Each is looked at in a process of its own. `seconds` and `grown_mb` (of the peak resident memory) are of the looking alone;
`times_ordinary` is the time against that of an ordinary photograph.
"""

import argparse
import io
import json
import resource
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

from bench.printed import put
from bot.file_guard import ensure_keepable
from domain.sensitive import NotKept
from domain.unsafe_files import UnsafeFile

SECONDS = 2.0
"""The promise."""
ORDINARY = "photograph"


def png(width: int, height: int, rows_there: int | None = None) -> bytes:
    """Black, one bit a point: a picture's header and as few bytes as possible; `rows_there`: it ends after so many."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height if rows_there is None else rows_there)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _photograph() -> bytes:
    whole = io.BytesIO()
    Image.effect_noise((3000, 2000), 50).save(whole, "JPEG", quality=90)
    return whole.getvalue()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return whole.getvalue()


def _nested() -> bytes:
    data = bytes(10_000_000)
    for _ in range(4):
        data = _zip({"inner.zip": data})
    return data


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l29;</x>'.encode()


FILES: dict[str, Callable[[], bytes]] = {
    ORDINARY: _photograph,
    "picture_100000x100000": lambda: png(100_000, 100_000, rows_there=1_000),
    "picture_100000x1": lambda: png(100_000, 1),
    "picture_30000x30000": lambda: png(30_000, 30_000),
    "zip_1_gb": lambda: _zip({"word/document.xml": bytes(1_000_000_000)}),
    "zip_nested": _nested,
    "zip_many_parts": lambda: _zip({f"{n}": b"" for n in range(60_000)}),
    "table_one_long_row": lambda: _zip({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"<row><c><v>" * 300_000}),
    "xml_billion_laughs": _laughs,
    "svg_deep": lambda: b"<svg>" + b"<g>" * 3_000_000,
    "text_20_mb_one_line": lambda: b"A" * 20_000_000,
    "text_20_mb_of_names": lambda: "Иванов Иван ".encode() * 900_000,
    "gzip": lambda: zlib.compress(bytes(50_000_000), 9, wbits=31),
}


def _look(name: str) -> dict[str, Any]:
    """In this process: the time and the memory of looking at one file."""
    data = sys.stdin.buffer.read()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    try:
        ensure_keepable(data, f"{name}.txt" if name.startswith("text") else name)
        refused = False
    except (UnsafeFile, NotKept):
        refused = True
    seconds = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"refused": refused, "seconds": round(seconds, 4), "grown_mb": round(grown / 1024, 1)}


def measure() -> dict[str, Any]:
    """Per kind, with the ordinary file first."""
    seen: dict[str, dict[str, Any]] = {}
    for name, make in FILES.items():
        command = [sys.executable, "-m", "bench.bombs", "--look", name]
        done = subprocess.run(command, input=make(), capture_output=True, check=True)  # noqa: S603 - this module itself
        seen[name] = json.loads(done.stdout)
    usual = max(seen[ORDINARY]["seconds"], 0.001)
    for one in seen.values():
        one["times_ordinary"] = round(one["seconds"] / usual, 1)
    return {"files": seen, "slowest_s": max(one["seconds"] for one in seen.values())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", default="-", help="where the figures go; - is standard output")
    parser.add_argument("--look", choices=list(FILES), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.look:
        put(_look(args.look), "-")
        return 0
    result = measure()
    put(result, args.json)
    return int(result["slowest_s"] > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
