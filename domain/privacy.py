"""A person's own data: what their file holds, and what is left when they are erased."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.errors import Conflict
from domain.people import Role

NOBODY = "—"
"""The name of whoever was erased."""
CONFIRM_WITHIN = timedelta(minutes=10)
"""A button that erases works for so long after it was shown: an old one lies in the chat for years."""


@dataclass(frozen=True)
class Who:
    """Stands in a person's file where somebody is meant: themselves, or somebody else's role without their name."""

    me: bool
    role: Role | None = None


Value = None | bool | int | str | datetime | date | time | Who | list[Any] | dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A person's rows of one table: column by column, without what belongs to others."""

    table: str
    rows: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True)
class Erased:
    """`files`: media that nobody else has any use for; their files are deleted once this is committed."""

    person_id: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class ErasureMark:
    """What is kept of an erasure: enough to repeat it on an older backup, not enough to know whose it was."""

    person_id: int
    at: datetime
    by_operator: str
    salt: str
    mark: str
    accounts: tuple[str, ...]


@dataclass(eq=False)
class ButtonTooOld(Conflict):
    """The question was asked too long ago to be answered by a tap."""


def number_hash(salt: str, number: int) -> str:
    """Of a journal number: 53 random bits, so nothing slower is needed."""
    return hashlib.sha256(f"{salt}:number:{number}".encode()).hexdigest()


def account_hash(salt: str, telegram_id: int) -> str:
    """Of a Telegram id: there are few enough to be tried one by one, so each try is made dear."""
    tried = hashlib.scrypt(f"account:{telegram_id}".encode(), salt=salt.encode(), n=2**13, r=8, p=1)
    return tried.hex()


def ensure_fresh(asked_at: datetime, now: datetime) -> None:
    """`ButtonTooOld` when the tap answers a question of long ago."""
    if not asked_at <= now + timedelta(minutes=1) <= asked_at + CONFIRM_WITHIN + timedelta(minutes=1):
        raise ButtonTooOld
