"""Page authority (N1.13): somebody else's page is published on only with their written word, for as long as it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.pages import Page

SCOPE_LIMIT, NAME_LIMIT = 300, 120
WARN_DAYS = (14, 7, 1)
_DATES = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})")


class Step(StrEnum):
    """What is asked one after the other."""

    OWNER = "owner"
    DOCUMENT = "document"
    SCOPE = "scope"
    DATES = "dates"
    DONE = "done"


@dataclass(frozen=True)
class Authority:
    """A page owner's written word. `document`: the file's hash, or empty where `reference` says number and date.

    In force from `confirmed_at` to `ended_at`, on the page's local days `valid_from` to `expires`. `owner_id`: their own account.
    """

    id: int
    page: str
    owner_name: str
    reference: str
    document: str
    document_kind: str
    scope: str
    valid_from: date | None
    expires: date | None
    by_id: int
    at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    owner_id: int | None
    token_hash: str
    version: int

    @property
    def subject(self) -> str:
        return f"authority:{self.id}"

    @property
    def step(self) -> Step:
        """What is still to be said."""
        if not self.owner_name:
            return Step.OWNER
        if not self.reference and not self.document:
            return Step.DOCUMENT
        if not self.scope:
            return Step.SCOPE
        return Step.DONE if self.expires is not None else Step.DATES

    @property
    def in_force(self) -> bool:
        """Recorded and not revoked; its days are another question."""
        return self.confirmed_at is not None and self.ended_at is None


def ensure_said(text: str, limit: int) -> str:
    """What was typed for a step; raise `BadAuthorityText`."""
    said = " ".join(text.split())
    if not said or len(said) > limit:
        raise BadAuthorityText(len(said), limit)
    return said


def parse_days(text: str, today: date) -> tuple[date, date]:
    """First and last day out of "31.10.2026" (from today on) or "01.09.2026 – 31.10.2026"; raise `BadAuthorityDays`."""
    try:
        found = [_day(part) for part in _DATES.findall(text)]
    except ValueError:
        raise BadAuthorityDays from None
    if len(found) not in {1, 2} or found[-1] < max(found[0], today):
        raise BadAuthorityDays
    return (found[0] if len(found) == 2 else today), found[-1]


def _day(text: str) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    day, month, year = (int(part) for part in text.split("."))
    return date(year, month, day)


def ensure_authorised(pages: Iterable[Page], now: datetime) -> None:
    """Raise `NoAuthority` with the titles of the pages on which nothing may be published today."""
    without = tuple(page.title for page in pages if not page.may_publish_on(page.local_day(now)))
    if without:
        raise NoAuthority(without)


@dataclass(eq=False)
class NoAuthority(Conflict):
    """Somebody else's pages without their valid written authority. `pages`: titles."""

    pages: tuple[str, ...]


@dataclass(eq=False)
class BadAuthorityText(Invalid):
    """Empty, or longer than `limit` characters."""

    length: int
    limit: int


@dataclass(eq=False)
class BadAuthorityDays(Invalid):
    """Not a day, over already, or the end before the beginning."""


@dataclass(eq=False)
class AuthorityChanged(Conflict):
    """It was recorded, replaced or revoked meanwhile."""


@dataclass(eq=False)
class OwnerLinkInvalid(Invalid):
    """The link of a page's owner was used, replaced or never existed."""


@dataclass(eq=False)
class NothingToStop(Conflict):
    """The post is out, or is not planned any more."""
