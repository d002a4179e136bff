"""Ways in which a backup can be damaged or tampered with."""

import random
from collections.abc import Callable, Mapping

from storage.sealed import CHUNK, HEADER, MAGIC, TAG

PART = CHUNK + TAG

Damage = Callable[[bytes, random.Random], bytes]


def _parts(data: bytes) -> tuple[bytes, list[bytes]]:
    """The header, and the sealed chunks; there must be three at least, so that something can be swapped."""
    body = data[HEADER:]
    parts = [body[at : at + PART] for at in range(0, len(body), PART)]
    assert len(parts) >= 3, "too small a backup to damage"  # noqa: S101 - the bench's own data
    return data[:HEADER], parts


def flip_a_bit(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(HEADER, len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut_anywhere(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_between_chunks(data: bytes, chance: random.Random) -> bytes:
    header, parts = _parts(data)
    return header + b"".join(parts[: chance.randrange(len(parts))])


def swap_chunks(data: bytes, chance: random.Random) -> bytes:
    header, parts = _parts(data)
    one, other = chance.sample(range(len(parts) - 1), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return header + b"".join(parts)


def drop_a_chunk(data: bytes, chance: random.Random) -> bytes:
    header, parts = _parts(data)
    del parts[chance.randrange(len(parts))]
    return header + b"".join(parts)


def repeat_a_chunk(data: bytes, chance: random.Random) -> bytes:
    header, parts = _parts(data)
    at = chance.randrange(len(parts) - 1)
    return header + b"".join([*parts[: at + 1], *parts[at:]])


def add_to_the_end(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.choice([1, 16, PART]))


def change_the_header(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(HEADER)
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def take_another_salt(data: bytes, chance: random.Random) -> bytes:
    salt = HEADER - 32
    return data[:salt] + chance.randbytes(32) + data[HEADER:]


def claim_another_format(data: bytes, _: random.Random) -> bytes:
    return data[: len(MAGIC)] + bytes([data[len(MAGIC)] + 1]) + data[len(MAGIC) + 1 :]


def empty(_: bytes, __: random.Random) -> bytes:
    return b""


DAMAGES: Mapping[str, Damage] = {
    damage.__name__: damage
    for damage in (
        flip_a_bit,
        cut_anywhere,
        cut_between_chunks,
        swap_chunks,
        drop_a_chunk,
        repeat_a_chunk,
        add_to_the_end,
        change_the_header,
        take_another_salt,
        claim_another_format,
        empty,
    )
}
"""By name; that it is read with another key comes on top."""
