"""Urgent texts: an approved text goes at once to named people, who have minutes to say yes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.norms import Norm
from domain.pages import Page
from domain.people import Person
from domain.plan import Slot
from domain.planning import Asked, burden

MINUTES = (5, 10, 20, 30)
"""What can be chosen as the time to answer."""
SHOWN = 12
"""People offered for a page."""
AT_ONCE = 3
"""Of them so many are chosen at first; the others are the substitutes."""
NOTE_LIMIT = 300
"""Characters of a reason in one's own words."""


class CallState(StrEnum):
    """PREPARING: being put together. ASKING: people are asked. STOPPED: nobody more is asked. DROPPED: never sent."""

    PREPARING = "preparing"
    ASKING = "asking"
    STOPPED = "stopped"
    DROPPED = "dropped"


class AskState(StrEnum):
    """CHOSEN: to be asked. ASKED: has until the deadline. SILENT: said nothing by then, and may still say yes."""

    CHOSEN = "chosen"
    ASKED = "asked"
    SILENT = "silent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


UNANSWERED = frozenset({AskState.ASKED, AskState.SILENT})


class Why(StrEnum):
    """Why a gap or a cap is exceeded; the words are in the catalogues."""

    BREAKING = "breaking"
    SAFETY = "safety"
    FALSEHOOD = "falsehood"
    EVENT = "event"
    OWN = "own"


@dataclass(frozen=True)
class UrgentCall:
    """One approved version on its way to pages at once. `over`: the excesses that `why` and `note` answer for."""

    id: int
    draft_id: int
    draft_version: int
    started_by: int
    state: CallState
    version: int
    pages: tuple[str, ...]
    minutes: int
    over: tuple[str, ...]
    why: Why | None
    note: str
    created_at: datetime
    started_at: datetime | None

    @property
    def subject(self) -> str:
        return f"urgent:{self.id}"


@dataclass(frozen=True)
class UrgentAsk:
    """One person asked for one page. `loud`: chosen in their quiet hours by somebody who was warned."""

    id: int
    call_id: int
    page: str
    person_id: int
    slot_id: int | None
    state: AskState
    round: int
    loud: bool
    asked_at: datetime | None
    deadline: datetime | None

    @property
    def subject(self) -> str:
        return f"urgent.ask:{self.id}"


# --- gap and cap -----------------------------------------------------------------------------------------------------


class Rule(StrEnum):
    GAP = "gap"
    CAP = "cap"


@dataclass(frozen=True)
class Excess:
    """What of a page's norm one more publication now would break.

    GAP: `have` minutes to the nearest other one, `agreed` the least. CAP: it would be number `have` of the day.
    """

    page: str
    rule: Rule
    have: int
    agreed: int

    @property
    def key(self) -> str:
        return f"{self.page}:{self.rule}"


