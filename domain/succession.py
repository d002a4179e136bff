"""Who takes over what somebody leaves behind, and what was moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.commitments import Commitment
from domain.drafts import Draft, DraftState
from domain.errors import Conflict
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Person
from domain.rights import DECIDERS

CANDIDATES = 6
"""Successors proposed on one screen."""


@dataclass(frozen=True)
class Estate:
    """What somebody has open. `posts`: their own and those they are asked for."""

    drafts: int = 0
    pages: tuple[str, ...] = ()
    """Titles of the pages they keep."""
    posts: int = 0
    promises: int = 0
    calls: int = 0
    """Urgent texts on their way that they watch over."""

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.pages or self.posts or self.promises or self.calls)


@dataclass(frozen=True)
class Moved:
    """What became of it. `pages` and `flagged`: codes of pages with a new keeper, and of those that have none now."""

    drafts: tuple[int, ...] = ()
    kept_drafts: int = 0
    """Drafts that stay as they are: waiting for a decision that the successor could make, or with nobody to write on."""
    pages: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    posts: tuple[int, ...] = ()
    """Assignments that the successor has now."""
    back: int = 0
    """Posts that are asked of others, or stand empty in the plan."""
    rests: int = 0
    """Posts of their own page, where nobody else may post."""
    promises: tuple[int, ...] = ()
    """Commitments that the successor is asked to keep."""
    kept_promises: int = 0
    """Those that stay open, with nobody to keep them."""
    calls: tuple[int, ...] = ()
    """Urgent texts that the successor watches over."""
    watched: int = 0
    """Those over which somebody else who decides there watches now."""

    def as_payload(self) -> dict[str, object]:
        """For the journal and for notices: numbers and codes, never words."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}

    @classmethod
    def of(cls, payload: dict[str, object]) -> "Moved":
        """The other way round."""
        known = {name: payload[name] for name in cls.__dataclass_fields__ if name in payload}
        return cls(**{name: tuple(one) if isinstance(one, list) else one for name, one in known.items()})  # type: ignore[arg-type]  # as written above


@dataclass(frozen=True)
class Choice:
    """A person about to go, what they have, and who could take it over, the fittest first."""

    person: Person
    estate: Estate
    people: tuple[Person, ...] = field(default=())


@dataclass(eq=False)
class NotASuccessor(Conflict):
    """The person chosen cannot take over (any more)."""


def ranked(people: Iterable[tuple[Person, bool]], away: Iterable[int], home: str) -> list[Person]:
    """Those who can be reached and stay; first who has the same role (the flag), then who lives in the same region."""
    gone = set(away)
    able = [(person, same) for person, same in people if person.reachable and person.id not in gone]
    return [one for one, _ in sorted(able, key=lambda of: (not of[1], of[0].region != home, of[0].name, of[0].id))]


def takes_page(page: Page, successor: Actor) -> bool:
    """Somebody's own page is kept by nobody else (H6); any other by somebody of its region."""
    return page.kind is not PageKind.PERSONAL and any(m.covers(page.region) for m in successor.memberships)


def takes_promise(promise: Commitment, successor: Actor) -> bool:
    """For a region somebody who works there, for headquarters anybody."""
    return promise.region == EVERYWHERE or any(m.covers(promise.region) for m in successor.memberships)


def takes_draft(draft: Draft, successor: Actor) -> bool:
    """A text that waits is not given to somebody who may decide on it: it would lose a reader, or be decided by its author."""
    if draft.state is DraftState.SUBMITTED:
        return not successor.holds(DECIDERS, draft.region)
    return True
