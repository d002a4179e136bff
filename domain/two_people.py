"""Decisions about people that two have to make: one proposes, another with the right says yes within a day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict
from domain.people import Actor, Role
from domain.team import may_manage

IN_TIME = timedelta(hours=24)
"""How long a proposal waits for its second yes."""
LEADING = frozenset({Role.OWNER, Role.MANAGER})


class Kind(StrEnum):
    """What `[people] two_for` can name. Moving an account and lifting a silence always take two."""

    SUSPEND_LEADER = "suspend_leader"
    APPOINT_MANAGER = "appoint_manager"
    ERASE = "erase"
    """By the operator, of anybody; what people do about their own data needs nobody else."""


class WishState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Wish:
    """A decision that lacks its second yes. `role` and `region`: of an appointment; `successor_id`: of a suspension.

    `by_id` None: the operator, who is nobody in the campaign.
    """

    id: int
    kind: Kind
    person_id: int
    role: Role | None
    region: str
    successor_id: int | None
    by_id: int | None
    at: datetime
    expires_at: datetime
    state: WishState
    decided_by: int | None = field(default=None)

    @property
    def subject(self) -> str:
        return f"wish:{self.id}"


def asks_two(two_for: frozenset[Kind], kind: Kind, roles: frozenset[Role]) -> bool:
    """Whether this decision about somebody with these roles needs a second person."""
    return kind in two_for and (kind is Kind.ERASE or bool(roles & LEADING))


def ensure_second(wish: Wish, actor: Actor, now: datetime) -> None:
    """Raise `WishOver` when nothing waits any more, `SamePerson` when who proposed it also confirms."""
    if wish.state is not WishState.OPEN or wish.expires_at <= now:
        raise WishOver
    if actor.id in {wish.by_id, wish.person_id}:
        raise SamePerson


def seconds(holders: list[Actor], wish: Wish, target: Actor) -> list[Actor]:
    """Who could give the second yes: whoever may decide about the person, but for the two concerned."""
    return [
        one
        for one in holders
        if one.id != wish.by_id and may_manage(one, target.id, target.memberships, target.person.region)
    ]


@dataclass(eq=False)
class WishOver(Conflict):
    """It was decided, or its day is over."""


@dataclass(eq=False)
class SamePerson(Conflict):
    """The second yes has to be another person's."""


@dataclass(eq=False)
class NobodySecond(Conflict):
    """Two people are needed, and there is nobody else who could be the second."""
