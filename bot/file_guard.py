"""What a file must be to be kept: nothing that unfolds, nothing that hides, no list of people.

Nothing is unpacked further than a bound says, pictures are judged by their header, and markup is never parsed.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from domain.sensitive import LOOKED_AT, ensure_kept
from domain.unsafe_files import Unsafe, UnsafeFile

MOST_PIXELS = 50_000_000
"""The largest picture that a phone's camera makes in one shot, with room; decoded it is 150 MB."""
LONGEST_SIDE = 20_000
Image.MAX_IMAGE_PIXELS = None  # judged here, before anything is decoded; a warning would be nobody's
FLAT_PIXELS = 16_000_000
POINTS_PER_BYTE = 200
"""So many points in a byte, and so many of them, are no photograph and no screenshot."""
UNPACKED = 100 * 1024 * 1024
TIMES = 100
"""An office document unfolds to some ten times its size."""
PARTS = 5_000
MARKUP_HEAD = 64 * 1024

_ARCHIVES = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"\x1f\x9d",
)
_TAR_AT, _TAR = 257, b"ustar"
_OFFICE = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml")
_ENTITIES = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_PLAIN = (".txt", ".csv", ".tsv", ".md", ".vcf", ".json", ".xml", ".html", ".htm", ".log", ".rtf")
_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_SHARED = re.compile(r"<si>(.*?)</si>|<si\b[^>]*>(.*?)</si>", re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>", re.DOTALL)


def ensure_keepable(data: bytes, name: str) -> None:
    """Raise `UnsafeFile` or `NotKept`; a file that is nothing of what is looked for is kept unread."""
    if data.startswith(_ARCHIVES) or data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        raise UnsafeFile(Unsafe.ARCHIVE)
    if zipfile.is_zipfile(io.BytesIO(data)):
        text = _office_text(data)
    elif _is_text(data, name):
        if _ENTITIES.search(data[:MARKUP_HEAD].replace(b"\x00", b"")):
            raise UnsafeFile(Unsafe.MARKUP)
        text = _decoded(data)
    else:
        _judge_picture(data)
        return
    ensure_kept(text)


# -- pictures ---------------------------------------------------------------------------------------------------------


def _judge_picture(data: bytes) -> None:
    """By what the header says; nothing is decoded."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return  # no picture, or one that is broken: never decoded either
    points = width * height
    hidden = points > FLAT_PIXELS and points > POINTS_PER_BYTE * len(data)
    if points > MOST_PIXELS or max(width, height) > LONGEST_SIDE or hidden:
        raise UnsafeFile(Unsafe.PICTURE)


# -- text -------------------------------------------------------------------------------------------------------------


def _is_text(data: bytes, name: str) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return name.lower().endswith(_PLAIN) or head[:1] == b"<" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _decoded(data: bytes) -> str:
    """The beginning, in the charset that fits; for looking at only."""
    head = data[: LOOKED_AT * 4]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.decode("utf-16", "replace")
    text = head.decode("utf-8-sig", "replace")
    return head.decode("cp1251", "replace") if text.count("\ufffd") > _BROKEN else text


_BROKEN = 5
"""A cut character at the end is one."""


_BROKEN_ZIP = (
    zipfile.BadZipFile,
    EOFError,  # a part that is cut off
    NotImplementedError,  # compressed in a way that Python does not know
    OSError,  # offsets that lie outside the file
    RuntimeError,  # encrypted
    ValueError,  # a header that makes no sense
    lzma.LZMAError,  # damaged inside
    zlib.error,  # damaged inside
)


def _office_text(data: bytes) -> str:
    """The text of a document or the rows of a table; any other archive is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            inside = parts.infolist()
            names = {one.filename for one in inside}
            size = sum(one.file_size for one in inside)
            if len(inside) > PARTS or size > UNPACKED or size > TIMES * max(len(data), 1024):
                raise UnsafeFile(Unsafe.ARCHIVE)
            if not names.intersection(_OFFICE):
                raise UnsafeFile(Unsafe.ARCHIVE)
            return "\n".join(_told(parts, names))
    except _BROKEN_ZIP:
        raise UnsafeFile(Unsafe.ARCHIVE) from None


def _told(parts: zipfile.ZipFile, names: set[str]) -> Iterator[str]:
    if "xl/workbook.xml" in names:
        shared = [_bare(one or other) for one, other in _SHARED.findall(_part(parts, names, "xl/sharedStrings.xml"))]
        sheet = next((name for name in sorted(names) if name.startswith("xl/worksheets/sheet")), "")
        for row in _ROW.findall(_part(parts, names, sheet)):
            yield ";".join(_cell(attributes, inner, shared) for attributes, inner in _CELL.findall(row))
        return
    for name in ("word/document.xml", "content.xml"):
        for paragraph in re.split(r"</(?:w:p|text:p|table:table-row)>", _part(parts, names, name)):
            yield _bare(paragraph)


def _cell(attributes: str, inner: str, shared: list[str]) -> str:
    value = _VALUE.search(inner)
    if value and 't="s"' in attributes and value[1].isdecimal() and int(value[1]) < len(shared):
        return shared[int(value[1])]
    return _bare(value[1] if value else inner)


def _part(parts: zipfile.ZipFile, names: set[str], name: str) -> str:
    """The beginning of one part; entities in it are refused, they are never resolved."""
    if name not in names:
        return ""
    with parts.open(name) as file:
        head = file.read(LOOKED_AT * 16)
    if _ENTITIES.search(head):
        raise UnsafeFile(Unsafe.MARKUP)
    return head.decode("utf-8", "replace")


def _bare(markup: str) -> str:
    return " ".join(_TAG.sub("", markup).split())
