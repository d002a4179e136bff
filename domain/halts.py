"""The emergency stop: a page, a region or everything publishes nothing until two people let it go on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.pages import Page
from domain.people import EVERYWHERE


class HaltReason(StrEnum):
    """Why; the words are in the catalogues."""

    MISTAKE = "mistake"
    ATTACK = "attack"
    MOURNING = "mourning"
    LEGAL = "legal"
    OTHER = "other"


@dataclass(frozen=True)
class Scope:
    """What is stopped: one `page`, or all pages of `region` (`EVERYWHERE`: everything). A page brings its own region."""

    region: str
    page: str = ""

    def covers(self, region: str, page: str) -> bool:
        """Whether a page of this region is meant. A region's stop leaves the pages of the whole campaign alone."""
        return self.page == page if self.page else self.region in {EVERYWHERE, region}


@dataclass(frozen=True)
class Halt:
    """In force from `at` until `lifted_at`. `resume_by`: the first of the two people who let it go on."""

    id: int
    region: str
    page: str
    reason: HaltReason
    note: str
    by_id: int
    at: datetime
    resume_by: int | None
    resume_at: datetime | None
    lifted_by: int | None
    lifted_at: datetime | None
    version: int

    @property
    def subject(self) -> str:
        return f"halt:{self.id}"

    @property
    def scope(self) -> Scope:
        return Scope(self.region, self.page)

    @property
    def in_force(self) -> bool:
        return self.lifted_at is None

    def held(self, page: Page, at: datetime) -> bool:
        """Whether `page` was (or is) stopped at `at`."""
        return (
            self.scope.covers(page.region, page.code)
            and self.at <= at
            and (self.lifted_at is None or at < self.lifted_at)
        )


def halt_of(page: Page, halts: Iterable[Halt]) -> Halt | None:
    """The first stop in force that holds `page`."""
    return next((h for h in halts if h.in_force and h.scope.covers(page.region, page.code)), None)


@dataclass(eq=False)
class HaltHolds(Conflict):
    """No text for posting is shown: it was stopped `since`; `zone` is the reader's."""

    since: datetime
    zone: str
    now: datetime


@dataclass(eq=False)
class AlreadyHalted(Conflict):
    """Somebody stopped the same before."""

    by: str


@dataclass(eq=False)
class HaltOver(Conflict):
    """It goes on again already; `by` let it."""

    by: str


@dataclass(eq=False)
class SecondPersonNeeded(Invalid):
    """Nobody resumes alone: another person has to tap."""


@dataclass(eq=False)
class NobodyToResume(Invalid):
    """Fewer than two people could resume there. `region`: its name, empty for the whole campaign."""

    region: str


def ensure_in_force(halt: Halt, lifted_by: str = "") -> None:
    """Raise `HaltOver` once it was lifted."""
    if not halt.in_force:
        raise HaltOver(lifted_by)


def wanted(halt: Halt, person_id: int, now: datetime) -> Halt:
    """The first of two says that it may go on."""
    return replace(halt, resume_by=person_id, resume_at=now)


def lifted(halt: Halt, person_id: int, now: datetime) -> Halt:
    """The second of two, never the same, lets it go on."""
    if halt.resume_by is None or halt.resume_by == person_id:
        raise SecondPersonNeeded
    return replace(halt, lifted_by=person_id, lifted_at=now)