def excesses(page: str, norm: Norm | None, others: Iterable[datetime], today: int, now: datetime) -> tuple[Excess, ...]:
    """`others`: moments of the page's other publications, done or planned; `today`: how many of them are of this day."""
    if norm is None:
        return ()
    found = []
    nearest = min((abs(now - at) for at in others), default=None)
    if nearest is not None and nearest < timedelta(minutes=norm.gap_minutes):
        found.append(Excess(page, Rule.GAP, int(nearest.total_seconds() // 60), norm.gap_minutes))
    if today + 1 > norm.daily_cap:
        found.append(Excess(page, Rule.CAP, today + 1, norm.daily_cap))
    return tuple(found)


# --- pages and people ------------------------------------------------------------------------------------------------


class Standing(StrEnum):
    """Whether a page can take the text now. POSTED: it has it. UNDERWAY: somebody is about to publish it there.

    SILENT: a silence period; HALTED: an emergency stop; UNLINED: it was not approved with the page's imprint line of today (H3).
    """

    OPEN = "open"
    SILENT = "silent"
    HALTED = "halted"
    UNLINED = "unlined"
    POSTED = "posted"
    UNDERWAY = "underway"


@dataclass(frozen=True)
class PageFacts:
    """A page of the text before it is sent. `until`: the silence's end (None: nobody can tell), or since when it is stopped.

    `planned`: the slot for which the plan has the text there already; it is taken from it. `asked`, `people`: who shall be asked, by name
    and number.
    """

    page: Page
    chosen: bool
    standing: Standing
    until: datetime | None
    planned: Slot | None
    excesses: tuple[Excess, ...]
    asked: tuple[str, ...]
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody who may post on a page. `quiet`: it is night for them, a day off, or an hour at which they do not post."""

    person: Person
    quiet: bool
    chosen: bool = False


def ranked(
    people: Iterable[Person],
    asked: Mapping[int, Sequence[Asked]],
    now: datetime,
    *,
    cap: int,
    taken: Iterable[int] = (),
) -> list[Person]:
    """Who can be asked now, fairest first: reachable and below their daily cap; `taken` (whoever has several pages) last."""
    often = list(taken)
    found = []
    for person in {p.id: p for p in people}.values():
        weight = burden(person, 0, now, asked.get(person.id, ()), cap) if person.reachable else None
        if weight is not None:
            found.append(((often.count(person.id), *weight), person))
    return [person for _, person in sorted(found, key=lambda one: one[0])]


def candidates(
    ordered: Sequence[Person], resting: Collection[int], chosen: Iterable[int] = ()
) -> tuple[Candidate, ...]:
    """At most `SHOWN`: whoever is chosen and whoever is awake first, in the given order; the others rest."""
    picked = frozenset(chosen)
    all_ = [Candidate(person, person.id in resting, person.id in picked) for person in ordered]
    return tuple(sorted(all_, key=lambda one: (not one.chosen, one.quiet))[:SHOWN])


# --- on the way ------------------------------------------------------------------------------------------------------


class Progress(StrEnum):
    """How a page of a running call stands. NOBODY: everybody was asked, nobody has it. ENDED: taken out or missed."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    POSTED = "posted"
    NOBODY = "nobody"
    ENDED = "ended"


@dataclass(frozen=True)
class PageProgress:
    """`who` has it or posted it; `waiting`: who has not answered, until `until`; `silent`: who let their time pass."""

    title: str
    progress: Progress
    who: str = ""
    url: str = ""
    waiting: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    until: datetime | None = None


# --- refusals --------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotSettled(Invalid):
    """The approval can still be undone; urgent from `at` on. `zone` is the reader's."""

    at: datetime
    zone: str
    now: datetime


@dataclass(eq=False)
class NotApproved(Invalid):
    """There is no approved text (any more) in the version that was meant."""


@dataclass(eq=False)
class NotToday(Invalid):
    """The text has an embargo until `at`, or has expired (None)."""

    at: datetime | None
    zone: str
    now: datetime


@dataclass(eq=False)
class UrgentSilent(Conflict):
    """H8: nothing goes out in a silence. `until` is None when nobody can tell when it ends; `zone` is the reader's."""

    until: datetime | None
    zone: str
    now: datetime


@dataclass(eq=False)
class NothingToPost(Invalid):
    """Every page of the text has it already, or somebody is posting it."""


@dataclass(eq=False)
class NoPageChosen(Invalid):
    """No page is chosen."""


@dataclass(eq=False)
class NobodyChosen(Invalid):
    """Nobody who could be asked is chosen for a page."""

    page: str


@dataclass(eq=False)
class ReasonNeeded(Invalid):
    """A gap or a cap would be exceeded: that takes a reason."""


@dataclass(eq=False)
class UrgentChanged(Conflict):
    """The button was drawn for an older version, or it is on its way already; nothing was done."""


@dataclass(eq=False)
class UrgentTaken(Conflict):
    """Somebody was faster."""

    by: str


@dataclass(eq=False)
class UrgentOver(Conflict):
    """Nobody is needed for it any more."""
