"""Encrypted files: a stream of authenticated chunks, so that memory stays small and cutting, swapping or altering is noticed.

A file is a header (magic, format, which key, salt) and chunks of 64 KiB, each sealed with AES-256-GCM under a key derived for this
file from the key file, the salt and the whole header. A chunk's nonce is its number and whether it is the last one.
"""

import base64
import binascii
import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"HQBACKUP"
FORMAT = 1
CHUNK = 64 * 1024
"""Bytes of plain text in a chunk; only the last one is shorter."""
TAG = 16
KEY_BYTES = 32
_KEY_ID, _SALT = 8, 32
HEADER = len(MAGIC) + 1 + _KEY_ID + _SALT
_KEY_WORD = "hq-backup-key-1"
_OTHERS = 0o077


class KeyFileError(Exception):
    """The key file cannot be used; the text says why. `code`: the exit code."""

    code = 2


class Refused(Exception):
    """A backup that cannot be trusted, or a place that cannot take it; nothing was written."""


def new_key(path: Path) -> None:
    """Write a key that never existed before, for its owner only; never over a file that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(f"{path}: is there already; a key that is lost makes its backups unreadable") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{_KEY_WORD} {base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """The key in `path`; `KeyFileError` when others may read it or it is no key."""
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii")
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror} (hq backup --new-key {path} makes one)") from None
    except UnicodeDecodeError:
        raise KeyFileError(f"{path}: is no backup key") from None
    if mode & _OTHERS:
        raise KeyFileError(f"{path}: others on this machine may open it (chmod 600 {path})")
    word, _, rest = text.strip().partition(" ")
    try:
        key = base64.b64decode(rest, altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if word != _KEY_WORD or len(key) != KEY_BYTES:
        raise KeyFileError(f"{path}: is no backup key (hq backup --new-key FILE makes one)")
    return key


class SealedWriter:
    """Encrypts what is written; without `finish` the file is an incomplete one and will be refused."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        header = MAGIC + bytes([FORMAT]) + _key_id(key) + secrets.token_bytes(_SALT)
        self._file = file
        self._cipher = _cipher(key, header)
        self._waiting = bytearray()
        self._number = 0
        file.write(header)

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # a full one stays: it may be the last
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), data, None))
        self._number += 1


class _Chunks(io.RawIOBase):
    """The plain text behind a header that was read."""

    def __init__(self, file: BinaryIO, cipher: AESGCM) -> None:
        self._file = file
        self._cipher = cipher
        self._number = 0
        self._next = file.read(CHUNK + TAG)
        self._left = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # typeshed: any writable buffer; io hands a memoryview
        if not self._left and not self._ended:
            self._open()
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _open(self) -> None:
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        self._ended = not self._next
        try:
            self._left = memoryview(self._cipher.decrypt(_nonce(self._number, last=self._ended), sealed, None))
        except (InvalidTag, ValueError):
            where = "is cut off or damaged at its end" if self._ended else "is damaged"
            raise Refused(f"the file {where} (part {self._number + 1}): nothing was written") from None
        self._number += 1


def open_sealed(file: BinaryIO, key: bytes) -> io.BufferedReader:
    """A reader of the plain text; `Refused` now or while reading. Only a file read to its end is known to be whole."""
    header = file.read(HEADER)
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Refused("this is no sealed backup or archive of Headquarters, or its beginning is damaged")
    if header[len(MAGIC)] != FORMAT:
        raise Refused(f"the file has format {header[len(MAGIC)]}; this program reads format {FORMAT}")
    if header[len(MAGIC) + 1 :][:_KEY_ID] != _key_id(key):
        raise Refused("the file was sealed with another key (or its beginning is damaged)")
    return io.BufferedReader(_Chunks(file, _cipher(key, header)), CHUNK)


def _derive(key: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, purpose).derive(key)


def _key_id(key: bytes) -> bytes:
    """Tells keys apart and says nothing about them."""
    return _derive(key, b"", b"hq backup key id", _KEY_ID)


def _cipher(key: bytes, header: bytes) -> AESGCM:
    return AESGCM(_derive(key, header[-_SALT:], b"hq backup file" + header, KEY_BYTES))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
