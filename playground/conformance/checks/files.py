"""Files to upload: a picture that every decoder takes, and messages that carry one."""

from __future__ import annotations

import random
import struct
import zlib
from typing import Any

from playground.conformance.client import File
from playground.conformance.probe import Json, Probe


def png(width: int = 64, height: int = 48) -> bytes:
    """A valid PNG of one random colour: two calls never give the same bytes."""
    colour = random.randbytes(3)  # noqa: S311  no secret
    rows = (b"\x00" + colour * width) * height
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture(width: int = 64, height: int = 48) -> File:
    """A picture to upload."""
    return File(png(width, height), "picture.png", "image/png")


def text_file(name: str = "figures.csv") -> File:
    """A small document with bytes of its own."""
    number = random.randbytes(8).hex()  # noqa: S311  no secret
    return File(f"region,reach\n{number}\n".encode(), name, "text/csv")


async def sent_photo(probe: Probe, **params: Any) -> Json:
    """A photo in the chat; returns the Message."""
    message: Json = await probe.ok("sendPhoto", files={"photo": picture()}, **({"chat_id": probe.chat} | params))
    return message


async def sent_document(probe: Probe, **params: Any) -> Json:
    """A document in the chat; returns the Message."""
    message: Json = await probe.ok(
        "sendDocument", files={"document": text_file()}, **({"chat_id": probe.chat} | params)
    )
    return message
