"""From when and until when a text may be published: embargo and expiry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from domain.drafts import UNFINISHED_STATES, Draft, DraftClosed
from domain.errors import Conflict, Invalid
from domain.typed_dates import DATE, WEEKDAY, BadDate, plain, read_date

FARTHEST = timedelta(days=366)
"""How far ahead either end may lie."""
LEAD = timedelta(hours=1)
"""So long before its expiry a text must be decided on: somebody still has to post it."""
SOON = timedelta(hours=48)
"""A text that expires so soon after a slot goes before older ones."""


class Edge(StrEnum):
    """`AFTER`: not before, the embargo. `UNTIL`: not after, the expiry. Short: buttons have 64 bytes."""

    AFTER = "f"
    UNTIL = "u"


class Timed(Protocol):
    """What has both ends: a draft, an approved text, an assignment's view."""

    @property
    def not_before(self) -> datetime | None: ...
    @property
    def expires_at(self) -> datetime | None: ...


T = TypeVar("T", bound=Timed)


@dataclass(eq=False)
class BadMoment(Invalid):
    """Not a day and an hour, or more than a year ahead."""


@dataclass(eq=False)
class MomentPassed(Invalid):
    """The end chosen lies in the past; `zone` is the reader's."""

    at: datetime
    zone: str
    now: datetime


@dataclass(eq=False)
class EdgesCrossed(Invalid):
    """The text would expire before its embargo is over."""


@dataclass(eq=False)
class TextExpired(Conflict):
    """It was meant to be public until `at` only; `zone` is the reader's."""

    at: datetime
    zone: str
    now: datetime


def is_expired(text: Timed, at: datetime) -> bool:
    return text.expires_at is not None and text.expires_at <= at


def fits(text: Timed, at: datetime) -> bool:
    """Whether it may be published at this moment."""
    return (text.not_before is None or text.not_before <= at) and not is_expired(text, at)


def decide_by(text: Timed, promised: datetime, now: datetime) -> datetime:
    """When it must be decided at the latest: as promised, but `LEAD` before it expires, or half-way when less is left."""
    if text.expires_at is None:
        return promised
    left = text.expires_at - now
    return min(promised, text.expires_at - min(LEAD, left / 2)) if left > timedelta() else promised


def ensure_current(text: Timed, zone: str, now: datetime) -> None:
    """Raise `TextExpired` once it is."""
    if text.expires_at is not None and text.expires_at <= now:
        raise TextExpired(text.expires_at, zone, now)


def in_turn(waiting: Iterable[T], at: datetime) -> list[T]:
    """What a slot at this moment may take: what expires soon first, else in the order given."""
    open_ = [text for text in waiting if fits(text, at)]
    return sorted(open_, key=lambda text: text.expires_at is None or text.expires_at > at + SOON)


def with_edge(draft: Draft, edge: Edge, at: datetime | None, zone: str, now: datetime) -> Draft:
    """The draft with one end set, or taken away; only while it is its author's turn: a decision is made on both ends."""
    if draft.state not in UNFINISHED_STATES:
        raise DraftClosed(draft.state)
    if at is not None and at <= now:
        raise MomentPassed(at, zone, now)
    if at is not None and at > now + FARTHEST:
        raise BadMoment
    new = replace(draft, not_before=at) if edge is Edge.AFTER else replace(draft, expires_at=at)
    if new.not_before is not None and new.expires_at is not None and new.expires_at <= new.not_before:
        raise EdgesCrossed
    return new


# --- what people type ------------------------------------------------------------------------------------------------

_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
_TYPED = re.compile(rf"(?:(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})(?:\.(?P<year>\d{{4}}|\d{{2}}))?\s*,?\s+)?{_CLOCK}")
_SAID = re.compile(
    rf"(?:(?:во?|on)\s+)?(?P<said>{DATE}|{WEEKDAY})\s*,?\s+(?:(?:в|at)\s+)?(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d{{2}}))?"
)
"""A day as people say it, then an hour, which may be a whole one."""
_HALF_A_YEAR = timedelta(days=183)


def local(at: datetime, zone: str) -> datetime:
    """A wall clock's reading in `zone` as a moment (UTC)."""
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def parse(text: str, zone: str, now: datetime) -> datetime:
    """The moment (UTC) of "12.10 15:00", "12.10.2026 15:00", "15:00", "tomorrow at 9", "Fri 9:30" on the clock of `zone`.

    Without a year the nearest such day that is not long past; without a day the next such hour. `BadMoment`.
    """
    typed = " ".join(text.lower().split())
    found = _TYPED.fullmatch(typed)
    today = now.astimezone(ZoneInfo(zone)).date()
    if found is None:
        return _said(typed, zone, today)
    if typed.replace(".", "", 1).isdigit():  # "12.10" alone may be a day or an hour
        raise BadMoment
    parts = found.groupdict()
    try:
        clock = time(int(parts["hour"]), int(parts["minute"]))
        if parts.get("day") is not None:
            day = _day(int(parts["day"]), int(parts["month"]), parts["year"], today)
            return local(datetime.combine(day, clock), zone)
    except ValueError:
        raise BadMoment from None
    at = local(datetime.combine(today, clock), zone)
    return at if at > now else local(datetime.combine(today + timedelta(days=1), clock), zone)


def _said(typed: str, zone: str, today: date) -> datetime:
    found = _SAID.fullmatch(plain(typed))
    if found is None:
        raise BadMoment
    try:
        clock = time(int(found["hour"]), int(found["minute"] or 0))
        return local(datetime.combine(read_date(found["said"], today), clock), zone)
    except (ValueError, BadDate):
        raise BadMoment from None


def _day(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = date(today.year, month, day)
    return this if this >= today - _HALF_A_YEAR else date(today.year + 1, month, day)
