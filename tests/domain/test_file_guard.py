"""Files that unfold, hide or list people are not kept; ordinary ones are."""

import gzip
import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from bench.bombs import png
from bot.file_guard import ensure_keepable
from domain.sensitive import NotKept, Sensitive
from domain.unsafe_files import Unsafe, UnsafeFile

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><lolz>&b;</lolz>'
PEOPLE = "ФИО;телефон\nИванов И.И.;89171234567\nПетрова А.С.;89177654321\n"


def packed(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return whole.getvalue()


def damaged(method: int) -> bytes:
    """A document whose text cannot be unpacked."""
    whole = io.BytesIO()
    text = random.Random(1).randbytes(400).hex().encode()  # noqa: S311 - a text that is not short when packed
    with zipfile.ZipFile(whole, "w", method) as file:
        file.writestr("word/document.xml", text)
    data = bytearray(whole.getvalue())
    data[60:160] = bytes(100)
    return bytes(data)


def tar() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as file:
        file.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return whole.getvalue()


BOMBS = {
    "a picture of a hundred thousand by one hundred thousand": (png(100_000, 1_000), Unsafe.PICTURE),
    "a strip": (png(100_000, 1), Unsafe.PICTURE),
    "a large picture in almost no bytes": (png(6_000, 6_000), Unsafe.PICTURE),
    "a zip": (packed(a=b"text"), Unsafe.ARCHIVE),
    "a document that unfolds": (packed(**{"word/document.xml": bytes(40_000_000)}), Unsafe.ARCHIVE),
    "gzip": (gzip.compress(bytes(1000)), Unsafe.ARCHIVE),
    "tar": (tar(), Unsafe.ARCHIVE),
    "a broken zip": (packed(a=b"x" * 100)[:-30] + b"PK\x05\x06" + bytes(18), Unsafe.ARCHIVE),
    "a document damaged inside": (damaged(zipfile.ZIP_DEFLATED), Unsafe.ARCHIVE),
    "the same, packed as others do": (damaged(zipfile.ZIP_LZMA), Unsafe.ARCHIVE),
    "a billion laughs": (LAUGHS, Unsafe.MARKUP),
    "the same in UTF-16": (LAUGHS.decode().encode("utf-16"), Unsafe.MARKUP),
    "the same inside a document": (packed(**{"word/document.xml": LAUGHS, "b": b"x" * 500}), Unsafe.MARKUP),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_unfolds_or_hides_is_refused(name: str) -> None:
    data, what = BOMBS[name]
    with pytest.raises(UnsafeFile) as refused:
        ensure_keepable(data, "file")
    assert refused.value.what is what


def picture(kind: str) -> bytes:
    whole = io.BytesIO()
    Image.effect_noise((1200, 900), 60).save(whole, kind)
    return whole.getvalue()


def table(rows: list[list[str]], folder: Path) -> bytes:
    path = folder / "table.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path.read_bytes()


def test_ordinary_files_are_kept(tmp_path: Path) -> None:
    ordinary = {
        "photo.jpg": picture("JPEG"),
        "shot.png": picture("PNG"),
        "broken.jpg": picture("JPEG")[:500],
        "notes.txt": "Встреча в 18:00, ул. Ленина, 5".encode("cp1251"),
        "plan.xlsx": table([["день", "тема"], ["пн", "мост"], ["вт", "школа"]], tmp_path),
        "text.docx": packed(**{"word/document.xml": b"<w:p>Bridge opened</w:p>", "a": b"x" * 100}),
        "film.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(1000),
        "empty": b"",
    }
    for name, data in ordinary.items():
        ensure_keepable(data, name)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_list_of_people_in_a_file_is_found_in_any_charset(charset: str) -> None:
    with pytest.raises(NotKept) as refused:
        ensure_keepable(PEOPLE.encode(charset), "list.csv")
    assert refused.value.what is Sensitive.PEOPLE


def test_a_list_of_people_in_a_table_or_a_document_is_found(tmp_path: Path) -> None:
    rows = [line.split(";") for line in PEOPLE.splitlines()]
    with pytest.raises(NotKept):
        ensure_keepable(table(rows, tmp_path), "list.xlsx")
    text = "".join(f"<w:p><w:t>{line}</w:t></w:p>" for line in PEOPLE.splitlines())
    with pytest.raises(NotKept):
        ensure_keepable(packed(**{"word/document.xml": text.encode()}), "list.docx")
