"""The journal as people read it: whose line it is, what it is about, and whom a reader may know by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.names import readable
from domain.people import EVERYWHERE, Actor, Membership, Role
from domain.privacy import NOBODY
from domain.rights import RULES, Action

PROGRAM = 0
"""The number under which the program itself stands in the journal."""
PAGE = 10
"""Lines on one screen."""
_KNOWN_TO_ALL = frozenset(Role) - {Role.VOLUNTEER, Role.CANDIDATE}


class Kind(StrEnum):
    """Whose journal; the values stand in buttons."""

    POST = "s"
    DRAFT = "d"
    PAGE = "g"
    PERSON = "p"


class Who(StrEnum):
    PERSON = "person"
    BOT = "bot"
    ERASED = "erased"
    HIDDEN = "hidden"
    """Somebody whom this reader may not know by name."""


@dataclass(frozen=True)
class Named:
    who: Who
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of the journal. `actor`: a pseudonymous number; `payload` empty: there was none, or it was erased."""

    seq: int
    at: datetime
    actor: int
    action: str
    object: str
    version: int
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The action, and what it came to: "draft_decide:approve"."""
        verdict = self.payload.get("verdict")
        return f"{self.action}:{verdict}" if isinstance(verdict, str) else self.action


def seal_fields(previous: str, one: Entry, digest: str) -> list[Any]:
    """What the seal of an entry (or of its row) is SHA-256 of, as JSON. The archive's verifier has a list of its own: it stands alone."""
    return [previous, one.seq, one.at.isoformat(), one.actor, one.action, one.object, one.version, digest]


@dataclass(frozen=True)
class Sealed:
    """An entry with everything that its place in the chain can be checked by; see `seal_fields`.

    `previous`: the seal before it, empty at the beginning. `seal` None: not sealed yet. `salt` empty: no details are kept.
    """

    entry: Entry
    digest: str
    salt: str
    place: int | None
    seal: str | None
    previous: str


@dataclass(frozen=True)
class Known:
    """Somebody who stands behind a number of the journal. `region`: where they live."""

    id: int
    number: int
    name: str
    region: str
    memberships: tuple[Membership, ...]


@dataclass(frozen=True)
class About:
    """What a line of somebody's or of a page's journal is about. `title`: of a page; `at`: the moment of a post."""

    draft_id: int | None = None
    title: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Line:
    entry: Entry
    by: Named
    about: About | None = None


@dataclass(frozen=True)
class View:
    """One screen of a journal, newest first. `key`: the thing's number or code; `title`: its name; `at`: a post's moment."""

    kind: Kind
    key: str
    title: str
    lines: tuple[Line, ...]
    total: int
    page: int
    at: datetime | None = None
    may_bundle: bool = False
    mine: bool = False
    """It is the reader's own."""
    leads: bool = False
    """The reader may read the journals of others too."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class HeadView:
    """The end of the chain. `seal` empty: nothing is sealed yet."""

    entries: int
    seal: str

    @property
    def groups(self) -> str:
        """The first half of it in groups of eight: short enough to be copied by hand, too long to be met by trying."""
        return " ".join(self.seal[at : at + 8] for at in range(0, 32, 8))


def may_know(reader: Actor | None, one: Known) -> bool:
    """Whether a reader (None: the operator, who knows everybody) may see a name.

    Themselves, the people of the regions whose journal is theirs, and everybody who leads where they live or for all.
    """
    if reader is None or reader.id == one.id:
        return True
    scope = reader.regions(RULES[Action.JOURNAL].roles)
    if EVERYWHERE in scope or one.region in scope or any(m.region in scope for m in one.memberships):
        return True
    return any(m.role in _KNOWN_TO_ALL and m.covers(reader.person.region) for m in one.memberships)


def named(reader: Actor | None, number: int, known: Mapping[int, Known]) -> Named:
    """How a number of the journal is shown to this reader."""
    if number == PROGRAM:
        return Named(Who.BOT)
    one = known.get(number)
    if one is None or one.name == NOBODY:
        return Named(Who.ERASED)
    return Named(Who.PERSON, readable(one.name)) if may_know(reader, one) else Named(Who.HIDDEN)


def reads_person(reader: Actor, person_id: int, held: Iterable[Membership], home: str) -> bool:
    """Somebody's journal is open to themselves and to those who lead in every region where they hold a role.

    Of somebody without a role: where they live.
    """
    places = {one.region for one in held} or {home}
    return reader.id == person_id or all(reader.holds(RULES[Action.JOURNAL].roles, place) for place in places)
